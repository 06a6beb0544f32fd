"""A second opinion from hyperfine, where it is installed, on commands that change nothing."""

import json
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from typing import Final

from benchmarks.stopwatch import WARM_UPS, Task

RUNS: Final = 20


def second_opinion(tasks: Iterable[Task]) -> Iterator[str]:
    """Yield the lines of a table; one that says so where hyperfine is not installed."""
    program = shutil.which("hyperfine")
    if not program:
        yield "hyperfine: not installed"
        return
    yield f"| {'hyperfine, in a pipe':<46} | median ms | best ms | processor ms |"
    yield f"|{'-' * 48}|----------:|--------:|-------------:|"
    for task in tasks:
        found = _measured(program, task)
        processor = found["user"] + found["system"]
        numbers = (found["median"], found["min"], processor)
        median, best, used = (seconds * 1000 for seconds in numbers)
        yield f"| {task.name:<46} | {median:9.1f} | {best:7.1f} | {used:12.1f} |"


def _measured(program: str, task: Task) -> dict[str, float]:
    """Return what hyperfine says of a task, in seconds."""
    told = [program, "-N", "--style", "none", "--warmup", str(WARM_UPS), "--runs", str(RUNS)]
    command = shlex.join(map(str, task.command))
    done = subprocess.run(
        [*told, "--export-json", "/dev/stdout", command],
        env=task.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout)["results"][0]
    return result
