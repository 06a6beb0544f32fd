"""Copies that a program which keeps folders in step leaves beside the diary.

Where two machines changed the diary it keeps one of both under another name. What each calls it:
Dropbox and Nextcloud ``k2log (Ann's conflicted copy 2026-11-20).db``, Syncthing
``k2log.sync-conflict-20261120-081500-ABCDEFG.db``, ownCloud ``k2log_conflict-20261120-081500.db``,
iCloud ``k2log 2.db``, Google Drive ``k2log (1).db``, OneDrive ``k2log-LAPTOP.db``.
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from k2log.errors import K2logError
from k2log.named_tuple import NamedTuple
from k2log.store.file import read_only

_CONFLICT: Final = re.compile(r" \d{1,3}| ?\(.+\)|.*conflict.*", re.IGNORECASE)
_MACHINE: Final = re.compile(r"[ ._-][\w -]+")
_UIDS: Final = "SELECT uid FROM entries WHERE removed IS NULL"


class SyncCopy(NamedTuple):
    """A copy of the diary: how many entries it has, and how many that the diary lacks."""

    path: Path
    entries: int
    only_there: int


def sync_copies(diary: Path) -> Iterator[SyncCopy]:
    """Yield the copies beside a diary: other diaries that have its name and more.

    A name that may be anybody's is a copy's only where both hold an entry. What is no diary, or
    cannot be read, is left out.
    """
    end = diary.suffix
    named = [(each, each.name) for each in sorted(diary.parent.iterdir()) if each.is_file()]
    for file, name in named:
        more = name.removeprefix(diary.stem).removesuffix(end)
        if name != diary.stem + more + end or not more:
            continue
        certain = bool(_CONFLICT.fullmatch(more))
        if certain or _MACHINE.fullmatch(more):
            here, there = _uids(diary), _uids(file)
            if there is not None and here is not None and (certain or here & there):
                yield SyncCopy(file, len(there), len(there - here))


def _uids(path: Path) -> set[str] | None:
    try:
        with read_only(path) as db:
            return {uid for (uid,) in db.execute(_UIDS)}
    except (K2logError, sqlite3.DatabaseError):
        return None
