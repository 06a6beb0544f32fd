"""What a command loads, runs and reads: budgets that need no clock."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest

from conftest import NOON
from k2log.cli import COMMANDS
from k2log.diary.entry import COLUMNS
from k2log.store import diary as store

HEAVY = (
    "typer",
    "inspect",
    "sqlite_utils",
    "pathlib",
    "rich",
    "pydantic",
    "rapidfuzz",
    "tomllib",
    "k2log.catalogue.read",
)
SIZES = (1_000, 20_000)
SLACK = 3
OTHERS = 14
"""Modules of the standard library: sqlite3 and json with their parts, and a few."""


def modules_after(path, *arguments: str) -> set[str]:
    """Return what a command loads that a Python with types and patterns has not."""
    script = (
        "import sys, re, signal, typing, datetime; before = {*sys.modules};"
        "from k2log.cli import run;"
        "code = run(sys.argv[1:]);"
        "print('\\n'.join({*sys.modules} - before), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--db", str(path), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert not done.stdout.startswith("Nothing logged")
    loaded = set(done.stderr.split())
    assert "k2log.cli" in loaded
    return loaded


def command_of(arguments: list[str]) -> str:
    """Return the module that carries out a command line."""
    if not arguments:
        return "k2log.commands.today"
    name = arguments[0]
    return f"k2log.{COMMANDS[name].place.split(':')[0]}" if name in COMMANDS else "k2log.cli"


@pytest.mark.parametrize(
    "arguments", [["--version"], ["add", "natto", "1tbsp"], ["log"], ["report", "--week"], []],
    ids=lambda arguments: " ".join(arguments) or "bare",
)  # fmt: skip
def test_nothing_heavy_is_loaded_that_is_not_used(arguments, diary, k2log):
    """Neither Typer nor sqlite-utils nor Rich nor pydantic for the daily commands in a pipe."""
    k2log("add egg 1")

    loaded = modules_after(diary, *arguments)

    assert [name for name in HEAVY if name in loaded] == []
    assert command_of(arguments) in loaded


@pytest.mark.parametrize(
    ("arguments", "recorded"),
    [
        (["--version"], 9), ([], 32), (["add", "natto", "1tbsp"], 52), (["log"], 34),
        (["report", "--week"], 71), (["undo"], 28), (["history"], 26),
    ],
    ids=lambda value: " ".join(value) or "bare" if isinstance(value, list) else "",
)  # fmt: skip
def test_few_modules_are_loaded(arguments, recorded, diary, k2log):
    """A module costs a fifth of a millisecond at least: so many of ours are loaded, few others."""
    k2log("add egg 1")

    loaded = modules_after(diary, *arguments)
    ours = {name for name in loaded if name.partition(".")[0] == "k2log"}

    assert command_of(arguments) in ours
    assert len(ours) <= recorded + SLACK, sorted(ours)
    assert len(loaded - ours) <= OTHERS + SLACK, sorted(loaded - ours)


def test_the_version_needs_no_database(diary):
    """--version loads no store and no grammar."""
    loaded = modules_after(diary, "--version")

    assert "sqlite3" not in loaded
    assert not any(name.startswith(("k2log.store", "k2log.grammar")) for name in loaded)


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (["add", "egg 1"], 14), (["add", "egg 1, gouda 30g"], 15),
        (["add", "egg 1, gouda 30g, natto 1tbsp, d3 1000IU"], 17), (["undo"], 16),
        (["report", "--week"], 9), (["log"], 5), ([], 5), (["history"], 6),
    ],
    ids=lambda value: " ".join(value) or "bare" if isinstance(value, list) else "",
)  # fmt: skip
def test_few_statements_run(arguments, most, k2log, monkeypatch):
    """Every statement counts: BEGIN, PRAGMA and COMMIT too, where medicines are looked at too."""
    k2log("profile", "set", "--born", "1954", "--sex", "female", "--medicine", "warfarin")
    for day in ("-8", "yesterday", "today"):
        k2log("add", "egg 1, gouda 30g, mk7 45mcg, calcium 500mg", "--on", day, "--yes")
    statements: list[str] = []
    _watch(monkeypatch, lambda db: db.set_trace_callback(statements.append))

    result = k2log(*arguments) if arguments else k2log("--plain")

    assert result.code == 0, result.err
    assert 0 < len(statements) <= most, statements


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "natto 1tbsp"], ["add", "@morning"], ["repeat", "yesterday"],
        [], ["log"], ["report", "--day"], ["report", "--week"], ["chart"], ["caveats"],
        ["undo"], ["edit", "1", "gouda 40g"], ["history"], ["explain", "yesterday"],
        ["recalculate", "--week"], ["foods", "search", "cheese"],
    ],
    ids=lambda words: " ".join(words) or "bare",
)  # fmt: skip
def test_the_work_does_not_grow_with_the_diary(arguments, diary, k2log, monkeypatch):
    """SQLite takes as many steps among 20,000 entries as among 1,000, give or take 3 %."""
    _log_a_week(k2log)
    few, many = (_steps(arguments, copies, diary, k2log, monkeypatch) for copies in SIZES)

    assert few * 0.97 <= many <= few * 1.03, (few, many)


def test_completion_does_not_grow_with_the_diary(diary, k2log, monkeypatch):
    """The same holds for the Tab key behind the beginning of a food."""
    _log_a_week(k2log)
    asked = {"COMPLETE": "complete_bash"}
    monkeypatch.setenv("COMP_WORDS", "k2log add gou")
    monkeypatch.setenv("COMP_CWORD", "2")

    few, many = (_steps([], copies, diary, k2log, monkeypatch, asked) for copies in SIZES)

    assert few == many


def _watch(monkeypatch, watch) -> None:
    """Let something watch every connection to a diary."""
    connect = store.connect

    def watched(path) -> sqlite3.Connection:
        db = connect(path)
        watch(db)
        return db

    monkeypatch.setattr(store, "connect", watched)


def _log_a_week(k2log) -> None:
    k2log("routine", "add", "morning", "d3 1000IU", "mk7 45mcg")
    k2log("add", "d3 20000IU", "--every", "7d", "--on", "-3")
    for day in range(1, 14):
        k2log("add", "natto 1tbsp, gouda 30g", "--on", f"-{day}", "--at", "08:00")
    k2log("add", "2 eggs")


def _lengthen(path, copies: int) -> None:
    """Add copies of an entry on the days from 50 days ago back, 15 a day."""
    names = ", ".join(column for column in COLUMNS if column not in {"uid", "day"})
    last = (NOON.date() - timedelta(days=50)).isoformat()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            f"""
            WITH RECURSIVE numbers (n) AS (
              SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :copies - 1
            )
            INSERT INTO entries (uid, day, changed, {names})
            SELECT lower(hex(randomblob(16))), date(:last, '-' || (n / 15) || ' days'), changed,
              {names}
            FROM numbers CROSS JOIN (SELECT * FROM entries WHERE food_key = 'gouda' LIMIT 1)
            """,
            {"copies": copies, "last": last},
        )


def _steps(arguments, copies: int, diary, k2log, monkeypatch, asked=None) -> int:
    """Return how many steps of its machine SQLite takes for a command, on a longer diary."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    week = shutil.copy(diary, diary.with_name("week.db"))
    _lengthen(diary, copies)
    with monkeypatch.context() as patched:
        for name, value in (asked or {}).items():
            patched.setenv(f"_K2LOG_{name}", value)
        _watch(patched, lambda db: db.set_progress_handler(count, 1))
        result = k2log(*arguments) if arguments else k2log("--plain")
    assert result.code == 0, result.err
    assert steps
    shutil.move(week, diary)
    return steps


def test_the_data_folder_is_the_platforms(monkeypatch):
    """The short way on Linux gives what platformdirs gives."""
    from platformdirs import user_data_path as platforms

    from k2log.paths import diary_path

    monkeypatch.delenv("K2LOG_DB")
    assert diary_path() == str(platforms("k2log", appauthor=False) / "diary.db")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert diary_path() == str(platforms("k2log", appauthor=False) / "diary.db")
