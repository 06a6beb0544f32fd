"""The diary as a file: how it is recognised, made and opened, what it holds, if it is sound.

A file that is foreign or newer is never touched: a mere connection could write a leftover WAL back
into it, so the header is read first. New files are 0600, folders that k2log makes 0700.

What SQLite says went wrong becomes an error that a user can act on.
"""

import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Final

from k2log.errors import DiaryError, K2logError, StoppedError
from k2log.named_tuple import NamedTuple
from k2log.paths import StrPath, sqlite_address
from k2log.store.schema import SCHEMA

APPLICATION_ID: Final = 0x6B326C67  # "k2lg"
BUSY_SECONDS: Final = 5.0
_STEPS: Final = 200_000
"""Of SQLite's machine, between two looks at signals: a few milliseconds."""

_MAGIC: Final = b"SQLite format 3\x00"


class Header(NamedTuple):
    """The schema number in a file's header (0: absent or empty), and whether it uses a WAL."""

    schema: int
    wal: bool


def look(path: StrPath) -> Header:
    """Read a file's header. Raises DiaryError if it is no k2log diary or cannot be read.

    Only before this program connects to it: closing the file ends the locks that SQLite holds.
    """
    try:
        kind = os.stat(path).st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):  # to open a pipe may take for ever
            raise DiaryError(f"{path} is not a k2log diary, nor a regular file.")
        with open(path, "rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        header = b""
    except OSError as error:
        raise DiaryError(f"cannot read the diary {path}: {error.strerror}.") from None
    if not header:
        return Header(0, wal=False)
    ours = header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if len(header) < 100 or header[:16] != _MAGIC or not ours:
        raise DiaryError(
            f"{path} is not a k2log diary; it was left as it is. If it was one: k2log doctor"
        )
    return Header(int.from_bytes(header[60:64], "big"), wal=header[18] == 2)


def schema_of(db: sqlite3.Connection) -> int:
    """Return the schema number as the connection sees it, WAL included."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(schema: int, path: StrPath | None, newest: int = SCHEMA) -> None:
    """Raise DiaryError if a diary's schema is newer than the newest that this k2log knows."""
    if schema > newest:
        raise DiaryError(
            f"{path} was written by a newer k2log (schema {schema}, this one knows {newest}): "
            "please upgrade k2log. The diary was left as it is."
        )


def create_empty(path: StrPath) -> None:
    """Make an empty file, and its folder; do nothing if another process was quicker."""
    try:
        _make_folder(os.path.dirname(path))
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        _close_to_others(path)
        return
    except OSError as error:
        raise DiaryError(f"cannot create the diary {path}: {error.strerror}.") from None
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    os.close(descriptor)


def _make_folder(folder: str) -> None:
    """Make a folder, and those it stands in, for its owner only, where there is none."""
    if folder and not os.path.exists(folder):
        _make_folder(os.path.dirname(folder))
        os.makedirs(folder, mode=0o700, exist_ok=True)
        os.chmod(folder, 0o700)


def _close_to_others(path: StrPath) -> None:
    """Make a file private that somebody made empty; of one with a diary that is for its owner."""
    with suppress(OSError):
        if not os.stat(path).st_size:
            os.chmod(path, 0o600)


def connect(path: StrPath) -> sqlite3.Connection:
    """Connect to an existing file; transactions are always begun by hand."""
    try:
        db = sqlite3.connect(
            sqlite_address(path, "mode=rw"),
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        return interruptible(db)
    except sqlite3.OperationalError as error:
        raise DiaryError(f"cannot open the diary {path}: {error}.") from None


def interruptible(db: sqlite3.Connection) -> sqlite3.Connection:
    """Let signals stop a long statement of a connection.

    Python looks at signals only when its own code runs, so SQLite calls some now and then.
    """
    db.set_progress_handler(lambda: 0, _STEPS)
    return db


def as_text(stored: bytes) -> str:
    """Return a text of a diary, be it not quite one."""
    return stored.decode(errors="replace")


def distrust(db: sqlite3.Connection) -> None:
    """Let a connection run nothing with side effects that a file defines.

    For files whose definitions were not compared with k2log's. Once they were there is nothing to
    distrust; and k2log's own triggers, which fill the index of names, would not run any more.
    """
    db.execute("PRAGMA trusted_schema = OFF")
    db.text_factory = as_text


def use_wal(db: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; SQLite ignores the busy timeout here, so try again."""
    deadline = time.monotonic() + BUSY_SECONDS * 6
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


_PRIMARY: Final = 0xFF  # of an extended result code of SQLite


class BusyError(K2logError):
    """Another process kept the diary locked for too long."""


class FullError(K2logError):
    """The disk is full or the write failed."""


class UncertainError(K2logError):
    """The disk failed at the very moment of commit: only the file knows which side of it."""

    def __init__(self) -> None:
        """Say what to do before trying again."""
        super().__init__(
            "the disk failed while the diary was written: the change may be in it or not. Before"
            " you try again, see k2log history."
        )


def commit(db: sqlite3.Connection) -> None:
    """Commit a transaction. Raises UncertainError where the disk fails at that.

    Then the log may have been written without being synced, and whoever opens the diary next may
    still find the transaction complete in it.
    """
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if is_uncertain(error):
            raise UncertainError from None
        raise


def is_uncertain(error: sqlite3.OperationalError) -> bool:
    """Whether a commit failed so that only the file knows if it was done."""
    return error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_IOERR


def user_error(error: BaseException) -> K2logError | None:
    """Return what a SQLite error means for the user; None where it can only be a bug of k2log."""
    text = str(error)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_INTERRUPT:
        return StoppedError()
    if "locked" in text or "busy" in text:
        return BusyError("the diary is in use by another program. Nothing was written; try again.")
    if "full" in text or code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return FullError("the disk is full. Nothing was written; the diary is as it was.")
    if "disk I/O" in text:
        return FullError(
            "the diary could not be read or written (disk error). Nothing was written."
        )
    if "readonly" in text:
        return DiaryError("the diary cannot be written: it or its folder is read-only.")
    if "unable to open" in text:
        return DiaryError("the diary cannot be opened: k2log must be able to write in its folder.")
    from k2log.store.food_table import fault as fault_of_foods

    if problem := fault_of_foods():
        return problem
    wrong_text = _NO_TEXT in text or "malformed JSON" in text
    if not wrong_text and isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
        return None
    return DiaryError(f"the diary is damaged: {text}. What can be done: k2log doctor")


_NO_TEXT: Final = "Could not decode to UTF-8"
"""How Python words that a text in the diary is none."""

_DAMAGE_SAID: Final = "no such (table|column)|decode"
"""How SQLite's OperationalError words a damaged schema or text; other ones are no damage."""

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

    def __init__(self, path: StrPath, fault: str) -> None:
        """Take the file, and what is wrong with it."""
        super().__init__(f"{path} is damaged ({fault.rstrip('.')}). What can be done: k2log doctor")
        self.fault = fault


@contextmanager
def read_only(path: StrPath) -> Iterator[sqlite3.Connection]:
    """Connect to a file for reading only, and make no file beside it unless it has a log.

    A log may belong to a diary that is in use; without one, nobody can be writing what SQLite
    would have to lock.
    """
    log = f"{os.path.realpath(path)}-wal"
    alone = "" if os.path.exists(log) and os.path.getsize(log) else "&immutable=1"
    uri = sqlite_address(path, f"mode=ro{alone}")
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as db:
        distrust(interruptible(db))
        yield db


def contents(db: sqlite3.Connection) -> Contents:
    """Return what a diary holds, as one statement sees it."""
    db.text_factory = as_text
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    return Contents(schema, *db.execute(_COUNTS).fetchone())


def sound_contents(db: sqlite3.Connection, path: StrPath) -> Contents:
    """Return what a diary holds, once all of it was checked. Raises DamagedError."""
    try:
        if problem := fault(db):
            raise DamagedError(path, problem)
        return contents(db)
    except sqlite3.DatabaseError as error:
        raise as_damage(error, path) or error from None


def fault(db: sqlite3.Connection) -> str | None:
    """Return the first thing that is wrong with a diary; None if it is sound."""
    (answer,) = db.execute("PRAGMA integrity_check (1)").fetchone()
    if answer != "ok":
        return str(answer).splitlines()[-1]
    if (broken := db.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        return f"a row of {broken[0]} refers to one of {broken[2]} that is not there"
    (application,) = db.execute("PRAGMA application_id").fetchone()
    return None if application == APPLICATION_ID else "it is not marked as a k2log diary"


def as_damage(error: sqlite3.DatabaseError, path: StrPath) -> DamagedError | None:
    """Return a SQLite error as DamagedError if damage caused it; None for a lock, a full disk."""
    text = str(error)
    if isinstance(error, sqlite3.OperationalError) and not re.search(_DAMAGE_SAID, text):
        return None
    return DamagedError(path, text)
