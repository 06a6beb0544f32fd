"""Backups: whole copies of the diary, each verified before it gets its name.

They lie in ``backups/`` beside the diary: ``diary-20261121T110000Z.db`` by the user's own hand,
``diary-20261121T110000Z-before-import.db`` what k2log made before something it did. Which is newer
is not left to the clock, which may have been wrong: where it has not gone on since the newest one,
a higher number after the time says so (``diary-20261121T110000Z-2.db``).

The copy is SQLite's own, from a second connection, so that others may write meanwhile, and so that
it also works while this program holds the diary locked.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from k2log.errors import DiaryError, K2logError
from k2log.files import (
    SQLITE_ENDS,
    ExistsError,
    give_name,
    refuse_target,
    remove_database,
    sync_folder,
    temporary_file,
)
from k2log.named_tuple import NamedTuple
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

KEEP: Final = 10
"""How many backups of each kind are kept: those made by hand, and those that k2log made."""

Step = Callable[[int, int], None]
"""Is told how many pages are left to copy, and of how many."""

STAMP: Final = "%Y%m%dT%H%M%SZ"
"""The UTC time in the names of backups and of diaries that were set aside."""

ASIDE: Final = ".damaged-"
"""A damaged diary that restore set aside has the diary's name, this, and a STAMP."""

_PAGES: Final = 2_000  # 8 MB a step


class Backup(NamedTuple):
    """A backup: where, when it was made (UTC), before what ("" by hand), its size and contents.

    ``contents`` is None where it cannot be read.
    """

    path: Path
    at: datetime
    before: str
    size: int
    contents: Contents | None


class BackupFile(NamedTuple):
    """What the name of a backup says: when it was made (UTC), and before what ("" by hand).

    ``number`` is higher than that of all made earlier by a clock that said the same or later.
    """

    path: Path
    at: datetime
    before: str
    number: int

    @property
    def order(self) -> tuple[int, datetime]:
        """A key to sort by: the older first, whatever the clock said."""
        return self.number, self.at


class NoDiaryError(K2logError):
    """No diary where one is needed."""

    def __init__(self, path: Path) -> None:
        """Take where it would be."""
        super().__init__(f"there is no diary yet at {path}.")


def check_diary(path: Path) -> None:
    """Refuse what is no diary, or a newer one. Raises NoDiaryError, DiaryError.

    Not while this program has the diary open: reading the file otherwise than through SQLite would
    end the locks on it, which belong to the process.
    """
    header = look(path)
    if not header.schema:
        raise NoDiaryError(path)
    refuse_newer(header.schema, path)


def back_up(
    path: Path,
    at: datetime,
    before: str = "",
    *,
    keep: int = KEEP,
    spare: Path | None = None,
    step: Step | None = None,
) -> Backup:
    """Copy the diary into its folder of backups, and remove all but the newest of its kind.

    ``before`` is what the backup precedes; those made by hand are counted apart. The path is that
    of a diary (see ``check_diary``), which may be open. Neither the copy just made nor the backup
    to ``spare`` (symbolic links followed) is ever removed. Raises DiaryError, BusyError.
    """
    path = Path(os.path.realpath(path))
    folder = backups_folder(path)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
    with _verified_copy(path, folder, step) as (part, its_contents):
        file = _named(part, path, at.astimezone(UTC).replace(microsecond=0), before)
    alike = [each for each in backup_files(path) if bool(each.before) == bool(before)]
    older = [each.path for each in alike if each.order < file.order]
    for old in older[keep - 1 :]:
        if Path(os.path.realpath(old)) != spare:
            remove_database(old)
    return Backup(file.path, file.at, before, file.path.stat().st_size, its_contents)


def _named(part: Path, diary: Path, at: datetime, before: str) -> BackupFile:
    """Give a complete copy the name that makes it the newest backup of a diary."""
    while True:
        newest = max(_named_like_backups(diary), key=lambda file: file.order, default=None)
        number = 1
        if newest:
            number = newest.number + (at <= newest.at)
        again = f"-{number}" if number > 1 else ""
        why = f"-before-{before}" if before else ""
        stem, end = _affixes(diary)
        target = part.with_name(f"{stem}-{at.strftime(STAMP)}{again}{why}{end}")
        with suppress(ExistsError):  # then another process was quicker
            give_name(part, target, replace=False)
            return BackupFile(target, at, before, number)


def back_up_to(
    path: Path, target: Path, at: datetime, *, replace: bool, step: Step | None = None
) -> Backup:
    """Copy the diary to a file of the user's choice. Raises TargetError, DiaryError, BusyError."""
    path, target = Path(os.path.realpath(path)), Path(os.path.realpath(target))
    refuse_target(target, path, replace=replace)
    with _verified_copy(path, target.parent, step) as (part, its_contents):
        give_name(part, target, replace=replace)
    return Backup(target, at.astimezone(UTC), "", target.stat().st_size, its_contents)


def backups(path: Path) -> list[Backup]:
    """Return the backups of a diary, the newest first; what they hold is not checked in depth."""
    listing = []
    for file in backup_files(path):
        try:
            look(file.path)
            with read_only(file.path) as db:
                its_contents: Contents | None = contents(db)
        except (DiaryError, sqlite3.DatabaseError):
            its_contents = None
        size = file.path.stat().st_size
        listing.append(Backup(file.path, file.at, file.before, size, its_contents))
    return listing


def backup_files(path: Path) -> list[BackupFile]:
    """Return the files that are backups of a diary, the newest first."""
    files = (file for file in _named_like_backups(path) if file.path.is_file())
    return sorted(files, key=lambda file: file.order, reverse=True)


def _named_like_backups(path: Path) -> Iterator[BackupFile]:
    """Yield what has the name of a backup of a diary, in any order."""
    path = Path(os.path.realpath(path))
    folder = backups_folder(path)
    stem, end = map(re.escape, _affixes(path))
    if not end and not path.with_name(f"{path.name}.db").exists():
        end = r"(\.db)?"  # as k2log 0.1 named them
    name = re.compile(
        rf"{stem}-(?P<stamp>\d{{8}}T\d{{6}}Z)(-(?P<number>\d{{1,9}}))?"
        rf"(-before-(?P<before>[a-z]+(-\d+)?))?{end}"
    )
    for file in folder.iterdir() if folder.is_dir() else ():
        if match := name.fullmatch(file.name):
            with suppress(ValueError):  # of digits that are no time
                at = datetime.strptime(match["stamp"], STAMP).replace(tzinfo=UTC)
                yield BackupFile(file, at, match["before"] or "", int(match["number"] or 1))


def _affixes(diary: Path) -> tuple[str, str]:
    """Return how the names of a diary's backups begin and end, which no other diary's do."""
    stem = diary.name.removesuffix(".db")
    return stem, diary.name.removeprefix(stem)


def diaries_aside(path: Path) -> list[Path]:
    """Return the damaged diaries that were set aside, and their logs."""
    path = Path(os.path.realpath(path))
    name = re.compile(
        rf"{re.escape(path.name + ASIDE)}\d{{8}}T\d{{6}}Z(-\d+)?({'|'.join(SQLITE_ENDS)})?"
    )
    folder = path.parent
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted(file for file in files if name.fullmatch(file.name))


def backups_folder(path: Path) -> Path:
    """Return the folder of a diary's backups."""
    return path.parent / "backups"


@contextmanager
def _verified_copy(path: Path, folder: Path, step: Step | None) -> Iterator[tuple[Path, Contents]]:
    """Copy a diary, as it is at one moment, into a temporary file; yield that and what it holds.

    The open transaction keeps that moment, however many steps the copying takes. The copy needs no
    log. It is synced before the caller gives it its name, the folder after that.
    """
    with temporary_file(folder, f"in {folder}") as part:
        with closing(connect(path)) as source, closing(connect(part)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            copy.execute("PRAGMA journal_mode = OFF")
            source.execute("BEGIN")
            its_contents = contents(source)
            copy_pages(source, copy, step)
            copy.execute("PRAGMA journal_mode = DELETE")
        with read_only(part) as copy:
            if sound_contents(copy, path) != its_contents:
                raise DamagedError(path, "its copy does not hold the same")
        _sync(part)
        yield part, its_contents
    sync_folder(folder)


def copy_pages(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    step: Step | None,
    locked: Callable[[], None] | None = None,
) -> None:
    """Copy one database into another, whatever that held. Raises BusyError, the target as it was.

    ``locked`` is called once nobody else can write to the target any more, which others still read
    as it was; what it raises leaves it so. SQLite itself would wait for a lock for ever.
    """
    (size,) = source.execute("PRAGMA page_count").fetchone()
    at_once = min(_PAGES, max(1, size // 2))  # the first step takes the lock, the last one commits
    waiting = locked

    def check(status: int, left: int, pages: int) -> None:
        nonlocal waiting
        if status & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BusyError("the diary is in use by another program. Try again.")
        if waiting:
            work, waiting = waiting, None
            work()
        if step:
            step(left, pages)

    source.backup(target, pages=at_once, progress=check)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
