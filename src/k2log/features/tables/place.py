"""Where a food table is: a folder, a zip or a file, as files found by their own names.

A table's files may lie in a subfolder. Names are compared in lower case.

A zip as named files, after a look at everything in it that could do harm.

Nothing is ever unpacked to disk; what is read is bounded by the size that the zip itself states.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BufferedReader
from os import walk
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from k2log.features.tables.model import TableError, UnsafeArchiveError
from k2log.text import shown

MOST_FILES: Final = 1_000
MOST_BYTES: Final = 20_000_000_000  # all of FoodData Central is about 4 GB
MOST_RATIO: Final = 100  # tables shrink to a tenth, some to a fortieth
_ALWAYS_ALLOWED: Final = 10_000_000
_COMPRESSED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for much memory
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError)
_STUMBLED: Final = (NotImplementedError, ValueError, OverflowError, struct.error)


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip that was looked through. Raises UnsafeArchiveError and TableError."""
    try:
        with _archive(path) as archive:
            _check(path.name, archive.infolist())
            yield archive
    except BROKEN:
        raise _DamagedError(path.name) from None


class _DamagedError(TableError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"{shown(name, 100)} is damaged or only half downloaded: download it again."
        )


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (*BROKEN, *_STUMBLED):
        raise _DamagedError(path.name) from None


def _check(name: str, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES:
        raise UnsafeArchiveError(name, f"it holds {len(infos)} files; {MOST_FILES} are the most")
    for info in infos:
        if why := _unsafe(info):
            raise UnsafeArchiveError(name, why)
        if info.compress_type not in _COMPRESSED:
            raise TableError(
                f"{shown(info.filename, 100)} is compressed in a way that k2log cannot read:"
                " unpack the zip and import the folder."
            )
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > MOST_BYTES or _swells(total, packed):
        raise UnsafeArchiveError(name, f"it would unpack to {total} bytes")


def _unsafe(info: zipfile.ZipInfo) -> str:
    path = info.filename.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
        return "it holds a file with a path that leads outside of it"
    if not path:
        return "it holds a file without a name"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it holds a link instead of a file"
    if info.flag_bits & 1:
        return "it is encrypted"
    if _swells(info.file_size, info.compress_size):
        return f"one of its files would unpack to {info.file_size} bytes"
    return ""


def _swells(size: int, packed: int) -> bool:
    return size > _ALWAYS_ALLOWED and size > packed * MOST_RATIO


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """Open one file of a zip; through a buffer, without which lines come slowly."""
    return BufferedReader(cast("BufferedReader", archive.open(info)), 1 << 18)


_MOST_LOOKED_AT: Final = 5_000


class File(NamedTuple):
    """One file of a table: its path to be shown, its size, and how to open it."""

    path: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]

    def head(self, size: int = 8) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(size)


class Place(NamedTuple):
    """Files by name; a name that is there twice has both."""

    name: str
    files: Mapping[str, tuple[File, ...]]

    def has(self, *names: str) -> bool:
        """Whether all these files are here."""
        return all(name.lower() in self.files for name in names)

    def file(self, name: str) -> File:
        """Return a file that must be here, once. Raises TableError."""
        found = self.files.get(name.lower(), ())
        if not found:
            raise TableError(f"{name} is missing from {shown(self.name, 100)}.")
        if len(found) > 1:
            raise TableError(
                f"{name} is there twice: {shown(found[0].path, 100)} and"
                f" {shown(found[1].path, 100)}. Name the folder you mean."
            )
        return found[0]


@contextmanager
def opened_place(path: Path, table_files: frozenset[str]) -> Iterator[Place]:
    """Open a folder, zip or file; one of ``table_files`` stands for its whole folder."""
    try:
        if path.is_file() and path.name.lower() in table_files:
            yield _folder(path.parent, deep=False)
        elif path.is_dir():
            yield _folder(path)
        elif path.exists() and not path.is_file():
            raise TableError(
                f"{shown(str(path), 200)} is neither a file nor a folder: save the table first."
            )
        elif _begins_like_a_zip(path) or zipfile.is_zipfile(path):
            with opened_zip(path) as archive:
                yield _zip(path.name, archive)
        else:
            yield _place(path.name, [_on_disk(path, path.name)])
    except OSError as error:
        named = error.filename or path
        raise TableError(f"cannot read {shown(str(named), 200)}: {error.strerror}.") from None


def _begins_like_a_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _zip(name: str, archive: zipfile.ZipFile) -> Place:
    files = [
        File(info.filename, info.file_size, partial(open_member, archive, info))
        for info in archive.infolist()
        if not info.is_dir()
    ]
    return _place(name, files)


def _folder(folder: Path, *, deep: bool = True) -> Place:
    files: list[File] = []
    looked_at = 0
    for root, folders, names in walk(folder):
        folders[:] = sorted(name for name in folders if deep and not name.startswith("."))
        looked_at += len(folders) + len(names)
        if looked_at > _MOST_LOOKED_AT:
            raise TableError(f"{shown(str(folder), 100)} holds too many files: name the table's.")
        paths = (Path(root, name) for name in sorted(names))
        files += [
            _on_disk(path, path.relative_to(folder).as_posix()) for path in paths if path.is_file()
        ]
    return _place(str(folder), files)


def _on_disk(path: Path, shown_as: str) -> File:
    return File(shown_as, path.stat().st_size, lambda: path.open("rb"))


def _place(name: str, files: list[File]) -> Place:
    found: dict[str, tuple[File, ...]] = {}
    for file in files:
        key = file.name.lower()
        found[key] = (*found.get(key, ()), file)
    return Place(name, found)
