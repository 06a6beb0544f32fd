"""Where the diary lives: ``--db``, else ``$K2LOG_DB``, else the platform's data folder."""

import os
import sys
from pathlib import Path

from k2log.errors import DiaryError
from k2log.text import shown


def diary_path(chosen: Path | None = None) -> Path:
    """Return the path of the diary, which need not exist yet, symbolic links followed.

    What SQLite keeps beside a diary, and its backups, have the name of the file itself. Raises
    DiaryError.
    """
    named = chosen or os.environ.get("K2LOG_DB")
    try:
        path = Path(named).expanduser() if named else data_folder() / "diary.db"
    except RuntimeError:  # of Path.expanduser
        raise DiaryError(
            f"where is the diary? There is no home folder for {shown(str(named or '~'))}."
            " Name a file: --db FILE"
        ) from None
    return Path(os.path.realpath(path))


def data_folder() -> Path:
    """Return the folder that k2log makes for itself: what platformdirs says.

    That takes 5 ms to load where the answer is this short. A relative ``XDG_DATA_HOME`` is ignored,
    as its specification says: the diary would be another one in each folder.
    """
    if sys.platform == "linux":
        base = os.environ.get("XDG_DATA_HOME", "").strip()
        return Path(base if os.path.isabs(base) else "~/.local/share").expanduser() / "k2log"
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("k2log", appauthor=False)
