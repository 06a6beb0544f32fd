"""The stored form of an entry, in the diary and in files: the values of its columns."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from k2log.diary.entry import Entry
from k2log.food.amount import Amount
from k2log.food.nutrients import NUTRIENTS

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
