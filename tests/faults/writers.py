"""Many processes on one diary: those that write, those that read, and one that takes back."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple

from judge import flaws
from started import Ended, run

_ADD: Final = ("add", "natto 1tbsp", "--on", "2026-11-19", "--json")
_READERS: Final = (
    ("report", "--from", "2026-11-15", "--to", "2026-11-20"),
    ("log", "--on", "2026-11-19"),
    ("export",),
)
_NOTHING: Final = "nothing to undo"


class Crowd(NamedTuple):
    """What many processes came to: adds that were acknowledged, undos, looks, and all faults."""

    adds: int
    undos: int
    looks: int
    wrong: list[str]


def crowd(diary: Path, writers: int, adds: int) -> Crowd:
    """Let writers add, one process an entry, while others read and one undoes now and then."""
    over = Event()
    with ThreadPoolExecutor(writers + len(_READERS) + 1) as pool:
        busy = [pool.submit(_writer, diary, adds) for _ in range(writers)]
        looking = [pool.submit(_until, over, lambda it=it: run(diary, *it)) for it in _READERS]  # type: ignore[misc]
        undoing = pool.submit(_until, over, lambda: run(diary, "undo"))
        try:
            added = [*chain.from_iterable(each.result() for each in busy)]
        finally:
            over.set()
    looks = [*chain.from_iterable(each.result() for each in looking)]
    undos = undoing.result()
    refused = [each for each in [*added, *looks] if each.code]
    refused += [each for each in undos if each.code and _NOTHING not in each.err]
    ids = [entry["id"] for each in added if not each.code for entry in json.loads(each.out)]
    taken_back = sum(each.code == 0 for each in undos)
    wrong = [*map(str, refused), *flaws(diary), *_lost(diary, ids, taken_back), *_torn(looks)]
    return Crowd(len(ids), taken_back, len(looks), wrong)


def _writer(diary: Path, adds: int) -> list[Ended]:
    return [run(diary, *_ADD) for _ in range(adds)]


def _until(over: Event, work: Callable[[], Ended]) -> list[Ended]:
    done = []
    while not over.wait(0.05):
        done.append(work())
    return done


def _lost(diary: Path, ids: list[int], taken_back: int) -> Iterator[str]:
    """Yield what is missing: each acknowledged id is a row of its own, each undo removed one."""
    with closing(sqlite3.connect(diary)) as db:
        held = [id_ for (id_,) in db.execute("SELECT id FROM entries")]
        (removed,) = db.execute("SELECT count(removed) FROM entries").fetchone()
    if len(set(ids)) != len(ids):
        yield "ids were given twice"
    if missing := set(ids) - set(held):
        yield f"lost: entries {sorted(missing)}"
    if len(held) != len(ids):
        yield f"{len(held)} entries for {len(ids)} acknowledged"
    if removed != taken_back:
        yield f"{removed} entries removed by {taken_back} undos"


def _torn(looks: list[Ended]) -> Iterator[str]:
    """Yield exports that have a row cut short."""
    for each in looks:
        if each.out.startswith("uid,"):
            widths = {len(row) for row in csv.reader(io.StringIO(each.out))}
            if len(widths) != 1:
                yield "an export with a torn row"


def at_once(diary: Path, processes: int) -> list[Ended]:
    """Start adds in the same moment; return how each ended."""
    with ThreadPoolExecutor(processes) as pool:
        return [*pool.map(lambda _: run(diary, *_ADD), range(processes))]
