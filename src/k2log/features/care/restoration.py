"""Make the diary what a backup holds.

The pages of the backup are written into the diary's file by SQLite itself. No file is ever copied
or renamed over a diary: its log, left beside it, would bring the old rows back.

One case is different. A diary that is damaged cannot be trusted to take pages in, and may be all
there is of its newest entries. It is set aside by renaming it together with its log, which goes
first, so that the log never stands beside another file; then a new diary is made.
"""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from k2log.errors import DiaryError, K2logError
from k2log.features.care.salvage import TORN, is_torn
from k2log.store.backup import ASIDE, STAMP, Step, back_up, copy_pages
from k2log.store.diary import open_diary
from k2log.store.file import (
    Contents,
    DamagedError,
    connect,
    contents,
    create_empty,
    look,
    read_only,
    refuse_newer,
    sound_contents,
)

_LOG_FIRST: Final = ("-wal", "-shm", "-journal", "")
"""The ends of a diary's files, in the order in which they are set aside."""


class Plan(NamedTuple):
    """What restoring would do: the backup and what it holds, the diary and what it holds now.

    ``now`` is None where there is no diary, or a damaged one; ``fault`` is what is wrong with it.
    """

    source: Path
    then: Contents
    path: Path
    now: Contents | None
    fault: str | None


class NotABackupError(DiaryError):
    """A file that nothing can be restored from."""

    def __init__(self, source: Path, why: str) -> None:
        """Take the file, and why."""
        super().__init__(f"{source} {why}. The diary was left as it is. Backups: k2log restore")


class WrittenMeanwhileError(K2logError):
    """A diary that another program wrote into while it was backed up."""

    def __init__(self) -> None:
        """Say that nothing was restored."""
        super().__init__("the diary was changed meanwhile. Nothing was restored; try again.")


def plan(path: Path, source: Path) -> Plan:
    """Return what restoring a backup would do, once both files were checked.

    Raises NotABackupError; DiaryError where the diary is not ours or newer.
    """
    path = Path(os.path.realpath(path))
    then = _backup_contents(source, path)
    try:
        if is_torn(path):
            raise DamagedError(path, TORN)
        if not look(path).schema:
            return Plan(source, then, path, None, None)
        with closing(connect(path)) as db:
            return Plan(source, then, path, sound_contents(db, path), None)
    except DamagedError as error:
        return Plan(source, then, path, None, error.fault)


def _backup_contents(source: Path, path: Path) -> Contents:
    """Return what a backup of a diary holds, once it was checked. Raises NotABackupError."""
    if not source.exists():
        raise NotABackupError(source, "is not there")
    if path.exists() and source.samefile(path):
        raise NotABackupError(source, "is the diary itself")
    header = look(source)
    if not header.schema:
        raise NotABackupError(source, "is empty")
    refuse_newer(header.schema, source)
    try:
        with read_only(source) as db:
            return sound_contents(db, source)
    except DamagedError as error:
        raise NotABackupError(source, f"is damaged ({error.fault})") from None


def restore(plan: Plan, at: datetime, step: Step | None = None) -> Path | None:
    """Carry out a plan; return the file that the diary as it was now is in, if there was one.

    A sound diary is backed up, and written over unless another program wrote to it in between; a
    damaged one is set aside. A backup of an older schema is brought up to date. Raises BusyError,
    WrittenMeanwhileError.
    """
    if plan.now:
        with closing(connect(plan.path)) as watch:
            version = _version(watch)
            before: Path | None = back_up(plan.path, at, "restore", step=step).path
            if _version(watch) != version:
                raise WrittenMeanwhileError
    else:
        before = _set_aside(plan, at)
        create_empty(plan.path)
    with read_only(plan.source) as source, closing(connect(plan.path)) as db:
        copy_pages(source, db, step)
        db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        if contents(db) != plan.then:
            raise DamagedError(plan.path, "it does not hold what the backup holds")
    with open_diary(plan.path, create=True):
        return before


def _version(db: sqlite3.Connection) -> int:
    """Return a number that changes whenever another connection writes."""
    db.execute("SELECT count(*) FROM settings").fetchone()
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def _set_aside(plan: Plan, at: datetime) -> Path | None:
    """Rename a damaged diary, or a log without one; return the new name of the diary."""
    aside = f"{plan.path}{ASIDE}{at.astimezone(UTC).strftime(STAMP)}"
    ends = _LOG_FIRST if plan.fault else filter(None, _LOG_FIRST)
    moves = [(Path(f"{plan.path}{end}"), Path(f"{aside}{end}")) for end in ends]
    for _, there in moves:
        if there.exists():
            raise K2logError(f"{there} is in the way: please move it, and try again.")
    for here, there in moves:
        if here.exists():
            here.rename(there)
    return Path(aside) if plan.fault else None
