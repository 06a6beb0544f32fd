"""What entries hold by the figures that their foods have today, and what that changes."""

from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from k2log.amounts import Amounts, total
from k2log.diary.editing import held_system, replaced
from k2log.diary.entry import Entry
from k2log.diary.understanding import Understood
from k2log.errors import K2logError
from k2log.food.food import Food
from k2log.food.measure import Measured, measured, nutrients
from k2log.nutrients import NUTRIENTS

_AT_ONCE: Final = 500
_RENEWED: Final = ("how", "from")


class NotMeasurableError(K2logError):
    """An entry that cannot be worked out by today's figures."""


class Recalculated(NamedTuple):
    """An entry as it is held, and by today's figures: so much of ``food``, in its unit."""

    before: Entry
    after: Entry
    food: Food
    quantity: float

    @property
    def changed(self) -> bool:
        """Whether grams or nutrients differ."""
        old, new = self[:2]
        return old.grams != new.grams or any(
            old.nutrients[key][:3] != new.nutrients[key][:3] for key in NUTRIENTS
        )


class Left(NamedTuple):
    """An entry that stays as it is, and why."""

    entry: Entry
    why: str


class Outcome(NamedTuple):
    """What recalculating entries comes to.

    ``before`` and ``after`` are the sums of all that change; ``shown`` and ``left_shown`` the first
    of those that change and of those that stay as they are.
    """

    entries: int
    changed: int
    shown: tuple[Recalculated, ...]
    before: Amounts
    after: Amounts
    left: int
    left_shown: tuple[Left, ...]


def recalculated(entry: Entry, food: Food | None) -> Recalculated | Left:
    """Return an entry by its food's figures of today, if it still can be measured."""
    if food is None:
        return Left(entry, "its food is not one that k2log knows figures of")
    try:
        held = _measured_again(entry, food)
    except K2logError as why:
        return Left(entry, str(why).rstrip("."))
    return Recalculated(entry, _anew(entry, food, held), food, held.quantity)


def _measured_again(entry: Entry, food: Food) -> Measured:
    """Return how much of its food an entry is, as it was typed. Raises K2logError."""
    if entry.amount is not None:
        return measured(food, entry.amount, entry.measure, system=held_system(entry))
    if entry.grams is None:
        raise NotMeasurableError("it has no amount")
    return measured(food, entry.grams, "g")


def _anew(entry: Entry, food: Food, held: Measured) -> Entry:
    item = Understood(entry.food, food, held, nutrients(food, held.quantity), ())
    new = replaced(entry, item)
    renewed = {key: new.working[key] for key in _RENEWED}
    if entry.working.get("assumed"):
        del renewed["how"]  # what is known of the amount is still that nobody gave it
    working = {**entry.working, **renewed}
    return entry._replace(grams=new.grams, nutrients=new.nutrients, working=working)


def outcome(found: Iterable[Recalculated | Left], most: int | None) -> Outcome:
    """Return what recalculating comes to, ``most`` of each kind named; however many there are."""
    waiting = iter(found)
    so_far = Outcome(0, 0, (), {}, {}, 0, ())
    while some := list(islice(waiting, _AT_ONCE)):
        so_far = _plus(so_far, some, most)
    return so_far


def _plus(so_far: Outcome, some: list[Recalculated | Left], most: int | None) -> Outcome:
    changed = [each for each in some if isinstance(each, Recalculated) and each.changed]
    left = [each for each in some if isinstance(each, Left)]
    return Outcome(
        so_far.entries + len(some),
        so_far.changed + len(changed),
        (*so_far.shown, *changed)[:most],
        _sum(so_far.before, (each.before for each in changed)),
        _sum(so_far.after, (each.after for each in changed)),
        so_far.left + len(left),
        (*so_far.left_shown, *left)[:most],
    )


def _sum(so_far: Amounts, entries: Iterable[Entry]) -> Amounts:
    held = [*([so_far] if so_far else []), *(entry.nutrients for entry in entries)]
    return {key: total(amounts[key] for amounts in held) for key in NUTRIENTS} if held else {}
