"""What a person says of themselves, word by word: birth, sex, life stage, authority, a target.

A medicine and when it is taken: ``alendronate@mon 07:00``, ``doxycycline until 28 nov``.

A day it ends on is the next such day from today on, for what is over need not be told.

Nutrients as people type them: ``calcium``, ``vitamin d``, ``d3``, ``K2``, ``mk-7``.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar import days
from k2log.grammar.days import day
from k2log.grammar.labels import label_amount
from k2log.grammar.numbers import written
from k2log.names import nearest
from k2log.nutrients import IU_PER_UG, NUTRIENTS, VITAMIN_D
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
    "japan-mhlw": "JAPAN-MHLW", "both": None,
}  # fmt: skip
_AUTHORITY_CHOICES: Final = ("NASEM", "EFSA", "UK", "JAPAN-MHLW", "both")


def birth(text: str, today: date) -> str:
    """Return a birth year or ISO date. Raises UnreadableError."""
    year = re.search(r"(?<!\d)[0-9]{4}(?!\d)", text)
    if not year:
        raise UnreadableError(f'"{shown(text)}" has no birth year in it: {_BORN_LIKE}')
    if int(year[0]) < today.year - OLDEST_YEARS:
        raise UnreadableError(f'born "{shown(text)}" is more than {OLDEST_YEARS} years ago')
    said = text.strip()
    born = date(int(said), 1, 1) if said == year[0] else _birthday(text)
    if born > today:
        raise UnreadableError(f'born "{shown(text)}" is yet to come: today is {today}')
    return said if said == year[0] else born.isoformat()


def _birthday(text: str) -> date:
    try:
        return day(text, date.max)
    except UnreadableError:
        raise UnreadableError(f'"{shown(text)}" is no date of birth: {_BORN_LIKE}') from None


def sex(text: str) -> str:
    """Return female or male. Raises UnreadableError."""
    found = _SEXES.get(text.strip().lower())
    if found is None:
        raise UnreadableError(
            f'"{shown(text)}" is not female or male, which reference tables know.'
            " Leave it unsaid to see both"
        )
    return found


def life_stage(text: str) -> str | None:
    """Return pregnant or breastfeeding, None for neither. Raises UnreadableError."""
    return _one_of(text, _STAGES, ("pregnant", "breastfeeding", "none"), "life stage")


def authority(text: str) -> str | None:
    """Return the authority whose references are meant, None for both. Raises UnreadableError."""
    return _one_of(text, _AUTHORITIES, _AUTHORITY_CHOICES, "authority")


def _one_of(
    text: str, known: Mapping[str, str | None], choices: Collection[str], what: str
) -> str | None:
    said = "-".join(text.lower().split())
    if said not in known:
        listed = dict.fromkeys([*nearest(said, choices, least=40), *choices])
        raise UnreadableError(f'no {what} "{shown(text)}". There are: {", ".join(listed)}')
    return known[said]


def target(text: str) -> tuple[str, float | None]:
    """Return a nutrient and its daily amount, None to have none. Raises UnreadableError."""
    name, equals, amount = text.partition("=")
    word = re.sub(r"[\s_-]|vitamin", "", name.lower())
    allowed = [(it, it.target) for it in NUTRIENTS.values() if it.target]
    pair = next((pair for pair in allowed if word in pair[1].words), None)
    if pair is None or not equals:
        allowed.sort(key=lambda pair: pair[0].compared is None)
        like = ", ".join(f"{limits.words[0]}={limits.example}" for _, limits in allowed)
        raise UnreadableError(f'"{shown(text)}" is no target: write {like}, or calcium=none')
    nutrient, (words, least, most, _) = pair
    if amount.strip().lower() == "none":
        return nutrient.id, None
    value = label_amount(amount, nutrient)
    if not least <= value <= most:
        in_iu = f" ({written(most * IU_PER_UG)} IU)" if nutrient.id in VITAMIN_D else ""
        none = f"; for none, {words[0]}=none" if not value else ""
        raise UnreadableError(
            f'"{shown(text)}" is hardly meant: a daily target is {least} to {most} {nutrient.unit}'
            f"{in_iu}{none}"
        )
    return nutrient.id, value


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


def nutrient_words() -> list[str]:
    """Return the word for each nutrient, a vitamin before its forms: d, d3, d2, k2, k1, mk-4."""
    families = list(dict.fromkeys(nutrient.family for nutrient in NUTRIENTS.values()))
    listed = sorted(
        NUTRIENTS.values(),
        key=lambda nutrient: (families.index(nutrient.family), nutrient.part_of is not None),
    )
    return [nutrient.words[0] for nutrient in listed]


def nutrients(texts: Iterable[str]) -> list[str]:
    """Return the ids of the nutrients named, each once. Raises UnreadableError.

    The word "vitamin" may stand before a name or alone: ``vitamin d calcium`` are two.
    """
    said = re.sub(r"(?i)\bvitamins?\s+(?=\S)", "", " ".join(texts)).strip(", ")
    ids = {
        _bare(word): nutrient.id
        for nutrient in NUTRIENTS.values()
        for word in (*nutrient.words, nutrient.id)
    }
    words = re.split(r"[\s,]+", said)
    for word in words:
        if _bare(word) not in ids:
            raise UnreadableError(
                f'no nutrient "{shown(word)}". There are: {", ".join(nutrient_words())};'
                " by itself, k2log chart shows calcium, d and k2"
            )
    return list(dict.fromkeys(ids[_bare(word)] for word in words))


def _bare(word: str) -> str:
    return re.sub(r"vitamin|[_-]", "", word.lower())
