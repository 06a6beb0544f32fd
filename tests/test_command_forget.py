"""``k2log forget``: nothing of what is forgotten stays, and nothing else goes."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from k2log.store.diary import open_diary
from terminals import talk

SECRETS = (b"ambrosia", b"nightcap", b"breakfast nook")


@pytest.fixture
def logged(k2log, diary, tmp_path):
    """Log an old entry of a food that no catalogue has, with a note, and a newer one."""
    table = tmp_path / "old.csv"
    table.write_text("day,food,note,meal\n2026-01-05,ambrosia,nightcap,breakfast nook\n")
    k2log("import", str(table))
    k2log("add", "gouda 30g")
    return diary


def raw(diary: Path) -> bytes:
    """Return every byte of the diary and of the files that SQLite keeps beside it."""
    return b"".join(path.read_bytes() for path in diary.parent.glob(f"{diary.name}*"))


def test_what_is_old_goes_and_the_rest_stays(k2log, logged):
    """Counts are said; the newer entry and its undo are untouched."""
    result = k2log("forget --before 2026-06-01 --yes")

    assert result.code == 0, result.err
    assert result.out == "erased 1 entry from before 2026-06-01\n"
    assert [row["food"] for row in json.loads(k2log("log --year --json").out)] == ["Gouda"]
    assert k2log("undo").out == "took back: add gouda 30g  (entry 2, Gouda)\n"


def test_not_a_byte_of_it_is_left(k2log, logged):
    """Neither in the rows, the journal, free pages nor the log."""
    k2log("edit 1 --note nightcap-and-more")
    k2log("edit 1 --note quiet")
    k2log("rm 1")
    k2log("undo")
    k2log("redo")
    assert all(secret in raw(logged) for secret in SECRETS)

    k2log("forget --before 2026-06-01 --yes")

    assert [secret for secret in SECRETS if secret in raw(logged)] == []
    assert not Path(f"{logged}-wal").exists()


def test_the_log_is_emptied_while_another_program_is_connected(k2log, logged):
    """A connection that reads nothing just now is in nobody's way."""
    with open_diary(logged):
        k2log("edit 1 --note nightcap-and-more")
        result = k2log("forget --before 2026-06-01 --yes")
        left = raw(logged)

    assert result.code == 0, result.err
    assert [secret for secret in SECRETS if secret in left] == []


def test_a_program_that_reads_just_now_is_told_of(k2log, logged, monkeypatch):
    """Its moment cannot be taken from it: the entries are gone, old bytes are not."""
    monkeypatch.setattr("k2log.store.file.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("k2log.features.care.erasure.BUSY_SECONDS", 0.1)
    with open_diary(logged) as other:
        other.db.execute("BEGIN")
        other.db.execute("SELECT count(*) FROM entries").fetchone()
        result = k2log("forget --before 2026-06-01 --yes")
    again = k2log("forget --before 2026-06-01 --yes")

    assert result.code == 1
    assert "old bytes of them are still in the file" in result.err
    assert again.out == "erased nothing from before 2026-06-01\n"
    assert [secret for secret in SECRETS if secret in raw(logged)] == []


def test_removed_entries_and_marks_go_too(k2log, logged):
    """What rm took out is still in the file, until it is forgotten."""
    k2log("add egg 1 --on 2026-01-06")
    k2log("rm 3")
    k2log("day skip 2026-01-07")

    result = k2log("forget --before 2026-06-01 --yes")

    assert result.out == "erased 1 entry, 1 removed entry and 1 day mark from before 2026-06-01\n"
    with closing(sqlite3.connect(logged)) as db:
        assert db.execute("SELECT count(*) FROM days").fetchone() == (0,)


def test_the_day_itself_stays(k2log, logged):
    """Before means before."""
    assert (
        k2log("forget --before 2026-01-05 --yes").out == "erased nothing from before 2026-01-05\n"
    )
    assert k2log("forget --before 2026-01-06 --yes").out.startswith("erased 1 entry")


def test_a_dry_run_only_counts(k2log, logged):
    """It says what would go; the file does not change."""
    before = raw(logged)

    result = k2log("forget --before 2026-06-01 --dry-run")

    assert (result.code, result.out) == (0, "would erase 1 entry from before 2026-06-01\n")
    assert raw(logged) == before


def test_without_a_terminal_it_wants_a_yes(k2log, logged):
    """It says what goes, and what undo loses."""
    result = k2log("forget --before 2026-06-01")

    assert result.code == 1
    assert result.err == (
        "k2log: This erases 1 entry from before 2026-06-01, for good. Undo loses 1 change."
        " If that is right, add --yes.\n"
    )
    assert b"ambrosia" in raw(logged)


@pytest.mark.parametrize(("reply", "code"), [("y\r", 0), ("n\r", 1)])
def test_in_a_terminal_it_asks(reply, code, logged):
    """Yes erases, no does not."""
    seen = talk("forget", "--before", "2026-06-01", replies=[(r"Erase it\?", reply)])

    assert seen.code == code, seen.screen
    assert (b"ambrosia" in raw(logged)) == bool(code)


def test_a_dose_that_lasts_is_said(k2log, logged):
    """It would have counted for days that stay."""
    k2log("add d3 50000IU --every 30d --on 2026-11-10")

    assert "1 dose among it" in k2log("forget --before 2026-11-15").err


def test_undo_of_what_is_forgotten_is_gone(k2log, logged):
    """A change that touched it goes whole, its words too; others stay."""
    k2log("edit 1-2 --note both")
    k2log("forget --before 2026-06-01 --yes")

    assert [each["command"] for each in json.loads(k2log("history --json").out)] == [
        "add gouda 30g"
    ]


def test_foods_and_profile_of_ones_own_stay(k2log, logged):
    """Only --all takes them."""
    k2log("foods", "add", "elixir", "--per", "1 tablet", "--calcium", "500mg")
    k2log("profile set --born 1964")

    k2log("forget --before today --yes")

    assert k2log("add", "elixir 1 tablet").code == 0
    assert "1964" in k2log("profile show").out


def test_everything_goes_with_all(k2log, logged):
    """Foods, names, profile, routines and settings; the catalogue is as it was."""
    k2log("foods", "add", "elixir of ambrosia", "--per", "1 tablet", "--calcium", "500mg")
    k2log("foods", "alias", "nightcap", "gouda")
    k2log("recipe", "add", "breakfast nook", "egg 1", "gouda 30g")
    k2log("routine", "add", "elixirs", "elixir of ambrosia 1 tablet")
    k2log("profile set --born 1964-05-17")

    result = k2log("forget --all --yes")

    left = raw(logged)
    assert result.code == 0, result.err
    assert [word for word in (*SECRETS, b"elixir", b"1964-05-17") if word in left] == []
    assert k2log("doctor --json").code == 0
    assert "Gouda" in k2log("add gouda 30g").out
    assert k2log("undo").code == 0
    assert k2log("undo").code == 1


@pytest.mark.parametrize("command", ["forget", "forget --all --before today", "forget --before x"])
def test_what_is_to_go_must_be_said(command, k2log, logged):
    """One way, and readable; nothing is erased."""
    result = k2log(*command.split(), "--yes")

    assert result.code == 2
    assert result.err.count("\n") == 1
    assert b"ambrosia" in raw(logged)


def test_where_there_is_no_diary_there_is_nothing_to_forget(k2log, diary):
    """And none is made."""
    assert k2log("forget --all --yes").out == "erased nothing\n"
    assert not diary.exists()


def test_backups_that_still_hold_it_are_named(k2log, logged):
    """Those made before, by hand and by k2log; not those made after."""
    k2log("backup")
    (backup,) = (logged.parent / "backups").iterdir()
    old = backup.with_name("diary-20260101T000000Z-before-schema-2.db")
    old.write_bytes(backup.read_bytes())
    first = k2log("forget --before 2026-06-01 --yes")
    k2log("backup")
    again = k2log("forget --before 2026-06-01 --yes")

    said = (
        f"These still hold it:\n    {backup}\n    {old}\n"
        "To delete them, whole: k2log forget --before 2026-06-01 --backups\n"
    )
    assert first.err == again.err == said


def test_backups_that_still_hold_it_can_go_too(k2log, logged):
    """Whole files, and only those."""
    k2log("backup")
    (old,) = (logged.parent / "backups").iterdir()
    k2log("forget --before 2026-06-01 --yes")
    k2log("backup")
    unconfirmed = k2log("forget --before 2026-06-01 --backups")

    result = k2log("forget --before 2026-06-01 --backups --yes")

    (kept,) = (logged.parent / "backups").iterdir()
    assert "It deletes 1 backup file, whole." in unconfirmed.err
    assert (result.code, result.err) == (0, "deleted 1 backup file\n")
    assert kept != old


STEPS = st.lists(
    st.sampled_from(
        ["add egg 1 --on 2026-01-05", "add gouda 30g", "rm 1", "rm 2", "undo", "redo", "undo 1",
         "edit 1 --note x", "edit 2 --on 2026-01-06", "edit 1-2 --meal lunch", "day skip -1",
         "day skip 2026-01-05", "day clear 2026-01-05", "forget --before 2026-06-01 --yes"]
    ),
    max_size=14,
)  # fmt: skip


@pytest.mark.long
@given(steps=STEPS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_before_forgetting_holds_together(steps, k2log, diary):
    """Nothing old is left, nothing new is lost, and all that is left can be undone."""
    for path in diary.parent.glob(f"{diary.name}*"):
        path.unlink()
    k2log("add egg 1")
    for step in steps:
        assert k2log(step).code in {0, 1, 2}, step
    kept = new_days(k2log)

    result = k2log("forget --before 2026-06-01 --yes")

    assert result.code == 0, result.err
    assert new_days(k2log) == kept
    with closing(sqlite3.connect(diary)) as db:
        assert db.execute("SELECT count(*) FROM entries WHERE day < '2026-06-01'").fetchone() == (
            0,
        )
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    while (undone := k2log("undo")).code == 0:
        pass
    assert undone.err == "k2log: there is nothing to undo.\n"


def new_days(k2log) -> list[dict[str, object]]:
    return json.loads(k2log("log --from 2026-06-01 --json").out)


COPYING = """
import sys, time
from k2log.store import backup
backup._sync = lambda *_: (print("here", flush=True), time.sleep(60))
from k2log.__main__ import main
main()
"""


@contextmanager
def copying():
    """Start a program that stops in the midst of copying the diary, its temporary file there."""
    command = [sys.executable, "-c", COPYING, "backup"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "here\n"
            yield process
        finally:
            process.kill()


def all_bytes(folder: Path) -> bytes:
    """Return every byte of all files in a folder, but for the table that was imported."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".csv")
    return b"".join(path.read_bytes() for path in files)


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
def test_what_a_killed_program_left_goes_too(k2log, logged):
    """A copy that never got its name, a second old, is named, and goes with the backups."""
    k2log("backup")
    with copying() as process:
        process.kill()
        process.wait()
    (part,) = (logged.parent / "backups").glob(".k2log.*")

    named = k2log("forget --all --yes")
    result = k2log("forget --all --backups --yes")

    assert str(part) in named.err
    assert result.code == 0, result.err
    assert [secret for secret in SECRETS if secret in all_bytes(logged.parent)] == []
    assert "no temporary file is left over" in k2log("doctor").out


@pytest.mark.skipif(os.name != "posix", reason="locks of Unix")
def test_a_copy_that_is_being_made_is_told_of(k2log, logged, monkeypatch):
    """Nobody can say that nothing stays while another program copies the diary."""
    monkeypatch.setattr("k2log.features.care.erasure.BUSY_SECONDS", 0.1)
    with copying() as process:
        during = k2log("forget --all --backups --yes")
        looked = k2log("doctor")
        process.terminate()
        process.wait()
    after = k2log("forget --all --backups --yes")

    assert (during.code, during.out) == (1, "")
    assert f"another k2log is writing a file in {logged.parent / 'backups'}" in during.err
    assert "another k2log is writing a file in" in looked.out
    assert after.code == 0
    assert [secret for secret in SECRETS if secret in all_bytes(logged.parent)] == []


def test_the_log_that_another_program_left_beside_a_backup_goes_with_it(k2log, logged):
    """Somebody opened the backup with a program that was killed."""
    k2log("backup")
    (backup,) = (logged.parent / "backups").iterdir()
    Path(f"{backup}-wal").write_bytes(b"ambrosia")

    k2log("forget --all --backups --yes")

    assert list((logged.parent / "backups").iterdir()) == []


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_no_file_is_made_but_beside_the_diary(k2log, logged, tmp_path):
    """Neither in /tmp nor in /var/tmp, though the diary is larger than SQLite's cache."""
    k2log("add", ", ".join(["egg 1"] * 50), "--on", "2026-11-20")
    for _ in range(6):
        k2log("repeat 2026-11-20 --on 2026-11-20 --yes")
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=openat,open,creat", "-o", str(trace), sys.executable,
               "-m", "k2log", "forget", "--before", "2026-06-01", "--yes"]  # fmt: skip

    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)

    made = [line for line in trace.read_text().splitlines() if "O_CREAT" in line]
    assert done.returncode == 0, done.stderr
    assert made
    ours = [line for line in made if "faketime" not in line]  # what stops the clock keeps a file
    assert [line for line in ours if str(logged.parent) not in line] == []
