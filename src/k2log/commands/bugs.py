"""A report of a bug that can be shown to anyone: places in the code, versions, and nothing else.

No message of an exception, no argument and no path is in it: any of them may hold what was typed.
"""

import os
import platform
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from traceback import walk_tb
from typing import Final

from k2log import __version__

_PACKAGES: Final = ("typer", "rich", "sqlite-utils", "rapidfuzz", "platformdirs")
_HERE: Final = Path(__file__).parents[1]
_NAME: Final = "k2log-bug.txt"


def report_bug(error: BaseException, command: str, folder: str) -> Path | None:
    """Write a report into the folder, else where temporary files are; return where, if anywhere."""
    text, path = bug_text(error, command), Path(folder, _NAME)
    with suppress(OSError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        return _written(os.open(path, flags, 0o600), path, text)
    with suppress(OSError):
        descriptor, name = tempfile.mkstemp(".txt", "k2log-bug-")
        return _written(descriptor, Path(name), text)
    return None


def _written(descriptor: int, path: Path, text: str) -> Path:
    with suppress(OSError):
        path.chmod(0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def bug_text(error: BaseException, command: str) -> str:
    """Return where in our code it happened, the innermost place last."""
    lines = [
        f"k2log {__version__}",
        f"command: {command}",
        f"{platform.system()} {platform.machine()}",
        ", ".join(_versions(_PACKAGES)),
        *_chain(error),
    ]
    return "".join(f"{line}\n" for line in lines)


def _versions(packages: Sequence[str]) -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    yield f"SQLite {sqlite3.sqlite_version}"
    for name in packages:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"


def _chain(error: BaseException) -> Iterator[str]:
    """Yield each exception that led to this one, the first one first."""
    earlier = error.__cause__ or error.__context__
    if earlier:
        yield from _chain(earlier)
    yield type(error).__name__
    for frame, line in walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        place = file.relative_to(_HERE).as_posix() if file.is_relative_to(_HERE) else None
        yield f"  {place or file.name}:{line} in {frame.f_code.co_name}"
