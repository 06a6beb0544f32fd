"""What becomes of an entry that is edited: other circumstances, another food, another amount."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from k2log.diary.entry import Entry
from k2log.diary.logging import Circumstances, entry_of
from k2log.diary.understanding import Understood
from k2log.errors import FoodError, UnreadableError
from k2log.food.choosing import Choice, Chooser
from k2log.food.food import Food
from k2log.food.measure import fits, measured, nutrients
from k2log.food.names import name_key
from k2log.grammar.days import day, interval, time_of_day
from k2log.grammar.items import Reading, readings, typed_amount
from k2log.grammar.numbers import written
from k2log.grammar.refusals import explain_unreadable
from k2log.grammar.text import clean, shown
from k2log.grammar.units import SYSTEMS

Timestamp = Callable[[date, time], str]
_WITHOUT: Final[Mapping[str, Any]] = {"meal": None, "note": None, "every_days": 1}


class FoodGoneError(FoodError):
    """An entry whose food is not known here, so that nothing can be computed for it anew."""

    def __init__(self, entry: Entry) -> None:
        """Take the entry."""
        super().__init__(
            f'the food of entry {entry.id}, "{shown(entry.food)}", is not one that k2log knows'
            " figures of. Say which food is meant: --food NAME"
        )


class NoAmountError(UnreadableError):
    """An entry without an amount that could be kept."""

    def __init__(self, entry: Entry) -> None:
        """Take the entry."""
        super().__init__(f"entry {entry.id} has no amount to keep. Give one: --amount 40g")


class Correction(NamedTuple):
    """What is to change of an entry besides food and amount.

    ``fields`` holds new values of its other fields. ``at`` counts where ``timed``; None is no time.
    """

    fields: Mapping[str, Any]
    timed: bool = False
    at: time | None = None


def typed_correction(given: Mapping[str, str], now: datetime, today: date) -> Correction:
    """Read the options given, by their names; ``none`` takes a value away.

    Raises UnreadableError.
    """
    readers: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
        ("--on", "day", lambda text: day(text, today)),
        ("--meal", "meal", lambda text: clean(text, "meal", 60)),
        ("--note", "note", lambda text: clean(text, "note")),
        ("--every", "every_days", interval),
    )
    fields = {
        field: _WITHOUT[field]
        if _is_none(given[option]) and field in _WITHOUT
        else read(given[option])
        for option, field, read in readers
        if option in given
    }
    at = given.get("--at")
    if at is None:
        return Correction(fields)
    return Correction(fields, timed=True, at=None if _is_none(at) else time_of_day(at, now))


def _is_none(text: str) -> bool:
    return text.strip().lower() == "none"


def moved(entry: Entry, change: Correction, timestamp: Timestamp) -> Entry:
    """Return an entry in other circumstances; on another day it keeps its time of day."""
    new = entry._replace(**change.fields)
    if change.timed:
        at = change.at
    elif entry.time and new.day != entry.day:
        at = datetime.fromisoformat(entry.time).time()
    else:
        return new
    return new._replace(time=timestamp(new.day, at) if at is not None else None)


def held_food(entry: Entry, chooser: Chooser) -> Choice:
    """Return the food of an entry as it is today. Raises FoodGoneError."""
    key = f"food:{entry.food_key}"
    foods = chooser.foods.named([key]).get(key) if entry.food_key else None
    if not foods:
        raise FoodGoneError(entry)
    return Choice(foods[0], region_assumed="region" in entry.working)


def understood_anew(
    entry: Entry, choice: Choice, amount: str | None, system: str = "us"
) -> Understood:
    """Return so much of a food, or with None as much as the entry holds, by today's figures.

    A cup that is kept stays the cup that it was; ``system`` is whose cup is typed.

    Raises UnreadableError, UnconvertibleError.
    """
    food = choice.food
    reading = _held_amount(entry) if amount is None else read_amount(food, amount)
    whose = held_system(entry) if amount is None else system
    held = measured(food, reading.amount, reading.measure, form=reading.form, system=whose)
    said = [choice.note, food.note if food.announce else "", *held.notes]
    return Understood(
        f"{food.name} {amount or _written(reading)}".rstrip(),
        food,
        held,
        nutrients(food, held.quantity),
        [note for note in said if note],
        choice.region_assumed,
    )


def held_system(entry: Entry) -> str:
    """Return whose cup or spoon an entry was measured with."""
    held = entry.working.get("measures")
    return held if isinstance(held, str) and held in SYSTEMS else "us"


def read_amount(food: Food, text: str) -> Reading:
    """Return how an amount reads behind the name of its food. Raises UnreadableError."""
    said = clean(text, "amount", 100)
    for reading in readings(f"{food.name} {said}"):
        whole = name_key(reading.food) == name_key(food.name)
        if whole and reading.amount is not None and fits(food, reading):
            return reading
    reason = None if typed_amount(said) else explain_unreadable(said)
    raise reason or UnreadableError(f'"{shown(said)}" is not an amount: write 40g, 2 slices or 1')


def _held_amount(entry: Entry) -> Reading:
    if entry.working.get("assumed"):
        return Reading(entry.food)
    if entry.amount is not None:
        return Reading(entry.food, entry.amount, entry.measure)
    if entry.grams is None:
        raise NoAmountError(entry)
    return Reading(entry.food, entry.grams, "g")


def _written(reading: Reading) -> str:
    amount = "" if reading.amount is None else written(reading.amount)
    return f"{amount} {reading.measure or ''}".strip()


def replaced(entry: Entry, item: Understood) -> Entry:
    """Return an entry that holds another item under the same id, in the same circumstances."""
    held = Circumstances(**{name: getattr(entry, name) for name in Circumstances._fields})
    return entry_of(item, held, entry.uid)._replace(id=entry.id)


def same(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same, however it was typed."""
    return _said(one) == _said(other)


def _said(entry: Entry) -> Entry:
    working = {key: held for key, held in entry.working.items() if key not in ("typed", "how")}
    return entry._replace(working=working)
