"""Windows of days as people type them, and what cannot be one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.errors import UnreadableError
from k2log.grammar.windows import READ, NotAWindowError, length_days, window
from k2log.render.numbers import dates
from k2log.report.period import Period

TODAY = date(2026, 11, 21)  # a Saturday

WINDOWS = {
    "week": ("2026-11-15", "2026-11-21"),
    "month": ("2026-10-23", "2026-11-21"),
    "last 14": ("2026-11-08", "2026-11-21"),
    "the past 2 weeks": ("2026-11-08", "2026-11-21"),
    "this week": ("2026-11-16", "2026-11-21"),
    "last week": ("2026-11-09", "2026-11-15"),
    "This  Month": ("2026-11-01", "2026-11-21"),
    "last month": ("2026-10-01", "2026-10-31"),
    "last year": ("2025-01-01", "2025-12-31"),
    "october": ("2026-10-01", "2026-10-31"),
    "last october": ("2026-10-01", "2026-10-31"),
    "november": ("2026-11-01", "2026-11-21"),
    "dec": ("2025-12-01", "2025-12-31"),
    "feb 2024": ("2024-02-01", "2024-02-29"),
    "2025-12": ("2025-12-01", "2025-12-31"),
    "2025": ("2025-01-01", "2025-12-31"),
    "week 47": ("2026-11-16", "2026-11-21"),
    "week 52": ("2025-12-22", "2025-12-28"),
    "2026-W01": ("2025-12-29", "2026-01-04"),
    "yesterday": ("2026-11-20", "2026-11-20"),
    "last monday": ("2026-11-16", "2026-11-16"),
    "since 1 nov": ("2026-11-01", "2026-11-21"),
    "1-7 nov": ("2026-11-01", "2026-11-07"),
    "from 1 nov to 7 nov": ("2026-11-01", "2026-11-07"),
    "2026-11-01..2026-11-07": ("2026-11-01", "2026-11-07"),
    "september to october": ("2026-09-01", "2026-10-31"),
}


@pytest.mark.parametrize("text", WINDOWS)
def test_a_window_in_words(text):
    """Lengths end today; what is of the calendar ends with it, or today."""
    assert [it.isoformat() for it in window(text, TODAY)] == [*WINDOWS[text]]


def test_a_length_ends_on_the_day_that_is_said():
    """``report week --on 10nov``; a week of the calendar has an end of its own."""
    assert window("week", TODAY, date(2026, 11, 10)) == (date(2026, 11, 4), date(2026, 11, 10))
    with pytest.raises(UnreadableError, match="two windows"):
        window("last week", TODAY, date(2026, 11, 10))


@pytest.mark.parametrize(
    "text", ["fortnigt", "14", "week 60", "2026-13", "natto 1tbsp", "last", ""]
)
def test_what_is_no_window_lists_what_is(text):
    """Nobody has to look it up."""
    with pytest.raises(NotAWindowError, match="last month, october"):
        window(text, TODAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("december 2026", "yet to come"), ("2027", "yet to come"), ("1800", "before 1900"),
        ("7 nov to 1 nov", "backwards"), ("13/11", "depends on the country"),
        ("1 nov to somewhen", "no window"),
    ],
)  # fmt: skip
def test_what_cannot_be_says_why(text, why):
    """A window that nobody can mean is refused."""
    with pytest.raises(UnreadableError, match=why):
        window(text, TODAY)


def test_the_list_of_what_can_be_read_is_true():
    """Each of its examples is read."""
    for text in READ.removesuffix(" or 2026-11-19").replace("or a day as ", "").split(", "):
        assert window(text, TODAY)


@given(st.dates(date(1990, 1, 1), TODAY), st.integers(0, 800))
def test_what_a_report_is_titled_can_be_typed(last, days):
    """``15–21 November 2026`` as printed names the same days."""
    first = date.fromordinal(last.toordinal() - days)

    assert window(dates(Period(first, last)).split(" ", 1)[-1] if days == 0
                  else dates(Period(first, last)), TODAY) == (first, last)  # fmt: skip


@pytest.mark.parametrize(("text", "days"), [("14", 14), ("2 weeks", 14), ("month", 30), ("3 d", 3)])
def test_a_number_of_days(text, days):
    """``--days 14``, and what else is a length."""
    assert length_days(text) == days


@pytest.mark.parametrize("text", ["0", "x", "-3", "99999", "", "october"])
def test_no_number_of_days(text):
    """Refused, with what can be written."""
    with pytest.raises(UnreadableError, match="14, 14 days, week"):
        length_days(text)
