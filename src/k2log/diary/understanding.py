"""From what a person typed to items: foods, quantities and nutrients; from items to entries.

The foods are asked for twice at most: once for every name the words could be, and again, by
likeness, for an item none of whose readings names a food.

A diary day may begin later than midnight: a time of eating before that falls on the next calendar
date. Nothing is ever logged in the future.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from k2log.amounts import Amount
from k2log.diary.entry import Entry
from k2log.errors import K2logError, UnreadableError
from k2log.food.chooser import Choice, Chooser, UnknownFoodError
from k2log.food.food import Food
from k2log.food.measure import AmbiguousSaltError, FoodAmount, amount_read, fits, nutrients
from k2log.food.plausible import ADULT, DoseLimits, implausible
from k2log.grammar.items import (
    candidate_names,
    explain_unreadable,
    item_texts,
    lookup_key,
    name_typed,
    readings,
)
from k2log.grammar.quantity import Reading


class Item(NamedTuple):
    """One item: the text typed, its food, how much, what that holds, and what to announce.

    ``region_assumed`` tells that the food differs by country and nobody said which is meant.
    """

    text: str
    food: Food
    amount: FoodAmount
    nutrients: Mapping[str, Amount]
    notes: Sequence[str]
    region_assumed: bool = False


class Circumstances(NamedTuple):
    """What the items of one command share. ``created`` is UTC."""

    day: date
    time: str | None
    meal: str | None
    note: str | None
    every_days: int
    created: str


class ImplausibleError(K2logError):
    """An amount that looks like a slip and was not confirmed, or cannot be right at all."""


def understand(arguments: Sequence[str], chooser: Chooser) -> list[Item]:
    """Return every item of the command line, or raise for the first that cannot be understood."""
    by_key = chooser.foods.named(candidate_names(arguments))
    items = []
    for text in item_texts(arguments, by_key.__contains__, partial(_is_common, by_key)):
        reading, choice = _by_name(text, by_key, chooser) or _by_likeness(text, chooser)
        amount = _amount(choice.food, reading, chooser)
        items.append(item_of(text, choice, amount))
    return items


def _is_common(by_key: Mapping[str, Sequence[Food]], key: str) -> bool:
    """Whether a lookup key is that of a food of one's own or of the catalogue."""
    return any(food.origin in ("user", "catalogue") for food in by_key.get(key, ()))


def item_of(text: str, choice: Choice, amount: FoodAmount) -> Item:
    """Return so much of a food as an item, with all there is to announce of it."""
    food = choice.food
    notes = [choice.note, food.note if food.announce else "", *amount.notes]
    amounts = nutrients(food, amount.quantity)
    return Item(text, food, amount, amounts, [*filter(None, notes)], choice.region_assumed)


def _by_name(
    text: str, by_key: Mapping[str, Sequence[Food]], chooser: Chooser
) -> tuple[Reading, Choice] | None:
    """Settle the longest name that is a food's; of two ways to read it, the one with an amount."""
    ways = [
        (reading, foods)
        for reading in readings(text)
        if (foods := [f for f in by_key.get(lookup_key(reading.food), ()) if fits(f, reading)])
    ]
    if not ways:
        return None
    longest = lookup_key(ways[0][0].food)
    same = [way for way in ways if lookup_key(way[0].food) == longest]
    reading, foods = next((way for way in same if way[0].amount is not None), ways[0])
    return reading, chooser.by_name(reading.food, foods)


def _by_likeness(text: str, chooser: Chooser) -> tuple[Reading, Choice]:
    """Settle an item whose words are no food's exact name. Raises FoodError, UnreadableError."""
    if unreadable := explain_unreadable(text):
        raise unreadable
    possible = [reading for reading in readings(text) if not (reading.tentative or reading.form)]
    for look in (chooser.by_words, chooser.by_corrections, chooser.by_official_words):
        for reading in possible:
            if choice := look(reading.food):
                return reading, choice
    raise UnknownFoodError(name := name_typed(text), chooser.near(name))


def _amount(food: Food, reading: Reading, chooser: Chooser) -> FoodAmount:
    """Measure what was typed; ask where a mass may be that of a salt or of its element."""
    try:
        return amount_read(food, reading, reading.form, chooser.system)
    except AmbiguousSaltError as ambiguous:
        form = chooser.ask.form(str(ambiguous))
        if form is None:
            raise
        return amount_read(food, reading, form, chooser.system)


def check_plausible(
    items: Iterable[Item],
    every_days: int,
    confirm: Callable[[str], bool],
    limits: DoseLimits = ADULT,
) -> None:
    """Ask about amounts that look like a slip. Raises ImplausibleError."""
    for item in items:
        doubt = implausible(item.food, item.amount, item.nutrients, every_days, limits)
        if doubt is None:
            continue
        if doubt.level == "refuse":
            raise ImplausibleError(f"{doubt.reason}.")
        if not confirm(f"{doubt.reason}."):
            raise ImplausibleError(f"{doubt.reason}. If that is right, add --yes.")


def entry_of(item: Item, shared: Circumstances, uid: str) -> Entry:
    """Return the entry of one item, with a snapshot of how its figures came about."""
    food, amount = item.food, item.amount
    working: dict[str, object] = {"typed": item.text, "how": amount.how}
    if amount.assumed:
        working["assumed"] = True
    if amount.system:
        working["measures"] = amount.system
    if item.region_assumed:
        working["region"] = "assumed"
    origins: dict[tuple[str, str], list[str]] = {}
    for nutrient, figure in food.figures.items():
        origins.setdefault((figure.basis, figure.source), []).append(nutrient)
    working["from"] = [[basis, source, " ".join(ids)] for (basis, source), ids in origins.items()]
    return Entry(
        id=None,
        uid=uid,
        food=food.name,
        food_key=food.key,
        amount=amount.amount,
        measure=amount.measure,
        grams=amount.grams,
        supplement=food.supplement,
        nutrients=item.nutrients,
        working=working,
        **shared._asdict(),
    )


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
