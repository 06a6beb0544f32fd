"""A zip as named files, after a look at everything in it that could do harm.

Nothing is ever unpacked to disk; what is read is bounded by the size that the zip itself states.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final, cast

from k2log.grammar.text import shown
from k2log.transfer.tables.model import TableError, UnsafeArchiveError

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
