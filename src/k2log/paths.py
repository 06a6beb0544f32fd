"""Where the diary lives: ``--db``, else ``$K2LOG_DB``, else the platform's data folder."""

import os
import sys
from pathlib import Path

from k2log.errors import DiaryError
from k2log.text import shown


def diary_path(chosen: Path | None = None) -> Path:
    """Return the path of the diary, which need not exist yet. Raises DiaryError."""
    named = chosen or os.environ.get("K2LOG_DB")
    try:
        return Path(named).expanduser() if named else _data_folder() / "diary.db"
    except RuntimeError:  # of Path.expanduser
        raise DiaryError(
            f"where is the diary? There is no home folder for {shown(str(named or '~'))}."
            " Name a file: --db FILE"
        ) from None


def _data_folder() -> Path:
    """Return what platformdirs says, which takes 5 ms to load where the answer is this short."""
    if sys.platform == "linux":
        base = os.environ.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
        return Path(base).expanduser() / "k2log"
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("k2log", appauthor=False)
