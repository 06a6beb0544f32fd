"""A diary leaves whole and comes back whole; two diaries that take each other's files end alike."""

import itertools
import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k2log.diary.routines import Routine, read_routine_name, with_routine
from k2log.features.exchange.export import Contents, diary_lines
from k2log.features.exchange.own import DATED, read_jsonl
from k2log.features.exchange.store import stage, stream_entries, take
from k2log.food.food import Food
from k2log.food.label import food_of, read_label
from k2log.food.measure import food_amount
from k2log.food.recipe import Recipe, dish, ingredient
from k2log.store.diary import Diary
from k2log.store.entries import (
    add_entries,
    entries_between,
    entries_with_uids,
    remove_entries,
    save_edits,
)
from k2log.store.foods import foods_of_keys
from k2log.store.own_foods import mean_from_now_on, remove_name, retire_own, save_own, save_recipe
from k2log.store.own_measures import change_measures
from k2log.store.routines import update_routines
from k2log.store.settings import change_setting
from test_transfer_round_trip import MOMENT, empty, entries, lines_of

WHOLE = (
    'foods add "rye bar" --per 100g --calcium 40mg --portion slice=40g --kind bread --yes',
    'foods add "bone pills" --per "2 tablets" --calcium 500mg --d3 20ug',
    'foods alias roggebrood "rye bar"',
    "foods alias cheesy gouda",
    'recipe add "friday soup" "kale 200g" "rye bar 1 slice"',
    'routine add morning "d3 2000IU" "bone pills 2" --at 08:00',
    "profile set --sex female --born 1950 --medicine levothyroxine@07:30",
    "config set region eu",
    'foods edit gouda --portion "my slice=22g"',
    'add "rye bar 2 slices" "friday soup 1" "cheesy 30g"',
    "add @morning",
    "rm 1",
    "day complete",
    "caveats hide milestones --for 90d",
    'foods add "gone bar" --per 100g --calcium 4mg',
    'foods rm "gone bar"',
)


@pytest.fixture
def typed(k2log):
    """Run a command line as a shell would part it."""
    import shlex

    return lambda line: k2log(*shlex.split(line))


@pytest.fixture
def whole(typed, tmp_path, monkeypatch):
    """Return the file of a diary with one of everything; the diary itself is put aside."""
    for line in WHOLE:
        typed(line)
    file = tmp_path / "whole.jsonl"
    assert typed(f"export -o {file}").code == 0
    monkeypatch.setenv("K2LOG_DB", str(tmp_path / "other.db"))
    return file


def test_a_whole_diary_comes_back_the_same_to_the_byte(diary, whole, typed, tmp_path):
    result = typed(f"import {whole}")

    assert result.code == 0, result.err
    assert "5 foods, 4 settings" in result.out
    assert typed(f"export -o {tmp_path / 'again.jsonl'}").code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == whole.read_bytes()
    assert typed("doctor").code == 0
    with (
        closing(sqlite3.connect(diary)) as one,
        closing(sqlite3.connect(tmp_path / "other.db")) as other,
    ):
        assert rows_of(other) == rows_of(one)


def test_all_that_came_back_works_as_before(whole, typed):
    typed(f"import {whole}")

    logged = typed('add @morning "roggebrood 1 slice" "friday soup 1" cheesy --json')

    assert [each["food"] for each in json.loads(logged.out)] == [
        "Vitamin D3", "bone pills", "rye bar", "friday soup", "Gouda",
    ]  # fmt: skip
    assert "levothyroxine" in typed("profile show").out
    assert "eu" in typed("config get region").out
    assert typed('add "gone bar 1"').code == 3
    assert typed('foods edit "rye bar" --calcium 50mg').code == 0
    assert typed('recipe show "friday soup"').code == 0
    assert "2 my slice = 44 g" in typed('add "gouda 2 my slice" --dry-run').out


def test_a_file_taken_twice_changes_nothing(whole, typed):
    typed(f"import {whole}")

    again = typed(f"import {whole}")

    assert again.out.startswith("imported 0 entries")
    assert "food" not in again.out


def test_an_import_of_a_whole_diary_is_undone_in_one_step(whole, typed):
    typed(f"import {whole}")

    assert typed("undo").code == 0

    assert typed("profile show").out.startswith("nothing") or "levo" not in typed("profile").out
    assert typed("add 'rye bar 1 slice'").code == 3
    assert typed("redo").code == 0
    assert typed("add 'rye bar 1 slice'").code == 0


def test_the_profile_stays_at_home(typed, tmp_path):
    """And so does which remarks are hidden, for that tells of medicines."""
    for line in WHOLE:
        typed(line)

    text = typed("export --format jsonl --no-profile").out

    assert "levothyroxine" not in text
    assert '"setting": "region"' in text
    assert "hidden" not in text


def test_a_window_holds_days_alone(typed):
    for line in WHOLE:
        typed(line)

    assert "own_food" not in typed("export --format jsonl --week").out


HOSTILE = (
    {"own_food": "own:x"},
    {"own_food": "own:x", "name": "x\x1b[2J", "kind": "food"},
    {"own_food": 7},
    {"setting": "region", "value": "mars"},
    {"setting": "routines", "value": {"a; rm -rf": {"items": ["egg"]}}},
    {"setting": "profile", "value": {"born": 12}},
    {"setting": "trusted", "value": "1"},
    {"source": "x", "citation": ["y"]},
)


@pytest.mark.parametrize("value", HOSTILE, ids=str)
def test_a_definition_that_cannot_be_is_one_line_and_nothing_is_written(value, typed, tmp_path):
    file = tmp_path / "bad.jsonl"
    file.write_text('{"schema": "k2log.diary/1"}\n' + json.dumps(value) + "\n")

    result = typed(f"import {file}")

    assert result.code == 1
    assert "line 2" in result.err
    assert "Traceback" not in result.err
    assert "\x1b" not in result.err
    assert "1 food" not in typed("history").out


def food_line(**other):
    line = {
        "own_food": "own:x", "name": "x", "kind": "food", "origin": "user", "unit": "g",
        "per": 100.0, "liquid": 0, "note": "", "announce": 0, "digest": "",
        "names": [["x", False]], "portions": [], "figures": {}, "recipe": None,
    }  # fmt: skip
    return line | other


@pytest.mark.parametrize(
    "other",
    [
        {"per": 0},
        {"per": "100"},
        {"kind": "drug"},
        {"liquid": 2},
        {"portions": [["slice", -1]]},
        {"portions": [["slice"]]},
        {"names": "x"},
        {"figures": {"iron": {}}},
        {"figures": {"calcium": {"best": 2, "low": 3, "high": 4, "basis": "label", "source": "",
                                 "note": ""}}},
        {"figures": {"calcium": {"best": 2, "low": 2, "high": 2, "basis": "magic", "source": "",
                                 "note": ""}}},
        {"recipe": {"serves": 1, "yield_grams": None, "items": []}},
        {"recipe": {"serves": 1, "yield_grams": None, "items": [{"key": "egg"}]}},
        {"retired": "yesterday"},
        {"changed": "2026-11-21"},
        {"surprise": 1},
    ],
    ids=str,
)  # fmt: skip
def test_a_food_with_a_wrong_part_is_refused(other, typed, tmp_path):
    file = tmp_path / "bad.jsonl"
    file.write_text(json.dumps(food_line(**other)) + "\n")

    assert typed(f"import {file}").code in (1, 2)
    file.write_text(json.dumps(food_line()) + "\n")
    assert typed(f"import {file}").out.startswith("imported 0 entries, 1 food")


# two diaries, by functions: the same paths as the commands take

TIMES = [f"2026-11-{day:02d}T11:00:00Z" for day in (1, 5, 5, 9, 12, 20)]
NAMES = ("rye bar", "oat drink", "bone pills")
times = st.sampled_from(TIMES)


def own_food(name: str, calcium: str, slice_grams: int) -> Food:
    label = read_label(name, "100 g", {"calcium": calcium}, [f"slice={slice_grams}g"], None, None)
    return food_of(label)


def do_food(diary: Diary, draw, at: str) -> None:
    name = draw(st.sampled_from(NAMES))
    food = own_food(name, draw(st.sampled_from(["10mg", "120mg", "95mg"])), draw(st.integers(5, 9)))
    save_own(diary, food, (name,), "foods add", at)


def do_retire(diary: Diary, draw, at: str) -> None:
    key = own_food(draw(st.sampled_from(NAMES)), "1mg", 5).key
    for food in foods_of_keys(diary, [key], retired=False).values():
        retire_own(diary, food, "foods rm", at)


def do_name(diary: Diary, draw, at: str) -> None:
    name, key = draw(st.sampled_from(["cheesy", "x"])), draw(st.sampled_from(["gouda", "edam"]))
    mean_from_now_on(diary, name, key, "foods alias", at)


def do_unname(diary: Diary, draw, at: str) -> None:
    remove_name(diary, draw(st.sampled_from(["cheesy", "x"])), "foods alias --rm", at)


def do_recipe(diary: Diary, draw, at: str) -> None:
    foods = foods_of_keys(diary, ["gouda", "egg"], retired=False)
    grams = draw(st.integers(10, 90))
    parts = tuple(ingredient(food, food_amount(food, grams, "g")) for food in foods.values())
    recipe = Recipe("supper", parts, serves=2.0)
    save_recipe(diary, dish("own:supper", recipe, foods), recipe, "recipe add", at)


def do_routine(diary: Diary, draw, at: str) -> None:
    name = read_routine_name(draw(st.sampled_from(["morning", "night"])))
    routine = Routine(name, (draw(st.sampled_from(["egg 1", "d3 1000IU"])),))
    update_routines(diary, lambda all_: with_routine(all_, routine), "routine add", at)


def do_measure(diary: Diary, draw, at: str) -> None:
    (food,) = foods_of_keys(
        diary, [draw(st.sampled_from(["gouda", "egg"]))], retired=False
    ).values()
    size = draw(st.sampled_from([20.0, 35.5, None]))
    change_measures(diary, food, {draw(st.sampled_from(["a", "b"])): size}, "foods edit", at)


def do_setting(diary: Diary, draw, at: str) -> None:
    change_setting(diary, "region", draw(st.sampled_from(["us", "eu"])), "config set", at)


def do_entry(diary: Diary, draw, at: str) -> None:
    entry = draw(entries())._replace(uid=draw(st.sampled_from("abc")), created=at)
    if not entries_with_uids(diary, [entry.uid]):
        add_entries(diary, [entry], "add")


def do_edit(diary: Diary, draw, at: str) -> None:
    for entry in itertools.islice(live(diary), 1):
        day = entry.day + timedelta(days=1)
        edited = entry._replace(day=day, time=None, note=draw(st.sampled_from(["a", "b"])))
        save_edits(diary, [entry], [edited], "edit", at)


def do_remove(diary: Diary, draw, at: str) -> None:
    for entry in itertools.islice(live(diary), 1):
        remove_entries(diary, [entry.id or 0], "rm", at)


def do_mark(diary: Diary, draw, at: str) -> None:
    status = draw(st.sampled_from(["complete", "incomplete"]))
    diary.db.execute("INSERT OR REPLACE INTO days VALUES ('2026-11-01', ?, ?)", (status, at))


def live(diary: Diary):
    return entries_between(diary, date(1900, 1, 1), date(2100, 1, 1))


DEEDS = (
    do_food, do_retire, do_measure, do_name, do_unname, do_recipe, do_routine, do_setting, do_entry,
    do_edit, do_remove, do_mark,
)  # fmt: skip


NUMBERS = frozenset({"id", "food_id", "position"})


def rows_of(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Return every row of every table but the journal's, without the numbers that a diary gives.

    Rows about a food say its key, and stand in their order. What an export leaves out is missing
    here after an import.
    """
    keys = dict(db.execute("SELECT id, key FROM main.foods"))
    tables = db.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        " AND name NOT LIKE '%sqlite_%' AND name NOT LIKE '%_fts%' AND name NOT LIKE 'change%'"
    )
    contents: dict[str, list[str]] = {}
    for (table,) in tables.fetchall():
        cursor = db.execute(f"SELECT * FROM main.{table}")
        columns = [column for column, *_ in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        texts = []
        for row in rows:
            cells = {name: cell for name, cell in row.items() if name not in NUMBERS}
            if table == "settings" and str(row["value"]).startswith("{"):
                cells["value"] = json.loads(row["value"])  # however it is spaced
            of = keys.get(row.get("food_id"), "")
            texts.append((of, row.get("position", 0), json.dumps(cells, sort_keys=True)))
        contents[table] = [f"{of} {text}" for of, _, text in sorted(texts)]
    return contents


def live_a_while(diary: Diary, data: st.DataObject, most: int = 8) -> None:
    """Let things happen in a diary, in the order of time."""
    diary.with_foods()
    deeds = data.draw(st.lists(st.tuples(times, st.sampled_from(DEEDS)), max_size=most))
    for at, deed in sorted(deeds, key=lambda each: each[0]):
        deed(diary, data.draw, at)


def text_of(diary: Diary) -> str:
    return "".join(diary_lines(diary, stream_entries(diary, None, DATED), Contents()))


def read(diary: Diary, text: str, *, update: bool = True):
    wrong = stage(diary, read_jsonl(lines_of(text), MOMENT))
    assert wrong.shown == []
    outcome = take(diary, update=update, command="import", at="2026-11-21T11:00:00Z")
    for table in ("staged", "staged_marks", "matched", "staged_definitions"):
        diary.db.execute(f"DROP TABLE temp.{table}")
    return outcome


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_diary_comes_back_the_same(data):
    with empty() as diary, empty() as other:
        live_a_while(diary, data)
        written = text_of(diary)

        read(other, written, update=False)

        assert text_of(other) == written
        assert rows_of(other.db) == rows_of(diary.db)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_two_diaries_that_take_each_others_files_end_alike(data):
    """Whichever takes first, and whether the files were written before or between."""
    with empty() as one, empty() as other:
        live_a_while(one, data, 4)
        read(other, text_of(one))
        live_a_while(one, data, 4)
        live_a_while(other, data, 4)
        first, second = text_of(one), text_of(other)
        if data.draw(st.booleans()):
            read(one, second)
            read(other, first)
        elif data.draw(st.booleans()):
            read(other, first)
            read(one, text_of(other))
        else:
            read(one, second)
            read(other, text_of(one))

        assert text_of(one) == text_of(other)
        both = text_of(one)
        assert not read(one, both).differences.total
        assert text_of(one) == both


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.data(), st.permutations([(0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)]))
def test_three_diaries_in_any_order_end_alike(data, order):
    with empty() as one, empty() as two, empty() as three:
        diaries = (one, two, three)
        for diary in diaries:
            live_a_while(diary, data, 4)
        for to, source in order * 2:
            read(diaries[to], text_of(diaries[source]))

        assert text_of(one) == text_of(two) == text_of(three)


@pytest.fixture
def two(typed, tmp_path, monkeypatch):
    """Run a line in one of two diaries, at a time; ``in_("a", "12:00", "add egg")``."""

    def in_(name, at, line):
        monkeypatch.setenv("K2LOG_DB", str(tmp_path / f"{name}.db"))
        monkeypatch.setenv("K2LOG_NOW", f"2026-11-21T{at}:00+01:00")
        result = typed(line.format(here=tmp_path))
        assert result.code == 0, result.err
        return result

    return in_


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_later_change_wins_in_both_directions(form, two):
    two("a", "08:00", "add 'gouda 30g'")
    two("a", "08:01", f"export -o {{here}}/a.{form}")
    two("b", "08:02", f"import {{here}}/a.{form}")
    two("a", "09:00", "edit 1 'gouda 40g'")
    two("b", "10:00", "edit 1 'gouda 50g'")
    two("a", "11:00", f"export -o {{here}}/a.{form} --force")
    two("b", "11:00", f"export -o {{here}}/b.{form}")

    kept = two("b", "11:01", f"import {{here}}/a.{form} --update")
    taken = two("a", "11:02", f"import {{here}}/b.{form} --update")

    assert "was changed here later and stays" in kept.err
    assert "1 newer here" in kept.out
    assert "1 replaced" in taken.out
    assert "50 g" in two("a", "11:03", "log").out
    assert "50 g" in two("b", "11:03", "log").out
    two("a", "11:04", "undo")
    assert "40 g" in two("a", "11:05", "log").out


def test_what_was_typed_into_an_exported_table_is_taken_and_is_newer(two, tmp_path):
    """Unless the entry was changed here after the export."""
    two("a", "08:00", "add 'gouda 30g'")
    two("a", "08:00", "add 'egg 2'")
    two("a", "08:01", "export -o {here}/a.csv")
    two("a", "08:30", "edit 2 'egg 3'")
    two("a", "08:31", "export -o {here}/old.jsonl")
    table = tmp_path / "a.csv"
    table.write_text(
        table.read_text().replace(",30,g,30,", ",40,g,40,").replace("egg,2,", "egg,9,")
    )

    taken = two("a", "09:00", "import {here}/a.csv --update")
    again = two("a", "09:01", "import {here}/old.jsonl --update")

    assert "1 replaced, 1 newer here" in taken.out
    assert "1 already there, 1 newer here" in again.out
    log = two("a", "09:02", "log").out
    assert "40 g" in log
    assert "Egg · 3" in log


def test_a_removal_stays_when_a_table_from_before_it_comes(two):
    two("a", "08:00", "add 'gouda 30g'")
    two("a", "08:01", "export -o {here}/a.csv")
    two("a", "09:00", "rm 1")

    result = two("a", "09:01", "import {here}/a.csv --update")

    assert "was changed here later and stays" in result.err
    assert "Gouda" not in two("a", "09:02", "log").out


@pytest.mark.parametrize(("edited", "there"), [("09:00", False), ("10:00", True)])
def test_a_removal_stays_unless_the_other_side_changed_it_later(edited, there, two):
    two("a", "08:00", "add 'gouda 30g'")
    two("a", "08:01", "export -o {here}/a.jsonl")
    two("b", "08:02", "import {here}/a.jsonl")
    two("a", "09:30", "rm 1")
    two("b", edited, "edit 1 'gouda 50g'")
    two("b", "11:00", "export -o {here}/b.jsonl")

    two("a", "11:02", "import {here}/b.jsonl --update")
    two("a", "11:03", "export -o {here}/a.jsonl --force")
    two("b", "11:04", "import {here}/a.jsonl --update")

    for name in "ab":
        assert ("Gouda" in two(name, "11:05", "log").out) is there
