"""What the catalogue holds, and the error that names the file and food at fault.

What holds between foods: keys and names apart, and families that are whole.

A name belongs to one food, except that the foods of a family may share the everyday word: the
first region's food has it among its ``names``, the others among their ``regional_names``.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from k2log.errors import K2logError
from k2log.food.food import Food, Source
from k2log.names import name_key

REGIONS = ("us", "eu")
"""Where foods differ. The first is meant where no region is set; the UK has the European foods
until there are British figures."""


class CatalogueError(K2logError):
    """A flaw in a catalogue file."""

    def __init__(self, file: str, food: str, wrong: str) -> None:
        """Word the message from the file name, the food's key and what is wrong."""
        super().__init__(f"catalogue file {file}, [{food}]: {wrong}")
        self.file = file
        self.food = food
        self.wrong = wrong


class FlawError(ValueError):
    """What is wrong, found where file and food are not known; becomes a ``CatalogueError``."""


class Zero(NamedTuple):
    """A named reason to take nutrients nobody measured for zero, or for no more than ``high``."""

    name: str
    nutrients: tuple[str, ...]
    source: str
    why: str
    high: float = 0.0


class CatalogueFood(NamedTuple):
    """A food and every name it answers to, the one shown first.

    Of foods that differ by country a ``family`` holds one for each ``region``; ``regional_names``
    are those of the family's first food that mean this one in its own region. ``say_note`` marks a
    note that tells what was taken of very unlike kinds, to be said when the food is logged.
    """

    food: Food
    names: tuple[str, ...]
    region: str | None = None
    family: str | None = None
    regional_names: tuple[str, ...] = ()
    say_note: bool = False


class Catalogue(NamedTuple):
    """Everything the files say, checked."""

    edition: str
    foods: tuple[CatalogueFood, ...]
    sources: tuple[Source, ...]


Placed = tuple[str, CatalogueFood]


def check_apart(placed: Iterable[Placed]) -> None:
    """Refuse a key or a name that is in the files twice, or twice in one food."""
    keys: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}
    for file, known in placed:
        key = known.food.key
        if key in keys:
            raise CatalogueError(file, key, f"the key is in {keys[key]} too")
        keys[key] = file
        for name in known.names:
            other, same = names.setdefault(name_key(name), (key, name))
            if other != key:
                raise CatalogueError(file, key, f'the name "{name}" belongs to [{other}]')
            if same is not name:
                raise CatalogueError(file, key, f'"{same}" and "{name}" are the same name')


def check_families(placed: Sequence[Placed]) -> None:
    """Refuse a family without just one food for each region, or whose foods share no name."""
    families: dict[str, dict[str, CatalogueFood]] = {}
    for file, known in placed:
        if known.family and known.region:
            foods = families.setdefault(known.family, {})
            if known.region in foods:
                wrong = f'"{known.family}" has a food for {known.region} already'
                raise CatalogueError(file, known.food.key, wrong)
            foods[known.region] = known
    for file, known in placed:
        if known.family:
            _check_member(file, known, families[known.family])


def _check_member(file: str, known: CatalogueFood, family: dict[str, CatalogueFood]) -> None:
    for region in REGIONS:
        if region not in family:
            raise CatalogueError(file, known.food.key, f'"{known.family}" has no food for {region}')
    first = family[REGIONS[0]]
    if bool(known.regional_names) == (known is first):
        wrong = f"regional_names are for every food of a family but that for {REGIONS[0]}"
        raise CatalogueError(file, known.food.key, wrong)
    shared = {name_key(name) for name in first.names}
    for name in known.regional_names:
        if name_key(name) not in shared:
            wrong = f'the regional name "{name}" is no name of [{first.food.key}] or there twice'
            raise CatalogueError(file, known.food.key, wrong)
        shared.remove(name_key(name))
