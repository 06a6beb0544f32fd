"""A table as text: its encoding, its separator, its rows; read as often as need be."""

import codecs
import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.features.exchange.own_csv import records
from k2log.files import LONGEST_LINE, Unwatched, Watch

_SEPARATORS: Final = (",", ";", "\t")
_BLOCK: Final = 1 << 20
_STEP: Final = 1 << 18
WINDOWS: Final = "cp1252"


class Table(NamedTuple):
    """An open file, how it is written, and the names of its columns."""

    file: BinaryIO
    encoding: str
    separator: str
    header: list[str]

    def rows(self, watch: Watch) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows after the header, each with its first line."""
        found = records(_lines(self.file, self.encoding, watch), self.separator)
        next(found)
        return found


def opened_table(file: BinaryIO) -> Table | None:
    """Return the table that a file holds; None if it is no text at all, or empty."""
    encoding = _encoding(file)
    if encoding is None:
        return None
    headers = [(_header(file, encoding, separator), separator) for separator in _SEPARATORS]
    header, separator = max(headers, key=lambda found: len(found[0]))
    return Table(file, encoding, separator, header) if any(header) else None


def _header(file: BinaryIO, encoding: str, separator: str) -> list[str]:
    try:
        _, header = next(records(_lines(file, encoding, Unwatched()), separator), (0, []))
    except UnreadableError:  # quotes make no sense with another separator
        return []
    return header


def _encoding(file: BinaryIO) -> str | None:
    file.seek(0)
    start = file.read(3)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", WINDOWS]
    return next((encoding for encoding in candidates if _decodes(file, encoding)), None)


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
