"""Many lines of items, each with its day, time and meal if it says so (``grammar.moments``).

A day or a meal alone on its line, with a colon or without, or behind ##, is that of the lines below
it until the next. Bullets, empty lines and remarks that begin with # are skipped; but what stands
behind ##, or looks like a day or a meal, has to be read as one: nothing lands on another day.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Final

from k2log.errors import K2logError, UnreadableError
from k2log.grammar.days import MONTHS, WEEKDAYS
from k2log.grammar.moments import MEALS, Moment, Reader
from k2log.named_tuple import NamedTuple
from k2log.names import corrections
from k2log.text import clean, shown

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 10_000
MOST_WRONG: Final = 20
_SHOWN: Final = 40

_NUMBER = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")
"""Of the item of a list: 2. toast."""

_BULLET = re.compile(r"(?:[-*•–—▪◦·](?:\s+|(?=[^\W\d]))|\[[ xX]?\]\s*)")
_HEADING = re.compile(r"(#+)\s*(.*?)\s*#*")
_SLIPS: Final = 2
_MOST_HEADING: Final = 4


class TypedLine(NamedTuple):
    """The items of one line, as typed; its day, time and meal, or None where it does not say."""

    number: int
    text: str
    items: str
    day: date | None = None
    at: time | None = None
    meal: str | None = None


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
    reader, heading = Reader(now, today), Moment()
    for number, row in enumerate(rows, 1):
        if number > MOST_LINES:
            raise UnreadableError(f"more than {MOST_LINES} lines; log them in several files.")
        text = row.strip()
        if not text:
            continue
        try:
            moment, items = _read_line(clean(text, "line"), reader)
        except K2logError as why:
            yield WrongLine(number, text, why)
            continue
        if items:
            when = moment.over(heading)
            yield TypedLine(number, text, items, when.day, when.at, when.meal)
        elif moment.at is not None:
            yield WrongLine(number, text, UnreadableError("a time, but no food behind it"))
        elif moment.day:
            heading = moment
        elif moment.meal:
            heading = heading._replace(meal=moment.meal)


def _read_line(text: str, reader: Reader) -> tuple[Moment, str]:
    """Return when a line says, and its items; no items in a heading, neither in a remark.

    Raises UnreadableError.
    """
    if text.startswith("#"):
        return _heading(text, reader), ""
    while bullet := _BULLET.match(text):
        text = text[bullet.end() :]
    if (moment := reader.alone(text)) is not None and text:  # 20. Nov is no twentieth item
        return moment, ""
    text = _NUMBER.sub("", text)
    words = text.split()
    if not words:
        return Moment(), ""
    moment, start, end = reader.around(words)
    return moment, " ".join(words[start:end])


def _heading(text: str, reader: Reader) -> Moment:
    """Return the heading behind #; nothing is said by a remark. Raises UnreadableError."""
    match = _HEADING.fullmatch(text)
    signs, title = (match[1], match[2].rstrip(":").strip()) if match else ("#", "")
    if not title:
        return Moment()
    moment = reader.alone(title)
    if moment is None and (len(signs) > 1 or _looks_like_heading(title)):
        return reader.heading(title)
    return moment or Moment()


def _looks_like_heading(title: str) -> bool:
    """Whether a remark may be a day or a meal that was mistyped."""
    words = title.lower().split()
    names = (*WEEKDAYS, *MONTHS, *MEALS)
    return len(words) <= _MOST_HEADING and any(
        word[0].isdigit() or (len(word) > 4 and corrections(word, names, _SLIPS)) for word in words
    )
