"""The files themselves: told apart by name or first line, read line by line, written whole."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

from k2log.diary.incoming import Mark, Moment, Remark, Row
from k2log.errors import K2logError, UnreadableError
from k2log.grammar.text import shown
from k2log.transfer.lines import text_lines
from k2log.transfer.own_csv import read_csv
from k2log.transfer.own_jsonl import read_jsonl

Format = Literal["csv", "jsonl"]
_SUFFIXES: Final[dict[str, Format]] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class TargetError(K2logError):
    """A file that an export cannot or should not write."""


class Source(NamedTuple):
    """An open file: its format, and its lines."""

    format: Format
    lines: Iterator[str]

    def rows(self, moment: Moment) -> Iterator[Row | Mark | Remark]:
        """Yield what the file holds, and remarks on what is wrong. Raises UnreadableError."""
        read = read_csv if self.format == "csv" else read_jsonl
        return read(self.lines, moment)


def format_of(path: Path | None) -> Format:
    """Return the format that a file's name tells; CSV without a name. Raises UnreadableError."""
    if path is None:
        return "csv"
    found = _SUFFIXES.get(path.suffix.casefold())
    if found is None:
        raise UnreadableError(
            f"the name {shown(path.name)} does not say which format: add --format csv or jsonl."
        )
    return found


@contextmanager
def opened(name: str) -> Iterator[Source]:
    """Open a file to be read, ``-`` is stdin. Raises UnreadableError."""
    if name == "-":
        yield _source(sys.stdin.buffer, name)
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UnreadableError(f"cannot read {shown(name, 200)}: {error.strerror}.") from None
    with file:
        yield _source(file, name)


def _source(file: BinaryIO, name: str) -> Source:
    lines = text_lines(file)
    first = next(lines, "")
    if not first:
        raise UnreadableError(f"{'stdin' if name == '-' else shown(name, 200)} is empty.")
    sniffed: Format = "jsonl" if first.lstrip().startswith("{") else "csv"
    return Source(_SUFFIXES.get(Path(name).suffix.casefold(), sniffed), chain([first], lines))


@contextmanager
def whole_file(path: Path, *, force: bool, keep: Path) -> Iterator[BinaryIO]:
    """Write a file that appears at the end, complete, or not at all; readable by its owner only.

    An existing file is replaced only with ``force``, and ``keep`` never. Raises TargetError.
    """
    target = Path(os.path.realpath(path))
    _check(target, force=force, keep=keep)
    try:
        descriptor, name = tempfile.mkstemp(".part", f".{target.name[:100]}.", target.parent)
    except OSError as error:
        raise TargetError(f"cannot write {path}: {error.strerror}.") from None
    part = Path(name)
    try:
        with open(descriptor, "wb", buffering=1 << 18) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put(part, target, force=force)
    except OSError as error:
        raise TargetError(f"cannot write {path}: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _check(target: Path, *, force: bool, keep: Path) -> None:
    parts = (keep, Path(f"{keep}-wal"), Path(f"{keep}-shm"))
    if target in map(Path.resolve, parts) or _same(target, keep):
        raise TargetError(f"{target} belongs to the diary itself; choose another name.")
    if not target.exists():
        return
    if not target.is_file():
        raise TargetError(f"{target} is not a regular file; leave out -o to write to stdout.")
    if not force:
        raise TargetError(f"{target} exists already. To replace it: --force")


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _put(part: Path, target: Path, *, force: bool) -> None:
    if force:
        part.replace(target)
        return
    try:
        os.link(part, target)  # unlike a rename, never replaces what appeared meanwhile
    except FileExistsError:
        raise TargetError(f"{target} exists already. To replace it: --force") from None
    except OSError:  # a file system without links: take the name first
        _take_name(target)
        part.replace(target)


def _take_name(target: Path) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise TargetError(f"{target} exists already. To replace it: --force") from None


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system can
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
