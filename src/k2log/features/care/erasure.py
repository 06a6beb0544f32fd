"""Erase entries for good: rows, what undo kept of them, and the bytes they lay in.

A change that touched what is forgotten goes whole, with the words that were typed; so do the undo
and redo of it, which touched the same. Nothing here can be undone.
"""

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from k2log.errors import DiaryError, K2logError
from k2log.files import leftovers, remove_database, remove_leftovers
from k2log.named_tuple import NamedTuple
from k2log.store.backup import backup_files, backups_folder, diaries_aside
from k2log.store.diary import Diary
from k2log.store.file import BUSY_SECONDS, look, read_only

_TOUCHED: Final = """
SELECT change_id FROM change_rows
WHERE table_name = 'days' AND first_id < :place OR table_name = 'entries' AND EXISTS (
  SELECT 1 FROM entries WHERE id BETWEEN first_id AND last_id AND day < :day
)
"""
_COUNTS: Final = f"""
SELECT
  (SELECT count(*) FROM entries WHERE day < :day AND removed IS NULL),
  (SELECT count(*) FROM entries WHERE day < :day AND removed IS NOT NULL),
  (SELECT count(*) FROM days WHERE day < :day),
  (SELECT count(DISTINCT change_id) FROM ({_TOUCHED})),
  (
    SELECT count(*) FROM entries
    WHERE day < :day AND removed IS NULL AND every_days > 1
      AND date(day, '+' || (every_days - 1) || ' days') >= :day
  )
"""
_ERASE: Final = (
    f"DELETE FROM changes WHERE id IN ({_TOUCHED})",
    "DELETE FROM entries WHERE day < :day",
    "DELETE FROM days WHERE day < :day",
)
_EVERYTHING: Final = (
    "DELETE FROM changes",
    "DELETE FROM entries",
    "DELETE FROM days",
    "DELETE FROM food_names WHERE own",
    "DELETE FROM foods WHERE origin IN ('user', 'catalogue')",
    "DELETE FROM settings",
    "INSERT INTO food_names_fts (food_names_fts) VALUES ('rebuild')",  # it keeps words otherwise
)
_OWN: Final = """
SELECT (SELECT count(*) FROM foods WHERE origin = 'user'),
  (SELECT count(*) FROM food_names JOIN foods ON foods.id = food_id WHERE own AND origin <> 'user'),
  (SELECT count(*) FROM settings),
  (SELECT count(*) FROM changes)
"""
_ANY: Final = """
SELECT EXISTS (SELECT 1 FROM entries WHERE day < :day UNION ALL SELECT 1 FROM days WHERE day < :day)
"""
_EVER: Final = "9999-12-32"


class Erasure(NamedTuple):
    """How much of each kind forgetting would erase; ``changes`` are records that undo needs.

    ``lasting`` are those entries whose doses still count for later days. Foods, names and settings
    of one's own go only where everything goes.
    """

    entries: int
    removed: int
    marks: int
    changes: int
    lasting: int
    foods: int = 0
    names: int = 0
    settings: int = 0


class BytesLeftError(K2logError):
    """Old bytes that could not be overwritten, for one because another program reads the diary."""

    def __init__(self, why: str) -> None:
        """Take the reason; say what is done, and what is not."""
        super().__init__(
            f"the entries are gone, but old bytes of them are still in the file ({why}). Then"
            " forget once more."
        )


def erasure(diary: Diary, before: date | None) -> Erasure:
    """Return what forgetting all before a day would erase; with None everything."""
    entries, removed, marks, changes, lasting = diary.db.execute(_COUNTS, _place(before)).fetchone()
    if before:
        return Erasure(entries, removed, marks, changes, lasting)
    foods, names, settings, changes = diary.db.execute(_OWN).fetchone()
    return Erasure(entries, removed, marks, changes, 0, foods, names, settings)


def forget(diary: Diary, before: date | None) -> None:
    """Erase all before a day, with None everything, from the file and its log.

    Raises BytesLeftError.
    """
    diary.db.execute("PRAGMA secure_delete = ON")
    with diary.writing() as db:
        for statement in _ERASE if before else _EVERYTHING:
            db.execute(statement, _place(before) if before else {})
    diary.db.execute("PRAGMA temp_store = MEMORY")  # VACUUM would copy all to /var/tmp
    try:
        diary.db.execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise BytesLeftError(str(error)) from None
    deadline = time.monotonic() + BUSY_SECONDS
    while diary.db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()[0]:
        if time.monotonic() > deadline:
            raise BytesLeftError("close the other program that has the diary open")
        time.sleep(0.05)


def _place(before: date | None) -> Mapping[str, object]:
    """Return the parameters that stand for a day, None for the end of time.

    Entries have a day as text, the journal has marks of days by the day's ordinal number.
    """
    if before is None:
        return {"day": _EVER, "place": date.max.toordinal() + 1}
    return {"day": before.isoformat(), "place": before.toordinal()}


def holding(path: Path, before: date | None) -> list[Path]:
    """Return the backups, and diaries set aside, that hold such entries or cannot be read.

    What a program that was killed left unfinished counts as well. Raises AtWorkError.
    """
    path = Path(os.path.realpath(path))
    holders = []
    for backup in (file.path for file in backup_files(path)):
        try:
            look(backup)
            with read_only(backup) as db:
                if before is None or db.execute(_ANY, _place(before)).fetchone()[0]:
                    holders.append(backup)
        except (DiaryError, sqlite3.DatabaseError):
            holders.append(backup)
    for folder in (path.parent, backups_folder(path)):
        with leftovers(folder, BUSY_SECONDS) as parts:
            holders += parts
    return holders + diaries_aside(path)


def delete(path: Path, holders: Sequence[Path]) -> None:
    """Delete such files of a diary. Raises AtWorkError."""
    path = Path(os.path.realpath(path))
    for folder in (path.parent, backups_folder(path)):
        remove_leftovers(folder, BUSY_SECONDS)
    for file in holders:
        remove_database(file)
