"""One logged food or supplement, as it was understood when it was logged.

``values_of`` and ``entry_of`` turn an entry into the values of its COLUMNS and back: so the diary
and the files of k2log hold it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import TYPE_CHECKING, Any, Final

from k2log.amounts import SIZE, UNKNOWN, Amount, Sums
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS

if TYPE_CHECKING:
    from array import array


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

    def on_a_day(self, nutrient: str) -> Amount:
        """Return how much it gives on each of its days, in the nutrient's unit; else unknown."""
        return self.nutrients.get(nutrient, UNKNOWN).times(1 / self.every_days)


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

    ``ordinals`` are those of the days it counts on, each once; ``portions``, for each nutrient, the
    variance that is due to how well it is known how much was eaten.
    """

    food: str
    supplement: bool
    entries: int
    ordinals: "array[int]"
    nutrients: Sums
    portions: Sequence[float] = (0.0,) * SIZE

    def joined(self, other: "FoodPart") -> "FoodPart":
        """Return the same food over this window and another, which has other days."""
        return self._replace(
            entries=self.entries + other.entries,
            ordinals=self.ordinals + other.ordinals,
            nutrients=self.nutrients + other.nutrients,
            portions=[*map(add, self.portions, other.portions)],
        )


class MealPart(NamedTuple):
    """The entries of one meal, summed over a window; ``meal`` is None where none was named."""

    meal: str | None
    days: int
    entries: int
    nutrients: Sums


FIELDS: Final = tuple(name for name in Entry._fields if name not in ("id", "nutrients"))
"""The columns beside the figures; the id is none of them: each diary gives its own."""

_FIGURES_OF: Final = {
    nutrient.id: (nutrient.column, f"{nutrient.column}_low", f"{nutrient.column}_high")
    for nutrient in NUTRIENTS.values()
}
FIGURES: Final = tuple(column for columns in _FIGURES_OF.values() for column in columns)
COLUMNS: Final = (*FIELDS, *FIGURES)


def values_of(entry: Entry) -> tuple[Any, ...]:
    """Return what is stored of an entry, in the order of COLUMNS: dates and ``working`` as text."""
    stored = entry._asdict()
    stored["day"] = entry.day.isoformat()
    stored["working"] = json.dumps(entry.working, ensure_ascii=False, separators=(",", ":"))
    return (*map(stored.__getitem__, FIELDS), *figures(entry.nutrients))


def figures(nutrients: Mapping[str, Amount]) -> Iterator[float | None]:
    """Yield what is stored of amounts, in the order of FIGURES: best, low, high of each."""
    for nutrient in _FIGURES_OF:
        best, low, high, _ = nutrients[nutrient]
        yield from (best, low, high)


def entry_of(values: Sequence[Any], id_: int | None = None) -> Entry:
    """Return the entry of which these values, in the order of COLUMNS, are stored."""
    stored = dict(zip(COLUMNS, values, strict=True))
    stored["id"] = id_
    stored["day"] = date.fromisoformat(stored["day"])
    stored["supplement"] = bool(stored["supplement"])
    stored["working"] = json.loads(stored["working"])
    stored["nutrients"] = {
        nutrient: Amount(stored[best], stored[low], stored[high], int(stored[high] is None))
        for nutrient, (best, low, high) in _FIGURES_OF.items()
    }
    return Entry._make(map(stored.__getitem__, Entry._fields))
