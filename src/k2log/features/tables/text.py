"""The lines, records and numbers of a table's files. All raise TableError with file and line.

What a table's values come to: names, figures and portions that can be true.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from io import BytesIO
from operator import itemgetter
from typing import Final

from k2log.features.tables.model import IN_IU, TableError
from k2log.features.tables.place import BROKEN, File
from k2log.files import LONGEST_LINE, Watch
from k2log.nutrients import NUTRIENTS
from k2log.text import shown

_BLOCK: Final = 1 << 18
_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")


class Text:
    """One file, read line by line."""

    def __init__(self, file: File, watch: Watch) -> None:
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
                while block := file.read(_BLOCK):
                    rest = file.readline(LONGEST_LINE + 1)
                    lines = BytesIO(block + rest).readlines()
                    self._check(number, lines, b"\0" in block or b"\0" in rest)
                    yield number, lines
                    number += len(lines)
                    self.watch.advance(len(block) + len(rest))
        except BROKEN:
            raise self.wrong(number, "the zip is damaged here; download it again") from None

    def _check(self, number: int, lines: list[bytes], nul: bool) -> None:
        if len(lines[-1]) > LONGEST_LINE:
            last = number + len(lines) - 1
            raise self.wrong(last, f"it is longer than {LONGEST_LINE} bytes")
        if nul:
            bad = next(at for at, line in enumerate(lines, number) if b"\0" in line)
            raise self.wrong(bad, "it holds a NUL byte, so this is no text or not in UTF-8")

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
        begun = 1
        try:
            for cells in reader:
                if cells:
                    yield begun, cells
                begun = reader.line_num + 1
        except csv.Error as error:
            raise self.wrong(begun, f"it is not readable as CSV ({error})") from None

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


NAME_LIMIT: Final = 200
_LEAST_PORTION: Final = 0.01
_MOST_PORTION: Final = 50_000.0  # a whole turkey is 5 kg

NUTRIENT_OF: Final = {  # by the numbers of SR28, which FoodData Central keeps as nutrient_nbr
    **{it.codes.sr28: it.id for it in NUTRIENTS.values() if it.codes.sr28},
    **{it.codes.sr28_iu: f"{it.id}{IN_IU}" for it in NUTRIENTS.values() if it.codes.sr28_iu},
}


def table_name(text: str) -> str:
    """Return a name without control characters, not endless; empty if it has no letter or digit."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        name = name[: NAME_LIMIT - 1].rsplit(" ", 1)[0] + "…"
    return name if any(map(str.isalnum, name)) else ""


def impossible(nutrient: str, best: float) -> str:
    """Return why no food has such a figure; empty if one may."""
    id_ = nutrient.removesuffix(IN_IU)
    name = id_.replace("_", " ")
    if best < 0:
        return f"{name} {best:g} is negative"
    most = NUTRIENTS[id_].limits.per_100g
    return f"{name} {best:g} is more than any food holds" if best > most else ""


def impossible_portion(quantity: float) -> str:
    """Return why no portion is of that size; empty if one may be."""
    if _LEAST_PORTION <= quantity <= _MOST_PORTION:
        return ""
    return f"a portion of {quantity:g} g"


def between(best: float, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range where the table gives a sensible one, else the figure itself."""
    if low is None or high is None or not 0 <= low <= best <= high:
        return best, best
    return low, high
