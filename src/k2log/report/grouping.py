"""The sums of a report by food, meal, source or weekday instead of by day.

They are over the same days: the complete ones or, in a report of a single day, that day. So the
groups of a report add up to its totals.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from k2log.amounts import NO_AMOUNTS, Amounts, Sums, add_up, per_day
from k2log.diary.days import DayRow, summed
from k2log.diary.entry import MealPart
from k2log.named_tuple import NamedTuple
from k2log.report.model import Report, largest_share

SHARED: Final = ("calcium", "vitamin_d3", "vitamin_d")
"""The nutrients of which a group's share is told as a percentage."""

WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
FOOD: Final = "food"


class Group(NamedTuple):
    """One food, meal, source or weekday: its sum, and over how many complete days its mean is.

    ``name`` is empty where no meal was named. ``supplement`` is None where both kinds may be in it.
    A weekday without a complete day has no amounts.
    """

    name: str
    supplement: bool | None
    entries: int
    total: Sums
    days: int

    @property
    def mean(self) -> Amounts:
        """The mean per complete day, empty where there is none."""
        return per_day(self.total, self.days)


class Grouping(NamedTuple):
    """The groups of one kind (food, meal, source, weekday), and what they add up to."""

    kind: str
    groups: Sequence[Group]
    whole: Amounts

    def share(self, part: Amounts, nutrient: str) -> float | None:
        """Return which part of what was counted this is, None where nothing was counted."""
        if nutrient not in part or nutrient not in self.whole:
            return None
        best, whole = part[nutrient].best, self.whole[nutrient].best
        return best / whole if best is not None and whole else None


def grouped(report: Report, kind: str, meals: Iterable[MealPart] = ()) -> Grouping:
    """Return a report's sums by food, meal, source or weekday.

    The largest share of any headline nutrient comes first, except among weekdays. ``meals`` are
    those of the days that count, and needed for meals only.
    """
    whole: Amounts = {}
    if report.complete_days:
        whole = {id_: part.total for id_, part in report.nutrients.items()}
    elif report.period.days == 1:
        whole = report.days[0].nutrients
    if kind == "weekday":
        return Grouping(kind, _weekdays(report.days), whole)
    by_kind = {"food": _foods, "source": _sources}
    groups = by_kind[kind](report) if kind in by_kind else _meals(report, meals)
    groups.sort(key=lambda it: (-largest_share(it.total, whole), it.name, bool(it.supplement)))
    return Grouping(kind, groups, whole)


def summed_up(groups: Sequence[Group], name: str) -> Group:
    """Return several groups over the same days as one."""
    kinds = {group.supplement for group in groups}
    return Group(
        name,
        kinds.pop() if len(kinds) == 1 else None,
        sum(group.entries for group in groups),
        add_up([group.total for group in groups]),
        groups[0].days,
    )


def uncounted(report: Report) -> list[date]:
    """Return the days that are not in the groups."""
    if report.period.days == 1:
        return [row.day for row in report.days if row.status == "empty"]
    return [row.day for row in report.days if row.status != "complete"]


def _foods(report: Report) -> list[Group]:
    return [
        Group(it.food, it.supplement, it.entries, it.nutrients, report.complete_days)
        for it in report.foods
    ]


def _sources(report: Report) -> list[Group]:
    """Return all food as one group, and each supplement."""
    groups = _foods(report)
    eaten = [group for group in groups if not group.supplement]
    food = [summed_up(eaten, FOOD)] if eaten else []
    return [*food, *(group for group in groups if group.supplement)]


def _meals(report: Report, meals: Iterable[MealPart]) -> list[Group]:
    """Return a group per name, however it is capitalised, in the spelling that most days have."""
    alike: dict[str, list[MealPart]] = defaultdict(list)
    for meal in meals:
        alike[(meal.meal or "").casefold()].append(meal)
    groups = []
    for parts in alike.values():
        days: Counter[str] = Counter()
        for part in parts:
            days[part.meal or ""] += part.days
        groups.append(
            Group(
                min((-number, name) for name, number in days.items())[1],
                None,
                sum(part.entries for part in parts),
                add_up([part.nutrients for part in parts]),
                report.complete_days,
            )
        )
    return groups


def _weekdays(days: Sequence[DayRow]) -> list[Group]:
    """Return a group per weekday that the window holds, from Monday on."""
    groups = []
    for number in sorted({row.day.weekday() for row in days}):
        rows = [it for it in days if it.day.weekday() == number and it.status == "complete"]
        total = summed(rows) if rows else NO_AMOUNTS
        entries = sum(row.entries for row in rows)
        groups.append(Group(WEEKDAYS[number], None, entries, total, len(rows)))
    return groups
