"""SQLite's errors in words a user can act on."""

import sqlite3

from k2log.errors import DiaryError, K2logError


class BusyError(K2logError):
    """Another process kept the diary locked for too long."""


class FullError(K2logError):
    """The disk is full or the write failed."""


def told(error: BaseException) -> K2logError | None:
    """Return what a SQLite error means for the user; None if it can only be a bug."""
    text = str(error)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    if "locked" in text or "busy" in text:
        return BusyError("the diary is in use by another program. Nothing was written; try again.")
    if "full" in text:
        return FullError("the disk is full. Nothing was written; the diary is as it was.")
    if "disk I/O" in text:
        return FullError(
            "the diary could not be read or written (disk error). Nothing was written."
        )
    if "readonly" in text:
        return DiaryError("the diary cannot be written: it or its folder is read-only.")
    if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
        return None
    return DiaryError(f"the diary is damaged: {text}.")
