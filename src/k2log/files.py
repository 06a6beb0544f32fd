"""Files read line by line, none so long that it would fill the memory, and files written whole.

A file that is written whole is a temporary one beside its target until it is complete and on the
disk: then it gets its name, at once, and by default only if nothing has that name yet.

A ``Watch`` is told how far long work is.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from k2log.errors import K2logError, UnreadableError

LONGEST_LINE: Final = 1_000_000
SQLITE_ENDS: Final = ("-journal", "-wal", "-shm")
"""What SQLite appends to a database's name for the files that it keeps beside it."""

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
def whole_file(path: Path, *, force: bool, keep: Path) -> Iterator[BinaryIO]:
    """Write a file that appears at the end, complete, or not at all; readable by its owner only.

    An existing file is replaced only with ``force``; ``keep``, the diary, never. Raises
    TargetError.
    """
    target = Path(os.path.realpath(path))
    refuse_target(target, keep, replace=force)
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
    import tempfile  # noqa: PLC0415 - with random and shutil; few commands write files

    try:
        descriptor, name = tempfile.mkstemp(".part", ".k2log.", folder)
    except OSError as error:
        raise TargetError(f"cannot write {what}: {error.strerror}.") from None
    with suppress(OSError, AttributeError):  # not every file system has modes
        os.fchmod(descriptor, 0o600)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for end in ("", *SQLITE_ENDS):
            Path(f"{name}{end}").unlink(missing_ok=True)


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
