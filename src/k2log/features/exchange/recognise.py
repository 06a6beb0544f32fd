"""Whose a file is: what the user says decides, else the names of its columns."""

from collections.abc import Sequence
from typing import BinaryIO, Final

from k2log.diary.entry import COLUMNS
from k2log.errors import UnreadableError
from k2log.features.exchange.columns import (
    CRONOMETER,
    MAPPED,
    MYFITNESSPAL,
    Asked,
    Format,
    NotForOwnError,
    columns_text,
    key,
)
from k2log.features.exchange.table import Table, opened_table

_BY_ORIGIN: Final = {kind.key: kind for kind in (CRONOMETER, MYFITNESSPAL, MAPPED)}
_DAILY_SUMMARY: Final = frozenset({"date", "energy (kcal)", "completed"})


class UnknownTableError(UnreadableError):
    """A table that nobody k2log knows has written."""

    def __init__(self, header: Sequence[str]) -> None:
        """Take the names of its columns."""
        super().__init__(
            f"whose file is this? Its columns are {columns_text(header)}. Say which hold what:"
            ' --from csv --map "COLUMN=day" --map "COLUMN=food" --map "COLUMN=calcium_mg" …'
        )


class DailySummaryError(UnreadableError):
    """An export of sums where one of foods is wanted."""

    def __init__(self) -> None:
        """Say which export is wanted."""
        super().__init__(
            "this is Cronometer's daily summary, without foods: export Food & Recipe Entries"
            " (servings.csv) instead."
        )


def foreign(file: BinaryIO, asked: Asked) -> tuple[Format, Table] | None:
    """Return the table of another program; None if the file is for k2log's own readers.

    Raises UnreadableError.
    """
    table = None if asked.origin == "k2log" or _is_json(file) else opened_table(file)
    kind = _kind(table.header, asked) if table else None
    file.seek(0)
    if kind and table:
        return kind, table
    if asked.origin not in (None, "k2log"):
        raise UnreadableError(f"the file holds no table, so --from {asked.origin} cannot read it.")
    if asked != Asked(asked.origin):
        raise NotForOwnError
    return None


def _is_json(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(100).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _kind(header: Sequence[str], asked: Asked) -> Format | None:
    """Return the kind of a table; None if it is our own."""
    if asked.origin:
        return _BY_ORIGIN[asked.origin]
    names = {key(column) for column in header}
    if names >= _DAILY_SUMMARY:
        raise DailySummaryError
    for kind in (CRONOMETER, MYFITNESSPAL):
        if names.issuperset(kind.needed) and (not kind.meals or "food" not in names):
            return kind
    if asked.fields:
        return MAPPED
    if "uid" in names or {"day", "food"} <= names or names <= set(COLUMNS):
        return None
    raise UnknownTableError(header)
