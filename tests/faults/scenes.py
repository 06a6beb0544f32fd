"""The commands that write, each with a diary to run on, and what it holds before and after."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

from judge import State, copied, state
from started import FIXTURES, must

from k2log.store.diary import open_diary

_DAY: Final = ("--on", "2026-11-19")
_THREE: Final = ("add", "gouda 30g, 2 eggs, natto 1 tbsp", *_DAY)
_LINES: Final = "".join(f"2026-11-{day:02} 08:30 2 eggs\ngouda 30g\n" for day in range(1, 21))
_TABLE: Final = "Date,Item,Ca\n" + "".join(
    f"2026-11-{1 + row % 20:02},cheese {row},{row}\n" for row in range(500)
)


class Scene(NamedTuple):
    """A command, and the commands that come before it."""

    name: str
    words: Sequence[str]
    before: Sequence[Sequence[str]] = (_THREE,)
    schema_1: bool = False
    leaves: bool = False
    """Whether a copy of the diary as it was is part of its work."""
    undoable: bool = True


class Stage(NamedTuple):
    """A scene made ready: its diary, what that holds before and after, and how long it takes.

    ``between``: a first command makes an empty diary and then writes, each step whole.
    """

    scene: Scene
    diary: Path
    before: State
    between: State
    after: State
    seconds: float


SCENES: Final = (
    Scene("add", _THREE),
    Scene("add --file", ("add", "--file", "meals.txt")),
    Scene("import", ("import", "table.csv", "--from", "csv", "--map", "Date=day",
                     "--map", "Item=food", "--map", "Ca=calcium_mg")),
    Scene("edit", ("edit", "1", "gouda 40g")),
    Scene("rm", ("rm", "1-2")),
    Scene("undo", ("undo",)),
    Scene("redo", ("redo",), (_THREE, ("undo",))),
    Scene("repeat", ("repeat", "2026-11-19", "--on", "2026-11-20")),
    Scene("first add", _THREE, before=()),
    Scene("upgrade", ("log",), schema_1=True, before=()),
    Scene("backup", ("backup",), leaves=True),
    Scene("restore", ("restore", "kept.db", "--yes"),
          (_THREE, ("backup", "-o", "kept.db"), ("add", "egg 1", *_DAY)),
          leaves=True, undoable=False),
)  # fmt: skip


def scene(name: str) -> Scene:
    """Return the scene of a name."""
    return next(each for each in SCENES if each.name == name)


def staged(which: Scene, folder: Path, tries: int = 1) -> Stage:
    """Make a diary for a scene, run its command on copies of it, and see what it comes to."""
    diary = folder / "made" / "diary.db"
    diary.parent.mkdir(parents=True)
    _write_files(diary.parent)
    if which.schema_1:
        with closing(sqlite3.connect(diary)) as db:
            db.executescript((FIXTURES / "schema-1.sql").read_text(encoding="utf-8"))
    for words in which.before:
        must(diary, *words)
    copies = [fresh_folder(diary, folder / f"tried-{number}") for number in range(tries)]
    seconds = [_timed(lambda copy=copy: must(copy, *which.words)) for copy in copies]  # type: ignore[misc]
    return Stage(
        which, diary, state(diary), _between(diary, folder), state(copies[0]), median(seconds)
    )


def _between(diary: Path, folder: Path) -> State:
    if diary.exists():
        return state(diary)
    with open_diary(empty := folder / "empty" / diary.name, create=True):
        pass
    return state(empty)


def _write_files(folder: Path) -> None:
    (folder / "meals.txt").write_text(_LINES, encoding="utf-8")
    (folder / "table.csv").write_text(_TABLE, encoding="utf-8")


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def fresh_folder(diary: Path, folder: Path) -> Path:
    """Copy a diary and the files that commands read into a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("meals.txt", "table.csv", "kept.db"):
        if (file := diary.parent / name).exists():
            shutil.copyfile(file, folder / name)
    copied(diary, folder)
    return folder / diary.name
