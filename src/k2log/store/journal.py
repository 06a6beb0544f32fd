"""The undo journal: what each change inserted (an id range) or edited (its before-image).

A change is written in the same transaction as what it did. Undone inserts are marked as removed,
so ids are never used twice. Day marks have no id: their place is the day's ordinal number.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from k2log.store.diary import Diary


class Undone(NamedTuple):
    """A change that was taken back: its number, the command, and how many entries it touched."""

    id: int
    command: str
    at: str
    entries: int


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


def undo(diary: Diary, at: str) -> Undone | None:
    """Take back the newest change not yet undone; None if there is none."""
    with diary.writing() as db:
        newest = db.execute(
            "SELECT id, command, at FROM changes"
            " WHERE undoes IS NULL AND undone_by IS NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if newest is None:
            return None
        number, command, made = newest
        by = new_change(db, f"undo {number}", at, undoes=number)
        db.execute("UPDATE changes SET undone_by = ? WHERE id = ?", (by, number))
        rows = db.execute(
            "SELECT table_name, first_id, last_id, before FROM change_rows"
            " WHERE change_id = ? ORDER BY position DESC",
            (number,),
        )
        touched = sum(_take_back(db, at, *row) for row in rows)
    return Undone(number, command, made, touched)


def _take_back(
    db: sqlite3.Connection, at: str, table: str, first: int, last: int, before: str | None
) -> int:
    if table == "days":
        return _take_back_mark(db, date.fromordinal(first).isoformat(), before)
    if table == "foods":
        return _take_back_food(db, at, first, last, before)
    if table == "settings" and before:
        put_setting(db, **json.loads(before))
        return 0
    values = {"removed": at} if before is None else json.loads(before)
    values["changed"] = at
    settings = ", ".join(f"{column} = ?" for column in values)
    cursor = db.execute(
        f"UPDATE {table} SET {settings} WHERE id BETWEEN ? AND ?", (*values.values(), first, last)
    )
    return cursor.rowcount


def put_setting(db: sqlite3.Connection, key: str, value: str | None) -> None:
    """Write one setting; None takes it away."""
    db.execute("DELETE FROM settings WHERE key = ?", (key,))
    if value is not None:
        db.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, value))


def _take_back_food(
    db: sqlite3.Connection, at: str, first: int, last: int, before: str | None
) -> int:
    if before is None:
        db.execute("UPDATE foods SET retired = ? WHERE id BETWEEN ? AND ?", (at, first, last))
    else:
        from k2log.store.food_documents import restore_food

        restore_food(db, first, before)
    return 0


def _take_back_mark(db: sqlite3.Connection, day: str, before: str | None) -> int:
    if before is None:
        db.execute("DELETE FROM days WHERE day = ?", (day,))
    else:
        values = json.loads(before)
        db.execute(
            "UPDATE days SET status = ?, changed = ? WHERE day = ?",
            (values["status"], values["changed"], day),
        )
    return 0
