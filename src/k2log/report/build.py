"""From the diary's rows to the report.

A day is the rounded sum of its rows and the window the sum of its complete days, so the order of
rows never matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from k2log.diary.entry import Entry, FoodDay
from k2log.food.amount import Amount
from k2log.food.nutrients import HEADLINE, NUTRIENTS
from k2log.report.days import Amounts, by_day, calendar, day_row, status, sums
from k2log.report.model import DayRow, FoodTotal, NutrientTotal, Report
from k2log.report.period import Period, before, month_ending
from k2log.science.caveats import INFORMAL_K2_UG, Facts, Finding, judge
from k2log.science.compare import standings
from k2log.science.profile import NOBODY, Profile
from k2log.science.rules import RULES

_NO_DAYS = Amount(None, None, None)


class Kept(NamedTuple):
    """What a report is made from: the diary of a window and of the one before.

    ``rows`` are foods by day, ``marks`` what the user said of days, ``entries`` those single ones
    that rules look at, ``fresh`` the keys of products first logged in the window.
    """

    rows: Sequence[FoodDay]
    marks: Mapping[date, str] = {}
    entries: Sequence[Entry] = ()
    fresh: frozenset[str] = frozenset()
    profile: Profile = NOBODY
    informal_k2_ug: float | None = INFORMAL_K2_UG
    hidden: frozenset[str] = frozenset()


class _Window(NamedTuple):
    """The days of a window by status, and the rows that are summed."""

    period: Period
    statuses: Mapping[date, str]
    rows: Mapping[date, Sequence[FoodDay]]
    counted: Sequence[FoodDay]

    @property
    def complete(self) -> list[date]:
        """The days that count in means."""
        return [day for day, kind in self.statuses.items() if kind == "complete"]


def build(
    period: Period, kept: Kept, *, today: date, generated_at: datetime, catalogue: str
) -> Report:
    """Return the report of a period.

    The diary may reach back over the window before: then notes that say the same as there are named
    in ``as_before``. Days outside both windows are ignored.
    """
    window = _window(period, kept, today)
    days = [
        day_row(day, today, kept.marks.get(day), window.rows.get(day, ()))
        for day in window.statuses
    ]
    facts = _facts(window, kept, today)
    verdicts = judge(RULES, facts)
    return Report(
        generated_at=generated_at,
        today=today,
        catalogue=catalogue,
        period=period,
        days=days,
        nutrients=_totals([day for day in days if day.status == "complete"]),
        foods=_foods(window.counted if window.complete or period.days == 1 else ()),
        findings=verdicts.findings,
        as_before=_as_before(verdicts.findings, before(period), kept, today),
        silent=verdicts.silent,
        standings=facts.standings,
        profile=kept.profile,
        hidden=kept.hidden,
    )


def _window(period: Period, kept: Kept, today: date) -> _Window:
    days = by_day(kept.rows, period)
    statuses = {
        day: status(day, today, kept.marks.get(day), days.get(day, ())) for day in calendar(period)
    }
    logged = [day for day, kind in statuses.items() if kind != "empty"]
    complete = [day for day in logged if statuses[day] == "complete"]
    counted = [row for day in complete or logged for row in days.get(day, ())]
    return _Window(period, statuses, days, counted)


def _facts(window: _Window, kept: Kept, today: date) -> Facts:
    looked_at = month_ending(window.period)
    facts = Facts(
        first=window.period.first,
        last=window.period.last,
        logged_days=sum(kind != "empty" for kind in window.statuses.values()),
        complete=window.complete,
        missing=[
            day
            for day, kind in window.statuses.items()
            if day < today and kind in {"empty", "incomplete"}
        ],
        rows=window.counted,
        logged=[it for it in kept.entries if looked_at.first <= it.day <= looked_at.last],
        fresh=kept.fresh,
        profile=kept.profile,
        informal_k2_ug=kept.informal_k2_ug,
    )
    return facts._replace(
        standings=standings(
            kept.profile, facts.last, facts.mean, facts.complete_days, facts.coverage
        )
    )


def _as_before(found: Iterable[Finding], period: Period, kept: Kept, today: date) -> frozenset[str]:
    facts = _facts(_window(period, kept, today), kept, today)
    if not facts.logged_days:
        return frozenset()
    gists = {finding.id: finding.gist for finding in judge(RULES, facts).findings}
    return frozenset(
        finding.id
        for finding in found
        if finding.severity != "warning" and gists.get(finding.id) == finding.gist
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
