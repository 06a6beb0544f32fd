"""What a day means: its status and its amounts.

Only complete days count in sums and means. A day is over when it lies before today.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from k2log.diary.entry import FoodDay
from k2log.food.amount import UNKNOWN, ZERO, Amount, total
from k2log.food.nutrients import NUTRIENTS
from k2log.report.model import DayRow
from k2log.report.period import Period

Amounts = Mapping[str, Amount]
NOTHING: Amounts = dict.fromkeys(NUTRIENTS, ZERO)


def by_day(rows: Iterable[FoodDay], period: Period) -> dict[date, list[FoodDay]]:
    """Return the rows of the period under their days."""
    days = defaultdict(list)
    for row in rows:
        if period.first <= row.day <= period.last:
            days[row.day].append(row)
    return days


def status(day: date, today: date, mark: str | None, rows: Sequence[FoodDay]) -> str:
    """Return complete, so far, supplements-only, incomplete or empty.

    The share of a dose that was logged on another day makes no day a logged one.
    """
    if mark == "complete":
        return "complete"
    if mark == "skipped" or not any(row.entries for row in rows):
        return "empty"
    if mark == "incomplete":
        return "incomplete"
    if day >= today:
        return "so far"
    eaten = any(row.entries and not row.supplement for row in rows)
    return "complete" if eaten else "supplements-only"


def sums(rows: Sequence[Amounts]) -> Amounts:
    """Return the sum of each nutrient; a row that does not name a nutrient has no figure for it."""
    if not rows:
        return NOTHING
    return {id_: total(row.get(id_, UNKNOWN) for row in rows) for id_ in NUTRIENTS}


def day_row(day: date, today: date, mark: str | None, rows: Sequence[FoodDay]) -> DayRow:
    """Return one day of the report; an empty day has no amounts."""
    kind = status(day, today, mark, rows)
    entries = sum(row.entries for row in rows)
    if kind == "empty":
        return DayRow(day, kind, entries, {}, mark=mark)
    foods = [row.nutrients for row in rows if not row.supplement]
    supplements = [row.nutrients for row in rows if row.supplement]
    food, supplement = sums(foods), sums(supplements)
    both = [part for part, held in ((food, foods), (supplement, supplements)) if held]
    return DayRow(day, kind, entries, sums(both), food, supplement, mark)


def calendar(period: Period) -> Iterator[date]:
    """Yield every day of the period."""
    for number in range(period.days):
        yield period.first + timedelta(days=number)
