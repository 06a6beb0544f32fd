"""What a person says of themselves, word by word: birth, sex, life stage, authority, a target."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final

from k2log.errors import UnreadableError
from k2log.food.nutrients import NUTRIENTS
from k2log.grammar.days import day
from k2log.grammar.labels import label_amount
from k2log.grammar.numbers import written
from k2log.grammar.text import shown

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
_TARGETS: Final = {
    "calcium": "calcium", "ca": "calcium", "d": "vitamin_d", "d3": "vitamin_d",
    "magnesium": "magnesium", "k2": "vitamin_k2",
}  # fmt: skip
# What a daily target can be, in the nutrient's unit: beyond it, a unit or a zero slipped.
_SENSIBLE: Final = {
    "calcium": (50, 5000), "vitamin_d": (1, 250), "magnesium": (10, 1000), "vitamin_k2": (1, 1000),
}  # fmt: skip


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
        raise UnreadableError(
            f'no {what} "{shown(text)}". There are: {", ".join(nearest_first(said, choices))}'
        )
    return known[said]


def nearest_first(said: str, choices: Collection[str]) -> list[str]:
    """Return the choices, those that look most like what was said first."""
    by_case = {choice.lower(): choice for choice in choices}
    near = get_close_matches(said.lower(), by_case, len(choices), 0.4)
    return [by_case[name] for name in dict.fromkeys([*near, *by_case])]


def target(text: str) -> tuple[str, float | None]:
    """Return a nutrient and its daily amount, None to have none. Raises UnreadableError."""
    name, equals, amount = text.partition("=")
    nutrient = _TARGETS.get(re.sub(r"[\s_-]|vitamin", "", name.lower()))
    if nutrient is None or not equals:
        raise UnreadableError(
            f'"{shown(text)}" is no target: write calcium=1000mg, d=800IU, magnesium=300mg,'
            " k2=100mcg, or calcium=none"
        )
    if amount.strip().lower() == "none":
        return nutrient, None
    value = label_amount(amount, NUTRIENTS[nutrient])
    _check_sensible(text, nutrient, value)
    return nutrient, value


def _check_sensible(text: str, nutrient: str, value: float) -> None:
    least, most = _SENSIBLE[nutrient]
    if least <= value <= most:
        return
    kind = NUTRIENTS[nutrient]
    in_iu = f" ({written(most * 40)} IU)" if nutrient == "vitamin_d" else ""
    none = f"; for none, {nutrient_word(nutrient)}=none" if not value else ""
    raise UnreadableError(
        f'"{shown(text)}" is hardly meant: a daily target is {least} to {most} {kind.unit}'
        f"{in_iu}{none}"
    )


def nutrient_word(nutrient: str) -> str:
    """Return the word a target is typed with: d for vitamin_d."""
    return next(word for word, known in _TARGETS.items() if known == nutrient)
