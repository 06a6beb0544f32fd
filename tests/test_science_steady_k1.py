"""Vitamin K1 of a day against one's own usual, beside warfarin or what may be like it."""

import pytest

RULE = "Vitamin K1 today"
ON_WARFARIN = ("profile", "set", "--born", "1950", "--medicine", "warfarin")


def eat(k2log, item: str, days: int) -> None:
    """Log something on each of the days before today."""
    for ago in range(1, days + 1):
        assert k2log("add", item, "--on", f"-{ago}").code == 0


def test_far_more_than_usual_is_said(k2log):
    """In times of one's own mean, with the days that it is of."""
    k2log(*ON_WARFARIN)
    eat(k2log, "broccoli 50g, bread 1 slice", 6)

    said = k2log("add", "kale cooked 300g").err

    assert f"{RULE}, 2451 µg so far, is about 35 times your usual: 71 µg" in said
    assert "the mean of 6 complete days in the four weeks before" in said
    assert "the clinic that checks your INR" in said


def test_what_is_usual_is_no_news(k2log):
    """However much that is; and less than usual is never remarked on."""
    k2log(*ON_WARFARIN)
    eat(k2log, "kale cooked 100g", 6)

    assert RULE not in k2log("add", "kale cooked 100g").err
    assert RULE not in k2log("add", "spinach 30g", "--on", "-7").err


def test_twice_a_little_is_little(k2log):
    """A portion of lettuce more is not far above a usual of nearly nothing."""
    k2log(*ON_WARFARIN)
    eat(k2log, "egg 1, bread 1 slice", 6)

    assert RULE not in k2log("add", "broccoli 50g").err
    assert "times your usual" in k2log("add", "broccoli 100g").err.replace("far above", "times")


def test_without_history_the_adequate_intake_stands_in(k2log):
    """And is called what it is."""
    k2log(*ON_WARFARIN)
    eat(k2log, "broccoli 50g", 4)

    said = k2log("add", "kale cooked 300g").err

    assert "about 20 times the 120 µg that count as adequate in the US" in said
    assert "from 5 complete days on" in said


def test_it_is_said_once_a_day(k2log):
    """Not with each egg after the kale; with another large portion again."""
    k2log(*ON_WARFARIN)
    eat(k2log, "broccoli 50g, bread 1 slice", 6)

    assert RULE in k2log("add", "kale cooked 300g").err
    assert RULE not in k2log("add", "broccoli 20g").err
    assert RULE in k2log("add", "spinach 100g").err


def test_a_medicine_that_nobody_knows_may_be_of_that_kind(k2log):
    """Then it is a question."""
    k2log("profile", "set", "--born", "1950", "--medicine", "=Zorkin")
    eat(k2log, "broccoli 50g, bread 1 slice", 6)

    said = k2log("add", "kale cooked 300g").err

    assert "times your usual" in said
    assert "If Zorkin is a blood thinner of the warfarin kind" in said


def test_nobody_else_is_told(k2log):
    """K1 of a day matters to nobody else."""
    k2log("profile", "set", "--born", "1950", "--medicine", "paracetamol")
    eat(k2log, "broccoli 50g", 6)

    assert k2log("add", "kale cooked 300g").err == ""


@pytest.mark.parametrize("medicine", ["warfarin", "=Zorkin"])
def test_k1_is_shown_with_entries_and_today_so_far(k2log, medicine):
    """In add, repeat, log and bare k2log; for nobody else."""
    assert "K1" not in k2log("add", "spinach 100g").out

    k2log("profile", "set", "--medicine", medicine)

    for command in ("add spinach 100g", "repeat 1", "log", "--plain"):
        assert "K1 483 µg" in k2log(command).out or "K1 1449 µg" in k2log(command).out
