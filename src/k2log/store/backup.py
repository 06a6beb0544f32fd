"""Backups: whole copies of the diary, each verified before it gets its name.

They lie in ``backups/`` beside the diary: ``diary-20261121T110000Z.db`` by the user's own hand,
``diary-20261121T110000Z-before-import.db`` what k2log made before something it did. The copy is
SQLite's own, from a second connection, so that others may write meanwhile, and so that it also
works while this program holds the diary locked.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from k2log.errors import DiaryError, K2logError
from k2log.files import (
    ExistsError,
    give_name,
    refuse_target,
    sync_folder,
    temporary_file,
)
from k2log.store.file import (
    BusyError,
    Contents,
    DamagedError,
    connect,
    contents,
    look,
    read_only,
    refuse_newer,
    sound_contents,
)

KEPT: Final = 10
Step = Callable[[int, int], None]
"""Is told how many pages are left, and of how many."""

_TIME: Final = r"(?P<stamp>\d{8}T\d{6}Z)"
_PAGES: Final = 2_000  # 8 MB a step
STAMP: Final = "%Y%m%dT%H%M%SZ"
DAMAGED: Final = ".damaged-"
"""What follows the name of a diary that was set aside, before when."""
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Backup(NamedTuple):
    """A backup: where, when it was made (UTC), before what ("" by hand), its size and contents.

    ``contents`` is None where it cannot be read.
    """

    path: Path
    made: datetime
    before: str
    size: int
    contents: Contents | None


class NoDiaryError(K2logError):
    """No diary where one is needed."""

    def __init__(self, path: Path) -> None:
        """Take where it would be."""
        super().__init__(f"there is no diary yet at {path}.")


def back_up(
    path: Path, at: datetime, before: str = "", *, keep: int = KEPT, step: Step | None = None
) -> Backup:
    """Copy the diary into its folder of backups, and remove all but the newest of its kind.

    ``before`` is what the backup precedes; those made by hand are counted apart. The path is that
    of a diary (see ``check_diary``), which may be open. Raises DiaryError, BusyError.
    """
    path = Path(os.path.realpath(path))
    folder = backups_folder(path)
    _make_folder(folder)
    with _copied(path, folder, step) as (part, held):
        target = _named(part, path, at.astimezone(UTC), before)
    made = Backup(target, at.astimezone(UTC), before, target.stat().st_size, held)
    alike = [each for each in backup_files(path) if bool(each[2]) == bool(before)]
    for old, *_ in alike[keep:]:
        old.unlink(missing_ok=True)
    return made


def back_up_to(
    path: Path, target: Path, at: datetime, *, replace: bool, step: Step | None = None
) -> Backup:
    """Copy the diary to a file of the user's choice. Raises TargetError, DiaryError, BusyError."""
    path, target = Path(os.path.realpath(path)), Path(os.path.realpath(target))
    refuse_target(target, path, replace=replace)
    with _copied(path, target.parent, step) as (part, held):
        give_name(part, target, replace=replace)
    return Backup(target, at.astimezone(UTC), "", target.stat().st_size, held)


def backups(path: Path) -> list[Backup]:
    """Return the backups of a diary, the newest first."""
    return [
        Backup(file, made, before, file.stat().st_size, readable_contents(file))
        for file, made, before in backup_files(path)
    ]


def backup_files(path: Path) -> list[tuple[Path, datetime, str]]:
    """Return the files that are backups of a diary, when and before what, the newest first."""
    path = Path(os.path.realpath(path))
    name = re.compile(
        rf"{re.escape(_stem(path))}-{_TIME}(-(?P<again>\d+))?(-before-(?P<why>.+))?\.db"
    )
    folder = backups_folder(path)
    files = [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
    matches = [(match, file) for file in files if (match := name.fullmatch(file.name))]
    ordered = sorted(
        (
            (
                datetime.strptime(match["stamp"], STAMP).replace(tzinfo=UTC),
                int(match["again"] or 1),
                file,
                match["why"] or "",
            )
            for match, file in matches
        ),
        reverse=True,
    )
    return [(file, made, why) for made, _, file, why in ordered]


def readable_contents(path: Path) -> Contents | None:
    """Return what a backup holds, not checked in depth; None if it cannot be read."""
    try:
        look(path)
        with read_only(path) as db:
            return contents(db)
    except (DiaryError, sqlite3.DatabaseError):
        return None


def backups_folder(path: Path) -> Path:
    """Return the folder of a diary's backups."""
    return path.parent / "backups"


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection, step: Step | None) -> None:
    """Copy one database into another, whatever that held. Raises BusyError, the target as it was.

    SQLite itself would try for ever where another program holds a lock.
    """

    def watched(status: int, left: int, pages: int) -> None:
        if status in _BUSY:
            raise BusyError("the diary is in use by another program. Try again.")
        if step:
            step(left, pages)

    source.backup(target, pages=_PAGES, progress=watched)


def check_diary(path: Path) -> None:
    """Refuse what is no diary, or a newer one. Raises NoDiaryError, DiaryError.

    Not while this program has the diary open: reading the file otherwise than through SQLite would
    end the locks on it, which belong to the process.
    """
    header = look(path)
    if not header.schema:
        raise NoDiaryError(path)
    refuse_newer(header.schema, path)


@contextmanager
def _copied(path: Path, folder: Path, step: Step | None) -> Iterator[tuple[Path, Contents]]:
    """Give a verified copy under a name for the time being, and what it holds."""
    with temporary_file(folder, f"in {folder}") as part:
        held = _copy(path, part, step)
        with read_only(part) as copy:
            if sound_contents(copy, path) != held:
                raise DamagedError(path, "its copy does not hold the same")
        _sync(part)
        yield part, held
    sync_folder(folder)


def _copy(path: Path, part: Path, step: Step | None) -> Contents:
    """Copy the diary as it is at one moment, into a file that needs no log; return what it holds.

    The open transaction keeps that moment, however many steps the copying takes.
    """
    with closing(connect(path)) as source, closing(connect(part)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # synced as a whole, before it gets its name
        copy.execute("PRAGMA journal_mode = OFF")
        source.execute("BEGIN")
        held = contents(source)
        copy_pages(source, copy, step)
        copy.execute("PRAGMA journal_mode = DELETE")
    return held


def _make_folder(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)


def _named(part: Path, path: Path, at: datetime, before: str) -> Path:
    """Give a copy the first name that is free."""
    why = f"-before-{before}" if before else ""
    for again in count(1):
        number = f"-{again}" if again > 1 else ""
        name = f"{_stem(path)}-{at.strftime(STAMP)}{number}{why}.db"
        with suppress(ExistsError):
            give_name(part, part.with_name(name), replace=False)
            break
    return part.with_name(name)


def _stem(path: Path) -> str:
    return path.name.removesuffix(".db")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
