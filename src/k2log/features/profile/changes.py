"""A profile, and what is told to change it: what is added, what goes, what cannot both be true."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.names import name_key
from k2log.science.intakes import ages
from k2log.science.profile import NOBODY, PREGNANT, Condition, Medicine, Profile
from k2log.science.recognise import has_name, is_called
from k2log.text import shown

PARTS: Final = {
    "born": "born", "sex": "sex", "life-stage": "life_stage", "menopause": "menopause",
    "authority": "authority", "medicines": "medicines", "conditions": "conditions",
    "targets": "targets",
}  # fmt: skip
_CHILDBEARING: Final = range(12, 61)


class Told(NamedTuple):
    """What is told at once.

    ``plain`` are fields that take a new value. ``no_medicines`` states that there are none;
    ``without_medicines`` are the names of those to remove. A target of None is taken away.
    """

    plain: Mapping[str, Any] = {}
    medicines: Sequence[Medicine] = ()
    no_medicines: bool = False
    without_medicines: Sequence[str] = ()
    conditions: Sequence[Condition] = ()
    no_conditions: bool = False
    without_conditions: Sequence[str] = ()
    targets: Sequence[tuple[str, float | None]] = ()


class ContradictionError(UnreadableError):
    """What is told cannot be true together, or not with what was told before."""

    def __init__(self, why: str, *ways: str) -> None:
        """Take what contradicts what, and the options that change both at once."""
        changed = f" Both at once: k2log profile set {', or '.join(ways)}" if ways else ""
        super().__init__(f"{why}.{changed}")


class NotToldError(UnreadableError):
    """Something to be removed that the profile does not hold."""

    def __init__(self, what: str, typed: str, held: Sequence[str]) -> None:
        """Take the kind of thing, its name as typed, and the names that are held."""
        there = f"There {'are' if len(held) > 1 else 'is'}: {', '.join(held)}"
        super().__init__(
            f'no {what} "{shown(typed)}" in the profile. {there if held else "There is none"}'
        )


def told(profile: Profile, said: Told, today: date) -> Profile:
    """Return the profile with what was said. Raises ContradictionError, NotToldError."""
    _refuse_twice("medicine", [medicine.name for medicine in said.medicines])
    _refuse_twice("target", [nutrient for nutrient, _ in said.targets])
    targets = {**profile.targets, **dict(said.targets)}
    changed = profile._replace(
        **said.plain,
        medicines=_medicines(profile.medicines, said),
        conditions=_conditions(profile.conditions, said),
        targets={nutrient: value for nutrient, value in targets.items() if value is not None},
    )
    _refuse_contradictions(changed, today)
    return changed


def _refuse_twice(what: str, names: Sequence[str]) -> None:
    keys = [name_key(name) or name for name in names]
    twice = next((name for at, name in enumerate(names) if keys[at] in keys[:at]), None)
    if twice is None:
        return
    way = f'Its times together: "{shown(twice)}@08:00,20:00"' if what == "medicine" else "Name one"
    raise ContradictionError(f'the {what} "{shown(twice)}" is there twice. {way}')


def _medicines(held: tuple[Medicine, ...] | None, said: Told) -> tuple[Medicine, ...] | None:
    """Return the medicines; None, not said, where the last one was removed."""
    if said.no_medicines and said.medicines:
        raise ContradictionError("--no-medicines and --medicine contradict each other")
    gone = [_held_medicine(held or (), typed) for typed in said.without_medicines]
    again = {medicine.name for medicine in said.medicines}
    kept = [it for it in held or () if it not in gone and it.name not in again]
    if said.no_medicines:
        return ()
    return (*kept, *said.medicines) or (None if gone else held)


def _held_medicine(held: Sequence[Medicine], typed: str) -> Medicine:
    found = next((medicine for medicine in held if is_called(medicine, typed)), None)
    if found is None:
        raise NotToldError("medicine", typed, [medicine.name for medicine in held])
    return found


def _conditions(held: tuple[Condition, ...] | None, said: Told) -> tuple[Condition, ...] | None:
    """Return the conditions; None, not said, where the last one was removed."""
    if said.no_conditions and said.conditions:
        raise ContradictionError("--no-conditions and --condition contradict each other")
    gone = [_held_condition(held or (), typed) for typed in said.without_conditions]
    kept = [it for it in held or () if it not in gone]
    if said.no_conditions:
        return ()
    return tuple(dict.fromkeys([*kept, *said.conditions])) or (None if gone else held)


def _held_condition(held: Sequence[Condition], typed: str) -> Condition:
    found = next((condition for condition in held if has_name(condition, typed)), None)
    if found is None:
        raise NotToldError("condition", typed, [condition.name for condition in held])
    return found


def _refuse_contradictions(profile: Profile, today: date) -> None:
    stage = profile.life_stage
    if profile.sex == "male" and stage:
        raise ContradictionError(
            f"male and {stage} contradict each other",
            f"--sex female --{stage}",
            "--sex male --life-stage none",
        )
    if profile.sex == "male" and profile.menopause:
        raise ContradictionError(
            "male and menopause contradict each other",
            "--sex female --menopause",
            "--sex male --no-menopause",
        )
    if stage == PREGNANT and profile.menopause:
        raise ContradictionError(
            "pregnant and menopause contradict each other",
            "--pregnant --no-menopause",
            "--life-stage none --menopause",
        )
    _refuse_impossible_age(profile, today)


def _refuse_impossible_age(profile: Profile, today: date) -> None:
    if not profile.born or not profile.life_stage:
        return
    possible = ages(profile.born, today)
    if not any(age in _CHILDBEARING for age in possible):
        raise ContradictionError(
            f"{profile.life_stage} and born {profile.born} (age {' or '.join(map(str, possible))})"
            f" contradict each other: possible from {_CHILDBEARING[0]} to {_CHILDBEARING[-1]}",
            f"--born YEAR --{profile.life_stage}",
            "--life-stage none",
        )


def cleared(profile: Profile, parts: Sequence[str]) -> Profile:
    """Return the profile without some of its parts, or with none. Raises UnreadableError."""
    unknown = next((part for part in parts if part not in PARTS), None)
    if unknown is not None:
        raise UnreadableError(
            f'"{shown(unknown)}" is no part of a profile. There are: {", ".join(PARTS)}'
        )
    fields = [PARTS[part] for part in parts or PARTS]
    return profile._replace(**{field: getattr(NOBODY, field) for field in fields})
