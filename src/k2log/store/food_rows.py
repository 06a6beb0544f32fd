"""Foods written into the diary's tables.

For undo, a food as it was is kept as one JSON document:
``{"food": {column: value}, "names": [[position, name, name_key, own]], "portions": [[position,
measure, quantity]], "figures": [[nutrient, best, low, high, basis, source, note]], "recipe":
[[serves, yield_grams, items]]}``. Documents from before there were recipes have no "recipe".
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from k2log.food.food import Food
from k2log.names import name_key
from k2log.store.journal import Image, add_rows, inserted

Rows = Iterator[dict[str, object]]

PLACE: Final = "catalogue"
"""The origin of a bare row in the diary, that stands for a food of the package."""


def food_row(food: Food) -> dict[str, object]:
    """Return the row of ``foods``."""
    amount, measure = food.serving or (None, None)
    salt = food.salt
    return {
        "key": food.key,
        "name": food.name,
        "kind": food.kind,
        "origin": food.origin,
        "unit": food.unit,
        "per": food.per,
        "piece": food.piece,
        "serving_amount": amount,
        "serving_measure": measure,
        "density": food.density,
        "liquid": int(food.liquid),
        "active": food.active,
        "salt": salt.name if salt else None,
        "salt_fraction": salt.fraction if salt else None,
        "salt_source": salt.source if salt else None,
        "note": food.note,
        "region": food.region,
        "announce": int(food.announce),
        "retired": None,
    }


def name_rows(food_id: int, _: Food, names: Sequence[str]) -> Rows:
    """Yield the rows of ``food_names``."""
    for position, name in enumerate(names):
        yield {
            "food_id": food_id,
            "position": position,
            "name": name,
            "name_key": name_key(name),
        }


def portion_rows(food_id: int, food: Food, _: Sequence[str]) -> Rows:
    """Yield the rows of ``portions``."""
    for position, (measure, quantity) in enumerate(food.portions.items()):
        yield {
            "food_id": food_id,
            "position": position,
            "measure": measure,
            "quantity": quantity,
        }


def figure_rows(food_id: int, food: Food, _: Sequence[str]) -> Rows:
    """Yield the rows of ``figures``."""
    for nutrient, figure in food.figures.items():
        yield {
            "food_id": food_id,
            "nutrient": nutrient,
            "best": figure.amount.best,
            "low": figure.amount.low,
            "high": figure.amount.high,
            "basis": figure.basis,
            "source": figure.source,
            "note": figure.note,
        }


PARTS = (("food_names", name_rows), ("portions", portion_rows), ("figures", figure_rows))


def put_rows(
    db: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]], unique: str = ""
) -> None:
    """Insert rows that share their columns; those of the same ``unique`` column are replaced.

    Three times as fast as sqlite-utils' own, which the first start of k2log waits for.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = ", ".join(first)
    values = ", ".join(f":{column}" for column in first)
    others = ", ".join(f"{column} = excluded.{column}" for column in first if column != unique)
    conflict = f" ON CONFLICT ({unique}) DO UPDATE SET {others}" if unique else ""
    sql = f"INSERT INTO {table} ({columns}) VALUES ({values}){conflict}"
    db.executemany(sql, chain([first], rows))


FOOD_COLUMNS: Final = (
    "key", "name", "kind", "origin", "unit", "per", "piece", "serving_amount", "serving_measure",
    "density", "liquid", "active", "salt", "salt_fraction", "salt_source", "note", "region",
    "announce", "digest", "retired",
)  # fmt: skip
# Of each table of parts of foods: its name in the document, and the columns in order.
PARTS_FOOD_DOCUMENTS: Final = {
    "food_names": ("names", ("position", "name", "name_key", "own")),
    "portions": ("portions", ("position", "measure", "quantity")),
    "figures": ("figures", ("nutrient", "best", "low", "high", "basis", "source", "note")),
    "recipes": ("recipe", ("serves", "yield_grams", "items")),
}


_PARTS_OF_DOCUMENT = ", ".join(
    f"'{name}', json((SELECT json_group_array(json_array({', '.join(columns)}))"
    f" FROM {table} WHERE {table}.food_id = foods.id))"
    for table, (name, columns) in PARTS_FOOD_DOCUMENTS.items()
)
_COLUMNS_OF_DOCUMENT = ", ".join(f"'{column}', foods.{column}" for column in FOOD_COLUMNS)
DOCUMENT: Final = f"json_object('food', json_object({_COLUMNS_OF_DOCUMENT}), {_PARTS_OF_DOCUMENT})"
"""An SQL expression over ``foods``: the document of its row."""


def foods_edited(db: sqlite3.Connection, change: int, ids: Sequence[int]) -> None:
    """Record whole foods before a change edits them; they are changed from its time on."""
    rows = db.execute(
        f"SELECT 'foods', id, id, {DOCUMENT} FROM foods"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    add_rows(db, change, (Image(*row) for row in rows))
    _changed_by(db, change, ids)


def _changed_by(db: sqlite3.Connection, change: int, ids: Sequence[int]) -> None:
    db.execute(
        "UPDATE foods SET changed = (SELECT at FROM changes WHERE id = ?)"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (change, json.dumps(list(ids))),
    )


def save_food(db: sqlite3.Connection, change: int, food: Food, names: Sequence[str]) -> int:
    """Write a food, in place of the one with its key, as part of a change; return its id.

    Names that the user added stay; what it was made of, if it was a recipe, goes.
    """
    before = db.execute("SELECT id, retired FROM foods WHERE key = ?", (food.key,)).fetchone()
    if before:
        foods_edited(db, change, before[:1])
    put_rows(db, "foods", [food_row(food)], unique="key")
    (food_id,) = db.execute("SELECT id FROM foods WHERE key = ?", (food.key,)).fetchone()
    if not before:
        inserted(db, change, "foods", food_id, food_id)
        _changed_by(db, change, [food_id])
    elif before[1]:  # what was retired comes back without the names that the user had given it
        db.execute("DELETE FROM food_names WHERE food_id = ?", (food_id,))
    rows = db.execute("SELECT name_key FROM food_names WHERE food_id = ? AND own", (food_id,))
    own = {key for (key,) in rows}
    for table in PARTS_FOOD_DOCUMENTS:
        condition = " AND NOT own" if table == "food_names" else ""
        db.execute(f"DELETE FROM {table} WHERE food_id = ?{condition}", (food_id,))
    others = [name for name in names if name_key(name) not in own]
    for table, rows_of in PARTS:
        put_rows(db, table, rows_of(food_id, food, others))
    return int(food_id)


def restore_food(db: sqlite3.Connection, food_id: int, document: str, at: str | None) -> None:
    """Put a food back as a document says; of a food of the package, only the user's own names.

    ``at`` is when it is so changed (UTC).
    """
    stored = json.loads(document)
    bare = stored["food"]["origin"] == PLACE
    columns = stored["food"] | ({"retired": None} if bare else {})
    settings = ", ".join(f"{column} = :{column}" for column in FOOD_COLUMNS)
    db.execute(
        f"UPDATE foods SET {settings}, changed = :changed WHERE id = :id",
        columns | {"id": food_id, "changed": at},
    )
    for table, (name, of_part) in PARTS_FOOD_DOCUMENTS.items():
        db.execute(f"DELETE FROM {table} WHERE food_id = ?", (food_id,))
        rows = [dict(zip(of_part, row, strict=True)) for row in stored.get(name, [])]
        if bare:
            rows = [row for row in rows if row.get("own")]
        put_rows(db, table, ({"food_id": food_id, **row} for row in rows))


def place_of(db: sqlite3.Connection, food: Food) -> int:
    """Return the id of the row that the user's own names of a food belong to.

    A food of the package gets a bare row in the diary, without figures; its key says which is
    meant.
    """
    (place,) = db.execute("SELECT id FROM foods WHERE key = ?", (food.key,)).fetchone() or (None,)
    if place is None:
        put_rows(db, "foods", [food_row(food) | {"origin": PLACE}])
        return place_of(db, food)
    return int(place)
