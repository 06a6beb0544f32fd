"""What people say of themselves: birth, sex, life stage, authority; a medicine and its times.

``alendronate@mon 07:00``, ``doxycycline until 28 nov``. A day that a medicine ends on is the next
such day from today on, for what is over need not be told.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from k2log.errors import UnreadableError
from k2log.grammar.days import WEEKDAYS, day, time
from k2log.named_tuple import NamedTuple
from k2log.names import nearest
from k2log.text import clean, shown

OLDEST_YEARS: Final = 120
_BORN_LIKE: Final = "write a year or a date: 1964 or 1964-05-17"
_SEXES: Final = {
    **dict.fromkeys(("female", "f", "woman", "girl"), "female"),
    **dict.fromkeys(("male", "m", "man", "boy"), "male"),
}
_STAGES: Final = {
    "pregnant": "pregnant", "pregnancy": "pregnant", "breastfeeding": "breastfeeding",
    "lactating": "breastfeeding", "nursing": "breastfeeding", "none": None, "neither": None,
}  # fmt: skip
_AUTHORITIES: Final = {
    "nasem": "NASEM", "us": "NASEM", "usa": "NASEM", "iom": "NASEM",
    "efsa": "EFSA", "eu": "EFSA", "europe": "EFSA",
    "uk": "UK", "gb": "UK", "japan": "JAPAN-MHLW", "mhlw": "JAPAN-MHLW", "jp": "JAPAN-MHLW",
    "japan-mhlw": "JAPAN-MHLW", "both": "both",
}  # fmt: skip
AUTHORITY_CHOICES: Final = ("NASEM", "EFSA", "UK", "JAPAN-MHLW", "both")
STAGE_CHOICES: Final = ("pregnant", "breastfeeding", "none")
SEX_CHOICES: Final = tuple(dict.fromkeys(_SEXES.values()))
_LONGEST_REGIMEN: Final = 120
_UNTIL: Final = re.compile(r"(?:^|\s)(?:until|till)(?:\s+|$)", re.IGNORECASE)
_STRAY_TIME: Final = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)
_DAY_WORD: Final = re.compile(r"([^\W\d_]+)\.?(?:\s*[,&]\s*|\s+and\s+|\s+|$)")
_BETWEEN: Final = re.compile(r"[,&]|\band\b")
_DAILY: Final = re.compile(r"(?:daily|(?:every|each) day)(?:\s+|$)", re.IGNORECASE)
_TIMES_LIKE: Final = "write @07:00, @08:00,20:00 or @mon,thu 07:00"
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_YEARS_AHEAD: Final = 9  # 29 February may be eight years off


class Regimen(NamedTuple):
    """A medicine's name as typed, its times, its weekdays (Monday is 0) and its last day."""

    name: str
    times: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    until: date | None = None


def birth(text: str, today: date) -> str:
    """Return a birth year or ISO date. Raises UnreadableError."""
    year = re.search(r"(?<!\d)[0-9]{4}(?!\d)", text)
    if not year:
        raise UnreadableError(f'"{shown(text)}" has no birth year in it: {_BORN_LIKE}')
    if int(year[0]) < today.year - OLDEST_YEARS:
        raise UnreadableError(f'born "{shown(text)}" is more than {OLDEST_YEARS} years ago')
    year_only = text.strip() == year[0]
    try:
        born = date(int(year[0]), 1, 1) if year_only else day(text, date.max)
    except UnreadableError:
        raise UnreadableError(f'"{shown(text)}" is no date of birth: {_BORN_LIKE}') from None
    if born > today:
        raise UnreadableError(f'born "{shown(text)}" is yet to come: today is {today}')
    return year[0] if year_only else born.isoformat()


def sex(text: str) -> str:
    """Return female or male. Raises UnreadableError."""
    word = text.strip().lower()
    if word not in _SEXES:
        raise UnreadableError(
            f'"{shown(text)}" is not female or male, which reference tables know.'
            " Leave it unsaid to see both"
        )
    return _SEXES[word]


def life_stage(text: str) -> str | None:
    """Return pregnant or breastfeeding, None for neither. Raises UnreadableError."""
    return _one_of(text, _STAGES, STAGE_CHOICES, "life stage")


def authority(text: str) -> str | None:
    """Return the authority whose references are meant, or "both". Raises UnreadableError."""
    return _one_of(text, _AUTHORITIES, AUTHORITY_CHOICES, "authority")


def _one_of(
    text: str, meanings: Mapping[str, str | None], choices: Collection[str], what: str
) -> str | None:
    """Return what a word means; the error lists the choices, the likest first."""
    word = "-".join(text.lower().split())
    if word not in meanings:
        listed = dict.fromkeys([*nearest(word, choices, least=40), *choices])
        raise UnreadableError(f'no {what} "{shown(text)}". There are: {", ".join(listed)}')
    return meanings[word]


def regimen(text: str, today: date) -> Regimen:
    """Return the medicine and the times that a text names. Raises UnreadableError."""
    plain = clean(text, "medicine", _LONGEST_REGIMEN)
    medicine, *ends = _UNTIL.split(plain)
    if len(ends) > 1:
        raise UnreadableError(f'"{shown(text)}" says until twice: one day ends it')
    until = day_to_come(ends[0], today) if ends else None
    name, at, when = (part.strip() for part in medicine.partition("@"))
    if not name:
        raise UnreadableError(f'"{shown(text)}" names no medicine: write levothyroxine@07:00')
    if not at and _STRAY_TIME.search(name):
        raise UnreadableError(f'"{shown(text)}" has a time: {_TIMES_LIKE} behind the name')
    weekdays, times = _weekdays_and_times(when, plain) if at else ((), ())
    return Regimen(name, times, weekdays, until)


def _weekdays_and_times(when: str, whole: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the weekdays (none for every day) and the times behind them, both in order.

    ``whole`` is what was typed, for the message. Raises UnreadableError.
    """
    weekdays: set[int] = set()
    rest = _DAILY.sub("", when, 1)
    while (match := _DAY_WORD.match(rest)) and (weekday := _weekday(match[1])) is not None:
        weekdays.add(weekday)
        rest = rest[match.end() :]
    parts = [part.strip() for part in _BETWEEN.split(rest)] if rest else []
    if not when or not all(parts):
        raise UnreadableError(f'"{shown(whole)}" lacks a time or day behind @: {_TIMES_LIKE}')
    times = set()
    for part in parts:
        if _weekday(re.split(r"[^a-z]", part.lower())[0]) is not None:
            raise UnreadableError(
                f'"{shown(whole)}": the days come first and share their times: write @mon,thu 07:00'
            )
        times.add(time(part).isoformat("minutes"))
    return (() if len(weekdays) == len(WEEKDAYS) else tuple(sorted(weekdays))), tuple(sorted(times))


def _weekday(word: str) -> int | None:
    """Return the weekday, from 0, that a word of at least 3 letters begins or is the plural of."""
    low = word.lower()
    fitting = (at for at, name in enumerate(WEEKDAYS) if name.startswith(low) or low == f"{name}s")
    return next(fitting, None) if len(low) > 2 else None


def day_to_come(text: str, today: date) -> date:
    """Return the next such day from today on: ``fri``, ``28 nov``. Raises UnreadableError."""
    words = " ".join(text.lower().split())
    named = {"today": today, "tomorrow": today + timedelta(days=1)}
    end = named.get(words) or _next_day(words, today)
    if end is None:
        raise UnreadableError(
            f'"{shown(text)}" is no day to come: write fri, 28 nov, 28 nov 2027 or 2027-11-28'
        )
    if end < today:
        raise UnreadableError(f'"{shown(text)}" is over: today is {today}')
    return end


def _next_day(words: str, today: date) -> date | None:
    """Return the day that words with a year name; else the first such day from today on."""
    try:
        if _YEAR.search(words):
            return day(words, date.max)
        if words == "yesterday" or not words[:1].isalnum():
            return None
        # ``day`` returns the latest such day before another: that other day goes ever farther.
        ahead = (7, *(365 * years for years in range(1, _YEARS_AHEAD)))
        latest = (day(words, today + timedelta(days=far), to_come=True) for far in ahead)
        return next((on for on in latest if on >= today), None)
    except UnreadableError:
        return None
