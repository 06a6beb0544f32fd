"""Groups of foods, from ``groups.toml``: which foods are alike, and who avoids which.

A food belongs to a group by its key, or by a name that holds every word of one of the group's
phrases. A key is for foods of the catalogue and whatever bears a name of theirs; phrases are for
foods that the catalogue has not.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from k2log.catalogue.model import CatalogueError
from k2log.named_tuple import NamedTuple
from k2log.names import name_words

GROUPS_FILE: Final = "groups.toml"
EVERYONE: Final = "everyone"
CATALOGUE: Final = "catalogue"
PREGNANCY: Final = "pregnancy"
ANTAGONISTS: Final = "vitamin-k-antagonist"
CALCIUM: Final = "calcium"
STONES: Final = "kidney-stones"
AVOIDED_BY: Final = (EVERYONE, CATALOGUE, PREGNANCY, ANTAGONISTS, CALCIUM, STONES)
"""Who avoids a group: everyone; everyone where the food is none of one's own (catalogue); in
pregnancy and while breastfeeding; beside a vitamin K antagonist; as a source of calcium; with
kidney stones."""

_FILE: Final = Path(__file__).with_name(GROUPS_FILE)
_FIELDS: Final = frozenset({"why", "avoided_by", "phrases", "unless", "foods"})

Words = frozenset[str]


class FoodGroup(NamedTuple):
    """Foods that are avoided, by whom, and why: ``foods`` are the keys of the catalogue's.

    A name with any of the words in ``unless`` does not belong.
    """

    name: str
    why: str
    avoided_by: str
    phrases: tuple[Words, ...]
    unless: Words
    foods: frozenset[str]

    def holds(self, names: Iterable[Words], keys: Collection[str]) -> bool:
        """Whether a food with names of these words, or one of these keys, belongs to it."""
        return not self.foods.isdisjoint(keys) or any(
            phrase <= words and not words & self.unless
            for words in names
            for phrase in self.phrases
        )


class FoodGroups(NamedTuple):
    """Phrases by the kind of food they name, the first that fits counts; and what is avoided."""

    kinds: Mapping[str, tuple[Words, ...]]
    avoided: tuple[FoodGroup, ...]

    def kind_of(self, words: Words) -> str | None:
        """Return the kind of a food whose name has these words; None if none is known."""
        fitting = (kind for kind, phrases in self.kinds.items() for it in phrases if it <= words)
        return next(fitting, None)

    def avoided_by(self, names: Collection[Words], keys: Collection[str]) -> set[str]:
        """Return who avoids a food with names of these words, or one of these keys."""
        return {group.avoided_by for group in self.avoided if group.holds(names, keys)}


def load_groups(file: Path = _FILE) -> FoodGroups:
    """Read and check the groups. Raises CatalogueError."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    kinds = {name: _phrases(phrases) for name, phrases in tables["kinds"].items()}
    avoided = tuple(_group(file.name, name, it, kinds) for name, it in tables["avoid"].items())
    return FoodGroups(kinds, avoided)


@cache
def safety_groups() -> tuple[FoodGroup, ...]:
    """Return the groups of foods that are avoided, read once."""
    return load_groups().avoided


def _group(
    file: str, name: str, table: Mapping[str, Any], kinds: Mapping[str, tuple[Words, ...]]
) -> FoodGroup:
    if unread := table.keys() - _FIELDS:
        raise CatalogueError(file, name, f'unknown key "{min(unread)}"')
    for field in ("why", "avoided_by", "phrases"):
        if not table.get(field):
            raise CatalogueError(file, name, f"{field} must be given")
    if table["avoided_by"] not in AVOIDED_BY:
        raise CatalogueError(file, name, f"avoided_by must be one of {', '.join(AVOIDED_BY)}")
    if (unless := table.get("unless")) not in {None, *kinds}:
        raise CatalogueError(file, name, f'unless must be a kind, not "{unless}"')
    return FoodGroup(
        name,
        table["why"],
        table["avoided_by"],
        _phrases(table["phrases"]),
        frozenset().union(*kinds[unless]) if unless else frozenset(),
        frozenset(table.get("foods", ())),
    )


def _phrases(phrases: Iterable[str]) -> tuple[Words, ...]:
    return tuple(frozenset(name_words(phrase)) for phrase in phrases)
