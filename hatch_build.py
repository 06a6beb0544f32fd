"""Make the package's table of foods, ``foods.db``, for a wheel or an editable install.

The builder is k2log's own, which needs nothing but the standard library.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FoodTableHook(BuildHookInterface[Any]):
    """What hatchling calls before it packs or links the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the table where the package is; pyproject.toml says that it belongs to it."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from k2log.store.food_table import FILE  # noqa: PLC0415 - from this checkout
        from k2log.store.food_table_build import build  # noqa: PLC0415

        build(FILE)
