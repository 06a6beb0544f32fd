"""Measure k2log: ``python -m benchmarks``. Always exits with 0, however slow k2log is."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.diaries import make, make_floor
from benchmarks.environment import Installed, child, found_in, install, load, machine
from benchmarks.results import (
    ADD,
    FLOOR_ADD,
    FLOOR_WEEK,
    WEEK,
    as_json,
    as_text,
    judged,
    on,
    targets,
)
from benchmarks.stopwatch import Task, measure

_FLOORS: Final = Path(__file__).parent / "floors"


def main() -> None:
    """Install k2log, make the diaries, measure, and print the tables."""
    options = _options()
    with TemporaryDirectory(prefix="k2log-benchmark-") as temporary:
        folder = options.keep or Path(temporary)
        _tell("installing k2log")
        kept = options.environment
        installed = found_in(kept) if kept else install(Path(temporary) / "environment")
        tasks = [*_tasks(installed, folder, options.sizes)]
        before = load()
        timings = measure(tasks, options.rounds, _tell)
        about = machine(installed) | {"rounds": options.rounds, "load": f"{before} to {load()}"}
    _tell("")
    render = as_json if options.json else as_text
    print(render(about, timings, judged(targets(*options.sizes), timings)))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=41, help="measured rounds (41)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the diaries, or reuse them")
    parser.add_argument(
        "--environment", type=Path, metavar="DIR", help="measure this virtual environment's k2log"
    )
    parser.add_argument(
        "--sizes", type=int, nargs=2, default=(1_000, 1_000_000), help="entries of the two diaries"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def _tasks(installed: Installed, folder: Path, sizes: tuple[int, int]) -> Iterator[Task]:
    small = min(sizes)
    folder.mkdir(parents=True, exist_ok=True)
    floor = make_floor(folder / "floor.db", small)
    homes = {size: folder / f"{size}-entries" for size in sizes}
    for size, home in homes.items():
        _tell(f"making the diary of {size:,} entries")
        make(installed, home, size)
    yield from _floors(installed, child(folder, FLOOR_DB=str(floor)))
    for size, home in homes.items():
        yield from _targeted(installed, child(home), size)
    yield from _others(installed, child(homes[small]), small)


def _floors(installed: Installed, environment: dict[str, str]) -> Iterator[Task]:
    run = installed.python
    insert = (run, _FLOORS / "run_insert.py", "natto", "1tbsp")
    yield Task(FLOOR_ADD, insert, environment)
    yield Task(FLOOR_WEEK, [run, _FLOORS / "run_week.py"], environment, in_terminal=True)


def _targeted(installed: Installed, environment: dict[str, str], size: int) -> Iterator[Task]:
    run = installed.k2log
    yield Task(on(ADD, size), [run, "add", "natto", "1tbsp"], environment)
    yield Task(on(WEEK, size), [run, "report", "--week"], environment, in_terminal=True)


def _others(installed: Installed, environment: dict[str, str], size: int) -> Iterator[Task]:
    run = installed.k2log
    yield Task("python -c pass", [installed.python, "-c", "pass"], environment)
    yield Task('python -c "import typer"', [installed.python, "-c", "import typer"], environment)
    yield Task("k2log --version", [run, "--version"], environment)
    yield Task(on("k2log log", size), [run, "log"], environment, in_terminal=True)
    yield Task(on("k2log", size), [run], environment, in_terminal=True)


def _tell(progress: str) -> None:
    """Say on stderr what is going on, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
