"""Windows of days. Both ends of a period belong to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from k2log.errors import UnreadableError
from k2log.grammar.days import LENGTHS_DAYS
from k2log.named_tuple import NamedTuple

LISTED_DAYS: Final = 31
"""The most days that a report lists one by one."""


class Period(NamedTuple):
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many calendar days."""
        return (self.last - self.first).days + 1

    def calendar(self) -> Iterator[date]:
        """Yield every day of the period."""
        for number in range(self.days):
            yield self.first + timedelta(days=number)


def period(kind: str, on: date) -> Period:
    """Return the day, week (7 days), month (30) or year (365) that ends on ``on``."""
    return _ending(on.toordinal(), LENGTHS_DAYS[kind])


def between(first: date, last: date) -> Period:
    """Return the days from ``first`` to ``last``; the other way round is refused."""
    if last < first:
        raise UnreadableError(
            f"a report cannot run from {first} back to {last}: swap the two dates"
        )
    return Period(first, last)


def before(window: Period) -> Period:
    """Return the window of the same length that ends the day before this one."""
    return _ending(window.first.toordinal() - 1, window.days)


def begun(window: Period, first_day: date | None) -> Period:
    """Return the window without what lies before the first day of the diary."""
    if first_day is None or not window.first < first_day <= window.last:
        return window
    return Period(first_day, window.last)


def month_ending(window: Period) -> Period:
    """Return the window's last 31 days, the most in which single entries are looked at."""
    return Period(max(window.first, _ending(window.last.toordinal(), 31).first), window.last)


def _ending(last: int, days: int) -> Period:
    # The calendar begins with day 1 of year 1: a window never reaches over its edge.
    return Period(date.fromordinal(max(last - days + 1, 1)), date.fromordinal(max(last, 1)))
