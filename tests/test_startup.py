"""What a command loads, and how many statements it runs: budgets that need no clock."""

import sqlite3
import subprocess
import sys

import pytest

from k2log.store import diary as store

HEAVY = ("sqlite_utils", "rich", "pydantic", "rapidfuzz", "tomllib", "k2log.catalogue.load")


def modules_after(path, *arguments: str) -> set[str]:
    script = (
        "import sys; from k2log.cli import run; code = run(sys.argv[1:]);"
        "print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--db", str(path), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--version"], ["add", "natto", "1tbsp"], ["log"], ["report", "--week"], []],
    ids=lambda arguments: " ".join(arguments) or "bare",
)  # fmt: skip
def test_nothing_heavy_is_loaded_that_is_not_used(arguments, diary, k2log):
    """Neither sqlite-utils nor Rich nor pydantic for the daily commands in a pipe."""
    k2log("add egg 1")

    loaded = modules_after(diary, *arguments)

    assert [name for name in HEAVY if name in loaded] == []


def test_the_version_needs_no_database(diary):
    """--version loads no store and no grammar."""
    loaded = modules_after(diary, "--version")

    assert "sqlite3" not in loaded
    assert not any(name.startswith(("k2log.store", "k2log.grammar")) for name in loaded)


@pytest.mark.parametrize(
    ("command", "most"),
    [("add egg 1", 12), ("add egg 1, gouda 30g", 13), ("report --week", 8), ("log", 8)],
)
def test_few_statements_run(command, most, k2log, monkeypatch):
    """Every statement counts: BEGIN, PRAGMA and COMMIT too."""
    k2log("add egg 1")
    statements: list[str] = []
    connect = store.connect

    def traced(path) -> sqlite3.Connection:
        db = connect(path)
        db.set_trace_callback(statements.append)
        return db

    monkeypatch.setattr(store, "connect", traced)
    result = k2log(command) if "," not in command else k2log("add", command.removeprefix("add "))

    assert result.code == 0, result.err
    assert 0 < len(statements) <= most, statements


def test_the_data_folder_is_the_platforms(monkeypatch):
    """The short way on Linux gives what platformdirs gives."""
    from platformdirs import user_data_path

    from k2log.paths import diary_path

    monkeypatch.delenv("K2LOG_DB")
    assert diary_path() == user_data_path("k2log", appauthor=False) / "diary.db"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert diary_path() == user_data_path("k2log", appauthor=False) / "diary.db"
