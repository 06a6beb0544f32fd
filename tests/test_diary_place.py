"""Where the diary is: links to it, files that are none, the data folder, who can read it."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from k2log.paths import sqlite_address
from k2log.store.diary import open_diary

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes of Unix")


@pytest.fixture
def link(tmp_path, monkeypatch) -> Path:
    """Return a link, in a folder of its own, to the place of a diary that is not there yet."""
    place = tmp_path / "far" / "diary.db"
    place.parent.mkdir()
    made = tmp_path / "near" / "link.db"
    made.parent.mkdir()
    made.symlink_to(place)
    monkeypatch.setenv("K2LOG_DB", str(made))
    return made


def test_all_that_belongs_to_a_diary_is_beside_the_file_itself(link, k2log):
    """The diary, its backups; only the link is where the link is."""
    k2log("add egg 1")
    k2log("backup")
    place = Path(os.path.realpath(link))

    assert k2log("path").out == f"{place}\n"
    assert sorted(os.listdir(place.parent)) == ["backups", "diary.db"]
    assert os.listdir(link.parent) == [link.name]
    assert "1 entry" in k2log("restore").out


@example(["50% #1?", "naïve ~ [a]+b", "\udcff"])
@given(st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1), min_size=1))
def test_sqlite_finds_a_file_whatever_its_name(names):
    """The address is the one that pathlib makes, but for the colon of a drive."""
    path = Path("/nowhere", *names)
    try:
        os.fsencode(path)
    except UnicodeEncodeError:  # no name of a file
        return

    expected = Path(os.path.realpath(path)).as_uri().replace("%3A", ":")
    assert sqlite_address(path, "mode=ro") == f"{expected}?mode=ro"


def test_a_backup_through_a_link_has_its_newest_entries(diary, k2log, tmp_path):
    """Another diary that is open, its last entry in its log only, restored through a link."""
    k2log("add egg 1")
    other = tmp_path / "other" / "other.db"
    other.parent.mkdir()
    made = tmp_path / "link.db"
    made.symlink_to(other)
    k2log("--db", str(other), "add", "egg 1")
    with open_diary(other) as reader:
        reader.db.execute("BEGIN")
        reader.db.execute("SELECT count(*) FROM entries").fetchone()
        k2log("--db", str(other), "add", "gouda 30g")
        result = k2log("restore", str(made), "--yes")

    assert "restored 2 entries" in result.out
    assert "Gouda" in k2log("log").out


def test_an_export_through_a_link_writes_the_file_it_points_at(diary, k2log, tmp_path):
    """And never the diary, whatever the link is called."""
    k2log("add egg 1")
    target, made, sly = tmp_path / "t.csv", tmp_path / "l.csv", tmp_path / "s.csv"
    made.symlink_to(target)
    sly.symlink_to(diary)

    assert k2log("export", "-o", str(made)).code == 0
    assert made.is_symlink()
    assert target.is_file()
    assert "belongs to the diary itself" in k2log("export", "-o", str(sly), "--force").err


@pytest.mark.parametrize("words", [["add", "egg 1"], ["log"], ["doctor"], ["restore", "{}"]])
def test_a_pipe_is_no_diary(words, tmp_path):
    """It is refused at once: nobody writes into it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "k2log", "--db", str(pipe), *words]
    if words[0] == "restore":
        command = [sys.executable, "-m", "k2log", "restore", str(pipe), "--yes"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"k2log: {pipe} is not a k2log diary, nor a regular file.\n"


def test_an_empty_file_becomes_a_private_diary(diary, k2log):
    """Somebody made it with the permissions of any file."""
    diary.touch()
    diary.chmod(0o644)

    assert k2log("add egg 1").code == 0
    assert stat.S_IMODE(diary.stat().st_mode) == 0o600


def test_a_diary_that_its_owner_opened_to_others_stays_so(diary, k2log):
    """The doctor says it, and closes it when asked to."""
    k2log("add egg 1")
    diary.chmod(0o640)
    k2log("add egg 1")

    assert stat.S_IMODE(diary.stat().st_mode) == 0o640
    assert "can be read by others (mode 640)" in k2log("doctor").out


@pytest.mark.skipif(sys.platform != "linux", reason="the data folder of Linux")
def test_a_relative_data_folder_is_ignored(k2log, monkeypatch, tmp_path):
    """As its specification says: the diary would be another one wherever k2log is called."""
    monkeypatch.delenv("K2LOG_DB")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.chdir(tmp_path)

    assert k2log("path").out == f"{tmp_path}/.local/share/k2log/diary.db\n"


def test_a_hard_link_to_the_diary_is_no_backup(diary, k2log, tmp_path):
    """The same file by another name."""
    k2log("add egg 1")
    os.link(diary, tmp_path / "same.db")

    assert "is the diary itself" in k2log("restore", str(tmp_path / "same.db"), "--yes").err
    with closing(sqlite3.connect(diary)) as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone() == (1,)
