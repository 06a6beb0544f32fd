"""A profile as words: what was told, what was not, and what k2log does with it."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from textwrap import wrap
from typing import Final, TypeVar

from k2log.nutrients import IU_PER_UG, NUTRIENTS, VITAMIN_D
from k2log.render.numbers import clean, month_name
from k2log.science.intakes import AUTHORITIES, ages
from k2log.science.profile import Condition, Medicine, Profile

_NOT_SAID: Final = "not said"
_LABEL: Final = 14
_WIDEST: Final = 78
_NOUNS: Final = {"female": ("girl", "woman"), "male": ("boy", "man")}
_ADULT: Final = 18
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ANTAGONIST: Final = "vitamin-k-antagonist"

T = TypeVar("T")


def person(profile: Profile, on: date) -> str:
    """Return who it is, for a title: ``woman, born 1964 (61 or 62)``; "" if nothing is known."""
    possible = ages(profile.born, on) if profile.born else ()
    grown = not possible or possible[-1] >= _ADULT
    noun = _NOUNS[profile.sex][grown] if profile.sex else ""
    age = _years(possible)
    if len(possible) > 1:
        age = f"born {profile.born} ({age})"
    elif possible and not noun:
        age = f"age {age}"
    return ", ".join(filter(None, [noun, age, profile.life_stage]))


def _years(possible: Sequence[int]) -> str:
    return " or ".join(str(age) if age else "under 1" for age in possible)


def profile_text(profile: Profile, on: date, columns: int | None) -> str:
    """Return everything a profile holds, and what was not said; no line wider than ``columns``."""
    rows = [
        ("Born", [_born(profile.born, on)]),
        ("Sex", [profile.sex or _NOT_SAID]),
        *(_womens_rows(profile) if profile.sex != "male" else []),
        ("References", [_authority(profile.authority)]),
        ("Medicines", _listed("medicines", profile.medicines, lambda it: medicine_words(it, on))),
        ("Conditions", _listed("conditions", profile.conditions, lambda it: it.name)),
        ("Your targets", _targets(profile) or ["none"]),
    ]
    return "".join(_row(label, values, columns) for label, values in rows)


def _womens_rows(profile: Profile) -> list[tuple[str, list[str]]]:
    menopause = {None: _NOT_SAID, True: "yes", False: "no"}[profile.menopause]
    return [("Life stage", [profile.life_stage or _NOT_SAID]), ("Menopause", [menopause])]


def _born(born: str | None, on: date) -> str:
    if not born:
        return _NOT_SAID
    said = _day(date.fromisoformat(born)) if "-" in born else born
    return f"{said} (age {_years(ages(born, on))})"


def _authority(authority: str | None) -> str:
    if authority is None:
        return "US and EU, as none is chosen"
    known = AUTHORITIES[authority]
    return authority if known.label == authority else f"{known.label} ({authority})"


def _listed(what: str, told: Sequence[T] | None, words: Callable[[T], str]) -> list[str]:
    if told is None:
        return [f"{_NOT_SAID} (none? profile set --no-{what})"]
    return [words(each) for each in told] or ["none"]


def medicine_words(medicine: Medicine, on: date) -> str:
    """Return a medicine and when it is taken: ``alendronate (Fosamax), Mon 07:00``."""
    said = f" ({clean(medicine.said)})" if medicine.said else ""
    days = ", ".join(_WEEKDAYS[day] for day in medicine.days)
    taken = " ".join(filter(None, [days, " and ".join(medicine.times)]))
    over = " (over)" if medicine.until and medicine.until < on else ""
    until = f"until {_day(medicine.until)}{over}" if medicine.until else ""
    return ", ".join(filter(None, [f"{clean(medicine.name)}{said}", taken, until]))


def _day(day: date) -> str:
    return f"{day.day} {month_name(day)}"


def _targets(profile: Profile) -> list[str]:
    """Return the targets; a K2 figure is nothing to hold on to beside a vitamin K antagonist."""
    antagonists = profile.taking(_ANTAGONIST, since=date.min)
    unused = f" (not used with {antagonists[0].name})" if antagonists else ""
    return [
        _target(nutrient, value) + (unused if nutrient == "vitamin_k2" else "")
        for nutrient, value in profile.targets.items()
    ]


def _target(nutrient: str, value: float) -> str:
    from k2log.grammar.numbers import written

    kind = NUTRIENTS[nutrient]
    name = kind.word if kind.compared else f"{kind.word}, your figure,"
    in_iu = f" ({written(value * IU_PER_UG)} IU)" if nutrient in VITAMIN_D else ""
    return f"{name} {written(value)} {kind.unit}{in_iu}"


def _row(label: str, values: Iterable[str], columns: int | None) -> str:
    lines = [line for value in values for line in _wrapped(value, columns, _LABEL)]
    heads = [label, *[""] * len(lines)]
    return "".join(f"{head:<{_LABEL}}{line}\n" for head, line in zip(heads, lines, strict=False))


def _wrapped(text: str, columns: int | None, beside: int) -> list[str]:
    """Return the lines of a text that stands ``beside`` columns to the right."""
    if columns is None:
        return [text]
    return wrap(text, max(10, min(columns, _WIDEST) - beside), subsequent_indent="  ")


def effects_text(effects: Iterable[tuple[Medicine | Condition, str]], columns: int | None) -> str:
    """Return a line for each medicine and condition: what k2log does with it."""
    lines = (
        line
        for told, does in effects
        for line in _wrapped(f"{clean(told.name)}: {does}", columns, 0)
    )
    return "".join(f"{line}\n" for line in lines)


def profile_json(profile: Profile) -> str:
    """Return a profile as JSON, a promise to scripts; null is what was not said."""
    return json.dumps(profile.as_dict(), indent=2) + "\n"


def cleared_text(before: Profile, after: Profile) -> str:
    """Return what is gone from a profile; "" where nothing is."""
    kept = after.as_dict()
    gone = [
        words
        for field, value in before.as_dict().items()
        if value != kept[field]
        for words in _gone(before, field)
    ]
    return f"gone: {'; '.join(gone)}. k2log undo brings it back\n" if gone else ""


def _gone(profile: Profile, field: str) -> list[str]:
    if field in ("medicines", "conditions"):
        told: Sequence[Medicine | Condition] = getattr(profile, field) or ()
        return [clean(each.name) for each in told] or [f"that there are no {field}"]
    if field == "targets":
        return [f"target {_target(*target)}" for target in profile.targets.items()]
    value = getattr(profile, field)
    words = {
        "born": f"born {value}",
        "menopause": f"menopause: {'yes' if value else 'no'}",
        "authority": f"references of {value}",
    }
    return [words.get(field, value)]
