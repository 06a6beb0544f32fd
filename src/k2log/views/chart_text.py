"""Charts drawn with letters for a terminal; words in a pipe, for listening, or without room."""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import Final, NamedTuple

from k2log.report.model import Report
from k2log.views.bars import (
    FOOD,
    HIGHEST,
    LOWEST,
    OPEN,
    REACHED,
    SUPPLEMENT,
    Measured,
    Scale,
    bar,
    crossed,
    ruler,
)
from k2log.views.chart import K2, REFERRED, Chart, Mark, Row, chart, usual
from k2log.views.columns import aligned, padded
from k2log.views.grid import Cell, empty_words, title
from k2log.views.numbers import NO_DATA, width, wrapped
from k2log.views.page import Page
from k2log.views.references import against_one

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
    from k2log.views.chart_words import described

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
    texts = [[title(report, plain_words=False)], *blocks, legend]
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
