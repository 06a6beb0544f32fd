"""The French table Ciqual as CSV, in English or French; columns are known by their whole heading.

Per 100 g. Empty and ``-`` are unknown. Below a limit (``< 0,5``) is a range from zero to the limit
with the middle as best value; ``traces`` are read like ``< 0.5``, in the unit of the column.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import partial
from typing import Final

from k2log.catalogue.official import CIQUAL
from k2log.features.tables.files import Place, TableError, TableFile, TableText
from k2log.features.tables.model import (
    FigureRow,
    FoodRow,
    FoodTable,
    Record,
    Records,
    Skipped,
    TableReader,
    TableSource,
)
from k2log.features.tables.values import impossible, table_name
from k2log.files import Watch
from k2log.food.food import Source
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, NUTRIENTS, Nutrient
from k2log.text import shown

TRACES: Final = 0.5
_CODE: Final = "alim_code"
_GROUP: Final = "alim_ssgrp_code"
_NAMES: Final = ("alim_nom_eng", "alim_nom_fr")
_ANIMAL_GROUPS: Final = frozenset(
    {"0401", "0402", "0403", "0404", "0405", "0406", "0407", "0408", "0409", "0410"}  # meat to eggs
    | {"0501", "0503", "0504", "0901", "0904"}  # milk, cheese, cream, butter, fish oil
)
_VALUE: Final = re.compile(r"(<?) ?([0-9]+(?:[.,][0-9]+)?)")
_YEAR: Final = re.compile(r"(?<![0-9])20[12][0-9](?![0-9])")
_HEAD: Final = 4_000


class CiqualColumns(NamedTuple):
    """Where a file has what: the food's code, group and names, and the nutrients."""

    width: int
    code: int
    group: int | None
    names: tuple[int, ...]
    nutrients: Mapping[int, str]


def _first_line(file: TableFile) -> str:
    return file.head(_HEAD).decode("utf-8", "replace").partition("\n")[0]


def _is_ciqual(file: TableFile) -> bool:
    """Whether a file's first line names the table's columns."""
    return _CODE in _first_line(file)


def table(file: TableFile) -> FoodTable:
    """Return the table; its edition is the year in the file's name."""
    match = _YEAR.search(file.name)
    year = match[0] if match else ""
    origin = f"ciqual{year}"
    return FoodTable(
        origin=origin,
        title=f"Ciqual {year}".rstrip(),
        key=CIQUAL.key,
        row=origin + ":{}",
        source=Source(
            origin,
            "Anses. French food composition table Ciqual",
            year,
            "ciqual.anses.fr",
            "Compiled from many studies. Vitamin K2 is one total whose forms are not told apart.",
        ),
    )


def _source(place: Place) -> TableSource:
    """Return the one file of a place that holds the table. Raises TableError."""
    files = [file for same_name in place.files.values() for file in same_name if _is_ciqual(file)]
    if not files:
        raise TableError(f"no CSV file of Ciqual in {shown(place.name, 100)}.")
    if len(files) > 1:
        names = " and ".join(shown(file.path, 100) for file in files[:2])
        raise TableError(f"more than one table: {names}. Name the file you mean.")
    file, edition = files[0], table(files[0])
    name = file.name
    read = partial(_read, file, edition.origin)
    return TableSource({edition.origin: edition}, name, name, name, read)


READER: Final = TableReader(_source, holds=_is_ciqual)


def _read(file: TableFile, origin: str, watch: Watch) -> Records:
    """Yield the rows of the file: of each food, and of its figures."""
    text = TableText(file, watch)
    watch.begin("reading", file.size)
    records = text.records(max(";,\t", key=_first_line(file).count))
    line, header = next(records, (1, []))
    columns = _columns(text, line, header)
    first_lines: dict[int, int] = {}
    for line, cells in records:
        if len(cells) != columns.width:
            why = f"{len(cells)} columns, but the header has {columns.width}"
            raise text.wrong(line, why)
        code = text.identity(line, _CODE, re.sub(r"\.0+$", "", cells[columns.code].strip()))
        first = first_lines.setdefault(code, line)
        if first == line:
            yield from _food(text, line, code, [cell.strip() for cell in cells], columns, origin)
        else:
            yield Skipped(text.name, line, f"food {code} is there already, on line {first}")


def _heading(text: str) -> str:
    """Return a column's heading as headings are compared: one case, no spaces, one sign for µ."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _headings(nutrient: Nutrient) -> list[str]:
    """Return the headings a nutrient may have: ``Vitamin D (µg/100g)``."""
    return [f"{name} ({nutrient.unit}/100g)" for name in nutrient.codes.ciqual]


_NUTRIENTS: Final = {
    _heading(text): nutrient.id for nutrient in NUTRIENTS.values() for text in _headings(nutrient)
}


def _columns(text: TableText, line: int, header: list[str]) -> CiqualColumns:
    plain = [_heading(cell) for cell in header]
    nutrients = {place: _NUTRIENTS[cell] for place, cell in enumerate(plain) if cell in _NUTRIENTS}
    names = tuple(plain.index(name) for name in _NAMES if name in plain)
    missing = [_headings(NUTRIENTS[id_])[0] for id_ in HEADLINE if id_ not in nutrients.values()]
    missing += [] if _CODE in plain else [_CODE]
    missing += [] if names else [" or ".join(_NAMES)]
    if missing:
        raise text.wrong(line, f"the column {', '.join(missing)} is missing")
    if len(set(nutrients.values())) < len(nutrients):
        raise text.wrong(line, "a nutrient has two columns")
    group = plain.index(_GROUP) if _GROUP in plain else None
    return CiqualColumns(len(header), plain.index(_CODE), group, names, nutrients)


def _food(
    text: TableText, line: int, number: int, cells: list[str], columns: CiqualColumns, origin: str
) -> Records:
    name = next(filter(None, (table_name(cells[place]) for place in columns.names)), "")
    if not name:
        yield Skipped(text.name, line, f"food {number} has no name")
        return
    group = "" if columns.group is None else cells[columns.group]
    yield FoodRow(number, line, origin, name, group.zfill(4) in _ANIMAL_GROUPS)
    for place, nutrient in columns.nutrients.items():
        if cells[place] not in ("", "-"):
            yield _figure(text, line, number, nutrient, cells[place])


class CiqualValue(NamedTuple):
    """What a cell says: below a limit, a range from zero to it with the middle as best value."""

    best: float
    low: float
    high: float
    basis: str


def value_of(cell: str) -> CiqualValue | None:
    """Return what a cell says; None where it is empty, "-" or no number."""
    match = _VALUE.fullmatch(cell.replace("\u00a0", " "))
    if cell.casefold() in ("traces", "trace"):
        return CiqualValue(TRACES / 2, 0.0, TRACES, "estimated")
    if match is None:
        return None
    value = float(match[2].replace(",", "."))
    if match[1]:
        return CiqualValue(value / 2, 0.0, value, "estimated")
    return CiqualValue(value, value, value, "measured")


def _figure(text: TableText, line: int, number: int, nutrient: str, cell: str) -> Record:
    value = value_of(cell)
    if value is None:
        raise text.wrong(line, f'{nutrient} "{shown(cell)}" is not a number')
    if why := impossible(nutrient, value.high):
        return Skipped(text.name, line, why)
    return FigureRow(number, line, nutrient, *value)
