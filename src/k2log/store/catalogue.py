"""The catalogue into the diary's tables, in bulk. The user's own foods are never touched."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from k2log.catalogue.load import Catalogue, CatalogueFood
from k2log.food.food import Food
from k2log.store.food_rows import PARTS, food_row


def store_catalogue(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Replace the stored catalogue; foods it no longer has are retired, not deleted."""
    database: Any = Database(db, execute_plugins=False, recursive_triggers=False)
    with database.atomic():
        database["sources"].upsert_all(map(_source_row, catalogue.sources), pk="key")
        database.execute("UPDATE foods SET retired = 'catalogue' WHERE origin = 'catalogue'")
        foods = [_stored(known) for known in catalogue.foods]
        database["foods"].upsert_all([food_row(food) for food, _ in foods], pk="key")
        ids = dict(database.execute("SELECT key, id FROM foods").fetchall())
        for table, rows_of in PARTS:
            kept = " AND NOT own" if table == "food_names" else ""
            database.execute(
                f"DELETE FROM {table} WHERE food_id IN"
                f" (SELECT id FROM foods WHERE origin = 'catalogue'){kept}"
            )
            database[table].insert_all(
                row for food, names in foods for row in rows_of(ids[food.key], food, names)
            )
        database["settings"].upsert({"key": "catalogue", "value": catalogue.edition}, pk="key")


def _stored(known: CatalogueFood) -> tuple[Food, Sequence[str]]:
    names = [*known.names, *getattr(known, "regional_names", ())]
    region, announce = getattr(known, "region", None), getattr(known, "say_note", False)
    return known.food._replace(region=region, announce=announce), names


def _source_row(source: Any) -> dict[str, object]:
    return {
        "key": source.key,
        "citation": source.citation,
        "year": str(source.year),
        "address": source.where,
        "note": source.note,
    }
