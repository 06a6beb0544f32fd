"""Sparklines of a report: a cell a day for each headline nutrient, and the same in words.

Each line has its own scale, from zero to its highest day. A day without entries is a dash, one
of which nothing but zeros is known a question mark: only a true zero has the lowest block.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from math import ceil
from typing import Final

from k2log.amounts import Amount
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, NUTRIENTS, Nutrient
from k2log.render.numbers import NO_DATA, number, short_day, spans_months
from k2log.report.model import Report
from k2log.text import count

LEVELS: Final = "▁▂▃▄▅▆▇█"
DAY_BY_DAY: Final = "day by day, each line from 0 to its highest day"
MOST_DAYS: Final = 31
_APART: Final = "^"
_UNKNOWN: Final = "?"
_LEAST_DAYS: Final = 2


class Extremes(NamedTuple):
    """The days with the lowest and the highest figure; the first of several alike."""

    lowest: tuple[date, Amount]
    highest: tuple[date, Amount]
    partial: bool

    @classmethod
    def of(cls, days: Iterable[tuple[date, Amount]]) -> "Extremes | None":
        """Return the extremes of the days that have a figure, if any has."""
        lowest: tuple[date, Amount] | None = None
        highest: tuple[date, Amount] | None = None
        partial = False
        for pair in days:
            partial = partial or not pair[1].known
            if pair[1].best is not None:
                lowest = min(lowest or pair, pair, key=_best)
                highest = max(highest or pair, pair, key=_best)
        return cls(lowest, highest, partial) if lowest and highest else None


def _best(pair: tuple[date, Amount]) -> float:
    return pair[1].best or 0.0


def day_by_day(report: Report, *, plain_words: bool) -> list[tuple[str, str]]:
    """Return a line for each headline nutrient over 2 to 31 days: its name, and its days drawn.

    With ``plain_words`` the lowest and the highest complete day instead of a drawing.
    """
    if report.logged_days < _LEAST_DAYS or report.period.days > MOST_DAYS:
        return []
    draw = _in_words if plain_words else _drawing
    lines = [(NUTRIENTS[id_].name, draw(report, NUTRIENTS[id_])) for id_ in HEADLINE]
    if plain_words:
        return [line for line in lines if line[1]]
    # Below: a caret under each day that is logged and not in the mean, and what the signs mean.
    marks = (_APART if row.nutrients and row.status != "complete" else " " for row in report.days)
    carets = "".join(marks).rstrip()
    unknown = any(_UNKNOWN in drawing for _, drawing in lines)
    meanings = [f"{carets}  not in the mean" * bool(carets), f"{_UNKNOWN} unknown" * unknown]
    below = " · ".join(filter(None, meanings))
    return [*lines, ("", below)] if below else lines


def days_of(
    report: Report, nutrient: str, *, complete: bool = False
) -> Iterator[tuple[date, Amount]]:
    """Yield the days that have an amount, or only the complete ones, with that of a nutrient."""
    rows = (row for row in report.days if row.status == "complete" or not complete)
    amounts = ((row.day, row.nutrients.get(nutrient)) for row in rows)
    return ((day, amount) for day, amount in amounts if amount is not None)


def _drawing(report: Report, nutrient: Nutrient) -> str:
    extremes = Extremes.of(days_of(report, nutrient.id))
    top = _best(extremes.highest) if extremes else 0.0
    cells = "".join(_cell(row.nutrients.get(nutrient.id), top) for row in report.days)
    if extremes is None:
        return f"{cells}  no figure"
    day, amount = extremes.highest
    when = short_day(day, month=spans_months(report.period))
    on = f" on {' '.join(when.split())}" if amount.best else ""
    counted = "counted part " if extremes.partial else ""
    return f"{cells}  highest {counted}{number(amount, nutrient.unit)} {nutrient.unit}{on}"


def _cell(amount: Amount | None, top: float) -> str:
    if amount is None:
        return NO_DATA
    if not amount.best and not amount.known:
        return _UNKNOWN
    return LEVELS[ceil(amount.best / top * (len(LEVELS) - 1))] if amount.best else LEVELS[0]


def _in_words(report: Report, nutrient: Nutrient) -> str:
    extremes = Extremes.of(days_of(report, nutrient.id, complete=True))
    if extremes is None:
        return ""
    month = spans_months(report.period)
    words = extremes_words(extremes, nutrient.unit, lambda day: weekday(day, month=month))
    return f"{words}, {count(report.complete_days, 'complete day')}"


def extremes_words(extremes: Extremes, unit: str, named: Callable[[date], str]) -> str:
    """Return ``lowest 812 mg on Sunday 15, highest 1276 mg on Monday 16``."""
    low, high = (
        f"{'counted part ' if extremes.partial else ''}{number(amount, unit, plain_words=True)}"
        f" {unit} on {named(day)}"
        for day, amount in (extremes.lowest, extremes.highest)
    )
    return f"lowest {low}, highest {high}" if low != high else f"lowest and highest {low}"


def weekday(day: date, *, month: bool) -> str:
    """Return ``Sunday 15``, or ``Sunday 15 November``."""
    return f"{day:%A} {day.day} {day:%B}" if month else f"{day:%A} {day.day}"
