"""Take the newest change back. Inserted rows are marked as removed, so ids are never used twice."""

import json
import sqlite3
from datetime import date
from typing import NamedTuple

from k2log.store.diary import Diary
from k2log.store.food_documents import restore_food
from k2log.store.journal import new_change
from k2log.store.settings import put_setting


class Undone(NamedTuple):
    """A change that was taken back: its number, the command, and how many entries it touched."""

    id: int
    command: str
    at: str
    entries: int


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


def _take_back_food(
    db: sqlite3.Connection, at: str, first: int, last: int, before: str | None
) -> int:
    if before is None:
        db.execute("UPDATE foods SET retired = ? WHERE id BETWEEN ? AND ?", (at, first, last))
    else:
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
