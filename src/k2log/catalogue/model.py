"""What the catalogue holds, and the error that names the file and food at fault."""

from typing import NamedTuple

from k2log.errors import K2logError
from k2log.food.food import Food


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


class Source(NamedTuple):
    """Where figures come from: whom to cite, where to find it, what it measured."""

    key: str
    citation: str
    year: str
    where: str
    note: str


class Zero(NamedTuple):
    """A named reason to take nutrients nobody measured for zero, or for no more than ``high``."""

    name: str
    nutrients: tuple[str, ...]
    source: str
    why: str
    high: float = 0.0


class CatalogueFood(NamedTuple):
    """A food and every name it answers to, the one shown first."""

    food: Food
    names: tuple[str, ...]


class Catalogue(NamedTuple):
    """Everything the files say, checked."""

    edition: str
    foods: tuple[CatalogueFood, ...]
    sources: tuple[Source, ...]
