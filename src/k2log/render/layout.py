"""How texts stand under each other, break into lines, and lose what an output cannot encode."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest
from typing import Final

_ASCII: Final = str.maketrans(
    {"µ": "u", "–": "-", "·": "-", "•": "-", "…": "...", "×": "x", "→": "->", "─": "-", "━": "-"}
    | dict(zip("▁▂▃▄▅▆▇█", ".:~=+*#@", strict=True))
    | {"▒": "=", "│": "|", "├": "[", "┤": "]", "┼": "+"}
)
_FIRST_OF_OTHER_WIDTH: Final = "\u0300"
"""The first character that combines with another; wide ones come later still."""


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    if max(text, default="") < _FIRST_OF_OTHER_WIDTH:  # a table asks this of each cell
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def columns(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Return each row as a line, its cells as wide as the widest of their column.

    ``right`` are the columns that stand at their right edge. A row may have fewer cells than
    another. Where the last cells end, spaces remain: the widest line is as wide as the table.
    """
    widths = [max(map(width, column)) for column in zip_longest(*rows, fillvalue="")]
    return [
        "  ".join(
            " " * (to - width(cell)) + cell if at in right else pad(cell, to)
            for at, (cell, to) in enumerate(zip(row, widths, strict=False))
        )
        for row in rows
    ]


def pad(text: str, to: int) -> str:
    """Return the text filled to ``to`` columns of a terminal."""
    return text + " " * (to - width(text))


def wrapped(lines: Iterable[str], columns: int | None) -> list[str]:
    """Return the lines broken between words to fit, what follows an indent indented further."""
    if columns is None:
        return list(lines)
    from textwrap import wrap

    return [
        part
        for line in lines
        for part in wrap(
            line,
            columns,
            subsequent_indent=" " * (2 * (line[:1] == " ") + len(line) - len(line.lstrip())),
            break_on_hyphens=False,
        )
    ]


def encodable(text: str, encoding: str) -> str:
    """Return the text with what the encoding lacks replaced: µ by u, – by -, é by e."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_encodable(char, encoding) for char in text)
    return text


def _encodable(char: str, encoding: str) -> str:
    for form in (char, char.translate(_ASCII), unicodedata.normalize("NFKD", char)[:1]):
        try:
            form.encode(encoding)
        except UnicodeEncodeError:
            continue
        return form
    return char.encode(encoding, "backslashreplace").decode(encoding)
