"""SQLite's errors in words a user can act on."""

import sqlite3
from typing import Final

from k2log.errors import DiaryError, K2logError

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
