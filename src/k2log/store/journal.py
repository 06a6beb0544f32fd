"""The undo journal: what each change inserted (an id range) or edited (its before-image).

A change is written in the same transaction as what it did. Day marks have no id: their place is
the day's ordinal number; settings have none, their before-image names them.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any


def new_change(db: sqlite3.Connection, command: str, at: str, undoes: int | None = None) -> int:
    """Open a change; ``command`` is what the user ran, ``at`` is UTC."""
    cursor = db.execute(
        "INSERT INTO changes (at, command, undoes) VALUES (?, ?, ?)", (at, command, undoes)
    )
    return int(cursor.lastrowid or 0)


def inserted(db: sqlite3.Connection, change: int, table: str, first: int, last: int) -> None:
    """Record rows that a change inserted, as one range of ids."""
    add_rows(db, change, [(table, first, last, None)])


def edited(
    db: sqlite3.Connection, change: int, table: str, ids: Sequence[int], columns: Sequence[str]
) -> None:
    """Record what these columns hold before a change edits them."""
    pairs = ", ".join(f"'{column}', {column}" for column in columns)
    rows = db.execute(
        f"SELECT '{table}', id, id, json_object({pairs}) FROM {table}"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    add_rows(db, change, rows)


def add_rows(db: sqlite3.Connection, change: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Record (table, first id, last id, before-image or None) behind what the change has so far."""
    (position,) = db.execute(
        "SELECT count(*) FROM change_rows WHERE change_id = ?", (change,)
    ).fetchone()
    db.executemany(
        "INSERT INTO change_rows (change_id, position, table_name, first_id, last_id, before)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        ((change, at, *row) for at, row in enumerate(rows, position)),
    )
