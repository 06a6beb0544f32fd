"""In a checkout, the package's table of foods is made when it is missing or older than its text.

An installed package has it, and does not load this.
"""

import os
from collections.abc import Iterator
from typing import Final

from k2log.store.food_table import FILE

_PACKAGE: Final = os.path.dirname(os.path.dirname(FILE))
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
    """Make the table anew if it needs that. Raises FoodTableError."""
    if _is_stale():
        from k2log.store.food_table_build import build

        build(FILE)


def _is_stale() -> bool:
    """Whether the table is missing, or older than anything that it is made from."""
    try:
        made = os.stat(FILE).st_mtime_ns
    except OSError:
        return True
    return any(os.stat(file).st_mtime_ns > made for file in _origins())


def _origins() -> Iterator[str]:
    """Yield the catalogue's files, text and modules, and the other modules that have a say."""
    with os.scandir(os.path.dirname(FILE)) as files:
        yield from (file.path for file in files if file.name.endswith((".toml", ".tsv", ".py")))
    yield from (os.path.join(_PACKAGE, name) for name in _MODULES)
