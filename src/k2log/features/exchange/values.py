"""Days as other programs write them: 2026-11-21, 21/11/2026 or 11/21/2026.

Which of the last two it is, the whole file must show, or the user say.

One cell of a foreign table: a figure, a serving, a time of day. All raise UnreadableError.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.features.exchange.cells import number
from k2log.grammar.numbers import leading
from k2log.grammar.units import GRAMS, unit
from k2log.text import shown

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_LIKE: Final = {"dmy": "21/11/2026", "mdy": "11/21/2026"}


class AmbiguousDaysError(UnreadableError):
    """Days of which none shows whether the day or the month comes first."""

    def __init__(self, example: str) -> None:
        """Take one of the days."""
        super().__init__(
            f'"{shown(example)}" can be read as day/month or as month/day, and no other day of the'
            " file tells which: add --date-order dmy or --date-order mdy."
        )


def order_of(days: Iterable[str]) -> str:
    """Return "dmy" or "mdy", whichever the days allow. Raises AmbiguousDaysError.

    Reading ends at the first day that tells.
    """
    example = ""
    for day in days:
        match = _YEAR_LAST.fullmatch(day)
        first, second = (int(match[1]), int(match[3])) if match else (1, 1)
        if max(first, second) > 12:
            return "dmy" if first > 12 else "mdy"
        if first != second:
            example = example or day
    if example:
        raise AmbiguousDaysError(example)
    return "dmy"


def year_first(day: str) -> bool:
    """Whether a day can be read one way only."""
    return _YEAR_FIRST.fullmatch(day) is not None


@lru_cache(512)  # rows of one day follow each other
def iso_day(text: str, order: str | None, name: str) -> str:
    """Return a day as 2026-11-21. Raises UnreadableError."""
    year, month, day = _parts(text, order)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        like = f"{_LIKE[order]} or 2026-11-21" if order else "2026-11-21"
        raise UnreadableError(f'{name} "{shown(text)}" is not a day like {like}') from None


def _parts(text: str, order: str | None) -> tuple[int, int, int]:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    match = _YEAR_LAST.fullmatch(text) if order else None
    if match is None:
        return 0, 0, 0
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return (year, second, first) if order == "dmy" else (year, first, second)


_UNKNOWN: Final = frozenset({"-", "--", "–", "—", "?", "n/a", "na"})
_PLAIN: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,15})?")
_COMMA_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
_POINT_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_DECIMAL_COMMA: Final = re.compile(r"[-+]?[0-9]*,[0-9]+")
_EITHER_WAY: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_CLOCK: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?([ap])\.?m\.?)?"
)
_NEGATIVE: Final = re.compile(r"[-−–] ?[.,]?[0-9]")
_GRAMS: Final = re.compile(r"([1-9][0-9]{0,8}(?:\.[0-9]{1,2})?) g")  # as most are
_WEIGHED: Final = ("g", "kg")


class Serving(NamedTuple):
    """How much was eaten. ``text`` is what was written, where it could not be read."""

    amount: float | None = None
    measure: str | None = None
    grams: float | None = None
    text: str | None = None


def figure(text: str, name: str, *, decimal_comma: bool) -> float | None:
    """Return a number from 0 to 1e9; None where the cell says that there is none."""
    if _PLAIN.fullmatch(text) and not decimal_comma:
        return float(text)
    if text.lower() in _UNKNOWN:
        return None
    if _COMMA_GROUPS.fullmatch(text):
        return number(text.replace(",", ""), name)
    if not decimal_comma:
        return number(text, name)
    if _EITHER_WAY.fullmatch(text):
        whole, comma = text.replace(".", ""), text.replace(".", ",")
        raise UnreadableError(f'{name} "{text}" could be {whole} or {comma}: write one of them')
    if _POINT_GROUPS.fullmatch(text):
        text = text.replace(".", "")
    return number(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text, name)


@lru_cache(4096)  # servings come again and again
def serving(text: str) -> Serving:
    """Return what ``1.00 cup`` or ``30 g`` says; what cannot be read stays as it is written."""
    if plain := _GRAMS.fullmatch(text):
        return Serving(float(plain[1]), "g", float(plain[1]))
    said = " ".join(text.split())
    if _NEGATIVE.match(said):
        raise UnreadableError(f'"{shown(said)}" is negative')
    found = leading(said)
    if found is None or found[0].thousands is not None:
        return Serving(text=said or None)
    amount, rest = found[0].value, found[1]
    known = unit(rest)
    measure = known.name if known else rest
    grams = round(amount * GRAMS[measure], 6) if measure in _WEIGHED else None
    return Serving(amount, measure or None, grams)


@lru_cache(2048)
def clock(text: str, name: str) -> time:
    """Return the time of day that ``8:05 AM``, ``20:05`` or ``20:05:00`` is."""
    match = _CLOCK.fullmatch(" ".join(text.lower().split()))
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    if match and match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise UnreadableError(f'{name} "{shown(text)}" is not a time like 08:05 or 8:05 PM')
    return time(hour, minute)
