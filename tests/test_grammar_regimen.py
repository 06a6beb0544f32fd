"""A medicine and its times, as people type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.errors import UnreadableError
from k2log.grammar.person import day_to_come, regimen

TODAY = date(2026, 11, 21)  # a Saturday
_WORDS = ["warfarin", "x", "@", "@07:00", "8pm", "mon", "thu,", "daily", "until", "28 nov", "07:00"]


@pytest.mark.parametrize(
    ("typed", "name", "days", "times"),
    [
        ("methotrexate", "methotrexate", (), ()),
        ("levothyroxine@07:00", "levothyroxine", (), ("07:00",)),
        ("levothyroxine @ 7am", "levothyroxine", (), ("07:00",)),
        ("digoxin 0.25 mg@noon", "digoxin 0.25 mg", (), ("12:00",)),
        ("alendronate@mon 07:00", "alendronate", (0,), ("07:00",)),
        ("alendronate@Mondays 07:00", "alendronate", (0,), ("07:00",)),
        ("alendronate@sun", "alendronate", (6,), ()),
        ("x@mon,thu 07:00", "x", (0, 3), ("07:00",)),
        ("x@ thu , mon and sat  7 am", "x", (0, 3, 5), ("07:00",)),
        ("doxycycline@20:00,08:00", "doxycycline", (), ("08:00", "20:00")),
        ("doxycycline @ 8:00 , 20:00", "doxycycline", (), ("08:00", "20:00")),
        ("x@8 am and 8:30 pm", "x", (), ("08:00", "20:30")),
        ("x@daily 07:00", "x", (), ("07:00",)),
        ("x@every day 07:00", "x", (), ("07:00",)),
        ("x@mon,tue,wed,thu,fri,sat,sun 07:00", "x", (), ("07:00",)),
        ("x@07:00,7am", "x", (), ("07:00",)),
    ],
)
def test_days_and_times_stand_behind_an_at_sign(typed, name, days, times):
    """Spaces, commas and the order of times forgive; all seven days are every day."""
    read = regimen(typed, TODAY)

    assert (read.name, read.days, read.times, read.until) == (name, days, times, None)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("until 28 nov", date(2026, 11, 28)),
        ("UNTIL Nov 28", date(2026, 11, 28)),
        ("until 28 november 2026", date(2026, 11, 28)),
        ("until 2026-11-28", date(2026, 11, 28)),
        ("until 28.11.2026", date(2026, 11, 28)),
        ("until 2027-03-01", date(2027, 3, 1)),
        ("until 20 nov", date(2027, 11, 20)),
        ("until 21 nov", TODAY),
        ("until 29 feb", date(2028, 2, 29)),
        ("until fri", date(2026, 11, 27)),
        ("until sat", TODAY),
        ("until today", TODAY),
        ("till tomorrow", date(2026, 11, 22)),
    ],
)
def test_it_ends_on_the_next_such_day(typed, until):
    """A future day is meant; today counts."""
    read = regimen(f"doxycycline@08:00 {typed}", TODAY)

    assert (read.name, read.times, read.until) == ("doxycycline", ("08:00",), until)


def test_a_name_may_end_without_a_time():
    """Until needs no times."""
    assert regimen("doxycycline until 28 nov", TODAY).until == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("@07:00", "names no medicine"),
        ("until fri", "names no medicine"),
        ("x@", "lacks a time or day"),
        ("x@08:00,", "lacks a time or day"),
        ("x@8", '"8" is not a time'),
        ("x@25:00", '"25:00" is not a time'),
        ("x@mon 07:00, thu 08:00", "days come first"),
        ("x@soon", '"soon" is not a time'),
        ("x@07:00@08:00", "is not a time"),
        ("levothyroxine 07:00", "has a time"),
        ("levothyroxine at 8am", "has a time"),
        ("x until", "no day to come"),
        ("x until 31 feb", '"31 feb" is no day to come'),
        ("x until 28/11", '"28/11" is no day to come'),
        ("x until yesterday", '"yesterday" is no day to come'),
        ("x until -3", '"-3" is no day to come'),
        ("x until christmas", '"christmas" is no day to come'),
        ("x until 2026-11-20", '"2026-11-20" is over'),
        ("x until fri until sat", "says until twice"),
        ("y" * 121, "121 characters"),
        ("war\x1b[31mfarin", "control character"),
        ("\u202ewarfarin", "text-direction"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_users_words(typed, said):
    """One line, with what would be read."""
    with pytest.raises(UnreadableError, match=r".") as caught:
        regimen(typed, TODAY)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 364))
def test_a_day_of_the_year_is_never_past_nor_far(today, ahead):
    """Day and month without a year name that very day, for a year ahead."""
    meant = today + timedelta(days=ahead)

    assert day_to_come(f"{meant.day} {meant:%b}", today) == meant


@given(st.text() | st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join))
def test_any_text_is_read_or_refused(text):
    """Nothing else can happen."""
    with suppress(UnreadableError):
        assert regimen(text, TODAY).name
