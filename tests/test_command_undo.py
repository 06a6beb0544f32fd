"""``k2log rm``, ``undo`` and ``redo``."""

import json
import sqlite3
from contextlib import closing, contextmanager

import pytest

from k2log.store import diary as store


@pytest.fixture
def foods(k2log):
    """Read the foods of all entries, by id."""
    return lambda: {entry["id"]: entry["food"] for entry in entries(k2log)}


def entries(k2log) -> list[dict]:
    return sorted(json.loads(k2log("log --week --json").out), key=lambda entry: entry["id"])


@pytest.fixture
def statements(monkeypatch):
    """Listen to every statement that runs inside a ``with`` block."""
    connect = store.connect

    @contextmanager
    def listen():
        ran: list[str] = []

        def traced(path) -> sqlite3.Connection:
            db = connect(path)
            db.set_trace_callback(ran.append)
            return db

        with monkeypatch.context() as patch:
            patch.setattr(store, "connect", traced)
            yield ran

    return listen


@pytest.fixture
def three(k2log):
    k2log("add", "gouda 30g, 2 eggs, natto 1tbsp")


def test_rm_takes_entries_out_and_undo_brings_them_back(k2log, three):
    """What was removed is said, and what came back."""
    removed = k2log("rm 1-2")
    left = k2log("log").out
    undone = k2log("undo")

    assert removed.code == 0, removed.err
    assert "removed 1  Gouda · 30 g" in removed.out
    assert "Gouda" not in left
    assert "Natto" in left
    assert undone.out == "took back: rm 1-2  (entries 1 Gouda, 2 Egg)\n"
    assert "Gouda" in k2log("log").out


@pytest.mark.parametrize(
    ("ids", "left"),
    [
        ("2-9", {1: "Gouda"}),
        ("3 1", {2: "Egg"}),
        ("1,3", {2: "Egg"}),
        ("#2", {1: "Gouda", 3: "Natto"}),
        ("1-2 2-3", {}),
    ],
)
def test_rm_takes_ranges_lists_and_ids(ids, left, k2log, three, foods):
    """Of a range, those that are there; each once."""
    result = k2log(f"rm {ids}")

    assert result.code == 0, result.err
    assert foods() == left


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ("7", 1), ("1 7", 1), ("7-9", 1), ("1-2 7-9", 1), ("x", 2), ("0x1", 2), ("3-1", 2),
        ("-1", 2), ("1-", 2), ("1-2-3", 2), (",", 2), ("9999999999999999", 2), ("٣", 2),
    ],
)  # fmt: skip
def test_rm_of_what_is_not_there_removes_nothing(ids, code, k2log, three, foods):
    """All or nothing, one line."""
    result = k2log(f"rm {ids}")

    assert result.code == code, result
    assert result.err.count("\n") == 1
    assert len(foods()) == 3


def test_more_than_fifty_are_removed_only_when_confirmed(k2log, foods):
    """A slip in a range is caught."""
    for _ in range(2):
        k2log("add", ", ".join(["egg 1"] * 30))
    refused = k2log("rm 1-100")

    assert refused.code == 1
    assert "60 entries would be removed" in refused.err
    assert "--yes" in refused.err
    assert len(foods()) == 60
    assert k2log("rm 1-100 --yes").code == 0
    assert foods() == {}
    k2log("undo")
    assert len(foods()) == 60


def test_ids_are_never_used_twice(k2log):
    """An undone entry keeps its number."""
    k2log("add egg 1")
    k2log("undo")

    assert json.loads(k2log("add egg 1 --json").out)[0]["id"] == 2


def test_undo_and_redo_step_through_the_changes(k2log, foods):
    """Two back, two forth, as often as one likes."""
    k2log("add", "gouda 30g, 2 eggs")
    k2log("rm 2")

    for _ in range(2):
        assert k2log("undo").out == "took back: rm 2  (entry 2, Egg)\n"
        assert k2log("undo").out == ("took back: add gouda 30g, 2 eggs  (entries 1 Gouda, 2 Egg)\n")
        assert foods() == {}
        assert k2log("redo").out == (
            "done again: add gouda 30g, 2 eggs  (entries 1 Gouda, 2 Egg)\n"
        )
        assert foods() == {1: "Gouda", 2: "Egg"}
        assert k2log("redo").out == "done again: rm 2  (entry 2, Egg)\n"
        assert foods() == {1: "Gouda"}


@pytest.mark.parametrize("command", ["undo", "redo", "undo 1"])
def test_without_a_diary_there_is_nothing_to_take_back(command, k2log, diary):
    """One line, and no file is made."""
    result = k2log(command)

    assert result.code == 1
    assert result.err.startswith("k2log: there is no")
    assert result.err.count("\n") == 1
    assert not diary.exists()


def test_undo_when_all_is_undone(k2log):
    """It says so."""
    k2log("add egg 1")
    k2log("undo")

    assert k2log("undo").err == "k2log: there is nothing to undo.\n"


def test_redo_when_nothing_was_undone(k2log):
    """It says so."""
    k2log("add egg 1")

    assert k2log("redo").err == "k2log: there is nothing to redo.\n"


def test_redo_after_a_write_is_refused(k2log, foods):
    """What came in between is named."""
    k2log("add egg 1")
    k2log("undo")
    k2log("add gouda 30g")
    result = k2log("redo")

    assert result.code == 1
    assert result.err == (
        "k2log: there is nothing to redo: change 3, add gouda 30g, was made since the last undo.\n"
    )
    assert foods() == {2: "Gouda"}


def test_a_change_further_back_is_taken_back_alone(k2log, foods):
    """The others stay; redo brings it back."""
    for typed in ("egg 1", "gouda 30g", "natto 1tbsp"):
        k2log("add", typed)

    assert k2log("undo 2").out == "took back: add gouda 30g  (entry 2, Gouda)\n"
    assert foods() == {1: "Egg", 3: "Natto"}
    assert k2log("redo").code == 0
    assert foods() == {1: "Egg", 2: "Gouda", 3: "Natto"}


def test_a_change_under_a_later_one_is_not_taken_back(k2log, foods):
    """The later one is named with the way on, and the way on works."""
    k2log("add", "gouda 30g, 2 eggs")
    k2log("edit 2 --meal lunch")
    result = k2log("undo 1")

    assert result.code == 1
    assert "change 2, edit 2 --meal lunch, came later" in result.err
    assert "Undo that first: k2log undo 2" in result.err
    assert foods() == {1: "Gouda", 2: "Egg"}
    assert k2log("undo 2").code == 0
    assert k2log("undo 1").code == 0
    assert foods() == {}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("9", "there is no change 9"),
        ("2", "change 2 is undone already, by change 3"),
        ("3", 'change 3 is "undo 2" itself'),
    ],
)
def test_some_changes_cannot_be_taken_back(number, said, k2log, foods):
    """What is not there, what is undone, what is an undo."""
    k2log("add egg 1")
    k2log("add gouda 30g")
    k2log("undo")
    result = k2log(f"undo {number}")

    assert result.code == 1
    assert said in result.err
    assert foods() == {1: "Egg"}


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", "9" * 40])
def test_a_number_that_is_none_is_refused(number, k2log):
    """Exit 2, one line."""
    result = k2log("undo", number)

    assert result.code == 2
    assert result.err.count("\n") == 1


def test_settings_are_taken_back_by_name(k2log):
    """Each setting is a place of its own: a later change of another is no hindrance."""
    k2log("config set region eu")
    k2log("config set day-starts 04:00")

    assert k2log("undo 1").out == "took back: config set region eu  (the setting region)\n"
    assert k2log("config get region").out == ""
    assert k2log("config get day-starts").out == "04:00\n"
    k2log("redo")
    assert k2log("config get region").out == "eu\n"


def test_the_same_setting_set_later_is_in_the_way(k2log):
    """The region of now is not lost."""
    k2log("config set region eu")
    k2log("config set region uk")

    assert "change 2, config set region uk, came later" in k2log("undo 1").err
    assert k2log("config get region").out == "uk\n"


def test_the_profile_is_called_the_profile(k2log, diary):
    """Not JSON."""
    k2log("add egg 1")
    k2log("config set region eu")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("""UPDATE change_rows SET before = '{"key": "profile", "value": null}'
                   WHERE table_name = 'settings'""")

    assert "(the profile)" in k2log("undo").out


def test_foods_of_ones_own_are_taken_back_and_put_back(k2log):
    """Added, edited, renamed, removed: each step both ways."""
    k2log("foods", "add", "bar", "--per", "50 g", "--calcium", "100mg")
    k2log("foods", "edit", "bar", "--calcium", "200mg")
    k2log("foods", "alias", "snack", "bar")
    k2log("foods", "rm", "bar")

    def known() -> tuple[str, ...]:
        tries = (k2log("add", f"{name} 50g", "--dry-run").out for name in ("bar", "snack"))
        return tuple(out.partition("calcium ")[2][:6] for out in tries)

    states = [("", ""), ("100 mg", ""), ("200 mg", ""), ("200 mg", "200 mg"), ("", "")]
    for state in reversed(states[:-1]):
        assert "(food" not in k2log("undo").err
        assert known() == state
    for state in states[1:]:
        assert k2log("redo").code == 0
        assert known() == state


def test_day_marks_are_taken_back_and_put_back(k2log, tmp_path):
    """New marks and other marks."""
    file = tmp_path / "marks.jsonl"
    for status in ("complete", "skipped"):
        mark = {"day": "2026-11-20", "mark": status, "changed": "2026-11-21T10:00:00Z"}
        file.write_text(json.dumps(mark))
        k2log("import", str(file), "--update")

    def marks() -> list[str]:
        return [
            row["mark"]
            for row in map(json.loads, k2log("export --format jsonl").out.splitlines())
            if "mark" in row
        ]

    assert "(the mark of 2026-11-20)" in k2log("undo").out
    assert marks() == ["complete"]
    k2log("undo")
    assert marks() == []
    k2log("redo")
    assert marks() == ["complete"]
    k2log("redo")
    assert marks() == ["skipped"]


def test_an_import_is_taken_back_and_put_back_whole(k2log, tmp_path):
    """New rows, removals and replacements; a removal that came with the file stays one."""
    file = tmp_path / "rows.jsonl"
    rows = [
        {"uid": "a", "day": "2026-11-20", "food": "milk", "grams": 0.1 + 0.2},
        {"uid": "b", "day": "2026-11-20", "food": "tea", "removed": "2026-11-21T11:00:00Z"},
        {"uid": "c", "day": "2026-11-20", "food": "bread", "grams": 1 / 3},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows[:1]))
    k2log("import", str(file))
    rows[0] |= {"grams": 2 / 3}
    file.write_text("\n".join(map(json.dumps, rows)))
    k2log("import", str(file), "--update")

    def exported() -> str:
        return k2log("export --format jsonl").out

    after = exported()
    k2log("undo")
    before = exported()
    assert '"grams": 0.30000000000000004' in before
    assert k2log("redo").code == 0
    assert exported() == after
    k2log("undo")
    assert exported() == before


@pytest.mark.slow
def test_a_big_import_is_a_few_ranges_in_the_journal(k2log, diary, tmp_path):
    """However many rows: undo and redo add a line each, and few statements."""
    file = tmp_path / "rows.csv"
    file.write_text("day,food\n" + "2026-11-20,milk\n" * 3000)
    k2log("import", str(file))

    assert "(3000 entries)" in k2log("undo").out
    assert "(3000 entries)" in k2log("redo").out
    with closing(sqlite3.connect(diary)) as db:
        assert db.execute("SELECT first_id, last_id FROM change_rows").fetchall() == [(1, 3000)] * 3
    assert len(entries(k2log)) == 3000


@pytest.mark.parametrize("command", ["undo", "undo 1", "redo", "rm 1", "history"])
def test_few_statements_run_and_none_reads_all_changes(command, k2log, statements, diary):
    """At any size of the diary: what is near the end is found from the end."""
    k2log("add egg 1")
    k2log("add egg 1")
    if command == "redo":
        k2log("undo")
    with statements() as ran:
        result = k2log(command)

    assert result.code == 0, result.err
    assert 0 < len(ran) <= 19, ran
    assert plans(diary, ran) == []
    assert plans(diary, ["SELECT note FROM entries"]) != []


def plans(diary, statements: list[str]) -> list[str]:
    """Return the steps of these statements that scan the journal or the entries.

    The indexes of wrong rows are empty.
    """
    with closing(sqlite3.connect(diary)) as db:
        steps = [
            row[-1]
            for sql in statements
            if sql.lstrip().startswith(("SELECT", "UPDATE", "WITH"))
            for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]
    tables = (["SCAN", "change_rows"], ["SCAN", "entries"])
    return [step for step in steps if step.split()[:2] in tables and not step.endswith("_wrong")]
