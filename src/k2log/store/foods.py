"""Foods out of the diary's tables."""

import json
from collections.abc import Iterable, Sequence

from k2log.food.amount import Amount
from k2log.food.food import Figure, Food, Salt
from k2log.food.matching import Name
from k2log.store.diary import Diary

_FOOD = """
SELECT
  {lead}, foods.key, foods.name, foods.kind, foods.unit, foods.per, foods.origin, foods.piece,
  foods.serving_amount, foods.serving_measure, foods.density, foods.liquid, foods.active,
  foods.salt, foods.salt_fraction, foods.salt_source, foods.note,
  (SELECT json_group_array(json_array(measure, quantity))
   FROM portions WHERE portions.food_id = foods.id) AS portions,
  (SELECT json_group_array(json_array(nutrient, best, low, high, basis, source, note))
   FROM figures WHERE figures.food_id = foods.id) AS figures
FROM {tables}
WHERE foods.retired IS NULL AND {condition}
"""
_BY_NAME = _FOOD.format(
    lead="food_names.name_key",
    tables="food_names JOIN foods ON foods.id = food_names.food_id",
    condition="food_names.name_key IN (SELECT value FROM json_each(?))",
)
_BY_KEY = _FOOD.format(
    lead="foods.key", tables="foods", condition="foods.key IN (SELECT value FROM json_each(?))"
)


def foods_named(diary: Diary, name_keys: Iterable[str]) -> dict[str, list[Food]]:
    """Return the foods that bear each of these names, in one look."""
    rows = diary.db.execute(_BY_NAME, (json.dumps(list(name_keys)),))
    found: dict[str, list[Food]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_food(row[1:]))
    return found


def foods_with_keys(diary: Diary, keys: Iterable[str]) -> dict[str, Food]:
    """Return the foods with these stable keys."""
    return {row[0]: _food(row[1:]) for row in diary.db.execute(_BY_KEY, (json.dumps(list(keys)),))}


def _food(row: Sequence[object]) -> Food:
    (key, name, kind, unit, per, origin, piece, serving_amount, serving_measure, density, liquid,
     active, salt, fraction, salt_source, note, portions, figures) = row  # fmt: skip
    return Food(
        key=str(key),
        name=str(name),
        kind=str(kind),
        unit=str(unit),
        per=_number(per),
        figures={nutrient: _figure(rest) for nutrient, *rest in json.loads(str(figures))},
        portions=dict(json.loads(str(portions))),
        origin=str(origin),
        piece=_text(piece),
        serving=(_number(serving_amount), str(serving_measure)) if serving_measure else None,
        density=_number(density) if density else None,
        liquid=bool(liquid),
        active=_text(active),
        salt=Salt(str(salt), _number(fraction), str(salt_source)) if salt else None,
        note=str(note),
    )


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _figure(row: Sequence[object]) -> Figure:
    best, low, high, basis, source, note = row
    unknown = int(high is None)
    numbers = (None if value is None else _number(value) for value in (best, low, high))
    return Figure(Amount(*numbers, unknown), str(basis), str(source), str(note))


def similar_names(diary: Diary, name_key: str, limit: int = 400) -> list[Name]:
    """Return names that share runs of three letters with this one, the most alike first."""
    runs = sorted({word[at : at + 3] for word in name_key.split() for at in range(len(word) - 2)})
    if not runs:
        return []
    query = " OR ".join('"' + run.replace('"', '""') + '"' for run in runs[:60])
    rows = diary.db.execute(
        "SELECT foods.key, foods.name, food_names.name, food_names.name_key, foods.origin,"
        " foods.kind"
        " FROM food_names_fts"
        " JOIN food_names ON food_names.id = food_names_fts.rowid"
        " JOIN foods ON foods.id = food_names.food_id"
        " WHERE food_names_fts MATCH ? AND foods.retired IS NULL"
        " ORDER BY food_names_fts.rank LIMIT ?",
        (query, limit),
    )
    return [Name(*row) for row in rows]


def logged_before(diary: Diary, keys: Iterable[str]) -> set[str]:
    """Return which of these foods the diary already holds an entry of."""
    rows = diary.db.execute(
        "SELECT value FROM json_each(?) AS wanted"
        " WHERE EXISTS (SELECT 1 FROM entries"
        "  WHERE removed IS NULL AND entries.food_key = wanted.value)",
        (json.dumps(list(keys)),),
    )
    return {key for (key,) in rows}


