"""What is to be said of a diary after a fault: is anything lost, half there, or in the way."""

from pathlib import Path
from typing import NamedTuple

from judge import State, backups, differences, flaws, live, state
from scenes import Stage
from started import Ended, run

_FINE = ("add", "egg 1", "--on", "2026-11-18")


class Verdict(NamedTuple):
    """Whether the command said that it was done, whether it was, and all that went wrong."""

    acknowledged: bool
    done: bool
    wrong: list[str]


def verdict(stage: Stage, diary: Path, result: Ended) -> Verdict:
    """Judge the files that a command left when it was stopped.

    The first byte of its answer is an acknowledgement.
    """
    found = state(diary)
    wrong = [*flaws(diary), *_half(stage, found)]
    acknowledged = bool(result.out)
    done = found == stage.after
    if acknowledged and not done:
        wrong.append(f"lost: {differences(found, stage.after)}")
    if acknowledged and stage.scene.leaves and not backups(diary):
        wrong.append("lost: the backup")
    for backup in backups(diary):
        wrong += [f"backup: {flaw}" for flaw in flaws(backup)]
        if state(backup) != stage.before:
            wrong.append(f"backup: {differences(state(backup), stage.before)}")
    return Verdict(acknowledged, done, [f"{stage.scene.name}: {each}" for each in wrong])


def _half(stage: Stage, found: State) -> list[str]:
    if found in (stage.before, stage.between, stage.after):
        return []
    return [f"half there: {differences(found, stage.after)}"]


def next_command(stage: Stage, diary: Path, *, done: bool) -> list[str]:
    """Return what is in the way of the next command: the way back, or another entry."""
    before = live(stage.before)
    changed = stage.scene.undoable and live(stage.after) != before
    if done and changed:
        words: tuple[str, ...] = ("redo",) if stage.scene.name == "undo" else ("undo",)
        wanted = len(before)
    else:
        words, wanted = _FINE, len(live(state(diary))) + 1
    result = run(diary, *words)
    if result.code:
        return [f"{stage.scene.name}: then {words[0]} failed: {result.err}"]
    held = state(diary)
    if flaws(diary) or len(live(held)) != wanted or (done and changed and live(held) != before):
        return [f"{stage.scene.name}: then {words[0]} came to {differences(held, stage.before)}"]
    return []
