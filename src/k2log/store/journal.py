"""The undo journal: what each change inserted (an id range) or edited (its before-image).

A change is written in the same transaction as what it did. Undone inserts are marked as removed,
so ids are never used twice. Day marks have no id: their place is the day's ordinal number.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

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
    db.execute(
        "INSERT INTO change_rows (change_id, position, table_name, first_id, last_id)"
        " VALUES (?, (SELECT count(*) FROM change_rows WHERE change_id = ?), ?, ?, ?)",
        (change, change, table, first, last),
    )


def edited(
    db: sqlite3.Connection, change: int, table: str, ids: Sequence[int], columns: Sequence[str]
) -> None:
    """Record what these columns hold before a change edits them."""
    pairs = ", ".join(f"'{column}', {table}.{column}" for column in columns)
    db.execute(
        "INSERT INTO change_rows (change_id, position, table_name, first_id, last_id, before)"
        " SELECT ?, (SELECT count(*) FROM change_rows WHERE change_id = ?) + wanted.key, ?,"
        f" {table}.id, {table}.id, json_object({pairs})"
        f" FROM json_each(?) AS wanted JOIN {table} ON {table}.id = wanted.value",
        (change, change, table, json.dumps(list(ids))),
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
    values = {"removed": at} if before is None else json.loads(before)
    values["changed"] = at
    settings = ", ".join(f"{column} = ?" for column in values)
    cursor = db.execute(
        f"UPDATE {table} SET {settings} WHERE id BETWEEN ? AND ?", (*values.values(), first, last)
    )
    return cursor.rowcount


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
