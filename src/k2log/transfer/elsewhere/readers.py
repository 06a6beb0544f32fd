"""One cell of a foreign table: a figure, a serving, a time of day. All raise UnreadableError."""

import re
from datetime import time
from functools import lru_cache
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.numbers import leading
from k2log.grammar.text import shown
from k2log.grammar.units import GRAMS, unit
from k2log.transfer.cells import number

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
