"""The registry: every rule there is, in the order they are judged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from k2log.diary.days import DayRow, summed
from k2log.diary.entry import Entry
from k2log.science import (
    antagonists,
    conditions,
    data_quality,
    day_doses,
    dosing,
    intake,
    interactions,
    pattern,
    pregnancy,
    steady_k1,
)
from k2log.science.caveats import Facts, Finding, Rule, judge
from k2log.science.compare import standings
from k2log.science.profile import Profile

if TYPE_CHECKING:
    from k2log.catalogue.namesake import Namesake

RULES: Final[tuple[Rule, ...]] = (
    *data_quality.RULES,
    *intake.RULES,
    *pattern.RULES,
    *antagonists.RULES,
    *steady_k1.RULES,
    *dosing.RULES,
    *day_doses.RULES,
    *interactions.RULES,
    *conditions.RULES,
    *pregnancy.RULES,
)


_ABOUT_YOU: Final = frozenset(
    rule.id
    for family in (antagonists, steady_k1, interactions, conditions, pregnancy)
    for rule in family.RULES
)
"""The rules on one's own medicines, conditions and life stage."""

GAPS: Final = frozenset({intake.intake_below_reference.id})
_SEVERITIES: Final = ("warning", "caution", "info")


def by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as they are read: warnings, cautions, the rest; of each one's own first.

    Of the rest what is one's own comes first, then gaps, then other remarks, then on the data.
    """
    return sorted(
        findings,
        key=lambda it: (
            _SEVERITIES.index(it.severity),
            it.about_data,
            it.id not in _ABOUT_YOU,
            it.id not in GAPS,
        ),
    )


AT_LOGGING: Final = tuple(rule for rule in RULES if rule.at_logging)


DaysBefore = Callable[[date], Sequence[DayRow]]
"""The complete days of the four weeks before a day."""


def warnings(
    new: Sequence[Entry],
    around: Sequence[Entry],
    profile: Profile,
    days_before: DaysBefore = lambda _: (),
    namesakes: Mapping[str, "Namesake"] = MappingProxyType({}),
) -> list[Finding]:
    """Return the warnings that the new entries give rise to.

    ``around`` are the entries of that day and of its neighbours, without the new ones;
    ``days_before`` is asked for days where a rule has to know what is usual.
    """
    days = [entry.day for entry in new]
    facts = Facts(
        first=min(days),
        last=max(days),
        logged_days=len(set(days)),
        days=(),
        missing=(),
        logged=[*around, *(entry._replace(id=None) for entry in new)],
        profile=profile,
        namesakes=namesakes,
    )
    if any(entry.supplement for entry in new):  # which alone are held against upper levels
        rows = standings(profile, facts.last, facts.mean, facts.complete_days, facts.coverage)
        facts = facts._replace(standings=rows)
    if profile.may_be_on_antagonist and steady_k1.brings_much_k1(new, around):
        before = days_before(facts.first)
        facts = facts._replace(days=before, whole=summed(before))
    findings = judge(AT_LOGGING, facts).findings
    return [it for it in findings if it.severity == "warning" and None in it.entries]
