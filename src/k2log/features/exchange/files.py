"""The files themselves: opened so that they can be read twice, and tables as text.

A table has an encoding, a separator and rows, and is read as often as need be.
"""

import codecs
import csv
import io
import os
import re
import stat
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, cast

from k2log.archive import BROKEN, check_archive
from k2log.errors import UnreadableError
from k2log.files import LONGEST_LINE, Unwatched, Watch
from k2log.named_tuple import NamedTuple
from k2log.text import shown
from k2log.workbook import is_workbook, workbook_rows

MOST_BYTES: Final = 1_000_000_000
WINDOWS: Final = "cp1252"
_SEPARATORS: Final = (",", ";", "\t")
_BLOCK: Final = 1 << 20
_STEP: Final = 1 << 18
_STRAY: Final = "\ufffd"
_MOST_STRAYS: Final = 1_000
_MOST_TITLES: Final = 30
_TABLES: Final = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".xlsx")
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"


class TooLargeError(UnreadableError):
    """A file larger than any diary, or one that does not end."""

    def __init__(self) -> None:
        """Say how much can be read at a time."""
        super().__init__(f"more than {MOST_BYTES // 1_000_000} MB; import it in several files.")


def open_rereadable(name: str) -> BinaryIO:
    """Open a file that can be read twice, ``-`` is stdin. Raises UnreadableError."""
    try:
        if name == "-":
            return _copy_of(sys.stdin.buffer)
        file = Path(name).open("rb")  # noqa: SIM115 - whoever opened it closes it
        state = os.fstat(file.fileno())
        if stat.S_ISREG(state.st_mode):
            if state.st_size <= MOST_BYTES:
                return file
            file.close()
            raise TooLargeError
        with file:  # a pipe or device that has a name
            return _copy_of(file)
    except OSError as error:
        raise UnreadableError(f"cannot read {shown(name, 200)}: {error.strerror}.") from None


def unpacked(file: BinaryIO, name: str) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the tables in a file with their names: itself, those in a zip, or a workbook's sheet.

    Whoever opened the file closes it; what is yielded besides goes when the next is asked for.
    Raises UnreadableError.
    """
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start == _OLD_WORKBOOK:
        raise UnreadableError("this is an old workbook (.xls): save it as .xlsx or CSV.")
    if start != b"PK\x03\x04":
        yield name, file
        return
    with _open_zip(file, name) as archive:
        if is_workbook(archive.namelist()):
            with _sheet_as_csv(file, name) as sheet:
                yield f"{name}.csv", sheet
            return
        members = [info for info in archive.infolist() if _is_table(info.filename)]
        if not members:
            raise UnreadableError(f"the zip {shown(name, 100)} holds no table.")
        for info in members:
            with archive.open(info) as packed, _copy_of(cast(BinaryIO, packed)) as member:
                yield from unpacked(member, info.filename.rpartition("/")[2])


@contextmanager
def _open_zip(file: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(name, archive.infolist())
            yield archive
    except (*BROKEN, NotImplementedError):
        raise UnreadableError(f"the zip {shown(name, 100)} is damaged.") from None


def _is_table(path: str) -> bool:
    name = path.rpartition("/")[2]
    hidden = path.startswith("__MACOSX/") or name.startswith(".")
    return not hidden and Path(name).suffix.casefold() in _TABLES


def _sheet_as_csv(file: BinaryIO, name: str) -> BinaryIO:
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever asked closes it
    try:
        text = io.TextIOWrapper(copy, "utf-8", newline="")
        csv.writer(text).writerows(row for row in workbook_rows(file, name) if any(row))
        text.detach()
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy


def _copy_of(stream: BinaryIO) -> BinaryIO:
    """Return a copy of a stream in a file without a name, which goes when it is closed.

    What cannot be a table, or does not end, is refused as soon as it shows.
    """
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever opened it closes it
    try:
        size = 0
        while block := stream.read(_BLOCK):
            if not size and len(block) > LONGEST_LINE and not re.search(rb"[\r\n]", block):
                raise UnreadableError(f"line 1 is longer than {LONGEST_LINE} bytes.")
            size += len(block)
            if size > MOST_BYTES:
                raise TooLargeError
            copy.write(block)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy


class TextTable(NamedTuple):
    """An open file with a table, how it is written, and the names of its columns.

    ``header_line`` is the line that these stand on; what is above are titles. ``strays`` are bytes
    that are no text, read as �.
    """

    file: BinaryIO
    encoding: str
    separator: str
    header: list[str]
    header_line: int = 1
    strays: int = 0

    def rows(self, watch: Watch) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows after the header, each with its first line."""
        lines = _lines(self.file, self.encoding, watch)
        rows = records(lines, self.separator, len(self.header))
        return (row for row in rows if row[0] > self.header_line)


def text_table(file: BinaryIO, is_header: Callable[[list[str]], bool] = any) -> TextTable | None:
    """Return the table that a file holds; None if it is no text at all, or empty.

    Its separator is the one that Excel wrote down (``sep=;``), or that makes the most columns. Its
    header is the first row that ``is_header``; where none of the first is, that with most columns.
    """
    if (coded := _encoding(file)) is None:
        return None
    encoding, strays = coded
    best: tuple[tuple[bool, bool, int], TextTable] | None = None
    for separator in _SEPARATORS:
        top: list[tuple[int, list[str]]] = []
        with suppress(UnreadableError):  # quotes that make no sense with another separator
            top.extend(
                islice(records(_lines(file, encoding, Unwatched()), separator), _MOST_TITLES)
            )
        stated = _stated_separator(top, separator)
        top = top[1:] if stated == separator else top
        if not top or stated not in (None, separator):
            continue
        width = max(_width(cells) for _, cells in top)
        headers = [row for row in top if is_header(row[1])]
        wide = [row for row in top if _width(row[1]) == width]
        line, names = (headers or (wide if _width(top[0][1]) == 1 else top))[0]
        rank = (bool(stated), bool(headers), len(names if headers else top[0][1]))
        if best is None or rank > best[0]:
            best = rank, TextTable(file, encoding, separator, names, line, strays)
    return best and best[1]


def _width(cells: list[str]) -> int:
    return sum(map(bool, cells))


def _stated_separator(top: list[tuple[int, list[str]]], tried: str) -> str | None:
    """Return the separator that the first line of a file states, as Excel writes it."""
    first = top[0][1][0] if top else ""
    return (first[4:5] or tried) if re.fullmatch("sep=.?", first, re.IGNORECASE) else None


def _encoding(file: BinaryIO) -> tuple[str, int] | None:
    """Return how a file is encoded, and how many of its bytes are not; None if it is no text.

    A file with more signs in UTF-8 than bytes that are none has a few stray bytes; one with none
    is of Windows.
    """
    file.seek(0)
    start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16", 0) if _undecodable(file, "utf-16") == (0, 0) else None
    strays, signs = _undecodable(file, "utf-8-sig")
    if not strays:
        return "utf-8-sig", 0
    if b"\0" in start:
        return None
    if signs < strays and _undecodable(file, WINDOWS) == (0, 0):
        return WINDOWS, 0
    return ("utf-8-sig", strays) if strays <= _MOST_STRAYS else None


def _undecodable(file: BinaryIO, encoding: str) -> tuple[int, int]:
    """Return how many bytes cannot be decoded, and how many other signs are not ASCII.

    All is well where both are 0 or the first is; without a byte that cannot the second is 0.
    """
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if encoding != "utf-8-sig":
            return 1, 0
        file.seek(0)
        strays = signs = 0
        lenient = codecs.getincrementaldecoder(encoding)(errors="replace")
        while block := file.read(_BLOCK):
            text = lenient.decode(block)
            strays += text.count(_STRAY)
            signs += sum(char > "\x7f" for char in text)
        return strays, signs - strays
    return 0, 0


def _lines(file: BinaryIO, encoding: str, watch: Watch) -> Iterator[str]:
    """Yield the lines, each with its end, so that a quoted cell may hold several."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    watch.begin("reading", size)
    behind = 0
    try:
        for number, line in enumerate(iter(partial(text.readline, LONGEST_LINE + 1), ""), 1):
            if len(line) > LONGEST_LINE:
                raise UnreadableError(f"line {number} is longer than {LONGEST_LINE} characters.")
            behind += len(line)
            if behind > _STEP:
                watch.advance(behind)
                behind = 0
            yield line
    finally:
        if not file.closed:
            text.detach()  # whoever opened the file closes it


class _RecordLines:
    """Lines for a CSV reader, up to the longest record that makes sense."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.first = 1
        self.number = 0
        self.length = 0
        self.ended = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.number += 1
        self.length += len(line)
        self.ended = line.endswith(("\n", "\r"))
        if self.length > LONGEST_LINE:
            raise UnreadableError(f"line {self.first}: this row never ends; is a quote missing?")
        return line

    def next_record(self) -> None:
        self.first, self.length = self.number + 1, 0


def records(
    lines: Iterable[str], separator: str = ",", width: int | None = 0
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with its first line's number. Raises UnreadableError.

    A row with fewer than ``width`` cells, None for as many as the first row has, gets the empty
    ones at its end, which spreadsheets leave out. Without a line end it stays: it was cut off.
    """
    feed = _RecordLines(lines)
    try:
        for record in csv.reader(feed, delimiter=separator, strict=True):
            cells = [cell.strip() for cell in record]
            if any(cells):
                width = len(cells) if width is None else width
                if len(cells) < width and feed.ended:
                    cells += [""] * (width - len(cells))
                yield feed.first, cells
            feed.next_record()
    except csv.Error as error:
        raise UnreadableError(f"line {feed.first} is not readable as CSV: {error}.") from None
