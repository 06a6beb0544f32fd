"""Measure food search beside a small table, a first start, and a name that matches nothing.

``python -m benchmarks.foods``: search among 400,000 imported foods against the same command among
those of the package alone (target: 60 ms more at most); a first ``add``, where there is no diary,
against a later one (target: 1.3 times at most); and an ``add`` of what no food is called against
one that logs (target: 1.5 times at most).
"""

import random
import sqlite3
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.environment import Installed, child, found_in, install
from benchmarks.stopwatch import Task, Timing, measure

FOODS: Final = 400_000
_QUERIES: Final = ("cheese", "greek yogurt", "chedder", "milk whole")
_ADD: Final = ("add", "natto", "1tbsp")
_TABLE: Final = "from k2log.store.food_table import FILE; print(FILE)"


def main() -> None:
    """Make the diaries, measure, and print a line per comparison."""
    parser = ArgumentParser(prog="python -m benchmarks.foods", description=__doc__)
    parser.add_argument("--environment", type=Path, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="k2log-benchmark-") as temporary:
        folder = Path(temporary)
        kept = options.environment
        installed = found_in(kept) if kept else install(folder / "environment")
        small, large = _diary(installed, folder / "small"), _diary(installed, folder / "large")
        _widen(installed, large)
        tasks = [*_searches(installed, small, large), *_adds(installed, folder / "new", small)]
        timings = measure(tasks, options.rounds, lambda _: None)
    for query in _QUERIES:
        _print(f"foods search {query}", timings[f"{query} large"], timings[f"{query} small"], 60)
    for name, most in (("first", 1.3), ("unknown", 1.5)):
        of_processor = timings[name].processor / timings["add"].processor
        times = timings[name].median / timings["add"].median
        print(f"{name}: {times:.2f} times add, {of_processor:.2f} of the processor (≤ {most})")


def _print(name: str, large: Timing, small: Timing, most: int) -> None:
    more = large.median - small.median
    print(f"{name}: {small.median:.0f} ms, among {FOODS:,} foods {more:.0f} ms more (≤ {most})")


def _diary(installed: Installed, home: Path) -> Path:
    home.mkdir()
    path = home / "diary.db"
    command = [installed.k2log, "--db", path, "add", "egg", "1"]
    subprocess.run(command, env=child(home), check=True, stdout=subprocess.DEVNULL)
    return path


def _widen(installed: Installed, path: Path) -> None:
    """Add foods named of words that the catalogue uses, with a brand each."""
    chance, base = random.Random(1), 0
    asked = [installed.python, "-c", _TABLE]
    table = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    with closing(sqlite3.connect(table)) as db:
        words = [word for (word,) in db.execute("SELECT term FROM food_words")]
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO foods (id, key, name, kind, origin, unit, per)"
            " VALUES (?, ?, ?, 'food', 'table', 'g', 100)",
            ((base + at, f"table:{at}", f"food {at}") for at in range(1, FOODS + 1)),
        )
        names = (" ".join(sorted(_name(words, chance))) for _ in range(FOODS))
        db.executemany(
            "INSERT INTO food_names (food_id, position, name, name_key) VALUES (?, 0, ?, ?)",
            ((base + at, name, name) for at, name in enumerate(names, 1)),
        )


def _name(words: list[str], chance: random.Random) -> Iterator[str]:
    yield from chance.sample(words, chance.randint(2, 6))
    yield f"brand{chance.randrange(5000)}"


def _searches(installed: Installed, small: Path, large: Path) -> Iterator[Task]:
    for size, path in (("small", small), ("large", large)):
        for query in _QUERIES:
            command = [installed.k2log, "--db", path, "foods", "search", *query.split(), "--json"]
            yield Task(f"{query} {size}", command, child(path.parent))


def _adds(installed: Installed, new: Path, small: Path) -> Iterator[Task]:
    """Yield an add, the first one of all, and one of what no food is called, which exits with 3."""
    new.mkdir()
    run, diary = installed.k2log, new / "diary.db"
    yield Task("add", [run, "--db", small, *_ADD], child(small.parent))
    remove = ["sh", "-c", f"rm -f '{diary}'*"]
    yield Task("first", [run, "--db", diary, *_ADD], child(new), before=[remove])
    unknown = [installed.python, "-c", _UNKNOWN.format(str(small))]
    yield Task("unknown", unknown, child(small.parent))


_UNKNOWN: Final = """
import sys; sys.argv = ["k2log", "--db", {!r}, "add", "zorkumber", "30g"]
from k2log.__main__ import main
try:
    main()
except SystemExit as end:
    sys.exit(end.code != 3)
"""


if __name__ == "__main__":
    main()
