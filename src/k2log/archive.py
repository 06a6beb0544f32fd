"""Zips from outside, looked through for what could do harm before anything of one is read.

Nothing is ever unpacked to a path that a zip names, and what is read is bounded by the size that
the zip itself states.
"""

import stat
import struct
import zipfile
import zlib
from typing import Final

from k2log.errors import K2logError, UnreadableError
from k2log.text import shown

MOST_FILES: Final = 1_000
MOST_BYTES: Final = 20_000_000_000  # all of FoodData Central is about 4 GB
MOST_RATIO: Final = 100  # tables shrink to a tenth, some to a fortieth
_ALWAYS_ALLOWED: Final = 10_000_000
_COMPRESSED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for much memory
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError)
"""What reading a damaged zip raises, and STUMBLED what opening one may raise besides."""

STUMBLED: Final = (NotImplementedError, ValueError, OverflowError, struct.error)


class UnsafeArchiveError(K2logError):
    """A zip that no publisher of food tables makes."""

    def __init__(self, archive: str, why: str) -> None:
        """Take the name of the zip, and what is wrong with it."""
        super().__init__(
            f"{shown(archive, 100)} is refused: {why}. Download it again, or unpack it"
            " and import the folder."
        )


def check_archive(name: str, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip that could do harm, and one that cannot be read."""
    if len(infos) > MOST_FILES:
        raise UnsafeArchiveError(name, f"it holds {len(infos)} files; {MOST_FILES} are the most")
    for info in infos:
        if why := _harm(info):
            raise UnsafeArchiveError(name, why)
        if info.compress_type not in _COMPRESSED:
            raise UnreadableError(
                f"{shown(info.filename, 100)} is compressed in a way that k2log cannot read:"
                " unpack the zip and import what is in it."
            )
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > MOST_BYTES or _swells(total, packed):
        raise UnsafeArchiveError(name, f"it would unpack to {total} bytes")


def _harm(info: zipfile.ZipInfo) -> str:
    """Return what is wrong with a file of a zip; empty if nothing is."""
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
