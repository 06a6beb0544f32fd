"""Rows of a foreign table to entries.

A uid is made from what was eaten when, not from the figures: a file read again adds nothing, a
longer export adds what is new, and a figure that changed is told as a difference.

What an import saw of a foreign table: the first entries, what is unknown or was skipped.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from k2log.diary.entry import COLUMNS, Entry
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import yes_or_no
from k2log.features.exchange.columns import Figure, Format, Layout
from k2log.features.exchange.incoming import Moment, Remark, Row
from k2log.features.exchange.rows import row
from k2log.features.exchange.table import Table
from k2log.features.exchange.values import clock, figure, iso_day, order_of, serving, year_first
from k2log.files import Unwatched, Watch
from k2log.grammar.days import FIRST_YEAR
from k2log.nutrients import BY_COLUMN, HEADLINE, NUTRIENTS
from k2log.text import shown

MOST_FIRST: Final = 3
_PLACES: Final = {key: COLUMNS.index(nutrient.column) for key, nutrient in NUTRIENTS.items()}
_TO_HIGH: Final = 2  # places from a figure to its high end
READ_AS_WINDOWS: Final = "the file is not UTF-8; it was read as Windows-1252"


class Seen:
    """A table's rows, counted as they pass."""

    def __init__(self, remarks: Sequence[str]) -> None:
        """Take what is to be said of the table as a whole."""
        self.remarks = remarks
        self.first: list[Entry] = []
        self.entries = 0
        self.totals = 0
        self.unknown: Counter[str] = Counter()
        self.partial: Counter[str] = Counter()
        self.unstated_d = 0

    def take(self, row: Row) -> None:
        """Count an entry."""
        self.entries += 1
        values = row.values
        if values[_PLACES["vitamin_d3"]] is None and values[_PLACES["vitamin_d"]] is not None:
            self.unstated_d += 1
        if len(self.first) < MOST_FIRST:
            self.first.append(row.entry)
        for nutrient in HEADLINE:
            place = _PLACES[nutrient]
            if values[place] is None:
                self.unknown[nutrient] += 1
            elif values[place + _TO_HIGH] is None:
                self.partial[nutrient] += 1

    def told(self) -> Iterator[str]:
        """Yield what the user should know of the table."""
        yield from self.remarks
        if self.totals:
            rows = (
                "1 row of totals was" if self.totals == 1 else f"{self.totals} rows of totals were"
            )
            yield f"{rows} skipped"
        if self.unknown:
            yield f"left unknown: {self._counts(self.unknown)}"
        if self.unstated_d:
            yield f"vitamin D of unstated form: {self.unstated_d} of {self.entries}"
        if self.partial:
            yield (
                f"known in part: {self._counts(self.partial)}; sums like these leave out foods that"
                " have no figure"
            )

    def _counts(self, counted: Counter[str]) -> str:
        names = [
            f"{NUTRIENTS[nutrient].name} in {counted[nutrient]}"
            for nutrient in HEADLINE
            if counted[nutrient]
        ]
        return f"{', '.join(names)} of {self.entries}"


Values = dict[str, object]
Local = Callable[[datetime], datetime]

_NAMESPACE: Final = UUID("5f6f1f0b-55a5-5f0c-8f7c-0f4f0c1f2a7d")
_IDENTITY: Final = ("day", "food", "amount", "measure", "grams", "meal")
_TOTALS: Final = frozenset({"total", "totals", "daily total", "daily totals", "grand total"})
_NO_MEAL: Final = "uncategorized"
_SUPPLEMENTS: Final = "supplements"
_YES_OR_NO: Final = {"yes": "1", "y": "1", "x": "1", "no": "0", "n": "0"}
_MOST_GRAMS: Final = 20_000.0


class Column(NamedTuple):
    """Where a value is, what the file calls it, which value it is, and how it is read."""

    place: int
    name: str
    value: str
    read: Callable[[str, str], object]


class Reading(NamedTuple):
    """How a table is read: ``order`` is that of day and month, ``local`` attaches an offset."""

    layout: Layout
    order: str | None
    local: Local


def entries(
    table: Table, reading: Reading, seen: Seen, moment: Moment, watch: Watch
) -> Iterator[Row | Remark]:
    """Yield the entries of a table, counted in ``seen``, and remarks on its bad rows."""
    layout = reading.layout
    columns = _columns(table, reading)
    for line, cells in table.rows(watch):
        if _is_total(layout, cells):
            seen.totals += 1
        elif len(cells) < layout.width or any(cells[layout.width :]):
            yield Remark(line, f"{len(cells)} columns, but the header has {layout.width}")
        else:
            found = _row(line, cells, columns, reading, moment)
            if isinstance(found, Row):
                seen.take(found)
            yield found


def day_order(table: Table, layout: Layout) -> str | None:
    """Return the order of day and month; None if the first day shows that it is no question."""
    place = layout.places["day"]
    rows = (
        cells[place]
        for _, cells in table.rows(Unwatched())
        if place < len(cells) and not _is_total(layout, cells)
    )  # fmt: skip
    return _order(day for day in rows if day)


def _order(days: Iterable[str]) -> str | None:
    waiting = iter(days)
    first = next(waiting, "")
    if year_first(first):
        return None
    return order_of(day for part in ([first], waiting) for day in part)


def _is_total(layout: Layout, cells: list[str]) -> bool:
    """Whether a row is a sum. With a day, "Total" is a food, but it is never a meal."""
    day = _cell(layout, cells, "day")
    name = _cell(layout, cells, "meal" if layout.format.meals else "food")
    return day in _TOTALS or (name in _TOTALS and (layout.format.meals or not day))


def _cell(layout: Layout, cells: list[str], field: str) -> str:
    place = layout.places.get(field, len(cells))
    return cells[place].lower() if place < len(cells) else ""


def _columns(table: Table, reading: Reading) -> list[Column]:
    comma = table.separator == ";"
    readers: Mapping[str, Callable[[str, str], object]] = {
        "day": lambda text, name: iso_day(text, reading.order, name),
        "time": clock,
        "grams": partial(_limited, decimal_comma=comma, most=_MOST_GRAMS, unit="g"),
        "supplement": _supplement,
    }
    texts = [
        Column(place, table.header[place], field, readers.get(field, _text))
        for field, place in reading.layout.places.items()
    ]
    return [*texts, *(_figure_column(found, comma) for found in reading.layout.figures)]


def _figure_column(found: Figure, comma: bool) -> Column:
    nutrient = BY_COLUMN[found.target.column]
    read = partial(
        _limited, decimal_comma=comma, factor=found.target.factor, most=nutrient.limits.per_entry,
        unit=nutrient.unit,
    )  # fmt: skip
    return Column(found.place, found.name, found.target.column, read)


def _text(text: str, name: str) -> str:
    return " ".join(text.split())


def _supplement(text: str, name: str) -> bool:
    return yes_or_no(_YES_OR_NO.get(text.lower(), text), name)


def _limited(
    text: str, name: str, *, decimal_comma: bool, most: float, unit: str, factor: float = 1.0
) -> float | None:
    found = figure(text, name, decimal_comma=decimal_comma)
    if found is None:
        return None
    value = found * factor
    if value > most:
        raise UnreadableError(
            f'{shown(name)} "{shown(text)}" is more than {most:g} {unit}, which is never logged'
        )
    return value


def _row(
    line: int, cells: list[str], columns: Iterable[Column], reading: Reading, moment: Moment
) -> Row | Remark:
    values: Values = {}
    wrong = []
    for place, name, value, read in columns:
        if text := cells[place]:
            try:
                values[value] = read(text, name)
            except UnreadableError as error:
                wrong.append(str(error).rstrip("."))
    if wrong:
        return Remark(line, "; ".join(wrong))
    try:
        _complete(values, reading)
    except UnreadableError as error:
        return Remark(line, str(error))
    found = row(line, values, moment)
    return found._replace(uid_made=True) if isinstance(found, Row) else found


def _complete(values: Values, reading: Reading) -> None:
    """Make the values those of a row of ours."""
    kind = reading.layout.format
    unread = _serve(values)
    _name(values, kind)
    at = values.pop("time", None)
    values["uid"] = _uid(values, kind, at, unread)
    if at and (day := str(values.get("day", ""))) >= str(FIRST_YEAR):
        values["time"] = reading.local(datetime.fromisoformat(f"{day}T{at}")).isoformat(
            "T", "minutes"
        )
    if unread:
        values["note"] = "; ".join(filter(None, (str(values.get("note", "")), unread)))
    (_in_part if kind.meals else _without_vitamin_d)(values)


def _serve(values: Values) -> str | None:
    """Settle how much was eaten; return what cannot be read of it."""
    text = " ".join(str(values.pop(name)) for name in ("amount", "measure") if name in values)
    eaten = serving(text)
    if (eaten.grams or 0.0) > _MOST_GRAMS:
        raise UnreadableError(
            f'"{shown(text)}" is more than {_MOST_GRAMS:g} g, which is never logged'
        )
    values |= {"amount": eaten.amount, "measure": eaten.measure}
    values.setdefault("grams", eaten.grams)
    return eaten.text


def _name(values: Values, kind: Format) -> None:
    """Settle what was eaten, at which meal, and whether it is a supplement."""
    meal, category = str(values.get("meal", "")), str(values.pop("category", ""))
    if _SUPPLEMENTS in (meal.lower(), category.lower()):
        values.setdefault("supplement", True)
    if meal.lower() == _NO_MEAL:
        del values["meal"]
    if kind.meals:
        values["food"] = f"{meal or 'Meal'} ({kind.title})"


def _uid(values: Values, kind: Format, at: object, unread: str | None) -> str:
    written = (kind.key, at, unread, *(values.get(name) for name in _IDENTITY))
    return str(uuid5(_NAMESPACE, "\x1f".join(map(str, written))))


def _in_part(values: Values) -> None:
    """Take the figures of a meal for what is known of it: a food without one counted as nothing."""
    for column in BY_COLUMN:
        known = values.get(column)
        values |= {column: known, f"{column}_low": known} if known else {column: None}


def _without_vitamin_d(values: Values) -> None:
    if values.get("vitamin_d_ug") == 0:
        values.setdefault("vitamin_d3_ug", 0.0)
        values.setdefault("vitamin_d2_ug", 0.0)
