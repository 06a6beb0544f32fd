"""One logged food or supplement, as it was understood when it was logged."""

from array import array
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from k2log.food.amount import Amount
from k2log.food.sums import Sums


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


class DayPart(NamedTuple):
    """The food of one day, or its supplements, summed; of a lasting dose that day's share.

    ``entries`` are those logged on the day.
    """

    day: date
    supplement: bool
    entries: int
    nutrients: Sums


class FoodPart(NamedTuple):
    """The entries of one food of which the same figures are known, summed over a window.

    ``ordinals`` are those of the days it counts on, each once.
    """

    food: str
    supplement: bool
    entries: int
    ordinals: "array[int]"
    nutrients: Sums

    def joined(self, other: "FoodPart") -> "FoodPart":
        """Return the same food over this window and another, which has other days."""
        return self._replace(
            entries=self.entries + other.entries,
            ordinals=self.ordinals + other.ordinals,
            nutrients=self.nutrients + other.nutrients,
        )


class MealPart(NamedTuple):
    """The entries of one meal, summed over a window; ``meal`` is None where none was named."""

    meal: str | None
    days: int
    entries: int
    nutrients: Sums
