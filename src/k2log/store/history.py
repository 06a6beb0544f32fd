"""The changes that were made, newest first, and what each touched."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from k2log.store.diary import Diary

MOST_NAMED: Final = 3

_CHANGES = """
SELECT
  wanted.id, at, command, undoes, undone_by,
  coalesce(sum((last_id - first_id + 1) * (table_name = 'entries')), 0),
  coalesce(sum((last_id - first_id + 1) * (table_name = 'foods')), 0),
  coalesce(sum(table_name = 'days'), 0),
  coalesce(sum(table_name = 'settings'), 0)
FROM ({which}) AS wanted LEFT JOIN change_rows ON change_id = wanted.id
GROUP BY wanted.id
ORDER BY wanted.id DESC
"""
_NEWEST = _CHANGES.format(which="SELECT * FROM changes ORDER BY id DESC LIMIT ?")
_ONE = _CHANGES.format(which="SELECT * FROM changes WHERE id = ?")
_NAMES = """
SELECT {table}.id, {column}
FROM change_rows CROSS JOIN {table} ON {table}.id BETWEEN first_id AND last_id
WHERE change_id = ? AND table_name = '{table}'
ORDER BY {table}.id
"""
_DAYS = "SELECT first_id FROM change_rows WHERE change_id = ? AND table_name = 'days' ORDER BY 1"
_SETTINGS = """
SELECT json_extract(before, '$.key')
FROM change_rows
WHERE change_id = ? AND table_name = 'settings'
ORDER BY position
"""


class Change(NamedTuple):
    """One change: its number, when (UTC), the command, and how much of each kind it touched.

    ``undoes`` is the change that it took back, ``undone_by`` the one that took it back.
    """

    id: int
    at: str
    command: str
    undoes: int | None
    undone_by: int | None
    entries: int
    foods: int
    days: int
    settings: int


class Touched(NamedTuple):
    """A change and the names of what it touched; of more than MOST_NAMED of a kind, none."""

    change: Change
    entries: Sequence[tuple[int, str]]
    foods: Sequence[str]
    days: Sequence[date]
    settings: Sequence[str]


def changes(diary: Diary, most: int | None) -> list[Change]:
    """Return the newest changes, or with None all, newest first."""
    rows = diary.db.execute(_NEWEST, (-1 if most is None else most,))
    return [Change(*row) for row in rows]


def touched(db: sqlite3.Connection, number: int) -> Touched:
    """Return what a change touched."""
    change = Change(*db.execute(_ONE, (number,)).fetchone())

    def few(count: int, query: str) -> list[tuple[int, str]]:
        return db.execute(query, (number,)).fetchall() if 0 < count <= MOST_NAMED else []

    entries = few(change.entries, _NAMES.format(table="entries", column="food"))
    foods = few(change.foods, _NAMES.format(table="foods", column="name"))
    days = few(change.days, _DAYS)
    settings = few(change.settings, _SETTINGS)
    return Touched(
        change,
        entries,
        [name for _, name in foods],
        [date.fromordinal(place) for place, *_ in days],
        [str(key) for key, *_ in settings],
    )
