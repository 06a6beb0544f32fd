"""Measure the import of a food table: ``python -m benchmarks.tables PATH``.

PATH is your own copy of SR28 (or another table), as a zip or a folder; none comes with k2log. The
floor is Python reading the same files, unpacked, line by line, and splitting each line.
"""

import zipfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.environment import Installed, child, found_in, install, load, machine
from benchmarks.results import Result, Target, as_text
from benchmarks.stopwatch import Task, Timing, measure

FLOOR: Final = "python -c: read the files and split"
FIRST: Final = "k2log foods import, into a new diary"
AGAIN: Final = "k2log foods import, all unchanged"
MOST: Final = 6.0
_READ_AND_SPLIT: Final = """
import sys
for path in sys.argv[2:]:
    for line in open(path, encoding="latin-1"):
        line.split(sys.argv[1])
"""
_IMPORT: Final = """
import subprocess, sys
from pathlib import Path
k2log, diary, table, keep = sys.argv[1:]
if not keep:
    for end in ("", "-wal", "-shm"):
        Path(diary + end).unlink(missing_ok=True)
command = [k2log, "--db", diary, "foods", "import", table]
sys.exit(subprocess.run(command, stdout=subprocess.DEVNULL).returncode)
"""
_FILES: Final = {
    "^": ("FOOD_DES.txt", "NUT_DATA.txt", "WEIGHT.txt"),
    ",": ("food.csv", "food_nutrient.csv", "nutrient.csv", "food_portion.csv", "branded_food.csv"),
}


def main() -> None:
    """Install k2log, import the table again and again, and print the table of it."""
    options = _options()
    with TemporaryDirectory(prefix="k2log-benchmark-") as temporary:
        folder = Path(temporary)
        kept = options.environment
        installed = found_in(kept) if kept else install(folder / "environment")
        before = load()
        timings = measure(list(_tasks(installed, folder, options.path)), options.rounds, _silent)
        about = machine(installed) | {"rounds": options.rounds, "load": f"{before} to {load()}"}
    print(as_text(about, timings, _judged(timings)))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.tables", description=__doc__)
    parser.add_argument("path", type=Path, help="your copy of the table, a zip or a folder")
    parser.add_argument("--rounds", type=int, default=7, help="measured rounds (7)")
    parser.add_argument(
        "--environment", type=Path, metavar="DIR", help="measure this virtual environment's k2log"
    )
    return parser.parse_args()


def _tasks(installed: Installed, folder: Path, table: Path) -> Iterator[Task]:
    separator, files = _unpacked(table, folder)
    environment = child(folder)
    run = installed.python
    yield Task(FLOOR, [run, "-c", _READ_AND_SPLIT, separator, *files], environment)
    for name, keep in ((FIRST, ""), (AGAIN, "keep")):
        diary = folder / f"diary{keep}.db"
        paths = (installed.k2log, diary, table.absolute())
        command: list[str | Path] = [run, "-c", _IMPORT, *paths, keep]
        yield Task(name, command, environment)


def _unpacked(table: Path, folder: Path) -> tuple[str, list[Path]]:
    """Return the separator of the table's files, and the files that k2log reads of it."""
    if zipfile.is_zipfile(table):
        with zipfile.ZipFile(table) as archive:
            archive.extractall(folder / "unpacked")
        table = folder / "unpacked"
    if table.is_file():
        return ",", [table]
    for separator, names in _FILES.items():
        if files := [path for name in names for path in table.rglob(name)]:
            return separator, files
    raise SystemExit(f"no table in {table}")


def _judged(timings: dict[str, Timing]) -> Iterator[Result]:
    floor = timings[FLOOR]
    for name in (FIRST, AGAIN):
        timing = timings[name]
        ratios = timing.median / floor.median, timing.processor / floor.processor
        yield Result(Target(name, FLOOR, MOST), *ratios)


def _silent(_: str) -> None:
    """Say nothing: a round takes seconds only."""


if __name__ == "__main__":
    main()
