"""Any other food table, one row a food and figures per 100 g, of which the user says the columns.

``Name=name``, ``Calcium (mg)=calcium_mg``. The unit in a column's heading goes before that of the
field, and a figure that no food can have is skipped. A food is known by its code, else by its name,
so that a later edition brings it up to date.
"""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Final

from k2log.features.tables.ciqual import TRACES, value_of
from k2log.features.tables.files import TableError
from k2log.features.tables.model import (
    FigureRow,
    FoodRow,
    FoodTable,
    Records,
    Skipped,
    TableSource,
)
from k2log.features.tables.values import impossible, table_name
from k2log.files import Watch
from k2log.food.food import Source
from k2log.grammar.units import unit
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.nutrients import BY_COLUMN, IU_PER_UG, MICROGRAMS, VITAMIN_D
from k2log.text import shown
from k2log.workbook import workbook_rows

FIELDS: Final = ("name", "code", *BY_COLUMN)
_MOST_BYTES: Final = 200_000_000
_MOST_TITLES: Final = 30
_TRACE_WORDS: Final = frozenset({"tr", "tr.", "trace", "traces", "spuren", "spoor"})
_UNIT: Final = re.compile(r"[(\[] ?([^)\]/ ]+)(?: ?/ ?100 ?(?:g|ml))? ?[)\]]")


class MappedColumns(NamedTuple):
    """Where a table has what: the name, the code if any, and of each figure field and factor."""

    name: int
    code: int | None
    figures: Mapping[int, tuple[str, float]]


def mapped_fields(maps: Sequence[str]) -> dict[str, str]:
    """Return the field of each column, of ``Calcium (mg)=calcium_mg``. Raises TableError."""
    fields = {}
    for text in maps:
        column, _, field = text.rpartition("=")
        field = field.strip().lower()
        if not column.strip() or field not in FIELDS:
            raise TableError(
                f'--map "{shown(text)}": write column=field, like "Calcium (mg)=calcium_mg".'
                f" Fields are {', '.join(FIELDS)}."
            )
        fields[_key(column)] = field
    if "name" not in fields.values() or len(fields) < 2:
        raise TableError("--map must say which column is the name, and at least one figure.")
    return fields


def mapped_source(path: Path, maps: Sequence[str]) -> TableSource:
    """Return the table in a CSV file or an Excel workbook. Raises TableError."""
    fields = mapped_fields(maps)
    next(_rows(path, fields))  # what has no such columns is refused before a diary is made
    name = "-".join(name_words(path.stem)) or "table"
    origin = f"table-{name}"
    table = FoodTable(
        origin=origin,
        title=path.name,
        key=origin + ":{}",
        row=origin + ":{}",
        source=Source(origin, path.name, "", "", "A table of the user's own, per 100 g."),
    )
    read = partial(_read, path, fields, origin)
    return TableSource({origin: table}, path.name, path.name, path.name, read)


def _read(path: Path, fields: Mapping[str, str], origin: str, watch: Watch) -> Records:
    """Yield the rows of the file: of each food, and of its figures."""
    watch.begin("reading", 0)
    rows = _rows(path, fields)
    line, header = next(rows)
    columns = _columns(header, fields)
    known: dict[int, int] = {}
    for line, cells in rows:
        row = [*cells, *[""] * (len(header) - len(cells))]
        name = table_name(row[columns.name])
        if not name:
            continue
        code = row[columns.code] if columns.code is not None else ""
        number = _number(code or name.casefold())
        if (first := known.setdefault(number, line)) != line:
            why = f"{shown(name)} is there already, on line {first}"
            yield Skipped(path.name, line, why)
            continue
        yield FoodRow(number, line, origin, name)
        yield from _figures(path.name, line, number, row, columns)


def _figures(
    file: str, line: int, number: int, row: Sequence[str], columns: MappedColumns
) -> Records:
    for place, (nutrient, factor) in columns.figures.items():
        cell = row[place].strip().strip("()[]").strip()
        value = value_of("traces" if cell.lower() in _TRACE_WORDS else cell)
        if value is None:
            if re.search("[0-9]", cell):
                yield Skipped(file, line, f'{nutrient} "{shown(cell)}" is not a number')
            continue
        best, low, high = (each * factor for each in value[:3])
        if value.high == TRACES and cell.lower() in _TRACE_WORDS:
            best, low, high = value[:3]
        if why := impossible(nutrient, high):
            yield Skipped(file, line, why)
        else:
            basis = "estimated" if low != high else ""
            yield FigureRow(number, line, nutrient, best, low, high, basis)


def _number(text: str) -> int:
    """Return a number that stands for a code or name, the same in every edition."""
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def _key(column: str) -> str:
    return " ".join(column.replace("μ", "µ").split()).casefold()


def _columns(header: Sequence[str], fields: Mapping[str, str]) -> MappedColumns:
    places = {fields[key]: place for place, key in enumerate(map(_key, header)) if key in fields}
    figures = {
        place: (BY_COLUMN[field].id, _factor(header[place], field))
        for field, place in places.items()
        if field in BY_COLUMN
    }
    return MappedColumns(places["name"], places.get("code"), figures)


def _factor(heading: str, field: str) -> float:
    """Return what turns a column's figures into the field's unit, by the unit in its heading."""
    nutrient = BY_COLUMN[field]
    match = _UNIT.search(heading)
    stated = unit(match[1]) if match else None
    if stated is None:
        return 1.0
    if stated.name == "IU" and nutrient.id in VITAMIN_D:
        return 1 / IU_PER_UG
    if stated.name not in MICROGRAMS:
        return 1.0
    return MICROGRAMS[stated.name] / MICROGRAMS[nutrient.unit]


def _rows(path: Path, fields: Mapping[str, str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the header, in which all columns are, and the rows under it, with their lines."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TableError(f"{shown(path.name, 100)} is larger than any table of foods.")
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start == b"\xd0\xcf\x11\xe0":
                raise TableError("this is an old workbook (.xls): save it as .xlsx or CSV.")
            if start == b"PK\x03\x04":
                yield from _from_header([enumerate(workbook_rows(file, path.name), 1)], fields)
                return
            text = _decoded(file.read())
    except OSError as error:
        raise TableError(f"cannot read {shown(str(path), 200)}: {error.strerror}.") from None
    yield from _from_header((_records(text, separator) for separator in ";,\t"), fields)


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise TableError(f"line {reader.line_num} is not readable as CSV: {error}.") from None


def _from_header(
    tries: Iterable[Iterator[tuple[int, list[str]]]], fields: Mapping[str, str]
) -> Iterator[tuple[int, list[str]]]:
    widest: list[str] = []
    for rows in tries:
        for line, cells in islice(rows, _MOST_TITLES):
            keys = {_key(cell) for cell in cells}
            if keys.issuperset(fields):
                yield line, cells
                yield from rows
                return
            widest = max(widest, cells, key=len)
    there = {_key(cell) for cell in widest}
    missing = next((key for key in fields if key not in there), "")
    names = ", ".join(shown(cell, 40) for cell in widest[:12] if cell)
    raise TableError(f'--map: there is no column "{shown(missing)}". There are: {names}.')
