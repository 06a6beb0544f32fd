"""The official food tables that come with k2log, as compact text: one line a food.

``tools/extract_tables.py`` made the text from the tables as they are published, read as ``k2log
foods import`` reads them. Lines that begin with ``#`` say whose table it is. The first other line
names the columns: the food's number, name and group in the table, 1 for what is animal, grams of
fat per 100 g, a column for each nutrient that k2log keeps, and the household measures.

A figure is per 100 g in the nutrient's unit: the letter of its basis, the best value and, where
they differ, the lowest and the highest (``m56 54 58``). An empty one is unknown. Measures are in
grams: ``cup=244;tbsp=15.2``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from k2log.amounts import Amount
from k2log.catalogue.derive import Traits, derive
from k2log.catalogue.model import CatalogueError
from k2log.food.food import OFFICIAL_REGIONS, Figure, Food
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS

BASES: Final = {
    "m": "measured",
    "c": "calculated",
    "l": "label",
    "e": "estimated",
    "z": "assumed-zero",
}
COLUMNS: Final = ("number", "name", "group", "animal", "fat_g")
"""The columns before those of the nutrients; ``portions`` are behind them."""

_LARGEST_SERVING: Final = 1000.0  # a whole roast is no usual serving


class OfficialTable(NamedTuple):
    """One table: what its foods are stored under, and what people call it.

    ``key`` and ``row`` are formats that take the number of a food: its key, and its source.
    """

    origin: str
    title: str
    key: str
    row: str

    @property
    def file(self) -> str:
        """The name of the file that holds its text."""
        return f"{self.origin}.tsv"


SR28: Final = OfficialTable("sr28", "USDA SR28", "sr28:{:05}", "usda_sr28:{:05}")
CIQUAL: Final = OfficialTable("ciqual2020", "Ciqual 2020", "ciqual:{}", "ciqual2020:{}")
OFFICIAL: Final = (SR28, CIQUAL)


_CLASSES: Final = frozenset(
    {
        "fish", "crustaceans", "mollusks", "nuts", "seeds", "spices", "beverages", "snacks",
        "candies", "alcoholic beverage", "alcoholic beverages", "fast foods", "game meat",
        "cereals ready-to-eat", "leavening agents", "sweeteners",
    }
)  # fmt: skip
"""What stands before a first comma, and nobody says: "Fish, salmon, Atlantic" is salmon."""


class OfficialFood(NamedTuple):
    """A food of a table: its names, its row as sources name it, and its group in the table.

    ``fat_g`` are grams of fat per 100 g, None if unknown.
    """

    food: Food
    names: tuple[str, ...]
    row: str
    group: str
    fat_g: float | None


def official_foods(table: OfficialTable, folder: Path) -> Iterator[OfficialFood]:
    """Yield the foods of a table, by their numbers. Raises CatalogueError."""
    header: list[str] = []
    with (folder / table.file).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                continue
            if not header:
                header = cells
                continue
            try:
                yield _official(table, dict(zip(header, cells, strict=True)))
            except (ValueError, KeyError) as error:
                raise CatalogueError(table.file, f"line {number}", str(error)) from None


def _official(table: OfficialTable, row: Mapping[str, str]) -> OfficialFood:
    number = int(row["number"])
    source = table.row.format(number)
    given = {id_: row[it.column] for id_, it in NUTRIENTS.items() if row.get(it.column)}
    figures = {id_: _figure(cell, source) for id_, cell in given.items()}
    portions = _portions(row["portions"])
    food = Food(
        key=table.key.format(number),
        name=row["name"],
        kind="food",
        unit="g",
        per=100.0,
        figures=derive(figures, Traits(animal=row["animal"] == "1")),
        portions=portions,
        origin=table.origin,
        serving=usual_serving(portions, "g"),
        region=OFFICIAL_REGIONS[table.origin],
    )
    return OfficialFood(
        food, _names(food.name), source, row["group"], float(row["fat_g"]) if row["fat_g"] else None
    )


def _names(name: str) -> tuple[str, ...]:
    """Return a food's name, and without its class where it begins with one."""
    of, _, rest = name.partition(", ")
    return (name, rest) if rest and of.lower() in _CLASSES else (name,)


def _figure(cell: str, source: str) -> Figure:
    best, *ends = map(float, cell[1:].split(" "))
    low, high = ends or (best, best)
    return Figure(Amount.of(best, low, high), BASES[cell[0]], source)


def _portions(cell: str) -> dict[str, float]:
    pairs = (pair.rpartition("=") for pair in cell.split(";") if pair)
    return {measure: float(grams) for measure, _, grams in pairs}


def usual_serving(portions: Mapping[str, float], unit: str) -> tuple[float, str]:
    """Return the usual amount of a table's food: one of its first small measure, else 100."""
    usual = (name for name, quantity in portions.items() if quantity <= _LARGEST_SERVING)
    return next(((1.0, name) for name in usual), (100.0, unit))
