"""What ``k2log import`` reads: the registry of formats, and how a file is told to be of one.

A format more is a row of FORMATS, and a fixture in ``tests/test_import_formats.py``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from k2log.errors import UnreadableError
from k2log.features.exchange.cells import Moment, is_iso_day
from k2log.features.exchange.columns import (
    FIGURES,
    ImportFormat,
    ImportOptions,
    NotForOwnError,
    column_key,
    columns_text,
    fields_of,
    layout,
    maps_text,
    usual_maps,
    wholes_of,
)
from k2log.features.exchange.files import (
    WINDOWS,
    TextTable,
    open_rereadable,
    text_table,
    unpacked,
)
from k2log.features.exchange.foreign import TableReading, Tally, day_order_of, read_table
from k2log.features.exchange.own import DATED, read_csv, read_jsonl, read_saved_csv, saved_day_order
from k2log.features.exchange.rows import ImportRow
from k2log.files import Unwatched, Watch, text_lines
from k2log.named_tuple import NamedTuple
from k2log.text import count, shown

FORMATS: Final = (
    ImportFormat(
        origin="cronometer",
        program="Cronometer",
        reads="Cronometer's servings.csv",
        told_by=[("day", "food name", "amount")],
        columns={
            "day": "day",
            "time": "time",
            "group": "meal",
            "food name": "food",
            "amount": "amount",
            "category": "category",
        },
        refusals={
            ("date", "energy (kcal)", "completed"): (
                "this is Cronometer's daily summary, without foods: export Food & Recipe Entries"
                " (servings.csv) instead."
            )
        },
    ),
    ImportFormat(
        origin="myfitnesspal",
        program="MyFitnessPal",
        reads="MyFitnessPal's nutrition summary",
        told_by=[("date", "meal", "calories")],
        never=frozenset({"food"}),
        columns={"date": "day", "time": "time", "meal": "meal", "note": "note"},
        unitless=True,
        meals=True,
    ),
    ImportFormat(
        origin="macrofactor",
        program="MacroFactor",
        reads="MacroFactor's food log",
        told_by=[("date", "food name", "serving size", "serving qty")],
        columns={
            "date": "day",
            "time": "time",
            "food name": "food",
            "serving qty": "amount",
            "serving size": "measure",
            "serving weight (g)": "grams",
        },
    ),
    ImportFormat(
        origin="loseit",
        program="Lose It!",
        reads="Lose It!'s food log",
        told_by=[("date", "name", "type", "quantity", "units", "deleted")],
        columns={
            "date": "day",
            "name": "food",
            "type": "meal",
            "quantity": "amount",
            "units": "measure",
        },
        day_order="mdy",
    ),
    ImportFormat(
        origin="fddb",
        program="FDDB",
        reads="FDDB's diary",
        told_by=[("datum_tag_monat_jahr_stunde_minute", "bezeichnung")],
        columns={"datum_tag_monat_jahr_stunde_minute": "day", "bezeichnung": "food"},
        day_order="dmy",
        amount_in_name=True,
    ),
    ImportFormat(  # Yazio exports nothing itself: what Yazio CSV Exporter makes of its days
        origin="yazio",
        program="Yazio",
        reads="Yazio's nutrition_log.csv",
        told_by=[("date", "meal", "product", "amount", "portions")],
        columns={
            "date": "day",
            "time": "time",
            "meal": "meal",
            "product": "food",
            "amount": "grams",
            "portions": "amount",
            "unit": "measure",
        },
    ),
    ImportFormat(  # told by --map
        origin="csv", program="CSV", reads="any other CSV with --map", headings=False
    ),
    ImportFormat(
        origin="k2log",
        program="k2log export",
        reads="k2log's own CSV",
        told_by=[("uid",), ("day", "food")],
        only=frozenset(DATED),
        read=read_csv,
        suffixes=(".csv",),
    ),
    ImportFormat(  # told by its name, or by the { that it begins with
        origin="k2log",
        program="k2log export",
        reads="JSON Lines",
        read=read_jsonl,
        suffixes=(".jsonl", ".ndjson"),
    ),
)
ORIGINS: Final = tuple(dict.fromkeys(each.origin for each in FORMATS))
_BY_ORIGIN: Final = {each.origin: each for each in FORMATS}
_BY_SUFFIX: Final = {suffix: each for each in FORMATS for suffix in each.suffixes}
_MAPPED, _OWN_CSV, _OWN_JSONL = _BY_ORIGIN["csv"], _BY_SUFFIX[".csv"], _BY_SUFFIX[".jsonl"]


def programs() -> list[str]:
    """Return who makes the files that are told from others by themselves, k2log first."""
    names = dict.fromkeys(each.program for each in FORMATS if each.told_by)
    return sorted(names, key=lambda name: name != _OWN_CSV.program)


def readable() -> str:
    """Return what is read, k2log's own first: ``k2log's own CSV or …; Cronometer's …; or …``."""
    own = " or ".join(each.reads for each in FORMATS if each.read)
    others = [each.reads for each in FORMATS if not each.read]
    return "; ".join([own, *others[:-1], f"or {others[-1]}"])


def import_options(
    origin: str | None, maps: Sequence[str], percents: Sequence[str], date_order: str | None
) -> ImportOptions:
    """Return what the user says of a file: ``Ca=calcium_mg``, ``calcium=1300mg``.

    Raises UnreadableError.
    """
    options = ImportOptions(origin, fields_of(maps), wholes_of(percents), date_order)
    if origin == _OWN_CSV.origin and options.explain:
        raise NotForOwnError
    if origin == _MAPPED.origin and percents:
        unitless = " and ".join(each.program for each in FORMATS if each.unitless)
        raise UnreadableError(
            f"--percent-of is for the columns of {unitless}, not for --from {origin}"
        )
    return options


class ImportSource(NamedTuple):
    """An open file: what reads it; and of another program's table, a tally of its rows."""

    read: Callable[[Moment, Watch], Iterator[ImportRow]]
    tally: Tally | None = None

    def rows(self, moment: Moment, watch: Watch) -> Iterator[ImportRow]:
        """Yield what the file holds, and remarks on what is wrong. Raises UnreadableError."""
        return self.read(moment, watch)


@contextmanager
def import_source(name: str, options: ImportOptions) -> Iterator[ImportSource]:
    """Open a file to be read, ``-`` is stdin. Raises UnreadableError."""
    with open_rereadable(name) as whole:
        place = _place_of_table(whole, name, options)
        tables = islice(unpacked(whole, name), place, None)
        name, file = next(tables)
        by_suffix = _BY_SUFFIX.get(Path(name).suffix.casefold())
        kind, table = recognise(file, options, by_suffix)
        if kind.read is None and table:
            yield _table_source(kind, table, options)
            return
        if table:
            yield _saved_source(table, options)
            return
        lines = text_lines(file)
        first = next(lines, "")
        if not first:
            raise UnreadableError(f"{'stdin' if name == '-' else shown(name, 200)} is empty.")
        read = kind.read or read_csv
        yield ImportSource(lambda moment, _: read(chain([first], lines), moment))


def _place_of_table(file: BinaryIO, name: str, options: ImportOptions) -> int:
    """Return which table of a zip can be read; of a file that is none, itself.

    Raises UnreadableError where none can, or several.
    """
    names, readable_ones, why = [], [], None
    for place, (inner, table) in enumerate(unpacked(file, name)):
        names.append(inner)
        if table is file:
            return 0
        try:
            recognise(table, options, _BY_SUFFIX.get(Path(inner).suffix.casefold()))
            readable_ones.append(place)
        except UnreadableError as error:
            why = error
    if len(readable_ones) == 1 or len(names) == 1:
        return readable_ones[0] if readable_ones else 0
    listed = ", ".join(shown(each, 60) for each in names[:5])
    if not readable_ones and why:
        raise UnreadableError(f"the zip holds {listed}, none of which can be read: {why}")
    raise UnreadableError(f"the zip holds {listed}: unpack it and import the one that you mean.")


def _saved_source(table: TextTable, options: ImportOptions) -> ImportSource:
    """Return what reads k2log's own CSV as a spreadsheet saved it."""
    order = options.date_order or saved_day_order(table)
    return ImportSource(lambda moment, watch: read_saved_csv(table, order, moment, watch))


def _table_source(kind: ImportFormat, table: TextTable, options: ImportOptions) -> ImportSource:
    where = layout(kind, table.header, options)
    order = options.date_order or kind.day_order or day_order_of(table, where)
    remarks = list(where.unread)
    if table.strays:
        strays = count(table.strays, "byte is", "bytes are")
        remarks.append(f"{strays} no text and read as �; all else is UTF-8")
    if table.encoding == WINDOWS:
        remarks.append("the file is not UTF-8; it was read as Windows-1252")
    tally = Tally(remarks)
    reading = TableReading(where, order)
    return ImportSource(
        lambda moment, watch: read_table(table, reading, tally, moment, watch), tally
    )


class UnknownFormatError(UnreadableError):
    """A table that nobody k2log knows has written."""

    def __init__(self, header: Sequence[str]) -> None:
        """Take the names of its columns."""
        usual = usual_maps(header)
        asked = [field for field in ("day", "food") if field not in usual.values()]
        maps = [f'--map "COLUMN={field}"' for field in asked]
        figure = "" if any(field in FIGURES for field in usual.values()) else "COLUMN=calcium_mg"
        maps += [maps_text(usual), f'--map "{figure}" …' if figure else ""]
        nothing = (
            " None seems to name a food, or to hold calcium, vitamin D or K (FatSecret's report has"
            " neither): then there is nothing in it to log."
        )
        super().__init__(
            f"whose file is this? Its columns are {columns_text(header)}."
            f"{nothing if figure and 'food' in asked else ''} Say which hold what,"
            f" perhaps: --from csv {' '.join(filter(None, maps))}"
        )


def recognise(
    file: BinaryIO, options: ImportOptions, by_suffix: ImportFormat | None = None
) -> tuple[ImportFormat, TextTable | None]:
    """Return the format of a file, and its table if it is another program's.

    What the user says decides, then the names of the columns; of k2log's own files the suffix of
    the name, then the first character. Raises UnreadableError.
    """
    own = options.origin in (None, _OWN_CSV.origin)
    if by_suffix is _OWN_JSONL and own and not options.explain:
        return _OWN_JSONL, None
    file.seek(0)
    is_json = file.read(100).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    table = None if is_json else text_table(file, partial(_is_header, options))
    if options.origin == _OWN_CSV.origin:
        table_saved = _if_saved_otherwise(table)
        file.seek(0)
        return by_suffix or (_OWN_JSONL if is_json else _OWN_CSV), table_saved
    kind = _told_format(table.header, options) if table else None
    file.seek(0)
    if kind and kind.read is None:
        return kind, table
    if kind is _OWN_CSV and not (options.fields or options.wholes):
        table = _if_saved_otherwise(table)
        file.seek(0)
        if table:
            return kind, table
    if not own:
        raise UnreadableError(
            f"the file holds no table, so --from {options.origin} cannot read it."
        )
    if options.explain:
        raise NotForOwnError
    return by_suffix or (_OWN_JSONL if is_json else _OWN_CSV), None


def _is_header(options: ImportOptions, names: Sequence[str]) -> bool:
    """Whether a row is the names of columns: those that the user maps, or those of a format."""
    keys = {column_key(name) for name in names}
    if options.fields:
        return keys.issuperset(map(column_key, options.fields))
    refused = chain.from_iterable(each.refusals for each in FORMATS)
    return any(each.telling(keys) for each in FORMATS) or any(map(keys.issuperset, refused))


def _if_saved_otherwise(table: TextTable | None) -> TextTable | None:
    """Return a table of k2log's own columns if a spreadsheet saved it in its own way, else None."""
    if table is None or not {"day", "food"} <= {name.casefold() for name in table.header}:
        return None
    place = [name.casefold() for name in table.header].index("day")
    _, first = next(table.rows(Unwatched()), (0, []))
    day = first[place] if place < len(first) else ""
    plain = (table.separator, table.encoding, table.header_line) == (",", "utf-8-sig", 1)
    return None if plain and not table.strays and (not day or is_iso_day(day)) else table


def _told_format(header: Sequence[str], options: ImportOptions) -> ImportFormat:
    """Return the format that the user or the columns of a table tell. Raises UnreadableError."""
    if options.origin:
        return _BY_ORIGIN[options.origin]
    names = {column_key(column) for column in header}
    for refused, why in chain.from_iterable(each.refusals.items() for each in FORMATS):
        if names.issuperset(refused):
            raise UnreadableError(why)
    kinds = [each for each in FORMATS if each.telling(names) and not (each.read and options.fields)]
    if kinds:
        return max(kinds, key=lambda each: each.telling(names))
    if options.fields:
        return _MAPPED
    raise UnknownFormatError(header)
