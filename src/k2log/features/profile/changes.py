"""Changes of a profile: what is added, what is removed, and what cannot both be true."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from k2log.errors import UnreadableError
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.science.intakes import ages
from k2log.science.name_lists import has_name, is_called
from k2log.science.profile import NOBODY, PREGNANT, Condition, Medicine, Profile
from k2log.text import shown

PARTS: Final = {
    "born": "born", "sex": "sex", "life-stage": "life_stage", "menopause": "menopause",
    "authority": "authority", "medicines": "medicines", "conditions": "conditions",
    "targets": "targets",
}  # fmt: skip
_CHILDBEARING: Final = range(12, 61)
_YOUNGEST_IN_MENOPAUSE: Final = 18
_EXCLUDING: Final = (
    (
        "primary hyperparathyroidism", "secondary hyperparathyroidism",
        "tertiary hyperparathyroidism", "hyperparathyroidism", "hypoparathyroidism",
    ),
    ("vitamin D deficiency", "too much vitamin D"),
)  # fmt: skip
"""Conditions of which nobody has two at a time."""

Item = TypeVar("Item", Medicine, Condition)


class ProfileChange(NamedTuple):
    """What one command changes of a profile.

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
    """Statements on a person that cannot be true together."""

    def __init__(self, why: str, *ways: str) -> None:
        """Take what contradicts what, and the options that change both at once."""
        together = f" Both at once: k2log profile set {', or '.join(ways)}" if ways else ""
        super().__init__(f"{why}.{together}")


class NotInProfileError(UnreadableError):
    """Something to be removed that the profile does not hold."""

    def __init__(self, what: str, typed: str, names: Sequence[str]) -> None:
        """Take the kind of thing, its name as typed, and the names that the profile holds."""
        there = f"There {'are' if len(names) > 1 else 'is'}: {', '.join(names)}"
        super().__init__(
            f'no {what} "{shown(typed)}" in the profile. {there if names else "There is none"}'
        )


def change_profile(profile: Profile, change: ProfileChange, today: date) -> Profile:
    """Return the profile with the change. Raises ContradictionError, NotInProfileError."""
    _refuse_twice("medicine", [medicine.name for medicine in change.medicines])
    _refuse_twice("target", [nutrient for nutrient, _ in change.targets])
    if change.no_medicines and change.medicines:
        raise ContradictionError("--no-medicines and --medicine contradict each other")
    replaced = {medicine.name for medicine in change.medicines}
    medicines = _without(profile.medicines, "medicine", change.without_medicines, is_called)
    others = [medicine for medicine in medicines or () if medicine.name not in replaced]
    if change.no_conditions and change.conditions:
        raise ContradictionError("--no-conditions and --condition contradict each other")
    conditions = _without(profile.conditions, "condition", change.without_conditions, has_name)
    targets = {**profile.targets, **dict(change.targets)}
    new = profile._replace(
        **change.plain,
        medicines=() if change.no_medicines else (*others, *change.medicines) or medicines,
        conditions=()
        if change.no_conditions
        else tuple(dict.fromkeys([*(conditions or ()), *change.conditions])) or conditions,
        targets={nutrient: value for nutrient, value in targets.items() if value is not None},
    )
    _refuse_contradictions(new, today)
    return new


def _refuse_twice(what: str, names: Sequence[str]) -> None:
    keys = [name_key(name) or name for name in names]
    twice = next((name for at, name in enumerate(names) if keys[at] in keys[:at]), None)
    if twice is None:
        return
    way = f'Its times together: "{shown(twice)}@08:00,20:00"' if what == "medicine" else "Name one"
    raise ContradictionError(f'the {what} "{shown(twice)}" is there twice. {way}')


def _without(
    items: tuple[Item, ...] | None,
    what: str,
    removed: Sequence[str],
    is_it: Callable[[Item, str], bool],
) -> tuple[Item, ...] | None:
    """Return the items but for those of these names; None, not said, if none are left.

    Raises NotInProfileError.
    """
    gone = []
    for typed in removed:
        item = next((item for item in items or () if is_it(item, typed)), None)
        if item is None:
            raise NotInProfileError(what, typed, [item.name for item in items or ()])
        gone.append(item)
    if not gone:
        return items
    return tuple(item for item in items or () if item not in gone) or None


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
    possible = ages(profile.born, today) if profile.born else ()
    born = f"born {profile.born} (age {' or '.join(map(str, possible))})"
    if stage and possible and not any(age in _CHILDBEARING for age in possible):
        raise ContradictionError(
            f"{stage} and {born}"
            f" contradict each other: possible from {_CHILDBEARING[0]} to {_CHILDBEARING[-1]}",
            f"--born YEAR --{stage}",
            "--life-stage none",
        )
    if profile.menopause and possible and max(possible) < _YOUNGEST_IN_MENOPAUSE:
        raise ContradictionError(
            f"menopause and {born} contradict each other", "--born YEAR --menopause",
            "--no-menopause",
        )  # fmt: skip
    _refuse_excluding(profile.conditions or ())


def _refuse_excluding(conditions: Sequence[Condition]) -> None:
    named = [condition.name for condition in conditions]
    for group in _EXCLUDING:
        if len(both := [name for name in named if name in group]) > 1:
            raise ContradictionError(
                f"{both[0]} and {both[1]} contradict each other",
                f'--condition "{both[1]}" --remove-condition "{both[0]}"',
            )


def clear_parts(profile: Profile, parts: Sequence[str]) -> Profile:
    """Return the profile without some of its parts, or with none. Raises UnreadableError."""
    unknown = next((part for part in parts if part not in PARTS), None)
    if unknown is not None:
        raise UnreadableError(
            f'"{shown(unknown)}" is no part of a profile. There are: {", ".join(PARTS)}'
        )
    fields = [PARTS[part] for part in parts or PARTS]
    return profile._replace(**{field: getattr(NOBODY, field) for field in fields})
