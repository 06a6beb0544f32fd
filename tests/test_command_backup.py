"""``k2log backup``, and the backups that k2log makes by itself."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from itertools import permutations
from pathlib import Path

import pytest

from k2log import clock
from k2log.store.backup import back_up
from k2log.store.diary import open_diary
from k2log.store.file import SCHEMA


def backups(diary: Path) -> list[str]:
    return sorted(file.name for file in (diary.parent / "backups").glob("*"))


def entries(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
        return db.execute("SELECT count(*) FROM entries").fetchone()[0]


def test_a_backup_lies_beside_the_diary_and_holds_it_all(diary, k2log):
    """It says where, how large and how many entries; the file needs no other beside it."""
    k2log("add", "gouda 30g, egg 1")

    result = k2log("backup")

    target = diary.parent / "backups" / "diary-20261121T110000Z.db"
    assert result.code == 0, result.err
    assert re.fullmatch(
        rf"backed up 2 entries, the last of 2026-11-21, 0\.\d MB, to {target}\n", result.out
    )
    assert entries(target) == 2
    assert backups(diary) == [target.name]


def test_a_backup_can_be_used_as_a_diary(diary, k2log):
    """It is a diary like any other."""
    k2log("add egg 1")
    k2log("backup")
    (target,) = (diary.parent / "backups").iterdir()

    assert "Egg" in k2log("--db", str(target), "log").out


def test_backups_are_private(diary, k2log):
    """Files 0600 in a folder 0700, whatever the umask."""
    k2log("add egg 1")
    before = os.umask(0)
    try:
        k2log("backup")
    finally:
        os.umask(before)

    folder = diary.parent / "backups"
    (target,) = folder.iterdir()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, target)] == [0o700, 0o600]


def test_two_in_the_same_second_are_two(diary, k2log):
    """No backup replaces another."""
    k2log("add egg 1")
    k2log("backup")
    k2log("add egg 1")
    k2log("backup")

    names = ["diary-20261121T110000Z-2.db", "diary-20261121T110000Z.db"]
    assert backups(diary) == names
    assert [entries(diary.parent / "backups" / name) for name in names] == [2, 1]


def test_only_the_newest_are_kept(diary, k2log, set_now):
    """Ten, or as many as one says."""
    k2log("add egg 1")
    for minute in range(12):
        set_now(f"2026-11-21T12:{minute:02}:00+01:00")
        k2log("backup")
    ten = backups(diary)
    k2log("backup --keep 2")

    assert (len(ten), ten[0]) == (10, "diary-20261121T110200Z.db")
    assert backups(diary) == ["diary-20261121T111100Z-2.db", "diary-20261121T111100Z.db"]


def test_what_k2log_makes_by_itself_pushes_out_nothing_made_by_hand(diary, k2log, set_now):
    """The two kinds are counted apart."""
    k2log("add egg 1")
    k2log("backup")
    for minute in range(1, 12):
        set_now(f"2026-11-21T12:{minute:02}:00+01:00")
        back_up(diary, clock.now(), "import")

    kept = backups(diary)
    assert len(kept) == 11
    assert "diary-20261121T110000Z.db" in kept
    assert "diary-20261121T110100Z-before-import.db" not in kept


def test_another_diary_in_the_same_folder_keeps_its_backups(diary, k2log):
    """Names that begin alike are told apart."""
    other = diary.with_name("diary-2.db")
    for path in (diary, other):
        k2log("--db", str(path), "add", "egg 1")
        k2log("--db", str(path), "backup")
    k2log("backup --keep 1")

    assert backups(diary) == ["diary-2-20261121T110000Z.db", "diary-20261121T110000Z-2.db"]


def test_diaries_whose_names_differ_in_their_end_have_backups_of_their_own(diary, k2log):
    """`food` and `food.db` are two; what k2log 0.1 called its backups is still known."""
    plain, other = diary.with_name("food"), diary.with_name("food.db")
    for path in (plain, other):
        k2log("--db", str(path), "add", "egg 1")
        k2log("--db", str(path), "backup")
    names = ["food-20261121T110000Z", "food-20261121T110000Z.db"]
    apart = backups(diary)
    k2log("--db", str(plain), "backup", "--keep", "1")
    later = backups(diary)
    other.rename(diary.with_name("diary.db"))

    assert apart == names
    assert later == ["food-20261121T110000Z-2", names[1]]
    assert names[1] in k2log("--db", str(plain), "restore").out


CLOCKS = ["2036-01-01T12:00", "2026-11-21T12:00", "2019-01-01T00:00"]


@pytest.mark.parametrize(
    "clock_says", [*permutations(CLOCKS)], ids=lambda says: " ".join(each[:4] for each in says)
)
def test_a_wrong_clock_removes_no_newer_backup(clock_says, diary, k2log, set_now):
    """Of those made under clocks ahead and behind, the last one made is kept, and the newest."""
    for number, moment in enumerate(clock_says, 1):
        set_now(f"{moment}:00+01:00")
        k2log("add egg 1")
        k2log("backup --keep 2")
        listed = re.findall(r"by hand, (\d+) entr", k2log("restore").out)
        assert listed == [str(each) for each in (number, number - 1) if each]


def test_a_wrong_clock_removes_no_copy_just_made(diary, k2log, set_now):
    """Ten copies of a clock that was ahead; the next, of a clock set right, is there."""
    for minute in range(10):
        set_now(f"2036-01-01T12:{minute:02}:00+01:00")
        k2log("add egg 1")
        back_up(diary, clock.now(), "import")
    set_now("2026-11-21T12:00:00+01:00")
    k2log("add egg 1")
    kept = back_up(diary, clock.now(), "import").path

    assert kept.exists()
    assert entries(kept) == 11
    assert len(backups(diary)) == 10
    assert "20360101T110000Z" not in "".join(backups(diary))


def test_backups_keep_their_order_in_a_folder_that_was_copied(diary, k2log, set_now):
    """It stands in their names: not in the times of files, which copying changes."""
    for moment in ("2036-01-01T12:00", "2026-11-21T12:00"):
        set_now(f"{moment}:00+01:00")
        k2log("add egg 1")
        k2log("backup")
    folder = diary.parent / "backups"
    for age, file in enumerate(sorted(folder.iterdir())):
        os.utime(file, (age, age))
    k2log("add egg 1")
    k2log("backup --keep 2")

    assert sorted(entries(file) for file in folder.iterdir()) == [2, 3]


def test_what_is_only_called_like_a_backup_is_in_nobodys_way(diary, k2log):
    """A folder, a link to nothing, digits that are no time."""
    k2log("add egg 1")
    folder = diary.parent / "backups"
    folder.mkdir()
    (folder / "diary-20261121T110000Z.db").mkdir()
    (folder / "diary-20261121T110000Z-2.db").symlink_to("nothing")
    (folder / "diary-99999999T999999Z.db").touch()

    result = k2log("backup")

    assert result.code == 0, result.err
    assert "diary-20261121T110000Z-3.db" in result.out
    assert k2log("restore").code == 0


def test_a_file_of_ones_choice(diary, k2log, tmp_path):
    """-o writes there, private, and never over what is there unless it shall."""
    k2log("add egg 1")
    target = tmp_path / "usb.db"
    first = k2log("backup", "-o", str(target))
    k2log("add egg 1")
    again = k2log("backup", "-o", str(target))
    forced = k2log("backup", "-o", str(target), "--force")

    assert (first.code, again.code, forced.code) == (0, 1, 0)
    assert again.err == f"k2log: {target} exists already. To replace it: --force\n"
    assert entries(target) == 2
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_a_backup_never_becomes_the_diary_itself(end, diary, k2log):
    """Nor one of the files that SQLite keeps beside it."""
    k2log("add egg 1")
    before = diary.read_bytes()

    result = k2log("backup", "-o", f"{diary}{end}", "--force")

    assert result.code == 1, result
    assert "belongs to the diary itself" in result.err
    assert diary.read_bytes() == before


@pytest.mark.parametrize(
    ("command", "code"),
    [("backup", 1), ("backup --keep 0", 2), ("backup --keep 3 -o x.db", 2)],
)
def test_what_cannot_be_done_is_one_line(command, code, diary, k2log):
    """No diary yet, or options that do not go together: nothing is made."""
    result = k2log(command)

    assert result.code == code
    assert result.err.count("\n") == 1
    assert list(diary.parent.iterdir()) == []


def test_a_damaged_diary_is_told_and_leaves_no_backup(diary, k2log):
    """A copy that is not sound gets no name."""
    k2log("add egg 1")
    spoil(diary)

    result = k2log("backup")

    assert result.code == 4, result
    assert "k2log doctor" in result.err
    assert backups(diary) == []


def spoil(diary: Path) -> None:
    """Write over the root page of the entries."""
    with closing(sqlite3.connect(diary)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'").fetchone()
    with diary.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)


def test_it_works_while_another_process_writes(diary, k2log):
    """What is not committed yet is not in it, and nobody waits."""
    k2log("add egg 1")
    with closing(sqlite3.connect(diary, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE entries SET removed = 'x'")
        result = k2log("backup")
        other.execute("ROLLBACK")

    assert "backed up 1 entry" in result.out


def test_what_lies_only_in_the_log_is_in_the_backup(diary, k2log):
    """Rows that SQLite has not written into the main file yet are part of the diary."""
    k2log("add egg 1")
    with open_diary(diary) as reader:
        reader.db.execute("BEGIN")
        reader.db.execute("SELECT count(*) FROM entries").fetchone()
        k2log("add egg 1")
        k2log("backup")

    (target,) = (diary.parent / "backups").iterdir()
    assert entries(target) == 2


COPYING = """
import signal, sys, time
for each in (signal.SIGHUP, signal.SIGQUIT):  # ignored under nohup and in the background
    signal.signal(each, signal.SIG_DFL)
from k2log.store import backup
backup._sync = lambda *_: (print("here", flush=True), time.sleep(60))
from k2log.__main__ import main
main()
"""
ENDING = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGALRM", "SIGUSR1", "SIGXCPU")


@contextmanager
def copying(*words: str):
    """Start a program that stops in the midst of copying, its temporary file there."""
    command = [sys.executable, "-c", COPYING, *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline() == "here\n"
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize("name", ENDING)
def test_a_program_that_a_signal_ends_leaves_no_file(name, diary, k2log):
    """In the midst of copying, twice in a row: the temporary file goes, without a traceback."""
    k2log("add egg 1")
    number = getattr(signal, name)
    with copying("backup") as process:
        parts = list((diary.parent / "backups").iterdir())
        process.send_signal(number)
        process.send_signal(number)
        code = process.wait(20)
        err = process.stderr.read()

    assert len(parts) == 1
    assert (code, backups(diary)) == (128 + number, [])
    assert "Traceback" not in err


def test_an_import_backs_up_first(diary, k2log, tmp_path):
    """Once there are entries, and only when it changes something."""
    table = tmp_path / "t.csv"
    table.write_text("day,food\n2026-11-20,coffee\n")
    k2log("import", str(table))
    first = (diary.parent / "backups").exists()
    k2log("import", str(table))
    again = (diary.parent / "backups").exists()
    table.write_text("day,food\n2026-11-20,tea\n")
    k2log("import", str(table), "--dry-run")
    dry = (diary.parent / "backups").exists()
    k2log("import", str(table))

    assert (first, again, dry) == (False, False, False)
    assert backups(diary) == ["diary-20261121T110000Z-before-import.db"]
    assert entries(diary.parent / "backups" / backups(diary)[0]) == 1


def test_an_import_without_a_backup(diary, k2log, tmp_path):
    """--no-backup makes none."""
    table = tmp_path / "t.csv"
    table.write_text("day,food\n2026-11-20,coffee\n")
    k2log("add egg 1")

    assert k2log("import", str(table), "--no-backup").code == 0
    assert not (diary.parent / "backups").exists()


def test_nothing_is_lost_to_a_full_backup_folder(diary, k2log):
    """Where backups cannot be written, one line says so; the diary is as it was."""
    k2log("add egg 1")
    (diary.parent / "backups").write_text("a file where the folder should be")
    before = time.monotonic()

    result = k2log("backup")

    assert result.code == 1, result
    assert result.err.count("\n") == 1
    assert time.monotonic() - before < 20
    assert entries(diary) == 1


def test_a_newer_diary_is_not_backed_up_by_an_older_k2log(diary, k2log):
    """It would not know what it copies."""
    with open_diary(diary, create=True) as opened:
        opened.db.execute(f"PRAGMA user_version = {SCHEMA + 1}")

    assert k2log("backup").code == 4
