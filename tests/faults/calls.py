"""k2log killed, or failed, at a chosen call to the system; needs Linux and a C compiler."""

import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Final

from kills import Tally
from scenes import Stage, fresh_folder
from started import Ended, run
from verdict import next_command, verdict

ERRORS: Final = ("full", "broken")
_SHIM: Final = Path(__file__).parent / "shim.c"


def built_shim(folder: Path) -> Path | None:
    """Compile the shim; None where that cannot be."""
    compiler = shutil.which("cc") if sys.platform == "linux" else None
    if compiler is None:
        return None
    target = folder / "shim.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", target, _SHIM, "-ldl"]
    done = subprocess.run(words, capture_output=True, check=False)
    return target if done.returncode == 0 else None


def traced(shim: Path, stage: Stage, diary: Path) -> list[str]:
    """Run a command; return what it did to the files beside the diary, and when it answered."""
    failed_at(shim, stage, diary, 0)
    return _trace(diary).read_text(encoding="utf-8").splitlines()


def faulted(
    shim: Path, stage: Stage, diary: Path, how: str, *,
    stays: bool = False, reads: bool = False, step: int = 1,
) -> Tally:  # fmt: skip
    """Run a command with a fault at its first call, then at every further one, to the last."""
    tally = Tally()
    more = ({"FAULT_STAYS": "1"} if stays else {}) | ({"FAULT_ON": "reads"} if reads else {})
    for at in count(1, step):
        result = failed_at(shim, stage, diary, at, FAULT_HOW=how, **more)
        if at > _calls(diary):
            return tally
        told = verdict(stage, diary, result)
        wrong = [*told.wrong, *next_command(stage, diary, done=told.done)]
        if how in ERRORS:
            wrong += _ill_told(stage, result, done=told.done)
        wrong = [f"{how} at call {at}: {each}" for each in wrong]
        tally = tally.plus(Tally(1, told.acknowledged, told.done, tuple(wrong)))
    raise AssertionError  # count never ends


def failed_at(shim: Path, stage: Stage, diary: Path, at: int, **more: str) -> Ended:
    """Run the command of a stage on a fresh copy, with a fault at one call."""
    _trace(diary).unlink(missing_ok=True)
    fresh_folder(stage.diary, diary.parent)
    settings = {**_settings(shim, diary), "FAULT_AT": str(at), "FAULT_HOW": "broken", **more}
    return run(diary, *stage.scene.words, **settings)


def _settings(shim: Path, diary: Path) -> dict[str, str]:
    folder = str(diary.parent.resolve())
    return {"LD_PRELOAD": str(shim), "FAULT_FOLDER": folder, "FAULT_TRACE": str(_trace(diary))}


def _trace(diary: Path) -> Path:
    return diary.parent.with_suffix(".trace")


def _calls(diary: Path) -> int:
    lines = _trace(diary).read_text(encoding="utf-8").splitlines()
    return sum(not line.startswith("answer") for line in lines)


def _ill_told(stage: Stage, result: Ended, *, done: bool) -> list[str]:
    """Return what is wrong with how an error was told: one line, 1 or 4, and true."""
    if result.code == 0:
        return []
    wrong = []
    own_file = result.code == 2 and "cannot read" in result.err  # what it was to log, not the diary
    if result.code not in (1, 4) and not own_file:
        wrong.append(f"exit code {result.code}")
    if result.err.count("\n") != 1 or not result.err.startswith("k2log: "):
        wrong.append(f"told as {result.err!r}")
    if "Nothing was written" in result.err and done and stage.before != stage.after:
        wrong.append(f"said {result.err!r}, but it was")
    return [f"{stage.scene.name}: {each}" for each in wrong]
