"""From the diary's rows to the report.

A day is the rounded sum of its rows and the window the sum of its complete days, so the order of
rows never matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from k2log.amounts import Amount, add_up
from k2log.config import INFORMAL_K2_UG
from k2log.diary.days import DayRow, by_day, every_day, summed
from k2log.diary.entry import DayPart, Entry, FoodPart
from k2log.nutrients import NUTRIENTS
from k2log.report.model import FoodTotal, NutrientTotal, Report, largest_share
from k2log.report.period import Period, before, month_ending
from k2log.science.caveats import Facts, judge
from k2log.science.compare import standings
from k2log.science.profile import NOBODY, Profile
from k2log.science.rules import RULES

if TYPE_CHECKING:
    from k2log.catalogue.namesake import Namesake

_NO_DAYS = Amount(None, None, None)


class Window(NamedTuple):
    """The days of a period, and of each food the sums over those that count."""

    period: Period
    days: Sequence[DayRow]
    foods: Sequence[FoodPart] = ()

    @property
    def counted(self) -> list[DayRow]:
        """The complete days or, where there is none, all that were logged."""
        complete = [row for row in self.days if row.status == "complete"]
        return complete or [row for row in self.days if row.status != "empty"]

    @property
    def uncounted(self) -> set[date]:
        """All other days."""
        return {row.day for row in self.days}.difference(row.day for row in self.counted)


class ReportData(NamedTuple):
    """What a report is made from: the diary of a window and of the one before.

    ``entries`` are those single ones that rules look at, ``fresh`` the keys of products first
    logged in the window.
    """

    now: Window
    earlier: Window
    entries: Sequence[Entry] = ()
    fresh: frozenset[str] = frozenset()
    profile: Profile = NOBODY
    informal_k2_ug: float | None = INFORMAL_K2_UG
    hidden: frozenset[str] = frozenset()
    namesakes: Mapping[str, "Namesake"] = {}


def windows(
    period: Period, parts: Iterable[DayPart], marks: Mapping[date, str], today: date
) -> tuple[Window, Window]:
    """Return the days of a period and of the one before; what lies outside both is ignored.

    ``parts`` come by day, ``marks`` are what the user said of days. Where neither is of a day
    before, the window before has no days.
    """
    logged, earlier = by_day(parts, marks, today), before(period)
    reaches_back = any(day < period.first for day in (*logged, *marks))
    return (
        Window(period, every_day(period.calendar(), logged, marks, today)),
        Window(
            earlier, every_day(earlier.calendar(), logged, marks, today) if reaches_back else ()
        ),
    )


def build(data: ReportData, *, today: date, generated_at: datetime, catalogue: str) -> Report:
    """Return the report of a period.

    Notes that say the same as in the window before are named in ``as_before``.
    """
    period, days, foods = data.now
    facts = _facts(data.now, data, today)
    verdicts, earlier = judge(RULES, facts), _facts(data.earlier, data, today)
    gists = {it.id: it.gist for it in judge(RULES, earlier).findings} if earlier.logged_days else {}
    return Report(
        generated_at=generated_at,
        today=today,
        catalogue=catalogue,
        period=period,
        days=days,
        nutrients=_totals(facts),
        foods=_foods(foods if facts.complete or period.days == 1 else ()),
        findings=verdicts.findings,
        as_before=frozenset(
            finding.id
            for finding in verdicts.findings
            if finding.severity != "warning" and gists.get(finding.id) == finding.gist
        ),
        silent=verdicts.silent,
        standings=facts.standings,
        profile=data.profile,
        hidden=data.hidden,
        earlier=data.earlier.days,
    )


def _facts(window: Window, data: ReportData, today: date) -> Facts:
    period, days, foods = window
    month, counted = month_ending(period), window.counted
    facts = Facts(
        first=period.first,
        last=period.last,
        logged_days=sum(row.status != "empty" for row in days),
        days=[row for row in days if row.status == "complete"],
        missing=[
            row.day for row in days if row.day < today and row.status in {"empty", "incomplete"}
        ],
        counted=[row.day for row in counted],
        whole=summed(counted),
        food=add_up([row.food for row in counted]),
        supplement=add_up([row.supplement for row in counted]),
        foods=foods,
        logged=[it for it in data.entries if month.first <= it.day <= month.last],
        fresh=data.fresh,
        profile=data.profile,
        informal_k2_ug=data.informal_k2_ug,
        namesakes=data.namesakes,
    )
    return facts._replace(
        standings=standings(
            data.profile, facts.last, facts.mean, facts.complete_days, facts.coverage
        )
    )


def _totals(facts: Facts) -> Mapping[str, NutrientTotal]:
    if not facts.complete:
        return dict.fromkeys(NUTRIENTS, NutrientTotal(_NO_DAYS, _NO_DAYS, _NO_DAYS, None))
    return {
        id_: NutrientTotal(
            facts.whole[id_], facts.food[id_], facts.supplement[id_], facts.mean(id_)
        )
        for id_ in NUTRIENTS
    }


def _foods(parts: Iterable[FoodPart]) -> Sequence[FoodTotal]:
    """Return each food's sum, the one with the largest share of any headline nutrient first."""
    groups: dict[tuple[str, bool], list[FoodPart]] = defaultdict(list)
    for part in parts:
        groups[part.food, part.supplement].append(part)
    foods = [
        FoodTotal(*key, sum(part.entries for part in group), add_up([it.nutrients for it in group]))
        for key, group in groups.items()
    ]
    whole = add_up([food.nutrients for food in foods])
    return sorted(
        foods, key=lambda it: (-largest_share(it.nutrients, whole), it.food, it.supplement)
    )
