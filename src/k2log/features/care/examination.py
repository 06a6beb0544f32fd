"""Whether the diary is well: its file, what is in it, and what lies around it."""

import json
import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from k2log import clock
from k2log.config import DOCUMENTS, SETTINGS
from k2log.errors import K2logError
from k2log.features.care.salvage import TORN, is_torn, salvaging
from k2log.features.care.sync_copies import sync_copies
from k2log.files import AtWorkError, leftovers, remove_leftovers
from k2log.food.food import EDITION
from k2log.named_tuple import NamedTuple
from k2log.paths import data_folder
from k2log.store.backup import back_up, backup_files, backups_folder, diaries_aside
from k2log.store.cells import wrong_cells
from k2log.store.documents import READERS
from k2log.store.file import (
    as_damage,
    connect,
    contents,
    distrust,
    fault,
    read_only,
    sound_contents,
)
from k2log.store.food_table import attach
from k2log.store.food_table import fault as fault_of_foods
from k2log.store.mending import mend_cells
from k2log.store.schema import SCHEMA, definitions
from k2log.store.undo import columns_written
from k2log.store.upgrade import foreign
from k2log.text import count, megabytes, pasted

Level = Literal["ok", "note", "problem"]

_OLD_BACKUP: Final = timedelta(days=30)
_MOST_CELLS: Final = 20
_LARGE_LOG_BYTES: Final = 16_000_000
_SPARE_BYTES: Final = 50_000_000
_FIX: Final = "k2log doctor --fix"
_LOST_ROWS: Final = """
SELECT count(*) FROM change_rows
WHERE table_name IN ('entries', 'foods') AND NOT CASE table_name
  WHEN 'entries' THEN EXISTS (SELECT 1 FROM entries WHERE id BETWEEN first_id AND last_id)
  ELSE EXISTS (SELECT 1 FROM foods WHERE id BETWEEN first_id AND last_id)
END
"""
_WRITTEN: Final = {
    table: ", ".join(f"'{column}'" for column in sorted(columns_written(table)))
    for table in ("entries", "foods")
}
_WRONG_IMAGES: Final = f"""
SELECT change_id, position FROM change_rows
WHERE table_name = 'settings' AND before IS NULL
  OR table_name IN ('entries', 'foods') AND json_valid(before)
  AND json_extract(before, '$.food') IS NULL AND (before = '{{}}' OR EXISTS (
    SELECT 1 FROM json_each(before) WHERE CASE table_name
      WHEN 'entries' THEN key NOT IN ({_WRITTEN["entries"]})
      ELSE key NOT IN ({_WRITTEN["foods"]})
    END
  ))
"""
"""What undo would write back into columns that there are not."""

_UNKNOWN_FOODS: Final = """
SELECT count(*) FROM entries
WHERE removed IS NULL AND food_key IS NOT NULL AND food_key NOT IN (
  SELECT key FROM main.foods WHERE origin <> 'catalogue' UNION SELECT key FROM package.foods
)
"""
_TO_COME: Final = """
SELECT (SELECT count(*) FROM days WHERE day > :today),
  (SELECT count(*) FROM entries WHERE removed IS NULL AND day > :today)
"""
_CHECK_INDEX: Final = """
INSERT INTO food_names_fts (food_names_fts, rank) VALUES ('integrity-check', 1)
"""
_REBUILD_INDEX: Final = "INSERT INTO food_names_fts (food_names_fts) VALUES ('rebuild')"


class CheckResult(NamedTuple):
    """One thing that was looked at: how bad it is, what was found, a command that mends it."""

    id: str
    level: Level
    said: str
    mend: str = ""


def examine(path: Path, now: datetime) -> list[CheckResult]:
    """Return all that was looked at of a diary that is there, nothing changed.

    Raises DiaryError where the file is not ours or newer.
    """
    path = Path(os.path.realpath(path))
    return [*_inside(path, now), *_around(path, now)]


def mend(path: Path, findings: list[CheckResult], now: datetime) -> list[str]:
    """Mend what can be mended safely; return what was done."""
    path = Path(os.path.realpath(path))
    wrong = {finding.id for finding in findings if finding.level != "ok"}
    return [text for id_, way in _WAYS.items() if id_ in wrong for text in way(path, now)]


def _inside(path: Path, now: datetime) -> Iterator[CheckResult]:
    """Look at what is in the file; of a damaged one only at what can be read."""
    if is_torn(path):
        yield _damaged(path, TORN)
        return
    with closing(connect(path)) as db:
        distrust(db)
        try:
            yield from _inside_open(db, path, now)
        except sqlite3.DatabaseError as error:
            damage = as_damage(error, path)
            if damage is None:
                raise
            yield _damaged(path, damage.fault)


def _inside_open(db: sqlite3.Connection, path: Path, now: datetime) -> Iterator[CheckResult]:
    if problem := fault(db):
        yield _damaged(path, problem)
        return
    there = definitions(db)
    if strange := [*foreign(there)]:
        for what in strange:
            text = f"the file holds {what}, which k2log did not make and does not run"
            yield CheckResult("definitions", "problem", text, "k2log export -o entries.jsonl")
        return
    schema, entries, _, last_day = contents(db)
    last = f", the last of {last_day}" if last_day else ""
    text = f"the file is sound: {count(entries, 'entry', 'entries')}{last}"
    yield CheckResult("file", "ok", text)
    settings = dict(db.execute("SELECT key, value FROM settings"))
    if schema < SCHEMA:
        text = f"schema {schema}: brought to {SCHEMA} by the next command"
        yield CheckResult("schema", "note", text)
    else:
        yield CheckResult("schema", "ok", f"schema {schema}")
    yield _index(db)
    yield from _cells(db, schema)
    yield _journal(db)
    yield from _foods(db)
    yield from _settings(settings)
    yield _to_come(db, now)


def _damaged(path: Path, problem: str) -> CheckResult:
    """Return what is wrong with a damaged file, how much can be saved, and the way back."""
    with salvaging(path) as salvage:
        for _ in salvage.entries():
            pass
    good = next((file.path for file in backup_files(path) if _is_sound(file.path)), None)
    back = f"k2log restore {good}" if good else "there is no backup that is sound"
    if not salvage.read:
        text = f"the file is damaged ({problem}), and no entry in it can be read"
        return CheckResult("file", "problem", text, back)
    entries, lost = count(salvage.read, "entry", "entries"), count(salvage.lost, "row")
    text = f"the file is damaged ({problem}): {entries} can be read, {lost} cannot"
    return CheckResult(
        "file", "problem", text, f"k2log doctor --export FILE saves them; then: {back}"
    )


def _is_sound(backup: Path) -> bool:
    try:
        with read_only(backup) as db:
            sound_contents(db, backup)
        return True
    except (K2logError, sqlite3.DatabaseError):
        return False


def _index(db: sqlite3.Connection) -> CheckResult:
    """Ask the index whether it fits the names; SQLite takes that for writing."""
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute(_CHECK_INDEX)
    except sqlite3.OperationalError as error:
        return CheckResult("lock", "note", f"the index of food names was not checked: {error}")
    except sqlite3.DatabaseError:
        return CheckResult("index", "problem", "the index of food names is not in step", _FIX)
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    return CheckResult("index", "ok", "the index of food names is in step")


def _cells(db: sqlite3.Connection, schema: int) -> Iterator[CheckResult]:
    """Look at every cell there is; of an older schema they are looked at once it is upgraded."""
    number = 0
    for number, cell in enumerate(wrong_cells(db) if schema == SCHEMA else (), 1):
        if number <= _MOST_CELLS:
            yield CheckResult("cells", "problem", str(cell), _FIX)
    if number > _MOST_CELLS:
        text = f"and {number - _MOST_CELLS} more wrong values"
        yield CheckResult("cells", "problem", text, _FIX)
    if not number:
        yield CheckResult("cells", "ok", "every cell holds what its column may")


def _journal(db: sqlite3.Connection) -> CheckResult:
    if wrong := len(db.execute(_WRONG_IMAGES).fetchall()):
        text = f"{count(wrong, 'record')} of changes that undo cannot read"
        return CheckResult("journal", "problem", text, _FIX)
    (lost,) = db.execute(_LOST_ROWS).fetchone()
    if lost:
        text = f"{count(lost, 'record')} of changes about rows that are not there"
        return CheckResult("journal", "note", f"{text}; undo passes over them")
    return CheckResult("journal", "ok", "the rows that undo would change are all there")


def _foods(db: sqlite3.Connection) -> Iterator[CheckResult]:
    """Look at the package's foods, and whether every entry's food is there."""
    if problem := fault_of_foods():
        yield CheckResult("table", "problem", str(problem).rstrip("."))
        return
    attach(db)
    (foods,) = db.execute("SELECT count(*) FROM package.foods").fetchone()
    text = f"the package's table of foods is sound: {count(foods, 'food')}, edition {EDITION}"
    yield CheckResult("table", "ok", text)
    (unknown,) = db.execute(_UNKNOWN_FOODS).fetchone()
    if unknown:
        text = (
            f"{count(unknown, 'entry', 'entries')} of foods that k2log does not have; figures stay"
        )
        yield CheckResult("foods", "note", text)
    else:
        yield CheckResult("foods", "ok", "the food of every entry is there")


def _settings(settings: Mapping[str, str]) -> Iterator[CheckResult]:
    wrong = [key for key, value in settings.items() if not _readable(key, value)]
    for key in wrong:
        way = f"k2log config unset {key}" if key in SETTINGS else _FIX
        yield CheckResult("settings", "problem", f"the setting {key} cannot be read", way)
    if not wrong:
        yield CheckResult("settings", "ok", "every setting can be read")


def _readable(key: str, value: str) -> bool:
    try:
        if key in READERS:
            READERS[key](json.loads(value))
        elif key in SETTINGS:
            SETTINGS[key].read(value)
        return True
    except (K2logError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def _to_come(db: sqlite3.Connection, now: datetime) -> CheckResult:
    marks, entries = db.execute(_TO_COME, {"today": f"{now:%Y-%m-%d}"}).fetchone()
    if marks or entries:
        text = (
            f"{count(marks, 'day mark')} and {count(entries, 'entry', 'entries')} of days to come"
        )
        return CheckResult("days", "note", f"{text}: is the clock right?", "k2log history")
    return CheckResult("days", "ok", "nothing is of a day to come")


def _around(path: Path, now: datetime) -> Iterator[CheckResult]:
    """Look at what lies around the file: who can read it, leftovers, log, disk and backups."""
    yield from _permissions(path)
    yield _leftovers(path)
    log = Path(f"{path}-wal")
    log_bytes = log.stat().st_size if log.exists() else 0
    if log_bytes > _LARGE_LOG_BYTES:
        text = f"the log beside the diary has {megabytes(log_bytes)}"
        yield CheckResult("log", "note", text, _FIX)
    else:
        yield CheckResult("log", "ok", "the log beside the diary is small")
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    text = f"{megabytes(free)} free on the disk"
    if free < 3 * size + _SPARE_BYTES:  # a backup, and room to rewrite the diary
        yield CheckResult("space", "note", f"{text}; the diary has {megabytes(size)}")
    else:
        yield CheckResult("space", "ok", text)
    yield _backup(path, now)
    yield from _copies(path)
    yield CheckResult("sqlite", "ok", f"SQLite {sqlite3.sqlite_version}")


def _permissions(path: Path) -> Iterator[CheckResult]:
    if os.name != "posix":
        return
    readable = list(_open_to_others(path))
    for each in readable:
        text = f"{each} can be read by others (mode {_mode(each):o})"
        yield CheckResult("permissions", "problem", text, _FIX)
    for folder in (path.parent, backups_folder(path)):
        if folder.is_dir() and _mode(folder) & 0o077 and not _is_ours(folder, path):
            text = f"the folder {folder} is open to others (mode {_mode(folder):o})"
            way = f"if only you use it: chmod 700 {folder}"
            yield CheckResult("folder", "note", f"{text}; what k2log keeps in it is not", way)
    if not readable:
        yield CheckResult("permissions", "ok", "only you can read the diary and its backups")


def _open_to_others(path: Path) -> Iterator[Path]:
    """Yield what others may read and k2log made."""
    files = [Path(f"{path}{end}") for end in ("", "-wal", "-shm")]
    files += [file.path for file in backup_files(path)]
    files += diaries_aside(path)
    folders = [each for each in (backups_folder(path), path.parent) if _is_ours(each, path)]
    return (each for each in [*files, *folders] if each.exists() and _mode(each) & 0o077)


def _is_ours(folder: Path, diary: Path) -> bool:
    """Whether k2log made a folder for itself: its data folder, or one of nothing but backups.

    Others keep their permissions, which may be so for a reason.
    """
    if folder == Path(os.path.realpath(data_folder())):
        return True
    if folder != backups_folder(diary) or folder.is_symlink() or not folder.is_dir():
        return False
    return any(backup_files(diary)) and all(
        re.fullmatch(r".+-\d{8}T\d{6}Z.*|\.k2log\..+", each.name) for each in folder.iterdir()
    )


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _leftovers(path: Path) -> CheckResult:
    try:
        parts = []
        for folder in (path.parent, backups_folder(path)):
            with leftovers(folder) as these:
                parts += these
    except AtWorkError as error:
        text = f"temporary files left over were not looked for: {str(error).partition(':')[0]}"
        return CheckResult("at-work", "note", text)
    if parts:
        text = f"{count(len(parts), 'temporary file')} left over by a program that was stopped"
        return CheckResult("leftovers", "note", text, _FIX)
    return CheckResult("leftovers", "ok", "no temporary file is left over")


def _backup(path: Path, now: datetime) -> CheckResult:
    files = backup_files(path)
    if not files:
        return CheckResult("backup", "note", "there is no backup", "k2log backup")
    newest, at, *_ = files[0]
    text = f"the newest backup is of {at:%Y-%m-%d}, {newest}"
    if not _is_sound(newest):
        return CheckResult("backup", "problem", f"{text}, and it is damaged", "k2log backup")
    if at + _OLD_BACKUP < now:
        return CheckResult("backup", "note", text, "k2log backup")
    return CheckResult("backup", "ok", text)


def _copies(path: Path) -> Iterator[CheckResult]:
    for copy in sync_copies(path):
        entries = count(copy.entries, "entry", "entries")
        lacking = f"{copy.only_there} of them not in the diary" if copy.only_there else "all here"
        text = (
            f"{copy.path} is a copy of the diary, as a program that syncs folders makes it where"
            f" two machines changed it: {entries}, {lacking}"
        )
        taking = f"{pasted('k2log', '--db', str(copy.path))} export -o copy.jsonl"
        way = f"{taking}; k2log import copy.jsonl --update; then move the copy away"
        yield CheckResult("copy", "note", text, way)


def _close_to_others(path: Path, _: datetime) -> list[str]:
    closed = list(_open_to_others(path))
    for each in closed:
        each.chmod(0o700 if each.is_dir() else 0o600)
    return [f"made private: {each}" for each in closed]


def _rebuild_index(path: Path, _: datetime) -> list[str]:
    with closing(connect(path)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(_REBUILD_INDEX)
        db.execute("COMMIT")
    return ["rebuilt the index of food names"]


def _remove_leftovers(path: Path, _: datetime) -> list[str]:
    folders = (path.parent, backups_folder(path))
    removed = chain.from_iterable(map(remove_leftovers, folders))
    return [f"removed {each}" for each in removed]


def _empty_log(path: Path, _: datetime) -> list[str]:
    with closing(connect(path)) as db:
        (busy, *_rest) = db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    return [] if busy else ["emptied the log beside the diary"]


def _mend_cells(db: sqlite3.Connection, now: datetime) -> list[str]:
    """Make unknown what cannot be read, or take its row out."""
    return mend_cells(db, clock.utc(now))


def _mend_settings(db: sqlite3.Connection, _: datetime) -> list[str]:
    """Take away what commands of its own keep among the settings."""
    settings = dict(db.execute("SELECT key, value FROM settings"))
    wrong = [key for key in DOCUMENTS if key in settings and not _readable(key, settings[key])]
    db.executemany("DELETE FROM settings WHERE key = ?", [(key,) for key in wrong])
    return [f"{DOCUMENTS[key]} could not be read and was taken out: tell it anew" for key in wrong]


def _mend_journal(db: sqlite3.Connection, _: datetime) -> list[str]:
    """Take out of the journal what undo cannot read."""
    gone = db.execute(
        f"DELETE FROM change_rows WHERE (change_id, position) IN ({_WRONG_IMAGES})"
    ).rowcount
    text = f"{count(gone, 'record')} of changes taken out: undo passes over what they were about"
    return [text] if gone else []


def _backed_up(
    change: Callable[[sqlite3.Connection, datetime], list[str]],
) -> Callable[[Path, datetime], list[str]]:
    """Return a way to mend that backs the diary up and then changes what is in it."""

    def mend_inside(path: Path, now: datetime) -> list[str]:
        copy = back_up(path, now, "mending").path
        with closing(connect(path)) as db:
            done = change(db, now)
        return [*done, f"the diary as it was before is kept in {copy}"] if done else []

    return mend_inside


_WAYS: Final[Mapping[str, Callable[[Path, datetime], list[str]]]] = {
    "cells": _backed_up(_mend_cells),
    "settings": _backed_up(_mend_settings),
    "journal": _backed_up(_mend_journal),
    "permissions": _close_to_others,
    "index": _rebuild_index,
    "leftovers": _remove_leftovers,
    "log": _empty_log,
}
