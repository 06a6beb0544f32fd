"""The report as a value: what every view and every machine format is drawn from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from k2log.food.amount import Amount


class Period(NamedTuple):
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many calendar days."""
        return (self.last - self.first).days + 1


class DayRow(NamedTuple):
    """One calendar day: its status, entries, and amounts (none where nothing was logged)."""

    day: date
    status: str
    entries: int
    nutrients: Mapping[str, Amount]


class NutrientTotal(NamedTuple):
    """One nutrient over the complete days: the sum, its two parts, and the mean per day."""

    total: Amount
    food: Amount
    supplement: Amount
    mean: Amount | None


class FoodTotal(NamedTuple):
    """One food over the complete days."""

    food: str
    supplement: bool
    entries: int
    nutrients: Mapping[str, Amount]


class Finding(NamedTuple):
    """A caveat that applies, with what it rests on and what triggered it."""

    id: str
    severity: str
    evidence: str
    message: str
    citations: Sequence[str]
    days: Sequence[date] = ()
    entries: Sequence[int] = ()
    data: Mapping[str, Any] = {}  # noqa: RUF012 - never mutated


class Report(NamedTuple):
    """Everything a report says."""

    generated_at: datetime
    catalogue: str
    period: Period
    days: Sequence[DayRow]
    nutrients: Mapping[str, NutrientTotal]
    foods: Sequence[FoodTotal]
    findings: Sequence[Finding]
    as_before: frozenset[str]

    @property
    def logged_days(self) -> int:
        """Days with at least one entry."""
        return sum(1 for row in self.days if row.entries)

    @property
    def complete_days(self) -> int:
        """Days that count in totals and means."""
        return sum(1 for row in self.days if row.status == "complete")
