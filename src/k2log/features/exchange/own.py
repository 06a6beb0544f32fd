"""k2log's own files: entries as CSV, written and read, and the JSON Lines, read.

CSV: one row an entry, named columns, UTF-8, LF ends a line. Empty is unknown. A text that a
spreadsheet would take for a formula gets a leading ``'``, which is taken off when it is read; so
does what would begin a cell for one that splits at semicolons.
All else of a diary is only in JSON Lines, which ``diary.jsonl`` and ``definitions`` describe.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import call
from typing import Any, Final

from k2log.diary.entry import COLUMNS, FIELDS, FIGURES
from k2log.diary.jsonl import MARK_KEYS, SCHEMA
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import (
    DAY_ORDERS,
    YES_OR_NO,
    AmbiguousDaysError,
    Moment,
    clock_time,
    day_and_time,
    day_order,
    is_local_time,
    is_number,
    iso_day,
    json_value,
    moment_of_eating,
    serving,
    written_offset,
)
from k2log.features.exchange.definitions import definition, is_definition
from k2log.features.exchange.figures import nutrient_figure, spread_ranges
from k2log.features.exchange.files import TextTable, records
from k2log.features.exchange.rows import (
    EntryRow,
    ImportRow,
    LineRemark,
    mark,
    row,
    unknown_names,
    with_made_uid,
)
from k2log.files import Unwatched, Watch
from k2log.nutrients import BY_COLUMN
from k2log.text import FORMULA, guarded, shown

_GUARD_BEHIND_SEMICOLON: Final = re.compile(rf"(;\s*)'(?=[{re.escape(FORMULA)}])")
_SIGN_BEHIND_SEMICOLON: Final = re.compile(rf"(;\s*)([{re.escape(FORMULA)}])")
_TEXTS: Final = frozenset({"uid", "meal", "food", "food_key", "measure", "note"})
_NUMBERS: Final = frozenset({"amount", "grams", *FIGURES})
DATED: Final = (*COLUMNS, "changed")
"""The columns of a file: those of an entry, and when it was last changed (UTC)."""
_ENTRY_KEYS: Final = (*DATED, "removed")


def csv_lines(entries: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the header, then a line for each entry, of which the values for DATED are given."""
    writer = csv.writer(_LineReturner(), lineterminator="\n")
    yield writer.writerow(DATED)
    for values in entries:
        yield writer.writerow(map(call, _CELLS, values))


class _LineReturner:
    """What a CSV writer writes to, so that ``writerow`` returns the line."""

    def write(self, line: str) -> str:
        return line


def _cell(value: str | bytes | float | None) -> str:
    if isinstance(value, bytes):  # what only another program writes
        value = value.decode(errors="replace")
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else str(value).removesuffix(".0")


def _working_cell(value: str | bytes) -> str:
    text = value if isinstance(value, str) else _cell(value)
    if ";" in text:  # within a JSON string, where a sign can be written as its code
        text = _SIGN_BEHIND_SEMICOLON.sub(lambda it: f"{it[1]}\\u{ord(it[2]):04x}", text)
    return "" if text == "{}" else text


_figure_cell = lru_cache(maxsize=4096)(_cell)
_CELLS: Final = [
    _working_cell
    if column == "working"
    else _cell
    if column in (*FIELDS, "changed")
    else _figure_cell
    for column in DATED
]


def unguarded(text: str) -> str:
    """Return the text that was guarded; an apostrophe before anything else stays."""
    text = text[1:] if text.startswith("'") and text[1:].startswith(tuple(FORMULA)) else text
    return _GUARD_BEHIND_SEMICOLON.sub(r"\1", text) if ";" in text else text


def read_csv(lines: Iterable[str], moment: Moment) -> Iterator[EntryRow | LineRemark]:
    """Yield the entries of a CSV file, and remarks on its bad rows. Raises UnreadableError."""
    moment = moment._replace(ahead=True)
    rows = records(lines, width=None)
    _, header = next(rows, (0, []))
    names = _names(header)
    for line, values in _by_name(names, rows):
        yield values if isinstance(values, LineRemark) else _entry(line, values, None, moment)


def _by_name(
    names: Sequence[str], rows: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, object] | LineRemark]]:
    """Yield each row's line and its cells by column, without guards; a remark if it is no row."""
    texts = _TEXTS.intersection(names)
    for line, cells in rows:
        if "," in cells[0] and not any(cells[1:]):  # what parts at ; took the line for a text
            _, cells = next(records([f"{cells[0]}\n"], width=len(names)), (line, cells))
        if len(cells) != len(names):
            wrong = f"{len(cells)} columns, but the header has {len(names)}"
            yield line, LineRemark(line, wrong)
            continue
        values: dict[str, object] = dict(zip(names, cells, strict=True))
        for name in texts:
            values[name] = unguarded(str(values[name]))
        yield line, values


def saved_day_order(table: TextTable) -> str | None:
    """Return in which order a spreadsheet wrote the days of k2log's CSV; None for year first.

    Where the days themselves do not tell, the times of eating and of logging do, which it left as
    they were. Raises AmbiguousDaysError.
    """
    places = {name: place for place, name in enumerate(_names(table.header))}

    def rows(*names: str) -> Iterator[list[str]]:
        for _, texts in table.rows(Unwatched()):
            row_places = [places.get(name, len(texts)) for name in names]
            yield [texts[place] if place < len(texts) else "" for place in row_places]

    try:
        return day_order(day for (day,) in rows("day") if day)
    except AmbiguousDaysError:
        for day, *moments in rows("day", "time", "created"):
            known = {moment[:10] for moment in moments}
            orders = [order for order in DAY_ORDERS if _day_in(order, day) in known]
            if len(orders) == 1:
                return orders[0]
        raise


def _day_in(order: str, text: str) -> str | None:
    try:
        return iso_day(day_and_time(text)[0], order, "day")
    except UnreadableError:
        return None


def read_saved_csv(
    table: TextTable, order: str | None, moment: Moment, watch: Watch
) -> Iterator[EntryRow | LineRemark]:
    """Yield the entries of k2log's CSV as a spreadsheet saved it, and remarks on bad rows.

    Its separator, its days and its decimal commas are the spreadsheet's. Raises UnreadableError.
    """
    moment = moment._replace(ahead=True)
    names = _names(table.header)
    comma = table.separator != ","
    for line, values in _by_name(names, table.rows(watch)):
        if isinstance(values, LineRemark):
            yield values
            continue
        for name in _NUMBERS.intersection(names) if comma else ():
            values[name] = str(values[name]).replace(",", ".")
        try:
            day, at = day_and_time(str(values["day"]))
            values["day"] = iso_day(day, order, "day")
        except UnreadableError as error:
            yield LineRemark(line, str(error))
            continue
        if at and not values.get("time"):
            values["time"] = at
        yield _entry(line, values, order, moment)


def _entry(
    line: int, values: dict[str, object], order: str | None, moment: Moment
) -> EntryRow | LineRemark:
    """Return the entry of a row; what was typed into it may be as other programs write it."""
    read = row(line, values, moment)
    if isinstance(read, EntryRow):
        return read._replace(typed=True)
    read = row(line, _typed_row(values, order, moment), moment)
    if isinstance(read, LineRemark):
        return read
    if read.uid_made:  # of what is written, the same in any place
        read = with_made_uid(read, values)
    return read._replace(typed=True)


def _typed_row(values: Mapping[str, object], order: str | None, moment: Moment) -> dict[str, Any]:
    """Return the values of a row with times, amounts and figures such as ``8:30 PM`` and ``<1``.

    What cannot be read stays as it is.
    """
    typed: dict[str, Any] = dict(values)
    text = str(values.get("time") or "")
    if text and not is_local_time(text):
        with suppress(UnreadableError):
            day, offset = iso_day(str(values["day"]), order, "day"), written_offset(text)
            eaten = moment_of_eating(day, clock_time(text, order, "time"), offset, moment)
            typed["time"] = eaten.isoformat("T", "minutes")
            if offset in ("Z", "z"):
                typed["day"] = eaten.date().isoformat()
    if (text := str(values.get("supplement") or "").lower()) in YES_OR_NO:
        typed["supplement"] = YES_OR_NO[text]
    text = str(values.get("amount") or "")
    if not is_number(text):
        with suppress(UnreadableError):
            eaten_amount = serving(f"{text} {values.get('measure') or ''}".strip())
            if eaten_amount.amount is not None:
                typed |= {"amount": eaten_amount.amount, "measure": eaten_amount.measure}
                typed["grams"] = values.get("grams") or eaten_amount.grams
    for column, nutrient in BY_COLUMN.items():
        text = str(values.get(column) or "")
        if text and not is_number(text):
            with suppress(UnreadableError):
                typed[column] = nutrient_figure(
                    text, column, decimal_comma=False, factor=1.0, nutrient=nutrient
                )
    spread_ranges(typed)
    return typed


def _names(header: list[str]) -> list[str]:
    """Return the names of the columns, each of which must be one of DATED, and there once."""
    names = [name.casefold() for name in header]
    if len(names) == 1 and any(sign in names[0] for sign in ";\t"):
        raise UnreadableError(
            "the columns are not separated by commas: save it as CSV with commas."
        )
    if unknown := unknown_names(names, DATED):
        raise UnreadableError(
            f"unknown columns: {unknown}. Known are {', '.join(FIELDS)}, calcium_mg,"
            " calcium_mg_low, calcium_mg_high and the like for each nutrient."
        )
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise UnreadableError(f"the column {twice[0]} is there twice.")
    if missing := [name for name in ("day", "food") if name not in names]:
        raise UnreadableError(f"the column {' and '.join(missing)} is missing from the first line.")
    return names


def read_jsonl(lines: Iterable[str], moment: Moment) -> Iterator[ImportRow]:
    """Yield entries and day marks, and remarks on bad lines. Raises UnreadableError."""
    moment = moment._replace(ahead=True)
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    for count, (number, line) in enumerate(numbered):
        try:
            value = json_value(line)
            if not isinstance(value, dict):
                raise UnreadableError(f'"{shown(line.strip())}" is not a JSON object')
        except UnreadableError as error:
            if not count:
                raise UnreadableError(f"line {number}: {error}.") from None
            yield LineRemark(number, str(error))
            continue
        if count or not _is_header(value):
            yield _read_object(number, value, moment)


def _is_header(value: Mapping[str, object]) -> bool:
    """Whether the first object is a header and no entry. Raises UnreadableError for another's."""
    if "schema" in value and value["schema"] != SCHEMA:
        schema = shown(str(value["schema"]))
        raise UnreadableError(f'this k2log reads "{SCHEMA}", the file is "{schema}".')
    return "schema" in value


def _read_object(line: int, value: Mapping[str, object], moment: Moment) -> ImportRow:
    if is_definition(value):
        return definition(line, value)
    is_mark = "mark" in value
    if unknown := unknown_names(value, MARK_KEYS if is_mark else _ENTRY_KEYS):
        return LineRemark(line, f"unknown keys: {unknown}")
    return mark(line, value, moment) if is_mark else row(line, value, moment)
