"""A medicine and when it is taken: ``alendronate@mon 07:00``, ``doxycycline until 28 nov``.

A day it ends on is the next such day from today on, for what is over need not be told.
"""

import datetime as dt
import re
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar import days
from k2log.grammar.text import clean, shown

_LONGEST: Final = 120
_UNTIL: Final = re.compile(r"(?:^|\s)(?:until|till)(?:\s+|$)", re.IGNORECASE)
_STRAY_TIME: Final = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)
_DAY_WORD: Final = re.compile(r"([^\W\d_]+)\.?(?:\s*[,&]\s*|\s+and\s+|\s+|$)")
_BETWEEN: Final = re.compile(r"[,&]|\band\b")
_DAILY: Final = re.compile(r"(?:daily|(?:every|each) day)(?:\s+|$)", re.IGNORECASE)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LIKE: Final = "write @07:00, @08:00,20:00 or @mon,thu 07:00"
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_YEARS_AHEAD: Final = 9  # 29 February may be eight years off


class Regimen(NamedTuple):
    """A medicine's name as typed, its times, its weekdays (Monday is 0) and its last day."""

    name: str
    times: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    until: dt.date | None = None


def regimen(text: str, today: dt.date) -> Regimen:
    """Return the medicine and the times that a text names. Raises UnreadableError."""
    said = clean(text, "medicine", _LONGEST)
    taken, *ends = _UNTIL.split(said)
    if len(ends) > 1:
        raise UnreadableError(f'"{shown(text)}" says until twice: one day ends it')
    until = day_to_come(ends[0], today) if ends else None
    name, at, when = (part.strip() for part in taken.partition("@"))
    if not name:
        raise UnreadableError(f'"{shown(text)}" names no medicine: write levothyroxine@07:00')
    if not at and _STRAY_TIME.search(name):
        raise UnreadableError(f'"{shown(text)}" has a time: {_LIKE} behind the name')
    weekdays, times = _when(when, said) if at else ((), ())
    return Regimen(name, times, weekdays, until)


def _when(when: str, said: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Read weekdays (none for every day), then times, with commas between them."""
    weekdays, rest = _leading_weekdays(_DAILY.sub("", when, 1))
    parts = [part.strip() for part in _BETWEEN.split(rest)] if rest else []
    if not when or not all(parts):
        raise UnreadableError(f'"{shown(said)}" lacks a time or day behind @: {_LIKE}')
    times = {_time(part, said).isoformat("minutes") for part in parts}
    return tuple(sorted(weekdays)), tuple(sorted(times))


def _leading_weekdays(when: str) -> tuple[set[int], str]:
    """Return the weekdays that a text begins with, and what follows them."""
    found: set[int] = set()
    while match := _DAY_WORD.match(when):
        weekday = _weekday(match[1])
        if weekday is None:
            break
        found.add(weekday)
        when = when[match.end() :]
    return (found if len(found) < len(_WEEKDAYS) else set()), when


def _weekday(word: str) -> int | None:
    """Return the weekday that at least its first three letters spell, or its plural."""
    said = word.lower()
    named = (at for at, name in enumerate(_WEEKDAYS) if name.startswith(said) or said == f"{name}s")
    return next(named, None) if len(said) > 2 else None


def _time(text: str, said: str) -> dt.time:
    if _weekday(re.split(r"[^a-z]", text.lower())[0]) is not None:
        raise UnreadableError(
            f'"{shown(said)}": the days come first and share their times: write @mon,thu 07:00'
        )
    return days.time(text)


def day_to_come(text: str, today: dt.date) -> dt.date:
    """Return the next such day from today on: ``fri``, ``28 nov``. Raises UnreadableError."""
    said = " ".join(text.lower().split())
    named = {"today": today, "tomorrow": today + dt.timedelta(days=1)}.get(said)
    found = named or (_dated(said) if _YEAR.search(said) else _next(said, today))
    if found is None:
        raise UnreadableError(
            f'"{shown(text)}" is no day to come: write fri, 28 nov, 28 nov 2027 or 2027-11-28'
        )
    if found < today:
        raise UnreadableError(f'"{shown(text)}" is over: today is {today}')
    return found


def _dated(said: str) -> dt.date | None:
    try:
        return days.day(said, dt.date.max)
    except UnreadableError:
        return None


def _next(said: str, today: dt.date) -> dt.date | None:
    """Return the first such day, by asking for the latest before ever later days."""
    if said == "yesterday" or not said[:1].isalnum():
        return None
    ahead = (7, *(365 * years for years in range(1, _YEARS_AHEAD)))
    try:
        latest = (days.day(said, today + dt.timedelta(days=far)) for far in ahead)
        return next((found for found in latest if found >= today), None)
    except UnreadableError:
        return None
