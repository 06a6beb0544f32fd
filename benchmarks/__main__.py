"""Measure k2log: ``python -m benchmarks``. Always exits with 0, however slow k2log is."""

import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import bulk, commands, peers
from benchmarks.commands import middle
from benchmarks.crosscheck import second_opinion
from benchmarks.diaries import make, make_floor
from benchmarks.environment import Installed, found_in, install, load, machine
from benchmarks.results import Target, as_json, as_text, judged, memory_text, on
from benchmarks.stopwatch import Task, Timing, measure

SIZES: Final = (1_000, 100_000, 1_000_000)
QUICK: Final = (1_000, 20_000)
LATEST: Final = Path(__file__).with_name("latest.md")
_HEAD: Final = """# The latest run of the benchmark

Written by `python -m benchmarks --save`; what is measured, and the targets, stand in
[docs/performance.md](../docs/performance.md).
"""
_FLOOR_ENTRIES: Final = 1_000


def main() -> None:
    """Install k2log, make the diaries, measure, and print the tables."""
    options = _options()
    with TemporaryDirectory(prefix="k2log-benchmark-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        _tell("installing k2log")
        kept = options.environment
        installed = found_in(kept) if kept else install(Path(temporary) / "environment")
        others = peers.peers(Path(temporary), installed.python, fetch=options.peers)
        homes = _homes(installed, folder, options.sizes)
        before = load()
        timings = _measured(installed, folder, homes, others.tasks, options)
        opinion = list(second_opinion(_unchanging(installed, folder, homes)))
        about = machine(installed) | {"rounds": options.rounds, "load": f"{before} to {load()}"}
    _tell("")
    results = judged(_targets(options.sizes), timings)
    if options.json:
        print(as_json(about, timings, results))
        return
    summed, moved = middle(options.sizes), max(options.sizes)
    whole = (on(name, moved) for name in (bulk.EXPORT, bulk.IMPORT, *bulk.ALL_SAID))
    long = (*whole, on(bulk.HISTORY, summed))
    parts = [as_text(about, timings, results), "", memory_text(timings, long)]
    text = "\n".join([*parts, *_rates(timings, max(homes)), *others.missing, "", *opinion])
    print(text)
    if options.save:
        LATEST.write_text(f"{_HEAD}\n{text}\n", encoding="utf-8")


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, help="measured rounds (41)")
    parser.add_argument("--long-rounds", type=int, help="of export, import, all history (3)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the diaries, or reuse them")
    parser.add_argument(
        "--environment", type=Path, metavar="DIR", help="measure this virtual environment's k2log"
    )
    parser.add_argument("--sizes", type=int, nargs="+", help="entries of the diaries")
    parser.add_argument("--peers", action="store_true", help="install jrnl and Watson to compare")
    parser.add_argument("--quick", action="store_true", help="small diaries, few rounds: a minute")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--save", action="store_true", help=f"write the tables to {LATEST.name}")
    options = parser.parse_args()
    options.sizes = options.sizes or (QUICK if options.quick else SIZES)
    options.rounds = options.rounds or (5 if options.quick else 41)
    options.long_rounds = options.long_rounds or (1 if options.quick else 3)
    return options


def _homes(installed: Installed, folder: Path, sizes: Sequence[int]) -> dict[int, Path]:
    homes = {size: folder / f"{size}-entries" for size in sizes}
    for size, home in homes.items():
        _tell(f"making the diary of {size:,} entries")
        make(installed, home, size)
    return homes


def _measured(
    installed: Installed, folder: Path, homes: dict[int, Path], others: list[Task], told: Namespace
) -> dict[str, Timing]:
    """Measure the short commands many times, the long ones a few, what grows in memory once."""
    floor = make_floor(folder / "floor.db", _FLOOR_ENTRIES)
    short = [*commands.floors(installed, folder, floor), *others]
    for size, home in homes.items():
        short += commands.daily(installed, home, size)
    summed, moved = middle(list(homes)), max(homes)
    long = [
        *bulk.history(installed, homes[summed], summed),
        *bulk.transfers(installed, homes[moved], moved),
    ]
    timings = measure(short, told.rounds, _tell)
    said = bulk.all_said(installed, homes[moved], moved)
    timings |= measure(list(said), 1, _tell, warm_ups=0)
    return timings | measure(long, told.long_rounds, _tell, warm_ups=0)


def _unchanging(installed: Installed, folder: Path, homes: dict[int, Path]) -> list[Task]:
    size, home = min(homes.items())
    tasks = [
        *commands.floors(installed, folder, folder / "floor.db"),
        *commands.daily(installed, home, size),
    ]
    names = {*commands.UNCHANGING, *(on(name, size) for name in commands.UNCHANGING)}
    return [task for task in tasks if task.name in names]


def _targets(sizes: Sequence[int]) -> list[Target]:
    first = peers.targets(on(commands.ADD, min(sizes)))
    return [*commands.targets(sizes), *first, *bulk.targets(middle(sizes), max(sizes))]


def _rates(timings: dict[str, Timing], entries: int) -> list[str]:
    """Return how many rows a second the long commands take or give."""
    if not shutil.which("sqlite3"):
        return ["sqlite3: not installed"]
    names = (bulk.EXPORT, bulk.DUMP, bulk.IMPORT, bulk.LOAD)
    return [
        f"{name}: {entries / timings[on(name, entries)].median * 1000:,.0f} rows a second"
        for name in names
    ]


def _tell(progress: str) -> None:
    """Say on stderr what is going on, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
