"""An open diary: one connection, its settings, and write transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Final, Self

from k2log.config import Settings
from k2log.errors import DiaryError
from k2log.grammar.days import diary_day
from k2log.paths import StrPath
from k2log.store.file import (
    as_text,
    commit,
    connect,
    create_empty,
    distrust,
    look,
    refuse_newer,
    use_wal,
    user_error,
)
from k2log.store.schema import SCHEMA, definitions

_PLAIN_TABLES: Final = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND name IN ('entries', 'days') AND sql LIKE 'CREATE TABLE %'
"""


class Diary:
    """A diary that is open, current, and closed at the end of a ``with`` block."""

    def __init__(
        self, db: sqlite3.Connection, path: StrPath | None, any_wrong_row: str = "0"
    ) -> None:
        """Take over a connection to a diary of the current schema.

        Where the expression tells of a row that holds what it may not, the first such cell is
        refused. Raises WrongCellError.
        """
        self.db = db
        self.path = path
        self._in_action = False
        self._any_wrong_row = any_wrong_row
        self._has_foods = False
        self.refuse_wrong_rows()

    def read_settings(self) -> None:
        """Read the settings as they are now: what was read before another wrote may be old."""
        self.settings = Settings(dict(self.db.execute("SELECT key, value FROM settings")))

    def refuse_wrong_rows(self) -> None:
        """Raise WrongCellError if a row holds what it may not; read the settings by the way."""
        rows = self.db.execute(
            f"SELECT key, value FROM settings UNION ALL SELECT NULL, {self._any_wrong_row}"
        )
        *settings, (_, wrong) = rows
        if wrong:
            from k2log.store.cells import refuse_wrong_cells

            refuse_wrong_cells(self.db, self.path)
        self.settings = Settings(dict(settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def with_foods(self) -> sqlite3.Connection:
        """Return the connection, with the package's foods attached to it as ``package``.

        Raises FoodTableError.
        """
        if not self._has_foods:
            from k2log.store.food_table import attach, is_checkout

            if is_checkout():
                from k2log.store.checkout import refresh

                refresh()
            attach(self.db)
            self._has_foods = True
        return self.db

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


def open_diary(path: StrPath, *, create: bool = False, despite_wrong_cells: bool = False) -> Diary:
    """Open the diary, to read and to write, brought up to date first where that is pending.

    Where there is no file yet, ``create`` makes one. Otherwise an empty diary in memory stands in,
    so that a command that only looks, or has nothing to change, never makes a file.

    What the file defines must be k2log's own, and every cell must hold what its column may; what
    copies or erases rows as they are opens it ``despite_wrong_cells``, without settings that cannot
    be read. Raises DiaryError.
    """
    header = look(path)
    refuse_newer(header.schema, path)
    if not header.schema and not create:
        from k2log.store.upgrade import upgrade

        db = sqlite3.connect("file::memory:", uri=True, isolation_level=None)
        upgrade(db, None)
        return Diary(db, None)
    if not header.schema:
        create_empty(path)
    try:
        diary = _open_file(path, header.wal, despite_wrong_cells)
    except sqlite3.DatabaseError as error:
        raise user_error(error) or DiaryError(f"cannot use the diary {path}: {error}.") from None
    if despite_wrong_cells:
        diary.settings = diary.settings.readable()
    return diary


def open_rows(path: StrPath) -> Diary:
    """Open a diary that defines what k2log did not, to read entries and marks and nothing else.

    Reading a table runs nothing of what a file defines. Raises DiaryError where they are no tables.
    """
    from k2log.diary.entry import COLUMNS

    look(path)
    db = connect(path)
    try:
        distrust(db)
        db.execute("CREATE TEMP TABLE settings (key, value)")  # hides what may be no table
        db.execute("PRAGMA query_only = ON")
        tables = db.execute(_PLAIN_TABLES).fetchall()
        if len(tables) < 2:
            raise DiaryError(f"{path} has no table of entries that could be read.")
        db.execute(f"SELECT {', '.join(COLUMNS)} FROM entries LIMIT 0")
        db.text_factory = as_text
        return Diary(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise user_error(error) or DiaryError(f"cannot read {path}: {error}.") from None
    except BaseException:
        db.close()
        raise


def _open_file(path: StrPath, wal: bool, despite_wrong_cells: bool) -> Diary:
    db = connect(path)
    try:
        there = definitions(db)
        refuse_newer(there.schema, path)
        if not there.known or there.schema < SCHEMA:
            from k2log.store.upgrade import refuse_foreign, upgrade

            refuse_foreign(there, path)
            upgrade(db, path)
            there = definitions(db)
        if not wal:
            use_wal(db)
        if despite_wrong_cells:
            db.text_factory = as_text
        return Diary(db, path, "0" if despite_wrong_cells else there.any_wrong_row)
    except BaseException:
        db.close()
        raise
