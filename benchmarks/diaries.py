"""Diaries of any size: k2log logs a few meals, SQLite copies them over the years."""

import shlex
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from benchmarks.environment import Installed, child
from benchmarks.meals import MEALS

PER_DAY: Final = 22
"""So that a million entries begin after 1900, the earliest day that k2log reads."""
_FRESH: Final = ("id", "uid", "day", "time")
_NAME: Final = "diary.db"


def make(installed: Installed, home: Path, entries: int) -> Path:
    """Return the diary of so many entries that k2log uses in this home; made if it is not there."""
    found = find(home)
    if found:
        return found
    home.mkdir(parents=True)
    _log_meals(installed, home)
    diary = next(home.rglob(_NAME))
    with closing(sqlite3.connect(diary, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        _fill(db, entries)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    return diary


def find(home: Path) -> Path | None:
    """Return the diary of this home, if there is one."""
    return next(home.rglob(_NAME), None)


def _log_meals(installed: Installed, home: Path) -> None:
    for options, items in MEALS:
        command = [str(installed.k2log), "add", items, "--on", "-1", "--yes", *shlex.split(options)]
        subprocess.run(command, env=child(home), stdout=subprocess.DEVNULL, check=True)
    routine = [installed.k2log, "routine", "add", "morning", "d3 1000IU", "mk7 45mcg"]
    subprocess.run(routine, env=child(home), stdout=subprocess.DEVNULL, check=True)


def _fill(db: sqlite3.Connection, entries: int) -> None:
    """Move what was logged to the first day, and fill the days since then with copies of it."""
    (logged,) = db.execute("SELECT count(*) FROM entries").fetchone()
    first = date.today() - timedelta(days=(entries - logged - 1) // PER_DAY)
    copies = _copy(db, entries - logged)
    db.execute(
        "UPDATE entries SET day = :first, time = :first || substr(time, 11) WHERE id <= :logged",
        {"first": first.isoformat(), "logged": logged},
    )
    _journal(db, copies)


def _copy(db: sqlite3.Connection, copies: int) -> tuple[int, int]:
    """Insert copies, the last ones today; return their first and last id."""
    columns = [row[1] for row in db.execute("PRAGMA table_info (entries)") if row[1] not in _FRESH]
    names = ", ".join(columns)
    meals = db.execute(f"SELECT id, substr(time, 11), {names} FROM entries ORDER BY id").fetchall()
    first = meals[-1][0] + 1
    db.executemany(
        f"INSERT INTO entries (id, uid, day, time, {names})"
        f" VALUES (?, ?, ?, ?{', ?' * len(columns)})",
        (_row(first + number, number, copies, meals) for number in range(copies)),
    )
    return first, first + copies - 1


def _row(id_: int, number: int, copies: int, meals: list[tuple[object, ...]]) -> tuple[object, ...]:
    """Return one copy: a meal chosen the same way in every run, with a uid that sorts by time.

    Those of today have no time, for it may be yet to come.
    """
    ago = (copies - 1 - number) // PER_DAY
    day = (date.today() - timedelta(days=ago)).isoformat()
    _, clock, *rest = meals[(number * 48_271 + number // PER_DAY * 31) % len(meals)]
    mixed = number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFF
    uid = f"{number >> 16:08x}-{number & 0xFFFF:04x}-7000-8000-{mixed:012x}"
    return (id_, uid, day, f"{day}{clock}" if clock and ago else None, *rest)


def _journal(db: sqlite3.Connection, copies: tuple[int, int]) -> None:
    """Write the copies down as one change, so that ``k2log undo`` still knows every entry."""
    change = db.execute(
        "INSERT INTO changes (at, command) SELECT max(created), 'benchmark' FROM entries"
    ).lastrowid
    db.execute(
        "INSERT INTO change_rows (change_id, position, table_name, first_id, last_id)"
        " VALUES (?, 0, 'entries', ?, ?)",
        (change, *copies),
    )


def make_floor(path: Path, entries: int) -> Path:
    """Return the SQLite file of the floors: one small table, a row per entry, WAL like a diary."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(
            "CREATE TABLE entries (id INTEGER PRIMARY KEY, day TEXT, food TEXT,"
            " calcium_mg REAL, vitamin_d3_ug REAL, vitamin_k2_ug REAL)"
        )
        db.execute("CREATE INDEX entries_day ON entries (day)")
        days = (date.today() - timedelta(days=number // PER_DAY) for number in range(entries))
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO entries (day, food, calcium_mg, vitamin_d3_ug, vitamin_k2_ug)"
            " VALUES (?, 'food', 35, 0.5, 12)",
            ((day.isoformat(),) for day in days),
        )
        db.execute("COMMIT")
    return path
