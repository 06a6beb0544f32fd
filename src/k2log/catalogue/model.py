"""What the catalogue holds, and the error that names the file and food at fault."""

from typing import NamedTuple

from k2log.errors import K2logError
from k2log.food.food import Food
from k2log.food.source import Source

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
