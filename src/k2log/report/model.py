"""The report as a value: what every view and every machine format is drawn from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from k2log.amounts import Amount, Amounts, Sums
from k2log.diary.days import DayRow
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE
from k2log.report.period import Period
from k2log.science.caveats import Finding
from k2log.science.compare import Standing
from k2log.science.pattern import NOT_TOLD, Balance
from k2log.science.profile import NOBODY, Profile
from k2log.science.rules import by_urgency


class NutrientTotal(NamedTuple):
    """One nutrient over the complete days: the sum, its two parts, and the mean per day.

    ``likely`` is the mean with the ends between which nine of ten truths would lie, where the
    others have the lowest and the highest figure there is. Without a complete day there is nothing
    to sum: no numbers (not zero), and no mean.
    """

    total: Amount
    food: Amount
    supplement: Amount
    mean: Amount | None
    likely: Amount | None = None


class FoodTotal(NamedTuple):
    """One food over the complete days; in a report of a single day, over that day."""

    food: str
    supplement: bool
    entries: int
    nutrients: Sums


class Report(NamedTuple):
    """Everything a report says. ``today`` is the diary day it was made on.

    ``earlier`` are the days of the window before, where somebody compares with them and the diary
    reaches back that far. ``as_before`` are the findings that the reader was shown before,
    ``first_notes`` says that none was, and ``told`` are those shown within this window; ``silent``
    are the rules that have nothing to say and why, ``hidden`` those the user does not want to read
    for now.
    ``by_kind`` says, by nutrient, how many entries have a figure only known of their kind of food;
    it is counted for machine-readable reports alone. ``likely`` are the amounts of days with their
    likely ranges, where days are listed; ``balance`` is the "calcium paradox" in one line.
    """

    generated_at: datetime
    today: date
    catalogue: str
    period: Period
    days: Sequence[DayRow]
    nutrients: Mapping[str, NutrientTotal]
    foods: Sequence[FoodTotal]
    findings: Sequence[Finding]
    as_before: frozenset[str]
    silent: Mapping[str, str] = {}
    standings: Sequence[Standing] = ()
    profile: Profile = NOBODY
    hidden: frozenset[str] = frozenset()
    earlier: Sequence[DayRow] = ()
    by_kind: Mapping[str, int] = {}
    likely: Mapping[date, Mapping[str, Amount]] = {}
    balance: Balance = NOT_TOLD
    first_notes: bool = True
    told: frozenset[str] = frozenset()

    @property
    def careful(self) -> Finding | None:
        """What to be careful about before all else: the first warning or caution, if any."""
        told = (it for it in self.findings if it.severity == "warning" or it.id not in self.hidden)
        return next((it for it in by_urgency(told) if it.severity != "info"), None)

    @property
    def logged_days(self) -> int:
        """Days with at least one entry."""
        return sum(1 for row in self.days if row.entries)

    @property
    def complete_days(self) -> int:
        """Days that count in totals and means."""
        return sum(1 for row in self.days if row.status == "complete")


def largest_share(part: Sums, whole: Amounts) -> float:
    """Return the largest share, among the headline nutrients, that a part has in the whole."""
    return max((part[id_].best or 0) / (whole[id_].best or 1) for id_ in HEADLINE)
