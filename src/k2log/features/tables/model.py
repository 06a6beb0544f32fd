"""What every food table is read into, and the food that its rows make.

What breaks the shape of a file (columns, quotes, encoding, text where a number belongs) refuses the
whole table. A row that is readable and cannot be true, or is about nothing, is skipped and counted.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from k2log.amounts import Amount, total
from k2log.catalogue.derive import Traits, derive
from k2log.catalogue.official import usual_serving
from k2log.features.tables.files import Place, TableFile
from k2log.features.tables.values import VITAMIN_D_IU, household, table_name
from k2log.files import Watch
from k2log.food.food import Figure, Food, Source
from k2log.named_tuple import NamedTuple
from k2log.nutrients import PARTS

MOST_SHOWN: Final = 10
_ROUNDING: Final = 1e-6


class FoodTable(NamedTuple):
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


class FoodCounts(NamedTuple):
    """How many foods of each table an import adds, changes, brings back or leaves as they are."""

    new: int
    changed: int
    back: int
    unchanged: int

    @property
    def total(self) -> int:
        """All foods of the table."""
        return sum(self)


class FoodRows(NamedTuple):
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


class TableSource(NamedTuple):
    """What a place holds: tables by origin, the names of their files, and what reads the rows."""

    tables: Mapping[str, FoodTable]
    foods: str
    figures: str
    portions: str
    read: Callable[[Watch], Records]


@dataclass(frozen=True, slots=True)
class TableReader:
    """How the tables of one format are told and read. Raises ValueError where nothing tells.

    ``told_by``: a place with a file of any of these names holds such a table. ``files`` are the
    names of all its files, any of which stands for the folder that it is in. ``holds`` says whether
    a file of any other name holds such a table. ``source`` raises TableError.
    """

    source: Callable[[Place], TableSource]
    files: Sequence[str] = ()
    told_by: Sequence[str] = ()
    holds: Callable[[TableFile], bool] | None = None

    def __post_init__(self) -> None:
        """Refuse a reader that no place would ever be told by."""
        if not set(self.told_by) <= set(self.files) or not (self.told_by or self.holds):
            raise ValueError("a food table is told by some of its files, or by what a file holds")


def compose(table: FoodTable, rows: FoodRows) -> Food:
    """Return the food that the rows are about, by the rules of the catalogue.

    What a table does not say stays unknown: K2 of which only MK-4 was measured is partial, vitamin
    D of unstated form has no D3, except in foods grouped as meat, fish, eggs or dairy.
    """
    unit = rows.unit or "g"
    portions = portions_of(rows)
    name, brand = rows.name, rows.brand
    if brand and brand.casefold() not in name.casefold():
        name = table_name(f"{name}, {brand}")
    return Food(
        key=table.key.format(rows.number),
        name=name,
        kind="food",
        unit=unit,
        per=100.0,
        figures=derive(figures_of(table, rows), Traits(animal=bool(rows.animal))),
        portions=portions,
        origin=table.origin,
        serving=_serving(rows, portions, unit),
        liquid=unit == "ml",
    )


def figures_of(table: FoodTable, rows: FoodRows) -> dict[str, Figure]:
    """Return the figures per 100 g or ml; vitamin D in IU is used where there is none in µg."""
    source = table.row.format(rows.number)
    figures: dict[str, Figure] = {}
    for nutrient, best, low, high, basis in rows.figures:
        exact = round(best, 6)
        amount = Amount(exact, exact, exact)
        if low != high:
            amount = Amount(exact, round(low, 6), round(high, 6))
        figures.setdefault(nutrient, Figure(amount, basis or table.basis, source))
    in_iu = figures.pop(VITAMIN_D_IU, None)
    if in_iu is not None:
        figures.setdefault("vitamin_d", in_iu._replace(note="given in IU"))
    return _with_range(figures)


def _with_range(figures: dict[str, Figure]) -> dict[str, Figure]:
    """Give a total of vitamin D the range of its forms, where it is their sum and has none."""
    whole = figures.get("vitamin_d")
    forms = [figures[form].amount for form in PARTS["vitamin_d"] if form in figures]
    if whole is None or not forms or whole.amount.low != whole.amount.high:
        return figures
    best, low, high, _ = total(forms)
    if abs((best or 0.0) - (whole.amount.best or 0.0)) > _ROUNDING or low == high:
        return figures
    return figures | {"vitamin_d": whole._replace(amount=Amount(whole.amount.best, low, high))}


def portions_of(rows: FoodRows) -> dict[str, float]:
    """Return what one of each measure holds; a second one of a name gets its full name."""
    portions: dict[str, float] = {}
    if rows.serving is not None:
        portions["serving"] = rows.serving
        if at_home := household(rows.household or ""):
            amount, measure = at_home
            portions.setdefault(measure, round(rows.serving / amount, 6))
    for measure, full, quantity in rows.portions:
        if measure:
            portions.setdefault(full if measure in portions else measure, quantity)
    return portions


def _serving(rows: FoodRows, portions: dict[str, float], unit: str) -> tuple[float, str]:
    """Return the usual amount: the table's own, else one of the first small measure, else 100."""
    for measure, _, quantity in rows.portions:
        if not measure:
            return quantity, unit
    return usual_serving(portions, unit)
