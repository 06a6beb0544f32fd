"""Days, times of day and intervals."""

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.errors import UnreadableError
from k2log.grammar import days

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", (2026, 11, 21)),
        ("Yesterday", (2026, 11, 20)),
        ("fri", (2026, 11, 20)),
        ("sun", (2026, 11, 15)),
        ("sat", (2026, 11, 14)),
        ("Saturday", (2026, 11, 14)),
        ("thurs", (2026, 11, 19)),
        ("-3", (2026, 11, 18)),
        ("2026-11-19", (2026, 11, 19)),
        ("19 nov", (2026, 11, 19)),
        ("nov 19", (2026, 11, 19)),
        ("19 November 2024", (2024, 11, 19)),
        ("November 19, 2024", (2024, 11, 19)),
        ("19th nov", (2026, 11, 19)),
        ("19.11.2026", (2026, 11, 19)),
        ("21 nov", (2026, 11, 21)),
        ("24 dec", (2025, 12, 24)),
        ("29 feb", (2024, 2, 29)),
        ("29 feb 2024", (2024, 2, 29)),
        ("1 sept", (2026, 9, 1)),
        ("may 5", (2026, 5, 5)),
    ],
)
def test_day_is_read(typed, expected):
    """A weekday is the latest before today, a day without year the latest past, none just ahead."""
    assert days.day(typed, TODAY) == date(*expected)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("tomorrow", "yet to come"),
        ("2026-11-22", "yet to come: today is 2026-11-21"),
        ("19 nov 2027", "yet to come"),
        ("30 feb", "no day"),
        ("2026-02-30", "no day"),
        ("2025-02-29", "no day"),
        ("0 nov", "no day"),
        ("2026-13-01", "no day"),
        ("3/4", "write 3 apr or 4 mar"),
        ("19/11/2026", "write 19 nov 2026"),
        ("1899-12-31", "before 1900"),
        ("-99999", "before 1900"),
        ("-999999", "before 1900"),
        ("someday", "write today, yesterday, mon to sun"),
        ("19 foo", "not a day"),
        ("19 no", "not a day"),
        ("", "not a day"),
        ("3", "not a day"),
        ("20261119", "not a day"),
        ("٣ nov", "not a day"),
    ],
)
def test_day_is_never_guessed(typed, reason):
    """What is no past day is refused, saying what is accepted."""
    with pytest.raises(UnreadableError, match=reason):
        days.day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("08:30", (8, 30)),
        ("8:30", (8, 30)),
        ("8.30", (8, 30)),
        ("8am", (8, 0)),
        ("8 am", (8, 0)),
        ("8:30pm", (20, 30)),
        ("8.30 p.m.", (20, 30)),
        ("12am", (0, 0)),
        ("12 pm", (12, 0)),
        ("20h", (20, 0)),
        ("20h30", (20, 30)),
        ("noon", (12, 0)),
        ("Midnight", (0, 0)),
        ("00:00", (0, 0)),
    ],
)
def test_time_is_read(typed, expected):
    """Twelve and twenty-four hours."""
    assert days.time(typed) == time(*expected)


@pytest.mark.parametrize(
    "typed", ["8", "24:00", "8:60", "13pm", "0am", "8.5", "0830", "soon", "", "-1:00", "8:30:15"]
)
def test_time_is_never_guessed(typed):
    """What is no time is refused, saying what is accepted."""
    with pytest.raises(UnreadableError, match=r"is not a time: write 08:30, 8:30pm"):
        days.time(typed)


def test_now_is_a_time():
    """To the minute, in the clock time given."""
    assert days.time_of_day("now", datetime(2026, 11, 21, 8, 30, 59)) == time(8, 30)
    assert days.time_of_day("noon", datetime(2026, 11, 21, 8, 30)) == time(12)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7d", 7), ("7", 7), ("1w", 7), ("2 weeks", 14), ("weekly", 7), ("monthly", 30),
        ("daily", 1), ("366d", 366), ("1 month", 30),
    ],
)  # fmt: skip
def test_interval_is_read(typed, expected):
    """In days."""
    assert days.interval(typed) == expected


@pytest.mark.parametrize(
    "typed", ["0", "367", "-7d", "1.5w", "often", "", "7 x", "2 weekly", "53w"]
)
def test_interval_is_between_a_day_and_a_leap_year(typed):
    """Anything else is refused."""
    with pytest.raises(UnreadableError, match="is no interval"):
        days.interval(typed)


@pytest.mark.parametrize(
    ("hour", "starts", "expected"), [(3, 4, 20), (4, 4, 21), (0, 0, 21), (23, 4, 21)]
)
def test_a_day_may_begin_after_midnight(hour, starts, expected):
    """A snack at 3 belongs to the evening before where days start at 4."""
    now = datetime(2026, 11, 21, hour)

    assert days.diary_day(now, time(starts)) == date(2026, 11, expected)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_written_days_are_read_back(when):
    """In every form that names the year."""
    forms = (str(when), f"{when:%d %B %Y}", f"{when:%b %d, %Y}", f"{when:%d.%m.%Y}")

    assert {days.day(form, TODAY) for form in forms} == {when}


@given(st.times())
def test_written_times_are_read_back(when):
    """On both clocks."""
    minute = when.replace(second=0, microsecond=0)

    assert {days.time(f"{when:%H:%M}"), days.time(f"{when:%I:%M %p}")} == {minute}


_READ = ["today", "mon", "-3", "19 nov", "2026-11-19", "8:30", "8pm", "noon", "7d", "2 weeks"]
_TEXT = (
    st.text(max_size=200)
    | st.text("0123456789-/.: amphdnov", max_size=20)
    | st.builds("{}{}".format, st.sampled_from(_READ), st.sampled_from(["", " ", "0", "x", ":"]))
)


@given(_TEXT, st.dates())
def test_any_text_is_a_past_day_or_refused(text, today):
    """An unreadable day never becomes today."""
    with suppress(UnreadableError):
        assert days.day(text, today) <= today


@given(_TEXT)
def test_any_text_is_a_time_an_interval_or_refused(text):
    """Nothing else can happen."""
    for read in (days.time, days.interval):
        with suppress(UnreadableError):
            assert read(text) is not None


@pytest.mark.parametrize("text", ["22 nov", "21 december", "Nov 30"])
def test_a_day_just_ahead_is_a_slip_and_not_that_of_a_year_ago(text):
    with pytest.raises(UnreadableError, match="yet to come; for that of a year ago, write 2025-"):
        days.day(text, TODAY)
