"""What becomes of an entry that is edited, and entries that are logged again by today's figures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from k2log.config import MEASURES
from k2log.diary.entry import Entry
from k2log.diary.understanding import Circumstances, Item, entry_of, item_of
from k2log.errors import FoodError, K2logError, UnreadableError
from k2log.food.chooser import Choice, Chooser
from k2log.food.food import Food
from k2log.food.measure import amount_read, fits
from k2log.grammar.days import day, interval, time_of_day
from k2log.grammar.ids import Span, are_ids, entry_spans
from k2log.grammar.items import explain_unreadable, readings
from k2log.grammar.numbers import written
from k2log.grammar.quantity import Reading, typed_amount
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.text import clean, shown

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


def read_correction(options: Mapping[str, str], now: datetime, today: date) -> Correction:
    """Read what was typed for each option, by its name; ``none`` takes a value away.

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
        if _is_none(options[option]) and field in _WITHOUT
        else read(options[option])
        for option, field, read in readers
        if option in options
    }
    at = options.get("--at")
    if at is None:
        return Correction(fields)
    return Correction(fields, timed=True, at=None if _is_none(at) else time_of_day(at, now))


def _is_none(text: str) -> bool:
    return text.strip().lower() == "none"


def correct(entry: Entry, change: Correction, timestamp: Timestamp) -> Entry:
    """Return an entry in other circumstances; on another day it keeps its time of day."""
    new = entry._replace(**change.fields)
    if change.timed:
        at = change.at
    elif entry.time and new.day != entry.day:
        at = datetime.fromisoformat(entry.time).time()
    else:
        return new
    return new._replace(time=timestamp(new.day, at) if at is not None else None)


def food_today(entry: Entry, chooser: Chooser) -> Choice:
    """Return the food of an entry as it is today. Raises FoodGoneError."""
    key = f"food:{entry.food_key}"
    foods = chooser.foods.named([key]).get(key) if entry.food_key else None
    if not foods:
        raise FoodGoneError(entry)
    return Choice(foods[0], region_assumed="region" in entry.working)


def item_today(entry: Entry, choice: Choice, amount: str | None, system: str = "us") -> Item:
    """Return so much of a food, or with None as much as the entry holds, by today's figures.

    A cup that is kept stays the cup that it was; ``system`` is whose cup is typed.

    Raises UnreadableError, UnconvertibleError.
    """
    food = choice.food
    if amount is None:
        reading, whose = _amount_of(entry), system_of(entry)
        number = "" if reading.amount is None else written(reading.amount)
        amount = f"{number} {reading.measure or ''}".strip()
    else:
        reading, whose = read_amount(food, amount), system
    quantity = amount_read(food, reading, reading.form, whose)
    return item_of(f"{food.name} {amount}".rstrip(), choice, quantity)


def system_of(entry: Entry) -> str:
    """Return whose cup or spoon an entry was measured with: us, metric or uk."""
    system = entry.working.get("measures")
    return system if isinstance(system, str) and system in MEASURES else "us"


def read_amount(food: Food, text: str) -> Reading:
    """Return how an amount reads behind the name of its food. Raises UnreadableError."""
    amount = clean(text, "amount", 100)
    for reading in readings(f"{food.name} {amount}"):
        whole = name_key(reading.food) == name_key(food.name)
        if whole and reading.amount is not None and fits(food, reading):
            return reading
    reason = None if typed_amount(amount) else explain_unreadable(amount)
    raise reason or UnreadableError(f'"{shown(amount)}" is not an amount: write 40g, 2 slices or 1')


def _amount_of(entry: Entry) -> Reading:
    """Return the amount of an entry as it was typed; none where the usual serving was assumed."""
    if entry.working.get("assumed"):
        return Reading(entry.food)
    if entry.amount is not None:
        return Reading(entry.food, entry.amount, entry.measure)
    if entry.grams is None:
        raise NoAmountError(entry)
    return Reading(entry.food, entry.grams, "g")


def with_item(entry: Entry, item: Item) -> Entry:
    """Return an entry that holds another item under the same id, in the same circumstances."""
    shared = Circumstances(**{name: getattr(entry, name) for name in Circumstances._fields})
    return entry_of(item, shared, entry.uid)._replace(id=entry.id)


def same_entry(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same, however it was typed."""
    return _without_wording(one) == _without_wording(other)


def _without_wording(entry: Entry) -> Entry:
    working = {key: value for key, value in entry.working.items() if key not in ("typed", "how")}
    return entry._replace(working=working)


class NothingToRepeatError(K2logError):
    """A day, or a meal of a day, on which nothing was logged."""

    def __init__(self, on: date, meal: str | None, meals: Sequence[str]) -> None:
        """Take the day, the meal asked for, and the meals that the day has."""
        day_text = f"{on:%a} {on.day} {on:%b} {on.year}"
        if meal is None:
            super().__init__(f"nothing was logged on {day_text}, so there is nothing to repeat.")
            return
        there = f"Its meals: {', '.join(map(shown, meals))}" if meals else "No entry has a meal"
        super().__init__(f'nothing on {day_text} was logged as "{shown(meal)}". {there}.')


class Repeat(NamedTuple):
    """An entry to log again, and how it is understood today; None where its food is gone."""

    entry: Entry
    item: Item | None


def ids_or_day(words: Sequence[str], today: date) -> list[Span] | date:
    """Return the ids or the day that words name. Raises UnreadableError."""
    if not words:
        raise UnreadableError("repeat what? A day or entries: k2log repeat yesterday, repeat 41 42")
    text = " ".join(words)
    return entry_spans(words) if are_ids(text) else day(text, today)


def of_meal(entries: Sequence[Entry], on: date, meal: str | None) -> list[Entry]:
    """Return the entries of one day, or of one of its meals. Raises NothingToRepeatError."""
    same_meal = [
        entry
        for entry in entries
        if meal is None or (entry.meal or "").casefold() == meal.casefold()
    ]
    if not same_meal:
        meals = dict.fromkeys(entry.meal for entry in entries if entry.meal)
        raise NothingToRepeatError(on, meal if entries else None, [*meals])
    return same_meal


def repeat_of(entry: Entry, chooser: Chooser) -> Repeat:
    """Return an entry as it is understood today, if its food and measure still are."""
    try:
        return Repeat(entry, item_today(entry, food_today(entry, chooser), None))
    except K2logError:
        return Repeat(entry, None)


def copy_of(repeat: Repeat, on: date, at: str | None, uid: str, created: str) -> Entry:
    """Return the new entry: on another day, without the note of the old one."""
    entry = with_item(repeat.entry, repeat.item) if repeat.item else repeat.entry
    return entry._replace(id=None, uid=uid, day=on, time=at, note=None, created=created)


def remarks_on(repeat: Repeat) -> list[str]:
    """Return what to say of how an entry was copied."""
    if repeat.item:
        return list(repeat.item.notes)
    entry = repeat.entry
    return [f"{shown(entry.food)}: no figures of today; those of entry {entry.id} were copied"]
