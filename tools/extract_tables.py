"""Make the text of the official food tables that come with k2log from the tables as published.

``python tools/extract_tables.py usda-sr28.zip ciqual-2020.csv`` writes ``sr28.tsv`` and
``ciqual2020.tsv`` into ``src/k2log/catalogue``; the same tables give the same text. Both are read
as ``k2log foods import`` reads them. How the text looks is told in ``catalogue/official.py``.
"""

import re
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from k2log.catalogue.official import BASES, CIQUAL, COLUMNS, SR28, OfficialTable
from k2log.features.tables import ciqual, sr28
from k2log.features.tables.files import Place, TableText, open_place
from k2log.features.tables.formats import find_table, table_files
from k2log.features.tables.model import (
    FigureRow,
    FoodRow,
    FoodRows,
    PortionRow,
    figures_of,
    portions_of,
)
from k2log.files import Unwatched
from k2log.food.food import Figure
from k2log.nutrients import NUTRIENTS

FOLDER: Final = Path(__file__).parents[1] / "src" / "k2log" / "catalogue"
_LETTERS: Final = {basis: letter for letter, basis in BASES.items()}
_FAT_IN_SR28: Final = "~204~"
_FAT_IN_CIQUAL: Final = "Fat (g/100g)"
_GROUPS_IN_CIQUAL: Final = ("alim_ssssgrp_code", "alim_ssgrp_code", "alim_grp_code")
_DOUBLED: Final = re.compile(r",\s*(?=,)")
"""A comma before another, of which lists are not made."""
_FORMATS: Final = {SR28.origin: "sr28", CIQUAL.origin: "ciqual"}
_HEADS: Final = {
    SR28.origin: (
        "# U.S. Department of Agriculture, Agricultural Research Service. USDA National Nutrient",
        "# Database for Standard Reference, Release 28 (2015). Public domain.",
    ),
    CIQUAL.origin: (
        "# Anses. 2020. Ciqual French food composition table. https://ciqual.anses.fr",
        "# French open licence (Licence Ouverte). Limits and traces are ranges from zero.",
    ),
}


class Besides(NamedTuple):
    """What k2log's readers do not read: the table's group of a food, and its fat per 100 g."""

    group: str
    fat_g: float | None


def main() -> None:
    """Write both texts, and say how many foods and figures each holds."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("sr28", type=Path, metavar="SR28", help="folder or zip")
    parser.add_argument("ciqual", type=Path, metavar="CIQUAL", help="CSV, English")
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="FOLDER")
    options = parser.parse_args()
    for table, path, besides in (
        (SR28, options.sr28, _besides_sr28),
        (CIQUAL, options.ciqual, _besides_ciqual),
    ):
        with open_place(path, table_files()) as place:
            rows = list(_lines(table, place, besides(place)))
        text = "\n".join([*_HEADS[table.origin], *map("\t".join, rows)]) + "\n"
        (options.output / table.file).write_text(text, encoding="utf-8", newline="\n")
        figures = sum(bool(cell) for row in rows[1:] for cell in row[len(COLUMNS) : -1])
        sys.stdout.write(f"{table.file}: {len(rows) - 1} foods, {figures} figures\n")


def _lines(
    table: OfficialTable, place: Place, besides: Mapping[int, Besides]
) -> Iterable[list[str]]:
    """Yield the names of the columns, then the cells of each food."""
    columns = [nutrient.column for nutrient in NUTRIENTS.values()]
    yield [*COLUMNS, *columns, "portions"]
    source = find_table(place, _FORMATS[table.origin])
    foods: dict[int, FoodRow] = {}
    figures: dict[int, list[FigureRow]] = defaultdict(list)
    portions: dict[int, list[PortionRow]] = defaultdict(list)
    for record in source.read(Unwatched()):
        match record:
            case FoodRow():
                foods[record.number] = record
            case FigureRow():
                figures[record.number].append(record)
            case PortionRow():
                portions[record.number].append(record)
    (described,) = source.tables.values()
    for number, food in sorted(foods.items()):
        rows = FoodRows(
            number, food.name, food.animal, None, None, None, None,
            [row[2:] for row in sorted(figures[number], key=lambda row: row.line)],
            [row[2:] for row in sorted(portions[number], key=lambda row: row.line)],
        )  # fmt: skip
        known = figures_of(described, rows)
        yield [
            str(number),
            _DOUBLED.sub("", food.name),
            besides[number].group,
            "1" if food.animal else "",
            _number(besides[number].fat_g),
            *(_figure(known.get(nutrient)) for nutrient in NUTRIENTS),
            ";".join(f"{_measure(name)}={_number(g)}" for name, g in portions_of(rows).items()),
        ]


def _besides_sr28(place: Place) -> dict[int, Besides]:
    fat = {}
    for _, raw in TableText(place.file(sr28.FIGURES), Unwatched()).lines():
        fields = raw.decode("latin-1").split("^")
        if fields[1] == _FAT_IN_SR28:
            fat[int(fields[0].strip("~"))] = float(fields[2])
    groups = {}
    for _, raw in TableText(place.file(sr28.FOODS), Unwatched()).lines():
        fields = raw.decode("latin-1").split("^")
        groups[int(fields[0].strip("~"))] = fields[1].strip("~")
    return {number: Besides(group, fat.get(number)) for number, group in groups.items()}


def _besides_ciqual(place: Place) -> dict[int, Besides]:
    ((file,),) = place.files.values()
    text = TableText(file, Unwatched())
    records = text.records()
    _, header = next(records)
    besides: dict[int, Besides] = {}
    for _, cells in records:
        row = dict(zip(header, cells, strict=True))
        codes = (row[column] for column in _GROUPS_IN_CIQUAL)
        group = next((code for code in codes if code.strip("0")), "")
        fat = ciqual.value_of(row[_FAT_IN_CIQUAL])
        besides.setdefault(
            int(row["alim_code"].partition(".")[0]), Besides(group, fat and fat.best)
        )
    return besides


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return ""
    best, low, high, _ = figure.amount
    ends = [] if low == best == high else [_number(low), _number(high)]
    return _LETTERS[figure.basis] + " ".join([_number(best), *ends])


def _number(value: float | None) -> str:
    return "" if value is None else repr(value).removesuffix(".0")


def _measure(name: str) -> str:
    if {";", "\t"} & {*name}:
        raise ValueError(f"the measure {name!r} cannot be written")
    return name


if __name__ == "__main__":
    main()
