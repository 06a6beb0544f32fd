"""One logged food or supplement, as it was understood when it was logged.

The stored form of an entry, in the diary and in files: the values of its columns.
"""

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from k2log.amounts import Amount, Sums
from k2log.nutrients import NUTRIENTS


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


FIELDS: Final = (*Entry._fields[1:-2], "working")
"""All but the id, which each diary gives itself, and the figures."""

FIGURES: Final = tuple(
    f"{nutrient.column}{end}" for nutrient in NUTRIENTS.values() for end in ("", "_low", "_high")
)
COLUMNS: Final = (*FIELDS, *FIGURES)


def values_of(entry: Entry) -> tuple[Any, ...]:
    """Return an entry's values for COLUMNS."""
    _, uid, day, *rest, nutrients, working = entry
    text = json.dumps(working, ensure_ascii=False, separators=(",", ":"))
    return (uid, day.isoformat(), *rest, text, *figures(nutrients))


def figures(nutrients: Mapping[str, Amount]) -> Iterator[float | None]:
    """Yield the values for FIGURES."""
    for nutrient in NUTRIENTS:
        yield from nutrients[nutrient][:3]


def entry_of(values: Sequence[Any], id_: int | None = None) -> Entry:
    """Return the entry that is stored as these values for COLUMNS."""
    uid, day, *rest, working = values[: len(FIELDS)]
    triples = zip(*[iter(values[len(FIELDS) :])] * 3, strict=True)
    nutrients = {
        nutrient: Amount(best, low, high, int(high is None))
        for nutrient, (best, low, high) in zip(NUTRIENTS, triples, strict=True)
    }
    entry = Entry._make([id_, uid, date.fromisoformat(day), *rest, nutrients, json.loads(working)])
    return entry._replace(supplement=bool(entry.supplement))
