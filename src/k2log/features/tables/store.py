"""Foods of an official table into the diary, by way of temporary tables.

Rows are staged as they come, which locks nothing and keeps memory flat; then each food is composed
and put beside the others; then all are compared with the diary and taken over in one transaction
and one change. A food that a newer edition of its table no longer has is left as it is.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from k2log.features.tables.files import TableError
from k2log.features.tables.model import (
    MOST_SHOWN,
    BrandRow,
    ByFood,
    FigureRow,
    FoodCounts,
    FoodRow,
    FoodRows,
    Leftovers,
    PortionRow,
    Record,
    Skipped,
    TableSource,
    compose,
)
from k2log.files import Watch
from k2log.food.food import Food
from k2log.store.diary import Diary
from k2log.store.food_rows import DOCUMENT, FOOD_COLUMNS, food_row
from k2log.store.food_rows import PARTS as FOOD_PARTS
from k2log.store.food_rows import PARTS_FOOD_DOCUMENTS as PARTS
from k2log.store.journal import Image, add_rows, new_change

_BATCH: Final = 2_000
_CACHE_KIB: Final = 16_000
_STAGES: Final[Mapping[type, str]] = {
    FoodRow: "staged_foods",
    BrandRow: "staged_brands",
    FigureRow: "staged_figures",
    PortionRow: "staged_portions",
}

_STAGE = """
CREATE TEMP TABLE staged_foods (number INTEGER PRIMARY KEY, line, origin, name, animal);
CREATE TEMP TABLE staged_brands (number INTEGER PRIMARY KEY, line, brand, unit, serving, household);
CREATE TEMP TABLE staged_figures (number INTEGER, line, nutrient, best, low, high, basis);
CREATE TEMP TABLE staged_portions (number INTEGER, line, measure, full, quantity);
CREATE TEMP TABLE matched (food_id INTEGER PRIMARY KEY, id INTEGER, verdict)
"""
_INDEXES = """
CREATE INDEX temp.staged_figure ON staged_figures (number, nutrient, line);
CREATE INDEX temp.staged_portion ON staged_portions (number, line)
"""
_ORPHANS = """
SELECT line, number, count(*) OVER () FROM {stage}
WHERE number NOT IN (SELECT number FROM staged_foods)
ORDER BY line LIMIT ?
"""
_REPEATED = """
SELECT max(line), number, count(*) OVER () FROM staged_figures
GROUP BY number, nutrient HAVING count(*) > 1
LIMIT ?
"""
_FOODS = """
SELECT origin, number, name, animal, brand, unit, serving, household
FROM staged_foods LEFT JOIN staged_brands USING (number)
WHERE origin <> ''
ORDER BY number
"""
_FIGURES = """
SELECT number, nutrient, best, low, high, basis FROM staged_figures ORDER BY number, nutrient, line
"""
_PORTIONS = "SELECT number, measure, full, quantity FROM staged_portions ORDER BY number, line"
_READY: Final = {
    "foods": ("food_id INTEGER PRIMARY KEY", *FOOD_COLUMNS),
    "food_names": ("food_id INTEGER", "position", "name", "name_key"),
    "portions": ("food_id INTEGER", "position", "measure", "quantity"),
    "figures": ("food_id INTEGER", "nutrient", "best", "low", "high", "basis", "source", "note"),
}
_MATCH = """
INSERT INTO matched (food_id, id, verdict)
SELECT ready.food_id, foods.id, CASE
  WHEN foods.origin = 'user' THEN 'not ours'
  WHEN foods.digest <> ready.digest THEN 'changed'
  WHEN foods.retired IS NOT NULL THEN 'back'
  ELSE 'same'
END
FROM ready_foods AS ready CROSS JOIN foods ON foods.key = ready.key
"""
_MATCH_NEW = """
INSERT INTO matched (food_id, id, verdict)
SELECT food_id,
  row_number() OVER (ORDER BY food_id) + (SELECT coalesce(max(id), 0) FROM foods), 'new'
FROM ready_foods
WHERE food_id NOT IN (SELECT food_id FROM matched)
"""
_CHANGED = "SELECT id FROM matched WHERE verdict = 'changed'"
_BEFORE = f"SELECT 'foods', id, id, {DOCUMENT} FROM foods WHERE id IN ({_CHANGED}) ORDER BY id"
_RANGES = """
SELECT 'foods', min(id), max(id), NULL
FROM (
  SELECT id, id - row_number() OVER (ORDER BY id) AS island
  FROM matched
  WHERE verdict IN ('new', 'back')
)
GROUP BY island
"""
_UPDATE = f"""
UPDATE foods SET {", ".join(f"{column} = ready.{column}" for column in FOOD_COLUMNS)}
FROM matched JOIN ready_foods AS ready USING (food_id)
WHERE foods.id = matched.id AND matched.verdict = 'changed'
"""
_BACK = """
UPDATE foods SET retired = NULL WHERE id IN (SELECT id FROM matched WHERE verdict = 'back')
"""
_INSERT = f"""
INSERT INTO foods (id, {", ".join(FOOD_COLUMNS)})
SELECT matched.id, {", ".join(FOOD_COLUMNS)}
FROM matched JOIN ready_foods USING (food_id)
WHERE verdict = 'new'
ORDER BY matched.id
"""
_INSERT_PARTS = """
INSERT INTO {table} (food_id, {columns})
SELECT matched.id, {columns}
FROM ready_{table} AS ready JOIN matched USING (food_id)
WHERE verdict IN ('new', 'changed')
ORDER BY ready.rowid
"""
_SOURCE = """
INSERT OR IGNORE INTO sources (key, citation, year, address, note) VALUES (?, ?, ?, ?, ?)
"""


def stage(diary: Diary, source: TableSource, records: Iterable[Record]) -> Leftovers:
    """Put the rows of a table beside the diary; return what was left out."""
    leftovers = Leftovers()
    remaining = iter(records)
    with diary.staging(_CACHE_KIB) as db:
        for statement in _STAGE.split(";"):
            db.execute(statement)
        while batch := list(islice(remaining, _BATCH)):
            leftovers.add(_staging(db, batch, source))
        for statement in _INDEXES.split(";"):
            db.execute(statement)
        _look_through(db, source, leftovers)
    return leftovers


def _staging(db: sqlite3.Connection, batch: list[Record], source: TableSource) -> Iterator[Skipped]:
    yield from (record for record in batch if isinstance(record, Skipped))
    for kind, table in _STAGES.items():
        rows = [record for record in batch if type(record) is kind]
        if rows:
            places = ", ".join("?" * len(rows[0]))
            count = db.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES ({places})", rows
            ).rowcount
            if count < len(rows):
                yield from _again(db, table, rows, source)


def _again(
    db: sqlite3.Connection, table: str, rows: Iterable[Record], source: TableSource
) -> Iterator[Skipped]:
    """Yield the rows about a food that was there before."""
    for number, line, *_ in rows:
        (first,) = db.execute(f"SELECT line FROM {table} WHERE number = ?", (number,)).fetchone()
        if first != line:
            yield Skipped(source.foods, line, f"food {number} is there already, on line {first}")


def _look_through(db: sqlite3.Connection, source: TableSource, leftovers: Leftovers) -> None:
    """Refuse a table without foods; count rows about foods it does not have, and second figures."""
    (foods,) = db.execute("SELECT count(*) FROM staged_foods WHERE origin <> ''").fetchone()
    if not foods:
        raise TableError(f"{source.foods} holds no foods. Nothing was imported.")
    for query, file, why in (
        (_ORPHANS.format(stage="staged_figures"), source.figures, "no food {} is there"),
        (_ORPHANS.format(stage="staged_portions"), source.portions, "no food {} is there"),
        (_REPEATED, source.figures, "a second figure of one nutrient for food {}"),
    ):
        rows = db.execute(query, (MOST_SHOWN,)).fetchall()
        total = rows[0][-1] if rows else 0
        leftovers.add((Skipped(file, row[0], why.format(row[1])) for row in rows), total)


def prepare(diary: Diary, source: TableSource, watch: Watch) -> list[str]:
    """Make a food of the rows about each; return the titles of the tables they are from."""
    with diary.staging(_CACHE_KIB) as db:
        (count,) = db.execute("SELECT count(*) FROM staged_foods WHERE origin <> ''").fetchone()
        watch.begin("preparing", count)
        for table, columns in _READY.items():
            db.execute(f"CREATE TEMP TABLE ready_{table} ({', '.join(columns)})")
        foods = _foods(db, source)
        number = 0
        while batch := list(islice(foods, _BATCH)):
            _write(db, number, batch)
            number += len(batch)
            watch.advance(len(batch))
        db.execute("CREATE INDEX temp.ready_key ON ready_foods (key)")
    origins = {origin for (origin,) in db.execute("SELECT DISTINCT origin FROM ready_foods")}
    return [table.title for table in source.tables.values() if table.origin in origins]


def _foods(db: sqlite3.Connection, source: TableSource) -> Iterator[Food]:
    figures, portions = ByFood(db.execute(_FIGURES)), ByFood(db.execute(_PORTIONS))
    for origin, number, *cells in db.execute(_FOODS):
        rows = FoodRows._make((number, *cells, figures.of(number), portions.of(number)))
        yield compose(source.tables[origin], rows)


def _write(db: sqlite3.Connection, number: int, foods: list[Food]) -> None:
    numbered = list(enumerate(foods, number + 1))
    rows = ({"food_id": n, **food_row(food), "digest": _digest(food)} for n, food in numbered)
    _insert(db, "foods", rows)
    for table, rows_of in FOOD_PARTS:
        parts = (rows_of(n, food, (food.name,)) for n, food in numbered)
        _insert(db, table, chain.from_iterable(parts))


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    names = [column.split()[0] for column in _READY[table]]
    values = ", ".join("?" * len(names))
    db.executemany(f"INSERT INTO ready_{table} VALUES ({values})", map(itemgetter(*names), rows))


def _digest(food: Food) -> str:
    said = food[: food._fields.index("own_measures")]  # which no table says
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


def compare(diary: Diary) -> FoodCounts:
    """Return what taking the prepared foods over would do."""
    db = diary.db
    db.execute("DELETE FROM matched")
    db.execute(_MATCH)
    db.execute(_MATCH_NEW)
    verdicts = dict(db.execute("SELECT verdict, count(*) FROM matched GROUP BY verdict"))
    return FoodCounts(*(verdicts.get(verdict, 0) for verdict in ("new", "changed", "back", "same")))


def take(diary: Diary, source: TableSource, *, command: str, at: str) -> FoodCounts:
    """Take the prepared foods over as one change; what is unchanged is not written."""
    with diary.writing() as db:
        counts = compare(diary)
        if counts.total > counts.unchanged:
            change = new_change(db, command, at)
            db.executemany(_SOURCE, (table.source for table in source.tables.values()))
            _change_foods(db, change)
            add_rows(db, change, (Image(*row) for row in db.execute(_RANGES)))
            db.execute(_BACK)
            db.execute(_INSERT)
            for table, (_, *columns) in _READY.items():
                if table != "foods":
                    db.execute(_INSERT_PARTS.format(table=table, columns=", ".join(columns)))
    return counts


def _change_foods(db: sqlite3.Connection, change: int) -> None:
    add_rows(db, change, (Image(*row) for row in db.execute(_BEFORE)))
    db.execute(_UPDATE)
    for table in PARTS:
        condition = " AND NOT own" if table == "food_names" else ""
        db.execute(f"DELETE FROM {table} WHERE food_id IN ({_CHANGED}){condition}")
