"""The catalogue into the diary's tables, in bulk. The user's own foods are never touched."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from k2log.catalogue.load import Catalogue, CatalogueFood
from k2log.food.food import Food
from k2log.food.names import name_key


def store_catalogue(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Replace the stored catalogue; foods it no longer has are retired, not deleted."""
    database: Any = Database(db, execute_plugins=False, recursive_triggers=False)
    with database.atomic():
        database["sources"].upsert_all(map(_source_row, catalogue.sources), pk="key")
        database.execute("UPDATE foods SET retired = 'catalogue' WHERE origin = 'catalogue'")
        rows = [_food_row(known.food) for known in catalogue.foods]
        database["foods"].upsert_all(rows, pk="key")
        ids = dict(database.execute("SELECT key, id FROM foods").fetchall())
        for table, rows_of in (
            ("food_names", _names),
            ("portions", _portions),
            ("figures", _figures),
        ):
            kept = " AND NOT own" if table == "food_names" else ""
            database.execute(
                f"DELETE FROM {table} WHERE food_id IN"
                f" (SELECT id FROM foods WHERE origin = 'catalogue'){kept}"
            )
            database[table].insert_all(
                row for known in catalogue.foods for row in rows_of(ids[known.food.key], known)
            )
        database["settings"].upsert({"key": "catalogue", "value": catalogue.edition}, pk="key")


def _source_row(source: Any) -> dict[str, object]:
    return {
        "key": source.key,
        "citation": source.citation,
        "year": str(source.year),
        "address": source.where,
        "note": source.note,
    }


def _food_row(food: Food) -> dict[str, object]:
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
        "retired": None,
    }


def _names(food_id: int, known: CatalogueFood) -> Iterator[dict[str, object]]:
    for position, name in enumerate(known.names):
        yield {
            "food_id": food_id,
            "position": position,
            "name": name,
            "name_key": name_key(name),
        }


def _portions(food_id: int, known: CatalogueFood) -> Iterator[dict[str, object]]:
    for position, (measure, quantity) in enumerate(known.food.portions.items()):
        yield {
            "food_id": food_id,
            "position": position,
            "measure": measure,
            "quantity": quantity,
        }


def _figures(food_id: int, known: CatalogueFood) -> Iterator[dict[str, object]]:
    for nutrient, figure in known.food.figures.items():
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
