"""``k2log routine``: items under a name, and ``add @name``."""

import json

import pytest

from k2log.cli import run

MORNING = ("d3 2000IU", "mk7 100mcg", "calcium 500mg as citrate")


@pytest.fixture
def morning(k2log):
    assert k2log("routine", "add", "morning", *MORNING).code == 0


def entries(k2log, *window: str) -> list[dict]:
    return json.loads(k2log("log", *(window or ("--year",)), "--json").out)


def added(k2log, *arguments: str) -> list[dict]:
    result = k2log("add", *arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_a_routine_is_logged_by_its_name(k2log, morning):
    """All its items, in their order, in any case of the name."""
    keys = ["vitamin-d3", "vitamin-k2-mk7", "calcium-citrate"]

    assert [entry["food_key"] for entry in added(k2log, "@morning")] == keys
    assert [entry["food_key"] for entry in added(k2log, "@MORNING")] == keys


def test_a_logged_routine_is_one_change(k2log, morning):
    """One undo takes all of it back."""
    k2log("add @morning")
    k2log("undo")

    assert entries(k2log) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("@morning", "2 eggs"),
        ("@morning", "egg", "2"),
        ("@morning,", "2", "eggs"),
        ("@morning, 2 eggs",),
        ("@morning and 2 eggs",),
        ("@morning + egg 2",),
    ],
)
def test_a_routine_mixes_with_other_items(arguments, k2log, morning):
    """Beside them, or with them in one list."""
    assert [entry["amount"] for entry in added(k2log, *arguments)] == [2000, 100, 500, 2]


def test_a_routine_stands_between_items(k2log, morning):
    """Words before and behind it are items of their own."""
    names = [entry["food"] for entry in added(k2log, "gouda", "30g", "@morning", "egg", "2")]

    assert (names[0], len(names), names[-1]) == ("Gouda", 5, "Egg")


def test_items_of_one_word_stay_apart(k2log):
    """Two items of a routine never become one name."""
    k2log("routine", "add", "snack", "egg, gouda")

    assert [entry["food"] for entry in added(k2log, "@snack")] == ["Egg", "Gouda"]


def test_all_or_nothing(k2log, morning):
    """An unknown food beside a routine: nothing is logged."""
    assert k2log("add", "@morning", "unicorn 2g").code == 3
    assert entries(k2log) == []


def test_its_own_time_is_for_its_own_items(k2log):
    """The other items of the command get none."""
    k2log("routine", "add", "early", "d3 2000IU", "--at", "07:30")

    times = [entry["time"] for entry in added(k2log, "@early", "2 eggs")]

    assert times == ["2026-11-21T07:30+01:00", None]


def test_a_time_given_comes_before_its_own(k2log):
    """--at is for all items."""
    k2log("routine", "add", "early", "d3 2000IU", "--at", "07:30")

    (entry,) = added(k2log, "@early", "--at", "8am", "--on", "yesterday")

    assert entry["time"] == "2026-11-20T08:00+01:00"


def test_a_routine_of_later_today_is_refused(k2log, set_now):
    """Logged before its time: the way on is to say when."""
    k2log("routine", "add", "early", "d3 2000IU", "--at", "07:30")
    set_now("2026-11-21T07:00:00+01:00")
    refused = k2log("add @early")

    assert refused.code == 2
    assert "07:30" in refused.err
    assert "--at now" in refused.err
    assert entries(k2log) == []
    assert added(k2log, "@early", "--at", "now")[0]["time"] == "2026-11-21T07:00+01:00"


def test_an_unknown_routine_names_the_nearest(k2log, morning):
    """Exit 3, the names there are, and how to make one."""
    result = k2log("add @mornin")

    assert result.code == 3
    assert result.err.count("\n") == 1
    assert "@morning" in result.err
    assert "k2log routine add" in result.err


def test_a_comma_is_missed_behind_a_routine(k2log, morning):
    """Nothing is guessed of a list without a separator."""
    result = k2log("add", "@morning 2 eggs")

    assert result.code == 2
    assert '"@morning, 2 eggs"' in result.err


def test_a_retry_of_a_routine_is_logged_once(k2log, morning):
    """The same uid gives the same entries."""
    first = added(k2log, "@morning", "--uid", "today-1")

    assert added(k2log, "@morning", "--uid", "today-1") == first
    assert len(entries(k2log)) == 3


def test_a_dry_run_logs_nothing(k2log, morning):
    """What would be logged, without ids."""
    assert [entry["id"] for entry in added(k2log, "@morning", "--dry-run")] == [None] * 3
    assert entries(k2log) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("x", "unicorn 3g"), 3, "unicorn"),
        (("x", "whole milk 2 slices"), 1, 'no "slice"'),
        (("x", "egg 1", "natto 0g"), 2, "zero"),
        (("x", "d3 2000"), 2, "unit"),
        (("x", "@morning"), 2, "other routines"),
        (("@x", "egg 1"), 2, "cannot name a routine"),
        (("two words", "egg 1"), 2, "cannot name a routine"),
        (("a,b", "egg 1"), 2, "cannot name a routine"),
        (("x" * 41, "egg 1"), 2, "40 are the most"),
        (("x\x1b", "egg 1"), 2, "control character"),
        (("x", "egg 1", "--at", "25:00"), 2, "not a time"),
        (("Morning", "egg 1"), 1, "already"),
        (("x", "natto 21kg"), 1, "never logged"),
    ],
)
def test_a_routine_that_cannot_be_is_refused(arguments, code, said, k2log, morning):
    """One line that names what is wrong; no routine is made."""
    result = k2log("routine", "add", *arguments)

    assert result.code == code, result
    assert result.err.count("\n") == 1
    assert said in result.err
    assert k2log("routine list").out.count("\n") == 1


@pytest.mark.slow
def test_a_hundred_routines_are_the_most(k2log):
    """The next one is refused."""
    for number in range(100):
        k2log("routine", "add", f"r{number}", "egg 1")

    assert k2log("routine", "add", "more", "egg 1").code == 2
    assert k2log("routine", "edit", "r7", "egg 2").code == 0


def test_the_list_shows_names_times_and_items(k2log, morning):
    """By name."""
    k2log("routine", "add", "Early", "natto 1tbsp", "--at", "7:30")

    early, morning = k2log("routine list").out.splitlines()

    assert early.split() == ["@Early", "07:30", "natto", "1tbsp"]
    assert morning.endswith("d3 2000IU, mk7 100mcg, calcium 500mg as citrate")


def test_without_routines_it_says_how_to_make_one(k2log):
    """The bare command and the list are one."""
    assert "k2log routine add" in k2log("routine").out
    assert k2log("routine").out == k2log("routine list").out


def test_one_routine_is_shown(k2log, morning):
    """An item a line, as typed."""
    shown = k2log("routine show MORNING").out

    assert [line.strip() for line in shown.splitlines()[1:4]] == list(MORNING)


def test_items_are_replaced(k2log, morning):
    """The time stays; what was logged stays."""
    k2log("routine edit morning --at 07:30")
    k2log("add @morning")
    result = k2log("routine", "edit", "morning", "d3 1000IU", "natto 1tbsp")

    assert result.code == 0, result.err
    assert k2log("routine list").out == "@morning  07:30  d3 1000IU, natto 1tbsp\n"
    assert len(entries(k2log)) == 3


def test_its_time_is_taken_away(k2log):
    """With none, no time of eating is stored."""
    k2log("routine", "add", "early", "egg 1", "--at", "07:30")
    k2log("routine edit early --at none")

    assert added(k2log, "@early")[0]["time"] is None


def test_the_same_again_is_no_change(k2log, morning):
    """It says so, and history has nothing new."""
    before = k2log("history").out
    result = k2log("routine", "edit", "morning", *MORNING)

    assert result.out.startswith("Nothing was changed.")
    assert k2log("history").out == before


def test_a_removed_routine_comes_back(k2log, morning):
    """rm, and undo."""
    k2log("routine rm Morning")
    assert k2log("add @morning").code == 3
    k2log("undo")

    assert len(added(k2log, "@morning")) == 3


@pytest.mark.parametrize("command", ["show", "rm", "edit"])
def test_a_routine_that_is_not_there(command, k2log):
    """Exit 3, and nothing is written."""
    extra = ["egg 1"] if command == "edit" else []
    result = k2log("routine", command, "nowhere", *extra)

    assert result.code == 3
    assert 'no routine called "nowhere"' in result.err


def test_an_edit_without_a_change_is_refused(k2log, morning):
    """It says what can be given."""
    assert k2log("routine edit morning").code == 2


def test_later_figures_apply(k2log):
    """A routine keeps what was typed: the food's figures are those of the day it is logged."""
    k2log("foods", "add", "bone health", "--per", "1 tablet", "--calcium", "500mg")
    k2log("routine", "add", "pill", "bone health 1 tablet")
    k2log("foods", "edit", "bone health", "--calcium", "400mg")

    assert added(k2log, "@pill")[0]["nutrients"]["calcium"]["amount"] == 400


def test_names_are_completed(k2log, morning, monkeypatch, capfd):
    """The Tab key offers routines behind @, foods elsewhere."""
    monkeypatch.setenv("_K2LOG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "k2log add @mo")
    monkeypatch.setenv("COMP_CWORD", "2")
    capfd.readouterr()
    run([])

    assert capfd.readouterr().out.split() == ["@morning"]
