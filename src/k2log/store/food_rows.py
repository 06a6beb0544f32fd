"""A food as the rows that hold it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from k2log.food.food import Food
from k2log.food.names import name_key

Rows = Iterator[dict[str, object]]


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


@contextmanager
def names_replaced(db: sqlite3.Connection, which: str) -> Iterator[None]:
    """Index many names at once, eight times as fast as row by row.

    ``which`` is the condition on ``food_names`` that tells the names that are deleted inside, and
    those that are inserted. No other name may change.
    """
    triggers = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'food_names'"
    ).fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(
        "INSERT INTO food_names_fts (food_names_fts, rowid, name_key)"
        f" SELECT 'delete', id, name_key FROM food_names WHERE {which}"
    )
    yield
    db.execute(
        "INSERT INTO food_names_fts (rowid, name_key)"
        f" SELECT id, name_key FROM food_names WHERE {which}"
    )
    for _, sql in triggers:
        db.execute(sql)
