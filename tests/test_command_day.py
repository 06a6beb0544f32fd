"""``k2log day``: what days mean."""

import json

import pytest


def mean_of(k2log, *window: str) -> tuple[int, float | None]:
    """Return how many complete days the week has, and the mean of calcium."""
    report = json.loads(k2log("report", *(window or ("--week",)), "--json").out)
    mean = report["nutrients"]["calcium"]["mean_per_complete_day"]
    return report["period"]["complete_days"], mean and mean["amount"]


def test_today_counts_once_it_is_complete(k2log):
    """Before that it stays out of means."""
    k2log("add egg 2")
    assert mean_of(k2log) == (0, None)

    result = k2log("day complete")

    assert result.code == 0, result.err
    assert result.out.startswith("Sat 21 Nov 2026: complete, 1 entry.")
    assert mean_of(k2log) == (1, 56)


def test_a_complete_day_with_nothing_logged_is_a_true_zero(k2log):
    """The mean halves, and it says what that means and the other way."""
    k2log("add egg 2 --on yesterday")
    result = k2log("day complete -2")

    assert "true zero" in result.out
    assert "k2log day skip 2026-11-19" in result.out
    assert mean_of(k2log) == (2, 28)


def test_a_skipped_day_stays_out_of_means(k2log):
    """Its entries are kept."""
    k2log("add egg 2 --on yesterday")
    result = k2log("day skip yesterday")

    assert "not tracked" in result.out
    assert "Its entry is kept" in result.out
    assert mean_of(k2log) == (0, None)
    assert len(json.loads(k2log("log --week --json").out)) == 1


def test_an_incomplete_day_stays_out_of_means(k2log):
    """Half of it is not logged."""
    k2log("add egg 2 --on yesterday")
    result = k2log("day incomplete yesterday")

    assert "incomplete, 1 entry" in result.out
    assert mean_of(k2log) == (0, None)


def test_a_mark_is_taken_away(k2log):
    """The day is what its entries make of it."""
    k2log("add egg 2 --on yesterday")
    k2log("day skip yesterday")
    result = k2log("day clear yesterday")

    assert result.out.startswith("Fri 20 Nov 2026: complete, 1 entry. It is over")
    assert mean_of(k2log) == (1, 56)


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        (["egg 2"], "so far, 1 entry"),
        ([], "unknown, not zero"),
        (["egg 2", "--on", "yesterday"], "unknown, not zero"),
    ],
)
def test_today_is_shown_with_the_reason(logged, said, k2log):
    """The bare command is about today."""
    if logged:
        k2log("add", *logged)

    assert said in k2log("day").out


def test_supplements_alone_make_no_complete_day(k2log):
    """It says why, and how to say that it was all."""
    k2log("add", "d3 2000IU", "--on", "yesterday")
    shown = k2log("day yesterday").out

    assert "supplements only" in shown
    assert "k2log day complete 2026-11-20" in shown


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["mon", "tue"], ["Mon 16", "Tue 17"]),
        (["-3", "2026-11-16"], ["Mon 16", "Wed 18"]),
        (["16", "nov", "tue"], ["Mon 16", "Tue 17"]),
        (["16 nov 2026", "mon"], ["Mon 16"]),
        (["--from", "-2"], ["Thu 19", "Fri 20", "Sat 21"]),
        (["--from", "16 nov", "--to", "tue"], ["Mon 16", "Tue 17"]),
    ],
)
def test_several_days_at_once(words, days, k2log):
    """Each once, the earliest first."""
    result = k2log("day", "skip", *words)

    assert result.code == 0, result.err
    assert [line[:6] for line in result.out.splitlines()] == days


def test_several_days_are_one_change(k2log):
    """One undo takes all marks away, redo puts them back."""
    k2log("add egg 2 --on mon")
    k2log("day skip mon tue")
    k2log("undo")
    assert "complete, 1 entry" in k2log("day mon").out

    k2log("redo")
    assert "skipped" in k2log("day mon").out


def test_undo_gives_the_mark_before(k2log):
    """Not just no mark."""
    k2log("day incomplete mon")
    k2log("day skip mon")
    k2log("undo")

    assert "marked incomplete" in k2log("day mon").out


def test_the_same_mark_again_is_no_change(k2log):
    """It says so, and history has nothing new."""
    k2log("day skip mon")
    before = k2log("history").out
    result = k2log("day skip mon")

    assert result.out.startswith("Nothing was changed.\n")
    assert k2log("history").out == before


def test_only_days_that_change_are_written(k2log):
    """Undo of a wider mark leaves the earlier one."""
    k2log("day skip mon")
    k2log("day skip mon tue")
    k2log("undo")

    assert "skipped" in k2log("day mon").out
    assert "Tue 17 Nov 2026" in k2log("day tue").out
    assert "skipped" not in k2log("day tue").out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("day complete tomorrow", "yet to come"),
        ("day complete 2026-11-22", "yet to come"),
        ("day skip foo", '"foo" is not a day'),
        ("day skip mon foo", '"mon foo" is not a day'),
        ("day skip 3/4", "3 apr"),
        ("day skip --to -3", "--from"),
        ("day skip mon --from -3", "--from"),
        ("day skip --from today --to -3", "swap"),
        ("day skip --from 2020-01-01", "366"),
        ("day skip --unheard-of", "no such option"),
        ("day complet", '"complet" is not a day'),
    ],
)
def test_what_is_no_day_is_refused(command, said, k2log):
    """One line; nothing is marked."""
    k2log("add egg 1")
    result = k2log(command)

    assert result.code == 2, result
    assert result.err.count("\n") == 1
    assert said in result.err
    assert len(k2log("history").out.splitlines()) == 1
    assert "1 day" not in k2log("history").out


def test_looking_makes_no_diary(k2log, diary):
    """Nor does taking away what is not there."""
    k2log("day")
    k2log("day clear")

    assert not diary.exists()


def test_many_days_are_not_listed_to_the_end(k2log):
    """A month is."""
    result = k2log("day skip --from -99")

    assert result.out.splitlines()[-1] == "… and 69 more days"
