"""Days, times of day and intervals as people type them.

Nothing is guessed: what cannot be read is refused, with a list of what can. A day without a year
is its latest past one, a weekday is the latest before today. Slashed dates are refused because
they read both ways; dotted ones are always day.month.year.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from k2log.errors import UnreadableError
from k2log.text import shown

FIRST_YEAR = 1900
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS_READ = "today, yesterday, mon to sun, -3, 2026-11-19, 19 nov or 19 november 2026"
_TIMES_READ = "08:30, 8:30pm, 8am, 20h30, noon or midnight"
_INTERVALS_READ = "7d, 1w, 2 weeks, weekly or monthly, up to 366 days"
_MOST_DAYS = 366
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


def day(text: str, today: dt.date) -> dt.date:
    """Return the day a text names; refuse days to come and days before 1900."""
    said = " ".join(text.lower().split())
    if said == "tomorrow":
        raise UnreadableError("tomorrow is yet to come: log it once it is eaten")
    readers: tuple[Callable[[str, dt.date], dt.date | None], ...] = (
        _named_day, _days_ago, _numeric_day, _slashed_day, _month_and_day,
    )  # fmt: skip
    found = next((found for reader in readers if (found := reader(said, today))), None)
    if found is None:
        raise NotADayError(text)
    return _checked(found, text, today)


def days(texts: Iterable[str], today: dt.date) -> list[dt.date]:
    """Return the days that words name, ``mon 19 nov -3``, each once, the earliest first."""
    words = [word for text in texts for word in text.split()]
    found, rest = set(), words
    while rest:
        begun = next(_beginnings(rest, today), None)
        if begun is None:
            return [day(" ".join(words), today)]  # which raises, and says why
        one, rest = begun
        found.add(one)
    return sorted(found)


def _beginnings(words: list[str], today: dt.date) -> Iterator[tuple[dt.date, list[str]]]:
    """Yield the days that words begin with, the longest first, each with what is behind it."""
    for size in range(min(_MOST_DAY_WORDS, len(words)), 0, -1):
        with suppress(UnreadableError):
            yield day(" ".join(words[:size]), today), words[size:]


def _checked(found: dt.date, text: str, today: dt.date) -> dt.date:
    if found > today:
        raise UnreadableError(f'"{shown(text)}" is yet to come: today is {today}')
    if found.year < FIRST_YEAR:
        raise UnreadableError(f'"{shown(text)}" is before {FIRST_YEAR}')
    return found


def _named_day(said: str, today: dt.date) -> dt.date | None:
    if said in ("today", "yesterday"):
        return today - dt.timedelta(days=said == "yesterday")
    weekday = _starting_with(said.rstrip("."), WEEKDAYS)
    if weekday is None:
        return None
    return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _starting_with(said: str, names: tuple[str, ...]) -> int | None:
    """Return the position of the name that at least its first three letters spell."""
    fitting = (i for i, name in enumerate(names) if len(said) >= 3 and name.startswith(said))
    return next(fitting, None)


def _days_ago(said: str, today: dt.date) -> dt.date | None:
    match = re.fullmatch(_AGO, said)
    if not match:
        return None
    if int(match[1]) >= today.toordinal():
        raise UnreadableError(f'"{shown(said)}" is before {FIRST_YEAR}')
    return today - dt.timedelta(days=int(match[1]))


def _numeric_day(said: str, _: dt.date) -> dt.date | None:
    if match := re.fullmatch(_ISO, said):
        return _date(said, int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(_DOTTED, said):
        return _date(said, int(match[3]), int(match[2]), int(match[1]))
    return None


def _slashed_day(said: str, today: dt.date) -> None:
    match = re.fullmatch(_SLASHED, said)
    if not match:
        return
    one, other, year = int(match[1]), int(match[2]), f" {match[3] or ''}".rstrip()
    ways = [
        f"{number} {_MONTHS[month - 1][:3]}{year}"
        for number, month in dict.fromkeys(((one, other), (other, one)))
        if 1 <= month <= 12 and 1 <= number <= 31
    ]
    written = " or ".join(ways) or str(today)
    raise UnreadableError(f'"{shown(said)}" depends on the country: write {written}')


def _month_and_day(said: str, today: dt.date) -> dt.date | None:
    if match := re.fullmatch(_DAY_MONTH, said):
        number, name, year = match.groups()
    elif match := re.fullmatch(_MONTH_DAY, said):
        name, number, year = match.groups()
    else:
        return None
    month = _starting_with("sep" if name == "sept" else name, _MONTHS)
    if month is None:
        return None
    if year:
        return _date(said, int(year), month + 1, int(number))
    return _latest(said, month + 1, int(number), today)


def _latest(said: str, month: int, number: int, today: dt.date) -> dt.date:
    """Return the latest such day that is not to come: 29 February may be eight years back."""
    for year in range(today.year, max(today.year - 9, dt.MINYEAR), -1):
        try:
            found = dt.date(year, month, number)
        except ValueError:
            continue
        if found <= today:
            return found
    raise UnreadableError(f'there is no day "{shown(said)}"')


def _date(said: str, year: int, month: int, number: int) -> dt.date:
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise UnreadableError(f'there is no day "{shown(said)}"') from None


def time(text: str) -> dt.time:
    """Return the time of day a text names, to the minute."""
    said = " ".join(text.lower().split())
    named = {"noon": 12, "midday": 12, "midnight": 0}.get(said)
    hour_minute = (named, 0) if named is not None else _clock(said) or _hours(said)
    if hour_minute is None or hour_minute[0] > 23 or hour_minute[1] > 59:
        raise UnreadableError(f'"{shown(text)}" is not a time: write {_TIMES_READ}')
    return dt.time(*hour_minute)


def _clock(said: str) -> tuple[int, int] | None:
    match = re.fullmatch(_CLOCK, said)
    if not match:
        return None
    hour, minute, half = int(match[1]), match[2], match[3]
    if not half:
        return (hour, int(minute)) if minute else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.startswith("p") else 0), int(minute or 0)


def _hours(said: str) -> tuple[int, int] | None:
    match = re.fullmatch(_HOURS, said)
    return (int(match[1]), int(match[2] or 0)) if match else None


def time_of_day(text: str, now: dt.datetime) -> dt.time:
    """Return the time a text names, where ``now`` is one too."""
    if text.strip().lower() == "now":
        return dt.time(now.hour, now.minute)
    return time(text)


def interval(text: str) -> int:
    """Return how many days lie between doses: 1 to 366."""
    said = " ".join(text.lower().split())
    match = re.fullmatch(_INTERVAL, said)
    days = int(match[1]) * _INTERVAL_UNITS.get(match[2], 0) if match else _INTERVALS.get(said, 0)
    if not 1 <= days <= _MOST_DAYS:
        raise UnreadableError(f'"{shown(text)}" is no interval: write {_INTERVALS_READ}')
    return days


def diary_day(now: dt.datetime, day_starts: dt.time) -> dt.date:
    """Return the diary day of a moment, where a day may begin later than midnight."""
    early = now.time().replace(tzinfo=None) < day_starts
    return now.date() - dt.timedelta(days=early)
