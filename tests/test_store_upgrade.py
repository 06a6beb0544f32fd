"""A diary of every older schema opens, and nothing in it is lost.

``fixtures/schema-1.sql`` is what the last k2log of schema 1 wrote: entries of several kinds,
one of them a weekly dose, day marks, settings, an own food that was edited, a name for it and one
for a catalogue food, removed entries, and an add that was undone. ``fixtures/schema-2.sql`` is that
diary upgraded by the last k2log of schema 2, which added a recipe, a routine and a profile;
``fixtures/schema-3.sql`` by that of schema 3, which imported two foods, gave, took and undid names,
and added a recipe of a renamed food; ``fixtures/schema-4.sql`` is that with the indexes of wrong
rows of schema 4, ``fixtures/schema-5.sql`` that without copies of the package's foods. Of the
catalogue they hold what these use; of schemas 1, 3 and 4
also every food's place.
"""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from conftest import older_diary
from k2log.errors import DiaryError
from k2log.store import upgrade as upgrading
from k2log.store.diary import open_diary
from k2log.store.file import SCHEMA, schema_of
from k2log.store.upgrade import FOLDER, migration_files

KEPT = {
    "entries": "SELECT * FROM entries ORDER BY id",
    "totals": "SELECT * FROM daily_totals ORDER BY day",
    "diary_entries": "SELECT * FROM diary_entries ORDER BY id",
    "days": "SELECT * FROM days ORDER BY day",
    "settings": "SELECT key, value FROM settings WHERE key <> 'catalogue' ORDER BY key",
    "own foods": "SELECT key, name, kind, unit, per, piece, liquid, note, retired"
    " FROM foods WHERE origin = 'user'",
    "own figures": "SELECT figures.* FROM figures JOIN foods ON id = food_id AND origin = 'user'",
    "own names": "SELECT food_names.* FROM food_names JOIN foods ON foods.id = food_id"
    " WHERE own OR origin = 'user'",
    "changes": "SELECT * FROM changes ORDER BY id",
    "change rows": "SELECT * FROM change_rows ORDER BY change_id, position",
}


OLDER = tuple(range(1, SCHEMA))


@pytest.fixture
def old(diary: Path) -> Path:
    """Put a diary of schema 1 in place."""
    return older_diary(1, diary)


def held(path: Path) -> dict[str, list[tuple]]:
    """Return what a diary holds that no upgrade may change, without k2log's own help."""
    with closing(sqlite3.connect(path)) as db:
        return {what: db.execute(query).fetchall() for what, query in KEPT.items()}


def schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return schema_of(db)


@pytest.mark.parametrize("number", OLDER)
def test_a_diary_of_an_older_schema_is_upgraded_and_nothing_is_lost(number, diary, k2log):
    """Entries, totals, marks, settings, own foods and names, and the journal are as before."""
    before = held(older_diary(number, diary))

    result = k2log("log --week")

    assert result.code == 0, result.err
    assert schema(diary) == SCHEMA
    assert held(diary) == before
    assert len(before["entries"]) == (14 if number >= 3 else 12)


@pytest.mark.parametrize("number", OLDER)
def test_of_the_foods_once_copied_only_those_the_user_named_stay(number, diary, k2log):
    """Bare rows in their old places, also for names that undo may bring back; no copied figure."""
    before = foods(older_diary(number, diary))

    k2log("log")
    after = foods(diary)

    assert after.items() <= before.items()
    named = {"gouda"} if number < 3 else {"gouda", "edam", "egg", "brie"}
    assert {key for key, (_, origin) in after.items() if origin == "catalogue"} == named
    assert {it for it in before.items() if it[1][1] != "catalogue"} <= set(after.items())
    with closing(sqlite3.connect(diary)) as db:
        for table in ("figures", "portions"):
            query = f"SELECT 1 FROM {table} JOIN foods ON id = food_id AND origin = 'catalogue'"
            assert db.execute(query).fetchall() == []
        assert db.execute("SELECT 1 FROM settings WHERE key = 'catalogue'").fetchall() == []
        db.execute(
            "INSERT INTO food_names_fts (food_names_fts, rank) VALUES ('integrity-check', 1)"
        )


def foods(path: Path) -> dict[str, tuple]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT key, id, origin FROM foods")
        return {key: (place, origin) for key, place, origin in rows}


@pytest.mark.parametrize("number", OLDER)
def test_entries_recipes_and_names_mean_the_packages_foods_after_the_upgrade(number, diary, k2log):
    """An alias, an own food, a recipe and an imported food are logged as before, by old figures."""
    older_diary(number, diary)
    lines = {1: ["breakfast-cheese 30g", "pillen 2 tablets"]}
    lines[2] = [*lines[1], "cheese egg", "@morning"]
    lines[3] = [*lines[2], "ochtendkaas 30g", "supper", "pil 2 tablets", "zalm 100g"]

    lines[4] = lines[5] = lines[3]

    for line in lines[number]:
        result = k2log("add", line, "--json")
        assert result.code == 0, (line, result.err)
        first = json.loads(result.out)[0]
        assert first["nutrients"]["calcium"]["amount"] is not None, line
    assert k2log("recalculate", "1-20", "--dry-run").code == 0
    diary.chmod(0o600)
    assert k2log("doctor").code == 0


def test_names_given_before_the_upgrade_are_undone_and_redone(diary, k2log):
    """Back through every change of schema 3, and forward again: each name means what it meant."""
    older_diary(3, diary)
    for _ in range(2):  # the names zalm and pil
        assert k2log("undo").code == 0
    assert "read as Dutch: salmon" in k2log("add zalm 100g --dry-run").err  # no name of one's own
    for _ in range(2):  # the recipe; "eitje" taken away
        assert k2log("undo").code == 0
    assert "Egg · 1" in k2log("add", "eitje 1", "--dry-run").out
    for _ in range(3):  # "eitje" given, "ochtendkaas" given, the import
        assert k2log("undo").code == 0
    assert k2log("add ochtendkaas 30g").code == 3
    for _ in range(7):
        assert k2log("redo").code == 0

    for line in ("ochtendkaas 30g", "zalm 100g", "pil 2 tablets", "supper"):
        assert k2log("add", line, "--dry-run").code == 0, line
    assert "read as Dutch: egg" in k2log("add eitje 1 --dry-run").err


@pytest.mark.parametrize("number", OLDER)
def test_an_upgrade_killed_in_the_middle_leaves_the_old_diary(number, diary, k2log):
    """At whichever statement it stops: nothing is lost, and the next start upgrades."""
    before = held(older_diary(number, diary))
    (last,) = migration_files(FOLDER)[-1:]
    statements = len([*upgrading.statements(last.read_text(encoding="utf-8"))])

    for at in range(1, statements + 1):
        killed = subprocess.run(
            [sys.executable, "-c", _KILLED, str(at), str(diary), str(last)],
            check=False,
            capture_output=True,
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert schema(diary) == number
        assert held(diary) == before
    assert k2log("log").code == 0
    assert schema(diary) == SCHEMA
    assert held(diary) == before


_KILLED = """
import os, signal, sys
from pathlib import Path
from k2log.store import diary, upgrade

original, count = upgrade.statements, 0

def deadly(script):
    for statement in original(script):
        yield statement
        global count
        count += script == Path(sys.argv[3]).read_text(encoding="utf-8")
        if count == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)

upgrade.statements = deadly
diary.open_diary(Path(sys.argv[2]))
"""


@pytest.mark.parametrize("number", OLDER)
def test_the_upgraded_schema_is_that_of_a_new_diary(number, diary, k2log, tmp_path):
    """Tables, indexes, views and triggers are the same, wherever a diary began."""
    older_diary(number, diary)
    k2log("log")
    with open_diary(tmp_path / "new.db", create=True):
        pass

    assert definitions(diary) == definitions(tmp_path / "new.db")


def definitions(path: Path) -> set[tuple]:
    with closing(sqlite3.connect(path)) as db:
        return set(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@pytest.mark.parametrize("number", OLDER)
def test_the_old_diary_is_left_among_the_backups(number, diary, k2log):
    """A copy at its schema, for the user alone, with all that was in it."""
    before = held(older_diary(number, diary))

    k2log("log")

    (backup,) = diary.parent.glob(f"backups/*-before-schema-{SCHEMA}.db")
    assert schema(backup) == number
    assert held(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600


def test_opening_a_second_time_changes_nothing(old, k2log):
    """The upgrade is done once: no second copy, not a byte changed."""
    k2log("log")
    after = old.read_bytes()

    assert k2log("log").code == 0
    assert old.read_bytes() == after
    assert len(list(old.parent.glob("backups/*"))) == 1


def test_own_foods_and_names_still_mean_what_they_meant(old, k2log):
    """A label that was edited, a name for it, and one for a catalogue food."""
    (pill,) = json.loads(k2log("add pillen 2 tablets --dry-run --json").out)

    assert (pill["food"], pill["nutrients"]["calcium"]["amount"]) == ("bone health", 600)
    assert "Gouda · 30 g" in k2log("add breakfast-cheese 30g --dry-run").out


def test_changes_made_before_the_upgrade_can_be_undone(old, k2log):
    """A removal, an entry, an edit of an own food: in turn, and all the way back."""
    assert k2log("undo").code == 0
    assert "Gouda · 40 g" in k2log("log --week").out
    assert k2log("undo").code == 0
    assert "bone health · 1 tablet" not in k2log("log --week").out
    assert k2log("undo").code == 0
    assert "calcium 500 mg" in k2log("add", "bone health 2 tablets", "--dry-run").out
    while k2log("undo").code == 0:
        pass
    assert json.loads(k2log("log --week --json").out) == []
    assert k2log("add", "bone health 2 tablets").code == 3


def test_an_edit_undone_after_the_upgrade_can_be_done_again(old, k2log):
    """Redo takes the newer document of the food, undo the older one."""
    for _ in range(3):
        k2log("undo")
    for _ in range(3):
        assert k2log("redo").code == 0

    assert "calcium 600 mg" in k2log("add", "bone health 2 tablets", "--dry-run").out


def test_an_upgrade_that_fails_half_way_leaves_schema_1(old, k2log, tmp_path):
    """Not a row is lost, and a k2log that can upgrade does so."""
    before = held(old)
    folder = tmp_path / "broken"
    folder.mkdir()
    shutil.copy(migration_files(FOLDER)[0], folder)
    (folder / "0002_broken.sql").write_text("CREATE TABLE half (a);\nDROP TABLE no_such;\n")

    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        with pytest.raises(sqlite3.OperationalError, match="no such table: no_such"):
            upgrading.upgrade(db, old, folder)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}

    assert "entries" in tables
    assert "half" not in tables
    assert schema(old) == 1
    assert held(old) == before
    assert k2log("add egg 1").code == 0
    assert schema(old) == SCHEMA


def test_a_diary_that_is_newer_is_refused_and_left(old):
    """What this k2log does not know it does not touch."""
    with closing(sqlite3.connect(old)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = old.read_bytes()

    with pytest.raises(DiaryError, match="newer k2log"):
        open_diary(old, create=True)

    assert old.read_bytes() == before
    assert not (old.parent / "backups").exists()


def test_an_upgraded_diary_takes_recipes(old, k2log):
    """What the new schema is for, with a food of the old one inside."""
    result = k2log("recipe", "add", "cheese egg", "breakfast-cheese 30g", "egg 1")

    assert result.code == 0, result.err
    assert "cheese egg · 1 serving = 80 g" in k2log("add", "cheese egg").out


def test_what_schema_2_added_is_kept(diary, k2log):
    """A recipe, a routine and a profile mean what they meant, and can be taken back."""
    older_diary(2, diary)

    assert "cheese egg · 1 serving = 40 g" in k2log("add", "cheese egg", "--dry-run").out
    assert "d3 1000IU" in k2log("routine", "show", "morning").out
    assert "levothyroxine" in k2log("profile", "show").out
    for _ in range(3):
        assert k2log("undo").code == 0
    assert k2log("add", "cheese egg", "--dry-run").code == 3
