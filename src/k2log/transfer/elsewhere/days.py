"""Days as other programs write them: 2026-11-21, 21/11/2026 or 11/21/2026.

Which of the last two it is, the whole file must show, or the user say.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from k2log.errors import UnreadableError
from k2log.grammar.text import shown

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
