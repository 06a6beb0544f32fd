"""What the user says of days: complete, incomplete or skipped."""

import json
from collections.abc import Sequence
from datetime import date

from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, new_change


def mark_days(
    diary: Diary, days: Sequence[date], status: str | None, command: str, at: str
) -> list[date]:
    """Mark days, or with None take their marks away, as one change; return those it changed."""
    texts = [day.isoformat() for day in days]
    with diary.writing() as db:
        rows = db.execute(
            "SELECT day, status, changed FROM days WHERE day IN (SELECT value FROM json_each(?))",
            (json.dumps(texts),),
        )
        marks = {day: {"status": mark, "changed": changed} for day, mark, changed in rows}
        changed_days = [
            day for day in days if marks.get(day.isoformat(), {}).get("status") != status
        ]
        if not changed_days:
            return []
        images = []
        for day in changed_days:
            place, mark = day.toordinal(), marks.get(day.isoformat())
            images.append(Image("days", place, place, json.dumps(mark) if mark else None))
        add_rows(db, new_change(db, command, at), images)
        changed = json.dumps([day.isoformat() for day in changed_days])
        db.execute("DELETE FROM days WHERE day IN (SELECT value FROM json_each(?))", (changed,))
        if status is not None:
            db.execute(
                "INSERT INTO days (day, status, changed) SELECT value, ?, ? FROM json_each(?)",
                (status, at, changed),
            )
    return changed_days
