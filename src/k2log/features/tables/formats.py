"""The registry of official food tables, and which of them a place holds.

A table more is a row of FORMATS, and a module of that name here with a READER.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from k2log.named_tuple import NamedTuple
from k2log.text import shown

if TYPE_CHECKING:
    from k2log.features.tables.files import Place
    from k2log.features.tables.model import TableReader, TableSource

_WORKBOOKS: Final = (".xls", ".xlsx", ".ods")
_TEXTS: Final = (".csv", ".txt", ".tsv", "")


class TableFormat(NamedTuple):
    """A kind of food table: what ``--format`` takes, its title, and how its files look."""

    name: str
    title: str
    looks: str

    def reader(self) -> "TableReader":
        """Return what tells and reads such tables; loaded late, as k2log foods rarely needs it."""
        reader: TableReader = import_module(f"k2log.features.tables.{self.name}").READER
        return reader


FORMATS: Final = (
    TableFormat(
        "fdc",
        "USDA FoodData Central",
        "FoodData Central as CSV (food.csv, food_nutrient.csv, nutrient.csv)",
    ),
    TableFormat("sr28", "USDA SR28", "SR28 as ASCII (FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt)"),
    TableFormat("ciqual", "Ciqual", "Ciqual as CSV (with a column alim_code)"),
)
NAMES: Final = tuple(each.name for each in FORMATS)


def listed(texts: tuple[str, ...], last: str) -> str:
    """Return ``a, b or c``; ``last`` is the word before the last one."""
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def table_files() -> frozenset[str]:
    """Return the names, in lower case, any of which stands for the whole table in its folder."""
    return frozenset(name.lower() for each in FORMATS for name in each.reader().files)


def find_table(place: "Place", wanted: str | None) -> "TableSource":
    """Return the table in a place, of the format wanted or the one that is there.

    Raises TableError.
    """
    from k2log.features.tables.files import TableError

    matches = [each for each in FORMATS if each.name == wanted]
    matches = matches or [each for each in FORMATS if _is_in(place, each.reader())]
    if len(matches) > 1:
        names = " or ".join(each.name for each in matches)
        raise TableError(
            f"{shown(place.name, 100)} holds more than one table: choose with --format {names}."
        )
    if matches:
        return matches[0].reader().source(place)
    columns = '--map "COLUMN=name" --map "COLUMN=calcium_mg"'
    for name in place.files:
        if name == "[content_types].xml" or Path(name).suffix in _WORKBOOKS:
            raise TableError(
                f"{shown(place.name, 100)} holds a workbook. If it is Ciqual's, save it as CSV"
                " (UTF-8) and import that file. Of any other, as .xlsx, say which columns hold"
                f" what, per 100 g: {columns}."
            )
    looks = listed(tuple(each.looks for each in FORMATS), "and")
    raise TableError(
        f"{shown(place.name, 200)} is no food table that k2log knows: {looks}. Of any other, per"
        f" 100 g, say which columns hold what: {columns}."
    )


def _is_in(place: "Place", reader: "TableReader") -> bool:
    if any(map(place.has, reader.told_by)):
        return True
    holds, known_names = reader.holds, table_files()
    return holds is not None and any(
        holds(file)
        for name, files in place.files.items()
        if name not in known_names and Path(name).suffix in _TEXTS
        for file in files
    )
