"""A profile as words: what was told, what was not, and what k2log does with it."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from textwrap import wrap
from typing import Final, TypeVar

from k2log.nutrients import IU_PER_UG, NUTRIENTS, VITAMIN_D
from k2log.render.numbers import clean, month_name
from k2log.science.intakes import AUTHORITIES, ages
from k2log.science.profile import (
    ANTAGONIST,
    AUTHORITY_OF_REGION,
    BOTH,
    UNRECOGNISED,
    Condition,
    Medicine,
    Profile,
)

_NOT_SAID: Final = "not said"
_LABEL: Final = 14
_WIDEST: Final = 78
_NOUNS: Final = {"female": ("girl", "woman"), "male": ("boy", "man")}
_ADULT: Final = 18
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

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


def _references(profile: Profile, region: str | None) -> str:
    """Return whose references are shown, and why."""
    if not profile.authority and region in AUTHORITY_OF_REGION:
        chosen, why = AUTHORITY_OF_REGION[region], f", as your region is {region}"
    else:
        chosen, why = profile.authority or BOTH, "" if profile.authority else ", as none is chosen"
    if chosen == BOTH:
        return f"US and EU{why}"
    label = AUTHORITIES[chosen].label
    return f"{label if label == chosen else f'{label} ({chosen})'}{why}"


def profile_text(profile: Profile, on: date, columns: int | None, region: str | None = None) -> str:
    """Return everything a profile holds, and what was not said; no line wider than ``columns``.

    The ``region`` is that of the settings, whose references count where none are chosen.
    """
    born = ""
    if profile.born:
        exact = "-" in profile.born
        day = _day(date.fromisoformat(profile.born)) if exact else profile.born
        born = f"{day} (age {_years(ages(profile.born, on))})"
    menopause = {None: _NOT_SAID, True: "yes", False: "no"}[profile.menopause]
    rows = [
        ("Born", [born or _NOT_SAID]),
        ("Sex", [profile.sex or _NOT_SAID]),
        ("Life stage", [profile.life_stage or _NOT_SAID]),
        ("Menopause", [menopause]),
        ("References", [_references(profile, region)]),
        ("Medicines", _answers("medicines", profile.medicines, lambda it: medicine_words(it, on))),
        ("Conditions", _answers("conditions", profile.conditions, lambda it: it.name)),
        ("Your targets", _targets(profile) or ["none"]),
    ]
    if profile.sex == "male":
        rows = [row for row in rows if row[0] not in {"Life stage", "Menopause"}]
    lines = []
    for label, values in rows:
        parts = [line for value in values for line in _wrapped(value, columns, _LABEL)]
        heads = [label, *[""] * (len(parts) - 1)]
        lines += [f"{head:<{_LABEL}}{part}\n" for head, part in zip(heads, parts, strict=True)]
    return "".join(lines)


def _answers(what: str, values: Sequence[T] | None, words: Callable[[T], str]) -> list[str]:
    if values is None:
        return [f"{_NOT_SAID} (none? profile set --no-{what})"]
    return [words(each) for each in values] or ["none"]


def medicine_words(medicine: Medicine, on: date) -> str:
    """Return a medicine and when it is taken: ``alendronate (Fosamax), Mon 07:00``."""
    brand = f" ({clean(medicine.said)})" if medicine.said else ""
    days = ", ".join(_WEEKDAYS[day] for day in medicine.days)
    taken = " ".join(filter(None, [days, " and ".join(medicine.times)]))
    over = " (over)" if medicine.until and medicine.until < on else ""
    until = f"until {_day(medicine.until)}{over}" if medicine.until else ""
    return ", ".join(filter(None, [f"{clean(medicine.name)}{brand}", taken, until]))


def _day(day: date) -> str:
    return f"{day.day} {month_name(day)}"


def _targets(profile: Profile) -> list[str]:
    """Return the targets; a K2 figure is nothing to hold on to beside a vitamin K antagonist.

    Nor is it beside a medicine that k2log does not know, which may be one.
    """
    antagonists = profile.taking(ANTAGONIST, UNRECOGNISED, since=date.min)
    unused = f" (not used with {antagonists[0].name})" if antagonists else ""
    return [
        _target(nutrient, value) + (unused if nutrient == "vitamin_k2" else "")
        for nutrient, value in profile.targets.items()
    ]


def _target(nutrient: str, value: float) -> str:
    from k2log.grammar.numbers import written

    kind = NUTRIENTS[nutrient]
    name = kind.word if kind.reference_group else f"{kind.word}, your figure,"
    in_iu = f" ({written(value * IU_PER_UG)} IU)" if nutrient in VITAMIN_D else ""
    return f"{name} {written(value)} {kind.unit}{in_iu}"


def _wrapped(text: str, columns: int | None, beside: int) -> list[str]:
    """Return the lines of a text that stands ``beside`` columns to the right."""
    if columns is None:
        return [text]
    return wrap(text, max(10, min(columns, _WIDEST) - beside), subsequent_indent="  ")


def effects_text(effects: Iterable[tuple[Medicine | Condition, str]], columns: int | None) -> str:
    """Return a line for each medicine and condition: what k2log does with it."""
    sentences = (f"{clean(it.name)}: {does}" for it, does in effects)
    return "".join(f"{line}\n" for it in sentences for line in _wrapped(it, columns, 0))


def profile_json(profile: Profile) -> str:
    """Return a profile as JSON, a promise to scripts; null is what was not said."""
    return json.dumps(profile.as_dict(), indent=2) + "\n"


def cleared_text(before: Profile, after: Profile) -> str:
    """Return what is gone from a profile; "" where nothing is."""
    now = after.as_dict()
    gone = [
        words
        for field, value in before.as_dict().items()
        if value != now[field]
        for words in _gone(before, field)
    ]
    return f"gone: {'; '.join(gone)}. k2log undo brings it back\n" if gone else ""


def _gone(profile: Profile, field: str) -> list[str]:
    if field in ("medicines", "conditions"):
        named: Sequence[Medicine | Condition] = getattr(profile, field) or ()
        return [clean(each.name) for each in named] or [f"that there are no {field}"]
    if field == "targets":
        return [f"target {_target(*target)}" for target in profile.targets.items()]
    value = getattr(profile, field)
    words = {
        "born": f"born {value}",
        "menopause": f"menopause: {'yes' if value else 'no'}",
        "authority": f"references of {value}",
    }
    return [words.get(field, value)]
