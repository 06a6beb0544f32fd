"""An open diary: one connection, its settings, and write transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Self

from k2log.catalogue import EDITION
from k2log.config import Settings
from k2log.errors import DiaryError
from k2log.grammar.days import diary_day
from k2log.store.file import (
    SCHEMA,
    commit,
    connect,
    create_empty,
    look,
    refuse_newer,
    schema_of,
    use_wal,
    user_error,
)
from k2log.store.upgrade import edition_key, upgrade


class Diary:
    """A diary that is open, current, and closed at the end of a ``with`` block."""

    def __init__(self, db: sqlite3.Connection, path: Path | None) -> None:
        """Take over a connection to a diary of the current schema."""
        self.db = db
        self.path = path
        self.read_settings()
        self._in_action = False

    def read_settings(self) -> None:
        """Read the settings as they are now: what was read before another wrote may be old."""
        self.settings = Settings(dict(self.db.execute("SELECT key, value FROM settings")))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    @property
    def day_starts(self) -> time:
        """When a diary day begins: midnight unless the user says otherwise."""
        return self.settings.day_starts

    def day_of(self, moment: datetime) -> date:
        """Return the diary day of a local time."""
        return diary_day(moment, self.day_starts)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One user action: an immediate transaction, committed at the end or rolled back.

        Inside another it is a part of that: so what an action depends on is read, changed and
        written while nobody else can write. Nothing is asked inside.

        What only writing needs is set here, and reading does not wait for it: references between
        tables hold, and a commit is on the disk before it is acknowledged.
        """
        if self._in_action:
            yield self.db
            return
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("BEGIN IMMEDIATE")
        self._in_action = True
        try:
            yield self.db
            commit(self.db)
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise
        finally:
            self._in_action = False

    @contextmanager
    def staging(self, cache_kib: int) -> Iterator[sqlite3.Connection]:
        """Fill temporary tables beside the diary, all or nothing; that locks nothing.

        What does not fit in ``cache_kib`` goes to the disk, so that memory stays flat.
        """
        self.db.execute("PRAGMA cache_spill = ON")  # an upgrade just before had it off
        for schema in ("main", "temp"):
            self.db.execute(f"PRAGMA {schema}.cache_size = -{int(cache_kib)}")  # in KiB
        self.db.execute("BEGIN")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the diary as it is now, whatever others write meanwhile."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")


def open_diary(path: Path, *, create: bool = False) -> Diary:
    """Open the diary, to read and to write, brought up to date first where that is pending.

    Where there is no file yet, ``create`` makes one. Otherwise an empty diary in memory stands in,
    so that a command that only looks, or has nothing to change, never makes a file. Raises
    DiaryError.
    """
    header = look(path)
    refuse_newer(header.schema, path)
    if not header.schema and not create:
        db = sqlite3.connect(":memory:", isolation_level=None)
        upgrade(db, None)
        return Diary(db, None)
    if not header.schema:
        create_empty(path)
    try:
        return _open_file(path, header.wal)
    except sqlite3.DatabaseError as error:
        raise user_error(error) or DiaryError(f"cannot use the diary {path}: {error}.") from None


def _open_file(path: Path, wal: bool) -> Diary:
    db = connect(path)
    try:
        current = schema_of(db)
        refuse_newer(current, path)
        if current < SCHEMA:
            upgrade(db, path)
        if not wal:
            use_wal(db)
        diary = Diary(db, path)
        if edition_key(diary.settings.catalogue) < edition_key(EDITION):
            upgrade(db, path)
            diary = Diary(db, path)
    except BaseException:
        db.close()
        raise
    return diary
