"""The commands of k2log that are measured, the floors, and what they are held against."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.environment import Installed, child
from benchmarks.results import Target, on
from benchmarks.stopwatch import Command, Task

FLOORS: Final = Path(__file__).parent / "floors"
FLOOR_ADD: Final = "floor A: Typer, SQLite, one row"
FLOOR_WEEK: Final = "floor B: Typer, SQLite, Rich table"
FLOOR_PLAIN: Final = "floor C: argparse, SQLite, one row"
TYPER: Final = 'python -c "import typer"'
ADD: Final = "k2log add natto 1tbsp"
WEEK: Final = "k2log report --week"
COMPLETION: Final = "Tab behind k2log add gou"
VERSION: Final = "k2log --version"
UNCHANGING: Final = (TYPER, VERSION, "k2log", "k2log log", WEEK)
"""What can be run again and again, alone."""
FLAT: Final = (ADD, "k2log log", WEEK, "k2log undo", COMPLETION)
"""What may not take longer on a long diary."""
DAILY: Final = (
    "k2log add @morning", "k2log repeat yesterday", "k2log", "k2log log", "k2log undo",
    "k2log edit 1 gouda 40g", "k2log history", "k2log report --day", WEEK,
    "k2log foods search cheese", COMPLETION,
)  # fmt: skip
"""What is run every day, and may take little longer than ``add``."""
_IN_TERMINAL: Final = {"k2log", "k2log log", "k2log history"}
_BEFORE: Final = {
    "k2log undo": ("add", "egg"),
    "k2log edit 1 gouda 40g": ("edit", "1", "gouda 30g"),
}
_AFTER: Final = (ADD, "k2log add @morning", "k2log repeat yesterday")
"""What is taken back after each run, so that today does not grow."""
_TAB: Final = {
    "_K2LOG_COMPLETE": "complete_bash", "COMP_WORDS": "k2log add gou", "COMP_CWORD": "2",
}  # fmt: skip


def floors(installed: Installed, folder: Path, diary: Path) -> Iterator[Task]:
    """Yield what k2log is held against, and its starts that need no diary."""
    run, environment = installed.python, child(folder, FLOOR_DB=str(diary))
    insert = (run, FLOORS / "run_insert.py", "natto", "1tbsp")
    yield Task(FLOOR_ADD, insert, environment)
    plain = (run, FLOORS / "run_plain_insert.py", "natto", "1tbsp")
    yield Task(FLOOR_PLAIN, plain, environment)
    yield Task(FLOOR_WEEK, [run, FLOORS / "run_week.py"], environment, in_terminal=True)
    yield Task("python -c pass", [run, "-c", "pass"], environment)
    yield Task(TYPER, [run, "-c", "import typer"], environment)
    yield Task(VERSION, [installed.k2log, "--version"], environment)
    yield Task("k2log --help", [installed.k2log, "--help"], environment)


def daily(installed: Installed, home: Path, entries: int) -> Iterator[Task]:
    """Yield the daily commands on a diary of that size."""
    environment, run = child(home), installed.k2log
    for name in dict.fromkeys([ADD, *DAILY, "k2log report --year"]):
        if name == COMPLETION:
            yield Task(on(name, entries), [run], environment | _TAB)
            continue
        before: list[Command] = [(run, *_BEFORE[name])] if name in _BEFORE else []
        after: list[Command] = [(run, "undo")] if name in _AFTER else []
        shown = name in _IN_TERMINAL or "report" in name
        yield Task(on(name, entries), [run, *_words(name)], environment, shown, before, after)


def _words(name: str) -> Sequence[str]:
    words = name.split()[1:]
    return [*words[:2], " ".join(words[2:])] if words[:1] == ["edit"] else words


def targets(sizes: Sequence[int]) -> Iterator[Target]:
    """Yield what the commands are held to, in the order of the table."""
    small, large = min(sizes), max(sizes)
    yield Target(VERSION, TYPER, 1.15)
    for size in sizes:
        yield Target(on(ADD, size), FLOOR_ADD, 1.0)
        for name in (ADD, "k2log", "k2log log", "k2log undo"):
            yield Target(on(name, size), FLOOR_PLAIN, 1.5)
        yield Target(on(WEEK, size), FLOOR_WEEK, 1.25)
    for name in FLAT:
        yield Target(on(name, large), on(name, small), 1.05)
    usual = middle(sizes)
    for name in DAILY:
        yield Target(on(name, usual), on(ADD, usual), 1.5)


def middle(sizes: Sequence[int]) -> int:
    """Return the size of the diary that is neither short nor long; of two, the longer."""
    return sorted(sizes)[len(sizes) // 2]
