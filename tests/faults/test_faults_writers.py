"""Many processes on one diary at once; ``python tests/faults`` has more of them."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from judge import backups, flaws, live, state
from restores import siege
from scenes import fresh_folder, scene, staged
from started import must
from writers import at_once, crowd

from k2log import clock
from k2log.store.backup import back_up
from k2log.store.diary import open_diary

pytestmark = pytest.mark.long

LOOK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("SELECT id FROM entries")
db.close()
"""


def test_no_entry_is_lost_among_writers_readers_and_undo(tmp_path):
    """Six writers, reports, exports and undo: all waited their turn, every entry is there."""
    diary = tmp_path / "diary.db"

    result = crowd(diary, writers=6, adds=15)

    assert result.wrong == []
    assert result.adds == 90


def test_adds_on_an_old_diary_upgrade_it_once(tmp_path):
    """Eight processes find schema 1: one upgrade, one copy of it, eight entries more."""
    stage = staged(scene("upgrade"), tmp_path)
    diary = fresh_folder(stage.diary, tmp_path / "run")

    results = at_once(diary, 8)

    assert [result.code for result in results] == [0] * 8, results
    assert len(backups(diary)) == 1
    assert len(live(state(diary))) == len(live(stage.before)) + 8
    assert flaws(diary) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children that are forked")
@pytest.mark.parametrize(
    ("forks", "kills"), [(False, None), (True, None), (True, Random(7))],
    ids=["started", "forked", "killed"],
)  # fmt: skip
def test_no_entry_is_lost_to_restores(forks, kills, tmp_path):
    """Three writers beside restores, some of them killed: each entry is in the diary or a copy."""
    result = siege(tmp_path, restores=12, writers=3, forks=forks, kills=kills)

    assert result.wrong == []
    assert result.acknowledged > 12
    assert result.restores >= 6 if kills else result.restores == 12


@pytest.mark.skipif(os.name != "posix", reason="locks of Unix")
def test_a_backup_keeps_the_locks_of_who_makes_it(tmp_path):
    """A program that looks meanwhile does not take the log for left over and remove it."""
    diary = tmp_path / "diary.db"
    must(diary, "add", "egg 1")
    log = Path(f"{diary}-wal")
    with open_diary(diary, create=True) as opened, opened.writing() as db:
        db.execute("UPDATE entries SET note = 'kept'")
        before = log.stat().st_ino
        back_up(diary, clock.now(), "import")
        subprocess.run([sys.executable, "-c", LOOK, str(diary)], check=True)
        assert log.exists()
        assert log.stat().st_ino == before
