"""Make the package's table of foods from its text: the same text gives the same rows.

Run when a wheel or an editable install is made (``hatch_build.py``), and in a checkout when the
table is missing or older than its text. Needs the standard library alone.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import Final

from k2log.catalogue.model import CatalogueFood
from k2log.catalogue.read import load
from k2log.food.food import Source
from k2log.store.food_rows import PARTS, food_row, put_rows
from k2log.store.food_table import APPLICATION_ID, LAYOUT, FoodTableError

_TABLES: Final = """
CREATE TABLE sources (
  key TEXT PRIMARY KEY,
  citation TEXT NOT NULL,
  year TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE foods (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  unit TEXT NOT NULL,
  per REAL NOT NULL,
  piece TEXT,
  serving_amount REAL,
  serving_measure TEXT,
  density REAL,
  liquid INTEGER NOT NULL,
  active TEXT,
  salt TEXT,
  salt_fraction REAL,
  salt_source TEXT,
  note TEXT NOT NULL,
  region TEXT,
  announce INTEGER NOT NULL
);
CREATE TABLE food_names (
  id INTEGER PRIMARY KEY,
  food_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL
);
CREATE TABLE portions (
  food_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  measure TEXT NOT NULL,
  quantity REAL NOT NULL,
  PRIMARY KEY (food_id, position)
) WITHOUT ROWID;
CREATE TABLE figures (
  food_id INTEGER NOT NULL,
  nutrient TEXT NOT NULL,
  best REAL,
  low REAL,
  high REAL,
  basis TEXT NOT NULL,
  source TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (food_id, nutrient)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE food_names_fts
USING fts5 (name_key, content = 'food_names', content_rowid = 'id', prefix = '3');
CREATE VIRTUAL TABLE food_words USING fts5vocab ('food_names_fts', 'row');
"""
_INDEXES: Final = """
CREATE INDEX food_names_key ON food_names (name_key);
CREATE INDEX food_names_food ON food_names (food_id);
CREATE INDEX food_names_begun ON food_names (name COLLATE NOCASE);
INSERT INTO food_names_fts (rowid, name_key) SELECT id, name_key FROM food_names;
INSERT INTO food_names_fts (food_names_fts) VALUES ('optimize');
"""


def build(file: Path) -> None:
    """Write the table, whole or not at all. Raises CatalogueError, FoodTableError."""
    catalogue = load()
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            _write(db, catalogue.foods, catalogue.sources)
        part.replace(file)
    except (OSError, sqlite3.OperationalError) as error:
        raise FoodTableError(f"cannot be made ({error}; {file})") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _write(
    db: sqlite3.Connection, entries: Iterable[CatalogueFood], sources: Iterable[Source]
) -> None:
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {LAYOUT}")
    db.executescript(_TABLES)
    db.execute("BEGIN")
    put_rows(db, "sources", (dict(zip(_SOURCE, source, strict=True)) for source in sources))
    foods = [
        (
            number,
            each.food._replace(region=each.region, announce=each.say_note),
            (*each.names, *each.regional_names),
        )
        for number, each in enumerate(entries, 1)
    ]
    put_rows(db, "foods", ({"id": number, **_row(food_row(food))} for number, food, _ in foods))
    for table, rows_of in PARTS:
        rows = (rows_of(number, food, names) for number, food, names in foods)
        put_rows(db, table, chain.from_iterable(rows))
    db.executescript(_INDEXES)  # which commits first
    db.execute("VACUUM")


_SOURCE: Final = ("key", "citation", "year", "address", "note")


def _row(row: dict[str, object]) -> dict[str, object]:
    return {column: value for column, value in row.items() if column != "retired"}
