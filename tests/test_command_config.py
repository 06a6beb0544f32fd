"""``k2log config``: settings, checked, kept in the diary, undoable."""

import pytest


def test_settings_are_listed_with_what_they_mean(k2log):
    """Name, value or default, meaning."""
    result = k2log("config list")

    assert "region      (us, assumed)" in result.out
    assert "day-starts  (00:00)" in result.out


def test_a_setting_is_set_got_unset_and_undone(k2log):
    """Each step is one change."""
    assert k2log("config set day-starts 4am").out == "day-starts is 04:00\n"
    assert k2log("config get day-starts").out == "04:00\n"
    k2log("config unset day-starts")
    assert k2log("config get day-starts").out == ""
    k2log("undo")
    assert k2log("config get day-starts").out == "04:00\n"
    k2log("undo")
    assert k2log("config get day-starts").out == ""


def test_a_day_that_starts_at_four_moves_no_entry(k2log, set_now):
    """What is logged at two in the morning belongs to the day before; past entries stay."""
    k2log("add egg 1")
    k2log("config set day-starts 04:00")
    set_now("2026-11-22T02:00:00+01:00")
    k2log("add gouda 30g")

    assert "today so far, 2 entries" in k2log().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("set region mars", "us, uk or eu"),
        ("set colour blue", "no setting"),
        ("set day-starts 25:00", "25:00"),
        ("set day-starts 14:00", "before noon"),
        ("get nothing", "no setting"),
        ("unset nothing", "no setting"),
    ],
)
def test_bad_settings_are_refused(words, said, k2log, diary):
    """One line that names what there is; nothing written."""
    result = k2log(f"config {words}")

    assert result.code == 2, result
    assert said in result.err
    assert result.err.count("\n") == 1


def test_without_a_region_the_us_food_is_taken_and_that_is_said(k2log):
    """Fortification differs by country; nothing is assumed in silence."""
    assert "Whole milk, fortified (US, assumed) ·" in k2log("add milk 1 cup").out


@pytest.mark.parametrize("region", ["eu", "uk"])
def test_a_region_decides_whose_milk_is_meant(region, k2log):
    """European milk is not fortified with vitamin D; the UK uses European figures."""
    k2log(f"config set region {region}")
    result = k2log("add milk 1 cup")

    assert "Whole milk, unfortified (Europe) ·" in result.out
    assert "assumed" not in result.out


def test_a_region_of_ones_own_is_not_called_assumed(k2log):
    """Who said us, meant us."""
    k2log("config set region us")

    assert "Whole milk, fortified (US) ·" in k2log("add milk 1 cup").out


def test_a_food_of_the_other_region_can_still_be_picked(k2log):
    """By its key, whatever the region."""
    k2log("config set region eu")

    assert "Whole milk, fortified (US) ·" in k2log("add food:whole-milk 1 cup").out


@pytest.mark.parametrize("typed", ["tofu 100g", "sardines 1 can", "soy milk 1 cup"])
def test_a_choice_that_changes_calcium_several_fold_is_said(typed, k2log):
    """Which one was taken, and how to name the other."""
    result = k2log("add", typed)

    assert result.code == 0, result.err
    assert "taken" in result.err
    assert "calcium" in result.err
