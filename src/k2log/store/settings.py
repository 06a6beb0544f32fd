"""The user's settings, each change undoable."""

import json
import sqlite3

from k2log.store.diary import Diary
from k2log.store.journal import add_rows, new_change


def change_setting(diary: Diary, name: str, value: str | None, command: str, at: str) -> None:
    """Set or, with None, unset one setting."""
    with diary.writing() as db:
        row = db.execute("SELECT value FROM settings WHERE key = ?", (name,)).fetchone()
        before = json.dumps({"key": name, "value": row[0] if row else None})
        add_rows(db, new_change(db, command, at), [("settings", 0, 0, before)])
        put_setting(db, name, value)


def put_setting(db: sqlite3.Connection, key: str, value: str | None) -> None:
    """Write one setting; None takes it away."""
    db.execute("DELETE FROM settings WHERE key = ?", (key,))
    if value is not None:
        db.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, value))
