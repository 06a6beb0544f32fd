"""``k2log add``: what a person types, what is understood, what is refused."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


def rows(diary: Path, sql: str = "SELECT * FROM diary_entries") -> list[sqlite3.Row]:
    with closing(sqlite3.connect(diary)) as db:
        db.row_factory = sqlite3.Row
        return db.execute(sql).fetchall()


def logged(k2log, *arguments: str) -> list[dict]:
    result = k2log("add", *arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_it_says_what_was_understood_and_the_day_so_far(k2log):
    """One line an entry: id, food, measure, grams, amounts; then today."""
    result = k2log("add natto 1tbsp")

    assert result.code == 0, result.err
    entry, today = result.out.splitlines()
    assert entry.split("  ")[0].strip() == "1"
    assert "Natto · 1 tbsp = 11 g" in entry
    assert "K2 103 µg (9–127)" in entry
    assert today.strip().startswith("today so far")


@pytest.mark.parametrize(
    ("typed", "food", "grams"),
    [
        ("natto 1tbsp", "natto", 11),
        ("1 tbsp natto", "natto", 11),
        ("2 eggs", "egg", 100),
        ("egg 1", "egg", 50),
        ("two eggs", "egg", 100),
        ("gouda 30g", "Gouda", 30),
        ("30 g gouda", "Gouda", 30),
        ("3 slices of gouda", "Gouda", 84),
        ("whole milk 2 x 200g", "whole milk", 400),
        ("½ cup natto", "natto", 87.5),
        ("natto 1 1/2 tbsp", "natto", 16.5),
        ("gouda 1,5 oz", "Gouda", 42.52425),
        ("EGGS 2", "egg", 100),
        ("nattō 11 g", "natto", 11),
        ("food:gouda 10g", "Gouda", 10),
    ],
)
def test_amounts_and_foods_are_understood(typed, food, grams, k2log):
    """Before or after, fractions, decimal commas, plurals, accents, exact keys."""
    (entry,) = logged(k2log, typed)

    assert food.lower() in entry["food"].lower()
    assert entry["grams"] == pytest.approx(grams, rel=1e-4)


@pytest.mark.parametrize(
    ("typed", "nutrient", "amount"),
    [
        ("d3 2000IU", "vitamin_d3", 50),
        ("d3 2,000 IU", "vitamin_d3", 50),
        ("d3 50mcg", "vitamin_d3", 50),
        ("vitamin d3 50 µg", "vitamin_d", 50),
        ("mk7 100mcg", "mk7", 100),
        ("mk7 100ug", "vitamin_k2", 100),
        ("mk-4 45 mcg", "mk4", 45),
        ("calcium 500mg", "calcium", 500),
        ("calcium 0.5 g", "calcium", 500),
        ("calcium 500mg as citrate", "calcium", 500),
        ("calcium citrate salt 2370mg", "calcium", 500.07),
        ("calcium carbonate salt 1250mg", "calcium", 500),
    ],
)
def test_supplements_by_the_mass_of_the_nutrient(typed, nutrient, amount, k2log):
    """40 IU are 1 µg; a mass is elemental unless it is called the salt's."""
    (entry,) = logged(k2log, typed)

    assert entry["nutrients"][nutrient]["amount"] == pytest.approx(amount)
    assert entry["supplement"] is True


def test_what_a_label_does_not_list_is_zero_and_known(k2log):
    """A supplement of one nutrient leaves nothing unknown."""
    (entry,) = logged(k2log, "mk7 100mcg")

    assert entry["nutrients"]["calcium"] == {
        "amount": 0, "low": 0, "high": 0, "all_known": True, "unknown_entries": 0,
    }  # fmt: skip


def test_unknown_is_not_zero(k2log):
    """Eel has no sourced K2 figure: null in JSON, a question mark on the page."""
    (entry,) = logged(k2log, "eel 100g")
    shown = k2log("add eel 100g")

    assert entry["nutrients"]["vitamin_k2"]["amount"] is None
    assert entry["nutrients"]["vitamin_k2"]["all_known"] is False
    assert "K2 ?" in shown.out


def test_a_sum_with_an_unknown_part_says_so(k2log):
    """103 and something unknown are "103 +?", with a legend."""
    k2log("add natto 1tbsp")
    result = k2log("add eel 100g")

    assert "K2 103 µg +?" in result.out
    assert "+? some foods have no figure" in result.out


def test_several_items_in_one_command(k2log):
    """Commas, plus signs and "and"; a lone argument with a space is a list of its own."""
    assert [e["food_key"] for e in logged(k2log, "gouda, 2 eggs, d3 2000IU")] == [
        "gouda", "egg", "vitamin-d3",
    ]  # fmt: skip
    assert len(logged(k2log, "natto 1tbsp + 2 eggs and gouda 30g")) == 3
    assert len(logged(k2log, "d3 2000IU", "mk7 100mcg")) == 2
    assert len(logged(k2log, "natto", "1tbsp")) == 1


def test_all_or_nothing(k2log, diary):
    """One bad item of three: nothing is written."""
    k2log("add egg 1")
    result = k2log("add", "gouda 30g, unicorn steak 200g, 2 eggs")

    assert result.code == 3
    assert len(rows(diary)) == 1


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("unicorn steak 200g", 3, 'no food called "unicorn steak"'),
        ("gravel 100g", 3, 'no food called "gravel"'),
        ("xyzzy", 3, "xyzzy"),
        ("protein 30g", 3, "may be"),
        ("whole milk 2 slices", 1, 'no "slice"'),
        ("gouda 2 sploshes", 2, "splosh"),
        ("natto 2", 1, "tbsp"),
        ("natto 0g", 2, "zero"),
        ("natto -5g", 2, "negative"),
        ("-2 eggs", 2, "negative"),
        ("natto nan g", 3, "natto nan"),
        ("natto 1e99g", 3, "1e99g"),
        ("natto 2-3 tbsp", 2, "2-3"),
        ("natto 1/0 tbsp", 2, "1/0"),
        ("a few eggs", 2, "few"),
        ("gouda 2,000 g", 2, "2000"),
        ("2 eggs 100g", 2, "two amounts"),
        ("2 tbsp", 2, "of what"),
        ("", 2, "empty"),
        ("   ", 2, "empty"),
        ("gouda 30g,,2 eggs", 2, "empty"),
        ("d3 2000", 2, "unit"),
        ("mk7 100", 2, "unit"),
        ("mk7 100 IU", 1, "IU"),
        ("natto 100 IU", 1, "IU"),
        ("calcium citrate 500mg", 2, "calcium 500mg as citrate"),
        ("egg\x1b[31m 2", 2, "control character"),
        ("egg\u202e 2", 2, "text-direction"),
        ("egg\x00", 2, "control character"),
        ("egg \udcff", 2, "character"),
        ("e" * 10_000, 2, "10000 characters"),
        ("natto 21kg", 1, "never logged"),
        ("d3 40000 µg", 1, "never logged"),
        ("natto 3kg", 1, "--yes"),
        ("d3 50 IU", 1, "--yes"),
        ("calcium 500 µg", 1, "--yes"),
        ("mk7 1mg", 1, "--yes"),
        ("d3 50000 IU", 1, "--every"),
    ],
)
def test_bad_input_is_one_line_and_nothing_written(typed, code, said, k2log, diary):
    """What was wrong, in the user's words, and the way on; never a traceback."""
    result = k2log("add", typed)

    assert result.code == code, result
    assert result.out == ""
    assert result.err.startswith("k2log: ")
    assert result.err.count("\n") == 1
    assert said in result.err
    assert "\x1b" not in result.err
    assert len(result.err) < 600
    assert not diary.exists() or rows(diary) == []


@pytest.mark.parametrize(
    "options",
    [
        ["--on", "tomorrow"],
        ["--on", "2026-02-30"],
        ["--on", "next spring"],
        ["--on", "3/4"],
        ["--at", "25:00"],
        ["--at", "23:59"],
        ["--every", "never"],
        ["--note", "bell\x07"],
        ["--meal", "x" * 500],
        ["--unheard-of"],
        ["--uid", "a b\nc"],
    ],
)
def test_bad_options_are_one_line_and_nothing_written(options, k2log, diary):
    """An unreadable date never becomes today."""
    result = k2log("add", "natto 1tbsp", *options)

    assert result.code == 2, result
    assert result.err.count("\n") == 1
    assert not diary.exists() or rows(diary) == []


def test_the_measures_a_food_knows_are_listed(k2log):
    """The way on: the measures with their grams."""
    result = k2log("add whole milk 2 slices")

    assert "cup (244 g)" in result.err
    assert "ml" in result.err


def test_nearest_names_are_offered(k2log):
    """A food that is not known: those whose names come near."""
    assert "ham" in k2log("add", "unicorn ham 200g").err.lower()


def test_a_slip_of_one_letter_is_taken_and_announced(k2log):
    """``chedder`` is Cheddar, and the user is told."""
    result = k2log("add chedder 30g")

    assert result.code == 0, result.err
    assert "Cheddar" in result.out
    assert '"chedder" was taken for' in result.err


@pytest.mark.parametrize(
    ("typed", "doubtful"),
    [
        ("d3 2000 µg", True), ("d3 50 µg", False), ("d3 50 IU", True), ("d3 2000 IU", False),
        ("k2 1 mg", True), ("mk7 1000 µg", True), ("mk7 100 µg", False),
        ("calcium 500 µg", True), ("calcium 500 mg", False), ("calcium 3 g", True),
        ("magnesium 1 g", False),
    ],
)  # fmt: skip
def test_a_unit_that_looks_wrong_is_asked_about(typed, doubtful, k2log):
    """Slips by forty and by a thousand, with a reminder of what the units are."""
    result = k2log("add", typed)

    assert result.code == int(doubtful), result


def test_a_doubtful_amount_is_logged_when_confirmed(k2log, diary):
    """--yes says that it is meant."""
    assert k2log("add", "mk7 1mg", "--yes").code == 0
    assert len(rows(diary)) == 1


def test_a_dose_of_several_days_is_spread(k2log):
    """A weekly 50,000 IU is 1250 µg, of which a seventh counts today."""
    (entry,) = logged(k2log, "d3 50000IU", "--every", "7d")
    shown = k2log("add egg 1")

    assert entry["nutrients"]["vitamin_d3"]["amount"] == 1250
    assert "D 180 µg" in shown.out  # 1250 / 7 and an egg's 1


def test_day_time_meal_and_note_are_kept(k2log, diary):
    """--on, --at, --meal, --note."""
    k2log("add", "egg 1", "--on", "yesterday", "--at", "8am", "--meal", "breakfast",
          "--note", "soft")  # fmt: skip
    (row,) = rows(diary)

    assert (row["day"], row["time"]) == ("2026-11-20", "2026-11-20T08:00+01:00")
    assert (row["meal"], row["note"]) == ("breakfast", "soft")


def test_without_a_time_no_time_is_stored(k2log, diary):
    """The time of typing is not a time of eating."""
    k2log("add egg 1")

    assert rows(diary)[0]["time"] is None


def test_a_day_can_begin_at_four(k2log, diary, set_now):
    """At 02:00 it is still yesterday, and 01:30 of that day is on the next calendar date."""
    k2log("add egg 1")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("INSERT INTO settings (key, value) VALUES ('day-starts', '04:00')")
    set_now("2026-11-21T02:00:00+01:00")
    k2log("add", "gouda 30g", "--at", "01:30")

    row = rows(diary)[-1]
    assert (row["day"], row["time"]) == ("2026-11-20", "2026-11-21T01:30+01:00")


def test_a_dry_run_writes_nothing(k2log, diary):
    """It says the same, with a dash for the id, and makes no file."""
    result = k2log("add natto 1tbsp --dry-run")
    entries = json.loads(k2log("add natto 1tbsp --dry-run --json").out)

    assert result.code == 0, result.err
    assert "Natto · 1 tbsp = 11 g" in result.out
    assert entries[0]["id"] is None
    assert not diary.exists()


def test_a_retry_with_the_same_uid_is_logged_once(k2log, diary):
    """Same uid and text: the entry again, exit 0. Other text: refused."""
    first = logged(k2log, "gouda 30g, 2 eggs", "--uid", "breakfast-1")
    again = logged(k2log, "gouda 30g, 2 eggs", "--uid", "breakfast-1")
    other = k2log("add", "gouda 40g, 2 eggs", "--uid", "breakfast-1")

    assert again == first
    assert other.code == 1
    assert len(rows(diary)) == 2


def test_what_was_assumed_is_said(k2log):
    """No amount: the usual serving, and it says so."""
    result = k2log("add gouda")

    assert "(assumed)" in result.out


def test_a_food_name_that_holds_and_is_not_torn_apart(k2log):
    """Macaroni and cheese is one food."""
    assert len(logged(k2log, "macaroni and cheese 1 cup")) == 1


def test_help_shows_examples(k2log):
    """--help works without a diary and without boxes."""
    result = k2log("add --help")

    assert result.code == 0
    assert "half an avocado" in result.out
    assert "╭" not in result.out


def test_markup_in_a_note_is_data(k2log):
    """Square brackets are printed whole."""
    k2log("add", "egg 1", "--note", "[bold]red[/bold] [2%]")

    assert "[bold]red[/bold] [2%]" in k2log("log").out


@pytest.mark.parametrize(
    "line",
    [
        ["add", "egg 1", "--at", ""], ["add", "egg 1", "--on", ""], ["add", "--file", ""],
        ["add", "egg 1", "--every", ""], ["add", "egg 1", "--meal", " "], ["add", "egg 1", "--at="],
        ["day", "complete", ""], ["day", "skip", "", " "], ["report", "--from", ""],
        ["export", "--from", ""], ["edit", "1", "--on", ""],
    ],
)  # fmt: skip
def test_an_empty_value_is_never_taken_as_not_given(line, k2log):
    """An unset variable of a shell would log, or mark, on another day."""
    k2log("add egg 1 --on yesterday")
    before = k2log("log --year").out
    result = k2log(*line)

    assert result.code == 2
    assert "is empty" in result.err
    assert k2log("log --year").out == before
