"""In a checkout, the package's table of foods is made when it is missing or older than its text.

An installed package has it, and none of this is looked at.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from k2log.store.food_table import FILE

BUILD_HOOK: Final = FILE.parents[3] / "hatch_build.py"
"""What makes the table for wheels; where it stands, this is a checkout."""

_PACKAGE: Final = FILE.parents[1]
_MODULES: Final = (
    "food/languages.py",
    "food/words.py",
    "names.py",
    "nutrients.py",
    "store/food_rows.py",
    "store/food_table_build.py",
)
"""What decides, besides the modules of the catalogue, how text becomes rows."""


def refresh() -> None:
    """Make the table anew if this is a checkout that needs it. Raises FoodTableError."""
    if BUILD_HOOK.exists() and _is_stale():
        from k2log.store.food_table_build import build

        build(FILE)


def _is_stale() -> bool:
    """Whether the table is missing, or older than anything that it is made from."""
    try:
        made = FILE.stat().st_mtime_ns
    except OSError:
        return True
    return any(file.stat().st_mtime_ns > made for file in _origins())


def _origins() -> Iterator[os.DirEntry[str] | Path]:
    """Yield the catalogue's files, text and modules, and the other modules that have a say."""
    with os.scandir(FILE.parent) as files:
        yield from (file for file in files if file.name.endswith((".toml", ".tsv", ".py")))
    yield from (_PACKAGE / name for name in _MODULES)
