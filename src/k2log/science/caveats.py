"""Caveats: rules that look at a report's facts and may have something to say.

A rule informs. It never diagnoses and never tells anybody to change a dose.
To add one: write its judge, put ``@rule(...)`` above it, list it in the ``RULES`` of its
module, and a new module in ``rules.py``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from k2log.amounts import NOTHING, Amount, Spread, Sums, likely
from k2log.config import INFORMAL_K2_UG
from k2log.diary.days import DayRow
from k2log.diary.entry import Entry, FoodPart
from k2log.named_tuple import NamedTuple
from k2log.science.citations import cited
from k2log.science.compare import Standing
from k2log.science.profile import NOBODY, Medicine, Profile
from k2log.text import count

if TYPE_CHECKING:
    from k2log.catalogue.namesake import Namesake

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_EVIDENCE = ("strong", "moderate", "limited", "contested", "n/a")
_FIRST = {"warning": 0, "caution": 2, "info": 3}
_ABOUT_DATA = 1


class Facts(NamedTuple):
    """What a rule may look at.

    ``days`` are the complete ones; ``counted`` the same or, where there is none, all logged days,
    and ``whole``, its ``food`` and ``supplement``, and ``foods`` are over those; ``spreads`` say
    how far from the truth ``whole`` may be. ``missing`` are the days that are over and empty or
    marked incomplete. ``logged`` are single entries of the window's last month: supplements, what
    has a time of eating, and every food where the profile names a medicine or has a life stage.
    ``standings`` hold the means against references and upper levels. ``fresh`` are the keys of
    products first logged in this window. ``namesakes`` are those of the foods of one's own, by key,
    where the profile has a life stage.
    """

    first: date
    last: date
    logged_days: int
    days: Sequence[DayRow]
    missing: Sequence[date]
    counted: Sequence[date] = ()
    whole: Sums = NOTHING
    food: Sums = NOTHING
    supplement: Sums = NOTHING
    foods: Sequence[FoodPart] = ()
    spreads: Mapping[str, Spread] = {}
    logged: Sequence[Entry] = ()
    standings: Sequence[Standing] = ()
    fresh: frozenset[str] = frozenset()
    profile: Profile = NOBODY
    informal_k2_ug: float | None = INFORMAL_K2_UG
    namesakes: Mapping[str, "Namesake"] = {}

    @property
    def calendar_days(self) -> int:
        """How many days the window has."""
        return (self.last - self.first).days + 1

    @property
    def complete(self) -> Sequence[date]:
        """The days that count in means."""
        return self.counted if self.days else ()

    @property
    def complete_days(self) -> int:
        """How many days count in means."""
        return len(self.days)

    @property
    def over(self) -> str:
        """Which days the sums are over, in words."""
        if self.calendar_days == 1:
            return "on this day"
        if self.complete_days:
            return f"over {count(self.complete_days, 'complete day')}"
        none = "not complete" if self.logged_days == 1 else "none complete"
        return f"over {count(self.logged_days, 'logged day')} ({none})"

    @property
    def entries(self) -> int:
        """How many entries were summed up."""
        return sum(part.entries for part in self.foods)

    @property
    def supplements(self) -> Sequence[Entry]:
        """The single entries that are supplements."""
        return [entry for entry in self.logged if entry.supplement]

    @property
    def new(self) -> Sequence[Entry]:
        """What is just being logged, which has no id yet: none while a report is made."""
        return [entry for entry in self.logged if entry.id is None]

    def mean(self, nutrient: str, *, supplement: bool | None = None) -> Amount | None:
        """Return the mean per complete day; None where there is no complete day.

        That of all, of supplements, or (False) of food.
        """
        if not self.days:
            return None
        sums = {None: self.whole, True: self.supplement, False: self.food}[supplement]
        return sums[nutrient].times(1 / len(self.days))

    def likely(self, nutrient: str, *, supplement: bool | None = None) -> Amount | None:
        """Return the mean per complete day with its likely range; None without a complete day.

        That of supplements, or of food, has its published range.
        """
        spread = self.spreads.get(nutrient)
        if not self.days or supplement is not None or spread is None:
            return self.mean(nutrient, supplement=supplement)
        return likely(self.whole[nutrient], spread).times(1 / len(self.days))

    def coverage(self, nutrient: str) -> float:
        """Return the share of the entries that have a figure for a nutrient."""
        known = sum(part.entries for part in self.foods if part.nutrients[nutrient].known)
        return known / (self.entries or 1)

    def days_of(self, parts: Iterable[FoodPart]) -> list[date]:
        """Return the counted days on which any of these foods counts."""
        ordinals = {ordinal for part in parts for ordinal in part.ordinals}
        return [day for day in self.counted if day.toordinal() in ordinals]

    def daily(self, nutrient: str) -> Iterator[tuple[date, Amount]]:
        """Yield each complete day with its sum."""
        return ((row.day, row.nutrients[nutrient]) for row in self.days)

    def taking(self, *kinds: str) -> Sequence[Medicine]:
        """Return the profile's medicines of these kinds that did not end before the window."""
        return self.profile.taking(*kinds, since=self.first)


class Remark(NamedTuple):
    """What a rule says, with the days or entries that triggered it.

    ``gist`` is what must be the same for a remark to be as in the window before; figures change
    every week and are no news. ``severity`` and ``citations`` are given where they are not the
    rule's own: a remark on one medicine cites nothing on another.
    """

    message: str
    days: Sequence[date] = ()
    entries: Sequence[int | None] = ()
    data: Mapping[str, Any] = {}
    gist: str = ""
    severity: str = ""
    citations: Sequence[str] | None = None


Judged = Remark | str
"""What a rule has to say, or (a text) why it has nothing to say."""


class Rule(NamedTuple):
    """A caveat.

    ``severity`` is info, caution or warning; ``evidence`` strong, moderate, limited or contested,
    or n/a for what is about the log and not about the world: that alone may go without
    ``citations``, the works that its remarks rest on where they name none of their own. ``judge``
    returns what there is to say about the facts, or why nothing; its docstring says when it speaks.
    ``at_logging``: it can be judged from the entries of a day and the profile, and speaks when one
    is logged, too. What may warn and cannot is ``only_in_reports``, which says why.
    """

    id: str
    severity: str
    evidence: str
    citations: Sequence[str]
    judge: Callable[[Facts], Judged]
    at_logging: bool = False
    only_in_reports: str = ""


def rule(
    id_: str,
    severity: str,
    evidence: str,
    works: str = "",
    *,
    at_logging: bool = False,
    only_in_reports: str = "",
) -> Callable[[Callable[[Facts], Judged]], Rule]:
    """Make a judge a rule; ``works`` are keys of ``CITED`` with spaces between them.

    Raises ValueError where anything that describes the rule is missing or misspelt: a warning
    speaks at logging, or says why it speaks only in reports.
    """

    def make(judge: Callable[[Facts], Judged]) -> Rule:
        parts = {
            "an id of words with hyphens": _ID.fullmatch(id_),
            f"a severity, one of {', '.join(_FIRST)}": severity in _FIRST,
            f"evidence, one of {', '.join(_EVIDENCE)}": evidence in _EVIDENCE,
            "citations": works or evidence == "n/a",
            "a judge with a docstring": judge.__doc__,
            "at_logging, or why only_in_reports": severity != "warning"
            or at_logging != bool(only_in_reports),
        }
        missing = [what for what, given in parts.items() if not given]
        if missing:
            raise ValueError(f'the rule "{id_}" lacks {"; ".join(missing)}')
        return Rule(
            id_, severity, evidence, cited(*works.split()), judge, at_logging, only_in_reports
        )

    return make


class Finding(NamedTuple):
    """A caveat that applies, with what it rests on and what triggered it."""

    id: str
    severity: str
    evidence: str
    message: str
    citations: Sequence[str]
    days: Sequence[date] = ()
    entries: Sequence[int | None] = ()
    data: Mapping[str, Any] = {}
    gist: str = ""

    @property
    def about_data(self) -> bool:
        """Whether this is about what is known of the log, rather than about what was eaten."""
        return self.severity == "info" and self.evidence == "n/a"


class Verdicts(NamedTuple):
    """What came of all rules: those that speak, and why the others are silent, by id."""

    findings: Sequence[Finding]
    silent: Mapping[str, str]


def judge(rules: Iterable[Rule], facts: Facts) -> Verdicts:
    """Judge every rule. Findings: warnings, data quality, cautions, information."""
    judged = [(rule, rule.judge(facts)) for rule in rules]
    findings = [_finding(rule, remark) for rule, remark in judged if isinstance(remark, Remark)]
    silent = {rule.id: reason for rule, reason in judged if isinstance(reason, str)}
    findings.sort(key=lambda it: _ABOUT_DATA if it.about_data else _FIRST[it.severity])
    return Verdicts(findings, silent)


def _finding(rule: Rule, remark: Remark) -> Finding:
    return Finding(
        rule.id,
        remark.severity or rule.severity,
        rule.evidence,
        remark.message,
        rule.citations if remark.citations is None else remark.citations,
        remark.days,
        remark.entries,
        remark.data,
        remark.gist,
    )
