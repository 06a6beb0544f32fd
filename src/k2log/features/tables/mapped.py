"""Any other food table, one row a food and figures per 100 g, of which the user says the columns.

``Name=name``, ``Calcium (mg)=calcium_mg``. The unit in a column's heading goes before that of the
field, another unit of the field (``vitamin_d_iu``) before both; a column of which the figures fit
no food in that unit is refused. A workbook may have the figures on several sheets, and a zip or
folder foods and figures in several files. A food is known by its code, else by its name, so that a
later edition brings it up to date.
"""

import csv
import io
import re
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from k2log.archive import BROKEN, STUMBLED, check_archive
from k2log.features.tables.ciqual import TRACES, CiqualValue, value_of
from k2log.features.tables.files import TableError
from k2log.features.tables.model import (
    FigureRow,
    FoodRow,
    FoodTable,
    Records,
    Skipped,
    TableSource,
)
from k2log.features.tables.related import related_table
from k2log.features.tables.units import Unit, field_unit, fits, fitting_fields, heading_unit
from k2log.features.tables.values import impossible, table_name
from k2log.files import Watch
from k2log.food.food import Source
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.nutrients import BY_COLUMN, NUTRIENTS
from k2log.text import shown
from k2log.workbook import is_workbook, workbook_sheets

NAME: Final = "name"
CODE: Final = "code"
FIELDS: Final = (NAME, CODE, *BY_COLUMN)
_MOST_BYTES: Final = 200_000_000
_MOST_TITLES: Final = 30
_TRACE_WORDS: Final = frozenset({"tr", "tr.", "trace", "traces", "spuren", "spoor", "sp", "sp."})
_SEPARATORS: Final = ";,\t|"
_TABLES: Final = (".csv", ".txt", ".tsv", ".xlsx")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class Cells(NamedTuple):
    """The cells of one food by field, as they are written, and the line they stand on."""

    line: int
    cells: Mapping[str, str]


class Sheet(NamedTuple):
    """A table or sheet: the headings of the fields that it has, and its rows."""

    headings: Mapping[str, str]
    rows: Sequence[Cells]


class MappedColumn(NamedTuple):
    """Which nutrient a field is, and what turns its figures into the nutrient's unit."""

    nutrient: str
    factor: float


def mapped_fields(maps: Sequence[str]) -> dict[str, str]:
    """Return the field of each column, of ``Calcium (mg)=calcium_mg``. Raises TableError."""
    fields = {}
    for text in maps:
        column, _, field = text.rpartition("=")
        field = field.strip().lower()
        if not column.strip() or not (field in (NAME, CODE) or field_unit(field)):
            raise TableError(
                f'--map "{shown(text)}": write column=field, like "Calcium (mg)=calcium_mg".'
                f" Fields are {', '.join(FIELDS)}, or with another unit at the end: _g, _mg, _ug,"
                " of vitamin D _iu."
            )
        fields[_key(column)] = field
    if NAME not in fields.values() or len(fields.keys() - {NAME, CODE}) < 2:
        raise TableError("--map must say which column is the name, and at least one figure.")
    return fields


def mapped_source(path: Path, maps: Sequence[str], *, sure: bool = False) -> TableSource:
    """Return the table in a CSV file, an Excel workbook, or a zip or folder of either.

    ``sure``: its figures are taken though they look like those of another unit. Raises TableError.
    """
    sheets = _sheets(path, mapped_fields(maps))
    columns = {
        field: _column(field, sheet, sure=sure)
        for sheet in sheets
        for field in sheet.headings
        if field not in (NAME, CODE)
    }
    name = "-".join(name_words(path.stem)) or "table"
    origin = f"table-{name}"
    table = FoodTable(
        origin=origin,
        title=path.name,
        key=origin + ":{}",
        row=origin + ":{}",
        source=Source(origin, path.name, "", "", "A table of the user's own, per 100 g."),
    )
    read = partial(_records, path.name, origin, sheets, columns)
    return TableSource({origin: table}, path.name, path.name, path.name, read)


def _column(field: str, sheet: Sheet, *, sure: bool) -> MappedColumn:
    """Return how a column is read: in the unit that was said, or that its figures fit.

    Raises TableError.
    """
    heading = sheet.headings[field]
    said, own = field_unit(field), field in BY_COLUMN
    if said is None:
        raise KeyError(field)
    values = [value.best for row in sheet.rows if (value := _value(row.cells[field]))]
    written = heading_unit(heading, said.nutrient)
    units = [said] if not own else [*filter(None, [written]), said]
    for unit in units:
        if sure or fits(values, unit):
            return MappedColumn(said.nutrient, unit.factor)
    raise TableError(_unlikely(heading, values, units[0]))


def _unlikely(heading: str, values: Sequence[float], unit: Unit) -> str:
    """Return why the figures of a column cannot be in a unit, and what to type instead."""
    own = NUTRIENTS[unit.nutrient]
    least, most = own.limits.tenth_per_100g
    others = fitting_fields(values, unit.nutrient)
    say = " or ".join(f'--map "{shown(heading)}={field}"' for field in others)
    fields = f" If they are in another unit, say so: {say}." if others else ""
    return (
        f'"{shown(heading)}": read as {unit.name}, these are no amounts of {own.name.lower()} in'
        f" foods (of a table, the tenth that is highest begins between {least:g} and {most:g}"
        f" {own.unit} per 100 g).{fields} If they are right, add --yes."
    )


def _records(
    file: str,
    origin: str,
    sheets: Sequence[Sheet],
    columns: Mapping[str, MappedColumn],
    watch: Watch,
) -> Records:
    """Yield the rows of the table: of each food, and of its figures."""
    watch.begin("reading", 0)
    foods: dict[int, int] = {}
    for sheet in sheets:
        here: dict[int, int] = {}
        for row in sheet.rows:
            name = table_name(row.cells[NAME])
            if not name:
                continue
            number = _number(row.cells.get(CODE) or name.casefold())
            if (first := here.setdefault(number, row.line)) != row.line:
                yield Skipped(file, row.line, f"{shown(name)} is there already, on line {first}")
                continue
            if number not in foods:
                foods[number] = row.line
                yield FoodRow(number, row.line, origin, name)
            for field in sheet.headings.keys() - {NAME, CODE}:
                yield from _figure(file, row, number, field, columns[field])


def _figure(file: str, row: Cells, number: int, field: str, column: MappedColumn) -> Records:
    nutrient, factor = column
    cell = row.cells[field]
    value = _value(cell)
    if value is None:
        if re.search("[0-9]", cell):
            yield Skipped(file, row.line, f'{nutrient} "{shown(cell)}" is not a number')
        return
    trace = value.high == TRACES and cell.lower() in _TRACE_WORDS
    best, low, high = value[:3] if trace else (each * factor for each in value[:3])
    if why := impossible(nutrient, high):
        yield Skipped(file, row.line, why)
    else:
        basis = "estimated" if low != high else ""
        yield FigureRow(number, row.line, nutrient, best, low, high, basis)


def _value(cell: str) -> CiqualValue | None:
    return value_of("traces" if cell.lower() in _TRACE_WORDS else cell)


def _number(text: str) -> int:
    """Return a number that stands for a code or name, the same in every edition."""
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def _key(column: str) -> str:
    return " ".join(column.replace("μ", "µ").split()).casefold()


def _sheets(path: Path, fields: Mapping[str, str]) -> list[Sheet]:
    """Return the table, or the sheets of a workbook, that hold the columns. Raises TableError."""
    try:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file())
            files = {each.name: each.stat().st_size for each in inside}
            return _together(path.name, files, lambda name: (path / name).read_bytes(), fields)
        _refuse_large(path.name, path.stat().st_size)
        with path.open("rb") as file:
            return _sheets_in(file, path.name, fields)
    except OSError as error:
        raise TableError(f"cannot read {shown(str(path), 200)}: {error.strerror}.") from None


def _sheets_in(file: BinaryIO, name: str, fields: Mapping[str, str]) -> list[Sheet]:
    start = file.read(4)
    file.seek(0)
    if start == b"\xd0\xcf\x11\xe0":
        raise TableError("this is an old workbook (.xls): save it as .xlsx or CSV.")
    if start != b"PK\x03\x04":
        text = _decoded(file.read())
        tries = (_parted(text, separator) for separator in _SEPARATORS)
        return _whole(tries, fields)
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(name, archive.infolist())
            if not is_workbook(archive.namelist()):
                files = {each.filename: each.file_size for each in archive.infolist()}
                return _together(name, files, archive.read, fields)
    except (*BROKEN, *STUMBLED):
        raise TableError(f"{shown(name, 100)} is damaged or only half downloaded.") from None
    return _of_workbook(file, name, fields)


def _refuse_large(name: str, size: int) -> None:
    if size > _MOST_BYTES:
        raise TableError(f"{shown(name, 100)} is larger than any table of foods.")


def _together(
    name: str, files: Mapping[str, int], read: Callable[[str], bytes], fields: Mapping[str, str]
) -> list[Sheet]:
    """Return the table of a zip or folder: the first that has the columns, or all files together.

    ``files`` are the sizes by name. Raises TableError.
    """
    names = [each for each in files if each.lower().endswith(_TABLES)]
    _refuse_large(name, sum(files[each] for each in names))
    error = TableError(f"{shown(name, 100)} holds no table.")
    for each in names:
        try:
            return _sheets_in(io.BytesIO(read(each)), each, fields)
        except TableError as why:
            error = why
    texts = [_decoded(read(each)) for each in names if not each.lower().endswith(".xlsx")]
    related = related_table([partial(_cells, text) for text in texts], fields)
    if related is None:
        raise error
    header, rows, fields = related
    return _whole([enumerate(chain([header], rows), 1)], fields)


def _cells(text: str) -> Iterator[Sequence[str]]:
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    return (cells for _, cells in _parted(text, separator))


def _of_workbook(file: BinaryIO, name: str, fields: Mapping[str, str]) -> list[Sheet]:
    """Return the sheets that name foods and hold figures; each figure from the first that does."""
    sheets: list[Sheet] = []
    wanted = dict(fields)
    widest: list[str] = []
    for rows in workbook_sheets(file, name):
        numbered = enumerate(rows, 1)
        header = _header(numbered, partial(_has_figures, wanted), widest)
        if header:
            sheet = _sheet(header, numbered, wanted)
            sheets.append(sheet)
            wanted = {
                key: field
                for key, field in wanted.items()
                if field in (NAME, CODE) or field not in sheet.headings
            }
    if missing := [key for key, field in wanted.items() if field not in (NAME, CODE)]:
        raise _no_column(missing[0], widest)
    if not sheets:
        raise _no_column(next(iter(fields)), widest)
    return sheets


def _has_figures(fields: Mapping[str, str], keys: set[str]) -> bool:
    figures = {key for key, field in fields.items() if field not in (NAME, CODE)}
    return keys.issuperset(fields.keys() - figures) and bool(keys & figures)


def _has_all(fields: Mapping[str, str], keys: set[str]) -> bool:
    return keys.issuperset(fields)


def _whole(
    tries: Iterable[Iterator[tuple[int, Sequence[str]]]], fields: Mapping[str, str]
) -> list[Sheet]:
    """Return the one table of a text, parted as it can be read. Raises TableError."""
    widest: list[str] = []
    for rows in tries:
        if header := _header(rows, partial(_has_all, fields), widest):
            return [_sheet(header, rows, fields)]
    there = {_key(cell) for cell in widest}
    raise _no_column(next((key for key in fields if key not in there), ""), widest)


def _no_column(key: str, widest: Sequence[str]) -> TableError:
    names = ", ".join(shown(cell, 40) for cell in widest[:12] if cell)
    return TableError(f'--map: there is no column "{shown(key)}". There are: {names}.')


def _header(
    rows: Iterator[tuple[int, Sequence[str]]],
    is_header: Callable[[set[str]], bool],
    widest: list[str],
) -> Sequence[str] | None:
    """Return the row that names the columns, among the first; else note the widest of them."""
    for _, cells in islice(rows, _MOST_TITLES):
        if is_header({_key(cell) for cell in cells}):
            return cells
        if len(cells) > len(widest):
            widest[:] = cells
    return None


def _sheet(
    header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], fields: Mapping[str, str]
) -> Sheet:
    """Return the mapped columns of a table; numbers are written as ``value_of`` takes them."""
    places: dict[str, int] = {}
    for place, key in enumerate(map(_key, header)):
        if key in fields:
            places.setdefault(fields[key], place)
    found = [
        Cells(
            line,
            {
                field: cells[place].strip() if place < len(cells) else ""
                for field, place in places.items()
            },
        )
        for line, cells in rows
    ]
    figures = [field for field in places if field not in (NAME, CODE)]
    comma = _has_decimal_commas(row.cells[field] for row in found for field in figures)
    plain = [
        row._replace(
            cells={
                field: _plain(cell, comma=comma) if field in figures else cell
                for field, cell in row.cells.items()
            }
        )
        for row in found
    ]
    return Sheet({field: header[place] for field, place in places.items()}, plain)


def _has_decimal_commas(cells: Iterable[str]) -> bool:
    """Whether a comma parts the decimals: one is not followed by three digits, as thousands are."""
    return any("," in cell and not _THOUSANDS.search(cell) for cell in cells)


def _plain(cell: str, *, comma: bool) -> str:
    """Return a cell without brackets and signs of thousands."""
    text = cell.strip("()[]* ").strip()
    if comma:
        return re.sub(r"\.(?=[0-9]{3}(?![0-9]))", "", text)
    return text.replace(",", "") if _THOUSANDS.search(text) else text


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _parted(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise TableError(f"line {reader.line_num} is not readable as CSV: {error}.") from None
