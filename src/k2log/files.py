"""Files read line by line, none so long that it would fill the memory, and files written whole.

A file that is written whole is a temporary one beside its target until it is complete and on the
disk: then it gets its name, at once, and by default only if nothing has that name yet.

A ``Watch`` is told how far long work is.
"""

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from k2log.errors import K2logError, UnreadableError

LONGEST_LINE: Final = 1_000_000
SQLITE_ENDS: Final = ("-journal", "-wal", "-shm")
"""What SQLite appends to a database's name for the files that it keeps beside it."""

_INSIDE: Final = "diary.db"
_INSIDES: Final = {f"{_INSIDE}{end}" for end in ("", *SQLITE_ENDS)}
"""What the temporary folder of a database holds."""

_PART: Final = r"\.k2log\.[a-z0-9_]{8}\.part(-journal|-wal|-shm)?"
"""A temporary file's name; k2log 0.1 used more letters and digits than hexadecimal ones."""

_NO_LINKS: Final = (errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP,
                    errno.EOPNOTSUPP, errno.EINVAL)  # fmt: skip
"""How systems say that a file system has no hard links."""


class TargetError(K2logError):
    """A file that cannot be written, or should not be replaced."""


class ExistsError(TargetError):
    """A file that exists and shall not be replaced."""

    def __init__(self, target: Path) -> None:
        """Take the file."""
        super().__init__(f"{target} exists already. To replace it: --force")


class AtWorkError(K2logError):
    """A folder that another k2log writes a file in, so that nobody knows what is left over."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        super().__init__(f"another k2log is writing a file in {folder}: try again after that.")


class Watch(Protocol):
    """Somebody who is told how far long work is."""

    def begin(self, what: str, total: int) -> None:
        """Begin work of so many steps; 0 if nobody knows how many."""

    def advance(self, steps: int) -> None:
        """Say that so many more steps are done."""


class Unwatched:
    """A Watch that tells nobody."""

    def begin(self, what: str, total: int) -> None:
        """Tell nobody."""

    def advance(self, steps: int) -> None:
        """Tell nobody."""


def text_lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of UTF-8 text, a byte order mark taken off. Raises UnreadableError."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        yield _text(raw, number)


def _text(raw: bytes, number: int) -> str:
    if len(raw) > LONGEST_LINE:
        raise UnreadableError(f"line {number} is longer than {LONGEST_LINE} bytes.")
    if b"\0" in raw:
        raise UnreadableError(f"line {number} holds a NUL byte: save the file as UTF-8 text.")
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(f"line {number} is not UTF-8: save the file as UTF-8 text.") from None


@contextmanager
def whole_file(path: str | Path, *, force: bool, keep: str | Path) -> Iterator[BinaryIO]:
    """Write a file that appears at the end, complete, or not at all; readable by its owner only.

    An existing file is replaced only with ``force``; ``keep``, the diary, never. Raises
    TargetError.
    """
    target = Path(os.path.realpath(path))
    refuse_target(target, Path(keep), replace=force)
    try:
        with temporary_file(target.parent, str(path)) as part:
            with part.open("wb", buffering=1 << 18) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            give_name(part, target, replace=force)
    except OSError as error:
        raise TargetError(f"cannot write {path}: {error.strerror}.") from None
    sync_folder(target.parent)


def refuse_target(target: Path, diary: Path, *, replace: bool) -> None:
    """Raise TargetError where a path (symbolic links followed) should not be written to.

    That is the diary, a file that SQLite keeps beside it, what is no regular file and, unless it
    shall be replaced, any file that exists.
    """
    names = [Path(f"{os.path.realpath(diary)}{end}") for end in ("", *SQLITE_ENDS)]
    if target in names or (target.exists() and diary.exists() and target.samefile(diary)):
        raise TargetError(f"{target} belongs to the diary itself; choose another name.")
    if not target.exists():
        return
    if not target.is_file():
        raise TargetError(f"{target} is not a regular file; name a file, or leave out -o.")
    if not replace:
        raise ExistsError(target)


@contextmanager
def temporary_file(folder: Path, what: str) -> Iterator[Path]:
    """Make an empty, private file, and remove it at the end, with what SQLite put beside it.

    Raises TargetError, which calls what cannot be written ``what``.
    """
    part = _part(folder)
    try:
        with _folder_lock(folder, exclusive=False):
            try:
                descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
                with suppress(OSError, AttributeError):  # not every file system has modes
                    os.fchmod(descriptor, 0o600)
                os.close(descriptor)
            except OSError as error:
                raise TargetError(f"cannot write {what}: {error.strerror}.") from None
            yield part
    finally:
        remove_database(part)


@contextmanager
def temporary_database(folder: Path) -> Iterator[Path]:
    """Make an empty, private folder for a database; yield the path for that, and remove both."""
    part = _part(folder)
    try:
        with _folder_lock(folder, exclusive=False):
            part.mkdir(mode=0o700)
            yield part / _INSIDE
    finally:
        _remove_part(part)


def _part(folder: Path) -> Path:
    """Return a new name for a temporary file, known before there is anything to clean up."""
    return folder / f".k2log.{os.urandom(4).hex()}.part"


@contextmanager
def leftovers(folder: Path, patience_seconds: float = 0) -> Iterator[list[Path]]:
    """Yield the temporary files in a folder that no living process holds; none is made meanwhile.

    Raises AtWorkError where one is being written for longer than the patience. Where a file system
    has no locks nobody can tell, and all are taken for left over.
    """
    if not folder.is_dir():
        yield []
        return
    with _folder_lock(folder, exclusive=True, patience_seconds=patience_seconds):
        yield sorted(file for file in folder.iterdir() if _is_part(file))


def remove_leftovers(folder: Path, patience_seconds: float = 0) -> list[Path]:
    """Remove what programs that were killed left in a folder; return that. Raises AtWorkError."""
    with leftovers(folder, patience_seconds) as parts:
        for part in parts:
            _remove_part(part)
        return parts


def _is_part(path: Path) -> bool:
    """Whether a path is a temporary file of k2log, or a folder that holds but a database of it."""
    if not re.fullmatch(_PART, path.name) or path.is_symlink():
        return False
    return path.is_file() or (path.is_dir() and {*os.listdir(path)} <= _INSIDES)


def _remove_part(part: Path) -> None:
    if part.is_dir():
        remove_database(part / _INSIDE)
        with suppress(OSError):
            part.rmdir()
    else:
        remove_database(part)


def remove_database(path: Path) -> None:
    """Remove a file, if it is there, with what SQLite put beside it."""
    for end in ("", *SQLITE_ENDS):
        Path(f"{path}{end}").unlink(missing_ok=True)


@contextmanager
def _folder_lock(folder: Path, *, exclusive: bool, patience_seconds: float = 0) -> Iterator[None]:
    """Lock a folder, which the system undoes when the process ends, however it ends.

    Shared by all who write temporary files in it; exclusive to find out that nobody does. Raises
    AtWorkError. Without locks, or permission to look into the folder, it does nothing.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where no open file can be removed

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        descriptor = None
    try:
        if descriptor is not None:
            kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
            deadline = time.monotonic() + patience_seconds
            while not _locked(descriptor, kind | fcntl.LOCK_NB):
                if exclusive and time.monotonic() > deadline:
                    raise AtWorkError(folder)
                time.sleep(0.02)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    """Whether nobody else had such a lock; also where the file system has none."""
    import fcntl  # noqa: PLC0415

    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def give_name(part: Path, target: Path, *, replace: bool) -> None:
    """Give a temporary file its name. Raises ExistsError where that is taken and not replaced."""
    if replace:
        part.replace(target)
        return
    try:
        os.link(part, target)  # unlike a rename, never replaces what appeared meanwhile
    except FileExistsError:
        raise ExistsError(target) from None
    except OSError as error:  # a file system without links: take the name first
        if error.errno not in _NO_LINKS:
            raise
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise ExistsError(target) from None
        part.replace(target)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
