"""Measure food search beside a small table, and the load of a new catalogue.

``python -m benchmarks.foods``: search among 400,000 foods against the same command among those of
the catalogue alone (target: 60 ms more at most), and a start that loads the catalogue against one
that need not (target: 150 ms more at most).
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
from benchmarks.stopwatch import Task, Timing, measure, once

FOODS: Final = 400_000
_QUERIES: Final = ("cheese", "greek yogurt", "chedder", "milk whole")
_FRESH: Final = "UPDATE settings SET value = '1.1' WHERE key = 'catalogue'"


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
        _widen(large)
        timings = measure([*_searches(installed, small, large)], options.rounds, lambda _: None)
        loads = [_load(installed, small) for _ in range(options.rounds)]
    for query in _QUERIES:
        _print(f"foods search {query}", timings[f"{query} large"], timings[f"{query} small"], 60)
    print(f"start that loads the catalogue: {sorted(loads)[len(loads) // 2]:.0f} ms more (≤ 150)")


def _print(name: str, large: Timing, small: Timing, most: int) -> None:
    more = large.median - small.median
    print(f"{name}: {small.median:.0f} ms, among {FOODS:,} foods {more:.0f} ms more (≤ {most})")


def _diary(installed: Installed, home: Path) -> Path:
    home.mkdir()
    path = home / "diary.db"
    command = [installed.k2log, "--db", path, "add", "egg", "1"]
    subprocess.run(command, env=child(home), check=True, stdout=subprocess.DEVNULL)
    return path


def _widen(path: Path) -> None:
    """Add foods named of words that the catalogue uses, with a brand each."""
    chance = random.Random(1)
    with closing(sqlite3.connect(path)) as db, db:
        words = [word for (word,) in db.execute("SELECT term FROM food_words")]
        (base,) = db.execute("SELECT max(id) FROM foods").fetchone()
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


def _load(installed: Installed, path: Path) -> float:
    """Return how much longer a start takes that loads the catalogue again, in ms."""
    task = Task("add", [installed.k2log, "--db", path, "add", "egg", "1"], child(path.parent))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(_FRESH)
    loading = once(task)
    return loading - once(task)


if __name__ == "__main__":
    main()
