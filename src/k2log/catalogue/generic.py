"""Kinds of food that a word alone may mean, from ``generic.toml``, as foods that can be logged.

Their keys begin with ``any-``.

Whoever logs "cheese" logs the kind: the figures of the most ordinary one, in a range over all that
it may be. A safety rule that speaks of a food speaks of its kind too where the name holds its word.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from k2log.amounts import UNKNOWN, Amount
from k2log.catalogue.model import REGIONS, CatalogueError
from k2log.food.food import BY_KIND, GENERIC_KEY, Figure, Food
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.nutrients import PARTS

GENERIC_FILE: Final = "generic.toml"
_FIELDS: Final = frozenset({"title", "names", "foods"})
_EUROPEAN: Final = frozenset({"eu", "eu_title"})
_FOLDER: Final = Path(__file__).parent
_FORMS: Final = frozenset(part for parts in PARTS.values() for part in parts)
_MOST_SOURCES: Final = 8


class GenericFood(NamedTuple):
    """A kind that can be logged, its names, and the keys of the foods that it may be."""

    food: Food
    names: tuple[str, ...]
    members: tuple[str, ...]


@cache
def generic_names(folder: Path = _FOLDER) -> frozenset[str]:
    """Return the keys of all names that kinds have, with which they are looked up."""
    tables = tomllib.loads((folder / GENERIC_FILE).read_text(encoding="utf-8"))
    return frozenset(name_key(name) for table in tables.values() for name in table["names"])


def generic_foods(foods: Mapping[str, Food], folder: Path = _FOLDER) -> Iterator[GenericFood]:
    """Yield the kinds, of foods by key whose figures are complete. Raises CatalogueError."""
    tables = tomllib.loads((folder / GENERIC_FILE).read_text(encoding="utf-8"))
    for key, table in tables.items():
        if table.keys() - _EUROPEAN != _FIELDS:
            raise CatalogueError(GENERIC_FILE, key, f"must have {', '.join(sorted(_FIELDS))}")
        if not key.startswith(GENERIC_KEY):
            raise CatalogueError(GENERIC_FILE, key, f"the key must begin with {GENERIC_KEY}")
        members = list(table["foods"])
        european = table.get("eu")
        if missing := {*members, european or members[0]} - foods.keys():
            raise CatalogueError(GENERIC_FILE, key, f'there is no food "{min(missing)}"')
        if not european:
            yield _generic(key, table, table["title"], members, foods)
            continue
        yield _generic(key, table, table["title"], members, foods, REGIONS[0])
        others = [european, *(member for member in members if member != european)]
        title = table.get("eu_title", table["title"])
        yield _generic(f"{key}-{REGIONS[1]}", table, title, others, foods, REGIONS[1])


def _generic(
    key: str,
    table: Mapping[str, Any],
    title: str,
    members: Sequence[str],
    foods: Mapping[str, Food],
    region: str | None = None,
) -> GenericFood:
    ordinary = foods[members[0]]
    food = ordinary._replace(
        key=key,
        origin="catalogue",
        name=f"{title} (kind not stated)",
        figures=_spanning([foods[member] for member in members]),
        region=region,
        note=f"which {title.lower()} was not said: counted as {ordinary.name}, with a range over "
        f"{len(members)} kinds; k2log edit ID says which",
        announce=True,
    )
    return GenericFood(food, tuple(table["names"]), tuple(members))


def _spanning(foods: Sequence[Food]) -> dict[str, Figure]:
    """Return the first food's figures with ends over all of them.

    What is not known of one of them has no high end.
    """
    figures = {}
    for nutrient, figure in foods[0].figures.items():
        if figure.amount.best is None:
            continue
        each = [(it.figures.get(nutrient), it.per) for it in foods]
        amounts = [it.amount.times(100 / per) if it else UNKNOWN for it, per in each]
        lows = [amount.low for amount in amounts if amount.low is not None]
        highs = [amount.high for amount in amounts if amount.high is not None]
        best = figure.amount.times(100 / foods[0].per).best or 0.0
        amount = (
            Amount.of(best, min(lows), max(highs))
            if len(highs) == len(foods) or nutrient in _FORMS
            else Amount.partial(best, min(lows))
        )
        sources = dict.fromkeys(key for it, _ in each if it for key in it.source.split(", "))
        figures[nutrient] = Figure(
            amount.times(foods[0].per / 100),
            BY_KIND,
            ", ".join([*sources][:_MOST_SOURCES]),
            f"{foods[0].name}; range over {len(foods)} kinds",
        )
    return figures
