"""From what a person typed to foods, quantities and nutrients; or why not.

The foods are asked for twice at most: once for every name the words could be, and again, by
likeness, for an item none of whose readings names a food.

From what was understood to entries, and the checks that come before logging them.

Which diary day, and which local time, an entry belongs to.

A diary day may begin later than midnight: a time of eating before that falls on the next calendar
date. Nothing is ever logged in the future.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from k2log.amounts import Amount
from k2log.diary.entry import Entry
from k2log.errors import K2logError, UnreadableError
from k2log.food.chooser import Choice, Chooser, UnknownFoodError
from k2log.food.food import Food
from k2log.food.measure import AmbiguousSaltError, Measured, fits, measured, nutrients
from k2log.food.plausible import implausible
from k2log.grammar.items import (
    Reading,
    candidate_names,
    explain_unreadable,
    item_texts,
    lookup_key,
    name_typed,
    readings,
)

Named = Mapping[str, Sequence[Food]]


class Understood(NamedTuple):
    """One item: the text typed, its food, how much, what that holds, and what to announce.

    ``region_assumed`` tells that the food differs by country and nobody said which is meant.
    """

    text: str
    food: Food
    measured: Measured
    nutrients: Mapping[str, Amount]
    notes: Sequence[str]
    region_assumed: bool = False


def understand(arguments: Sequence[str], chooser: Chooser) -> list[Understood]:
    """Return every item of the command line, or raise for the first that cannot be understood."""
    named = chooser.foods.named(candidate_names(arguments))
    texts = item_texts(arguments, named.__contains__)
    return [_understood(text, named, chooser) for text in texts]


def _understood(text: str, named: Named, chooser: Chooser) -> Understood:
    reading, choice = _named(text, named, chooser) or _alike(text, chooser)
    food = choice.food
    amount = _measured(food, reading, chooser)
    said = [choice.note, food.note if food.announce else "", *amount.notes]
    return Understood(
        text,
        food,
        amount,
        nutrients(food, amount.quantity),
        [note for note in said if note],
        choice.region_assumed,
    )


def _measured(food: Food, reading: Reading, chooser: Chooser) -> Measured:
    amount, measure, system = reading.amount, reading.measure, chooser.system
    try:
        return measured(food, amount, measure, form=reading.form, system=system)
    except AmbiguousSaltError as ambiguous:
        form = chooser.ask.form(str(ambiguous))
        if form is None:
            raise
        return measured(food, amount, measure, form=form, system=system)


def _named(text: str, named: Named, chooser: Chooser) -> tuple[Reading, Choice] | None:
    """Settle the longest name that is a food's; of two ways to read it, the one with an amount."""
    known = [
        (reading, fitting)
        for reading in readings(text)
        if (fitting := [f for f in named.get(lookup_key(reading.food), ()) if fits(f, reading)])
    ]
    if not known:
        return None
    longest = lookup_key(known[0][0].food)
    same = [pair for pair in known if lookup_key(pair[0].food) == longest]
    reading, fitting = next((pair for pair in same if pair[0].amount is not None), known[0])
    return reading, chooser.by_name(reading.food, fitting)


def _alike(text: str, chooser: Chooser) -> tuple[Reading, Choice]:
    """Settle an item whose words are no food's exact name. Raises FoodError, UnreadableError."""
    if unreadable := explain_unreadable(text):
        raise unreadable
    possible = [reading for reading in readings(text) if not (reading.tentative or reading.form)]
    for look in (chooser.by_words, chooser.by_corrections):
        for reading in possible:
            if choice := look(reading.food):
                return reading, choice
    raise UnknownFoodError(name := name_typed(text), chooser.near(name))


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


def clock_time(
    day: date, at: time, now: datetime, day_starts: time, local: Callable[[datetime], datetime]
) -> str:
    """Return the local timestamp, with offset, of a time of eating on a diary day.

    ``local`` attaches the offset that is valid at that local time. Raises UnreadableError if the
    moment is still to come.
    """
    calendar = day + timedelta(days=1) if at < day_starts else day
    moment = local(datetime.combine(calendar, at))
    if moment > now:
        raise UnreadableError(
            f"{at:%H:%M} on {calendar:%a} {calendar.day} {calendar:%b} is still to come."
            f" For the day before: --on {(day - timedelta(days=1)).isoformat()}"
        )
    return moment.isoformat(timespec="minutes")
