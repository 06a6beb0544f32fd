"""Charts for a terminal, drawn with letters; as words in a pipe, for listening, or without room.

A bar shows food and supplements apart, the published range, and the lines of references. In words
come first the days that are missing or left out of the mean; then for each nutrient the lowest and
the highest day, the mean, where it stands to its references, and every figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import Final

from k2log.amounts import Amount
from k2log.named_tuple import NamedTuple
from k2log.nutrients import WITH_REFERENCES
from k2log.render.chart import K2, Chart, ChartRow, ReferenceLine, chart, usual
from k2log.render.layout import pad, width, wrapped
from k2log.render.numbers import (
    NO_DATA,
    Cell,
    align,
    form_words,
    long_day,
    show,
    show_with_form,
    spans_months,
    without_signs,
)
from k2log.render.page import Page
from k2log.render.references import against_one, heading, standings_of
from k2log.render.report_table import empty_words, own_title
from k2log.render.spark import Extremes, days_of, extremes_words, weekday
from k2log.report.model import Report
from k2log.report.period import LISTED_DAYS
from k2log.text import count

FOOD: Final = "▇"
SUPPLEMENT: Final = "▒"
LOWEST: Final = "├"
HIGHEST: Final = "┤"
OPEN: Final = ">"
LINE: Final = "│"
REACHED: Final = "┼"
_RANGE: Final = "─"
_ENDS: Final = frozenset({LOWEST, HIGHEST, OPEN})


# In words


def chart_words(report: Report, charts: Sequence[Chart], to: int | None = None) -> str:
    """Return the charts as sentences, a line each, wrapped to ``to`` columns where it is given."""
    about = [own_title(report, plain_words=True)]
    missing: dict[str, list[str]] = {}
    left_out = []
    for row in charts[0].rows:
        # The label on its own: that a day is so far is among the words.
        name = without_signs(" ".join(row.label.removesuffix(row.words).split()))
        if not row.nutrients:
            missing.setdefault(row.words, []).append(name)
        if row.apart:
            left_out.append(f"{name} ({row.words})")
    about += [f"{words.capitalize()}: {', '.join(names)}." for words, names in missing.items()]
    about += [f"Not in the mean: {', '.join(left_out)}."] if left_out else []
    blocks = [about, *(list(_sentences(each, report)) for each in charts)]
    return "\n\n".join("\n".join(wrapped(block, to)) for block in blocks) + "\n"


def _sentences(each: Chart, report: Report) -> Iterator[str]:
    """Yield one chart: its lowest and highest day, its references, and the amount of every row."""
    nutrient, days = each.nutrient, report.complete_days
    yield nutrient.name
    extremes = Extremes.of(days_of(report, nutrient.id, complete=True))
    if days > 1 and extremes:
        month = spans_months(report.period)
        long = report.period.days > LISTED_DAYS
        named = long_day if long else lambda day: weekday(day, month=month)
        yield f"{count(days, 'complete day')}: {extremes_words(extremes, nutrient.unit, named)}."
    words = against_one(report, nutrient.id, plain_words=True).words.replace(" · ", "; ")
    if words and nutrient.id == K2:
        yield f"{words[0].upper()}{words[1:]}."
    elif words:
        head = heading(report)
        yield f"{head[0].upper()}{head[1:]}: {without_signs(words)}."
    if each.about:
        yield f"{each.about[0].upper()}{each.about[1:]}."
    if form := _form(each, plain_words=True):
        yield f"{form[0].upper()}{form[1:]}."
    for row in each.rows:
        if row.nutrients:
            whole, pills = (
                show(amounts[nutrient.id], nutrient.unit, with_unit=True, plain_words=True)
                for amounts in (row.nutrients, row.supplement)
            )
            of_it = f", {pills} of it from supplements"
            has_pills = bool(row.supplement[nutrient.id].best)
            yield f"{without_signs(row.label)}: {whole}{of_it if has_pills else ''}."


# One bar: amounts and a scale in, a line of signs out


class Scale(NamedTuple):
    """From zero to ``top`` in so many cells; one more cell is for what stands at the top."""

    top: float
    cells: int

    def place(self, value: float | None) -> int:
        """Return how many cells a value takes: none for zero, else at least one."""
        if not value or not self.top:
            return 0
        return min(self.cells, max(1, round(value / self.top * self.cells)))


class BarValue(NamedTuple):
    """An amount, what of it is from food and from supplements; whether its range is worth showing.

    An amount that is in part unknown always has an open end.
    """

    amount: Amount
    food: Amount
    supplement: Amount
    ranged: bool


def bar(value: BarValue, scale: Scale) -> str:
    """Return the bar to the best estimate, with marks at the lowest and the highest figure."""
    amount = value.amount
    end, low = scale.place(amount.best), scale.place(amount.low)
    best, food, supplement = (part.best or 0.0 for part in value[:3])
    eaten = round(end * food / best) if best else 0
    if end > 1:  # each part that is not zero has a cell, if there are two
        eaten = min(max(eaten, 1 if food else 0), end - 1 if supplement else end)
    cells = [FOOD] * eaten + [SUPPLEMENT] * (end - eaten)
    if (value.ranged or not amount.known) and low < end - 1:
        cells[low] = LOWEST
    if not amount.known:
        cells.append(OPEN)
    elif value.ranged:
        cells += [_RANGE] * (scale.place(amount.high) - end) + [HIGHEST]
    return "".join(cells)


def with_lines(drawn: str, lines: Iterable[tuple[int, bool]], scale: Scale) -> str:
    """Return the bar filled to the width of the scale, with lines through it; its marks stay.

    Each line is at a place, and reached by the amount or not, which a narrow bar may not show.
    """
    cells = list(drawn.ljust(scale.cells + 1))
    for place, reached in lines:
        if cells[place] not in _ENDS:
            cells[place] = REACHED if reached else LINE
    return "".join(cells)


# Drawn


NO_REFERENCES: Final = "For reference lines: k2log profile set --born 1964 --sex female"
_LEAST_CELLS: Final = 10


class _Crossing(NamedTuple):
    """A line through the bars: at which cell, its letter, what it stands for.

    ``value`` is the highest of those that share the line.
    """

    place: int
    letter: str
    names: Sequence[str]
    value: float


def chart_text(report: Report, nutrients: Sequence[str], page: Page) -> str:
    """Return these nutrients, or the usual ones, as charts where they can be drawn."""
    if empty := empty_words(report):
        return "".join(f"{line}\n" for line in wrapped([empty], page.columns))
    charts = [chart(report, id_) for id_ in nutrients or usual(report)]
    if page.columns is None or page.plain_words:
        return chart_words(report, charts, page.columns)
    labels = max(width(_label(row)) for row in charts[0].rows)
    numbers = max(width(text) for each in charts for text in align(each.cells))
    cells = page.columns - labels - numbers - 5  # two gaps, and the sign at the top of the scale
    if cells < _LEAST_CELLS:
        return chart_words(report, charts, page.columns)
    colours: dict[str, str] = {}
    blocks = [list(_block(each, labels, cells, report, colours)) for each in charts]
    rows = charts[0].rows
    texts = [
        [own_title(report, plain_words=False)],
        *blocks,
        _legend(report, charts, "".join(line for block in blocks for line in block), cells),
    ]
    apart = [
        row.label if row.label.endswith(row.words) else f"{row.label} {row.words}"
        for row in rows
        if row.apart
    ]
    texts[-1] += [f"* not in the mean: {' · '.join(apart)}"] if apart else []
    lines = "\n\n".join("\n".join(wrapped(text, page.columns)) for text in texts if text)
    if not page.colour:
        return f"{lines}\n"
    return "".join(f"{colours.get(line, line)}\n" for line in lines.split("\n"))


def _label(row: ChartRow) -> str:
    return f"{row.label}{' *' if row.apart else ''}"


def _block(
    each: Chart, labels: int, cells: int, report: Report, colours: dict[str, str]
) -> Iterator[str]:
    """Yield the lines of one chart: its name, its letters, a bar per row, what the lines mean.

    ``colours`` takes up how each line of a bar reads in colour, once it is broken to fit.
    """
    scale = Scale(each.top, cells)
    lines = _lines(each, scale)
    yield f"{each.nutrient.name} {each.nutrient.unit}"
    if lines:
        ruler = [" "] * (cells + 1)
        for line in lines:
            ruler[line.place] = line.letter
        yield f"{' ' * labels}  {''.join(ruler)}".rstrip()
    for row, cell, number in zip(each.rows, each.cells, align(each.cells), strict=True):
        drawn = _bar(row, each.nutrient.id, cell, scale, lines)
        text = f"{pad(_label(row), labels)}  {drawn}  {number}".rstrip()
        if tone := _tone(row, each, report):
            colours[text] = text.replace(drawn, f"{tone}{drawn}\x1b[0m", 1)
        yield text
    k2 = against_one(report, K2, plain_words=False).words if each.nutrient.id == K2 else ""
    meanings = [f"{line.letter} {', '.join(line.names)}" for line in lines]
    form = _form(each, plain_words=False)
    if below := [text for text in (*meanings, *each.undrawn, each.about, form, k2) if text]:
        yield f"  {' · '.join(below)}"


_BLUE, _GREEN, _RED = "\x1b[34m", "\x1b[32m", "\x1b[31m"


def _tone(row: ChartRow, each: Chart, report: Report) -> str:
    """Return the colour of a bar: below a reference, reaching all, or above an upper level.

    The lines through the bar say the same. Nothing where there is none to hold it against.
    """
    best = row.nutrients[each.nutrient.id].best if row.nutrients else None
    rows = [it for it in standings_of(report, each.nutrient.id) if it.value and it.scope == "all"]
    if best is None or not rows or each.nutrient.id == K2:
        return ""
    if any(it.upper and best > (it.value or 0) for it in rows):
        return _RED
    if any(not it.upper and best < (it.value or 0) for it in rows):
        return _BLUE
    return _GREEN if row.nutrients[each.nutrient.id].known else ""


def _form(each: Chart, *, plain_words: bool) -> str:
    """Return how much of the last row, which is the mean of a window, is of the form that is told.

    Nothing where all of it is.
    """
    last, nutrient = each.rows[-1], each.nutrient.id
    if not last.nutrients or not form_words(last.nutrients, nutrient):
        return ""
    return f"{last.label}: {show_with_form(last.nutrients, nutrient, plain_words=plain_words)}"


def _lines(each: Chart, scale: Scale) -> list[_Crossing]:
    """Return the lines to draw; what falls into one cell has one line."""
    at: dict[int, list[ReferenceLine]] = {}
    for mark in each.marks:
        at.setdefault(scale.place(mark.value), []).append(mark)
    return [
        _Crossing(
            place,
            letter,
            [name for mark in marks for name in mark.names],
            max(mark.value for mark in marks),
        )
        for letter, (place, marks) in zip(ascii_lowercase, at.items(), strict=False)
    ]


def _bar(row: ChartRow, nutrient: str, cell: Cell, scale: Scale, lines: Iterable[_Crossing]) -> str:
    """Return the bar of a row, or why there is none."""
    if not row.nutrients:
        words = row.words if _fits(row, scale.cells) else ""
        clear = [(line.place, False) for line in lines if line.place > len(words)]
        return with_lines(words, clear, scale)
    whole, food, supplement = (part[nutrient] for part in (row.nutrients, row.food, row.supplement))
    value = BarValue(whole, food, supplement, ranged=cell[1].startswith("("))
    crossing = [(line.place, (whole.best or 0.0) >= line.value) for line in lines]
    return with_lines(bar(value, scale), crossing, scale)


def _fits(row: ChartRow, cells: int) -> bool:
    """Whether there is a bar, or room for the words that stand instead of it."""
    return bool(row.nutrients) or len(row.words) <= cells


def _legend(report: Report, charts: Sequence[Chart], drawn: str, cells: int) -> list[str]:
    """Return what the signs mean that occur, and the words for which no bar had room."""
    numbers, marks = zip(*(cell for each in charts for cell in each.cells), strict=True)
    meanings = {
        f"{FOOD} food": FOOD in drawn,
        f"{SUPPLEMENT} supplements": SUPPLEMENT in drawn,
        f"{REACHED} a line that the bar reaches": REACHED in drawn,
        f"{LOWEST} lowest figure there is, portion error not included": LOWEST in drawn,
        f"{HIGHEST} highest figure there is, portion error not included": HIGHEST in drawn,
        f"{OPEN} +? some foods have no figure": "+?" in marks,
        f"{OPEN} ? nothing eaten has a figure": "?" in numbers,
        NO_REFERENCES: not report.standings
        and any(each.nutrient.id in WITH_REFERENCES for each in charts),
    }
    unsaid = dict.fromkeys(row.words for row in charts[0].rows if not _fits(row, cells))
    return [
        *(text for text, occurs in meanings.items() if occurs),
        *(f"{NO_DATA} {words}" for words in unsaid),
    ]
