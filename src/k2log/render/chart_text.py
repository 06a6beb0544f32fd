"""Charts drawn with letters for a terminal; words in a pipe, for listening, or without room.

Charts in words: for listening, for pipes, and where there is no room to draw.

First the days that are missing or left out of the mean; then for each nutrient the lowest and the
highest day, the mean, where it stands to its references, and every figure.

One horizontal bar in text: food and supplements apart, the published range, reference lines.

Nothing here knows of days or nutrients: amounts and a scale in, a line of signs out.
"""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import Final, NamedTuple

from k2log.amounts import Amount
from k2log.nutrients import REFERRED, Nutrient
from k2log.render.chart import K2, Chart, Mark, Row, chart, usual
from k2log.render.numbers import (
    NO_DATA,
    Cell,
    aligned,
    long_day,
    padded,
    show,
    spoken,
    width,
    wrapped,
)
from k2log.render.page import Page
from k2log.render.references import against_one, heading
from k2log.render.report_table import LISTED_DAYS, empty_words, own_title
from k2log.render.spark import Extremes, days_of, extremes_words, spans_months, weekday
from k2log.report.model import Report
from k2log.text import count


def described(report: Report, charts: Sequence[Chart], columns: int | None = None) -> str:
    """Return the charts as sentences, a line each, wrapped to ``columns`` where there are any."""
    rows = charts[0].rows
    about = [own_title(report, plain_words=True), *_missing(rows), *_left_out(rows)]
    blocks = [about, *(list(_chart(each, report)) for each in charts)]
    return "\n\n".join("\n".join(wrapped(block, columns)) for block in blocks) + "\n"


def _missing(rows: Sequence[Row]) -> Iterator[str]:
    why: dict[str, list[str]] = {}
    for row in rows:
        if not row.nutrients:
            why.setdefault(row.words, []).append(_name(row))
    yield from (f"{words.capitalize()}: {', '.join(names)}." for words, names in why.items())


def _left_out(rows: Sequence[Row]) -> Iterator[str]:
    days = [f"{_name(row)} ({row.words})" for row in rows if row.apart]
    if days:
        yield f"Not in the mean: {', '.join(days)}."


def _name(row: Row) -> str:
    """Return the label on its own, with ``so far`` left to the words."""
    return spoken(" ".join(row.label.removesuffix(row.words).split()))


def _chart(each: Chart, report: Report) -> Iterator[str]:
    nutrient = each.nutrient
    yield nutrient.name
    yield from _summary(nutrient, report)
    yield from _references(each, report)
    for row in each.rows:
        if row.nutrients:
            yield f"{spoken(row.label)}: {_said(row, nutrient)}."


def _summary(nutrient: Nutrient, report: Report) -> Iterator[str]:
    """Yield the lowest and the highest of several complete days."""
    extremes = Extremes.of(days_of(report, nutrient.id, complete=True))
    days = report.complete_days
    if days > 1 and extremes:
        month = spans_months(report.period)
        long = report.period.days > LISTED_DAYS
        said = extremes_words(
            extremes, nutrient.unit, long_day if long else lambda day: weekday(day, month=month)
        )
        yield f"{count(days, 'complete day')}: {said}."


def _references(each: Chart, report: Report) -> Iterator[str]:
    words = against_one(report, each.nutrient.id, plain_words=True).words.replace(" · ", "; ")
    if words and each.nutrient.id == K2:
        yield f"{words[0].upper()}{words[1:]}."
    elif words:
        head = heading(report)
        yield f"{head[0].upper()}{head[1:]}: {spoken(words)}."
    if each.about:
        yield f"{each.about[0].upper()}{each.about[1:]}."


def _said(row: Row, nutrient: Nutrient) -> str:
    """Return the amount of a row, and how much of it is from supplements."""
    whole, part = (
        show(amounts[nutrient.id], nutrient.unit, with_unit=True, plain_words=True)
        for amounts in (row.nutrients, row.supplement)
    )
    return f"{whole}, {part} of it from supplements" if row.supplement[nutrient.id].best else whole


FOOD: Final = "▇"
SUPPLEMENT: Final = "▒"
LOWEST: Final = "├"
HIGHEST: Final = "┤"
OPEN: Final = ">"
LINE: Final = "│"
REACHED: Final = "┼"
_RANGE: Final = "─"
_ENDS: Final = frozenset({LOWEST, HIGHEST, OPEN})


class Scale(NamedTuple):
    """From zero to ``top`` in so many cells; one more cell is for what stands at the top."""

    top: float
    cells: int

    def place(self, value: float | None) -> int:
        """Return how many cells a value takes: none for zero, else at least one."""
        if not value or not self.top:
            return 0
        return min(self.cells, max(1, round(value / self.top * self.cells)))


class Measured(NamedTuple):
    """An amount, what of it is from food and from supplements; whether its range is worth showing.

    An amount that is in part unknown always has an open end.
    """

    amount: Amount
    food: Amount
    supplement: Amount
    ranged: bool


def bar(measured: Measured, scale: Scale) -> str:
    """Return the bar to the best estimate, with marks at the lowest and the highest figure."""
    amount = measured.amount
    end = scale.place(amount.best)
    cells = _parts(measured, end)
    low = scale.place(amount.low)
    if (measured.ranged or not amount.known) and low < end - 1:
        cells[low] = LOWEST
    return "".join(cells) + _beyond(measured, end, scale)


def _parts(measured: Measured, end: int) -> list[str]:
    """Return the cells of both parts; each that is not zero has one, if there are two."""
    best, food, supplement = (part.best or 0.0 for part in measured[:3])
    eaten = round(end * food / best) if best else 0
    if end > 1:
        eaten = min(max(eaten, 1 if food else 0), end - 1 if supplement else end)
    return [FOOD] * eaten + [SUPPLEMENT] * (end - eaten)


def _beyond(measured: Measured, end: int, scale: Scale) -> str:
    if not measured.amount.known:
        return OPEN
    if not measured.ranged:
        return ""
    return _RANGE * (scale.place(measured.amount.high) - end) + HIGHEST


def crossed(drawn: str, lines: Iterable[tuple[int, bool]], scale: Scale) -> str:
    """Return the bar filled to the width of the scale, with lines through it; its marks stay.

    Each line is at a place, and reached by the amount or not, which a narrow bar may not show.
    """
    cells = list(drawn.ljust(scale.cells + 1))
    for place, reached in lines:
        if cells[place] not in _ENDS:
            cells[place] = REACHED if reached else LINE
    return "".join(cells)


def ruler(letters: Sequence[tuple[int, str]], scale: Scale) -> str:
    """Return a line with letters at their places."""
    cells = [" "] * (scale.cells + 1)
    for place, letter in letters:
        cells[place] = letter
    return "".join(cells)


NO_REFERENCES: Final = "For reference lines: k2log profile set --born 1964 --sex female"
_LEAST_CELLS: Final = 10
_GAP: Final = "  "
_APART: Final = " *"


class _Line(NamedTuple):
    """A line through the bars: at which cell, its letter, what it stands for.

    ``value`` is the highest of those that share the line.
    """

    place: int
    letter: str
    names: Sequence[str]
    value: float


class _Room(NamedTuple):
    """How wide the terminal, the labels and the bars are."""

    columns: int
    labels: int
    cells: int


def chart_text(report: Report, wanted: Sequence[str], page: Page) -> str:
    """Return the nutrients wanted, or the usual ones, as charts where they can be drawn."""
    if empty := empty_words(report):
        return "".join(f"{line}\n" for line in wrapped([empty], page.columns))
    charts = [chart(report, id_) for id_ in wanted or usual(report)]
    room = None if page.columns is None or page.plain_words else _room(charts, page.columns)
    return described(report, charts, page.columns) if room is None else _drawn(report, charts, room)


def _room(charts: Sequence[Chart], columns: int) -> _Room | None:
    labels = max(width(_label(row)) for row in charts[0].rows)
    numbers = max(width(text) for each in charts for text in aligned(each.cells))
    cells = columns - labels - numbers - 2 * len(_GAP) - 1
    return _Room(columns, labels, cells) if cells >= _LEAST_CELLS else None


def _drawn(report: Report, charts: Sequence[Chart], room: _Room) -> str:
    blocks = [list(_block(each, room, report)) for each in charts]
    signs = "".join(line for block in blocks for line in block)
    unsaid = dict.fromkeys(row.words for row in charts[0].rows if not _fits(row, room.cells))
    legend = [
        *_legend(report, charts, signs),
        *(f"{NO_DATA} {words}" for words in unsaid),
        *_apart(charts[0]),
    ]
    texts = [[own_title(report, plain_words=False)], *blocks, legend]
    return "\n\n".join("\n".join(wrapped(text, room.columns)) for text in texts if any(text)) + "\n"


def _block(each: Chart, room: _Room, report: Report) -> Iterator[str]:
    """Yield the lines of one chart."""
    scale = Scale(each.top, room.cells)
    lines = _lines(each, scale)
    yield f"{each.nutrient.name} {each.nutrient.unit}"
    if lines:
        letters = ruler([(line.place, line.letter) for line in lines], scale)
        yield f"{' ' * room.labels}{_GAP}{letters}".rstrip()
    numbers = aligned(each.cells)
    for row, cell, text in zip(each.rows, each.cells, numbers, strict=True):
        drawn = _bar(row, each.nutrient.id, cell, scale, lines)
        yield _GAP.join([padded(_label(row), room.labels), drawn, text]).rstrip()
    yield from _below(each, lines, report)


def _lines(each: Chart, scale: Scale) -> list[_Line]:
    """Return the lines to draw; what falls into one cell has one line."""
    at: dict[int, list[Mark]] = {}
    for mark in each.marks:
        at.setdefault(scale.place(mark.value), []).append(mark)
    return [
        _Line(
            place,
            letter,
            [name for mark in marks for name in mark.names],
            max(mark.value for mark in marks),
        )
        for letter, (place, marks) in zip(ascii_lowercase, at.items(), strict=False)
    ]


def _bar(row: Row, nutrient: str, cell: Cell, scale: Scale, lines: Iterable[_Line]) -> str:
    """Return the bar of a row, or why there is none."""
    if not row.nutrients:
        words = row.words if _fits(row, scale.cells) else ""
        clear = [(line.place, False) for line in lines if line.place > len(words)]
        return crossed(words, clear, scale)
    whole, food, supplement = (part[nutrient] for part in (row.nutrients, row.food, row.supplement))
    measured = Measured(whole, food, supplement, ranged=cell[1].startswith("("))
    crossing = [(line.place, (whole.best or 0.0) >= line.value) for line in lines]
    return crossed(bar(measured, scale), crossing, scale)


def _fits(row: Row, cells: int) -> bool:
    """Whether there is a bar, or room for the words that stand instead of it."""
    return bool(row.nutrients) or len(row.words) <= cells


def _below(each: Chart, lines: Iterable[_Line], report: Report) -> list[str]:
    """Return what the lines stand for, and what is said of references without one."""
    said = [f"{line.letter} {', '.join(line.names)}" for line in lines]
    k2 = against_one(report, K2, plain_words=False).words if each.nutrient.id == K2 else ""
    below = [text for text in (*said, *each.undrawn, each.about, k2) if text]
    return [f"{_GAP}{' · '.join(below)}"] if below else []


def _legend(report: Report, charts: Sequence[Chart], drawn: str) -> Iterator[str]:
    """Yield what the signs mean that occur."""
    numbers, marks = zip(*(cell for each in charts for cell in each.cells), strict=True)
    said = {
        f"{FOOD} food": FOOD in drawn,
        f"{SUPPLEMENT} supplements": SUPPLEMENT in drawn,
        f"{REACHED} a line that the bar reaches": REACHED in drawn,
        f"{LOWEST} lowest published figure, portion error not included": LOWEST in drawn,
        f"{HIGHEST} highest published figure, portion error not included": HIGHEST in drawn,
        f"{OPEN} +? some foods have no figure": "+?" in marks,
        f"{OPEN} ? nothing eaten has a figure": "?" in numbers,
        NO_REFERENCES: not report.standings
        and any(each.nutrient.id in REFERRED for each in charts),
    }
    yield from (text for text, occurs in said.items() if occurs)


def _apart(each: Chart) -> list[str]:
    """Return the days that are not in the mean, and why."""
    days = [
        row.label if row.label.endswith(row.words) else f"{row.label} {row.words}"
        for row in each.rows
        if row.apart
    ]
    return [f"* not in the mean: {' · '.join(days)}"] if days else []


def _label(row: Row) -> str:
    return f"{row.label}{_APART if row.apart else ''}"
