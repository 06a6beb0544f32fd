"""What entries hold by the figures that their foods have today, and what that changes.

In the kernel, for two features read it: recalculate, and explain of an entry.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from k2log.amounts import Amounts, total
from k2log.diary.editing import system_of, with_item
from k2log.diary.entry import Entry
from k2log.diary.understanding import item_of, understand
from k2log.errors import K2logError
from k2log.food.chooser import Choice, Chooser
from k2log.food.food import Food
from k2log.food.measure import food_amount, usual
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS

_AT_ONCE: Final = 500


class Recalculation(NamedTuple):
    """An entry as it is held, and by today's figures: so much of ``food``, in its unit."""

    before: Entry
    after: Entry
    food: Food
    quantity: float

    @property
    def changed(self) -> bool:
        """Whether grams or nutrients differ."""
        old, new = self.before, self.after
        return old.grams != new.grams or any(
            old.nutrients[key][:3] != new.nutrients[key][:3] for key in NUTRIENTS
        )


class Unworkable(NamedTuple):
    """An entry that stays as it is, and why."""

    entry: Entry
    why: str


class RecalculationTotals(NamedTuple):
    """What recalculating entries comes to.

    ``before`` and ``after`` are the sums of all that change; ``shown`` and ``left_shown`` the first
    of those that change and of those that stay as they are.
    """

    entries: int
    changed: int
    shown: tuple[Recalculation, ...]
    before: Amounts
    after: Amounts
    left: int
    left_shown: tuple[Unworkable, ...]


def recalculate(entry: Entry, food: Food | None) -> Recalculation | Unworkable:
    """Return an entry by its food's figures of today, if it still can be measured as typed."""
    if food is None:
        return Unworkable(entry, "its food is not one that k2log knows figures of")
    if entry.amount is None and entry.grams is None:
        return Unworkable(entry, "it has no amount")
    other = food.key != entry.food_key
    try:
        if other and entry.working.get("assumed"):
            amount = usual(food, system_of(entry))
        elif entry.amount is not None:
            amount = food_amount(food, entry.amount, entry.measure, system=system_of(entry))
        else:
            amount = food_amount(food, entry.grams, "g")
    except K2logError as why:
        return Unworkable(entry, str(why).rstrip("."))
    new = with_item(
        entry, item_of(str(entry.working.get("typed", entry.food)), Choice(food), amount)
    )
    if other:
        return Recalculation(entry, new, food, amount.quantity)
    # Of an assumed amount it stays true that nobody gave it.
    keys = ("from",) if entry.working.get("assumed") else ("how", "from")
    working = {**entry.working, **{key: new.working[key] for key in keys}}
    after = entry._replace(grams=new.grams, nutrients=new.nutrients, working=working)
    return Recalculation(entry, after, food, amount.quantity)


def in_region(entry: Entry, food: Food | None, chooser: Chooser) -> Recalculation | Unworkable:
    """Return an entry with the food that its name means in the region that is set now."""
    if food is not None and food.region in (None, chooser.region):
        return recalculate(entry, food)
    try:
        items = understand([str(entry.working.get("typed") or entry.food)], chooser)
    except K2logError as why:
        return Unworkable(entry, str(why).rstrip("."))
    if len(items) != 1:
        return Unworkable(entry, "what was typed names several foods today")
    return recalculate(entry, items[0].food)


def recalculation_totals(
    results: Iterable[Recalculation | Unworkable], most: int | None
) -> RecalculationTotals:
    """Return what recalculating comes to, ``most`` of each kind named; however many there are."""
    waiting = iter(results)
    totals = RecalculationTotals(0, 0, (), {}, {}, 0, ())
    while some := list(islice(waiting, _AT_ONCE)):
        changed = [each for each in some if isinstance(each, Recalculation) and each.changed]
        left = [each for each in some if isinstance(each, Unworkable)]
        totals = RecalculationTotals(
            totals.entries + len(some),
            totals.changed + len(changed),
            (*totals.shown, *changed)[:most],
            _sum(totals.before, (each.before for each in changed)),
            _sum(totals.after, (each.after for each in changed)),
            totals.left + len(left),
            (*totals.left_shown, *left)[:most],
        )
    return totals


def _sum(so_far: Amounts, entries: Iterable[Entry]) -> Amounts:
    parts = [*([so_far] if so_far else []), *(entry.nutrients for entry in entries)]
    return {key: total(amounts[key] for amounts in parts) for key in NUTRIENTS} if parts else {}
