"""k2log as real processes on one diary, each ended by its own id whatever happens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

K2LOG: Final = (sys.executable, "-m", "k2log")
FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
PATIENCE_SECONDS: Final = 120
_INHERITED: Final = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH", "K2LOG_NOW")


class Ended(NamedTuple):
    """How a command ended; ``code`` is negative where a signal ended it."""

    code: int
    out: str
    err: str


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return what a command sees: nothing of the user's, a home of its own."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "TZ": "Europe/Amsterdam"}
    return {**kept, **home, "PYTHONUTF8": "1", **more}


@contextmanager
def started(path: Path, *words: str, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """Start a command on a diary; it does not outlive the block. ``more`` is its environment."""
    with subprocess.Popen(
        [*K2LOG, "--db", str(path), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=path.parent,
        env=environment(path.parent, **more),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: "subprocess.Popen[str]") -> Ended:
    """Read all that a command says, to its end."""
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    return Ended(process.returncode, out, err)


def run(path: Path, *words: str, **more: str) -> Ended:
    """Run a command on a diary."""
    with started(path, *words, **more) as process:
        return ended(process)


def must(path: Path, *words: str) -> Ended:
    """Run a command that has no reason to fail."""
    result = run(path, *words)
    assert result.code == 0, (words, result)
    return result
