"""Caveats: rules that look at a report's facts and may have something to say.

A rule informs. It never diagnoses and never tells anybody to change a dose.
To add one: write its judge, put a ``Rule`` into the table of its module, list that in ``rules.py``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from k2log.diary.entry import FoodDay
from k2log.food.amount import UNKNOWN, Amount, total
from k2log.science.wording import count

_FIRST = {"warning": 0, "caution": 2, "info": 3}
_ABOUT_DATA = 1


class Facts(NamedTuple):
    """What a rule may look at.

    ``rows`` are those of the complete days or, where there is none, of all logged days. ``missing``
    are the days that are over and empty or marked incomplete.
    """

    days: int
    logged_days: int
    complete_days: int
    missing: Sequence[date]
    rows: Sequence[FoodDay]

    @property
    def over(self) -> str:
        """Which days the sums are over, in words."""
        if self.days == 1:
            return "on this day"
        if self.complete_days:
            return f"over {count(self.complete_days, 'complete day')}"
        none = "not complete" if self.logged_days == 1 else "none complete"
        return f"over {count(self.logged_days, 'logged day')} ({none})"

    @property
    def entries(self) -> int:
        """How many entries the rows sum up."""
        return sum(row.entries for row in self.rows)

    def total(self, nutrient: str) -> Amount:
        """Return the sum of one nutrient."""
        return total(row.nutrients.get(nutrient, UNKNOWN) for row in self.rows)


class Remark(NamedTuple):
    """What a rule says, with the days or entries that triggered it."""

    message: str
    days: Sequence[date] = ()
    entries: Sequence[int] = ()
    data: Mapping[str, Any] = {}


class Rule(NamedTuple):
    """A caveat: severity info, caution or warning; evidence strong to contested, or n/a.

    ``judge`` returns what there is to say about the facts, or None. ``priority`` is core or
    optional.
    """

    id: str
    severity: str
    evidence: str
    priority: str
    citations: Sequence[str]
    judge: Callable[[Facts], Remark | None]


class Finding(NamedTuple):
    """A caveat that applies, with what it rests on and what triggered it."""

    id: str
    severity: str
    evidence: str
    message: str
    citations: Sequence[str]
    days: Sequence[date] = ()
    entries: Sequence[int] = ()
    data: Mapping[str, Any] = {}

    @property
    def about_data(self) -> bool:
        """Whether this is about what is known of the log, rather than about what was eaten."""
        return self.severity == "info" and self.evidence == "n/a"


def findings(rules: Iterable[Rule], facts: Facts) -> list[Finding]:
    """Return what the rules have to say: warnings, data quality, cautions, information."""
    judged = [(rule, rule.judge(facts)) for rule in rules]
    found = [
        Finding(rule.id, rule.severity, rule.evidence, remark.message, rule.citations, *remark[1:])
        for rule, remark in judged
        if remark is not None
    ]
    return sorted(found, key=_rank)


def _rank(finding: Finding) -> int:
    return _ABOUT_DATA if finding.about_data else _FIRST[finding.severity]
