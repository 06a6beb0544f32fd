"""``k2log repeat``: a day, a meal or entries again."""

import json
import sqlite3
from contextlib import closing

import pytest

YESTERDAY = ("--on", "yesterday")


def repeated(k2log, *arguments: str) -> list[dict]:
    result = k2log("repeat", *arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def today(k2log) -> list[dict]:
    return json.loads(k2log("log", "--json").out)


def foods(entries: list[dict]) -> list[str]:
    return [entry["food"] for entry in entries]


@pytest.fixture
def yesterday(k2log):
    k2log("add", "2 eggs", *YESTERDAY, "--meal", "Breakfast", "--at", "08:00", "--note", "soft")
    k2log("add", "gouda", *YESTERDAY, "--meal", "lunch")
    k2log("add", "calcium 500mg as citrate", *YESTERDAY)
    k2log("add", "d3 50000IU", *YESTERDAY, "--every", "7d")


def test_a_day_is_logged_again(k2log, yesterday):
    """Food, amount, measure, meal and interval; the same nutrients."""
    kept = ("food_key", "amount", "measure", "grams", "meal", "supplement", "every_days",
            "assumed", "nutrients")  # fmt: skip
    before = json.loads(k2log("log", "--on", "yesterday", "--json").out)

    copies = repeated(k2log, "yesterday")

    told = [[{key: entry[key] for key in kept} for entry in list_] for list_ in (before, copies)]
    assert sorted(told[0], key=str) == sorted(told[1], key=str)
    assert today(k2log) == copies


def test_day_time_note_and_uid_are_its_own(k2log, yesterday):
    """Nobody said when it was eaten, and what was remarked was of that day."""
    (egg,) = repeated(k2log, "1")

    assert (egg["day"], egg["time"], egg["note"]) == ("2026-11-21", None, None)
    assert egg["uid"] != json.loads(k2log("log", "--week", "--json").out)[0]["uid"]


def test_it_says_what_was_logged(k2log, yesterday):
    """As add does, with the day so far."""
    shown = k2log("repeat 1").out

    assert "Egg · 2 = 100 g" in shown
    assert "today so far" in shown


def test_a_repeat_is_one_change(k2log, yesterday):
    """One undo takes all of it back."""
    k2log("repeat yesterday")
    k2log("undo")

    assert today(k2log) == []


def test_one_meal_of_a_day(k2log, yesterday):
    """In any case of its name, which the copies keep."""
    (egg,) = repeated(k2log, "yesterday", "--meal", "breakfast")

    assert (egg["food"], egg["meal"]) == ("Egg", "Breakfast")


def test_entries_by_their_ids(k2log, yesterday):
    """Single ids and ranges, in their order."""
    assert foods(repeated(k2log, "1", "3-4")) == ["Egg", "Calcium citrate", "Vitamin D3"]


@pytest.mark.parametrize("words", [["-1"], ["fri"], ["2026-11-20"], ["20", "nov"], ["20 nov"]])
def test_days_are_read_as_everywhere(words, k2log, yesterday):
    """A number with a minus is a day, one without is an id."""
    assert len(repeated(k2log, *words)) == 4


def test_it_is_logged_on_another_day_and_time(k2log, yesterday):
    """--on and --at say where it goes."""
    (egg,) = repeated(k2log, "1", "--on", "-3", "--at", "9:15")

    assert (egg["day"], egg["time"]) == ("2026-11-18", "2026-11-18T09:15+01:00")


def test_a_dry_run_writes_nothing(k2log, yesterday):
    """What would be logged, without ids."""
    assert [entry["id"] for entry in repeated(k2log, "yesterday", "--dry-run")] == [None] * 4
    assert today(k2log) == []


def test_figures_are_those_of_today(k2log):
    """A food that was corrected since counts as it is now."""
    k2log("foods", "add", "my bread", "--per", "100 g", "--calcium", "100mg", "--portion",
          "slice=40g")  # fmt: skip
    k2log("add", "my bread 50g", *YESTERDAY)
    k2log("foods", "edit", "my bread", "--calcium", "200mg")

    (entry,) = repeated(k2log, "yesterday")

    assert entry["nutrients"]["calcium"]["amount"] == 100


def test_a_food_that_is_gone_is_copied_as_it_was(k2log):
    """Its figures are those of the entry, and it says so."""
    k2log("foods", "add", "my bread", "--per", "100 g", "--calcium", "100mg")
    k2log("add", "my bread 50g", *YESTERDAY)
    k2log("foods", "rm", "my bread")

    result = k2log("repeat", "yesterday", "--json")
    (entry,) = json.loads(result.out)

    assert entry["nutrients"]["calcium"]["amount"] == 50
    assert "my bread: no figures of today; those of entry 1 were copied" in result.err


def test_an_entry_from_elsewhere_is_copied_as_it_was(k2log, diary):
    """Without a food there is nothing to compute anew."""
    k2log("add", "egg 2", *YESTERDAY)
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE entries SET food_key = NULL, food = 'Omelette', calcium_mg = 77")

    (entry,) = repeated(k2log, "yesterday")

    assert (entry["food"], entry["nutrients"]["calcium"]["amount"]) == ("Omelette", 77)


def test_a_doubtful_amount_is_asked_about_again(k2log):
    """Elsewhere than in a terminal it needs --yes."""
    k2log("add", "mk7 1mg", *YESTERDAY, "--yes")

    assert k2log("repeat yesterday").code == 1
    assert today(k2log) == []
    assert len(repeated(k2log, "yesterday", "--yes")) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("repeat", 2, "k2log repeat yesterday"),
        ("repeat mon", 1, "nothing was logged on Mon 16 Nov 2026"),
        ("repeat yesterday --meal dinner", 1, "Its meals: lunch, Breakfast"),
        ("repeat lunch", 2, '"lunch" is not a day'),
        ("repeat tomorrow", 2, "yet to come"),
        ("repeat 99", 1, "no entry 99"),
        ("repeat 4-1", 2, "backwards"),
        ("repeat 1 --meal lunch", 2, "leave it out"),
        ("repeat 1 --on tomorrow", 2, "yet to come"),
        ("repeat 1 --at 23:59", 2, "still to come"),
        ("repeat 1 --unheard-of", 2, "no such option"),
    ],
)
def test_what_cannot_be_repeated_is_one_line(arguments, code, said, k2log, yesterday):
    """What was wrong and the way on; nothing is written."""
    result = k2log(arguments)

    assert result.code == code, result
    assert result.err.count("\n") == 1
    assert said in result.err
    assert today(k2log) == []


def test_without_a_diary_there_is_nothing(k2log, diary):
    """No file is made."""
    assert k2log("repeat yesterday").code == 1
    assert not diary.exists()
