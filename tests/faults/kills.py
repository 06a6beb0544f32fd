"""k2log killed at any moment, and what it left."""

import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from judge import SIDE_FILES
from scenes import Stage, fresh_folder
from started import Ended, ended, started
from verdict import next_command, verdict

KILLED: Final = -9
_AROUND_COMMIT_SECONDS: Final = 0.015
_LOOK_SECONDS: Final = 0.0002


class Tally(NamedTuple):
    """How often a fault hit, how often the command had said or done its work, what was wrong."""

    faults: int = 0
    acknowledged: int = 0
    done: int = 0
    wrong: tuple[str, ...] = ()

    def plus(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def killed(stage: Stage, diary: Path, random: Random, times: int) -> Tally:
    """Kill a command again and again; every other time on what the kill before left behind."""
    tally = Tally()
    fresh = True
    for kind in islice(cycle(MOMENTS), times):
        if fresh:
            fresh_folder(stage.diary, diary.parent)
        result = _killed_once(stage, diary, kind, random)
        told = verdict(stage, diary, result)
        fresh = told.done or random.random() < 0.5
        wrong = [*told.wrong, *(next_command(stage, diary, done=told.done) if fresh else ())]
        hit = int(result.code == KILLED)
        tally = tally.plus(Tally(hit, told.acknowledged, told.done, tuple(wrong)))
    return tally


def _killed_once(stage: Stage, diary: Path, kind: str, random: Random) -> Ended:
    wait = _WAITS[kind]
    with started(diary, *stage.scene.words) as process:
        wait(stage, diary, lambda: process.poll() is not None, random)
        process.kill()
        return ended(process)


def _any_moment(stage: Stage, _: Path, __: Callable[[], bool], random: Random) -> None:
    time.sleep(random.uniform(0, stage.seconds))


def _around_commit(stage: Stage, diary: Path, over: Callable[[], bool], random: Random) -> None:
    """Wait until the log or journal grows, or a backup begins, and then a little."""
    beside = [Path(f"{diary}{end}") for end in SIDE_FILES if end != "-shm"]
    until = time.monotonic() + 3 * stage.seconds + 1
    while not over() and time.monotonic() < until and not _writes(diary, beside):
        time.sleep(_LOOK_SECONDS)
    time.sleep(random.uniform(0, _AROUND_COMMIT_SECONDS))


def _writes(diary: Path, beside: list[Path]) -> bool:
    return any(_holds_bytes(file) for file in beside) or (diary.parent / "backups").exists()


def _holds_bytes(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:  # not there, or taken away by the command while we look
        return False


_WAITS: Final = {"any moment": _any_moment, "around the commit": _around_commit}
MOMENTS: Final = tuple(_WAITS)
