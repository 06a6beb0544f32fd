"""Many lines of items, each with its day and time if it says so.

What stands before a colon is a day, a time, or both: ``19 nov: 2 eggs``, ``mon 8am: natto``.
Without a colon only these are, so that no word of a food is ever taken for a day or a time:

- a date like ``2026-11-19``, ``today`` and ``yesterday`` (``2026-11-19 2 eggs``);
- a time like ``08:30``, ``8am`` or ``20h`` (``08:30 2 eggs``), and any day in front of one
  (``19 nov 08:30 2 eggs``);
- a weekday in front of an amount or a routine (``mon 2 eggs``; ``sun dried tomatoes`` is a food).

A day alone on its line is the day of the lines below it, until the next. Empty lines and lines that
begin with # are skipped.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Final, NamedTuple

from k2log.diary.routines import SIGN
from k2log.errors import K2logError, UnreadableError
from k2log.grammar.days import day, time_of_day
from k2log.grammar.numbers import leading
from k2log.text import clean, shown

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 10_000
MOST_WRONG: Final = 20
_SHOWN: Final = 40

_HALF = r"(?:am|pm|a\.m\.|p\.m\.)"
_TIME = rf"(?:\d{{1,2}}:\d\d(?: ?{_HALF})?|\d{{1,2}}(?:\.\d\d)? ?{_HALF}|\d{{1,2}}h(?:\d\d)?)(?!\S)"
_BEFORE_COLON = re.compile(r"(.*?):(?:\s(.*))?")
_ONLY_A_TIME = re.compile(rf"{_TIME}|noon|midday|midnight|now", re.IGNORECASE)
_DAY_AND_TIME = re.compile(rf"(.*?)\s+({_ONLY_A_TIME.pattern})", re.IGNORECASE)
_TIMED = re.compile(rf"((?:\S+\s+){{0,3}}?)({_TIME})(.*)", re.IGNORECASE)
_CERTAIN_DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|today|yesterday|tomorrow)(?!\S)", re.IGNORECASE)


class TypedLine(NamedTuple):
    """The items of one line, as typed; its day and time, or None where it does not say."""

    number: int
    text: str
    items: str
    day: date | None = None
    at: time | None = None


class WrongLine(NamedTuple):
    """A line that cannot be read, and why."""

    number: int
    text: str
    why: K2logError

    def __str__(self) -> str:
        return f'line {self.number}, "{shown(self.text, _SHOWN)}": {self.why}'


class WrongLinesError(K2logError):
    """Lines that cannot be read; nothing was written. The exit code is that of the first."""

    def __init__(self, wrong: Sequence[WrongLine]) -> None:
        """Take the lines that cannot be read, at most MOST_WRONG."""
        self.exit_code = wrong[0].why.exit_code
        many = "1 line" if len(wrong) == 1 else f"{len(wrong)} lines"
        more = " and perhaps more" if len(wrong) == MOST_WRONG else ""
        super().__init__(f"{many}{more} cannot be logged; nothing was written.")


def read_lines(rows: Iterable[str], now: datetime, today: date) -> Iterator[TypedLine | WrongLine]:
    """Yield the lines that hold items, and those that are wrong. Raises UnreadableError."""
    heading: date | None = None
    for number, row in enumerate(rows, 1):
        if number > MOST_LINES:
            raise UnreadableError(f"more than {MOST_LINES} lines; log them in several files.")
        text = row.strip()
        if not text or text.startswith("#"):
            continue
        try:
            on, at, items = _split_line(clean(text, "line"), now, today)
        except K2logError as why:
            yield WrongLine(number, text, why)
            continue
        if items:
            yield TypedLine(number, text, items, on or heading, at)
        elif at is not None:
            yield WrongLine(number, text, UnreadableError("a time, but no food behind it"))
        else:
            heading = on


def _split_line(text: str, now: datetime, today: date) -> tuple[date | None, time | None, str]:
    """Return the day, the time and the items of a line. Raises UnreadableError."""
    if match := _BEFORE_COLON.fullmatch(text):
        return *_day_and_time(match[1], now, today), match[2] or ""
    if match := _CERTAIN_DAY.match(text):
        on, rest = day(match[1], today), text[match.end() :].strip()
        timed = re.match(_TIME, rest, re.IGNORECASE)
        if not timed:
            return on, None, rest
        return on, time_of_day(timed[0], now), rest[timed.end() :].strip()
    if match := _TIMED.fullmatch(text):
        before = _day_or_none(match[1], today)
        if before or not match[1]:
            return before, time_of_day(match[2], now), match[3].strip()
    first, _, rest = text.partition(" ")
    weekday = _day_or_none(first, today) if first.rstrip(".").isalpha() else None
    if weekday and (rest.startswith(SIGN) or leading(rest)):
        return weekday, None, rest
    return None, None, text


def _day_and_time(text: str, now: datetime, today: date) -> tuple[date | None, time | None]:
    """Read what stands before a colon. Raises UnreadableError."""
    if not text:
        raise UnreadableError("a colon without a day or a time before it")
    if _ONLY_A_TIME.fullmatch(text):
        return None, time_of_day(text, now)
    match = _DAY_AND_TIME.fullmatch(text)
    on = day(match[1] if match else text, today)
    return on, time_of_day(match[2], now) if match else None


def _day_or_none(text: str, today: date) -> date | None:
    with suppress(UnreadableError):
        return day(text, today)
    return None
