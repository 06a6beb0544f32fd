"""The catalogue into the diary's tables, in bulk. The user's own foods are never touched."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from k2log.catalogue.read import Catalogue, CatalogueFood
from k2log.food.food import Food
from k2log.store.food_rows import PARTS, food_row, names_replaced, put_rows

_OF_CATALOGUE = "food_id IN (SELECT id FROM foods WHERE origin = 'catalogue')"


def store_catalogue(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Replace the stored catalogue; foods it no longer has are retired, not deleted."""
    put_rows(db, "sources", map(_source_row, catalogue.sources), unique="key")
    db.execute("UPDATE foods SET retired = 'catalogue' WHERE origin = 'catalogue'")
    foods = [_stored(known) for known in catalogue.foods]
    put_rows(db, "foods", (food_row(food) for food, _ in foods), unique="key")
    ids = dict(db.execute("SELECT key, id FROM foods WHERE origin = 'catalogue'").fetchall())
    with names_replaced(db, f"{_OF_CATALOGUE} AND NOT own"):
        for table, rows_of in PARTS:
            kept = " AND NOT own" if table == "food_names" else ""
            db.execute(f"DELETE FROM {table} WHERE {_OF_CATALOGUE}{kept}")
            rows = (row for food, names in foods for row in rows_of(ids[food.key], food, names))
            put_rows(db, table, rows)
    put_rows(db, "settings", [{"key": "catalogue", "value": catalogue.edition}], unique="key")


def _stored(known: CatalogueFood) -> tuple[Food, Sequence[str]]:
    food = known.food._replace(region=known.region, announce=known.say_note)
    return food, (*known.names, *known.regional_names)


def _source_row(source: Any) -> dict[str, object]:
    return {
        "key": source.key,
        "citation": source.citation,
        "year": str(source.year),
        "address": source.where,
        "note": source.note,
    }
