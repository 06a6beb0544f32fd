"""A diary of one's own for every test, the clock at a fixed noon, and the front door."""

import ast
import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from k2log import clock
from k2log.cli import run
from k2log.store import checkout, food_table

# No deadlines: speed is measured in benchmarks/.
settings.register_profile("k2log", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.load_profile("k2log")

# Jobs in the background ignore Ctrl-C, and so does all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ZONE = "Europe/Amsterdam"
NOON = datetime.fromisoformat("2026-11-21T12:00:00+01:00")  # a Saturday

# For what is imported and parametrized, before the first fixture: programs inherit both.
os.environ["TZ"] = ZONE
os.environ[clock.SETTING] = NOON.isoformat()
if hasattr(time, "tzset"):  # not on Windows, where the machine's own zone has to be Amsterdam's
    time.tzset()

UNIX_ONLY = {"pty", "resource", "terminals", "forks"}
"""What a test module imports that needs a Unix system: terminals, limits of memory, forks."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out, where there is no Unix, the test modules that cannot even be imported."""
    if os.name == "posix" or collection_path.suffix != ".py":
        return None
    imports = [
        node
        for node in ast.parse(collection_path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {each.name for node in imports for each in node.names}
    names |= {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    return True if names & UNIX_ONLY else None


STARTERS = {"subprocess", "pty", "forked", "talk", "Terminal", "modules_after", "must", "visit"}
"""What a test module has at hand that starts programs."""


class Result(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


def pytest_configure(config: pytest.Config) -> None:
    """Name the lanes, of which CONTRIBUTING says when each is run; have the food table made."""
    for line in (
        "long: takes minutes, and runs before every landing, not in the plain `pytest`",
        "slow: takes a second or more, and is left to the plain `pytest`",
        "programs: starts programs, which have a clock and a terminal of their own",
        "quick: one case of each test that is neither long nor slow and starts no program",
    ):
        config.addinivalue_line("markers", line)
    if food_table.is_checkout():
        checkout.refresh()  # the processes that tests start find it made
    if config.option.markexpr == "quick":
        settings.load_profile("quick")
        config.option.warn_unused_snapshots = True  # those of the other cases


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests of modules that start programs, and the first case of each that is quick."""
    seen: set[tuple[str, str]] = set()
    for item in items:
        module = getattr(item, "module", None)
        if module and STARTERS & vars(module).keys():
            item.add_marker(pytest.mark.programs)
        test = (item.location[0], getattr(item, "originalname", item.name))
        if test not in seen and not any(map(item.get_closest_marker, ("long", "slow", "programs"))):
            item.add_marker(pytest.mark.quick)
        seen.add(test)


def older_diary(schema: int, path: Path) -> Path:
    """Make the diary of an older schema that stands as text in ``fixtures/``."""
    script = Path(__file__).parent / "fixtures" / f"schema-{schema}.sql"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script.read_text(encoding="utf-8"))
    return path


@pytest.fixture
def newer_foods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let k2log have a table of foods that differs by some SQL, as a newer k2log may."""

    def change(script: str) -> None:
        table = tmp_path / "newer-foods.db"
        shutil.copy(food_table.FILE, table)
        with closing(sqlite3.connect(table)) as db:
            db.executescript(script)
        monkeypatch.setattr(food_table, "FILE", table)

    return change


@pytest.fixture(autouse=True)
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point k2log at a temporary diary; no test can touch a real one."""
    path = tmp_path / "diary.db"
    monkeypatch.setenv("K2LOG_DB", str(path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", ZONE)
    monkeypatch.setenv(clock.SETTING, NOON.isoformat())
    if hasattr(time, "tzset"):
        time.tzset()
    return path


@pytest.fixture
def set_now(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a test say what time it is, for this process and for those it starts."""
    return lambda text: monkeypatch.setenv(clock.SETTING, text)


@pytest.fixture
def k2log(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run a command line: ``k2log("add natto 1tbsp")`` or ``k2log("add", "d3 2000IU")``."""

    def command(*arguments: str) -> Result:
        words = arguments[0].split() if len(arguments) == 1 else list(arguments)
        capfd.readouterr()
        number = sys.stdout.fileno()
        kept = os.dup(number)
        try:
            code = run(words)
        finally:
            sys.stdout.flush()
            os.dup2(kept, number)  # an error of the system silences stdout for good
            os.close(kept)
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return command
