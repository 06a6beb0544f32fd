"""What can still be read of a damaged diary, row by row."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from k2log.diary.entry import values_of
from k2log.errors import DiaryError
from k2log.files import temporary_database
from k2log.store.backup import backup_files
from k2log.store.cells import WrongCellError
from k2log.store.entries import SELECT, entry_from
from k2log.store.file import APPLICATION_ID, connect, look, refuse_newer
from k2log.store.schema import SCHEMA

TORN: Final = "its beginning cannot be read"

_ROWS: Final = f"{SELECT.replace(' FROM', ', removed FROM')} WHERE id BETWEEN ? AND ? ORDER BY id"
_LAST: Final = (  # each reads another place; the first that is not damaged will do
    "SELECT seq FROM sqlite_sequence WHERE name = 'entries'",
    "SELECT max(id) FROM entries",
    "SELECT max(id) FROM entries INDEXED BY entries_day WHERE removed IS NULL",
)
_AT_ONCE: Final = 512
_MOST: Final = 50_000_000
"""The highest id that is tried, whatever a damaged file says."""

_OURS: Final = b"vitamin_k2_ug_unknown_entries"
"""A name from the schema, which stands in the first _NEAR bytes of every diary."""

_NEAR: Final = 4_000_000
_PAGE_BYTES: Final = 4096


class Salvage:
    """The entries and marks of an open, damaged diary; ``lost`` counts what cannot be read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take a connection; nothing was read yet."""
        db.execute("PRAGMA query_only = ON")
        self.db = db
        self.read = 0
        self.lost = 0

    def entries(self) -> Iterator[Sequence[Any]]:
        """Yield the live entries, of each the values for COLUMNS, by id, and count them."""
        for values, removed in self._entries():
            self.lost += values is None
            if values and not removed:
                self.read += 1
                yield values

    def removals(self) -> Iterator[tuple[Sequence[Any], str]]:
        """Yield the removed entries likewise, each with when it was removed (UTC)."""
        return ((values, removed) for values, removed in self._entries() if values and removed)

    def marks(self) -> Iterator[Sequence[str]]:
        """Yield the marks of days, up to the first that cannot be read."""
        try:
            rows = self.db.execute("SELECT day, status, changed FROM days ORDER BY day")
            for day, status, changed in rows:
                yield date.fromisoformat(day).isoformat(), status, changed
        except (sqlite3.DatabaseError, ValueError):
            return

    def _entries(self) -> Iterator[tuple[Sequence[Any] | None, str | None]]:
        last = self._last()
        for first in range(1, last + 1, _AT_ONCE):
            yield from map(_values, self._rows(first, min(first + _AT_ONCE - 1, last)))

    def _last(self) -> int:
        for query in _LAST:
            try:
                return min(int(self.db.execute(query).fetchone()[0]), _MOST)
            except (sqlite3.DatabaseError, TypeError):
                continue
        return 0

    def _rows(self, first: int, last: int) -> Iterator[tuple[Any, ...] | None]:
        """Yield the rows of these ids, None for one that cannot be read: half by half."""
        try:
            yield from self.db.execute(_ROWS, (first, last)).fetchall()
        except sqlite3.DatabaseError:
            if first == last:
                yield None
                return
            middle = (first + last) // 2
            yield from self._rows(first, middle)
            yield from self._rows(middle + 1, last)


def _values(row: tuple[Any, ...] | None) -> tuple[Sequence[Any] | None, str | None]:
    try:
        if row is None:
            return None, None
        *columns, removed = row
        return values_of(entry_from(columns)), removed
    except WrongCellError:  # damage can look like a row
        return None, None


def is_torn(path: Path) -> bool:
    """Whether a file without our header was a diary once: its schema says so, or it has backups.

    Raises DiaryError where it is not ours, or newer.
    """
    try:
        header = look(path)
    except DiaryError:
        if not (path.is_file() and os.access(path, os.R_OK)):
            raise
        with path.open("rb") as file:
            if not (_OURS in file.read(_NEAR) or backup_files(path)):
                raise
        return True
    refuse_newer(header.schema, path)
    return False


@contextmanager
def salvaging(path: Path) -> Iterator[Salvage]:
    """Open what is left of a diary; where that fails, a private copy with a header made anew.

    Raises DiaryError where the file is not ours, or newer.
    """
    if not is_torn(path) and _opens(path):
        with closing(connect(path)) as db:
            yield Salvage(db)
        return
    with temporary_database(path.parent) as copy:
        for end in ("", "-wal"):
            if Path(f"{path}{end}").exists():
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        with copy.open("r+b") as file:
            file.write(_header(os.path.getsize(copy), wal=Path(f"{copy}-wal").exists()))
        with closing(connect(copy)) as db:
            yield Salvage(db)


def _opens(path: Path) -> bool:
    with closing(connect(path)) as db:
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            return True
        except sqlite3.DatabaseError:
            return False
    return True


def _header(size: int, *, wal: bool) -> bytes:
    """Return the 100 bytes that a diary of this size begins with.

    The file format has them in this order: page size, reading and writing version, three fixed
    fractions, change counter, pages, no free ones, schema cookie and format, encoding, and so on.
    """
    version = 2 if wal else 1
    first = b"SQLite format 3\0" + _PAGE_BYTES.to_bytes(2, "big")
    numbers = (
        1, size // _PAGE_BYTES, 0, 0, 1, 4, 0, 0, 1, SCHEMA, 0, APPLICATION_ID,
        0, 0, 0, 0, 0, 1, sqlite3.sqlite_version_info[0] * 1_000_000,
    )  # fmt: skip
    rest = b"".join(number.to_bytes(4, "big") for number in numbers)
    return first + bytes([version, version, 0, 64, 32, 32]) + rest
