"""What the user says of days: complete, incomplete or skipped."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, new_change


def mark_days(
    diary: Diary, days: Sequence[date], status: str | None, command: str, at: str
) -> list[date]:
    """Mark days, or with None take their marks away, as one change; return those it changed."""
    with diary.writing() as db:
        held = _marks(db, days)
        changed = [day for day in days if held.get(day, (None,))[0] != status]
        if not changed:
            return []
        add_rows(db, new_change(db, command, at), (_image(day, held.get(day)) for day in changed))
        texts = json.dumps([day.isoformat() for day in changed])
        db.execute("DELETE FROM days WHERE day IN (SELECT value FROM json_each(?))", (texts,))
        if status is not None:
            db.execute(
                "INSERT INTO days (day, status, changed) SELECT value, ?, ? FROM json_each(?)",
                (status, at, texts),
            )
    return changed


def _marks(db: sqlite3.Connection, days: Sequence[date]) -> dict[date, tuple[str, str]]:
    rows = db.execute(
        "SELECT day, status, changed FROM days WHERE day IN (SELECT value FROM json_each(?))",
        (json.dumps([day.isoformat() for day in days]),),
    )
    return {date.fromisoformat(day): (status, changed) for day, status, changed in rows}


def _image(day: date, held: tuple[str, str] | None) -> Image:
    place = day.toordinal()
    before = json.dumps({"status": held[0], "changed": held[1]}) if held else None
    return Image("days", place, place, before)
