"""Calendar days: their status, and their sums of food and of supplements.

Only complete days count in sums and means. A day is over when it lies before today.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from k2log.amounts import NO_AMOUNTS, Sums, add_up
from k2log.diary.entry import DayPart


class DayRow(NamedTuple):
    """One calendar day: its status, entries, and amounts (none where nothing was logged).

    ``status`` is complete, so far, supplements-only, incomplete or empty; ``mark`` is what the user
    said of the day (complete, incomplete, skipped), or None.
    """

    day: date
    status: str
    entries: int
    food: Sums = NO_AMOUNTS
    supplement: Sums = NO_AMOUNTS
    mark: str | None = None

    @property
    def nutrients(self) -> Sums:
        """The sum of food and supplements."""
        return add_up([self.food, self.supplement])


def summed(rows: Iterable[DayRow]) -> Sums:
    """Return the sum of days of which each has amounts."""
    return add_up([part for row in rows for part in (row.food, row.supplement)])


def by_day(parts: Iterable[DayPart], marks: Mapping[date, str], today: date) -> dict[date, DayRow]:
    """Return the days that have any part; the parts come by day."""
    return {
        day: day_row(day, today, marks.get(day), list(group))
        for day, group in groupby(parts, lambda part: part.day)
    }


def every_day(
    days: Iterable[date], logged: Mapping[date, DayRow], marks: Mapping[date, str], today: date
) -> list[DayRow]:
    """Return a row for each of these days, logged or not."""
    return [logged.get(day) or day_row(day, today, marks.get(day), ()) for day in days]


def status(day: date, today: date, mark: str | None, parts: Sequence[DayPart]) -> str:
    """Return complete, so far, supplements-only, incomplete or empty.

    The share of a dose that was logged on another day makes no day a logged one.
    """
    if mark == "complete":
        return "complete"
    if mark == "skipped" or not any(part.entries for part in parts):
        return "empty"
    if mark == "incomplete":
        return "incomplete"
    if day >= today:
        return "so far"
    eaten = any(part.entries and not part.supplement for part in parts)
    return "complete" if eaten else "supplements-only"


def day_row(day: date, today: date, mark: str | None, parts: Sequence[DayPart]) -> DayRow:
    """Return one day of the report; an empty day has no amounts."""
    kind = status(day, today, mark, parts)
    entries = sum(part.entries for part in parts)
    if kind == "empty":
        return DayRow(day, kind, entries, mark=mark)
    food = add_up([part.nutrients for part in parts if not part.supplement])
    supplement = add_up([part.nutrients for part in parts if part.supplement])
    return DayRow(day, kind, entries, food, supplement, mark)
