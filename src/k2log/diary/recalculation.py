"""What entries hold by the figures that their foods have today, and what that changes."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Final

from k2log.amounts import Amounts, total
from k2log.diary.editing import system_of, with_item
from k2log.diary.entry import Entry
from k2log.diary.understanding import item_of, understand
from k2log.errors import K2logError, UnreadableError
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


class Consequences(NamedTuple):
    """What other figures would change: so many entries, and the sums of those of the last days.

    ``week`` and ``month`` are what the entries of the last 7 and 30 days hold, before and after.
    """

    entries: int
    week: tuple[Amounts, Amounts]
    month: tuple[Amounts, Amounts]


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


def by_region(chooser: Chooser) -> Callable[[Entry, Food | None], Recalculation | Unworkable]:
    """Return what works an entry out with the food its name means in the region that is set."""

    @cache
    def meaning(text: str) -> Food:
        items = understand([text], chooser)
        if len(items) != 1:
            raise UnreadableError("what was typed names several foods today")
        return items[0].food

    def work_out(entry: Entry, food: Food | None) -> Recalculation | Unworkable:
        if food is not None and food.region in (None, chooser.region):
            return recalculate(entry, food)
        try:
            return recalculate(entry, meaning(str(entry.working.get("typed") or entry.food)))
        except K2logError as why:
            return Unworkable(entry, str(why).rstrip("."))

    return work_out


def as_food(food: Food, entry: Entry, _: Food | None = None) -> Recalculation | Unworkable:
    """Return an entry as so much of a food that its name means now."""
    return recalculate(entry, food)


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


def consequences(results: Iterable[Recalculation | Unworkable], today: date) -> Consequences:
    """Return what recalculating entries would change, and how much of it lately."""
    entries, month = 0, []
    for each in results:
        if isinstance(each, Recalculation) and each.changed:
            entries += 1
            if today - timedelta(days=30) < each.before.day <= today:
                month.append(each)
    week = [each for each in month if today - timedelta(days=7) < each.before.day]
    return Consequences(entries, _before_and_after(week), _before_and_after(month))


def _before_and_after(results: Sequence[Recalculation]) -> tuple[Amounts, Amounts]:
    return _sum({}, (it.before for it in results)), _sum({}, (it.after for it in results))


def _sum(so_far: Amounts, entries: Iterable[Entry]) -> Amounts:
    parts = [*([so_far] if so_far else []), *(entry.nutrients for entry in entries)]
    return {key: total(amounts[key] for amounts in parts) for key in NUTRIENTS} if parts else {}
