"""The sheets of an Excel workbook (.xlsx) as rows of text, read with the standard library.

Nothing in it is run: of a formula the value that was saved is read, links are left alone, and a
document type, by which XML can swell, is refused. Days become 2026-11-21, moments 2026-11-21 08:30.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import BinaryIO, Final, NoReturn
from xml.parsers import expat

from k2log.archive import BROKEN, STUMBLED, check_archive
from k2log.errors import UnreadableError

BOOK: Final = "xl/workbook.xml"
MOST_COLUMNS: Final = 1_000
_MOST_TEXT: Final = 100_000_000
_BLOCK: Final = 1 << 16
_DATE_FORMATS: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NO_DATE: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_CELL: Final = re.compile(r"([A-Z]{1,3})[0-9]+")
Attributes = Mapping[str, str]


class WorkbookError(UnreadableError):
    """A workbook that cannot be read."""

    def __init__(self, why: str) -> None:
        """Say what is wrong."""
        super().__init__(f"the workbook cannot be read: {why}. Save the sheet as CSV.")


class _Xml:
    """What walks through a part of a workbook, told of tags without their namespaces."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.rows: list[list[str]] = []

    def begin(self, tag: str, attributes: Attributes) -> None: ...

    def end(self, tag: str) -> None: ...

    def walk(self, file: BinaryIO) -> Iterator[list[str]]:
        """Read a part to its end; yield the rows that were complete meanwhile."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, found: self.begin(tag.rpartition(":")[2], found)
        parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
                yield from self.rows
                self.rows.clear()
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise WorkbookError("it is damaged") from None
        yield from self.rows


def _refuse_doctype(*_: object) -> NoReturn:
    raise WorkbookError("it declares a document type, which no spreadsheet does")


class _Book(_Xml):
    """The names of the parts that sheets are, and from which year days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.first_day = datetime(1899, 12, 30)

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            ids = [value for name, value in attributes.items() if name.endswith(":id")]
            self.sheets += ids[:1]
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.first_day = datetime(1904, 1, 1)


class _Relations(_Xml):
    """Which part each id of the workbook means."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = path


class _Strings(_Xml):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.parts: list[str] = []
        self.phonetic = False
        self.size = 0

    def begin(self, tag: str, attributes: Attributes) -> None:
        self.text.clear()
        if tag == "si":
            self.parts = []
        self.phonetic = self.phonetic or tag == "rPh"

    def end(self, tag: str) -> None:
        if tag == "t" and not self.phonetic:
            self.parts.append("".join(self.text))
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "si":
            self.strings.append("".join(self.parts))
            self.size += len(self.strings[-1])
            if self.size > _MOST_TEXT:
                raise WorkbookError("it holds too much text")


class _Styles(_Xml):
    """Which styles of cells show a day or time."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.dates: list[bool] = []
        self.within = False

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self.within = True
        elif tag == "xf" and self.within:
            self.dates.append(self._is_date(attributes.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        self.within = self.within and tag != "cellXfs"

    def _is_date(self, number: str) -> bool:
        if number.isdecimal() and int(number) in _DATE_FORMATS:
            return True
        code = _NO_DATE.sub("", self.codes.get(number, "").lower())
        return any(sign in code for sign in "dmyh")


class _Sheet(_Xml):
    """The rows of a sheet."""

    def __init__(self, strings: list[str], dates: list[bool], first_day: datetime) -> None:
        super().__init__()
        self.strings, self.dates, self.first_day = strings, dates, first_day
        self.row: list[str] = []
        self.cell: Attributes = {}
        self.value = ""
        self.inline = ""

    def begin(self, tag: str, attributes: Attributes) -> None:
        self.text.clear()
        if tag == "row":
            self.row = []
        elif tag == "c":
            self.cell, self.value, self.inline = attributes, "", ""

    def end(self, tag: str) -> None:
        if tag == "v":
            self.value = "".join(self.text)
        elif tag == "t":
            self.inline += "".join(self.text)
        elif tag == "c":
            self._put(self._content())
        elif tag == "row":
            self.rows.append(self.row)

    def _put(self, content: str) -> None:
        match = _CELL.fullmatch(self.cell.get("r", ""))
        place = len(self.row)
        if match:
            place = 0
            for letter in match[1]:
                place = place * 26 + ord(letter) - 64
            place -= 1
        if place < MOST_COLUMNS and content:
            self.row += [""] * (place + 1 - len(self.row))
            self.row[place] = content

    def _content(self) -> str:
        kind = self.cell.get("t", "n")
        if kind == "inlineStr":
            return self.inline
        if kind == "s":
            known = self.value.isdecimal() and int(self.value) < len(self.strings)
            return self.strings[int(self.value)] if known else ""
        if kind == "n" and self.value:
            return self._number()
        return "" if kind == "e" else self.value

    def _number(self) -> str:
        style = self.cell.get("s", "0")
        is_date = style.isdecimal() and int(style) < len(self.dates) and self.dates[int(style)]
        try:
            number = float(self.value)
            if is_date:
                return _moment(number, self.first_day)
        except (ValueError, OverflowError):
            return self.value
        return self.value if number % 1 else f"{number:.0f}"


def _moment(days: float, first: datetime) -> str:
    """Return the day, time or moment that so many days after the first are."""
    moment = first + timedelta(minutes=round(days * 1440))
    if days < 1:
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}" if days % 1 == 0 else f"{moment:%Y-%m-%d %H:%M}"


def is_workbook(names: list[str]) -> bool:
    """Whether a zip with these files is a workbook of Excel."""
    return BOOK in names


def workbook_rows(file: BinaryIO, name: str) -> Iterator[list[str]]:
    """Yield the rows of the first sheet that has any. Raises UnreadableError."""
    for sheet in workbook_sheets(file, name):
        any_row = False
        for row in sheet:
            any_row = any_row or any(row)
            yield row
        if any_row:
            return


def workbook_sheets(file: BinaryIO, name: str) -> Iterator[Iterator[list[str]]]:
    """Yield the rows of each sheet, to be read before the next is asked for.

    Raises UnreadableError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(name, archive.infolist())
            yield from _sheets(archive)
    except (*BROKEN, *STUMBLED, KeyError):
        raise WorkbookError("it is damaged") from None


def _sheets(archive: zipfile.ZipFile) -> Iterator[Iterator[list[str]]]:
    names = set(archive.namelist())
    book, relations, strings, styles = _Book(), _Relations(), _Strings(), _Styles()
    for part, path in (
        (book, BOOK),
        (relations, "xl/_rels/workbook.xml.rels"),
        (strings, "xl/sharedStrings.xml"),
        (styles, "xl/styles.xml"),
    ):
        if path in names:
            with archive.open(path) as file:
                for _ in part.walk(file):  # type: ignore[arg-type]
                    pass
    for id_ in book.sheets:
        path = relations.targets.get(id_, "")
        if path in names:
            sheet = _Sheet(strings.strings, styles.dates, book.first_day)
            with archive.open(path) as file:
                yield _walked(sheet, file)  # type: ignore[arg-type]


def _walked(sheet: _Sheet, file: BinaryIO) -> Iterator[list[str]]:
    try:
        yield from sheet.walk(file)
    except (*BROKEN, *STUMBLED, KeyError):
        raise WorkbookError("it is damaged") from None
