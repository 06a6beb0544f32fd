"""What each column of a diary may hold, in one table, and what holds something else.

SQLite lets other programs put text into a column of numbers. Where that happened, k2log would count
it as zero or fail. So each table has an index of the rows that hold what they may not: SQLite keeps
it up to date whoever writes, it is empty in a sound diary, and a glance at it when the diary is
opened checks every cell there is, however long the diary.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final, NoReturn

from k2log.diary.entry import FIGURES
from k2log.errors import DiaryError
from k2log.named_tuple import NamedTuple
from k2log.paths import StrPath
from k2log.store.file import as_text
from k2log.store.schema import WRONG
from k2log.text import shown

_TEXT: Final = "typeof({0}) <> 'text'"
_NUMBER: Final = "typeof({0}) NOT IN ('integer', 'real') OR {0} NOT BETWEEN 0 AND 1e12"
_WHOLE: Final = "typeof({0}) <> 'integer'"
_FLAG: Final = "typeof({0}) <> 'integer' OR {0} NOT IN (0, 1)"
# Without the '+0 days' some versions of SQLite give 30 February back as it came.
_DATE: Final = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_CLOCK: Final = "[0-2][0-9]:[0-5][0-9]"
_DAY: Final = (
    f"typeof({{0}}) <> 'text' OR {{0}} NOT GLOB '{_DATE}' OR date({{0}}, '+0 days') IS NOT {{0}}"
    " OR {0} NOT BETWEEN '1900-01-01' AND '8999-12-31'"
)
_UTC: Final = (
    f"typeof({{0}}) <> 'text' OR {{0}} NOT GLOB '{_DATE}T{_CLOCK}:[0-5][0-9]Z'"
    " OR date(substr({0}, 1, 10), '+0 days') IS NOT substr({0}, 1, 10) OR substr({0}, 12, 2) > '23'"
)
_LOCAL: Final = (
    f"typeof({{0}}) <> 'text' OR NOT ({{0}} GLOB '{_DATE}T{_CLOCK}[-+]{_CLOCK}*'"
    f" AND substr({{0}}, 18, 2) < '24' OR {{0}} GLOB '{_DATE}T{_CLOCK}:[0-5][0-9][-+]{_CLOCK}*'"
    " AND substr({0}, 21, 2) < '24')"
    " OR date(substr({0}, 1, 10), '+0 days') IS NOT substr({0}, 1, 10) OR substr({0}, 12, 2) > '23'"
    " OR substr({0}, 1, 10) NOT BETWEEN '1900-01-01' AND '8999-12-31' OR length({0}) > 28"
)
_OBJECT: Final = "typeof({0}) <> 'text' OR {0} NOT GLOB '{{*}}'"
_LIST: Final = "typeof({0}) <> 'text' OR {0} NOT GLOB '[[]*]'"
# An index may not ask SQLite whether a text is JSON: what else is wrong with it, its reader says.


def _or_null(condition: str) -> str:
    return f"{{0}} IS NOT NULL AND ({condition})"


_MAY_TEXT, _MAY_NUMBER, _MAY_UTC = map(_or_null, (_TEXT, _NUMBER, _UTC))

CELLS: Final[Mapping[str, Mapping[str, str]]] = {
    "entries": {
        "uid": f"{_TEXT} OR {{0}} = ''",
        "day": _DAY,
        "time": _or_null(_LOCAL),
        "meal": _MAY_TEXT,
        "food": _TEXT,
        "food_key": _MAY_TEXT,
        "amount": _MAY_NUMBER,
        "measure": _MAY_TEXT,
        "grams": _MAY_NUMBER,
        "supplement": _FLAG,
        "every_days": f"{_WHOLE} OR {{0}} NOT BETWEEN 1 AND 366",
        "note": _MAY_TEXT,
        "created": _UTC,
        "changed": _UTC,
        "removed": _MAY_UTC,
        "working": _OBJECT,
        **dict.fromkeys(FIGURES, _MAY_NUMBER),
    },
    "days": {
        "day": _DAY,
        "status": f"{_TEXT} OR {{0}} NOT IN ('complete', 'incomplete', 'skipped')",
        "changed": _UTC,
    },
    "settings": {"key": _TEXT, "value": _TEXT, "changed": _MAY_UTC},
    "sources": dict.fromkeys(("key", "citation", "year", "address", "note"), _TEXT),
    "foods": {
        **dict.fromkeys(("key", "name", "origin", "unit", "note", "digest"), _TEXT),
        "kind": f"{_TEXT} OR {{0}} NOT IN ('food', 'supplement')",
        "per": f"{_NUMBER} OR {{0}} = 0",
        **dict.fromkeys(("serving_amount", "density", "salt_fraction"), _MAY_NUMBER),
        **dict.fromkeys(("liquid", "announce"), _FLAG),
        **dict.fromkeys(
            ("piece", "serving_measure", "active", "salt", "salt_source", "region", "retired"),
            _MAY_TEXT,
        ),
        "changed": _MAY_UTC,
    },
    "food_names": {
        "position": _WHOLE,
        "name": f"{_TEXT} OR {{0}} = ''",
        "name_key": _TEXT,
        "own": _FLAG,
    },
    "portions": {"measure": _TEXT, "quantity": f"{_NUMBER} OR {{0}} = 0"},
    "figures": {
        **dict.fromkeys(("nutrient", "basis", "source", "note"), _TEXT),
        **dict.fromkeys(("best", "low", "high"), _MAY_NUMBER),
    },
    "recipes": {
        "serves": f"{_NUMBER} OR {{0}} = 0",
        "yield_grams": _or_null(f"{_NUMBER} OR {{0}} = 0"),
        "items": _LIST,
    },
    "changes": {"at": _UTC, "command": _TEXT},
    "change_rows": {
        "table_name": f"{_TEXT} OR {{0}} NOT IN ('entries', 'foods', 'days', 'settings')",
        "first_id": _WHOLE,
        "last_id": _WHOLE,
        "before": _or_null(_OBJECT),
    },
}
"""Of each column, an SQL condition on it, ``{0}``, under which it holds what it may not."""

_DEEPER: Final = {
    ("entries", "working"): "NOT json_valid({0})",
    ("recipes", "items"): "NOT json_valid({0})",
    ("change_rows", "before"): "{0} IS NOT NULL AND NOT json_valid({0})",
}
"""What only a full look can ask, besides."""

_KEYS: Final[Mapping[str, str]] = {
    "entries": "id", "days": "day", "settings": "key", "sources": "key", "foods": "id",
    "food_names": "id", "portions": "food_id", "figures": "food_id", "recipes": "food_id",
    "changes": "id", "change_rows": "change_id",
}  # fmt: skip
"""What tells the rows of each table apart for people."""

_ROWS: Final[Mapping[str, str]] = {
    "entries": "entry {}", "days": "the mark of {}", "settings": "the setting {}",
    "sources": "the source {}", "foods": "food {}", "food_names": "name {} of a food",
    "portions": "a measure of food {}", "figures": "a figure of food {}",
    "recipes": "the recipe of food {}", "changes": "change {}", "change_rows": "change {}",
}  # fmt: skip


class WrongCell(NamedTuple):
    """A cell that holds what its column may not: where, and what, as text."""

    table: str
    key: object
    column: str
    value: str

    def __str__(self) -> str:
        """Say so in words."""
        row = _ROWS[self.table].format(shown(str(self.key)))
        return f"{row} has a wrong value as {self.column.replace('_', ' ')}: {self.value}"


class WrongCellError(DiaryError):
    """A diary in which another program left what k2log cannot read."""

    def __init__(self, cell: WrongCell) -> None:
        """Take the first such cell."""
        super().__init__(f"{cell}. Another program wrote it. To mend it: k2log doctor --fix")


def refuse_wrong_cells(db: sqlite3.Connection, path: StrPath | None) -> NoReturn:
    """Raise WrongCellError for the first of them."""
    for cell in wrong_cells(db, most=1):
        raise WrongCellError(cell)
    raise DiaryError(f"{path} has an index that does not fit its rows. See: k2log doctor")


def index_name(table: str) -> str:
    """Return the name of the index of a table's wrong rows."""
    return f"{table}{WRONG}"


def _condition(db: sqlite3.Connection, table: str) -> str:
    """Return what is wrong with a row of a table, of the columns that its schema has."""
    there = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
    conditions = (wrong.format(name) for name, wrong in CELLS[table].items() if name in there)
    return " OR ".join(f"({condition})" for condition in conditions)


def make_indexes(db: sqlite3.Connection) -> None:
    """Create anew the indexes of wrong rows that are not as this k2log wants them."""
    for table, key in _KEYS.items():
        name = index_name(table)
        statement = f"CREATE INDEX {name} ON {table} ({key}) WHERE {_condition(db, table)}"
        stored = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
        if stored != (statement,):
            db.execute(f"DROP INDEX IF EXISTS {name}")
            db.execute(statement)


def wrong_cell(table: str, column: str) -> str:
    """Return an SQL condition: whether the cell holds what it may not, fully looked at."""
    wrong = [CELLS[table][column], _DEEPER.get((table, column), "0")]
    if "'text'" in wrong[0]:
        wrong.append("not_utf8(CAST({0} AS BLOB))")
    return f"({' OR '.join(wrong)})".format(column)


def wrong_cells(db: sqlite3.Connection, most: int = -1) -> Iterator[WrongCell]:
    """Yield the cells that hold what they may not, of all tables, read without the indexes."""
    db.create_function("not_utf8", 1, _not_utf8, deterministic=True)
    db.text_factory = as_text
    return chain.from_iterable(_wrong_in(db, table, most) for table in CELLS)


def _not_utf8(stored: object) -> bool:
    try:
        return isinstance(stored, bytes) and stored.decode() is None
    except UnicodeDecodeError:
        return True


def _wrong_in(db: sqlite3.Connection, table: str, most: int) -> Iterator[WrongCell]:
    columns = {name: wrong_cell(table, name) for name in CELLS[table]}
    places = ", ".join(f"({wrong})" for wrong in columns.values())
    values = ", ".join(f"substr(quote({name}), 1, 40)" for name in columns)
    rows = db.execute(
        f"SELECT {_KEYS[table]}, {places}, {values} FROM {table} NOT INDEXED"
        f" WHERE {' OR '.join(columns.values())} LIMIT {int(most)}"
    )
    size = len(columns)
    for key, *cells in rows:
        for name, wrong, value in zip(columns, cells[:size], cells[size:], strict=True):
            if wrong:
                yield WrongCell(table, key, name, shown(value))
