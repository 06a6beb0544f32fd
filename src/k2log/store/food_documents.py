"""A food as one JSON document: the before-image that undo needs, and the way back from it.

``{"food": {column: value}, "names": [[position, name, name_key, own]], "portions": [[position,
measure, quantity]], "figures": [[nutrient, best, low, high, basis, source, note]], "recipe":
[[serves, yield_grams, items]]}``. A document that a k2log without recipes wrote has no "recipe".
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from k2log.food.food import Food
from k2log.food.names import name_key
from k2log.store.food_rows import PARTS as ROWS_OF_PARTS
from k2log.store.food_rows import food_row, put_rows
from k2log.store.journal import Image, add_rows, inserted

FOOD_COLUMNS: Final = (
    "key", "name", "kind", "origin", "unit", "per", "piece", "serving_amount", "serving_measure",
    "density", "liquid", "active", "salt", "salt_fraction", "salt_source", "note", "region",
    "announce", "digest", "retired",
)  # fmt: skip
PARTS: Final = {
    "food_names": ("names", ("position", "name", "name_key", "own")),
    "portions": ("portions", ("position", "measure", "quantity")),
    "figures": ("figures", ("nutrient", "best", "low", "high", "basis", "source", "note")),
    "recipes": ("recipe", ("serves", "yield_grams", "items")),
}


def _document() -> str:
    columns = ", ".join(f"'{column}', foods.{column}" for column in FOOD_COLUMNS)
    parts = ", ".join(
        f"'{name}', json((SELECT json_group_array(json_array({', '.join(held)}))"
        f" FROM {table} WHERE {table}.food_id = foods.id))"
        for table, (name, held) in PARTS.items()
    )
    return f"json_object('food', json_object({columns}), {parts})"


DOCUMENT: Final = _document()
"""An SQL expression over ``foods``: the document of its row."""


def foods_edited(db: sqlite3.Connection, change: int, ids: Sequence[int]) -> None:
    """Record whole foods before a change edits them."""
    rows = db.execute(
        f"SELECT 'foods', id, id, {DOCUMENT} FROM foods"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    add_rows(db, change, (Image(*row) for row in rows))


def save_food(db: sqlite3.Connection, change: int, food: Food, names: Sequence[str]) -> int:
    """Write a food, in place of the one with its key, as part of a change; return its id.

    Names that the user added stay; what it was made of, if it was a recipe, goes.
    """
    known = db.execute("SELECT id, retired FROM foods WHERE key = ?", (food.key,)).fetchone()
    if known:
        foods_edited(db, change, known[:1])
    put_rows(db, "foods", [food_row(food)], unique="key")
    (food_id,) = db.execute("SELECT id FROM foods WHERE key = ?", (food.key,)).fetchone()
    if not known:
        inserted(db, change, "foods", food_id, food_id)
    elif known[1]:
        db.execute("DELETE FROM food_names WHERE food_id = ?", (food_id,))
    _write_parts(db, food_id, food, names)
    return int(food_id)


def _write_parts(db: sqlite3.Connection, food_id: int, food: Food, names: Sequence[str]) -> None:
    kept = db.execute("SELECT name_key FROM food_names WHERE food_id = ? AND own", (food_id,))
    own = {key for (key,) in kept}
    others = [name for name in names if name_key(name) not in own]
    for table in PARTS:
        condition = " AND NOT own" if table == "food_names" else ""
        db.execute(f"DELETE FROM {table} WHERE food_id = ?{condition}", (food_id,))
    for table, rows_of in ROWS_OF_PARTS:
        put_rows(db, table, rows_of(food_id, food, others))


def restore_food(db: sqlite3.Connection, food_id: int, document: str) -> None:
    """Put a food back as a document says; of a catalogue food, only the user's own names."""
    held = json.loads(document)
    tables = list(PARTS)
    if held["food"]["origin"] == "catalogue":
        tables = ["food_names"]
        held["names"] = [row for row in held["names"] if row[-1]]
    else:
        settings = ", ".join(f"{column} = :{column}" for column in FOOD_COLUMNS)
        db.execute(f"UPDATE foods SET {settings} WHERE id = :id", {**held["food"], "id": food_id})
    for table in tables:
        _refill(db, food_id, table, held.get(PARTS[table][0], []), own=tables == ["food_names"])


def _refill(
    db: sqlite3.Connection, food_id: int, table: str, rows: Sequence[Sequence[object]], *, own: bool
) -> None:
    columns = PARTS[table][1]
    db.execute(f"DELETE FROM {table} WHERE food_id = ?{' AND own' if own else ''}", (food_id,))
    db.executemany(
        f"INSERT INTO {table} (food_id, {', '.join(columns)})"
        f" VALUES (?, {', '.join('?' * len(columns))})",
        [(food_id, *row) for row in rows],
    )
