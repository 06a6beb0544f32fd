from datetime import date

import pytest

from k2log.errors import UnreadableError
from k2log.report.period import Period, before, begun, between, period

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "days", "first"),
    [
        ("day", 1, TODAY),
        ("week", 7, date(2026, 11, 15)),
        ("month", 30, date(2026, 10, 23)),
        ("year", 365, date(2025, 11, 22)),
    ],
)
def test_a_window_ends_on_its_day(kind: str, days: int, first: date) -> None:
    """Windows are 1, 7, 30 and 365 days and hold their last day."""
    window = period(kind, TODAY)

    assert window == Period(first, TODAY)
    assert window.days == days


def test_the_window_before_is_as_long_and_ends_the_day_before() -> None:
    """Windows follow each other without gap or overlap."""
    assert before(period("week", TODAY)) == Period(date(2026, 11, 8), date(2026, 11, 14))


def test_both_ends_of_a_period_belong_to_it() -> None:
    """From a day to the same day is one day."""
    assert between(TODAY, TODAY).days == 1


def test_backwards_is_refused_and_says_how() -> None:
    """The later day first is a mistake, not an empty report."""
    with pytest.raises(UnreadableError, match="swap the two dates"):
        between(TODAY, date(2026, 11, 1))


def test_a_window_stops_at_the_beginning_of_the_calendar() -> None:
    """No date is too early for a report."""
    assert period("year", date(1, 1, 3)) == Period(date(1, 1, 1), date(1, 1, 3))
    assert before(Period(date.min, date.min)).days == 1


@pytest.mark.parametrize(
    ("first_day", "first"),
    [
        (None, date(2020, 1, 1)),
        (date(2019, 5, 1), date(2020, 1, 1)),
        (date(2024, 5, 1), date(2024, 5, 1)),
        (TODAY, TODAY),
        (date(2026, 11, 22), date(2020, 1, 1)),
    ],
)
def test_what_lies_before_the_diary_is_left_out(first_day: date | None, first: date) -> None:
    """Unless all of the window does."""
    assert begun(Period(date(2020, 1, 1), TODAY), first_day) == Period(first, TODAY)
