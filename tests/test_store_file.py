"""Opening, creating and refusing diary files."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from k2log.errors import DiaryError
from k2log.store import upgrade as upgrading
from k2log.store.diary import open_diary
from k2log.store.file import APPLICATION_ID, SCHEMA, schema_of
from k2log.store.upgrade import FOLDER, migration_files


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_diary_is_private_whatever_the_umask(tmp_path):
    """The file is 0600 and the folders that k2log makes are 0700."""
    path = tmp_path / "a" / "b" / "diary.db"
    before = os.umask(0o777)
    try:
        with open_diary(path, create=True) as diary:
            sidecars = [Path(f"{path}-wal"), Path(f"{path}-shm")]
            assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in sidecars)
            assert diary.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]] == [0o700, 0o700]


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path):
    """Only folders that k2log makes are made private."""
    tmp_path.chmod(0o755)

    with open_diary(tmp_path / "diary.db", create=True):
        pass

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_every_write_is_synced_and_foreign_keys_hold(diary):
    """synchronous=FULL and foreign keys are on wherever something is written."""
    with open_diary(diary, create=True) as opened, opened.writing():
        pragmas = [opened.db.execute(f"PRAGMA {name}").fetchone()[0] for name in
                   ("synchronous", "foreign_keys", "busy_timeout")]  # fmt: skip
        broken = opened.db.execute("PRAGMA foreign_key_check").fetchall()

    assert pragmas == [2, 1, 5000]
    assert broken == []


def test_looking_makes_no_file(diary, k2log):
    """A report where no diary is yet leaves no file behind."""
    result = k2log("report")

    assert result.code == 0, result.err
    assert not diary.exists()


def test_an_empty_file_becomes_a_diary(diary, k2log):
    """Zero bytes are as good as no file."""
    diary.touch()

    assert k2log("add natto 1tbsp").code == 0


def newer(path: Path) -> None:
    with open_diary(path, create=True) as diary:
        diary.db.execute(f"PRAGMA user_version = {SCHEMA + 1}")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")


def truncated(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (newer, "newer k2log"),
        (foreign, "is not a k2log diary"),
        (lambda path: path.write_text("Dear diary, " * 20), "is not a k2log diary"),
        (truncated, "is not a k2log diary"),
        (lambda path: path.mkdir(), "cannot read the diary"),
    ],
    ids=["newer", "foreign", "text", "truncated", "folder"],
)
@pytest.mark.parametrize("command", ["add natto 1tbsp", "report", "log", "undo", "export"])
def test_a_file_that_is_not_ours_is_left_alone(make, words, command, diary, k2log):
    """One line, exit 4, and not a byte of the file changes."""
    make(diary)
    before = contents(diary.parent)

    result = k2log(command)

    assert result.code == 4, result
    assert words in result.err
    assert result.err.count("\n") == 1
    assert contents(diary.parent) == before


def test_a_newer_diary_with_a_leftover_log_is_left_alone(diary, k2log):
    """A WAL that a crash left behind is not written back by a mere look."""
    newer(diary)
    script = (
        "import sqlite3,sys,os; db=sqlite3.connect(sys.argv[1]);"
        "db.execute('CREATE TABLE t(a)'); db.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(diary)], check=True)
    before = contents(diary.parent)
    assert any(name.endswith("-wal") and data for name, data in before.items())

    assert k2log("add natto 1tbsp").code == 4
    assert contents(diary.parent) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """No diary can be made there, and the folder is named."""
    tmp_path.chmod(0o500)

    with pytest.raises(DiaryError, match="cannot create"):
        open_diary(tmp_path / "diary.db", create=True)


def test_a_folder_that_cannot_be_made_is_told(tmp_path, k2log, monkeypatch):
    """A file where a folder should be: one line, exit 4."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("K2LOG_DB", str(tmp_path / "file" / "diary.db"))

    result = k2log("add natto 1tbsp")

    assert result.code == 4, result
    assert result.err.count("\n") == 1


def test_there_is_one_migration_a_schema():
    """SCHEMA counts the migrations; their numbers have no gaps."""
    numbers = [int(file.name[:4]) for file in migration_files(FOLDER)]

    assert numbers == list(range(1, SCHEMA + 1))


def test_many_first_starts_at_once_all_succeed(tmp_path):
    """Sixteen processes on a file that does not exist yet: sixteen entries."""
    path = tmp_path / "new" / "diary.db"
    results = at_once(16, path)

    assert [result.returncode for result in results] == [0] * 16, results
    assert count(path) == 16


def test_overlapping_adds_all_count(tmp_path):
    """Twenty processes on one diary: twenty entries."""
    path = tmp_path / "diary.db"
    at_once(1, path)
    results = at_once(20, path)

    assert [result.returncode for result in results] == [0] * 20, results
    assert count(path) == 21


def at_once(processes: int, path: Path) -> list[subprocess.CompletedProcess[str]]:
    command = [sys.executable, "-m", "k2log", "--db", str(path), "add", "natto", "1tbsp"]

    def start(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(processes) as pool:
        return list(pool.map(start, range(processes)))


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return db.execute("SELECT count(*) FROM entries").fetchone()[0]


def test_an_upgrade_backs_up_first_and_keeps_everything(diary, k2log, tmp_path):
    """A pending migration makes a backup, then applies."""
    k2log("add natto 1tbsp")
    folder = with_next_migration(tmp_path, "ALTER TABLE entries ADD COLUMN mood TEXT;")

    with closing(sqlite3.connect(diary, isolation_level=None)) as db:
        upgrading.upgrade(db, diary, folder)
        upgraded = db.execute("SELECT count(*), max(mood) FROM entries").fetchone()
        schema = schema_of(db)

    (backup,) = diary.parent.glob(f"backups/*-before-schema-{SCHEMA + 1}.db")
    assert upgraded == (1, None)
    assert schema == SCHEMA + 1
    assert count(backup) == 1
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_an_upgrade_that_fails_leaves_the_old_diary(diary, k2log, tmp_path):
    """Half a migration leaves no trace."""
    k2log("add natto 1tbsp")
    folder = with_next_migration(tmp_path, "CREATE TABLE half (a);\nCREATE TABLE half (a);")

    with closing(sqlite3.connect(diary, isolation_level=None)) as db:
        with pytest.raises(sqlite3.OperationalError, match="table half already exists"):
            upgrading.upgrade(db, diary, folder)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}

    assert "entries" in tables
    assert "half" not in tables
    assert k2log("add natto 1tbsp").code == 0
    assert count(diary) == 2


def with_next_migration(tmp_path: Path, sql: str) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in migration_files(FOLDER):
        (folder / file.name).write_text(file.read_text())
    (folder / f"{SCHEMA + 1:04}_next.sql").write_text(sql)
    return folder


def test_a_file_that_another_program_made_ours_in_name_only_is_told(diary, k2log):
    """Our application id on a damaged file: one line, exit 4."""
    header = bytearray(200)
    header[:16] = b"SQLite format 3\x00"
    header[60:64] = SCHEMA.to_bytes(4, "big")
    header[68:72] = APPLICATION_ID.to_bytes(4, "big")
    diary.write_bytes(header)

    result = k2log("report")

    assert result.code == 4, result
    assert result.err.count("\n") == 1


def test_a_diary_that_stays_locked_is_no_broken_diary(diary, k2log, monkeypatch):
    """Another program holds it: try again, exit 1."""
    k2log("add egg 1")
    monkeypatch.setattr("k2log.store.file.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(diary, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = k2log("add egg 1")

    assert result.code == 1, result
    assert "in use" in result.err
    assert count(diary) == 1
