"""The package's foods: one SQLite file that is only ever read, beside the text it is made from.

It is attached to a diary's connection under the name ``package`` when a command needs foods, and
has the layout of the diary's own tables of foods. Nobody writes to it, so it is opened immutable:
no locks, no files beside it.
"""

import os
import sqlite3
from contextlib import closing
from typing import Final

import k2log
from k2log.errors import DiaryError
from k2log.paths import StrPath, sqlite_address

APPLICATION_ID: Final = 0x6B32666F  # "k2fo"
LAYOUT: Final = 2
"""The number of the table's layout: a file of another one is of another version of k2log."""

_PACKAGE: Final = os.path.dirname(k2log.__file__)
FILE: Final = os.path.join(_PACKAGE, "catalogue", "foods.db")
_READ: Final = "mode=ro&immutable=1"
_MAGIC: Final = b"SQLite format 3\x00"


class FoodTableError(DiaryError):
    """The package's table of foods is missing, damaged or not ours."""

    def __init__(self, wrong: str) -> None:
        """Take what is wrong with it."""
        super().__init__(
            f"the table of foods that comes with k2log {wrong}: please reinstall k2log."
            " Your diary is not touched; log and export work without it."
        )


def is_checkout() -> bool:
    """Whether this is no installed package: what makes the table for wheels is there."""
    return os.path.exists(os.path.join(_PACKAGE, "..", "..", "hatch_build.py"))


def attach(db: sqlite3.Connection) -> None:
    """Make the package's foods readable as ``package``. Raises FoodTableError."""
    check(FILE)
    try:
        db.execute("ATTACH ? AS package", (sqlite_address(FILE, _READ),))
    except sqlite3.DatabaseError as error:
        raise FoodTableError(f"cannot be opened ({error}; {FILE})") from None


def check(file: StrPath) -> None:
    """Look whether a file begins and ends like a table of this k2log. Raises FoodTableError."""
    try:
        with open(file, "rb") as opened:
            header = opened.read(100)
            size = os.fstat(opened.fileno()).st_size
    except FileNotFoundError:
        raise FoodTableError(f"is missing ({file})") from None
    except OSError as error:
        raise FoodTableError(f"cannot be read ({error.strerror}; {file})") from None
    if len(header) < 100 or header[:16] != _MAGIC:
        raise FoodTableError(f"is damaged ({file})")
    if header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise FoodTableError(f"is another program's file ({file})")
    if int.from_bytes(header[60:64], "big") != LAYOUT:
        raise FoodTableError(f"is of another version ({file})")
    page = int.from_bytes(header[16:18], "big")
    if size != (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big"):
        raise FoodTableError(f"is damaged ({file})")


def fault() -> FoodTableError | None:
    """Return what is wrong with the table, once all of it was read; None if it is sound."""
    try:
        check(FILE)
        with closing(sqlite3.connect(sqlite_address(FILE, _READ), uri=True)) as db:
            (answer,) = db.execute("PRAGMA integrity_check (1)").fetchone()
    except FoodTableError as error:
        return error
    except sqlite3.DatabaseError:
        answer = "unreadable"
    return None if answer == "ok" else FoodTableError(f"is damaged ({FILE})")
