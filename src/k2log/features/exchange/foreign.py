"""Rows of another program's table to entries, and a tally of what the table does not say.

A uid is made from what was eaten when, not from the figures: a file read again adds nothing, a
longer export adds what is new, and a figure that changed is reported as a difference.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from functools import partial
from itertools import islice
from typing import Final
from uuid import UUID, uuid5

from k2log.diary.entry import COLUMNS, Entry
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import (
    YES_OR_NO,
    Moment,
    clock_time,
    day_and_time,
    day_order,
    foreign_figure,
    is_comma_decimal,
    iso_day,
    moment_of_eating,
    serving,
    time_of_day,
    written_offset,
    yes_or_no,
)
from k2log.features.exchange.columns import CATEGORY, ImportFormat, TableLayout
from k2log.features.exchange.figures import (
    complete_figures,
    is_by_kind,
    nutrient_figure,
    spread_ranges,
)
from k2log.features.exchange.files import TextTable
from k2log.features.exchange.rows import EntryRow, LineRemark, row
from k2log.files import Unwatched, Watch
from k2log.named_tuple import NamedTuple
from k2log.nutrients import BY_COLUMN, HEADLINE, NUTRIENTS
from k2log.text import count, shown

Values = dict[str, object]

MOST_FIRST: Final = 3
_PLACES: Final = {key: COLUMNS.index(nutrient.column) for key, nutrient in NUTRIENTS.items()}
_TO_HIGH: Final = 2  # places from a figure to its high end
_NAMESPACE: Final = UUID("5f6f1f0b-55a5-5f0c-8f7c-0f4f0c1f2a7d")
_IDENTITY: Final = ("day", "food", "amount", "measure", "grams", "meal")
_TOTALS: Final = frozenset({"total", "totals", "daily total", "daily totals", "grand total"})
_NO_MEAL: Final = "uncategorized"
_SUPPLEMENTS: Final = "supplements"
_AMOUNT_FIRST: Final = re.compile(r"([0-9]{1,5}(?:[.,][0-9]{1,2})?) (g|ml) (\S.*)")
_MOST_LOOKED_AT: Final = 1_000
_MOST_GRAMS: Final = 20_000.0


class Tally:
    """What is to be said of a table: its first entries, what they lack, rows that were left out."""

    def __init__(self, remarks: Sequence[str]) -> None:
        """Take what is to be said of the table as a whole; no row was read yet."""
        self.table_remarks = remarks
        self.first: list[Entry] = []
        self.entries = 0
        self.totals = 0
        self.left_out = 0
        self.unknown: Counter[str] = Counter()
        self.partial: Counter[str] = Counter()
        self.unstated_d = 0
        self.by_kind = 0

    def take(self, row: EntryRow) -> None:
        """Count an entry."""
        self.entries += 1
        values = row.values
        if values[_PLACES["vitamin_d3"]] is None and values[_PLACES["vitamin_d"]] is not None:
            self.unstated_d += 1
        if is_by_kind(row.values):
            self.by_kind += 1
        if len(self.first) < MOST_FIRST:
            self.first.append(row.entry)
        for nutrient in HEADLINE:
            place = _PLACES[nutrient]
            if values[place] is None:
                self.unknown[nutrient] += 1
            elif values[place + _TO_HIGH] is None:
                self.partial[nutrient] += 1

    def remarks(self) -> Iterator[str]:
        """Yield what the user should know of the table."""
        yield from self.table_remarks
        if self.totals:
            yield f"{count(self.totals, 'row of totals was', 'rows of totals were')} skipped"
        if self.left_out:
            one, many = "row that is no entry was", "rows that are no entries were"
            yield f"{count(self.left_out, one, many)} skipped"
        if self.by_kind:
            yield f"K2 by kind of food for {self.by_kind} of {count(self.entries, 'row')}"
        if self.unknown:
            yield f"left unknown: {self._counts(self.unknown)}"
        if self.unstated_d:
            yield f"vitamin D of unstated form: {self.unstated_d} of {self.entries}"
        if self.partial:
            yield (
                f"known in part: {self._counts(self.partial)}; sums like these leave out foods that"
                " have no figure"
            )

    def _counts(self, rows: Counter[str]) -> str:
        names = [f"{NUTRIENTS[key].name} in {rows[key]}" for key in HEADLINE if rows[key]]
        return f"{', '.join(names)} of {self.entries}"


class TableReading(NamedTuple):
    """How a table is read: ``order`` is that of day and month."""

    layout: TableLayout
    order: str | None


class _CellReader(NamedTuple):
    """Where a value is, what the file calls it, which value it is, and how it is read."""

    place: int
    name: str
    value: str
    read: Callable[[str, str], object]


def read_table(
    table: TextTable, reading: TableReading, tally: Tally, moment: Moment, watch: Watch
) -> Iterator[EntryRow | LineRemark]:
    """Yield the entries of a table, counted in ``tally``, and remarks on its bad rows."""
    layout = reading.layout
    readers = _cell_readers(table, reading)
    for line, cells in table.rows(watch):
        if _is_total(layout, cells):
            tally.totals += 1
        elif len(cells) < layout.width or any(cells[layout.width :]):
            yield LineRemark(line, f"{len(cells)} columns, but the header has {layout.width}")
        elif any(cells[place].lower() in values for place, values in layout.left_out):
            tally.left_out += 1
        else:
            entry = _row(line, cells, readers, layout.format, moment)
            if isinstance(entry, EntryRow):
                tally.take(entry)
            yield entry


def day_order_of(table: TextTable, layout: TableLayout) -> str | None:
    """Return the order of day and month; None if the first day shows that it is no question."""
    place = layout.places["day"]
    return day_order(
        cells[place]
        for _, cells in table.rows(Unwatched())
        if place < len(cells) and cells[place] and not _is_total(layout, cells)
    )


def _is_total(layout: TableLayout, cells: list[str]) -> bool:
    """Whether a row is a sum. With a day, "Total" is a food, but it is never a meal."""
    meals, width = layout.format.meals, len(cells)
    day_place = layout.places.get("day", width)
    name_place = layout.places.get("meal" if meals else "food", width)
    day = cells[day_place].lower() if day_place < width else ""
    name = cells[name_place].lower() if name_place < width else ""
    return day in _TOTALS or (name in _TOTALS and (meals or not day))


def _cell_readers(table: TextTable, reading: TableReading) -> list[_CellReader]:
    comma = table.separator == ";" or _has_decimal_commas(table, reading.layout)
    readers: dict[str, Callable[[str, str], object]] = {
        "day": lambda text, name: iso_day(day_and_time(text)[0], reading.order, name),
        "time": lambda text, name: clock_time(text, reading.order, name),
        "grams": partial(_limited, decimal_comma=comma, most=_MOST_GRAMS, unit="g"),
        "supplement": lambda text, name: yes_or_no(YES_OR_NO.get(text.lower(), text), name),
    }
    columns = [
        _CellReader(place, table.header[place], field, readers.get(field, _single_spaced))
        for field, place in reading.layout.places.items()
    ]
    for place, name, target in reading.layout.figures:
        nutrient = BY_COLUMN[target.column]
        read = partial(
            nutrient_figure, decimal_comma=comma, factor=target.factor, nutrient=nutrient
        )
        columns.append(_CellReader(place, name, target.column, read))
    return columns


def _has_decimal_commas(table: TextTable, layout: TableLayout) -> bool:
    """Whether the first rows show that a comma parts the decimals."""
    places = [figure.place for figure in layout.figures]
    places += [layout.places[field] for field in ("amount", "grams") if field in layout.places]
    rows = islice(table.rows(Unwatched()), _MOST_LOOKED_AT)
    return is_comma_decimal(
        cells[place] for _, cells in rows for place in places if place < len(cells)
    )


def _single_spaced(text: str, name: str) -> str:
    return " ".join(text.split())


def _limited(
    text: str, name: str, *, decimal_comma: bool, most: float, unit: str, factor: float = 1.0
) -> float | None:
    figure = foreign_figure(text, name, decimal_comma=decimal_comma)
    if figure is None:
        return None
    value = figure * factor
    if value > most:
        raise UnreadableError(
            f'{shown(name)} "{shown(text)}" is more than {most:g} {unit}, which is never logged'
        )
    return value


def _row(
    line: int, cells: list[str], readers: Sequence[_CellReader], kind: ImportFormat, moment: Moment
) -> EntryRow | LineRemark:
    """Return the entry of a row, or a remark on all that is wrong with its cells."""
    values: Values = {}
    wrong = []
    offset = ""
    for place, name, value, read in readers:
        if text := cells[place]:
            try:
                values[value] = read(text, name)
                if value in ("day", "time"):
                    offset = written_offset(text) or offset
                if value == "day" and (at := day_and_time(text)[1]):
                    values.setdefault("time", time_of_day(at, name))
            except UnreadableError as error:
                wrong.append(str(error).rstrip("."))
    if wrong:
        return LineRemark(line, "; ".join(wrong))
    spread_ranges(values)
    try:
        _complete(values, kind, offset, moment)
    except UnreadableError as error:
        return LineRemark(line, str(error))
    if offset and "time" in values:  # its day may have begun there, and not here
        past = datetime.fromisoformat(str(values["time"])) <= moment.now
        moment = moment._replace(ahead=past)
    entry = row(line, values, moment)
    return entry._replace(uid_made=True) if isinstance(entry, EntryRow) else entry


def _complete(values: Values, kind: ImportFormat, offset: str, moment: Moment) -> None:
    """Turn the values of a foreign row into those of a row of k2log's own, in place.

    A time in UTC gets the day, too, that it was in this place.
    """
    if kind.amount_in_name:
        _part_amount(values)
    unread = _settle_serving(values)
    _settle_meal(values, kind)
    at = values.pop("time", None)
    written = (kind.origin, at, unread, *(values.get(name) for name in _IDENTITY))
    values["uid"] = str(uuid5(_NAMESPACE, "\x1f".join(map(str, written))))
    if isinstance(at, time | datetime) and "day" in values:
        eaten = moment_of_eating(str(values["day"]), at, offset, moment)
        values["time"] = eaten.isoformat("T", "minutes")
        if offset in ("Z", "z"):
            values["day"] = eaten.date().isoformat()
    if unread:
        values["note"] = "; ".join(filter(None, (str(values.get("note", "")), unread)))
    if kind.meals:  # a food without a figure counted as nothing: a figure is the least, 0 unknown
        for column in BY_COLUMN:
            figure = values.get(column)
            values |= {column: figure, f"{column}_low": figure} if figure else {column: None}
        return
    if values.get("vitamin_d_ug") == 0:
        values.setdefault("vitamin_d3_ug", 0.0)
        values.setdefault("vitamin_d2_ug", 0.0)
    complete_figures(values)


def _part_amount(values: Values) -> None:
    """Take the amount from the front of a food's name, where it is one in g or ml."""
    name = str(values.get("food", ""))
    if match := _AMOUNT_FIRST.fullmatch(name):
        values |= {"amount": match[1].replace(",", "."), "measure": match[2], "food": match[3]}


def _settle_serving(values: Values) -> str | None:
    """Put how much was eaten in amount, measure and grams; return what cannot be read of it."""
    text = " ".join(str(values.pop(name)) for name in ("amount", "measure") if name in values)
    eaten = serving(text)
    if (eaten.grams or 0.0) > _MOST_GRAMS:
        raise UnreadableError(
            f'"{shown(text)}" is more than {_MOST_GRAMS:g} g, which is never logged'
        )
    values |= {"amount": eaten.amount, "measure": eaten.measure}
    values.setdefault("grams", eaten.grams)
    return eaten.text


def _settle_meal(values: Values, kind: ImportFormat) -> None:
    """Settle the meal, whether it is a supplement, and the name of what is a whole meal."""
    meal, category = str(values.get("meal", "")), str(values.pop(CATEGORY, ""))
    if _SUPPLEMENTS in (meal.lower(), category.lower()):
        values.setdefault("supplement", True)
    if meal.lower() == _NO_MEAL:
        del values["meal"]
    if kind.meals:
        values["food"] = f"{meal or 'Meal'} ({kind.program})"
