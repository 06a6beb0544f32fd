"""Break k2log on purpose, many times, and count: ``python tests/faults``.

Kills at random moments and at chosen calls to the system, disks that fail, damaged logs, and many
processes on one diary. Exits with 1 if anything was lost, half there or untruly told.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final, NamedTuple

from calls import built_shim, faulted
from judge import backups, flaws, live, state
from kills import Tally, killed
from logs import damaged, logged, only_a_beginning
from restores import siege
from scenes import SCENES, Scene, fresh_folder, scene, staged
from writers import at_once, crowd

_FAILURES: Final[tuple[tuple[str, dict[str, object]], ...]] = (
    ("killed before a call", {"how": "kill"}),
    ("killed amid a write", {"how": "torn"}),
    ("disk full from a call on", {"how": "full", "stays": True}),
    ("disk full for one call", {"how": "full"}),
    ("disk broken from a call on", {"how": "broken", "stays": True}),
    ("disk broken for one call", {"how": "broken"}),
    ("reading broken for one call", {"how": "broken", "reads": True}),
)
_STEPS: Final = {"add": 1, "import": 9, "first add": 17, "upgrade": 53, "backup": 23}
"""Every how manyth call of a command fails, where more would take too long; else every second."""


class Job(NamedTuple):
    """A part of the run: what it tries, and the work."""

    name: str
    work: Callable[[], Tally]


def main() -> int:
    """Run all parts, print what they came to; return the exit code."""
    options = _options()
    begun = perf_counter()
    with tempfile.TemporaryDirectory(prefix="k2log-faults-") as folder:
        jobs = [*_alone(Path(folder), options)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            tallies = [*zip(jobs, pool.map(lambda job: _run(job), jobs), strict=True)]
        crowds = [*_crowds(Path(folder), options)]
        tallies += [(job, _run(job)) for job in crowds]
    _say(_table([(job.name, tally) for job, tally in tallies]))
    _say(f"\nseed {options.seed}, {perf_counter() - begun:.0f} s")
    wrong = [each for _, tally in tallies for each in tally.wrong]
    for each in wrong:
        _say(each)
    return int(bool(wrong))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python tests/faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=21, help="of the random moments (21)")
    parser.add_argument("--kills", type=int, default=50, help="of each command, at random (50)")
    parser.add_argument("--writers", type=int, default=16, help="processes at once (16)")
    parser.add_argument("--adds", type=int, default=200, help="of each writer (200)")
    parser.add_argument("--restores", type=int, default=100, help="beside three writers (100)")
    parser.add_argument("--logs", type=int, default=400, help="damaged logs of each kind (400)")
    return parser.parse_args()


def _run(job: Job) -> Tally:
    tally = job.work()
    sys.stderr.write(f"{job.name}: {tally.faults}, wrong: {len(tally.wrong)}\n")
    return tally


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _alone(folder: Path, options: Namespace) -> Iterator[Job]:
    """Yield what needs only a process at a time."""
    for number, which in enumerate(SCENES):
        place = folder / f"kills-{number}"
        work = partial(_killed, which, place, Random(options.seed + number), options.kills)
        yield Job("killed at a random moment", work)
    shim = built_shim(folder)
    for number, which in enumerate(SCENES if shim else ()):
        for part, (name, how) in enumerate(_FAILURES):
            yield Job(name, partial(_failed, shim, which, folder / f"calls-{number}-{part}", how))
    for how in ("cut", "garbled"):
        yield Job(f"log {how}", partial(_logs, folder / how, how, options.logs, options.seed))


def _killed(which: Scene, folder: Path, random: Random, times: int) -> Tally:
    return killed(staged(which, folder, tries=3), folder / "run" / "diary.db", random, times)


def _failed(shim: Path, which: Scene, folder: Path, how: dict[str, object]) -> Tally:
    stage, step = staged(which, folder), _STEPS.get(which.name, 2)
    return faulted(shim, stage, folder / "run" / "diary.db", step=step, **how)  # type: ignore[arg-type]


def _logs(folder: Path, how: str, times: int, seed: int) -> Tally:
    folder.mkdir()
    path, states = logged(folder, adds=6)
    copies = (damaged(path, folder / str(it), how, Random(seed + it)) for it in range(times))
    wrong = [each for copy in copies for each in only_a_beginning(copy, states)]
    return Tally(times, wrong=tuple(wrong))


def _crowds(folder: Path, options: Namespace) -> Iterator[Job]:
    """Yield what needs the whole machine."""
    yield Job(f"{options.writers} first starts at once", partial(_first, folder, options.writers))
    yield Job("8 adds at once on schema 1", partial(_upgrading, folder))
    name = f"{options.writers} writers, readers and undo"
    yield Job(name, partial(_crowd, folder, options.writers, options.adds))
    for name, forks, kills in (("started", False, None), ("forked", True, None),
                               ("killed", True, Random(options.seed))):  # fmt: skip
        work = partial(_siege, folder / name, options.restores, forks, kills)
        yield Job(f"{options.restores} restores beside 3 writers, {name}", work)


def _first(folder: Path, processes: int) -> Tally:
    return _together(
        [_started(folder / f"first-{it}" / "diary.db", processes, 0) for it in range(10)]
    )


def _upgrading(folder: Path) -> Tally:
    stage = staged(scene("upgrade"), folder / "old")
    copies = [fresh_folder(stage.diary, folder / f"old-{number}") for number in range(10)]
    tallies = [_started(copy, 8, len(live(stage.before))) for copy in copies]
    made = [f"{len(found)} backups" for copy in copies if len(found := backups(copy)) != 1]
    return _together([*tallies, Tally(wrong=tuple(made))])


def _started(diary: Path, processes: int, before: int) -> Tally:
    diary.parent.mkdir(exist_ok=True)
    results = at_once(diary, processes)
    done = sum(result.code == 0 for result in results)
    wrong = [str(result) for result in results if result.code] + flaws(diary)
    if len(live(state(diary))) != before + done:
        wrong.append("lost: an entry")
    return Tally(processes, done, done, tuple(wrong))


def _crowd(folder: Path, writers: int, adds: int) -> Tally:
    (folder / "crowd").mkdir()
    result = crowd(folder / "crowd" / "diary.db", writers, adds)
    sys.stderr.write(f"{result.undos} undos, {result.looks} looks\n")
    return Tally(writers * adds, result.adds, result.adds, tuple(result.wrong))


def _siege(folder: Path, restores: int, forks: bool, kills: Random | None) -> Tally:
    folder.mkdir()
    result = siege(folder, restores, 3, forks=forks, kills=kills)
    sys.stderr.write(f"{result.restores} restores done, {result.refused} adds refused\n")
    return Tally(restores, result.acknowledged, result.acknowledged, tuple(result.wrong))


def _together(tallies: list[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole = whole.plus(tally)
    return whole


def _table(rows: list[tuple[str, Tally]]) -> str:
    """Return a table in Markdown, parts of one name together."""
    names = dict.fromkeys(name for name, _ in rows)
    lines = [
        "| what | times | acknowledged | done | wrong |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name in names:
        tally = _together([each for other, each in rows if other == name])
        counts = (tally.faults, tally.acknowledged, tally.done, len(tally.wrong))
        lines.append(f"| {name} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
