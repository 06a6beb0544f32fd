"""All of a long diary: export, import and report, against the sqlite3 shell on the same file."""

import csv
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.diaries import find
from benchmarks.environment import Installed, child
from benchmarks.results import Target, on
from benchmarks.stopwatch import Command, Task

FIRST: Final = "1900-01-01"
EXPORT: Final = "k2log export"
IMPORT: Final = "k2log import"
HISTORY: Final = f"k2log report --from {FIRST}"
ALL_SAID: Final = (
    HISTORY, f"{HISTORY} --json", f"{HISTORY} --format html", f"k2log log --from {FIRST}",
)  # fmt: skip
"""All of a diary in each form that grows with it; what is asked of them is their memory."""
HISTORY_SQL: Final = "sqlite3: the same statements"
DAYS_SQL: Final = "sqlite3: sums by day, no more"
DUMP: Final = "sqlite3 -csv: entries"
LOAD: Final = "sqlite3 .import"
_TRACED: Final = """
import sys
from k2log.store import diary
connect = diary.connect
def traced(path):
    db = connect(path)
    db.set_trace_callback(lambda statement: print(statement, end=chr(0), file=sys.stderr))
    return db
diary.connect = traced
from k2log.cli import run
sys.exit(run(sys.argv[1:]))
"""


def history(installed: Installed, home: Path, entries: int) -> Iterator[Task]:
    """Yield what sums all days of a diary: k2log's report, and the shell with its statements."""
    environment, diary, shell = child(home), find(home), shutil.which("sqlite3")
    assert diary
    yield Task(on(HISTORY, entries), [installed.k2log, "report", "--from", FIRST], environment)
    if shell:
        read: list[str | Path] = [shell, "-readonly", diary]
        same = home / "report.sql"
        same.write_text(_statements(installed, environment), encoding="utf-8")
        days = f"SELECT {_sums(diary)} FROM entries WHERE removed IS NULL GROUP BY day"
        yield Task(on(HISTORY_SQL, entries), [*read, f".read {same}"], environment)
        yield Task(on(DAYS_SQL, entries), [*read, days], environment)


def all_said(installed: Installed, home: Path, entries: int) -> Iterator[Task]:
    """Yield the commands that say all of a diary."""
    environment = child(home)
    for name in ALL_SAID:
        _, *words = name.split()
        yield Task(on(name, entries), [installed.k2log, *words], environment)


def _statements(installed: Installed, environment: dict[str, str]) -> str:
    """Return what a report of all days asks of the diary."""
    command: Command = [installed.python, "-c", _TRACED, "report", "--from", FIRST]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    statements = map(str.strip, done.stderr.split("\0"))
    return "".join(f"{text};\n" for text in statements if text.startswith(("SELECT", "WITH")))


def transfers(installed: Installed, home: Path, entries: int) -> Iterator[Task]:
    """Yield what writes all of a diary to a file, and reads such a file into a new one."""
    environment, run, diary = child(home), installed.k2log, find(home)
    file, new = home / "export.csv", home / "imported.db"
    assert diary
    write: Command = [run, "export", "-o", file, "--force"]
    subprocess.run(write, env=environment, capture_output=True, check=True)
    exporting: Command = [run, "export", "--force", "-o", home / "again.csv"]
    yield Task(on(EXPORT, entries), exporting, environment)
    fresh: Command = ("rm", "-f", new, f"{new}-wal", f"{new}-shm")
    first: Command = (run, "--db", new, "add", "egg")
    importing: Command = [run, "--db", new, "import", "--no-backup", file]
    yield Task(on(IMPORT, entries), importing, environment, before=[fresh, first])
    if shell := shutil.which("sqlite3"):
        yield from _shell(Path(shell), environment, diary, file, entries)


def _shell(
    shell: Path, environment: dict[str, str], diary: Path, file: Path, entries: int
) -> Iterator[Task]:
    into = f".once {file.with_name('dump.csv')}"
    every = "SELECT * FROM entries WHERE removed IS NULL ORDER BY day, time, uid"
    dump: Command = [shell, "-readonly", "-csv", "-header", diary, into, every]
    yield Task(on(DUMP, entries), dump, environment)
    new = file.with_name("shell.db")
    wal, rows = "PRAGMA journal_mode = WAL", f".import --csv --skip 1 {file} entries"
    load: Command = [shell, new, _schema(file), wal, rows]
    yield Task(on(LOAD, entries), load, environment, before=[("rm", "-f", new)])


def _sums(diary: Path) -> str:
    """Return the sums of every nutrient column, over which a report goes too."""
    with closing(sqlite3.connect(diary)) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info (entries)") if row[2] == "REAL"]
    amounts = (
        name for name in columns if name.removesuffix("_low").endswith(("_mg", "_ug", "_high"))
    )
    return ", ".join(["day", *(f"round(sum({name} / every_days), 6)" for name in amounts)])


def _schema(file: Path) -> str:
    """Return a table of the columns of a CSV file, with the indexes that a diary has on them."""
    with file.open(encoding="utf-8", newline="") as lines:
        names = next(csv.reader(lines))
    columns = ", ".join(
        f"{name} {'REAL' if '_mg' in name or '_ug' in name else ''}" for name in names
    )
    return (
        f"CREATE TABLE entries ({columns}, UNIQUE (uid)); CREATE INDEX a ON entries (day);"
        " CREATE INDEX b ON entries (day) WHERE every_days > 1;"
        " CREATE INDEX c ON entries (food_key);"
    )


def targets(summed: int, moved: int) -> Iterator[Target]:
    """Yield what k2log is held to beside the shell."""
    yield Target(on(HISTORY, summed), on(HISTORY_SQL, summed), 1.3, on("k2log", summed))
    yield Target(on(EXPORT, moved), on(DUMP, moved), 3)
    yield Target(on(IMPORT, moved), on(LOAD, moved), 5)
