"""Entries as CSV: one row each, the columns of ``stored.COLUMNS``, UTF-8, LF ends a line.

Empty is unknown. A text that a spreadsheet would take for a formula gets a leading ``'``, which is
taken off when it is read. Removals and day marks have no place here: see ``own_jsonl``.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import call
from typing import Any, Final

from k2log.diary.entry import COLUMNS, FIELDS
from k2log.errors import UnreadableError
from k2log.features.exchange.incoming import Moment, Remark, Row
from k2log.features.exchange.rows import row, unknown_names
from k2log.files import LONGEST_LINE

_NEEDED: Final = ("day", "food")
_FORMULA: Final = tuple("=+-@＝＋－＠'\t\r")  # a Japanese spreadsheet takes wide signs, too
_TEXTS: Final = frozenset({"uid", "meal", "food", "food_key", "measure", "note"})


def csv_lines(entries: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the header, then a line for each entry, of which the values for COLUMNS are given."""
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow(COLUMNS)
    for values in entries:
        yield writer.writerow(map(call, _CELLS, values))


class _Line:
    """What a CSV writer writes to, to return the line."""

    def write(self, line: str) -> str:
        return line


def _cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else str(value).removesuffix(".0")


def _working(text: str) -> str:
    return "" if text == "{}" else text


_figure = lru_cache(maxsize=4096)(_cell)
_CELLS: Final = [
    _working if column == "working" else _cell if column in FIELDS else _figure
    for column in COLUMNS
]


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """Return the text that was guarded; an apostrophe before anything else stays."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def read_csv(lines: Iterable[str], moment: Moment) -> Iterator[Row | Remark]:
    """Yield the entries of a CSV file, and remarks on its bad rows. Raises UnreadableError."""
    found = records(lines)
    _, header = next(found, (0, []))
    names = _names(header)
    for line, cells in found:
        if len(cells) != len(names):
            yield Remark(line, f"{len(cells)} columns, but the header has {len(names)}")
        else:
            yield row(line, _values(names, cells), moment)


def _values(names: list[str], cells: list[str]) -> dict[str, object]:
    values: dict[str, object] = dict(zip(names, cells, strict=True))
    for name in _TEXTS.intersection(values):
        values[name] = unguarded(str(values[name]))
    return values


def _names(header: list[str]) -> list[str]:
    names = [name.casefold() for name in header]
    if len(names) == 1 and any(sign in names[0] for sign in ";\t"):
        raise UnreadableError(
            "the columns are not separated by commas: save it as CSV with commas."
        )
    if unknown := unknown_names(tuple(names), COLUMNS):
        raise UnreadableError(
            f"unknown columns: {unknown}. Known are {', '.join(FIELDS)}, calcium_mg,"
            " calcium_mg_low, calcium_mg_high and the like for each nutrient."
        )
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise UnreadableError(f"the column {twice[0]} is there twice.")
    if missing := [name for name in _NEEDED if name not in names]:
        raise UnreadableError(f"the column {' and '.join(missing)} is missing from the first line.")
    return names


class _Feed:
    """Lines for a CSV reader, up to the longest record that makes sense."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.begin = 1
        self.number = 0
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.number += 1
        self.length += len(line)
        if self.length > LONGEST_LINE:
            raise UnreadableError(f"line {self.begin}: this row never ends; is a quote missing?")
        return line

    def next_record(self) -> None:
        self.begin, self.length = self.number + 1, 0


def records(lines: Iterable[str], separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with its first line's number. Raises UnreadableError."""
    feed = _Feed(lines)
    try:
        for record in csv.reader(feed, delimiter=separator, strict=True):
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield feed.begin, cells
            feed.next_record()
    except csv.Error as error:
        raise UnreadableError(f"line {feed.begin} is not readable as CSV: {error}.") from None
