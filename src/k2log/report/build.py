"""From the diary's rows to the report.

A day is the rounded sum of its rows and the window the sum of its complete days, so the order of
rows never matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from k2log.diary.entry import FoodDay
from k2log.food.amount import Amount
from k2log.food.nutrients import HEADLINE, NUTRIENTS
from k2log.report.days import Amounts, by_day, calendar, day_row, status, sums
from k2log.report.model import DayRow, FoodTotal, NutrientTotal, Period, Report
from k2log.report.period import before
from k2log.science.caveats import Facts, Finding, findings
from k2log.science.rules import RULES

_NO_DAYS = Amount(None, None, None)


class _Window(NamedTuple):
    """The days of a window by status, and the rows that are summed."""

    statuses: Mapping[date, str]
    rows: Mapping[date, Sequence[FoodDay]]
    counted: Sequence[FoodDay]


def build(
    period: Period,
    rows: Iterable[FoodDay],
    marks: Mapping[date, str],
    *,
    today: date,
    generated_at: datetime,
    catalogue: str,
) -> Report:
    """Return the report of a period.

    ``rows`` and ``marks`` may reach back over the window before: then notes that say the same as
    there are named in ``as_before``. Days outside both windows are ignored.
    """
    rows = list(rows)
    window = _window(period, rows, marks, today)
    days = [
        day_row(day, today, marks.get(day), window.rows.get(day, ())) for day in window.statuses
    ]
    found = findings(RULES, _facts(period, window, today))
    return Report(
        generated_at=generated_at,
        today=today,
        catalogue=catalogue,
        period=period,
        days=days,
        nutrients=_totals([day for day in days if day.status == "complete"]),
        foods=_foods(window.counted if _has_foods(period, window) else ()),
        findings=found,
        as_before=_as_before(found, before(period), rows, marks, today),
    )


def _window(
    period: Period, rows: Iterable[FoodDay], marks: Mapping[date, str], today: date
) -> _Window:
    days = by_day(rows, period)
    statuses = {
        day: status(day, today, marks.get(day), days.get(day, ())) for day in calendar(period)
    }
    logged = [day for day, kind in statuses.items() if kind != "empty"]
    complete = [day for day in logged if statuses[day] == "complete"]
    counted = [row for day in complete or logged for row in days.get(day, ())]
    return _Window(statuses, days, counted)


def _has_foods(period: Period, window: _Window) -> bool:
    return period.days == 1 or "complete" in window.statuses.values()


def _facts(period: Period, window: _Window, today: date) -> Facts:
    kinds = list(window.statuses.values())
    return Facts(
        days=period.days,
        logged_days=sum(kind != "empty" for kind in kinds),
        complete_days=kinds.count("complete"),
        missing=[
            day
            for day, kind in window.statuses.items()
            if day < today and kind in {"empty", "incomplete"}
        ],
        rows=window.counted,
    )


def _as_before(
    found: Iterable[Finding],
    period: Period,
    rows: Iterable[FoodDay],
    marks: Mapping[date, str],
    today: date,
) -> frozenset[str]:
    earlier = findings(RULES, _facts(period, _window(period, rows, marks, today), today))
    messages = {finding.id: finding.message for finding in earlier}
    return frozenset(
        finding.id
        for finding in found
        if finding.severity != "warning" and messages.get(finding.id) == finding.message
    )


def _totals(days: Sequence[DayRow]) -> Mapping[str, NutrientTotal]:
    if not days:
        return dict.fromkeys(NUTRIENTS, NutrientTotal(_NO_DAYS, _NO_DAYS, _NO_DAYS, None))
    whole = sums([day.nutrients for day in days])
    food = sums([day.food for day in days])
    supplement = sums([day.supplement for day in days])
    return {
        id_: NutrientTotal(whole[id_], food[id_], supplement[id_], whole[id_].times(1 / len(days)))
        for id_ in NUTRIENTS
    }


def _foods(rows: Iterable[FoodDay]) -> Sequence[FoodTotal]:
    """Return each food's sum, the one with the largest share of any headline nutrient first."""
    groups: dict[tuple[str, bool], list[FoodDay]] = defaultdict(list)
    for row in rows:
        groups[row.food, row.supplement].append(row)
    foods = [
        FoodTotal(*key, sum(row.entries for row in group), sums([row.nutrients for row in group]))
        for key, group in groups.items()
    ]
    whole = sums([food.nutrients for food in foods])
    return sorted(foods, key=lambda food: (-_share(food, whole), food.food, food.supplement))


def _share(food: FoodTotal, whole: Amounts) -> float:
    return max((food.nutrients[id_].best or 0) / (whole[id_].best or 1) for id_ in HEADLINE)
