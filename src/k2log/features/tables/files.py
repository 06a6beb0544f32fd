"""Where a food table is, and its files as text.

A table is a folder, a zip or a file; its files are found by their own names, in lower case, and may
lie in a subfolder. A zip is looked through for what could do harm before anything of it is read:
nothing is ever unpacked to disk, and what is read is bounded by the size that the zip itself
states. What breaks the shape of a file raises TableError with file and line.
"""

import csv
import re
import zipfile
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from io import BufferedReader, BytesIO
from operator import itemgetter
from os import walk
from pathlib import Path
from typing import BinaryIO, Final, cast

from k2log.archive import BROKEN, STUMBLED, check_archive
from k2log.errors import UnreadableError
from k2log.files import LONGEST_LINE, Watch
from k2log.named_tuple import NamedTuple
from k2log.text import shown

_MOST_LOOKED_AT: Final = 5_000
_BUFFER: Final = 1 << 18
_NUMBER: Final = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")


class TableError(UnreadableError):
    """A food table that cannot be read; nothing of it is imported."""

    @classmethod
    def at(cls, file: str, line: int, why: str) -> "TableError":
        """Return the error for one line of one file."""
        return cls(f"{shown(file, 100)}, line {line}: {why}. Nothing was imported.")


class TableFile(NamedTuple):
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
    """Files by name, in lower case; a name that is there twice has both."""

    name: str
    files: Mapping[str, tuple[TableFile, ...]]

    @classmethod
    def of(cls, name: str, files: Sequence[TableFile]) -> "Place":
        """Return the place with these files."""
        by_name: dict[str, tuple[TableFile, ...]] = {}
        for file in files:
            key = file.name.lower()
            by_name[key] = (*by_name.get(key, ()), file)
        return cls(name, by_name)

    def has(self, *names: str) -> bool:
        """Whether all these files are here."""
        return all(name.lower() in self.files for name in names)

    def file(self, name: str) -> TableFile:
        """Return a file that must be here, once. Raises TableError."""
        files = self.files.get(name.lower(), ())
        if not files:
            raise TableError(f"{name} is missing from {shown(self.name, 100)}.")
        if len(files) > 1:
            raise TableError(
                f"{name} is there twice: {shown(files[0].path, 100)} and"
                f" {shown(files[1].path, 100)}. Name the folder you mean."
            )
        return files[0]


@contextmanager
def open_place(path: Path, table_files: frozenset[str]) -> Iterator[Place]:
    """Open a folder, zip or file; one of ``table_files`` stands for its whole folder.

    Raises TableError and UnsafeArchiveError.
    """
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
            with _open_zip(path) as archive:
                yield Place.of(path.name, _members(archive))
        else:
            yield Place.of(path.name, [_on_disk(path, path.name)])
    except OSError as error:
        named = error.filename or path
        raise TableError(f"cannot read {shown(str(named), 200)}: {error.strerror}.") from None


def _begins_like_a_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _folder(folder: Path, *, deep: bool = True) -> Place:
    files: list[TableFile] = []
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
    return Place.of(str(folder), files)


def _on_disk(path: Path, shown_as: str) -> TableFile:
    return TableFile(shown_as, path.stat().st_size, lambda: path.open("rb"))


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip that was looked through. Raises UnsafeArchiveError and TableError."""
    damaged = TableError(
        f"{shown(path.name, 100)} is damaged or only half downloaded: download it again."
    )
    try:
        opened = zipfile.ZipFile(path)
    except (*BROKEN, *STUMBLED):
        raise damaged from None
    try:
        with opened as archive:
            check_archive(path.name, archive.infolist())
            yield archive
    except BROKEN:
        raise damaged from None


def _members(archive: zipfile.ZipFile) -> list[TableFile]:
    def open_member(info: zipfile.ZipInfo) -> BinaryIO:
        # through a buffer, without which lines come slowly
        return BufferedReader(cast("BufferedReader", archive.open(info)), _BUFFER)

    return [
        TableFile(info.filename, info.file_size, partial(open_member, info))
        for info in archive.infolist()
        if not info.is_dir()
    ]


class TableText:
    """One file, read line by line."""

    def __init__(self, file: TableFile, watch: Watch) -> None:
        """Take the file, and who is told how much of it is read."""
        self.file = file
        self.watch = watch

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    def wrong(self, line: int, why: str) -> TableError:
        """Return the error for a line."""
        return TableError.at(self.name, line, why)

    def blocks(self) -> Iterator[tuple[int, list[bytes]]]:
        """Yield some thousands of lines at a time, with the number of the first.

        No line is endless or holds a NUL byte.
        """
        number = 1
        try:
            with self.file.open() as file:
                while block := file.read(_BUFFER):
                    rest = file.readline(LONGEST_LINE + 1)
                    lines = BytesIO(block + rest).readlines()
                    if len(lines[-1]) > LONGEST_LINE:
                        last = number + len(lines) - 1
                        raise self.wrong(last, f"it is longer than {LONGEST_LINE} bytes")
                    if b"\0" in block or b"\0" in rest:
                        bad = next(at for at, line in enumerate(lines, number) if b"\0" in line)
                        why = "it holds a NUL byte, so this is no text or not in UTF-8"
                        raise self.wrong(bad, why)
                    yield number, lines
                    number += len(lines)
                    self.watch.advance(len(block) + len(rest))
        except BROKEN:
            raise self.wrong(number, "the zip is damaged here; download it again") from None

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield the lines with their numbers."""
        for number, lines in self.blocks():
            yield from enumerate(lines, number)

    def decoded(self) -> Iterator[str]:
        """Yield the lines of UTF-8 text, a byte order mark taken off."""
        for number, lines in self.blocks():
            try:
                if number == 1:
                    lines[0] = lines[0].removeprefix(BOM_UTF8)
                yield from [line.decode() for line in lines]
            except UnicodeDecodeError:
                bad = next(at for at, line in enumerate(lines, number) if not _is_utf_8(line))
                raise self.wrong(bad, "it is not UTF-8; save the file as CSV UTF-8") from None

    def records(self, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of a CSV file that are not blank, with the number of their first line."""
        reader = csv.reader(self.decoded(), delimiter=separator, strict=True)
        first = 1
        try:
            for cells in reader:
                if cells:
                    yield first, cells
                first = reader.line_num + 1
        except csv.Error as error:
            raise self.wrong(first, f"it is not readable as CSV ({error})") from None

    def columns(self, *names: str, optional: Sequence[str] = ()) -> Iterator[tuple[int, list[str]]]:
        """Yield these columns of every row, by the names in the first; "" for an absent one."""
        records = self.records()
        line, header = next(records, (1, []))
        places = {name.strip().lower(): place for place, name in enumerate(header)}
        if missing := [name for name in names if name not in places]:
            raise self.wrong(line, f"the column {' and '.join(missing)} is missing")
        width = len(header)
        chosen = [places.get(name, width) for name in (*names, *optional)]
        pick = itemgetter(*chosen)  # always two or more
        for line, cells in records:
            if len(cells) != width:
                raise self.wrong(line, f"{len(cells)} columns, but the header has {width}")
            cells.append("")
            yield line, list(pick(cells))

    def number(self, line: int, what: str, text: str) -> float:
        """Return a number with a decimal point."""
        if not _NUMBER.fullmatch(text):
            raise self.wrong(line, f'the {what} "{shown(text)}" is not a number')
        return float(text)

    def identity(self, line: int, what: str, text: str) -> int:
        """Return the number of a food or the like."""
        if not (text.isdecimal() and text.isascii() and len(text) < 16):
            raise self.wrong(line, f'the {what} "{shown(text)}" is not a whole number')
        return int(text)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
