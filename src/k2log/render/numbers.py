"""How amounts, dates and names are shown to people.

``103``, ``116 +?`` (some part has no figure), ``?`` (nothing has), ``(9–127)`` lowest to highest
published. With ``plain_words``, for screen readers: ``116 plus unknown``, ``(9 to 127)``.

Numbers under each other have their decimal points in one column, and their marks behind them.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from k2log.amounts import Amount
from k2log.text import figure, span

if TYPE_CHECKING:
    from k2log.report.period import Period

NO_DATA: Final = "–"
Cell = tuple[str, str]
"""A number and the mark behind it: ``("116", "+?")``."""

UNKNOWN_WORD: Final = "unknown"
_WIDE_RANGE: Final = 0.2
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_CONTROLS: Final = dict.fromkeys(
    [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029],
    " ",
)
_ASCII: Final = str.maketrans(
    {"µ": "u", "–": "-", "·": "-", "•": "-", "…": "...", "×": "x", "→": "->", "─": "-", "━": "-"}
    | dict(zip("▁▂▃▄▅▆▇█", ".:~=+*#@", strict=True))
    | {"▒": "=", "│": "|", "├": "[", "┤": "]", "┼": "+"}
)


def number(amount: Amount, unit: str, *, plain_words: bool = False) -> str:
    """Return the best estimate alone: ``103``; what nothing is known of: ``?``."""
    if amount.best is None:
        return UNKNOWN_WORD if plain_words else "?"
    text = figure(amount.best, unit)
    return without_signs(text) if plain_words else text


def mark(amount: Amount, unit: str, *, plain_words: bool = False) -> str:
    """Return what goes behind the number: ``+?``, a range worth showing, or nothing."""
    if amount.best is None:
        return ""
    if amount.high is None:
        return "plus unknown" if plain_words else "+?"
    low = amount.best if amount.low is None else amount.low
    if amount.high - low <= _WIDE_RANGE * amount.best:
        return ""
    text = span(low, amount.high, unit)
    if text == figure(amount.best, unit):
        return ""
    return f"({without_signs(text) if plain_words else text})"


def show(amount: Amount, unit: str, *, with_unit: bool = False, plain_words: bool = False) -> str:
    """Return number and mark: ``103 (9–127)``; with the unit ``103 µg (9–127)``."""
    best = number(amount, unit, plain_words=plain_words)
    named = unit if with_unit and amount.best is not None else ""
    return " ".join(filter(None, (best, named, mark(amount, unit, plain_words=plain_words))))


def align(cells: Sequence[Cell]) -> list[str]:
    """Return numbers and their marks, of one column, as texts of one width."""
    texts = [" ".join(filter(None, cell)) for cell in cells]
    # What stands before the decimal point or the mark, and the rest.
    wholes = [re.split("[. ]", text, maxsplit=1)[0] for text in texts]
    rests = [text[len(whole) :] for text, whole in zip(texts, wholes, strict=True)]
    before, behind = max(map(len, wholes)), max(map(len, rests))
    pairs = zip(wholes, rests, strict=True)
    return [f"{whole:>{before}}{rest:<{behind}}" for whole, rest in pairs]


def without_signs(text: str) -> str:
    """Return text without symbols that a screen reader stumbles over: ``9 to 127 µg``."""
    return re.sub(r"(?<=\d)–(?=[\d<])", " to ", text).replace("<", "less than ")


def clean(name: str) -> str:
    """Return a user's text on one line, without control and text-direction characters."""
    return name.translate(_CONTROLS)


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


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
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


def long_day(day: date) -> str:
    """Return ``Saturday 21 November 2026``."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, *, month: bool) -> str:
    """Return ``Sat 21`` or ``Sat 21 Nov``."""
    text = f"{_DAYS[day.weekday()][:3]} {day.day:2}"
    return f"{text} {_MONTHS[day.month - 1][:3]}" if month else text


def month_name(day: date) -> str:
    """Return ``November 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def dates(period: "Period", to: str = "–") -> str:
    """Return ``15–21 November 2026``, with as many months and years as it takes."""
    first, last = period
    if first == last:
        return long_day(last)
    ending = f"{last.day} {month_name(last)}"
    if first.year != last.year:
        return f"{first.day} {month_name(first)} {to.strip()} {ending}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} {to.strip()} {ending}"
    return f"{first.day}{to}{ending}"
