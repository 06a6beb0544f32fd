"""Days, times of day and intervals as people type them.

Nothing is guessed: what cannot be read is refused, with a list of what can. A day without a year
is its latest past one, a weekday is the latest before today. Slashed dates are refused because
they read both ways; dotted ones are always day.month.year.
"""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress

from k2log.errors import UnreadableError
from k2log.text import shown

FIRST_YEAR = 1900
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS_READ = "today, yesterday, mon to sun, -3, 2026-11-19, 19 nov or 19 november 2026"
_TIMES_READ = "08:30, 8:30pm, 8am, 20h30, noon or midnight"
_SOON = 31
"""A day without a year that is so near, in days, is not that of the year before: it is a slip."""

_INTERVALS_READ = "7d, 1w, 2 weeks, weekly or monthly, up to 366 days"
_MOST_DAYS = 366
LENGTHS_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
"""How many days a window or an interval is that has a name."""
_MOST_DAY_WORDS = 3

_AGO = r"[-−]([0-9]{1,6})"
_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_DOTTED = r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})"
_SLASHED = r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?"
_DAY_MONTH = r"([0-9]{1,2})(?:st|nd|rd|th|\.)? ?([a-z]+)\.?,?(?: ([0-9]{4}))?"
_MONTH_DAY = r"([a-z]+)\.? ?([0-9]{1,2})(?:st|nd|rd|th)?(?:,? ([0-9]{4}))?"
_CLOCK = r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)?"
_HOURS = r"([0-9]{1,2}) ?h ?([0-9]{2})?"
_INTERVAL = r"([0-9]{1,4}) ?([a-z]*)"
_INTERVAL_UNITS = {
    "": 1, "d": 1, "day": 1, "days": 1, "w": 7, "wk": 7, "wks": 7, "week": 7, "weeks": 7,
    "month": 30, "months": 30,
}  # fmt: skip
_INTERVALS = {"daily": 1, "day": 1, "weekly": 7, "week": 7, "fortnightly": 14, "monthly": 30}


class NotADayError(UnreadableError):
    """Text that names no day at all, not one that cannot be."""

    def __init__(self, text: str) -> None:
        """Take the text; list what can be read."""
        super().__init__(f'"{shown(text)}" is not a day: write {_DAYS_READ}')


def day(text: str, today: dt.date, *, to_come: bool = False) -> dt.date:
    """Return the day a text names; refuse days before 1900, and those to come unless asked for."""
    words = " ".join(text.lower().split())
    if words == "tomorrow" and to_come:
        return today + dt.timedelta(days=1)
    if words == "tomorrow":
        raise UnreadableError("tomorrow is yet to come: log it once it is eaten")
    _refuse_slashes(words, today)
    on = _relative_day(words, today) or _written_day(words, today, early=to_come)
    if on is None:
        raise NotADayError(text)
    if on > today and not to_come:
        raise UnreadableError(f'"{shown(text)}" is yet to come: today is {today}')
    if on.year < FIRST_YEAR:
        raise UnreadableError(f'"{shown(text)}" is before {FIRST_YEAR}')
    return on


def days(texts: Iterable[str], today: dt.date) -> list[dt.date]:
    """Return the days that words name, ``mon 19 nov -3``, each once, the earliest first."""
    words = [word for text in texts for word in text.split()]
    named, rest = set(), words
    while rest:
        for size in range(min(_MOST_DAY_WORDS, len(rest)), 0, -1):
            with suppress(UnreadableError):
                named.add(day(" ".join(rest[:size]), today))
                rest = rest[size:]
                break
        else:
            return [day(" ".join(words), today)]  # which raises, and says why
    return sorted(named)


def _refuse_slashes(words: str, today: dt.date) -> None:
    """Raise UnreadableError for a date with slashes, which reads both ways; offer both."""
    match = re.fullmatch(_SLASHED, words)
    if not match:
        return
    one, other, year = int(match[1]), int(match[2]), f" {match[3] or ''}".rstrip()
    ways = [
        f"{number} {MONTHS[month - 1][:3]}{year}"
        for number, month in dict.fromkeys(((one, other), (other, one)))
        if 1 <= month <= 12 and 1 <= number <= 31
    ]
    offer = " or ".join(ways) or str(today)
    raise UnreadableError(f'"{shown(words)}" depends on the country: write {offer}')


def _relative_day(words: str, today: dt.date) -> dt.date | None:
    """Return today, yesterday, ``-3`` or the latest such weekday before today."""
    if words in ("today", "yesterday"):
        return today - dt.timedelta(days=words == "yesterday")
    if match := re.fullmatch(_AGO, words):
        if int(match[1]) >= today.toordinal():
            raise UnreadableError(f'"{shown(words)}" is before {FIRST_YEAR}')
        return today - dt.timedelta(days=int(match[1]))
    weekday = starting_with(words.rstrip("."), WEEKDAYS)
    if weekday is None:
        return None
    return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _written_day(words: str, today: dt.date, *, early: bool) -> dt.date | None:
    """Return a date in digits or with the name of its month; without a year the latest past one.

    One that comes soon is refused, unless it may be named ``early``.
    """
    if match := re.fullmatch(_ISO, words):
        return _date(words, int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(_DOTTED, words):
        return _date(words, int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(_DAY_MONTH, words):
        number, name, year = match.groups()
    elif match := re.fullmatch(_MONTH_DAY, words):
        name, number, year = match.groups()
    else:
        return None
    month = starting_with("sep" if name == "sept" else name, MONTHS)
    if month is None:
        return None
    if year:
        return _date(words, int(year), month + 1, int(number))
    for past in range(today.year, max(today.year - 9, dt.MINYEAR), -1):
        with suppress(ValueError):  # 29 February may be eight years back
            on = dt.date(past, month + 1, int(number))
            if 0 < (on - today).days <= _SOON and not early:
                raise UnreadableError(
                    f'"{shown(words)}" is yet to come; for that of a year ago, write'
                    f" {on.year - 1}{on:-%m-%d}"
                )
            if on <= today:
                return on
    raise UnreadableError(f'there is no day "{shown(words)}"')


def starting_with(word: str, names: tuple[str, ...]) -> int | None:
    """Return the position of the name that at least its first three letters spell."""
    fitting = (i for i, name in enumerate(names) if len(word) >= 3 and name.startswith(word))
    return next(fitting, None)


def _date(words: str, year: int, month: int, number: int) -> dt.date:
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise UnreadableError(f'there is no day "{shown(words)}"') from None


def time(text: str) -> dt.time:
    """Return the time of day a text names, to the minute."""
    words = " ".join(text.lower().split())
    named = {"noon": 12, "midday": 12, "midnight": 0}.get(words)
    hour, minute = (named, 0) if named is not None else _hour_and_minute(words)
    if hour > 23 or minute > 59:
        raise UnreadableError(f'"{shown(text)}" is not a time: write {_TIMES_READ}')
    return dt.time(hour, minute)


def _hour_and_minute(words: str) -> tuple[int, int]:
    """Return the hour and minute of ``8:30pm``, ``8am``, ``20h30``; 24, 0 for what is no time."""
    if match := re.fullmatch(_HOURS, words):
        return int(match[1]), int(match[2] or 0)
    match = re.fullmatch(_CLOCK, words)
    if not match or not (match[2] or match[3]):
        return 24, 0
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if not half:
        return hour, minute
    if not 1 <= hour <= 12:
        return 24, 0
    return hour % 12 + (12 if half.startswith("p") else 0), minute


def time_of_day(text: str, now: dt.datetime) -> dt.time:
    """Return the time a text names, where ``now`` is one too."""
    if text.strip().lower() == "now":
        return dt.time(now.hour, now.minute)
    return time(text)


def interval(text: str) -> int:
    """Return how many days lie between doses: 1 to 366."""
    words = " ".join(text.lower().split())
    match = re.fullmatch(_INTERVAL, words)
    days = int(match[1]) * _INTERVAL_UNITS.get(match[2], 0) if match else _INTERVALS.get(words, 0)
    if not 1 <= days <= _MOST_DAYS:
        raise UnreadableError(f'"{shown(text)}" is no interval: write {_INTERVALS_READ}')
    return days


def diary_day(now: dt.datetime, day_starts: dt.time) -> dt.date:
    """Return the diary day of a moment, where a day may begin later than midnight."""
    early = now.time().replace(tzinfo=None) < day_starts
    return now.date() - dt.timedelta(days=early)
