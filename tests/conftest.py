"""A diary of one's own for every test, the clock at a fixed noon, and the front door."""

import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from k2log import clock
from k2log.cli import run

settings.register_profile("k2log", deadline=None)  # speed is measured in benchmarks/
settings.load_profile("k2log")

# Jobs in the background ignore Ctrl-C, and so does all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

NOON = datetime.fromisoformat("2026-11-21T12:00:00+01:00")  # a Saturday


class Result(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point k2log at a temporary diary; no test can touch a real one."""
    path = tmp_path / "diary.db"
    monkeypatch.setenv("K2LOG_DB", str(path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    time.tzset()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return path


@pytest.fixture
def set_now(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a test say what time it is."""
    return lambda text: monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(text))


@pytest.fixture
def k2log(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run a command line: ``k2log("add natto 1tbsp")`` or ``k2log("add", "d3 2000IU")``."""

    def command(*arguments: str) -> Result:
        words = arguments[0].split() if len(arguments) == 1 else list(arguments)
        capfd.readouterr()
        code = run(words)
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return command
