"""From what was understood to entries, and the checks that come before logging them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from k2log.diary.entry import Entry
from k2log.diary.understanding import Understood
from k2log.errors import K2logError
from k2log.food.food import Food
from k2log.food.plausible import implausible


class ImplausibleError(K2logError):
    """An amount that looks like a slip and was not confirmed, or cannot be right at all."""


class Circumstances(NamedTuple):
    """What the items of one command share. ``created`` is UTC."""

    day: date
    time: str | None
    meal: str | None
    note: str | None
    every_days: int
    created: str


def check_plausible(
    items: Iterable[Understood], every_days: int, confirm: Callable[[str], bool]
) -> None:
    """Ask about amounts that look like a slip. Raises ImplausibleError."""
    for item in items:
        doubt = implausible(item.food, item.measured, item.nutrients, every_days)
        if doubt is None:
            continue
        level, reason = doubt
        if level == "refuse":
            raise ImplausibleError(f"{reason}.")
        if not confirm(f"{reason}."):
            raise ImplausibleError(f"{reason}. If that is right, add --yes.")


def entry_of(item: Understood, shared: Circumstances, uid: str) -> Entry:
    """Return the entry of one item, with a snapshot of how its figures came about."""
    food, measured = item.food, item.measured
    return Entry(
        id=None,
        uid=uid,
        food=food.name,
        food_key=food.key,
        amount=measured.amount,
        measure=measured.measure,
        grams=measured.grams,
        supplement=food.supplement,
        nutrients=item.nutrients,
        working=_working(item),
        **shared._asdict(),
    )


def _working(item: Understood) -> Mapping[str, object]:
    working: dict[str, object] = {"typed": item.text, "how": item.measured.how}
    if item.measured.assumed:
        working["assumed"] = True
    if item.measured.system:
        working["measures"] = item.measured.system
    if item.region_assumed:
        working["region"] = "assumed"
    return working | {"from": _origins(item.food)}


def _origins(food: Food) -> Sequence[Sequence[object]]:
    """Return basis and source of the figures, those that share both together."""
    origins: dict[tuple[str, str], list[str]] = {}
    for nutrient, figure in food.figures.items():
        origins.setdefault((figure.basis, figure.source), []).append(nutrient)
    return [[basis, source, " ".join(held)] for (basis, source), held in origins.items()]
