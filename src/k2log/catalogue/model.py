"""What the catalogue holds, and what has to be true of its foods beside each other.

A name belongs to one food (in another order of its words it may belong to another: milk chocolate),
except that the foods of a family may share the everyday word: the
first region's food has it among its ``names``, the others among their ``regional_names``.
"""

from collections.abc import Iterable, Mapping, Sequence

from k2log.errors import K2logError
from k2log.food.food import Food, Source
from k2log.named_tuple import NamedTuple
from k2log.names import name_key, name_words

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
    """What is wrong with one table, by code that knows neither its file nor its key."""


class Zero(NamedTuple):
    """A named reason to take nutrients nobody measured for zero, or for no more than ``high``."""

    name: str
    nutrients: tuple[str, ...]
    source: str
    why: str
    high: float = 0.0


class Part(NamedTuple):
    """A part of a dish: what it is called there, its weight, and the key or row of its food."""

    name: str
    grams: float
    food: str


class Dish(NamedTuple):
    """What a dish is made of, and what that weighs as it is eaten."""

    parts: tuple[Part, ...]
    weight_g: float


class CatalogueFood(NamedTuple):
    """A food and every name it answers to, the one shown first.

    Of foods that differ by country a ``family`` holds one for each ``region``; ``regional_names``
    are those of the family's first food that mean this one in its own region. ``say_note`` marks a
    note that tells what was taken of very unlike kinds, to be said when the food is logged.
    ``of_no_kind`` is a food whose vitamin K2 is declared unknown: no kind's figure fits it;
    ``of_kind`` names the kind where words alone would mislead (horse mackerel is no horse). A
    ``dish`` has the figures of its parts, and none of its own.
    """

    food: Food
    names: tuple[str, ...]
    region: str | None = None
    family: str | None = None
    regional_names: tuple[str, ...] = ()
    say_note: bool = False
    of_no_kind: bool = False
    of_kind: str | None = None
    dish: Dish | None = None


class Catalogue(NamedTuple):
    """Everything the files say, checked."""

    edition: str
    foods: tuple[CatalogueFood, ...]
    sources: tuple[Source, ...]


Placed = tuple[str, CatalogueFood]
"""The name of the file that a food is in, and the food."""


def check_apart(placed: Iterable[Placed]) -> None:
    """Refuse a key or a name that is in the files twice, or twice in one food."""
    keys: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}
    for file, entry in placed:
        key = entry.food.key
        if key in keys:
            raise CatalogueError(file, key, f"the key is in {keys[key]} too")
        keys[key] = file
        for name in entry.names:
            other, same = names.setdefault(" ".join(name_words(name)), (key, name))
            if other != key:
                raise CatalogueError(file, key, f'the name "{name}" belongs to [{other}]')
            if same is not name:
                raise CatalogueError(file, key, f'"{same}" and "{name}" are the same name')


def check_families(placed: Sequence[Placed]) -> None:
    """Refuse a family without just one food for each region, or whose foods share no name."""
    families: dict[str, dict[str, CatalogueFood]] = {}
    for file, entry in placed:
        if entry.family and entry.region:
            foods = families.setdefault(entry.family, {})
            if entry.region in foods:
                wrong = f'"{entry.family}" has a food for {entry.region} already'
                raise CatalogueError(file, entry.food.key, wrong)
            foods[entry.region] = entry
    for file, entry in placed:
        if entry.family and (wrong := _misfit(entry, families[entry.family])):
            raise CatalogueError(file, entry.food.key, wrong)


def _misfit(entry: CatalogueFood, family: Mapping[str, CatalogueFood]) -> str:
    """Return why a food is no member of its family; "" if it is one."""
    for region in REGIONS:
        if region not in family:
            return f'"{entry.family}" has no food for {region}'
    first = family[REGIONS[0]]
    if bool(entry.regional_names) == (entry is first):
        return f"regional_names are for every food of a family but that for {REGIONS[0]}"
    shared = {name_key(name) for name in first.names}
    for name in entry.regional_names:
        if name_key(name) not in shared:
            return f'the regional name "{name}" is no name of [{first.food.key}] or there twice'
        shared.remove(name_key(name))
    return ""
