"""A report on a terminal: the one rendering with Rich. Words wrap, numbers never break.

Where the columns do not fit beside each other, nutrients go into tables below each other, and what
is said of a day goes under its label.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from k2log.named_tuple import NamedTuple
from k2log.render.answers import Answer
from k2log.render.layout import width
from k2log.render.report_table import NOTHING_LOGGED, ReportTable, TableLine
from k2log.render.report_text import plain
from k2log.render.spark import DAY_BY_DAY
from k2log.report.notes import Note

_GAP = 2
_WORDS = 13
_LABELS = 14
_HEADLINE = 3
_HEADING = 10
_READABLE = 100
_LEAST_WORDS = 24
_STYLES = {"apart": "dim", "sum": "bold"}
_TONES = {
    "below": "bold blue", "enough": "bold green", "above": "bold red", "warning": "bold red",
    "caution": "bold magenta", "gap": "bold blue", "open": "cyan", "plain": "",
}  # fmt: skip
"""Of 16 colours those that are read on light and dark terminals; the words say each, too."""


class _Column(NamedTuple):
    """One nutrient: the lines of its heading, and its numbers."""

    head: Sequence[str]
    cells: Sequence[str]

    @property
    def width(self) -> int:
        return max(map(len, [*self.head, *self.cells]))

    def narrow(self, least: int) -> "_Column":
        """Return it with its heading broken between words, not narrower than ``least``."""
        words = self.head[0].split()
        room = max(least, *map(len, [*words, *self.cells]))
        return self._replace(head=wrap(self.head[0], room))

    def heading(self, lines: int) -> Text:
        """Return the heading on the last of so many lines."""
        return self._right("\n".join([""] * (lines - len(self.head)) + [*self.head]))

    def cell(self, number: int) -> Text:
        """Return the number on that line of the table."""
        return self._right(self.cells[number])

    def _right(self, text: str) -> Text:
        # Rich would strip the spaces that keep decimal points in one column.
        return Text("\n".join(line.rjust(self.width) for line in text.split("\n")))


class _Layout(NamedTuple):
    """How wide labels are, whether words stand beside the numbers, and the tables to draw."""

    labels: int
    beside: bool
    blocks: Sequence[Sequence[_Column]]

    @property
    def width(self) -> int:
        return self.labels + max(map(_taken, self.blocks))


def terminal(table: ReportTable, columns_wide: int, *, colour: bool) -> str:
    """Return the report for a terminal of that many columns, with or without colour.

    Where not even one nutrient fits beside the labels, the terminal wraps plain lines.
    """
    layout = None if table.empty else _layout(table, columns_wide)
    if layout is None or layout.width > columns_wide:
        return plain(table)
    out = StringIO()
    console = Console(
        file=out,
        width=columns_wide,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(*_parts(table, layout, min(columns_wide, _READABLE)), sep="\n")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _parts(table: ReportTable, layout: _Layout, wide: int) -> Iterator[RenderableType]:
    yield Text(table.title, "bold")
    if table.answers:
        yield ""
        yield _answers(table.answers, wide)
    for block in layout.blocks:
        yield ""
        yield _table(table.lines, block, layout)
    yield ""
    drawings = table.day_by_day if _drawable(table.day_by_day, wide) else ()
    references = [(it.name, f"{it.bar} {it.words}".lstrip()) for it in table.references]
    for heading, pairs in (
        (DAY_BY_DAY, drawings),
        ("most from", table.most_from),
        (table.references_heading, references),
    ):
        if pairs:
            yield Text(heading, "bold")
            yield _pairs([(f"  {name}", text) for name, text in pairs], wide)
            yield ""
    if table.legend:
        yield Constrain(Text(" · ".join(table.legend)), wide)
        yield ""
    if table.notes:
        yield Text("Notes", "bold")
        yield _notes(table.notes, wide)
        yield ""
    if table.standing:
        yield Constrain(Text(table.standing), wide)


def _answers(answers: Sequence[Answer], wide: int) -> Table:
    """Return the first lines: names, and behind them figures in a column where there is room."""
    figures = max(width(it.figure) for it in answers)
    names = max(width(it.name) for it in answers)
    columned = 4 * _GAP + names + figures + _LEAST_WORDS <= wide
    table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    table.width = wide
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for it in answers:
        figure = it.figure and columned and f"{it.figure:<{figures + _GAP}}"
        plain = figure or (f"{it.figure} · " if it.figure and it.words else it.figure)
        if len(plain + it.words) > wide - names - 2 * _GAP and figure:
            plain = f"{it.figure}  "
        rest = it.words.removeprefix(it.verdict)
        text = Text.assemble((plain, "bold"), (it.verdict, _TONES[it.tone]), rest)
        table.add_row(Text(f"  {it.name}"), text)
    return table


def _notes(notes: Sequence[Note], wide: int) -> Table:
    """Return the notes, shortened to two lines each, with a number and their weight coloured."""
    table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    table.width = wide
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for number, note in enumerate(notes, 1):
        text = Text(note.brief)
        text.stylize(_TONES.get(note.tone, ""), 0, len(note.about))
        table.add_row(Text("" if note.tone == "more" else str(number)), text)
    return table


def _drawable(drawings: Sequence[tuple[str, str]], wide: int) -> bool:
    """Whether each drawing stands on one line; what is said beside it may go below."""
    names = max((width(name) for name, _ in drawings), default=0)
    return all(2 * _GAP + names + width(drawn.split()[0]) <= wide for _, drawn in drawings)


def _pairs(pairs: Sequence[tuple[str, str]], wide: int) -> Table:
    table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    table.width = wide
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for first, second in pairs:
        table.add_row(Text(first), Text(second))
    return table


def _layout(table: ReportTable, wide: int) -> _Layout:
    labels = min(max(width(line.label) for line in table.lines), max(_LABELS, wide // 3))
    nutrients = [
        _Column([head], cells) for head, cells in zip(table.headers, table.columns(), strict=True)
    ]
    words = min(_WORDS, max(len(line.words) for line in table.lines))
    beside = labels + _taken(nutrients[:_HEADLINE]) + _GAP + words <= wide
    room = wide - labels - (_GAP + words if beside else 0)
    return _Layout(labels, beside, list(_fitting(_narrowed(nutrients, room), room)))


def _narrowed(nutrients: Sequence[_Column], room: int) -> Sequence[_Column]:
    """Return the columns with headings as wide as there is room for."""
    readable, narrow = ([column.narrow(least) for column in nutrients] for least in (_HEADING, 0))
    return next((each for each in (nutrients, readable, narrow) if _taken(each) <= room), readable)


def _taken(chosen: Sequence[_Column]) -> int:
    return sum(column.width + _GAP for column in chosen)


def _fitting(nutrients: Sequence[_Column], room: int) -> Iterator[list[_Column]]:
    """Yield as many columns at a time as there is room for, at least one."""
    chosen: list[_Column] = []
    for column in nutrients:
        if chosen and _taken([*chosen, column]) > room:
            yield chosen
            chosen = []
        chosen.append(column)
    yield chosen


def _table(lines: Sequence[TableLine], chosen: Sequence[_Column], layout: _Layout) -> Table:
    # The box puts one space between columns: with one of padding that is the gap.
    table = Table(box=SIMPLE_HEAD, padding=(0, _GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(min_width=layout.labels, max_width=layout.labels, overflow="fold")
    deepest = max(len(column.head) for column in chosen)
    for column in chosen:
        table.add_column(column.heading(deepest), no_wrap=True)
    if layout.beside:
        table.add_column(overflow="fold")
    for number, line in enumerate(lines):
        if line.kind == "sum" and number:
            table.add_section()
        cells = [column.cell(number) for column in chosen]
        table.add_row(*_words(line, cells, layout), style=_STYLES.get(line.kind, ""))
    return table


def _words(line: TableLine, cells: Sequence[Text], layout: _Layout) -> list[Text]:
    if layout.beside:
        return [Text(line.label), *cells, Text(line.words)]
    words = "" if line.words == NOTHING_LOGGED else line.words  # the legend explains the dash
    below = [f" {part}" for part in wrap(words, layout.labels - 1)]
    return [Text("\n".join([line.label, *below])), *cells]
