"""What a diary's file defines: tables, indexes, triggers and views, held against k2log's own.

A file that somebody else wrote can bring triggers that falsify what is stored, and views that never
end. So the definitions are compared before anything of them can run; that is one query and one hash
for each command.
"""

import sqlite3
from typing import Final

from k2log.errors import DiaryError
from k2log.named_tuple import NamedTuple
from k2log.paths import StrPath

try:
    from _blake2 import blake2b  # what hashlib has, without its 15 ms for OpenSSL
except ImportError:
    from hashlib import blake2b

FINGERPRINTS: Final = (
    "74a26f55634b9b24905ba223",
    "650b5f4028b5bb9b4f15e19d",
    "407bc5b787c86dbd2057e9fa",
    "08c94c682228c78429978891",
    "08c94c682228c78429978891",
    "9f3dcbf0ad9a94e16f77f4d1",
)
"""Of the definitions of each schema, the first one first; the last is that of this k2log.

A migration that only changes rows leaves those of the schema before.
"""

SCHEMA: Final = len(FINGERPRINTS)
"""The newest schema that this k2log knows: the number of its migrations."""

TABLES: Final = frozenset(
    (
        "settings", "sources", "foods", "food_names", "food_names_fts", "food_words", "portions",
        "figures", "entries", "days", "changes", "change_rows", "recipes",
    )
)  # fmt: skip
_DEFINITIONS: Final = """
SELECT type, name, tbl_name, sql
FROM sqlite_master
WHERE sql IS NOT NULL
ORDER BY type, name
"""
WRONG: Final = "_wrong"
"""How the names of the indexes of wrong rows end."""

_KINDS: Final = {"trigger", "view"}


class Definition(NamedTuple):
    """A table, index, trigger or view, the table it is of, and the statement that made it."""

    kind: str
    name: str
    table: str
    sql: str


class Definitions(NamedTuple):
    """The number of a diary's schema, and what of its definitions can change what k2log does.

    That is all of k2log's tables and their indexes, and every trigger and view. Tables that other
    programs added are only theirs.
    """

    schema: int
    fingerprint: str
    all: tuple[Definition, ...]

    @property
    def known(self) -> bool:
        """Whether they are those of k2log at that schema."""
        return 0 < self.schema <= SCHEMA and self.fingerprint == FINGERPRINTS[self.schema - 1]

    @property
    def any_wrong_row(self) -> str:
        """An SQL expression: whether a table holds a row that the index of its wrong rows has.

        The index tells what is wrong, so a command does not put the conditions together anew.
        """
        tables = [
            f"EXISTS (SELECT 1 FROM {each.table} INDEXED BY {each.name}"
            f" WHERE {each.sql.partition(' WHERE ')[2]})"
            for each in self.all
            if each.name.endswith(WRONG)
        ]
        return " OR ".join(tables) or "0"


class ForeignSchemaError(DiaryError):
    """A diary whose file defines what k2log did not."""

    def __init__(self, path: StrPath | None, what: str) -> None:
        """Take the file, and what was found in it."""
        super().__init__(
            f"{path} holds {what}, which k2log did not make and does not run; nothing was changed."
            " Its entries, to import elsewhere: k2log export -o entries.jsonl"
        )


def definitions(db: sqlite3.Connection) -> Definitions:
    """Return what a connection sees; schema 0 and nothing of an empty file.

    Definitions that only one schema has tell which it is; otherwise the file's number is asked for.
    """
    rows = db.execute(_DEFINITIONS).fetchall()
    all_ = tuple(Definition(*row) for row in rows if row[0] in _KINDS or row[2] in TABLES)
    text = "\n".join("\t".join(each) for each in all_)
    fingerprint = blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()
    if FINGERPRINTS.count(fingerprint) == 1:
        return Definitions(FINGERPRINTS.index(fingerprint) + 1, fingerprint, all_)
    schema = db.execute("PRAGMA user_version").fetchone()[0] if rows else 0
    return Definitions(int(schema), fingerprint, all_)
