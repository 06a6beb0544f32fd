"""A cell that another program filled with what it may not hold is named, and can be mended.

SQLite lets anybody write anything anywhere: text among numbers, days that no calendar has, JSON of
another shape. Each column of each table is tried, with values of every kind.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from k2log.config import DOCUMENTS
from k2log.store.cells import CELLS
from k2log.store.documents import READERS

WRONG = (
    "'rubbish'", "''", "x'00ff'", "-5", "9e999", "-9e999", "'2026-02-30'",
    "'2026-13-01T25:61+99:99'",
    "'{}'", "'[]'", "'{\"a\": [1, {\"b\": null}]}'", "'[{\"key\": 3}]'", "'null'", "NULL", "1e300",
    "7.5", "CAST(x'ff41' AS TEXT)", "'now'", "char(10) || 'x' || char(27)", "999999999999999",
)  # fmt: skip
"""SQL expressions; each is right somewhere and wrong elsewhere."""

COMMANDS = (
    [], ["log", "--week"], ["report", "--week"], ["add", "gouda 30g"], ["add", "@morning"],
    ["add", "house bread 30g"], ["add", "house soup"], ["repeat", "yesterday"],
    ["edit", "1", "--note", "x"],
    ["rm", "2"], ["undo"], ["redo"], ["history"], ["undo", "3"], ["routine"], ["recipe", "list"],
    ["recipe", "show", "house soup"], ["foods", "show", "house bread"],
    ["foods", "search", "house"],
    ["profile", "show"], ["profile", "set", "--born", "1950"], ["config", "list"],
    ["config", "set", "region", "eu"], ["caveats"], ["caveats", "hide", "d2-source"],
    ["explain", "yesterday"], ["explain", "1"], ["recalculate", "--week"], ["suggest"],
    ["chart"], ["day", "complete", "yesterday"], ["day"], ["report", "--week", "--format", "json"],
    ["report", "--week", "--by", "food"], ["foods", "names", "ho"],
    ["foods", "alias", "hb", "house bread"],
)  # fmt: skip
ALWAYS = (
    ["export"], ["export", "--format", "jsonl"], ["backup"],
    ["forget", "--before", "2020-01-01", "--yes"], ["path"], ["doctor"],
)  # fmt: skip
PLACES = [
    *((table, column) for table, columns in CELLS.items() for column in columns),
    *(("settings:" + key, "value") for key in (
        "profile", "routines", "hidden-caveats", "region", "measures", "day-starts",
        "colour", "informal-k2",
    )),
]  # fmt: skip
OWN = {
    "foods": "key LIKE 'own:house-bread%'",
    "food_names": "food_id IN (SELECT id FROM foods WHERE key LIKE 'own:house-bread%')",
    "portions": "food_id IN (SELECT id FROM foods WHERE key LIKE 'own:house-bread%')",
    "figures": "nutrient = 'calcium'"
    " AND food_id IN (SELECT id FROM foods WHERE key LIKE 'own:house-bread%')",
    "sources": "1", "recipes": "1", "entries": "id = 1", "days": "1", "changes": "id = 3",
    "change_rows": "before IS NOT NULL",
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory, request) -> Path:
    """Keep a diary that has a row of every kind."""
    return tmp_path_factory.mktemp("sound") / "sound.db"


@pytest.fixture
def sound_diary(sound, diary, k2log) -> Path:
    """Put a copy of it in place; the first time, make it."""
    if not sound.exists():
        for words in (
            ["config", "set", "region", "uk"], ["config", "set", "day-starts", "04:00"],
            ["config", "set", "colour", "never"], ["config", "set", "informal-k2", "100"],
            ["config", "set", "measures", "metric"],
            ["foods", "add", "house bread", "--calcium", "20mg", "--portion", "slice=28g"],
            ["foods", "edit", "house bread", "--calcium", "30mg"],
            ["recipe", "add", "house soup", "milk 200g", "rice 100g", "--yield", "250g"],
            ["routine", "add", "morning", "d3 1000IU"],
            ["profile", "set", "--born", "1954", "--medicine", "warfarin", "--sex", "female"],
            ["caveats", "hide", "k2-lower-bound"],
            [
                "add", "natto 1tbsp", "house bread 30g", "--on", "yesterday", "--at", "08:00",
                "--meal", "breakfast",
            ],
            ["add", "d3 1000IU", "calcium 500mg", "--on", "yesterday", "--yes"],
            ["edit", "2", "--note", "with butter"],
            ["day", "complete", "2026-11-18"], ["rm", "4"],
        ):  # fmt: skip
            result = k2log(*words)
            assert result.code == 0, (words, result.err)
        with closing(sqlite3.connect(diary)) as db:
            db.execute("INSERT INTO sources VALUES ('table', 'A table', '2020', 'here', '')")
            db.commit()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode = DELETE")
        shutil.move(diary, sound)
    shutil.copy(sound, diary)
    return diary


def put(diary: Path, table: str, column: str, value: str) -> bool:
    """Put a value into a cell of one row as another program might; tell if SQLite let it."""
    table, _, key = table.partition(":")
    which = f"key = '{key}'" if key else OWN.get(table, "1")
    with closing(sqlite3.connect(diary)) as db, db:
        try:
            done = db.execute(f"UPDATE {table} SET {column} = {value} WHERE {which}")
        except sqlite3.IntegrityError:
            return False
        assert done.rowcount > 0, (table, column)
    return True


def check(result, words, cell) -> None:
    """Hold that a command works, or says in one line what is wrong; that is no bug of ours."""
    assert result.code in (0, 1, 2, 3, 4), (cell, words, result)
    if result.code and words != ["doctor"]:
        lines = [line for line in result.err.splitlines() if line.startswith("k2log: ")]
        assert len(lines) == 1, (cell, words, result)


def try_cell(table, column, value, commands, diary, k2log) -> None:
    """Put a value in, run commands each on a diary of its own, then mend it."""
    if not put(diary, table, column, value):
        return
    filled = diary.read_bytes()
    refused = False
    for words in commands:
        diary.write_bytes(filled)
        result = k2log(*words) if words else k2log("--plain")
        check(result, words, (table, column, value))
        refused = refused or result.code == 4
    for words in ALWAYS:
        diary.write_bytes(filled)
        for end in ("-wal", "-shm"):
            diary.with_name(f"{diary.name}{end}").unlink(missing_ok=True)
        result = k2log(*words)
        check(result, words, (table, column, value))
        assert result.code == 0 or words == ["doctor"], (table, column, value, words, result)
        if words == ["doctor"] and refused:
            assert result.code == 1, (table, column, value, result)
    if refused and not table.startswith("settings"):  # k2log config unset mends those
        diary.write_bytes(filled)
        mended = k2log("doctor", "--fix")
        assert mended.code == 0, (table, column, value, mended)
        assert k2log("log", "--week").code == 0


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), PLACES[::6], ids=str)
def test_a_wrong_cell_is_named_or_harmless(table, column, sound_diary, k2log):
    """Text, a blob and a number out of range; all columns in the long lane."""
    sound = sound_diary.read_bytes()
    for value in WRONG[:4]:
        sound_diary.write_bytes(sound)
        try_cell(table, column, value, (["log", "--week"], ["add", "egg 1"]), sound_diary, k2log)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["profile", "routines", "region", "day-starts"])
def test_a_setting_that_is_no_utf8_keeps_nothing_in(key, sound_diary, k2log):
    """Entries get out, and doctor finds and mends it."""
    assert put(sound_diary, f"settings:{key}", "value", "CAST(x'eda080' AS TEXT)")

    for words in ALWAYS:
        assert k2log(*words).code == 0 or words == ["doctor"], words
    assert k2log("doctor", "--fix").code == 0
    assert k2log("log", "--week").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("value", WRONG[2::5])
def test_whatever_an_entry_holds_is_exported(value, form, sound_diary, k2log):
    """All cells of a row may be wrong at once."""
    for column in CELLS["entries"]:
        if column not in ("day", "removed"):  # they tell which entries there are
            put(sound_diary, "entries", column, value)

    result = k2log("export", "--format", form)

    assert result.code == 0, result
    assert result.out.count("2026-11-20") >= 2


@pytest.mark.long
@pytest.mark.parametrize(("table", "column"), PLACES, ids=str)
def test_every_command_bears_a_wrong_cell(table, column, sound_diary, k2log):
    """Every other kind of value in each cell; they take turns, and so do the commands."""
    sound = sound_diary.read_bytes()
    turn = PLACES.index((table, column))
    for number, value in list(enumerate(WRONG))[turn % 2 :: 2]:
        sound_diary.write_bytes(sound)
        first = (turn + number * len(COMMANDS) // len(WRONG)) % len(COMMANDS)
        commands = (["log", "--week"], ["undo", "3"], COMMANDS[first])
        try_cell(table, column, value, commands, sound_diary, k2log)


def test_every_document_among_the_settings_has_a_reader():
    """So that doctor and import check it."""
    assert READERS.keys() == DOCUMENTS.keys()
