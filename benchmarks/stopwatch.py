"""Commands, timed from before they start until they have ended, in rounds."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

WARM_UPS: Final = 3
_LINES_COLUMNS: Final = struct.pack("HHHH", 24, 80, 0, 0)


class Task(NamedTuple):
    """One command to measure."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    in_terminal: bool = False


class Timing(NamedTuple):
    """What one command took, in milliseconds; the processor time suffers least from noise."""

    median: float
    best: float
    processor: float


def measure(tasks: Sequence[Task], rounds: int, tell: Callable[[str], None]) -> dict[str, Timing]:
    """Run every task in each round, so that noise hits all alike; return a timing per task."""
    taken: dict[str, list[tuple[float, float]]] = {task.name: [] for task in tasks}
    for number in range(-WARM_UPS, rounds):
        tell(f"round {number + 1} of {rounds}" if number >= 0 else "warming up")
        for task in _shuffled(tasks, number):
            times = _time(task)
            if number >= 0:
                taken[task.name].append(times)
    return {name: _timing(*zip(*times, strict=True)) for name, times in taken.items()}


def once(task: Task) -> float:
    """Return what one run of a command takes, in milliseconds."""
    return _time(task)[0]


def _timing(elapsed: Sequence[float], processor: Sequence[float]) -> Timing:
    return Timing(median(elapsed), min(elapsed), median(processor))


def _shuffled(tasks: Sequence[Task], number: int) -> Sequence[Task]:
    """Return the tasks in an order of this round's own: none always follows the same one."""
    return Random(number).sample(tasks, len(tasks))


def _time(task: Task) -> tuple[float, float]:
    """Return the time that passed and the processor time, both in milliseconds."""
    run = _run_in_terminal if task.in_terminal else _run
    begun = perf_counter()
    code, processor = run(task)
    ended = perf_counter()
    if code:
        sys.exit(f"{task.name}: exit code {code}")
    return (ended - begun) * 1000, processor * 1000


def _run(task: Task) -> tuple[int, float]:
    quiet = subprocess.DEVNULL
    return _ended(subprocess.Popen(task.command, env=task.environment, stdin=quiet, stdout=quiet))


def _run_in_terminal(task: Task) -> tuple[int, float]:
    """Run in a pseudo-terminal of 80 columns and read all it writes."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, _LINES_COLUMNS)
    process = subprocess.Popen(
        task.command, env=task.environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    _drain(ours)
    os.close(ours)
    return _ended(process)


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait for the end; return the exit code and the processor time in seconds."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


def _drain(descriptor: int) -> None:
    try:
        while os.read(descriptor, 65_536):
            pass
    except OSError:  # Linux ends a pseudo-terminal with EIO
        return
