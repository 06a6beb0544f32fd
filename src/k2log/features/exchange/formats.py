"""What ``k2log import`` reads: the registry of formats, and how a file is told to be of one.

A format more is a row of FORMATS, and a fixture in ``tests/test_import_formats.py``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from k2log.diary.entry import COLUMNS
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import Moment
from k2log.features.exchange.columns import (
    ImportFormat,
    ImportOptions,
    NotForOwnError,
    column_key,
    columns_text,
    fields_of,
    layout,
    wholes_of,
)
from k2log.features.exchange.files import WINDOWS, TextTable, open_rereadable, text_table
from k2log.features.exchange.foreign import Local, TableReading, Tally, day_order_of, read_table
from k2log.features.exchange.own import read_csv, read_jsonl
from k2log.features.exchange.rows import ImportRow
from k2log.files import Watch, text_lines
from k2log.text import shown

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
    ImportFormat(  # told by --map
        origin="csv", program="CSV", reads="any other CSV with --map", headings=False
    ),
    ImportFormat(
        origin="k2log",
        program="k2log export",
        reads="k2log's own CSV",
        told_by=[("uid",), ("day", "food")],
        only=frozenset(COLUMNS),
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
def import_source(name: str, options: ImportOptions, local: Local) -> Iterator[ImportSource]:
    """Open a file to be read, ``-`` is stdin.

    ``local`` attaches the offset that is valid at a local time. Raises UnreadableError.
    """
    with open_rereadable(name) as file:
        by_suffix = _BY_SUFFIX.get(Path(name).suffix.casefold())
        kind, table = recognise(file, options, by_suffix)
        if kind.read is None and table:
            yield _table_source(kind, table, options, local)
            return
        lines = text_lines(file)
        first = next(lines, "")
        if not first:
            raise UnreadableError(f"{'stdin' if name == '-' else shown(name, 200)} is empty.")
        read = kind.read or read_csv
        yield ImportSource(lambda moment, _: read(chain([first], lines), moment))


def _table_source(
    kind: ImportFormat, table: TextTable, options: ImportOptions, local: Local
) -> ImportSource:
    where = layout(kind, table.header, options)
    order = options.date_order or kind.day_order or day_order_of(table, where)
    remarks = list(where.unread)
    if table.encoding == WINDOWS:
        remarks.append("the file is not UTF-8; it was read as Windows-1252")
    tally = Tally(remarks)
    reading = TableReading(where, order, local)
    return ImportSource(
        lambda moment, watch: read_table(table, reading, tally, moment, watch), tally
    )


class UnknownFormatError(UnreadableError):
    """A table that nobody k2log knows has written."""

    def __init__(self, header: Sequence[str]) -> None:
        """Take the names of its columns."""
        super().__init__(
            f"whose file is this? Its columns are {columns_text(header)}. Say which hold what:"
            ' --from csv --map "COLUMN=day" --map "COLUMN=food" --map "COLUMN=calcium_mg" …'
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
    table = None if options.origin == _OWN_CSV.origin or is_json else text_table(file)
    kind = _told_format(table.header, options) if table else None
    file.seek(0)
    if kind and kind.read is None:
        return kind, table
    if not own:
        raise UnreadableError(
            f"the file holds no table, so --from {options.origin} cannot read it."
        )
    if options.explain:
        raise NotForOwnError
    return by_suffix or (_OWN_JSONL if is_json else _OWN_CSV), None


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
