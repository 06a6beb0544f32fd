"""Where the diary lives: ``--db``, else ``$K2LOG_DB``, else the platform's data folder."""

import os
from pathlib import Path


def diary_path(chosen: Path | None = None) -> Path:
    """Return the path of the diary, which need not exist yet."""
    named = chosen or os.environ.get("K2LOG_DB")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - 4 ms that --db users need not pay

    return user_data_path("k2log", appauthor=False) / "diary.db"
