"""A diary file seen from outside: what it holds and whether it is sound, not a byte changed."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from k2log.errors import DiaryError
from k2log.store.file import APPLICATION_ID, BUSY_SECONDS

_TORN = "no such (table|column)|decode"  # the schema or a text is
_COUNTS = """
SELECT (SELECT count(*) FROM entries WHERE removed IS NULL), (SELECT count(*) FROM entries),
  (SELECT max(day) FROM entries WHERE removed IS NULL)
"""


class Contents(NamedTuple):
    """What a diary holds: its schema, live entries, all entries, and the last day of live ones."""

    schema: int
    entries: int
    with_removed: int
    last_day: str | None


class DamagedError(DiaryError):
    """A diary file that is not sound."""

    def __init__(self, path: Path, fault: str) -> None:
        """Take the file, and what is wrong with it."""
        super().__init__(f"{path} is damaged ({fault.rstrip('.')}). What can be done: k2log doctor")
        self.fault = fault


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Connect to a file for reading only, and make no file beside it unless it has a log.

    A log may belong to a diary that is in use; without one, nobody can be writing what SQLite
    would have to lock.
    """
    log = Path(f"{path}-wal")
    alone = "" if log.exists() and log.stat().st_size else "&immutable=1"
    uri = f"{path.absolute().as_uri()}?mode=ro{alone}"
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as db:
        yield db


def contents(db: sqlite3.Connection) -> Contents:
    """Return what a diary holds, as one statement sees it."""
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    return Contents(schema, *db.execute(_COUNTS).fetchone())


def sound_contents(db: sqlite3.Connection, path: Path) -> Contents:
    """Return what a diary holds, once all of it was checked. Raises DamagedError."""
    try:
        if found := fault(db):
            raise DamagedError(path, found)
        return contents(db)
    except sqlite3.DatabaseError as error:
        raise as_damage(error, path) or error from None


def fault(db: sqlite3.Connection) -> str | None:
    """Return the first thing that is wrong with a diary; None if it is sound."""
    (found,) = db.execute("PRAGMA integrity_check (1)").fetchone()
    if found != "ok":
        return str(found).splitlines()[-1]
    if (broken := db.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        return f"a row of {broken[0]} refers to one of {broken[2]} that is not there"
    (application,) = db.execute("PRAGMA application_id").fetchone()
    return None if application == APPLICATION_ID else "it is not marked as a k2log diary"


def as_damage(error: sqlite3.DatabaseError, path: Path) -> DamagedError | None:
    """Return what SQLite says of a damaged file as such; None for a lock, a full disk and so on."""
    text = str(error)
    elsewhere = isinstance(error, sqlite3.OperationalError)
    return None if elsewhere and not re.search(_TORN, text) else DamagedError(path, text)
