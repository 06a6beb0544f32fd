"""What every food table is read into, and what can be wrong with one.

What breaks the shape of a file (columns, quotes, encoding, text where a number belongs) refuses the
whole table. A row that is readable and cannot be true, or is about nothing, is skipped and counted.

What an import of a food table did, in one line, and the rows it left out.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from k2log.errors import K2logError, UnreadableError
from k2log.files import Watch
from k2log.food.food import Source
from k2log.text import shown

MOST_SHOWN: Final = 10
IN_IU: Final = "_iu"
VITAMIN_D_IU: Final = f"vitamin_d{IN_IU}"
"""A total of vitamin D that the table gives in IU, in µg here: used where it gives no µg."""


class TableError(UnreadableError):
    """A food table that cannot be read; nothing of it is imported."""

    @classmethod
    def at(cls, file: str, line: int, why: str) -> "TableError":
        """Return the error for one line of one file."""
        return cls(f"{shown(file, 100)}, line {line}: {why}. Nothing was imported.")


class UnsafeArchiveError(K2logError):
    """A zip that no publisher of food tables makes."""

    def __init__(self, archive: str, why: str) -> None:
        """Take the name of the zip, and what is wrong with it."""
        super().__init__(
            f"{shown(archive, 100)} is refused: {why}. Download it again, or unpack it"
            " and import the folder."
        )


class Table(NamedTuple):
    """One table: what its foods and figures are stored under, and what people call it.

    ``key`` and ``row`` are formats that take the number of a food; ``basis`` is that of figures of
    which the table does not say how they came about.
    """

    origin: str
    title: str
    key: str
    row: str
    source: Source
    basis: str = "calculated"


class FoodRow(NamedTuple):
    """A food of a table. ``origin`` is empty for what is no food of its own, like one sample."""

    number: int
    line: int
    origin: str
    name: str
    animal: bool = False


class BrandRow(NamedTuple):
    """What more is known of a branded food; figures are per 100 of ``unit``, g or ml."""

    number: int
    line: int
    brand: str
    unit: str
    serving: float | None
    household: str


class FigureRow(NamedTuple):
    """A figure per 100 g or ml, in the nutrient's unit."""

    number: int
    line: int
    nutrient: str
    best: float
    low: float
    high: float
    basis: str


class PortionRow(NamedTuple):
    """What one of a measure holds; ``full`` is the measure in all the table's words."""

    number: int
    line: int
    measure: str
    full: str
    quantity: float


class Skipped(NamedTuple):
    """A row that is left out, and why."""

    file: str
    line: int
    why: str


Record = FoodRow | BrandRow | FigureRow | PortionRow | Skipped
Records = Iterator[Record]


class Leftovers:
    """The first rows that were skipped, and how many there are."""

    def __init__(self) -> None:
        """Begin with none."""
        self.shown: list[Skipped] = []
        self.total = 0

    def add(self, skipped: Iterable[Skipped], total: int | None = None) -> None:
        """Count more rows; ``total`` where they are but the first of so many."""
        rows = list(skipped)
        self.shown += rows[: MOST_SHOWN - len(self.shown)]
        self.total += len(rows) if total is None else total


class Counts(NamedTuple):
    """How many foods of each table an import adds, changes, brings back or leaves as they are."""

    new: int
    changed: int
    back: int
    unchanged: int

    @property
    def total(self) -> int:
        """All foods of the table."""
        return sum(self)


class Rows(NamedTuple):
    """All that a table says of one food; of figures given twice the first comes first.

    A figure is (nutrient, best, low, high, basis), a portion (measure, full, quantity).
    """

    number: int
    name: str
    animal: bool
    brand: str | None
    unit: str | None
    serving: float | None
    household: str | None
    figures: Sequence[tuple[str, float, float, float, str]]
    portions: Sequence[tuple[str, str, float]]


class ByFood:
    """Rows that begin with a food's number and come in its order, taken food by food."""

    def __init__(self, rows: Iterable[Any]) -> None:
        """Take the rows."""
        self.groups = groupby(rows, itemgetter(0))
        self.number = -1
        self.rows: Iterator[Any] = iter(())

    def of(self, number: int) -> list[Any]:
        """Return the rows about a food, without its number; numbers must be asked for in order."""
        while self.number < number:
            self.number, self.rows = next(self.groups, (sys.maxsize, iter(())))
        return [row[1:] for row in self.rows] if self.number == number else []


class Found(NamedTuple):
    """A table found: its parts by origin, the names of its files, and its rows."""

    tables: Mapping[str, Table]
    foods: str
    figures: str
    portions: str
    read: Callable[[Watch], Records]


def remarks(leftovers: Leftovers) -> Iterator[str]:
    """Yield a line on each of the first rows skipped, and how many there are more."""
    for skipped in leftovers.shown:
        yield f"skipped {skipped.file}, line {skipped.line}: {skipped.why}"
    if leftovers.total > len(leftovers.shown):
        yield f"and {leftovers.total - len(leftovers.shown)} more skipped rows"


def summary(titles: Iterable[str], counts: Counts, skipped: int, *, dry_run: bool) -> str:
    """Return what was imported; or with ``dry_run``, what would be."""
    done = "would import" if dry_run else "imported"
    foods = "1 food" if counts.total == 1 else f"{counts.total} foods"
    back = f", {counts.back} brought back" if counts.back else ""
    rows = "1 row" if skipped == 1 else f"{skipped} rows"
    left_out = f"; {rows} skipped" if skipped else ""
    return (
        f"{done} {foods} from {' and '.join(titles)}: {counts.new} new, {counts.changed} changed"
        f"{back}, {counts.unchanged} unchanged{left_out}\n"
    )
