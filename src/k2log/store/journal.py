"""The undo journal: what each change inserted (an id range) or edited (its before-image).

A change is written in the same transaction as what it did. A before-image is JSON; None stands for
rows that were not there. Day marks have no id: their place is the day's ordinal number; settings
have none, their before-image names them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from k2log.named_tuple import NamedTuple


class Image(NamedTuple):
    """What the rows of a table from one id to another held before a change."""

    table: str
    first: int
    last: int
    before: str | None


def new_change(db: sqlite3.Connection, command: str, at: str, undoes: int | None = None) -> int:
    """Open a change; ``command`` is what the user ran, ``at`` is UTC."""
    cursor = db.execute(
        "INSERT INTO changes (at, command, undoes) VALUES (?, ?, ?)", (at, command, undoes)
    )
    return int(cursor.lastrowid or 0)


def inserted(db: sqlite3.Connection, change: int, table: str, first: int, last: int) -> None:
    """Record rows that a change inserted, as one range of ids."""
    add_rows(db, change, [Image(table, first, last, None)])


def edited(
    db: sqlite3.Connection, change: int, table: str, ids: Sequence[int], columns: Sequence[str]
) -> None:
    """Record what these columns hold before a change edits them."""
    rows = db.execute(
        f"SELECT id, {', '.join(columns)} FROM {table}"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(ids)),),
    )
    add_rows(db, change, _images(table, columns, rows))


def images(
    db: sqlite3.Connection, table: str, first: int, last: int, columns: Sequence[str]
) -> Iterator[Image]:
    """Yield what these columns hold now, for a range of ids."""
    rows = db.execute(
        f"SELECT id, {', '.join(columns)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, last),
    )
    return _images(table, columns, rows)


def _images(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[Image]:
    """Yield one image for each run of neighbours that hold the same.

    The JSON is Python's, which keeps every digit of a number; that of SQLite may not.
    """
    runs = groupby(enumerate(rows), key=lambda placed: (placed[1][0] - placed[0], placed[1][1:]))
    for (_, values), run in runs:
        ids = [row[0] for _, row in run]
        before = json.dumps(dict(zip(columns, values, strict=True)), ensure_ascii=False)
        yield Image(table, ids[0], ids[-1], before)


def add_rows(db: sqlite3.Connection, change: int, rows: Iterable[Image]) -> None:
    """Record what rows held before, behind what the change has recorded so far."""
    db.executemany(
        "INSERT INTO change_rows (change_id, position, table_name, first_id, last_id, before)"
        " VALUES (:change,"
        " (SELECT ifnull(max(position) + 1, 0) FROM change_rows WHERE change_id = :change),"
        " :table, :first, :last, :before)",
        ({"change": change, **image._asdict()} for image in rows),
    )


def put_setting(db: sqlite3.Connection, key: str, value: str | None, changed: str | None) -> None:
    """Write one setting, None takes it away; as part of a change that the caller records.

    ``changed`` is when it was changed (UTC); None where nobody knows.
    """
    db.execute("DELETE FROM settings WHERE key = ?", (key,))
    if value is not None:
        db.execute(
            "INSERT INTO settings (key, value, changed) VALUES (?, ?, ?)", (key, value, changed)
        )
