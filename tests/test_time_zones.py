"""Clocks that change, and people who travel: an entry keeps its day, its time and its offset."""

import json
import time

import pytest


@pytest.fixture
def travel(monkeypatch, set_now):
    """Put k2log into another time zone, at a moment."""

    def command(zone: str, now: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        set_now(now)

    return command


def logged(k2log, *options: str) -> dict:
    result = k2log("add", "egg", "1", "--json", *options)
    assert result.code == 0, result.err
    return json.loads(result.out)[0]


def test_summer_and_winter_each_have_their_offset(k2log):
    """It is the offset of that date, not of today."""
    assert logged(k2log, "--on", "2026-07-01", "--at", "20h")["time"] == "2026-07-01T20:00+02:00"
    assert logged(k2log, "--on", "2026-11-01", "--at", "8am")["time"] == "2026-11-01T08:00+01:00"


def test_an_hour_that_spring_skips(k2log):
    """02:30 did not come: a clock not put forward yet shows it at 03:30."""
    assert logged(k2log, "--on", "2026-03-29", "--at", "02:30")["time"] == "2026-03-29T03:30+02:00"


def test_an_hour_that_autumn_repeats(k2log):
    """The first one is meant."""
    assert logged(k2log, "--on", "2026-10-25", "--at", "02:30")["time"] == "2026-10-25T02:30+02:00"


def test_now_in_the_hour_that_autumn_repeats(k2log, set_now):
    """Now is now, in the second hour too."""
    set_now("2026-10-25T02:30:45+01:00")

    assert logged(k2log, "--at", "now")["time"] == "2026-10-25T02:30+01:00"


def test_the_night_that_clocks_change_is_one_day(k2log, set_now):
    """Its 25 hours hold one diary day."""
    set_now("2026-10-25T23:59:00+01:00")

    assert logged(k2log, "--at", "00:00")["day"] == "2026-10-25"
    assert logged(k2log, "--at", "23:59")["day"] == "2026-10-25"


def test_travel_does_not_move_what_was_eaten(k2log, travel):
    """Yesterday's dinner in Amsterdam stays there, seen from Tokyo and from Honolulu."""
    dinner = logged(k2log, "--on", "yesterday", "--at", "20:00")
    for zone, now in [
        ("Asia/Tokyo", "2026-11-22T09:00:00+09:00"),
        ("Pacific/Honolulu", "2026-11-21T14:00:00-10:00"),
    ]:
        travel(zone, now)

        assert json.loads(k2log("log", "--week", "--json").out) == [dinner]


def test_a_traveller_logs_in_local_time(k2log, travel):
    """Today is the day where one is."""
    travel("Asia/Tokyo", "2026-11-22T09:00:00+09:00")

    breakfast = logged(k2log, "--at", "8am")

    assert (breakfast["day"], breakfast["time"]) == ("2026-11-22", "2026-11-22T08:00+09:00")


def test_a_later_start_of_the_day_moves_no_entry(k2log):
    """What was logged under one setting stays where it was."""
    logged(k2log, "--at", "01:30")
    logged(k2log, "--on", "yesterday", "--at", "23:00")
    before = k2log("log --week --json").out
    assert len(json.loads(before)) == 2

    assert k2log("config set day-starts 04:00").code == 0

    assert k2log("log --week --json").out == before


@pytest.mark.parametrize(
    ("dose", "line", "apart"),
    [
        ("00:30", "yesterday --at 22:00", "22:00 on 20 Nov and levothyroxine at 00:30 on 21 Nov"),
        ("23:30", "today --at 01:00", "01:00 on 21 Nov and levothyroxine at 23:30 on 20 Nov"),
        ("08:00", "today --at 07:00", "07:00 and levothyroxine at 08:00 on 21 Nov"),
    ],
)
def test_a_dose_on_the_other_side_of_midnight_has_its_own_date(k2log, dose, line, apart):
    """What was taken in the evening and what follows in the night are each named with their day."""
    k2log("profile", "set", "--medicine", f"levothyroxine@{dose}")

    result = k2log("add", "calcium", "500mg", "--on", *line.split())

    assert f"Calcium (elemental) at {apart}: less than 4 hours apart" in result.err


def test_a_day_that_comes_soon_is_refused_with_both_readings(k2log):
    """Typed a day early, it is neither logged a year ago nor in the future."""
    result = k2log("add", "egg", "1", "--on", "22 nov")

    assert (result.code, result.out) == (2, "")
    assert '"22 nov" is yet to come; for that of a year ago, write 2025-11-22' in result.err
    assert json.loads(k2log("log --on 2025-11-22 --json").out) == []
