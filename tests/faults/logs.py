"""Diaries whose last entries are in the write-ahead log alone, and damage to that log."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

from judge import State, copied, flaws, state
from started import must

_READER: Final = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN")
db.execute("SELECT count(*) FROM entries").fetchone()
print("reading", flush=True)
sys.stdin.read()
"""


def logged(folder: Path, adds: int) -> tuple[Path, list[State]]:
    """Return a diary as it lies there while someone reads, and what it held after each add."""
    diary = folder / "used" / "diary.db"
    diary.parent.mkdir()
    must(diary, "add", "natto 1tbsp", "--on", "2026-11-01")
    states = [state(diary)]
    with _read(diary):
        for day in range(2, 2 + adds):
            must(diary, "add", "gouda 30g, 2 eggs", "--on", f"2026-11-{day:02}")
            states.append(state(diary))
        (folder / "left").mkdir()
        return copied(diary, folder / "left"), states


@contextmanager
def _read(diary: Path) -> Iterator[None]:
    """Let another process read the diary as it is now: what is logged stays in the log."""
    with subprocess.Popen(
        [sys.executable, "-c", _READER, str(diary)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "reading\n"
            yield
        finally:
            process.kill()


def damaged(path: Path, folder: Path, how: str, random: Random) -> Path:
    """Copy a diary, its log cut off or one byte of it changed at random."""
    folder.mkdir()
    copy = copied(path, folder)
    Path(f"{copy}-shm").unlink()
    log = Path(f"{copy}-wal")
    data = bytearray(log.read_bytes())
    at = random.randrange(len(data))
    if how == "cut":
        del data[at:]
    else:
        data[at] ^= 1 << random.randrange(8)
    log.write_bytes(data)
    return copy


def only_a_beginning(diary: Path, states: list[State]) -> list[str]:
    """Return what is wrong unless the diary is sound and held exactly this at some time."""
    unknown = [] if state(diary) in states else ["not what it held after any add"]
    return [*flaws(diary), *unknown]
