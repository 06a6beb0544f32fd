"""Charts in words: for listening, for pipes, and where there is no room to draw.

First the days that are missing or left out of the mean; then for each nutrient the lowest and the
highest day, the mean, where it stands to its references, and every figure.
"""

from collections.abc import Iterator, Sequence

from k2log.food.nutrients import Nutrient
from k2log.report.model import Report
from k2log.science.wording import count
from k2log.views.chart import K2, Chart, Row
from k2log.views.grid import LISTED_DAYS, title
from k2log.views.numbers import long_day, show, spoken, wrapped
from k2log.views.references import against_one, heading
from k2log.views.spark import Extremes, days_of, extremes_words, spans_months, weekday


def described(report: Report, charts: Sequence[Chart], columns: int | None = None) -> str:
    """Return the charts as sentences, a line each, wrapped to ``columns`` where there are any."""
    rows = charts[0].rows
    about = [title(report, plain_words=True), *_missing(rows), *_left_out(rows)]
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
