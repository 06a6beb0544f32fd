"""What a diary holds, seen without k2log's help, and whether it is sound.

The files are copied first and the copy is looked at: to open a diary mends what a crash left, and
that is for the next command of k2log to show.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

State = dict[str, list[tuple[object, ...]]]
"""What each table holds, without the moments and uids that no two runs share."""

SIDE_FILES: Final = ("-wal", "-shm", "-journal")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_HELD: Final = {
    "schema": "PRAGMA user_version",
    "entries": "SELECT id, day, food, food_key, amount, measure, grams, note, calcium_mg,"
    " vitamin_k2_ug, working, removed IS NULL FROM entries ORDER BY id",
    "given ids": "SELECT * FROM sqlite_sequence",
    "changes": "SELECT id, command, undoes, undone_by FROM changes ORDER BY id",
    "change rows": "SELECT * FROM change_rows ORDER BY change_id, position",
    "days": "SELECT day, status FROM days ORDER BY day",
    "settings": "SELECT key, value FROM settings ORDER BY key",
    "foods": "SELECT origin, count(*) FROM foods GROUP BY origin",
    "figures": "SELECT count(*) FROM figures",
    "names": "SELECT count(*) FROM food_names",
}
_FOREIGN_ENTRIES: Final = """
SELECT id FROM entries
WHERE (
  SELECT count(*)
  FROM change_rows JOIN changes ON changes.id = change_id
  WHERE table_name = 'entries' AND before IS NULL AND undoes IS NULL
    AND entries.id BETWEEN first_id AND last_id
) <> 1
"""
_ROWS_OF_NOTHING: Final = """
SELECT change_id FROM change_rows
WHERE table_name = 'entries'
  AND last_id - first_id + 1
    <> (SELECT count(*) FROM entries WHERE id BETWEEN first_id AND last_id)
"""


def copied(path: Path, folder: Path) -> Path:
    """Copy a diary with the files that SQLite keeps beside it, as they are this moment."""
    for end in ("", *SIDE_FILES):
        if (file := Path(f"{path}{end}")).exists():
            shutil.copyfile(file, folder / file.name)
    return folder / path.name


def state(path: Path) -> State:
    """Return what a diary holds once what a crash left is mended; nothing if it is empty."""
    with _mended(path) as db:
        if _is_empty(db):
            return {}
        return {what: [*map(_timeless, db.execute(query))] for what, query in _HELD.items()}


@contextmanager
def _mended(path: Path) -> Iterator[sqlite3.Connection]:
    with TemporaryDirectory() as folder, closing(sqlite3.connect(copied(path, Path(folder)))) as db:
        yield db


def _is_empty(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def live(held: State) -> list[tuple[object, ...]]:
    """Return the entries of a state that are not removed."""
    return [row for row in held.get("entries", []) if row[-1]]


def _timeless(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(_MOMENT.sub("…", value) if isinstance(value, str) else value for value in row)


def flaws(path: Path) -> list[str]:
    """Return what is wrong with a diary: pages, references, or a journal that tells otherwise."""
    with _mended(path) as db:
        try:
            return [] if _is_empty(db) else [*_flaws(db)]
        except sqlite3.DatabaseError as error:
            return [str(error)]


def _flaws(db: sqlite3.Connection) -> Iterator[str]:
    for (found,) in db.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield str(found)
    for table, *_ in db.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} refers to nothing"
    for (entry,) in db.execute(_FOREIGN_ENTRIES):
        yield f"entry {entry} is not in the journal, or twice"
    for (change,) in db.execute(_ROWS_OF_NOTHING):
        yield f"change {change} speaks of entries that are not there"


def backups(path: Path) -> list[Path]:
    """Return the files that k2log calls backups of a diary."""
    return sorted((path.parent / "backups").glob(f"{path.stem}-*.db"))


def differences(found: State, wanted: State) -> str:
    """Say where two states part, for a message."""
    parts = {
        what: (rows[-2:], wanted.get(what, [])[-2:])
        for what, rows in found.items()
        if rows != wanted.get(what)
    }
    return json.dumps(parts, default=str, ensure_ascii=False)[:1000]
