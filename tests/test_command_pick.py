"""Questions in a real terminal: which food is meant, which salt, whether it is meant at all."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

from terminals import K2LOG, Terminal, talk

WORD = 'Remember "protein"'


def foods(diary, column: str = "food") -> list[str]:
    """Return what was logged, in the order of logging."""
    if not diary.exists():
        return []
    with closing(sqlite3.connect(diary)) as db:
        return [food for (food,) in db.execute(f"SELECT {column} FROM diary_entries ORDER BY id")]


def test_the_food_chosen_is_logged(diary):
    """By its number in the list."""
    seen = talk("add", "protein 1 serving", replies=[("Which one", "2\r"), (WORD, "\r")])

    assert seen.code == 0, seen
    assert '"protein" may be:\n' in seen.screen
    assert foods(diary) == ["Protein or meal replacement shake (typical)"]


def test_a_choice_that_is_remembered_is_not_asked_again(diary, k2log):
    """The name is one of the user's own, as foods alias makes them."""
    seen = talk("add", "protein 30g", replies=[("Which one", "1\r"), (WORD, "y\r")])
    again = k2log("add protein 20g")

    assert '"protein" means Whey protein powder from now on.' in seen.screen
    assert again.code == 0, again.err
    assert foods(diary) == ["Whey protein powder"] * 2
    assert "protein" in k2log("foods names protein").out.splitlines()


def test_a_choice_that_is_not_remembered_makes_no_name(k2log):
    """Enter means no."""
    talk("add", "protein 30g", replies=[("Which one", "1\r"), (WORD, "\r")])

    assert "protein" not in k2log("foods names protein").out.splitlines()


def test_one_undo_takes_back_the_entry_the_next_the_name(diary, k2log):
    """The name is a change of its own, made first."""
    talk("add", "protein 30g", replies=[("Which one", "1\r"), (WORD, "y\r")])

    k2log("undo")
    assert foods(diary) == []
    assert "protein" in k2log("foods names protein").out.splitlines()
    k2log("undo")
    assert "protein" not in k2log("foods names protein").out.splitlines()


def test_a_name_is_asked_about_once_in_a_command(diary):
    """However often it stands there."""
    replies = [("Which one", "1\r"), (WORD, "\r")]
    seen = talk("add", "protein 30g, 2 eggs, protein 20g", replies=replies)

    assert seen.screen.count("may be:") == 1
    assert foods(diary) == ["Whey protein powder", "Egg", "Whey protein powder"]


@pytest.mark.parametrize(
    "key", ["q\r", "\r", "\x03", "\x04"], ids=["q", "enter", "ctrl-c", "ctrl-d"]
)
def test_stopping_at_the_question_writes_nothing(key, diary):
    """Exit 130, whichever way."""
    seen = talk("add", "2 eggs, protein 30g", replies=[("Which one", key)])

    assert seen.code == 130, seen
    assert "nothing was written" in seen.screen
    assert foods(diary) == []


def test_stopping_at_the_offer_to_remember_writes_nothing(diary):
    """Not even the entry."""
    seen = talk("add", "protein 30g", replies=[("Which one", "1\r"), (WORD, "\x03")])

    assert (seen.code, foods(diary)) == (130, [])


@pytest.mark.parametrize("wrong", ["99", "0", "-1", "fish", "9" * 5000])
def test_a_number_that_is_none_is_asked_for_again(wrong, diary):
    """And said to be none."""
    replies = [
        ("Which one", f"{wrong[:200]}\r"),
        ("none of these.*\n.*Which one", "1\r"),
        (WORD, "\r"),
    ]
    seen = talk("add", "protein 30g", replies=replies)

    assert seen.code == 0, seen
    assert foods(diary) == ["Whey protein powder"]


def test_after_three_wrong_numbers_it_stops(diary):
    """Nothing is written."""
    seen = talk("add", "protein 30g", replies=[("Which one", "77\r")] * 3)

    assert (seen.code, foods(diary)) == (130, [])
    assert seen.screen.count("none of these") == 3


def test_a_kind_offers_its_foods_in_pages(diary):
    """Nine at once; m shows more, and the numbers go on; nothing is offered to remember."""
    terminal = Terminal([*K2LOG, "add", "cheese 30g"])
    first = terminal.wait_for("Which one")
    terminal.type("m\r")
    second = terminal.wait_for("Which one")
    terminal.type("11\r")

    assert terminal.end().code == 0
    assert " 1  Cheddar\n" in first
    assert "10  " not in first
    assert " 18  " in second
    assert f" 11  {foods(diary)[0]}\n" in second


def test_enter_takes_the_kind(diary):
    """Whoever does not know, or does not mind."""
    seen = talk("add", "cheese 30g", replies=[("Enter for Cheese", "\r")])

    assert seen.code == 0, seen
    assert foods(diary) == ["Cheese (kind not stated)"]


def test_a_number_of_the_next_page_is_not_taken_before_it_was_seen():
    """Nobody can mean it."""
    replies = [("Which one", "11\r"), ("none of these", "q\r")]
    assert talk("add", "cheese 30g", replies=replies).code == 130


def test_a_trial_run_offers_nothing_to_remember(diary):
    """For nothing is written."""
    seen = talk("add", "protein 30g", "--dry-run", replies=[("Which one", "1\r")])

    assert seen.code == 0, seen
    assert "Remember" not in seen.screen
    assert not diary.exists()


def test_which_mass_a_salt_weighs_is_asked(diary):
    """The element's or the whole salt's, five-fold apart."""
    seen = talk("add", "calcium citrate 500mg", replies=[("Which one", "2\r")])

    assert "may weigh the calcium or the salt" in seen.screen
    assert foods(diary, "measure") == ["mg salt"]


@pytest.mark.parametrize(
    ("reply", "code", "logged"), [("y", 0, ["Egg"]), ("n", 1, []), ("", 1, [])]
)
def test_an_amount_that_looks_like_a_slip_is_asked_about(reply, code, logged, diary):
    """No is what Enter means."""
    seen = talk("add", "60 eggs", replies=[("Log it", f"{reply}\r")])

    assert (seen.code, foods(diary)) == (code, logged)


@pytest.mark.parametrize("end", ["stdin", "stdout", "stderr"])
def test_nobody_is_asked_unless_all_ends_are_a_terminal(end, tmp_path, diary):
    """Then the foods are listed, exit 3."""
    redirected = {"stdin": "</dev/null", "stdout": ">out", "stderr": "2>out"}[end]
    script = f"cd {tmp_path}; '{K2LOG[0]}' -m k2log add protein 30g {redirected}"
    seen = Terminal(["sh", "-c", script]).end()

    assert seen.code == 3, seen
    assert "Which one" not in seen.screen
    assert foods(diary) == []


def test_a_line_that_is_one_of_another_language_is_offered(diary):
    """Pain is French for bread; Enter keeps to English, where a part of a name has that word."""
    seen = talk("add", "pain 50g", replies=[("Enter for English", "1\r")])

    assert "1  bread 50g (French)" in seen.screen
    assert foods(diary) == ["White bread, sliced (Europe)"]
    in_english = talk("add", "pain 50g", replies=[("Enter for English", "\r"), ("Which", "q\r")])
    assert "Pain au chocolat" in in_english.screen
    assert foods(diary) == ["White bread, sliced (Europe)"]


def test_in_a_pipe_the_foods_are_listed():
    """As ever."""
    done = subprocess.run([*K2LOG, "add", "protein", "30g"], capture_output=True, check=False)

    assert done.returncode == 3
    assert b"food:" in done.stderr
