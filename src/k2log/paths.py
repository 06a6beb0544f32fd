"""Where the diary lives: ``--db``, else ``$K2LOG_DB``, else the platform's data folder.

Paths are texts on the way of a daily command: ``pathlib`` takes a tenth of its time to load.
"""

import os
import sys
from typing import Final

from k2log.errors import DiaryError
from k2log.text import shown

StrPath = str | os.PathLike[str]

_UNQUOTED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/:._~-"
)


def diary_path(chosen: StrPath | None = None) -> str:
    """Return the path of the diary, which need not exist yet, symbolic links followed.

    What SQLite keeps beside a diary, and its backups, have the name of the file itself. Raises
    DiaryError.
    """
    named = chosen or os.environ.get("K2LOG_DB")
    path = os.path.expanduser(named or os.path.join(data_folder(), "diary.db"))
    if path.startswith("~"):  # and nobody knows whose home that is
        raise DiaryError(
            f"where is the diary? There is no home folder for {shown(str(named or '~'))}."
            " Name a file: --db FILE"
        )
    return os.path.realpath(path)


def data_folder() -> str:
    """Return the folder that k2log makes for itself: what platformdirs says; ~ without a home.

    That takes 5 ms to load where the answer is this short. A relative ``XDG_DATA_HOME`` is ignored,
    as its specification says: the diary would be another one in each folder.
    """
    if sys.platform == "linux":
        base = os.environ.get("XDG_DATA_HOME", "").strip()
        base = base if os.path.isabs(base) else os.path.expanduser("~/.local/share")
        return os.path.join(base, "k2log")
    from platformdirs import user_data_dir  # noqa: PLC0415

    return user_data_dir("k2log", appauthor=False)


def sqlite_address(path: StrPath, mode: str) -> str:
    """Return the URI by which SQLite opens a file, symbolic links followed, in a mode: ``mode=ro``.

    It is what ``Path.as_uri`` makes, but that has the colon of a drive alone as it is.
    """
    named = os.fsencode(os.path.realpath(path).replace(os.sep, "/").lstrip("/"))
    quoted = "".join(chr(byte) if byte in _UNQUOTED else f"%{byte:02X}" for byte in named)
    return f"file:///{quoted}?{mode}"
