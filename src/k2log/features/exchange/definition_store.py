"""Own foods, their sources and the settings of a diary: to lines, and taken from a file.

Of what is here and in the file the newer holds, by when it was changed; where that was at the same
second, the same of the two whichever diary takes it. So two diaries that take each other's files
end alike.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from k2log.config import DOCUMENTS
from k2log.features.exchange.definitions import (
    FOOD,
    JOINED,
    PRIVATE,
    SETTING,
    SETTING_NAMES,
    SOURCE,
    SOURCE_COLUMNS,
    FoodParts,
    food_document,
    food_line,
    setting_document,
    setting_line,
    source_line,
    stored_setting,
    undo_document,
)
from k2log.features.exchange.rows import DefinitionRow, LineRemark
from k2log.food.food import source_keys
from k2log.named_tuple import NamedTuple
from k2log.store.diary import Diary
from k2log.store.food_rows import FOOD_COLUMNS, foods_edited, put_rows, restore_food
from k2log.store.journal import Image, add_rows, inserted, put_setting
from k2log.text import shown

STAGE: Final = """
CREATE TEMP TABLE staged_definitions (line INTEGER PRIMARY KEY, kind, key, changed, document)
"""
SECOND: Final = """
SELECT line, key, first
FROM (SELECT line, key, min(line) OVER (PARTITION BY kind, key) AS first FROM staged_definitions)
WHERE line > first
"""
# One's own, and of imported tables the foods that one's own names, recipes and entries hold.
_EXPORTED = """
SELECT id FROM foods WHERE origin IN ('user', 'catalogue')
UNION
SELECT food_id FROM food_names WHERE own
UNION
SELECT foods.id FROM recipes JOIN json_each(iif(json_valid(items), items, '[]')) AS item
JOIN foods ON foods.key = json_extract(item.value, '$.key')
UNION
SELECT foods.id FROM foods WHERE key IN (SELECT food_key FROM entries WHERE removed IS NULL)
"""
_NAMES_TWICE = """
SELECT min(food_names.name), group_concat(foods.name, ', ')
FROM food_names JOIN foods ON foods.id = food_id
WHERE own AND retired IS NULL
GROUP BY name_key HAVING count(DISTINCT food_id) > 1
"""


class Difference(NamedTuple):
    """Something that the file and the diary both define, and not alike.

    ``document`` is what to put in the diary's place, None where what is here is newer and stays.
    """

    line: int
    kind: str
    key: str
    name: str
    document: str | None
    changed: str | None


class Definitions(NamedTuple):
    """What of a file's definitions the diary lacks, what differs, and what is only dated later."""

    new: Sequence[DefinitionRow]
    differences: Sequence[Difference]
    later: Sequence[DefinitionRow]

    def number(self, kind: str) -> int:
        """Return how many of a kind are new."""
        return sum(row.kind == kind for row in self.new)

    def remarks(self) -> Iterator[LineRemark]:
        """Yield a line on each difference."""
        for each in self.differences:
            what = "differs" if each.document else "was changed here later and stays"
            yield LineRemark(each.line, f"{each.name} {what}")


def definition_lines(diary: Diary, *, profile: bool) -> Iterator[str]:
    """Yield the lines of all sources, foods and settings; ``profile``: those of the person too."""
    db = diary.db
    ids = [id_ for (id_,) in db.execute(_EXPORTED)]
    foods = foods_as_parts(db, ids)
    named = {
        key
        for _, parts in foods.values()
        for figure in parts.figures
        if isinstance(figure[-2], str)  # and no bytes that another program wrote
        for key in source_keys(figure[-2])
    }
    query = f"SELECT key, {', '.join(SOURCE_COLUMNS)} FROM sources ORDER BY key"
    for key, *values in db.execute(query):
        if key in named:
            yield source_line(key, values)
    for key, (changed, parts) in sorted(foods.items()):
        with suppress(ValueError, TypeError):  # what another program wrote, and doctor mends
            yield food_line(key, changed, food_document(parts))
    for name, (changed, document) in _settings(db).items():
        if profile or name not in PRIVATE:
            yield setting_line(name, changed, document)


def foods_as_parts(
    db: sqlite3.Connection, ids: Iterable[int]
) -> dict[str, tuple[str | None, FoodParts]]:
    """Return foods by their keys, each with when it was changed."""
    wanted = json.dumps(list(ids))
    chosen = "IN (SELECT value FROM json_each(?))"

    def by_food(columns: str, table: str, order: str) -> dict[int, list[tuple[object, ...]]]:
        rows: dict[int, list[tuple[object, ...]]] = {}
        query = f"SELECT food_id, {columns} FROM {table} WHERE food_id {chosen} ORDER BY {order}"
        for food_id, *values in db.execute(query, (wanted,)):
            rows.setdefault(food_id, []).append(tuple(values))
        return rows

    names = by_food("name, own", "food_names", "position, id")
    portions = by_food("measure, quantity", "portions", "position")
    figures = by_food("nutrient, best, low, high, basis, source, note", "figures", "nutrient")
    recipes = by_food("serves, yield_grams, items", "recipes", "food_id")
    foods = {}
    query = f"SELECT id, changed, {', '.join(FOOD_COLUMNS)} FROM foods WHERE id {chosen}"
    for id_, changed, *values in db.execute(query, (wanted,)).fetchall():
        columns = dict(zip(FOOD_COLUMNS, values, strict=True))
        parts = FoodParts(
            columns,
            names.get(id_, []),  # type: ignore[arg-type]
            portions.get(id_, []),  # type: ignore[arg-type]
            figures.get(id_, []),
            recipes.get(id_, [None])[0],  # type: ignore[arg-type]
        )
        foods[columns["key"]] = (changed, parts)
    return foods


def _settings(db: sqlite3.Connection) -> dict[str, tuple[str | None, str]]:
    """Return the settings by name, each with when it was changed and its value as JSON."""
    settings = {}
    for key, changed, value in db.execute("SELECT key, changed, value FROM settings ORDER BY key"):
        if key in SETTING_NAMES:
            with suppress(ValueError, TypeError):
                settings[key] = changed, setting_document(key, value)
    return settings


def stage_definitions(db: sqlite3.Connection, rows: Iterable[DefinitionRow]) -> None:
    """Put definitions of a file beside the diary."""
    db.executemany("INSERT INTO staged_definitions VALUES (?, ?, ?, ?, ?)", rows)


def compare_definitions(diary: Diary) -> Definitions:
    """Return what taking over the staged definitions would do."""
    db = diary.db
    staged = [
        DefinitionRow._make(row)
        for row in db.execute("SELECT * FROM staged_definitions ORDER BY line")
    ]
    here = _here(db, staged)
    new, differences, later = [], [], []
    for row in staged:
        if row.key not in here[row.kind]:
            new.append(row)
            continue
        changed, document = here[row.kind][row.key]
        difference = _difference(row, changed, document)
        if document in (row.document, difference.document):  # all that is there is here
            if (row.changed or "") > (changed or ""):
                later.append(row)
        elif row.kind != SOURCE:
            differences.append(difference)
    return Definitions(new, differences, later)


def _here(
    db: sqlite3.Connection, staged: Sequence[DefinitionRow]
) -> Mapping[str, Mapping[str, tuple[str | None, str]]]:
    """Return what the diary says of what is staged: by kind and key, when, and the document."""
    keys = json.dumps([row.key for row in staged if row.kind == FOOD])
    query = "SELECT id FROM foods WHERE key IN (SELECT value FROM json_each(?))"
    foods = foods_as_parts(db, [id_ for (id_,) in db.execute(query, (keys,))])
    sources = db.execute(f"SELECT key, {', '.join(SOURCE_COLUMNS)} FROM sources").fetchall()
    return {
        FOOD: {key: (changed, food_document(parts)) for key, (changed, parts) in foods.items()},
        SOURCE: {key: (None, "") for key, *_ in sources},
        SETTING: _settings(db),
    }


def _difference(row: DefinitionRow, changed: str | None, document: str) -> Difference:
    there, here = (row.changed or "", row.document), (changed or "", document)
    newer: str | None = row.document if there > here else None
    latest = max(row.changed or "", changed or "") or None
    if row.kind == SETTING and row.key in JOINED:
        newer = JOINED[row.key](min(there, here)[1], max(there, here)[1])
    name = DOCUMENTS.get(row.key, f"the setting {row.key}")
    if row.kind == FOOD:
        name = shown(str(json.loads(row.document)["name"]))
    return Difference(row.line, row.kind, row.key, name, newer, latest)


def take_definitions(
    db: sqlite3.Connection, change: int, definitions: Definitions, *, update: bool
) -> None:
    """Write what is new, with ``update`` also what is newer."""
    for row in definitions.new:
        _write(db, change, row.kind, row.key, row.changed, row.document)
    if not update:
        return
    for each in definitions.differences:
        if each.document:
            _write(db, change, each.kind, each.key, each.changed, each.document)


def date_definitions(db: sqlite3.Connection, later: Iterable[DefinitionRow]) -> None:
    """Put down a later time for what is alike here."""
    for row in later:
        if row.kind != SOURCE:
            table = "foods" if row.kind == FOOD else "settings"
            db.execute(f"UPDATE {table} SET changed = ? WHERE key = ?", (row.changed, row.key))


def names_meaning_two(diary: Diary) -> list[str]:
    """Return a remark on each name of one's own that means more than one food."""
    rows = diary.db.execute(_NAMES_TWICE).fetchall()
    return [
        f'"{shown(name)}" means more than one food: {shown(foods, 200)}' for name, foods in rows
    ]


def _id_of(db: sqlite3.Connection, key: str) -> int:
    return int(db.execute("SELECT id FROM foods WHERE key = ?", (key,)).fetchone()[0])


def _write(
    db: sqlite3.Connection, change: int, kind: str, key: str, changed: str | None, document: str
) -> None:
    if kind == SOURCE:
        put_rows(db, "sources", [{"key": key, **json.loads(document)}])
    elif kind == SETTING:
        row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        before = json.dumps({"key": key, "value": row[0] if row else None})
        add_rows(db, change, [Image("settings", 0, 0, before)])
        put_setting(db, key, stored_setting(key, document), changed)
    else:
        _write_food(db, change, key, changed, undo_document(key, document))


def _write_food(
    db: sqlite3.Connection, change: int, key: str, changed: str | None, document: str
) -> None:
    there = db.execute("SELECT id FROM foods WHERE key = ?", (key,)).fetchone()
    if there:
        foods_edited(db, change, there)
    else:
        food = json.loads(document)["food"]
        put_rows(db, "foods", [{name: food[name] for name in FOOD_COLUMNS}])
    food_id = _id_of(db, key)
    if not there:
        inserted(db, change, "foods", food_id, food_id)
    restore_food(db, food_id, document, changed)
