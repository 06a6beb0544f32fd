"""Which table a place holds, and what of it to read."""

from functools import partial
from pathlib import Path
from typing import Final

from k2log.features.tables import ciqual, fdc, sr28
from k2log.features.tables.model import Found, TableError
from k2log.features.tables.place import Place
from k2log.text import shown

_SIGNS: Final = {"fdc": (fdc.FOODS, fdc.FIGURES), "sr28": (sr28.FOODS, sr28.FIGURES)}
_OF_SR28: Final = (sr28.FOODS, sr28.FIGURES, sr28.PORTIONS)
_OF_FDC: Final = (
    *(fdc.FOODS, fdc.FIGURES, fdc.NUTRIENTS, fdc.PORTIONS),
    *(fdc.MEASURES, fdc.BRANDS, fdc.DERIVATIONS),
)
TABLE_FILES: Final = frozenset(map(str.lower, (*_OF_SR28, *_OF_FDC)))
"""Names, in lower case, any of which stands for the whole table in its folder."""
_KNOWN: Final = (
    "FoodData Central as CSV (food.csv, food_nutrient.csv, nutrient.csv), SR28 as ASCII"
    " (FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt) and Ciqual as CSV (with a column alim_code)"
)
_WORKBOOKS: Final = (".xls", ".xlsx", ".ods")
_TEXTS: Final = (".csv", ".txt", ".tsv", "")


class UnknownTableError(TableError):
    """Something that is no table k2log reads."""

    def __init__(self, name: str) -> None:
        """Name the tables that are known."""
        super().__init__(f"{shown(name, 200)} is no food table that k2log reads: {_KNOWN}.")


def find(place: Place, wanted: str | None) -> Found:
    """Return the table in a place. Raises TableError."""
    format_ = wanted or _only(place)
    if format_ == "ciqual":
        file = ciqual.ciqual_file(place)
        table = ciqual.table(file)
        return Found(
            {table.origin: table}, file.name, file.name, file.name, partial(ciqual.read, place)
        )
    if format_ == "sr28":
        foods, figures, portions = (place.file(name).name for name in _OF_SR28)
        return Found(
            {sr28.TABLE.origin: sr28.TABLE}, foods, figures, portions, partial(sr28.read, place)
        )
    tables = {table.origin: table for table in fdc.TABLES.values()}
    return Found(tables, fdc.FOODS, fdc.FIGURES, fdc.PORTIONS, partial(fdc.read, place))


def _only(place: Place) -> str:
    found = [name for name, signs in _SIGNS.items() if any(map(place.has, signs))]
    others = (place.files[name] for name in place.files if _may_be_ciqual(name))
    if any(ciqual.is_ciqual(file) for files in others for file in files):
        found.append("ciqual")
    if len(found) > 1:
        raise TableError(
            f"{shown(place.name, 100)} holds more than one table: choose with"
            f" --format {' or '.join(found)}."
        )
    if not found:
        raise _none_in(place)
    return found[0]


def _may_be_ciqual(name: str) -> bool:
    return name not in TABLE_FILES and Path(name).suffix in _TEXTS


def _none_in(place: Place) -> TableError:
    for name in place.files:
        if name == "[content_types].xml" or Path(name).suffix in _WORKBOOKS:
            return TableError(
                f"{shown(place.name, 100)} holds a workbook: open it, save it as CSV (UTF-8) and"
                " import that file."
            )
    return UnknownTableError(place.name)
