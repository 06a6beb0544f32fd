"""Cells that another program filled with what they may not hold, made readable again.

Nothing is guessed. A figure becomes unknown; what can be left out is left out; an entry whose day
is not known, and a food of which not even the name or unit is, are taken out of use, so that no sum
counts them. All in one transaction. Undo cannot keep what cannot be read: the caller backs the
diary up first.
"""

import sqlite3
from collections.abc import Mapping
from typing import Final

from k2log.diary.entry import FIGURES
from k2log.store.cells import CELLS, wrong_cell, wrong_cells

_GONE: Final = "removed = coalesce(removed, :at)"
_RETIRED: Final = "retired = coalesce(retired, :at)"
_TO_NULL: Final = "{0} = NULL"
_NOW: Final = "{0} = :at"
_DELETE: Final = ""


def _unknown(figure: str) -> str:
    """Return what makes all three columns of a nutrient unknown, one of them given."""
    column = figure.removesuffix("_low").removesuffix("_high")
    return f"{column} = NULL, {column}_low = NULL, {column}_high = NULL"


_WAYS: Final[Mapping[str, Mapping[str, str]]] = {
    "entries": {
        "uid": "uid = lower(hex(randomblob(16)))",
        "day": f"day = substr(:at, 1, 10), {_GONE}",
        "food": f"food = 'a food that cannot be read', {_GONE}",
        "supplement": "supplement = coalesce("
        "(SELECT kind = 'supplement' FROM foods WHERE foods.key = food_key), 0)",
        "every_days": f"every_days = 1, {_GONE}",
        "created": _NOW,
        "changed": _NOW,
        "removed": _NOW,
        "working": "working = '{{}}'",
        **{figure: _unknown(figure) for figure in FIGURES},
    },
    "days": {"changed": _NOW},
    "sources": dict.fromkeys(("citation", "year", "address", "note"), "{0} = ''"),
    "foods": {
        "key": f"key = 'unreadable:' || id, {_RETIRED}",
        "name": f"name = 'a food that cannot be read', {_RETIRED}",
        "kind": f"kind = 'food', {_RETIRED}",
        "origin": f"origin = 'user', {_RETIRED}",
        "unit": f"unit = 'g', {_RETIRED}",
        "per": f"per = 100, {_RETIRED}",
        "liquid": f"liquid = 0, {_RETIRED}",
        "announce": "announce = 0",
        "retired": _NOW,
        **dict.fromkeys(("note", "digest"), "{0} = ''"),
    },
    "changes": {"at": _NOW, "command": "command = 'a command that cannot be read'"},
    "change_rows": {"before": _DELETE},
}
"""What is put in place of a wrong cell. Where nothing is named it becomes NULL if that is allowed,
and else its row is deleted."""


def mend_cells(db: sqlite3.Connection, at: str) -> list[str]:
    """Mend every wrong cell; return what was done, a line each. ``at`` is UTC."""
    db.execute("BEGIN IMMEDIATE")
    try:
        wrong = [*wrong_cells(db)]
        for table, column in dict.fromkeys((cell.table, cell.column) for cell in wrong):
            may_be_null = CELLS[table][column].startswith("{0} IS NOT NULL")
            way = _WAYS.get(table, {}).get(column, _TO_NULL if may_be_null else _DELETE)
            change = f"UPDATE {table} SET {way.format(column)}" if way else f"DELETE FROM {table}"
            db.execute(f"{change} WHERE {wrong_cell(table, column)}", {"at": at})
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return [f"{cell}: made unknown, or taken out" for cell in wrong]
