"""A window against the one before: means, lowest and highest days, change from day to day.

A mean is up or down only where the published ranges leave no doubt: its lowest figure above the
highest of the other window, or its highest below the lowest. What has no figure may be any amount,
so it never makes a mean fall.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import fsum
from operator import itemgetter
from typing import Final

from k2log.amounts import DECIMALS, Amount, Amounts, per_day
from k2log.diary.days import DayRow, summed
from k2log.grammar.days import LENGTHS_DAYS
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS, VITAMIN_K2
from k2log.report.model import Report
from k2log.report.period import Period, before
from k2log.science.compare import EARLY_DAYS

FEWEST_DAYS: Final = EARLY_DAYS
MOST_APART: Final = 0.1
"""How far the shares of entries with a K2 figure may differ for K2 to be compared."""

_WEEKS: Final = 4
_MONTHS: Final = 12
_EDGE: Final = 1e-9  # 0.72 - 0.62 is a little more than 0.1


class Stretch(NamedTuple):
    """Some days in a row: the complete ones, and their mean; none without a complete day.

    ``known`` is the share of their entries that have a figure, by nutrient; of no entries, 1.
    """

    period: Period
    complete: Sequence[DayRow]
    mean: Amounts
    known: Mapping[str, float]


class MeanChange(NamedTuple):
    """How the mean moved, and by how much where that can be told.

    ``verdict`` is up, down, same, cannot-tell, too-few-days or too-different.
    """

    verdict: str
    by: float | None = None


class Variation(NamedTuple):
    """The lowest and highest, by best estimate, of the complete days with every figure known.

    ``left_out`` counts the other complete days. ``step`` is how much one day differs from the day
    before it, up or down, on average over ``steps`` such pairs; None where there is no pair.
    """

    days: int
    left_out: int
    lowest: tuple[date, Amount] | None
    highest: tuple[date, Amount] | None
    step: float | None
    steps: int


class Trend(NamedTuple):
    """A window, the one before, and their comparison by nutrient.

    ``parts`` are the weeks of a month or the months of a year.
    """

    now: Stretch
    before: Stretch
    parts: Sequence[Stretch]
    changes: Mapping[str, MeanChange]
    variations: Mapping[str, Variation]


def trend_of(report: Report) -> Trend:
    """Return the trend of a report against the window before."""
    period = report.period
    now, earlier = _stretch(period, report.days), _stretch(before(period), report.earlier)
    return Trend(
        now,
        earlier,
        [_stretch(part, report.days) for part in _shorter(period)],
        {id_: _change(id_, now, earlier) for id_ in NUTRIENTS},
        {id_: _variation(id_, now.complete) for id_ in NUTRIENTS},
    )


def _shorter(period: Period) -> list[Period]:
    """Return the last four weeks of a month, the last twelve calendar months of a year."""
    if period.days == LENGTHS_DAYS["month"]:
        lasts = [period.last - timedelta(weeks=weeks) for weeks in reversed(range(_WEEKS))]
        return [Period(last - timedelta(days=6), last) for last in lasts]
    if period.days != LENGTHS_DAYS["year"]:
        return []
    months = [list(days) for _, days in groupby(period.calendar(), lambda day: day.replace(day=1))]
    return [Period(days[0], days[-1]) for days in months[-_MONTHS:]]


def _stretch(period: Period, days: Iterable[DayRow]) -> Stretch:
    first, last = period
    complete = [it for it in days if first <= it.day <= last and it.status == "complete"]
    entries = sum(day.entries for day in complete)
    unknown: Counter[str] = Counter()
    for day in complete:
        for id_, amount in day.nutrients.items():
            unknown[id_] += min(amount.unknown, day.entries)
    shares = {id_: 1 - unknown[id_] / entries if entries else 1.0 for id_ in NUTRIENTS}
    return Stretch(period, complete, per_day(summed(complete), len(complete)), shares)


def _change(nutrient: str, now: Stretch, earlier: Stretch) -> MeanChange:
    if min(len(now.complete), len(earlier.complete)) < FEWEST_DAYS:
        return MeanChange("too-few-days")
    apart = abs(now.known[nutrient] - earlier.known[nutrient])
    if nutrient in VITAMIN_K2 and apart > MOST_APART + _EDGE:
        return MeanChange("too-different")
    return _moved(now.mean[nutrient], earlier.mean[nutrient])


def _moved(now: Amount, earlier: Amount) -> MeanChange:
    if now.best is None or earlier.best is None:
        return MeanChange("cannot-tell")
    by = round(now.best - earlier.best, DECIMALS)
    if _surely_below(earlier, now):
        return MeanChange("up", by)
    if _surely_below(now, earlier):
        return MeanChange("down", by)
    certain = now.known and earlier.known and now.low == now.high and earlier.low == earlier.high
    return MeanChange("same", 0.0) if certain else MeanChange("cannot-tell")


def _surely_below(one: Amount, other: Amount) -> bool:
    """Whether even the highest published figures of one are below the lowest of the other."""
    return one.high is not None and other.low is not None and one.high < other.low


def _variation(nutrient: str, complete: Sequence[DayRow]) -> Variation:
    amounts = ((row, row.nutrients[nutrient]) for row in complete)
    known = [(row, amount.best or 0.0) for row, amount in amounts if amount.known]
    steps = [
        abs(after - best)
        for (row, best), (following, after) in pairwise(known)
        if following.day - row.day == timedelta(days=1)
    ]
    lowest, highest = (pick(known, key=itemgetter(1), default=None) for pick in (min, max))
    return Variation(
        len(known),
        len(complete) - len(known),
        lowest and (lowest[0].day, lowest[0].nutrients[nutrient]),
        highest and (highest[0].day, highest[0].nutrients[nutrient]),
        round(fsum(steps) / len(steps), DECIMALS) if steps else None,
        len(steps),
    )
