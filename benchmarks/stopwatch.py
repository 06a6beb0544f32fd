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
from resource import struct_rusage
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

WARM_UPS: Final = 3
_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
_LINES_COLUMNS: Final = struct.pack("HHHH", 24, 80, 0, 0)


Command = Sequence[str | Path]


class Task(NamedTuple):
    """One command to measure; what comes before and after it is not timed."""

    name: str
    command: Command
    environment: Mapping[str, str]
    in_terminal: bool = False
    before: Sequence[Command] = ()
    after: Sequence[Command] = ()


class Run(NamedTuple):
    """One run: milliseconds that passed, those of the processor, and the most memory in MiB."""

    elapsed: float
    processor: float
    memory: float


class Timing(NamedTuple):
    """What one command took, run by run; the processor time suffers least from noise."""

    runs: Sequence[Run]

    @property
    def median(self) -> float:
        """In milliseconds."""
        return median(run.elapsed for run in self.runs)

    @property
    def best(self) -> float:
        """In milliseconds."""
        return min(run.elapsed for run in self.runs)

    @property
    def processor(self) -> float:
        """The median, in milliseconds of the processor."""
        return median(run.processor for run in self.runs)

    @property
    def memory(self) -> float:
        """The most that it held, in MiB."""
        return max(run.memory for run in self.runs)


def measure(
    tasks: Sequence[Task], rounds: int, tell: Callable[[str], None], warm_ups: int = WARM_UPS
) -> dict[str, Timing]:
    """Run every task in each round, so that noise hits all alike; return a timing per task."""
    taken: dict[str, list[Run]] = {task.name: [] for task in tasks}
    for number in range(-warm_ups, rounds):
        tell(f"round {number + 1} of {rounds}" if number >= 0 else "warming up")
        for task in _shuffled(tasks, number):
            run = _time(task)
            if number >= 0:
                taken[task.name].append(run)
    return {name: Timing(runs) for name, runs in taken.items()}


def _shuffled(tasks: Sequence[Task], number: int) -> Sequence[Task]:
    """Return the tasks in an order of this round's own: none always follows the same one."""
    return Random(number).sample(tasks, len(tasks))


def _time(task: Task) -> Run:
    """Run a task once, between what it needs before and after."""
    run = _run_in_terminal if task.in_terminal else _run
    _aside(task, task.before)
    begun = perf_counter()
    code, used = run(task)
    ended = perf_counter()
    _aside(task, task.after)
    if code:
        sys.exit(f"{task.name}: exit code {code}, of {' '.join(map(str, task.command))}")
    processor = used.ru_utime + used.ru_stime
    return Run((ended - begun) * 1000, processor * 1000, used.ru_maxrss * _UNIT / 2**20)


def _aside(task: Task, commands: Sequence[Command]) -> None:
    for command in commands:
        subprocess.run(command, env=task.environment, capture_output=True, check=True)


def _run(task: Task) -> tuple[int, struct_rusage]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        task.command, env=task.environment, stdin=quiet, stdout=quiet, stderr=quiet
    )
    return _ended(process)


def _run_in_terminal(task: Task) -> tuple[int, struct_rusage]:
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


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, struct_rusage]:
    """Wait for the end; return the exit code and what the process used."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used


def _drain(descriptor: int) -> None:
    try:
        while os.read(descriptor, 65_536):
            pass
    except OSError:  # Linux ends a pseudo-terminal with EIO
        return
