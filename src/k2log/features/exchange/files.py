"""The files themselves: told apart by name or first line, read line by line."""

import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple, cast

from k2log.errors import UnreadableError
from k2log.features.exchange.columns import Asked, layout
from k2log.features.exchange.columns import Format as Kind
from k2log.features.exchange.elsewhere import (
    READ_AS_WINDOWS,
    Local,
    Reading,
    Seen,
    day_order,
    entries,
)
from k2log.features.exchange.incoming import MarkRow, Moment, Remark, Row
from k2log.features.exchange.own_csv import read_csv
from k2log.features.exchange.own_jsonl import read_jsonl
from k2log.features.exchange.recognise import foreign
from k2log.features.exchange.table import WINDOWS, Table
from k2log.files import LONGEST_LINE, Watch, text_lines
from k2log.text import shown

Format = Literal["csv", "jsonl"]
MOST_BYTES: Final = 1_000_000_000
_BLOCK: Final = 1 << 20
_SUFFIXES: Final[dict[str, Format]] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class TooLargeError(UnreadableError):
    """A file larger than any diary, or one that does not end."""

    def __init__(self) -> None:
        """Say how much can be read at a time."""
        super().__init__(f"more than {MOST_BYTES // 1_000_000} MB; import it in several files.")


class Source(NamedTuple):
    """An open file: what reads it; and of another program's table, what was seen of it."""

    read: Callable[[Moment, Watch], Iterator[Row | MarkRow | Remark]]
    seen: Seen | None = None

    def rows(self, moment: Moment, watch: Watch) -> Iterator[Row | MarkRow | Remark]:
        """Yield what the file holds, and remarks on what is wrong. Raises UnreadableError."""
        return self.read(moment, watch)


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
def opened(name: str, asked: Asked, local: Local) -> Iterator[Source]:
    """Open a file to be read, ``-`` is stdin; ``asked`` is what the user says of it.

    ``local`` attaches the offset that is valid at a local time. Raises UnreadableError.
    """
    try:
        file = _spooled(sys.stdin.buffer) if name == "-" else _rereadable(Path(name))
    except OSError as error:
        raise UnreadableError(f"cannot read {shown(name, 200)}: {error.strerror}.") from None
    with file:
        yield _source(file, name, asked, local)


def _rereadable(path: Path) -> BinaryIO:
    file = path.open("rb")
    state = os.fstat(file.fileno())
    if stat.S_ISREG(state.st_mode):
        if state.st_size <= MOST_BYTES:
            return file
        file.close()
        raise TooLargeError
    with file:  # a pipe or device that has a name
        return _spooled(file)


def _spooled(stream: BinaryIO) -> BinaryIO:
    """Return a copy of a stream that can be read twice; it has no name, and goes when closed."""
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever asked closes it
    try:
        copy.writelines(_blocks(stream))
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what a stream holds, unless that cannot be a table, or does not end."""
    read = 0
    while block := stream.read(_BLOCK):
        if not read and len(block) > LONGEST_LINE and not re.search(rb"[\r\n]", block):
            raise UnreadableError(f"line 1 is longer than {LONGEST_LINE} bytes.")
        read += len(block)
        if read > MOST_BYTES:
            raise TooLargeError
        yield block


def _source(file: BinaryIO, name: str, asked: Asked, local: Local) -> Source:
    suffix = _SUFFIXES.get(Path(name).suffix.casefold())
    plainly_own = suffix == "jsonl" and asked in (Asked(), Asked("k2log"))
    found = None if plainly_own else foreign(file, asked)
    if found:
        return _foreign_source(*found, asked, local)
    lines = text_lines(file)
    first = next(lines, "")
    if not first:
        raise UnreadableError(f"{'stdin' if name == '-' else shown(name, 200)} is empty.")
    sniffed: Format = "jsonl" if first.lstrip().startswith("{") else "csv"
    read = read_csv if (suffix or sniffed) == "csv" else read_jsonl
    return Source(lambda moment, _: read(chain([first], lines), moment))


def _foreign_source(kind: Kind, table: Table, asked: Asked, local: Local) -> Source:
    found = layout(kind, table.header, asked)
    reading = Reading(found, asked.date_order or day_order(table, found), local)
    remarks = [*found.unread, *([READ_AS_WINDOWS] * (table.encoding == WINDOWS))]
    seen = Seen(remarks)
    return Source(lambda moment, watch: entries(table, reading, seen, moment, watch), seen)
