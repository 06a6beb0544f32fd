"""A file as lines of text, none so long that it would fill the memory."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from k2log.errors import UnreadableError

LONGEST_LINE: Final = 1_000_000


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
