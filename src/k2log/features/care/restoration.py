"""Make the diary what a backup holds.

The pages of the backup are written into the diary's file by SQLite itself, in one transaction. No
file is ever copied or renamed over a diary: its log, left beside it, would bring the old rows back.

The lock of that transaction is taken before the diary is backed up and kept until the pages are
in. So an entry that was acknowledged before is in that backup, and one that waited is written into
the restored diary.

One case is different. A diary that is damaged cannot be trusted to take pages in, and may be all
there is of its newest entries. It is set aside by renaming it together with its log, which goes
first, so that the log never stands beside another file; then a new diary is made. Who has it open
meanwhile is not written past: then nothing is restored.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Final

from k2log.errors import DiaryError
from k2log.features.care.salvage import TORN, is_torn
from k2log.files import temporary_file
from k2log.named_tuple import NamedTuple
from k2log.store.backup import ASIDE, STAMP, Backup, Step, back_up, copy_pages
from k2log.store.file import (
    BusyError,
    Contents,
    DamagedError,
    UncertainError,
    connect,
    contents,
    create_empty,
    fault,
    is_uncertain,
    look,
    read_only,
    refuse_newer,
    schema_of,
    sound_contents,
    use_wal,
)
from k2log.store.schema import SCHEMA, definitions
from k2log.store.upgrade import refuse_foreign, upgrade

_LOGS: Final = ("-wal", "-shm", "-journal")
_SQLITE_LOCKS: Final = (512, 0x40000000)
"""How many bytes SQLite locks, and from which on: whoever has a file open has a lock of these."""


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


class Restored(NamedTuple):
    """What was restored, and where the diary is that was there before.

    ``copy`` is its backup; a damaged one was set ``aside``. Both are None where there was none.
    """

    then: Contents
    copy: Backup | None
    aside: Path | None


def plan(path: Path, source: Path) -> Plan:
    """Return what restoring a backup would do, once both files were checked.

    Raises NotABackupError; DiaryError where the diary is not ours or newer.
    """
    path = Path(os.path.realpath(path))
    then = _backup_contents(source, path)
    return Plan(Path(os.path.realpath(source)), then, path, *_state(path))


def _state(path: Path) -> tuple[Contents | None, str | None]:
    """Return what the diary holds, None where there is none; and what is wrong with it."""
    try:
        if is_torn(path):
            raise DamagedError(path, TORN)
        if not look(path).schema:
            return None, None
        with closing(connect(path)) as db:
            return sound_contents(db, path), None
    except DamagedError as error:
        return None, error.fault


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
            refuse_foreign(definitions(db), source)
            return sound_contents(db, source)
    except DamagedError as error:
        raise NotABackupError(source, f"is damaged ({error.fault})") from None


def restore(plan: Plan, at: datetime, step: Step | None = None) -> Restored:
    """Carry out a plan, whatever became of the diary since; return what was done.

    A sound diary is backed up and written over, a damaged one set aside. Raises BusyError,
    DamagedError, UncertainError.
    """
    path = plan.path
    with ExitStack() as stack:
        source = stack.enter_context(_current(plan.source, path.parent))
        source.execute("BEGIN")
        then = contents(source)
        damaged = plan.fault and _state(path)[1]
        aside = stack.enter_context(_set_aside(path, at)) if damaged else None
        if not path.exists():
            _copy_logs(path, at)
            create_empty(path)
        db = stack.enter_context(closing(connect(path)))
        copy = _write_over(source, db, plan, at, step)
        _check(db, path, copy)
    return Restored(then, copy, aside)


@contextmanager
def _current(source: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup; of one of an older schema a private copy that is brought up to date.

    A diary never has an older schema while other programs have it open.
    """
    with read_only(source) as db:
        if schema_of(db) == SCHEMA:
            yield db
            return
        with temporary_file(folder, f"in {folder}") as part, closing(connect(part)) as current:
            copy_pages(db, current, None)
            upgrade(current, None)
            yield current


def _write_over(
    source: sqlite3.Connection,
    db: sqlite3.Connection,
    plan: Plan,
    at: datetime,
    step: Step | None,
) -> Backup | None:
    """Lock the diary, back it up, fill it from a backup and commit; return the backup made.

    That is None where the file was still empty once it was locked.
    """
    copy: Backup | None = None
    filling = False

    def keep() -> None:
        nonlocal copy, filling
        if plan.path.stat().st_size:
            copy = back_up(plan.path, at, "restore", spare=plan.source, step=step)
        filling = True

    if schema_of(db):
        use_wal(db)  # else nobody could read what is to be backed up
    try:
        copy_pages(source, db, step, locked=keep)
    except sqlite3.OperationalError as error:
        if filling and is_uncertain(error):
            raise UncertainError from None
        raise
    return copy


def _check(db: sqlite3.Connection, path: Path, copy: Backup | None) -> None:
    """Look whether a diary is sound after it was written over; others may write already.

    The restore stands by now: a disk that fails here does not make it one that failed.
    """
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        if problem := fault(db):
            kept = f"; as it was before the restore: {copy.path}" if copy else ""
            raise DamagedError(path, f"{problem.rstrip('.')}{kept}")


@contextmanager
def _set_aside(path: Path, at: datetime) -> Iterator[Path]:
    """Rename a damaged diary with its logs; yield its new name, and let nobody in meanwhile.

    Raises BusyError where another program has it open.
    """
    aside = _aside(path, at)
    with path.open("r+b") as file:
        try:
            import fcntl  # not on Windows, where no open file can be renamed anyway

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SQLITE_LOCKS)
        except ImportError:
            pass
        except OSError:
            raise BusyError(
                "another program has the damaged diary open. Nothing was restored; close it, and"
                " try again."
            ) from None
        for end in (*_LOGS, ""):
            if (here := Path(f"{path}{end}")).exists():
                here.rename(f"{aside}{end}")
        yield aside


def _copy_logs(path: Path, at: datetime) -> None:
    """Keep the logs that a lost diary left behind: SQLite removes them from beside a new one."""
    aside = _aside(path, at)
    for end in _LOGS:
        if (here := Path(f"{path}{end}")).exists():
            shutil.copyfile(here, f"{aside}{end}")


def _aside(path: Path, at: datetime) -> Path:
    """Return a name for a diary that is set aside, which no file has yet."""
    name = f"{path.name}{ASIDE}{at.astimezone(UTC).strftime(STAMP)}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    ends = (*_LOGS, "")
    return next(
        path.with_name(name)
        for name in names
        if not any(path.with_name(f"{name}{end}").exists() for end in ends)
    )
