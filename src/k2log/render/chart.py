"""A report as values to draw: for each nutrient its bars, and lines for its references.

Up to 31 days have a bar each. Longer windows have a bar per calendar week (Monday to Sunday), per
month beyond half a year, per year beyond three: its mean per complete day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from k2log.amounts import Amount, add_up, per_day
from k2log.diary.days import DayRow
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, NUTRIENTS, VITAMIN_D, Nutrient
from k2log.render.numbers import NO_DATA, Cell, mark, month_name, number, short_day, spans_months
from k2log.render.references import reference_name, standings_of
from k2log.render.report_table import LISTED_MONTHS, day_words, needs_k1
from k2log.report.model import Report
from k2log.report.period import LISTED_DAYS
from k2log.science.compare import Standing
from k2log.text import count

K2: Final = "vitamin_k2"
LISTED_WEEKS_DAYS: Final = 26 * 7
_FAR: Final = 2


class ChartRow(NamedTuple):
    """One bar: a day, or the mean of the complete days of a longer time.

    ``nutrients`` is empty where there is nothing to draw, and ``words`` say why; of a day that is
    not in the mean (``apart``) they say why not. ``food`` and ``supplement`` are the two parts.
    """

    label: str
    nutrients: Mapping[str, Amount]
    food: Mapping[str, Amount]
    supplement: Mapping[str, Amount]
    words: str = ""
    apart: bool = False


class ReferenceLine(NamedTuple):
    """A line through the bars at a value; ``names`` are the references that are drawn there."""

    value: float
    names: Sequence[str]


class Chart(NamedTuple):
    """One nutrient: its rows with their numbers, how far the scale goes, and the lines to draw.

    ``undrawn`` names references without a line and says why; ``about`` what references count.
    """

    nutrient: Nutrient
    rows: Sequence[ChartRow]
    cells: Sequence[Cell]
    top: float
    marks: Sequence[ReferenceLine]
    undrawn: Sequence[str]
    about: str


def usual(report: Report) -> Sequence[str]:
    """Return what is shown unless something else is asked for."""
    return (*HEADLINE, "vitamin_k1") if needs_k1(report) else HEADLINE


def chart(report: Report, nutrient: str) -> Chart:
    """Return what there is to draw of a nutrient."""
    kind, bars = NUTRIENTS[nutrient], rows(report)
    amounts = [row.nutrients[nutrient] for row in bars if row.nutrients]
    standings = [it for it in standings_of(report, nutrient) if it.value is not None]
    top = _top(amounts, standings)
    inside = [it for it in standings if it.scope == "all" and (it.value or 0) <= top]
    outside: dict[str, list[str]] = {}
    for standing in standings:
        if standing not in inside:
            beyond = standing.scope == "all"
            why = "beyond the scale" if beyond else "the bars show food too"
            outside.setdefault(why, []).append(reference_name(standing))
    cells = []
    for row in bars:
        amount = row.nutrients.get(nutrient)
        cells.append(
            (NO_DATA, "")
            if amount is None
            else (number(amount, kind.unit), mark(amount, kind.unit))
        )
    return Chart(
        kind,
        bars,
        cells,
        top,
        _lines(inside),
        [f"no line for {', '.join(names)}: {why}" for why, names in outside.items()],
        _about(nutrient, report),
    )


# What is drawn


def rows(report: Report) -> list[ChartRow]:
    """Return a row a day, or per week, month or year; and in a longer window the mean of all."""
    if report.period.days <= LISTED_DAYS:
        month = spans_months(report.period)
        bars = [_day(row, report, month=month) for row in report.days]
    else:
        part = _part(report.period.days)
        groups = (list(group) for _, group in groupby(report.days, lambda row: part(row.day)))
        bars = [_mean_row(group, report.period.days) for group in groups]
    return bars if report.period.days == 1 else [*bars, _mean_of_all(report)]


def _day(row: DayRow, report: Report, *, month: bool) -> ChartRow:
    what, line = day_words(row, report)
    so_far = " so far" if row.status == "so far" else ""
    apart = row.status not in {"complete", "empty"} and report.period.days > 1
    label = f"{short_day(row.day, month=month)}{so_far}"
    words = line if row.status == "empty" else what
    return ChartRow(label, row.nutrients, row.food, row.supplement, words, apart)


def _part(days: int) -> Callable[[date], tuple[int, ...]]:
    """Return what tells the week, month or year of a day from the others."""
    if days <= LISTED_WEEKS_DAYS:
        return lambda day: tuple(day.isocalendar()[:2])
    if days <= LISTED_MONTHS * LISTED_DAYS:
        return lambda day: (day.year, day.month)
    return lambda day: (day.year,)


def _mean_row(days: Sequence[DayRow], window: int) -> ChartRow:
    complete = [row for row in days if row.status == "complete"]
    label = _label(days[0].day, days[-1].day, window)
    if not complete:
        logged = any(row.entries for row in days)
        return ChartRow(label, {}, {}, {}, f"no {'complete day' if logged else 'entries'}")
    number = len(complete)
    return ChartRow(
        f"{label} · {count(number, 'day')}",
        per_day(add_up([row.nutrients for row in complete]), number),
        per_day(add_up([row.food for row in complete]), number),
        per_day(add_up([row.supplement for row in complete]), number),
    )


def _label(first: date, last: date, days: int) -> str:
    """Return ``16–22 Nov``, ``November 2026`` or ``2026``."""
    if days > LISTED_MONTHS * LISTED_DAYS:
        return str(first.year)
    if days > LISTED_WEEKS_DAYS:
        return month_name(first)
    begins = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{last.day} {last:%b}" if first == last else f"{begins}–{last.day} {last:%b}"


def _mean_of_all(report: Report) -> ChartRow:
    days = report.complete_days
    if not days:
        return ChartRow("mean", {}, {}, {}, "no complete day")
    share, totals = 1 / days, report.nutrients
    mean = {id_: part.total.times(share) for id_, part in totals.items()}
    food = {id_: part.food.times(share) for id_, part in totals.items()}
    supplement = {id_: part.supplement.times(share) for id_, part in totals.items()}
    return ChartRow(f"mean of {count(days, 'day')}", mean, food, supplement)


# References


def _top(amounts: Iterable[Amount], standings: Iterable[Standing]) -> float:
    """Return the highest value, reference, or upper level that is not far off."""
    levels = [it for it in standings if it.scope == "all"]
    figures = [figure or 0.0 for amount in amounts for figure in (amount.best, amount.high)]
    top = max([0.0, *figures, *(it.value or 0.0 for it in levels if not it.upper)])
    return max([top, *(it.value or 0.0 for it in levels if (it.value or 0.0) <= _FAR * top)])


def _lines(standings: Iterable[Standing]) -> list[ReferenceLine]:
    """Return a line for each value: one's own target first, then from left to right."""
    names: dict[float, list[str]] = {}
    for standing in sorted(standings, key=lambda it: (it.kind != "target", it.value or 0.0)):
        names.setdefault(standing.value or 0.0, []).append(reference_name(standing))
    return [ReferenceLine(value, called) for value, called in names.items()]


def _about(nutrient: str, report: Report) -> str:
    if nutrient not in VITAMIN_D or not standings_of(report, "vitamin_d"):
        return ""
    beside = "" if nutrient == "vitamin_d" else ": k2log chart d"
    return f"references count all forms of vitamin D together{beside}"
