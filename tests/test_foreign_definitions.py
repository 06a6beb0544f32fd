"""A diary of somebody else: nothing that its file defines runs, and its entries get out."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from k2log.store.schema import FINGERPRINTS
from k2log.store.upgrade import definitions_at

FOREIGN = {
    "a trigger that deletes": "CREATE TRIGGER t AFTER INSERT ON entries"
    " BEGIN DELETE FROM days; END",
    "a trigger that falsifies": "CREATE TRIGGER t AFTER INSERT ON entries"
    " BEGIN UPDATE entries SET calcium_mg = 0; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "a view that never ends": "CREATE VIEW v AS WITH RECURSIVE n (i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "an index that refuses": "CREATE UNIQUE INDEX i ON entries (food)",
    "a trigger on the journal": "CREATE TRIGGER t BEFORE INSERT ON change_rows"
    " BEGIN SELECT raise(IGNORE); END",
    "another view of ours": "DROP VIEW daily_totals; CREATE VIEW daily_totals AS SELECT 1",
    "no index of ours": "DROP INDEX entries_day",
    "a view in the place of a table": "DROP TABLE days; CREATE VIEW days AS SELECT 1 AS day,"
    " 2 AS status, 3 AS changed",
}
COMMANDS = (
    "add egg 1", "log", "report --week", "undo", "edit 1 --note x", "rm 1", "history",
    "config list", "profile show", "routine", "day complete", "caveats", "recalculate --week",
)  # fmt: skip


def define(diary, script: str) -> None:
    """Define something as another program would."""
    with closing(sqlite3.connect(diary)) as db:
        db.executescript(script)


def rows(diary) -> list[tuple]:
    with closing(sqlite3.connect(diary)) as db:
        return db.execute("SELECT * FROM entries ORDER BY id").fetchall()


@pytest.mark.parametrize("schema", range(1, len(FINGERPRINTS) + 1))
def test_each_schema_is_known_by_its_fingerprint(schema):
    """Whoever adds a migration adds that of the new schema to FINGERPRINTS, as it is told here."""
    assert definitions_at(schema).fingerprint == FINGERPRINTS[schema - 1]


@pytest.mark.parametrize("what", FOREIGN)
def test_a_diary_that_defines_more_is_refused_and_left(what, diary, k2log):
    """By every command, with exit code 4 and the way out."""
    k2log("add natto 1tbsp, gouda 30g")
    define(diary, FOREIGN[what])
    before = rows(diary)

    for command in COMMANDS:
        result = k2log(command)
        assert result.code == 4, (command, result)
        assert result.err.count("\n") == 1
        assert "k2log export" in result.err
    assert rows(diary) == before


@pytest.mark.parametrize("what", [it for it in FOREIGN if "place of" not in it])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_its_entries_are_taken_out_and_in_elsewhere(what, form, diary, k2log, tmp_path):
    """The way that the message names."""
    k2log("add natto 1tbsp, gouda 30g")
    define(diary, FOREIGN[what])
    file = tmp_path / f"out.{form}"

    assert k2log("export", "-o", str(file)).code == 0
    assert k2log("--db", str(tmp_path / "new.db"), "import", str(file)).code == 0
    assert "Natto" in k2log("--db", str(tmp_path / "new.db"), "log").out


def test_a_view_in_the_place_of_entries_is_not_read(diary, k2log):
    """It could be anything, and never end."""
    k2log("add egg 1")
    define(diary, "ALTER TABLE entries RENAME TO other; CREATE VIEW entries AS SELECT * FROM other")

    assert k2log("export").code == 4
    assert k2log("log").code == 4


@pytest.mark.parametrize("what", FOREIGN)
def test_doctor_finds_it_and_restore_refuses_it(what, diary, k2log):
    """Where once it said that the diary is well, and carried the trigger over."""
    k2log("add egg 1")
    copy = diary.with_name("copy.db")
    k2log("backup", "-o", str(copy))
    define(copy, FOREIGN[what])
    before = rows(diary)

    found = k2log("--db", str(copy), "doctor", "--json")
    result = k2log("restore", str(copy), "--yes")

    assert found.code == 1
    assert "definitions" in [each["id"] for each in json.loads(found.out)["findings"]]
    assert result.code == 4, result
    assert rows(diary) == before


def test_a_table_of_another_program_is_only_its_own(diary, k2log):
    """It changes nothing of what k2log does."""
    k2log("add egg 1")
    define(diary, "CREATE TABLE mine (a); CREATE INDEX my_index ON mine (a)")

    assert k2log("add egg 1").code == 0
    assert k2log("doctor").code in (0, 1)


@pytest.mark.parametrize(
    "before",
    [
        {"note = 'x', calcium_mg": 0},
        {"removed": None, "id": 7},
        {"changed = (SELECT 1); --": 1},
        {"calcium_mg": "rubbish"},
        {"calcium_mg": [1]},
        {"day": None},
        {},
    ],
    ids=str,
)
def test_undo_takes_only_names_that_it_knows(before, diary, k2log):
    """The journal's keys are no SQL, whoever wrote them, and its values no other than may be."""
    k2log("add egg 1")
    k2log("edit 1 --note hello")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE change_rows SET before = ? WHERE change_id = 2", [json.dumps(before)])
    entries = rows(diary)

    result = k2log("undo")

    assert result.code == 4, result
    assert result.err.count("\n") == 1
    assert rows(diary) == entries


ENDLESS = """
import sqlite3, sys
from k2log import __main__ as program
from k2log.store import diary
real = diary.definitions
def slow(db):
    print("begun", flush=True)
    db.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
               " SELECT count(*) FROM n").fetchone()
diary.definitions = slow
sys.argv = ["k2log", "log"]
program.main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_statement_that_does_not(number, code, diary, k2log):
    """Python would see it only behind the statement."""
    k2log("add egg 1")
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.3)
        process.send_signal(number)
        try:
            _, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == code, err
    assert "Traceback" not in err
