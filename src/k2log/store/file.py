"""The diary as a file: what it is, told from its first bytes, and how it is made and opened.

A file that is foreign or newer is never touched: a mere connection could write a leftover WAL back
into it, so the header is read first. New files are 0600, folders that k2log makes 0700.

SQLite's errors in words a user can act on.
"""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final, NamedTuple

from k2log.errors import DiaryError, K2logError

APPLICATION_ID: Final = 0x6B326C67  # "k2lg"
SCHEMA: Final = 3
"""The newest schema that this k2log knows: the number of its migrations."""

BUSY_SECONDS: Final = 5.0
_MAGIC: Final = b"SQLite format 3\x00"


class Header(NamedTuple):
    """What a file's first bytes tell: its schema number (0: absent or empty), and WAL or not."""

    schema: int
    wal: bool


def look(path: Path) -> Header:
    """Read a file's header. Raises DiaryError if it is no k2log diary or cannot be read.

    Only before this program connects to it: closing the file ends the locks that SQLite holds.
    """
    header = _header(path)
    if not header:
        return Header(0, wal=False)
    ours = header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if len(header) < 100 or header[:16] != _MAGIC or not ours:
        raise DiaryError(
            f"{path} is not a k2log diary; it was left as it is. If it was one: k2log doctor"
        )
    return Header(int.from_bytes(header[60:64], "big"), wal=header[18] == 2)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise DiaryError(f"cannot read the diary {path}: {error.strerror}.") from None


def schema_of(db: sqlite3.Connection) -> int:
    """Return the schema number as the connection sees it, WAL included."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(schema: int, path: Path | None, newest: int = SCHEMA) -> None:
    """Raise DiaryError if a diary's schema is newer than the newest that this k2log knows."""
    if schema > newest:
        raise DiaryError(
            f"{path} was written by a newer k2log (schema {schema}, this one knows {newest}): "
            "please upgrade k2log. The diary was left as it is."
        )


def create_empty(path: Path) -> None:
    """Make an empty file, and its folder; do nothing if another process was quicker."""
    try:
        _make_folder(path.parent)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise DiaryError(f"cannot create the diary {path}: {error.strerror}.") from None
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    os.close(descriptor)


def _make_folder(folder: Path) -> None:
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=0o700, exist_ok=True)
        part.chmod(0o700)


def connect(path: Path) -> sqlite3.Connection:
    """Connect to an existing file; transactions are always begun by hand."""
    try:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
    except sqlite3.OperationalError as error:
        raise DiaryError(f"cannot open the diary {path}: {error}.") from None


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

    A log that was written, but could not be synced, may be taken for good by whoever opens the
    diary next.
    """
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_IOERR:
            raise UncertainError from None
        raise


def told(error: BaseException) -> K2logError | None:
    """Return what a SQLite error means for the user; None if it can only be a bug."""
    text = str(error)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    if "locked" in text or "busy" in text:
        return BusyError("the diary is in use by another program. Nothing was written; try again.")
    no_index = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE
    if "full" in text or no_index:
        return FullError("the disk is full. Nothing was written; the diary is as it was.")
    if "disk I/O" in text:
        return FullError(
            "the diary could not be read or written (disk error). Nothing was written."
        )
    if "readonly" in text:
        return DiaryError("the diary cannot be written: it or its folder is read-only.")
    if "unable to open" in text:
        return DiaryError("the diary cannot be opened: k2log must be able to write in its folder.")
    if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
        return None
    return DiaryError(f"the diary is damaged: {text}. What can be done: k2log doctor")
