"""One logged food or supplement, as it was understood when it was logged."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from k2log.food.amount import Amount


class Entry(NamedTuple):
    """A line of the diary.

    ``day`` is the diary day; ``time`` the local time of eating with its UTC offset
    (``2026-11-21T08:30+01:00``), or None. ``amount`` and ``measure`` are as typed; ``quantity`` is
    in grams for what has grams, else None. ``nutrients`` is a snapshot: it does not follow later
    changes to the food. ``every_days`` spreads a dose. ``created`` is UTC.
    """

    id: int | None
    uid: str
    day: date
    time: str | None
    meal: str | None
    food: str
    food_key: str | None
    amount: float | None
    measure: str | None
    grams: float | None
    supplement: bool
    every_days: int
    note: str | None
    created: str
    nutrients: Mapping[str, Amount]
    working: Mapping[str, object]


class FoodDay(NamedTuple):
    """All entries of one food on one day, summed; doses with an interval hold that day's share."""

    day: date
    food: str
    food_key: str | None
    supplement: bool
    entries: int
    nutrients: Mapping[str, Amount]
