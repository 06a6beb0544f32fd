"""``k2log edit``: any part of an entry, or of several."""

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from test_startup import HEAVY, modules_after


@pytest.fixture
def held(k2log):
    """Read the entries of the last week, by id."""

    def read() -> dict[int, dict]:
        return {row["id"]: row for row in json.loads(k2log("log --week --json").out)}

    return read


@pytest.fixture
def gouda(k2log):
    k2log("add", "gouda 30g", "--at", "8am", "--meal", "breakfast", "--note", "good")


def stored(diary, what: str) -> object:
    with closing(sqlite3.connect(diary)) as db:
        return db.execute(f"SELECT {what} FROM entries WHERE id = 1").fetchone()[0]


def test_an_amount_is_corrected(k2log, gouda, held):
    """Grams and nutrients follow, the rest stays; before and after are said."""
    before = held()[1]
    result = k2log("edit 1 --amount 40g")
    after = held()[1]

    assert result.code == 0, result.err
    assert "1  Gouda · 30 g → Gouda · 40 g\n" in result.out
    assert "calcium  210 mg → 280 mg" in result.out
    assert "from the food's figures of today" in result.err
    assert (after["grams"], after["nutrients"]["calcium"]["amount"]) == (40, 280)
    same = ("id", "uid", "day", "time", "meal", "note", "food", "food_key", "every_days")
    assert {key: after[key] for key in same} == {key: before[key] for key in same}


@pytest.mark.parametrize(
    ("arguments", "food", "grams"),
    [
        (["brie 20g"], "Brie", 20),
        (["brie", "20g"], "Brie", 20),
        (["--food", "brie"], "Brie", 30),
        (["--food", "food:brie", "--amount", "1 oz"], "Brie", 28.3495),
        (["2 eggs"], "Egg", 100),
        (["--amount", "2 slices"], "Gouda", 56),
        (["--amount", "half a slice"], "Gouda", 14),
        (["--amount", "2 x 20g"], "Gouda", 40),
        (["gouda"], "Gouda", 28),
    ],
)
def test_food_and_amount_are_read_as_add_reads_them(arguments, food, grams, k2log, gouda, held):
    """The item anew, or its food, or its amount."""
    result = k2log("edit", "1", *arguments)

    assert result.code == 0, result.err
    assert (held()[1]["food"], held()[1]["grams"]) == (food, pytest.approx(grams))


def test_the_result_is_what_add_would_have_logged(k2log, gouda, held):
    """All but ids, and what was typed is kept as it was typed."""
    k2log("add", "2 eggs", "--at", "8am", "--meal", "breakfast", "--note", "good")
    k2log("edit", "1", "2 eggs")
    first, second = held().values()

    assert {**first, "id": 0, "uid": ""} == {**second, "id": 0, "uid": ""}


def test_what_was_typed_is_told_anew(k2log, gouda, diary):
    """As add keeps it."""
    k2log("edit", "1", "2 eggs")

    assert json.loads(str(stored(diary, "working")))["typed"] == "2 eggs"


@pytest.mark.parametrize(
    ("options", "key", "value"),
    [
        (["--on", "yesterday"], "day", "2026-11-20"),
        (["--at", "9:15"], "time", "2026-11-21T09:15+01:00"),
        (["--at", "now"], "time", "2026-11-21T12:00+01:00"),
        (["--at", "none"], "time", None),
        (["--meal", "lunch"], "meal", "lunch"),
        (["--meal", "None"], "meal", None),
        (["--note", "very good"], "note", "very good"),
        (["--note", "none"], "note", None),
        (["--every", "weekly"], "every_days", 7),
    ],
)
def test_circumstances_change_alone(options, key, value, k2log, gouda, held):
    """The snapshot of nutrients stays, whatever the food's figures are by now."""
    before = held()[1]
    result = k2log("edit", "1", *options)
    after = held()[1]

    assert result.code == 0, result.err
    assert after[key] == value
    assert after["nutrients"] == before["nutrients"]
    assert "computed" not in result.err


def test_a_weekly_dose_can_become_daily(k2log, held):
    """--every none."""
    k2log("add", "d3 2000IU", "--every", "7d")

    assert "lasts  7 days → 1 day" in k2log("edit 1 --every none").out
    assert held()[1]["every_days"] == 1


def test_a_snapshot_outlives_new_figures_until_the_amount_is_edited(k2log, held):
    """Then today's figures count, and that is said."""
    k2log("foods", "add", "bar", "--per", "50 g", "--calcium", "100mg")
    k2log("add", "bar 50g")
    k2log("foods", "edit", "bar", "--calcium", "200mg")
    k2log("edit", "1", "--meal", "lunch")
    kept = held()[1]["nutrients"]["calcium"]["amount"]
    k2log("edit", "1", "--amount", "50g")

    assert kept == 100
    assert held()[1]["nutrients"]["calcium"]["amount"] == 200


def test_another_day_keeps_the_time_with_the_offset_of_that_day(k2log, gouda, held):
    """Eight in the morning, in summer time."""
    k2log("edit 1 --on 2026-10-01")
    k2log("edit 1 --on -1")
    k2log("edit 1 --on 2026-07-01")

    entry = json.loads(k2log("log --on 2026-07-01 --json").out)[0]
    assert entry["time"] == "2026-07-01T08:00+02:00"


def test_a_time_to_come_is_refused(k2log, held):
    """As add refuses it."""
    k2log("add", "gouda 30g", "--on", "yesterday", "--at", "23:00")

    assert k2log("edit 1 --on today").code == 2
    assert "still to come" in k2log("edit 1 --on today").err
    assert k2log("edit 1 --on today --at none").code == 0
    assert k2log("edit 1 --at 23:59").code == 2


def test_several_entries_are_edited_together(k2log, held):
    """Ranges and ids, one change, of which undo takes back all."""
    k2log("add", "gouda 30g, 2 eggs, natto 1tbsp, brie 20g")
    before = held()
    result = k2log("edit 1-2 4 --on yesterday --meal lunch")

    assert result.code == 0, result.err
    assert [row["id"] for row in held().values() if row["meal"] == "lunch"] == [1, 2, 4]
    assert [row["id"] for row in held().values() if row["day"] == "2026-11-20"] == [1, 2, 4]
    assert "(entries 1 Gouda, 2 Egg, 4 Brie)" in k2log("undo").out
    assert held() == before


def test_an_edit_there_and_back_is_no_change_at_all(k2log, gouda, held):
    """Every field, to the last digit."""
    before = held()
    k2log("edit", "1", "2 eggs", "--on", "-2", "--meal", "none", "--note", "x", "--every", "3d")
    k2log("edit", "1", "gouda 30g", "--on", "today", "--meal", "breakfast", "--note", "good",
          "--every", "none")  # fmt: skip

    assert held() == before


def test_undo_and_redo_of_an_edit(k2log, gouda, held):
    """All columns, both ways."""
    before = held()
    k2log("edit", "1", "2 eggs", "--at", "none", "--on", "-2", "--meal", "none")
    after = held()
    k2log("undo")
    assert held() == before
    k2log("redo")
    assert held() == after
    k2log("undo")
    assert held() == before


@pytest.mark.parametrize(
    "arguments", [["--amount", "30g"], ["--meal", "breakfast"], ["--on", "today"], ["gouda 30g"],
                  ["--at", "08:00"], ["--every", "none"], ["--note", "good", "--food", "gouda"]],
)  # fmt: skip
def test_what_changes_nothing_writes_nothing(arguments, k2log, gouda):
    """It says so, and history has no such change."""
    result = k2log("edit", "1", *arguments)

    assert (result.code, result.out) == (0, "Nothing to change: it is so already.\n")
    assert len(json.loads(k2log("history --json").out)) == 1


def test_uid_and_created_stay_and_changed_moves_on(k2log, gouda, diary, set_now):
    """The entry is the same one."""
    uid = stored(diary, "uid")
    set_now("2026-11-21T13:00:00+01:00")
    k2log("edit 1 --amount 40g")

    assert stored(diary, "uid") == uid
    assert stored(diary, "created") == "2026-11-21T11:00:00Z"
    assert stored(diary, "changed") == "2026-11-21T12:00:00Z"


def test_a_dry_run_changes_nothing(k2log, gouda, held):
    """It says the same, in words and in JSON."""
    before = held()
    said = k2log("edit 1 --amount 40g --dry-run")
    shown = json.loads(k2log("edit 1 --amount 40g --dry-run --json").out)

    assert held() == before
    assert said.out == k2log("edit 1 --amount 40g").out
    assert shown == [held()[1]]


def test_the_answer_in_json_is_that_of_log(k2log, held):
    """One shape for all."""
    k2log("add", "gouda 30g, 2 eggs")

    assert json.loads(k2log("edit 1-2 --meal lunch --json").out) == list(held().values())


def test_an_entry_without_a_known_food_keeps_its_amount(k2log, tmp_path):
    """What came from elsewhere: all but the amount can be corrected, unless the food is named."""
    file = tmp_path / "rows.csv"
    file.write_text("day,food,calcium_mg,grams\n2026-11-20,cheese of old,120,30\n")
    k2log("import", str(file))

    refused = k2log("edit 1 --amount 40g")
    assert refused.code == 3
    assert '"cheese of old"' in refused.err
    assert "--food" in refused.err
    assert k2log("edit 1 --meal lunch").code == 0
    named = k2log("edit", "1", "--food", "gouda")
    assert "cheese of old · 30 g → Gouda · 30 g" in named.out, named
    assert "calcium  120 mg → 210 mg" in named.out


def test_an_entry_without_any_amount_needs_one(k2log, tmp_path):
    """Nothing is assumed for it."""
    file = tmp_path / "rows.csv"
    file.write_text("day,food\n2026-11-20,cheese of old\n")
    k2log("import", str(file))
    result = k2log("edit 1 --food gouda")

    assert result.code == 2
    assert "--amount" in result.err


def test_an_entry_of_a_food_out_of_use(k2log):
    """Its figures are not taken from a food of a like name."""
    k2log("foods", "add", "gouda bar", "--per", "50 g", "--calcium", "100mg")
    k2log("add", "gouda bar 50g")
    k2log("foods", "rm", "gouda bar")

    assert k2log("edit 1 --amount 40g").code == 3


def test_the_element_and_its_salt_stay_apart(k2log, held):
    """A mass of a salt says which of the two it is, here too."""
    k2log("add", "calcium 500mg as citrate")

    assert k2log("edit 1 --amount 600mg").code == 2
    assert k2log("edit", "1", "--amount", "600mg as citrate").code == 0
    assert held()[1]["nutrients"]["calcium"]["amount"] == 600
    assert k2log("edit", "1", "--amount", "1000mg salt").code == 0
    assert held()[1]["nutrients"]["calcium"]["amount"] == pytest.approx(211)


def test_a_doubtful_amount_is_taken_when_confirmed(k2log, held):
    """--yes says that it is meant."""
    k2log("add", "mk7 100mcg")
    refused = k2log("edit 1 --amount 1mg")

    assert refused.code == 1
    assert "--yes" in refused.err
    assert k2log("edit 1 --amount 1mg --yes").code == 0
    assert held()[1]["nutrients"]["mk7"]["amount"] == 1000


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["7", "--meal", "x"], 1, "no entry 7"),
        (["1", "7", "--meal", "x"], 1, "no entry 7"),
        (["7-9", "--meal", "x"], 1, "no entry 7-9"),
        (["1"], 2, "what is to change"),
        ([], 2, "ID"),
        (["gouda 40g"], 2, '"gouda" is not an entry id'),
        (["1", "2", "eggs"], 2, 'k2log edit 1 "2 eggs"'),
        (["1", "gouda 40g, 2 eggs"], 2, "several items"),
        (["1", "gouda 40g", "--amount", "50g"], 2, "not both"),
        (["1", "--amount", "2-3 g"], 2, "range"),
        (["1", "--amount", "2,000 g"], 2, "2000"),
        (["1", "--amount", "gouda"], 2, '"gouda" is not an amount'),
        (["1", "--amount", "a"], 2, '"a" is not an amount'),
        (["1", "--amount", "2 sploshes"], 2, "slice (28 g)"),
        (["1", "--amount", "2 cups"], 1, "slice (28 g)"),
        (["1", "--amount", ""], 2, "empty"),
        (["1", "--amount", "3\x1b[31mg"], 2, "control character"),
        (["1", "--food", "unicorn"], 3, "unicorn"),
        (["1", "--food", ""], 2, "empty"),
        (["1", "--on", "tomorrow"], 2, "yet to come"),
        (["1", "--on", "none"], 2, "not a day"),
        (["1", "--at", "25:00"], 2, "not a time"),
        (["1", "--meal", ""], 2, "empty"),
        (["1", "--note", "bell\x07"], 2, "control character"),
        (["1", "--every", "never"], 2, "interval"),
        (["1", "--colour", "red"], 2, "--colour"),
    ],
)
def test_bad_edits_are_one_line_and_change_nothing(arguments, code, said, k2log, gouda, held):
    """What was wrong, and the way on."""
    before = held()
    result = k2log("edit", *arguments)

    assert result.code == code, result
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert said in result.err
    assert "\x1b" not in result.err
    assert held() == before


def test_all_or_nothing(k2log, held):
    """One entry of two cannot be measured so: neither is changed."""
    k2log("add", "gouda 30g, 2 eggs")
    before = held()

    assert k2log("edit", "1-2", "--amount", "2 slices").code == 1
    assert held() == before


def test_what_another_program_changed_meanwhile_is_not_overwritten(k2log, gouda, monkeypatch, held):
    """Read, changed elsewhere, refused."""
    from k2log.commands import edit

    save = edit.save_edits

    def slow(diary, *arguments) -> None:
        diary.db.execute("UPDATE entries SET note = 'theirs'")
        save(diary, *arguments)

    monkeypatch.setattr(edit, "save_edits", slow)
    result = k2log("edit 1 --amount 40g")

    assert result.code == 1
    assert "changed meanwhile" in result.err
    assert (held()[1]["grams"], held()[1]["note"]) == (30, "theirs")


OPTIONS = ("--amount", "--food", "--on", "--at", "--meal", "--note", "--every")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(option=st.sampled_from(OPTIONS), text=st.text(max_size=40))
def test_no_text_ends_in_a_traceback(option, text, k2log, gouda):
    """Whatever stands behind an option."""
    result = k2log("edit", "1", f"{option}={text}")

    assert result.code in (0, 1, 2, 3), result
    assert "Traceback" not in result.err
    assert " a bug" not in result.err


@pytest.mark.parametrize(
    "arguments", [["edit", "1", "--amount", "40g"], ["rm", "1"], ["undo"], ["history"]]
)
def test_nothing_heavy_is_loaded(arguments, gouda, diary):
    """These are used daily."""
    loaded = modules_after(diary, *arguments)

    assert [name for name in HEAVY if name in loaded] == []
