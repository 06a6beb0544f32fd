"""How SQLite reads the entries: what asks for a window of days never reads them all."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from k2log.store import diary as store
from k2log.store import food_table

WINDOWED = (
    ["add", "natto 1tbsp, 2 eggs"], ["add", "@morning"], ["add", "d3 20000IU", "--every", "7d"],
    ["add", "natto 1tbsp", "--uid", "a-retry"], ["repeat", "yesterday"],
    [], ["log"], ["log", "--week"], ["log", "--from", "-40"],
    ["report", "--day"], ["report", "--week"], ["report", "--month"], ["report", "--year"],
    ["report", "--week", "--by", "food"], ["report", "--week", "--by", "meal"],
    ["report", "--week", "--trend"], ["report", "--week", "--format", "html"],
    ["chart"], ["suggest"], ["caveats"], ["explain", "yesterday"], ["explain", "1"],
    ["edit", "1", "gouda 40g"], ["rm", "2"], ["undo"], ["undo", "2"], ["redo"], ["history"],
    ["day", "complete", "yesterday"], ["recalculate", "--week"], ["export", "--week"],
    ["foods", "search", "cheese"],
)  # fmt: skip
COUNTS_ALL = "SELECT food_key, count(*) FROM entries"
"""How often each food was ever logged: suggest puts first what one eats."""


@pytest.fixture
def traced(k2log, monkeypatch) -> Callable[..., list[str]]:
    """Run a command line; return the statements that SQLite was given."""
    statements: list[str] = []
    connect = store.connect

    def traced_connection(path) -> sqlite3.Connection:
        db = connect(path)
        db.set_trace_callback(statements.append)
        return db

    def run(*arguments: str) -> list[str]:
        statements.clear()
        with monkeypatch.context() as patched:
            patched.setattr(store, "connect", traced_connection)
            result = k2log(*arguments) if arguments else k2log("--plain")
        assert result.code == 0, result.err
        return list(statements)

    return run


@pytest.fixture
def logged(k2log) -> None:
    """Log a few days, with a dose that lasts, a routine, a person and their medicine."""
    k2log("add", "natto 1tbsp, gouda 30g, d3 1000IU", "--on", "yesterday", "--at", "08:00")
    k2log("add", "salmon 150g, whole milk 200ml", "--on", "-9", "--meal", "dinner")
    for day in ("-2", "-4", "-5"):
        k2log("add", "2 eggs", "--on", day)
        k2log("day", "complete", day)
    k2log("add", "d3 20000IU", "--every", "7d", "--on", "-3")
    k2log("routine", "add", "morning", "d3 1000IU", "mk7 45mcg")
    k2log(
        "profile", "set", "--born", "1964", "--sex", "female", "--medicine", "levothyroxine@07:00"
    )
    k2log("add", "2 eggs")
    k2log("undo")


def scans(path, statements: list[str]) -> Iterator[str]:
    """Yield how SQLite would read all entries, by the table or along an index, if it would.

    The index of wrong rows is empty.
    """
    with closing(sqlite3.connect(path.as_uri(), uri=True)) as db:
        food_table.attach(db)
        for statement in statements:
            reads = re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", statement)
            if not reads or statement.startswith(COUNTS_ALL):
                continue
            for *_, step in db.execute(f"EXPLAIN QUERY PLAN {statement}"):
                if re.match(r"SCAN (entries|diary_entries)\b(?!.*_wrong$)", step):
                    yield f"{step}: {' '.join(statement.split())[:200]}"


@pytest.mark.long
@pytest.mark.parametrize("arguments", WINDOWED, ids=lambda words: " ".join(words) or "bare")
def test_a_window_is_not_read_from_all_entries(arguments, diary, logged, traced):
    """No statement of the command goes through every entry, with or without an index."""
    if arguments == ["redo"]:
        traced("undo")

    statements = traced(*arguments)

    assert statements
    assert list(scans(diary, statements)) == []
    assert list(scans(diary, ["SELECT note FROM entries"])) != []
