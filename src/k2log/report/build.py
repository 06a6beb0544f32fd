"""From the diary's rows to the report.

A day is the rounded sum of its rows and the window the sum of its complete days, so the order of
rows never matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from k2log.amounts import Amount, Spread, add_up, likely
from k2log.config import INFORMAL_K2_UG
from k2log.diary.days import DayRow, by_day, every_day, spreads_of, summed
from k2log.diary.entry import DayPart, Entry, FoodPart
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS
from k2log.report.model import FoodTotal, NutrientTotal, Report, largest_share
from k2log.report.period import Period, month_ending
from k2log.science.caveats import Facts, Finding, judge
from k2log.science.compare import standings
from k2log.science.pattern import balance
from k2log.science.profile import NOBODY, Profile, ShownNote
from k2log.science.rules import RULES

if TYPE_CHECKING:
    from k2log.catalogue.namesake import Namesake

REMEMBERED: Final = timedelta(weeks=8)
"""For so long a note that was shown is not told in full again."""

_NO_DAYS = Amount(None, None, None)


class Window(NamedTuple):
    """The days of a period, and of each food the sums over those that count.

    ``spreads`` tell of each day how far its sums may be from the truth; a window of many days may
    go without.
    """

    period: Period
    days: Sequence[DayRow]
    foods: Sequence[FoodPart] = ()
    spreads: Mapping[date, Mapping[str, Spread]] = {}

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
    """What a report is made from: the diary of a window, and what its reader knows.

    ``entries`` are those single ones that rules look at, ``fresh`` the keys of products first
    logged in the window. ``earlier`` are the days before it, where anybody asks for them; ``shown``
    are the notes that this person was shown, by rule.
    """

    now: Window
    earlier: Sequence[DayRow] = ()
    entries: Sequence[Entry] = ()
    fresh: frozenset[str] = frozenset()
    profile: Profile = NOBODY
    informal_k2_ug: float | None = INFORMAL_K2_UG
    hidden: frozenset[str] = frozenset()
    shown: Mapping[str, ShownNote] = {}
    namesakes: Mapping[str, "Namesake"] = {}


def window(
    period: Period, parts: Iterable[DayPart], marks: Mapping[date, str], today: date
) -> Window:
    """Return the days of a period; ``parts`` come by day, ``marks`` are what was said of days."""
    return Window(period, every_day(period.calendar(), by_day(parts, marks, today), marks, today))


def build(data: ReportData, *, today: date, generated_at: datetime, catalogue: str) -> Report:
    """Return the report of a period.

    Notes that say the same as what the reader was shown before are named in ``as_before``.
    """
    period, days, foods, spreads = data.now
    facts = _facts(data.now, data, today)
    verdicts = judge(RULES, facts)
    return Report(
        generated_at=generated_at,
        today=today,
        catalogue=catalogue,
        period=period,
        days=days,
        nutrients=_totals(facts),
        foods=_foods(foods if facts.complete or period.days == 1 else ()),
        findings=verdicts.findings,
        as_before=_shown(verdicts.findings, data, before=True),
        told=_shown(verdicts.findings, data, before=False),
        first_notes=not any(it.until < period.first for it in data.shown.values()),
        balance=balance(facts),
        likely={
            row.day: {
                id_: likely(row.nutrients[id_], spread) for id_, spread in spreads[row.day].items()
            }
            for row in days
            if row.nutrients and row.day in spreads
        },
        silent=verdicts.silent,
        standings=facts.standings,
        profile=data.profile,
        hidden=data.hidden,
        earlier=data.earlier,
    )


def _shown(findings: Iterable[Finding], data: ReportData, *, before: bool) -> frozenset[str]:
    """Return which findings were told alike not long before the window, or else since then."""
    first, shown = data.now.period.first, data.shown
    alike = [it.id for it in findings if it.id in shown and shown[it.id].gist == it.gist]
    since = {id_: first - shown[id_].until for id_ in alike}
    return frozenset(
        id_ for id_, ago in since.items() if (timedelta() < ago) == before and ago <= REMEMBERED
    )


def _facts(window: Window, data: ReportData, today: date) -> Facts:
    period, days, foods, _ = window
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
        spreads=spreads_of(foods),
        logged=[it for it in data.entries if month.first <= it.day <= month.last],
        fresh=data.fresh,
        profile=data.profile,
        informal_k2_ug=data.informal_k2_ug,
        namesakes=data.namesakes,
    )
    return facts._replace(
        standings=standings(
            data.profile, facts.last, facts.likely, facts.complete_days, facts.coverage
        )
    )


def _totals(facts: Facts) -> Mapping[str, NutrientTotal]:
    if not facts.complete:
        return dict.fromkeys(NUTRIENTS, NutrientTotal(_NO_DAYS, _NO_DAYS, _NO_DAYS, None))
    return {
        id_: NutrientTotal(
            facts.whole[id_],
            facts.food[id_],
            facts.supplement[id_],
            facts.mean(id_),
            facts.likely(id_),
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
