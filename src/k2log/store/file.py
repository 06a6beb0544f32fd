"""The diary as a file: what it is, told from its first bytes, and how it is made and opened.

A file that is foreign or newer is never touched: a mere connection could write a leftover WAL back
into it, so the header is read first. New files are 0600, folders that k2log makes 0700.
"""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final, NamedTuple

from k2log.errors import DiaryError

APPLICATION_ID: Final = 0x6B326C67  # "k2lg"
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


def create(path: Path) -> None:
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
