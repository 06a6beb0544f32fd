"""``k2log restore``."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from conftest import older_diary
from k2log import clock
from k2log.features.care.restoration import plan, restore
from k2log.store.backup import back_up
from k2log.store.diary import open_diary
from k2log.store.file import SCHEMA
from terminals import talk

NOON = datetime.fromisoformat("2026-11-21T12:00:00+01:00")


@pytest.fixture
def backup(diary, k2log) -> str:
    """Back up a diary of one egg, then log a cheese."""
    k2log("add egg 1")
    k2log("backup")
    k2log("add gouda 30g")
    (target,) = (diary.parent / "backups").iterdir()
    return str(target)


def entries(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return db.execute("SELECT count(*) FROM entries").fetchone()[0]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_diary_becomes_what_the_backup_holds(diary, k2log, backup):
    """What it held before is kept, and said."""
    result = k2log("restore", backup, "--yes")

    (kept,) = (diary.parent / "backups").glob("*-before-restore.db")
    assert result.code == 0, result.err
    assert result.out == (
        "restored 1 entry, the last of 2026-11-21\n"
        f"before, it held 2 entries, the last of 2026-11-21: kept as {kept}\n"
    )
    assert "Gouda" not in k2log("log").out
    assert entries(kept) == 2


def test_a_restore_can_be_taken_back(k2log, diary, backup):
    """By restoring what was kept."""
    k2log("restore", backup, "--yes")
    (kept,) = (diary.parent / "backups").glob("*-before-restore.db")

    k2log("restore", str(kept), "--yes")

    assert "Gouda" in k2log("log").out


def test_the_diary_goes_on_after_a_restore(diary, k2log, backup):
    """It takes entries, in write-ahead mode, with its catalogue and its journal."""
    k2log("restore", backup, "--yes")

    assert k2log("add natto 1tbsp").code == 0
    assert k2log("undo").code == 0
    with closing(sqlite3.connect(diary)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_rows_in_a_log_left_behind_do_not_come_back(diary, k2log, backup):
    """A program killed with its rows still in the log: after a restore they are gone."""
    reader = sqlite3.connect(diary, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    k2log("add natto 1tbsp")
    for end in ("-wal", "-shm"):
        shutil.copy(f"{diary}{end}", f"{diary}.{end}")
    reader.close()
    for end in ("-wal", "-shm"):
        os.replace(f"{diary}.{end}", f"{diary}{end}")

    assert k2log("restore", backup, "--yes").code == 0
    assert entries(diary) == 1


def test_another_process_that_reads_sees_before_and_after(diary, k2log, backup):
    """An open diary keeps its moment, and then has the restored one."""
    with open_diary(diary) as other:
        other.db.execute("BEGIN")
        before = other.db.execute("SELECT count(*) FROM entries").fetchone()
        result = k2log("restore", backup, "--yes")
        during = other.db.execute("SELECT count(*) FROM entries").fetchone()
        other.db.execute("ROLLBACK")
        after = other.db.execute("SELECT count(*) FROM entries").fetchone()

    assert result.code == 0, result.err
    assert (before, during, after) == ((2,), (2,), (1,))


def test_a_diary_that_stays_locked_is_left(diary, k2log, backup, monkeypatch):
    """It fails within the busy time and says so."""
    monkeypatch.setattr("k2log.store.file.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(diary, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = k2log("restore", backup, "--yes")

    assert result.code == 1, result
    assert "in use" in result.err
    assert entries(diary) == 2


def test_an_entry_cannot_come_between_the_copy_and_the_restore(diary, k2log, backup, monkeypatch):
    """Who logs while the diary is backed up is kept waiting, and logs into the restored one."""
    monkeypatch.setattr("k2log.store.file.BUSY_SECONDS", 0.1)
    between = []

    def meanwhile(left: int, _: int) -> None:
        if not left and not between:
            between.append(k2log("add natto 1tbsp"))

    done = restore(plan(diary, Path(backup)), NOON, meanwhile)
    after = k2log("add natto 1tbsp")

    assert "in use" in between[0].err
    assert after.code == 0
    assert (entries(done.copy.path), entries(diary)) == (2, 2)


def test_an_entry_logged_after_the_question_is_in_the_copy(diary, k2log, backup):
    """What the plan said of the diary is old by then; the copy is not, and the answer tells it."""
    planned = plan(diary, Path(backup))
    k2log("add natto 1tbsp")

    done = restore(planned, NOON)

    assert (planned.now.entries, done.copy.contents.entries, entries(done.copy.path)) == (2, 3, 3)


def test_a_diary_made_after_the_question_is_copied_first(diary, k2log, backup):
    """Where there was none when it asked, the one that is there now is not written over unkept."""
    diary.unlink()
    planned = plan(diary, Path(backup))
    k2log("add", "natto 1tbsp, egg 2, gouda 20g")

    done = restore(planned, NOON)

    assert planned.now is None
    assert (entries(done.copy.path), entries(diary)) == (3, 1)


def test_the_backup_that_is_restored_is_not_pushed_out(diary, k2log, backup, set_now):
    """Be it the oldest of those that k2log made, and the copy made first one too many."""
    for minute in range(10):
        set_now(f"2026-11-21T13:{minute:02}:00+01:00")
        back_up(diary, clock.now(), "import")
    oldest = diary.parent / "backups" / "diary-20261121T120000Z-before-import.db"

    k2log("restore", str(oldest), "--yes")

    assert oldest.exists()


def test_without_a_terminal_it_wants_a_yes(diary, k2log, backup):
    """It says what would change, and changes nothing."""
    before = contents(diary.parent)

    result = k2log("restore", backup)

    assert result.code == 1
    assert result.err == (
        "k2log: The backup holds 1 entry, the last of 2026-11-21. The diary now holds 2 entries,"
        " the last of 2026-11-21; a backup of it is made first. If that is right, add --yes.\n"
    )
    assert contents(diary.parent) == before


@pytest.mark.parametrize(("reply", "code", "left"), [("y\r", 0, 1), ("n\r", 1, 2)])
def test_in_a_terminal_it_asks(reply, code, left, diary, backup):
    """Yes restores, no leaves the diary as it is."""
    seen = talk("restore", backup, replies=[(r"Restore the backup\?", reply)])

    assert (seen.code, entries(diary)) == (code, left), seen.screen
    assert "The diary now holds 2 entries" in seen.screen


def test_alone_it_lists_the_backups(diary, k2log, backup):
    """When, why, what is in it and how large, the newest first."""
    k2log("restore", backup, "--yes")

    listed = k2log("restore")

    about = r"1 entr(y|ies), the last of 2026-11-21, 0\.\d MB"
    assert listed.code == 0
    assert len(re.findall(r"2026-11-21 12:00  ", listed.out)) == 2
    assert re.search(rf"by hand, {about}\n    {backup}\n", listed.out)
    assert "before a restore, 2 entries" in listed.out


def test_there_may_be_no_backups(k2log):
    """It says how to make one."""
    result = k2log("restore")

    assert result.code == 0
    assert "k2log backup" in result.out


def spoiled(backup: Path) -> None:
    with backup.open("r+b") as file:
        file.seek(40_960)
        file.write(b"\xff" * 40_960)


def newer(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (spoiled, "is damaged"),
        (newer, "newer k2log"),
        (lambda file: file.write_text("Dear diary, " * 20), "is not a k2log diary"),
        (lambda file: file.write_bytes(b""), "is empty"),
        (Path.unlink, "is not there"),
    ],
    ids=["damaged", "newer", "foreign", "empty", "missing"],
)
def test_what_cannot_be_restored_is_refused(make, words, diary, k2log, backup):
    """One line, exit 4; neither the diary nor anything beside it changes."""
    make(Path(backup))
    before = contents(diary.parent)

    result = k2log("restore", backup, "--yes")

    assert result.code == 4, result
    assert words in result.err
    assert result.err.count("\n") == 1
    assert contents(diary.parent) == before


def test_the_diary_itself_is_no_backup(diary, k2log, backup):
    """Restoring it from itself is refused."""
    assert "is the diary itself" in k2log("restore", str(diary), "--yes").err


@pytest.mark.parametrize("what", ["foreign", "newer"])
def test_a_file_that_is_not_ours_is_not_written_over(what, diary, k2log, backup, tmp_path):
    """What stands where the diary should be is left alone."""
    elsewhere = tmp_path / "elsewhere" / "other.db"
    elsewhere.parent.mkdir()
    if what == "newer":
        with open_diary(elsewhere, create=True) as opened:
            opened.db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    else:
        with closing(sqlite3.connect(elsewhere)) as db:
            db.execute("CREATE TABLE recipes (name TEXT)")
    before = contents(elsewhere.parent)

    assert k2log("--db", str(elsewhere), "restore", backup, "--yes").code == 4
    assert contents(elsewhere.parent) == before


def test_a_lost_diary_comes_back(diary, k2log, backup):
    """Where there is no diary, one is made."""
    diary.unlink()

    result = k2log("restore", backup, "--yes")

    assert result.out == "restored 1 entry, the last of 2026-11-21\n"
    assert entries(diary) == 1
    assert diary.stat().st_mode & 0o777 == 0o600


def test_a_damaged_diary_is_set_aside(diary, k2log, backup):
    """Nothing of it is lost, and a new one is made."""
    overwrite(diary, 4096 * 16)
    damaged = diary.read_bytes()

    result = k2log("restore", backup, "--yes")

    aside = diary.with_name("diary.db.damaged-20261121T110000Z")
    assert result.code == 0, result.err
    assert f"the damaged diary is kept as {aside}\n" in result.out
    assert aside.read_bytes() == damaged
    assert entries(diary) == 1


def test_the_log_of_a_damaged_diary_goes_with_it(diary, k2log, backup):
    """Left behind, it would stand beside a file that it does not belong to."""
    overwrite(diary, 0)
    Path(f"{diary}-wal").write_bytes(b"what was left of a log")

    k2log("restore", backup, "--yes")

    aside = diary.with_name("diary.db.damaged-20261121T110000Z-wal")
    assert aside.read_bytes() == b"what was left of a log"
    assert entries(diary) == 1


@pytest.mark.skipif(os.name != "posix", reason="locks of Unix")
def test_a_damaged_diary_that_is_open_elsewhere_is_left(diary, k2log, backup):
    """Who has it open may still write into it: nothing is renamed, and one line says so."""
    overwrite(diary, 4096 * 16)
    before = diary.read_bytes()
    with closing(sqlite3.connect(diary)) as other:
        other.execute("PRAGMA user_version").fetchone()
        done = subprocess.run(
            [sys.executable, "-m", "k2log", "restore", backup, "--yes"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert "another program has the damaged diary open" in done.stderr
    assert diary.read_bytes() == before
    assert k2log("restore", backup, "--yes").code == 0


def test_two_diaries_set_aside_in_one_second_are_two(diary, k2log, backup):
    """The second does not stand in the way of itself, nor in place of the first."""
    for _ in range(2):
        overwrite(diary, 4096 * 16)
        result = k2log("restore", backup, "--yes")
        assert result.code == 0, result.err

    assert len([*diary.parent.glob("diary.db.damaged-*")]) == 2


def overwrite(diary: Path, place: int) -> None:
    with diary.open("r+b") as file:
        file.seek(place)
        file.write(b"\0" * 4096)


def test_a_backup_of_an_older_schema_is_brought_up_to_date(diary, k2log, tmp_path):
    """It holds what it held, in the tables of today."""
    old = older_diary(1, tmp_path / "old.db")
    before = old.read_bytes()

    result = k2log("restore", str(old), "--yes")

    with closing(sqlite3.connect(diary)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert result.code == 0, result.err
    assert entries(diary) == 12
    assert old.read_bytes() == before
