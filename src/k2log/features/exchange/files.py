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
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from k2log.errors import UnreadableError
from k2log.files import LONGEST_LINE, Unwatched, Watch
from k2log.text import shown

MOST_BYTES: Final = 1_000_000_000
WINDOWS: Final = "cp1252"
_SEPARATORS: Final = (",", ";", "\t")
_BLOCK: Final = 1 << 20
_STEP: Final = 1 << 18


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
    """An open file with a table, how it is written, and the names of its columns."""

    file: BinaryIO
    encoding: str
    separator: str
    header: list[str]

    def rows(self, watch: Watch) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows after the header, each with its first line."""
        rows = records(_lines(self.file, self.encoding, watch), self.separator)
        next(rows)
        return rows


def text_table(file: BinaryIO) -> TextTable | None:
    """Return the table that a file holds; None if it is no text at all, or empty.

    Its separator is the one that makes the most columns of the first line.
    """
    file.seek(0)
    utf_16 = file.read(3).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", WINDOWS):
        if _decodes(file, encoding):
            break
    else:
        return None
    header: list[str] = []
    separator = ","
    for candidate in _SEPARATORS:
        try:
            lines = _lines(file, encoding, Unwatched())
            _, names = next(records(lines, candidate), (0, []))
        except UnreadableError:  # quotes make no sense with another separator
            continue
        if len(names) > len(header):
            header, separator = names, candidate
    return TextTable(file, encoding, separator, header) if any(header) else None


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(file: BinaryIO, encoding: str, watch: Watch) -> Iterator[str]:
    """Yield the lines, each with its end, so that a quoted cell may hold several."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
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

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.number += 1
        self.length += len(line)
        if self.length > LONGEST_LINE:
            raise UnreadableError(f"line {self.first}: this row never ends; is a quote missing?")
        return line

    def next_record(self) -> None:
        self.first, self.length = self.number + 1, 0


def records(lines: Iterable[str], separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with its first line's number. Raises UnreadableError."""
    feed = _RecordLines(lines)
    try:
        for record in csv.reader(feed, delimiter=separator, strict=True):
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield feed.first, cells
            feed.next_record()
    except csv.Error as error:
        raise UnreadableError(f"line {feed.first} is not readable as CSV: {error}.") from None
