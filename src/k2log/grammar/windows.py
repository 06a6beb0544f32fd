"""Windows of days as people type them: ``week``, ``last 14 days``, ``this week``, ``october``.

``week``, ``month`` and ``year`` are lengths: 7, 30 and 365 days that end on a day. With ``this``
or ``last`` before it, with a name or a number, a window is one of the calendar: weeks begin on
Monday, and what has not ended yet runs until today. Both ends of a window belong to it.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from k2log.errors import UnreadableError
from k2log.grammar.days import (
    FIRST_YEAR,
    LENGTHS_DAYS,
    MONTHS,
    NotADayError,
    day,
    starting_with,
)
from k2log.text import shown

Ends = tuple[dt.date, dt.date]
"""The first and the last day of a window."""

READ: Final = (
    "week, month, 14 days, yesterday, this week, last month, october, october 2025, 2025,"
    " since 1 nov, 1 nov to 7 nov, or a day as 19 nov or 2026-11-19"
)
_LENGTHS_READ: Final = "14, 14 days, week, 3 weeks, month or year"
_MOST_DAYS: Final = 36_525

_LENGTH: Final = r"(?:(?:the )?(?:last|past) )?([0-9]{1,5}) ?([a-z]*)"
_UNITS: Final = {"d": "day", "w": "week", "wk": "week", "wks": "week"}
_ABOUT_NOW: Final = r"(?:the )?(this|current|last|previous) (week|month|year)(?: so far)?"
_WEEK: Final = r"(?:week|wk|w) ?([0-9]{1,2})(?: ([0-9]{4}))?"
_ISO_WEEK: Final = r"([0-9]{4})-?w([0-9]{1,2})"
_MONTH: Final = r"(?:last )?([a-z]{3,9})\.?,?(?: ([0-9]{4}))?"
_ISO_MONTH: Final = r"([0-9]{4})-([0-9]{1,2})"
_YEAR: Final = r"[0-9]{4}"
_SINCE: Final = r"(?:since|from) (.+)"
_TO: Final = r"(?:from |between )?(.+?)(?: (?:to|until|till|through|and|[-–—]) |\.\.|–)(.+)"
_DAYS_OF_MONTH: Final = r"([0-9]{1,2}) ?[-–—] ?([0-9]{1,2})(?:th|st|nd|rd)? ([a-z]{3,9}.*)"


class NotAWindowError(UnreadableError):
    """Text that names no window of days."""

    def __init__(self, text: str) -> None:
        """Take the text; list what can be read."""
        super().__init__(f'"{shown(text)}" is no window of days: write {READ}')


def length_days(text: str) -> int:
    """Return how many days a length is: ``14``, ``2 weeks``, ``month``. Raises UnreadableError."""
    words = _plain(text)
    days = int(words) if re.fullmatch("[0-9]{1,5}", words) else _length_days(words)
    if not days or not 1 <= days <= _MOST_DAYS:
        raise UnreadableError(
            f'"{shown(text)}" is no number of days: write {_LENGTHS_READ}, up to {_MOST_DAYS} days'
        )
    return days


def window(text: str, today: dt.date, ending: dt.date | None = None) -> Ends:
    """Return the first and last day that a text names; a mere length ends on ``ending``, or today.

    Raises UnreadableError.
    """
    words = _plain(text)
    if days := _length_days(words):
        last = ending or today
        return dt.date.fromordinal(max(last.toordinal() - days + 1, 1)), last
    if ending is not None:
        raise UnreadableError(f'"{shown(text)}" and --on are two windows; choose one.')
    first, last = _span(words, today) or _named_day(text, words, today)
    if first > today and last > today and first != last:
        raise UnreadableError(f'"{shown(text)}" is yet to come: today is {today}')
    if first.year < FIRST_YEAR:
        raise UnreadableError(f'"{shown(text)}" is before {FIRST_YEAR}')
    return first, last if first == last else max(first, min(last, today))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _length_days(words: str) -> int:
    """Return how many days ``week`` or ``last 14 days`` are; 0 for what is no length."""
    if words in LENGTHS_DAYS:
        return LENGTHS_DAYS[words]
    if words in {"past week", "past month", "past year"}:
        return LENGTHS_DAYS[words.removeprefix("past ")]
    match = re.fullmatch(_LENGTH, words)
    if not match or not (match[2] or words != match[1]):
        return 0
    unit = _UNITS.get(match[2], match[2].removesuffix("s")) or "day"
    days = int(match[1]) * LENGTHS_DAYS.get(unit, 0)
    return days if days <= _MOST_DAYS else 0


def _span(words: str, today: dt.date) -> Ends | None:
    """Return the days of the calendar that words name; None for others, a single day too."""
    with suppress(ValueError):  # week 60, month 13, year 0
        return next(_readings(words, today), None)
    return None


def _readings(words: str, today: dt.date) -> Iterator[Ends]:
    """Yield each way to read words as days of the calendar."""
    if match := re.fullmatch(_ABOUT_NOW, words):
        yield _calendar(match[2], today, back=match[1] in {"last", "previous"})
    if match := re.fullmatch(_ISO_WEEK, words):
        yield _week(int(match[1]), int(match[2]))
    if match := re.fullmatch(_WEEK, words):
        week = int(match[1])
        year = int(match[2]) if match[2] else today.isocalendar().year
        early = not match[2] and week > today.isocalendar().week
        yield _week(year - early, week)
    if match := re.fullmatch(_ISO_MONTH, words):
        yield _month(int(match[1]), int(match[2]))
    if re.fullmatch(_YEAR, words):
        yield dt.date(int(words), 1, 1), dt.date(int(words), 12, 31)
    if match := re.fullmatch(_MONTH, words):
        number = starting_with("sep" if match[1] == "sept" else match[1], MONTHS)
        if number is not None:
            year = int(match[2]) if match[2] else today.year - (number + 1 > today.month)
            yield _month(year, number + 1)
    yield from _between(words, today)


def _between(words: str, today: dt.date) -> Iterator[Ends]:
    """Yield ``since 1 nov``, ``1 nov to 7 nov`` and ``15–21 November 2026`` as days."""
    if match := re.fullmatch(_DAYS_OF_MONTH, words):
        ends = (f"{match[1]} {match[3]}", f"{match[2]} {match[3]}")
    elif match := re.fullmatch(_TO, words):
        ends = (match[1].strip(), match[2].strip())
    elif match := re.fullmatch(_SINCE, words):
        yield window(match[1], today)[0], today
        return
    else:
        return
    last = window(ends[1], today)[1]
    first = window(ends[0], today)[0]
    if first > last and not re.search("[0-9]{4}", ends[0]):  # 28 oct to 3 nov 2025
        with suppress(UnreadableError):
            first = window(f"{ends[0]} {last.year}", today)[0]
    if first > last:
        raise UnreadableError(f'"{shown(words)}" runs backwards: swap the two')
    yield first, last


def _calendar(kind: str, today: dt.date, *, back: bool) -> Ends:
    """Return the week, month or year of the calendar that today is in, or the one before it."""
    if kind == "week":
        first = today - dt.timedelta(days=today.weekday() + 7 * back)
        return first, first + dt.timedelta(days=6)
    if kind == "year":
        return dt.date(today.year - back, 1, 1), dt.date(today.year - back, 12, 31)
    on = today.replace(day=1) - dt.timedelta(days=back)
    return _month(on.year, on.month)


def _week(year: int, number: int) -> Ends:
    first = dt.date.fromisocalendar(year, number, 1)
    return first, first + dt.timedelta(days=6)


def _month(year: int, number: int) -> Ends:
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return dt.date(year, number, 1), following - dt.timedelta(days=1)


def _named_day(text: str, words: str, today: dt.date) -> Ends:
    """Return a single day, ``last monday`` too, as a window. Raises UnreadableError."""
    try:
        on = day(words.removeprefix("last "), today, to_come=True)
    except NotADayError:
        raise NotAWindowError(text) from None
    return on, on
