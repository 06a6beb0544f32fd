"""``k2log`` and ``log``."""

import json

import pytest


def test_a_first_time_user_is_told_what_to_try(k2log, diary):
    """Bare k2log, no diary: three commands, and no file is made."""
    result = k2log()

    assert result.code == 0, result.err
    assert result.out.count("    k2log ") == 3
    assert not diary.exists()


def test_bare_k2log_is_today_so_far(k2log):
    """The sum of today's entries."""
    k2log("add natto 1tbsp")
    assert "so far, 1 entry\n" in k2log().out
    k2log("add egg 1")
    result = k2log()

    assert "so far, 2 entries\n" in result.out
    assert "Vitamin K2  109 µg" in result.out


def test_bare_k2log_on_a_day_without_entries(k2log):
    """A known user gets a hint, not the tour."""
    k2log("add natto 1tbsp --on yesterday")

    assert "Nothing logged today" in k2log().out


def test_the_log_shows_days_times_meals_and_ids(k2log):
    """Entries under their days, in order of time."""
    k2log("add", "gouda 30g", "--at", "09:00")
    k2log("add", "egg 1", "--at", "8am", "--meal", "breakfast")
    k2log("add", "natto 1tbsp", "--on", "yesterday")
    result = k2log("log --week")

    lines = result.out.splitlines()
    assert lines[0] == "Fri 20 Nov 2026"
    assert "Sat 21 Nov 2026" in lines
    assert result.out.index("08:00 [breakfast] Egg") < result.out.index("09:00 Gouda")


def test_the_log_of_today_is_the_default(k2log):
    """Yesterday is not today."""
    k2log("add natto 1tbsp --on yesterday")

    assert k2log("log").out == "Nothing logged on Saturday 21 November 2026.\n"
    assert "Natto" in k2log("log --on yesterday").out
    assert "Natto" in k2log("log --from 2026-11-20 --to 2026-11-20").out


def test_the_log_in_json_is_what_add_answered(k2log):
    """One shape for both."""
    added = json.loads(k2log("add", "gouda 30g, 2 eggs", "--json").out)

    assert json.loads(k2log("log --json").out) == added
    assert json.loads(k2log("log --on 2026-01-01 --json").out) == []


@pytest.mark.parametrize(
    "options", ["--day --week", "--week --from 2026-11-01", "--from 2026-11-01 --on yesterday",
                "--from 2026-11-05 --to 2026-11-01", "--from someday"],
)  # fmt: skip
def test_two_windows_at_once_are_refused(options, k2log):
    """Exit 2, one line."""
    for command in ("log", "report", "export"):
        result = k2log(f"{command} {options}")

        assert result.code == 2, (command, result)
        assert result.err.count("\n") == 1


def test_an_unknown_command_is_told(k2log):
    """The way on is named."""
    result = k2log("natto 1tbsp")

    assert result.code == 2
    assert "k2log add natto 1tbsp" in result.err
