"""Foods out of the diary's tables, whole or by their names alone, as the Tab key needs them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from k2log.amounts import Amount
from k2log.food.chooser import SHORTEST_PREFIX, Name
from k2log.food.food import Figure, Food, Salt
from k2log.store.diary import Diary

if TYPE_CHECKING:
    from k2log.food.food import Source

_MOST_NAMES = 400

_STORED_IN_ROW = (
    "key", "name", "kind", "unit", "per", "origin", "piece", "serving_amount", "serving_measure",
    "density", "liquid", "active", "salt", "salt_fraction", "salt_source", "note", "region",
    "announce",
)  # fmt: skip
_COLUMN_NAMES = (*_STORED_IN_ROW, "portions", "figures")
_COLUMNS = f"""
  {", ".join(_STORED_IN_ROW)},
  (SELECT json_group_array(json_array(measure, quantity))
   FROM portions WHERE portions.food_id = foods.id) AS portions,
  (SELECT json_group_array(json_array(nutrient, best, low, high, basis, source, note))
   FROM figures WHERE figures.food_id = foods.id) AS figures
"""
_NAMED = f"""
WITH wanted AS (SELECT value FROM json_each(:keys)), matched (lookup_key, food_id, own) AS (
  SELECT food_names.name_key, food_names.food_id, food_names.own
  FROM food_names JOIN wanted ON food_names.name_key = wanted.value
  UNION
  SELECT wanted.value, foods.id, 0
  FROM wanted JOIN foods ON foods.key = substr(wanted.value, 6)
  WHERE wanted.value LIKE 'food:%'
)
SELECT lookup_key, {_COLUMNS}
FROM matched JOIN foods ON foods.id = matched.food_id
WHERE retired IS NULL
  AND own = (
    SELECT max(own) FROM matched AS rival JOIN foods AS meant ON meant.id = rival.food_id
    WHERE rival.lookup_key = matched.lookup_key AND meant.retired IS NULL
  )
ORDER BY foods.id
"""
_KEYED = f"""
SELECT {_COLUMNS}
FROM foods
WHERE key IN (SELECT value FROM json_each(?)) AND (retired IS NULL OR ?)
"""
_GIVING = f"""
SELECT {_COLUMNS}
FROM foods
WHERE retired IS NULL AND (kind = 'food' OR :supplements)
  AND (
    origin IN ('user', 'catalogue')
    OR EXISTS (SELECT 1 FROM entries WHERE removed IS NULL AND food_key = foods.key)
  )
  AND EXISTS (
    SELECT 1 FROM figures JOIN json_each(:least) AS wanted ON wanted.key = figures.nutrient
    WHERE figures.food_id = foods.id AND low * :quantity / foods.per >= wanted.value
  )
ORDER BY key
"""
_MATCHING = """
SELECT foods.key, foods.name, food_names.name, food_names.name_key, foods.origin, foods.kind,
  foods.region
FROM food_names_fts
JOIN food_names ON food_names.id = food_names_fts.rowid
JOIN foods ON foods.id = food_names.food_id
WHERE food_names_fts MATCH ? AND foods.retired IS NULL
ORDER BY food_names_fts.rank
LIMIT ?
"""
_VOCABULARY = """
SELECT term FROM food_words
WHERE term >= :first AND term < :after AND length(term) BETWEEN :shortest AND :longest
"""
_LOGGED = """
SELECT wanted.value
FROM json_each(?) AS wanted
WHERE EXISTS (
  SELECT 1 FROM entries WHERE entries.removed IS NULL AND entries.food_key = wanted.value
)
"""


class StoredFoods:
    """The foods of one diary."""

    def __init__(self, diary: Diary) -> None:
        """Look foods up in this diary."""
        self.db = diary.db

    def named(self, lookup_keys: Iterable[str]) -> dict[str, list[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``, in one look.

        A name that the user gave hides the foods that have it from elsewhere.
        """
        rows = self.db.execute(_NAMED, {"keys": json.dumps(list(lookup_keys))})
        foods: dict[str, list[Food]] = {}
        for lookup_key, *row in rows:
            foods.setdefault(lookup_key, []).append(_food(row))
        return foods

    def worded(self, words: Sequence[str], limit: int = _MOST_NAMES) -> list[Name]:
        """Return names that hold every one of these words, or words that begin so."""
        return self._matching(" AND ".join(map(_begun, words)), limit)

    def sharing(self, words: Sequence[str], limit: int = _MOST_NAMES) -> list[Name]:
        """Return names that hold any of these words, the best first."""
        return self._matching(" OR ".join(map(_quoted, words)), limit)

    def _matching(self, query: str, limit: int) -> list[Name]:
        return [Name(*row) for row in self.db.execute(_MATCHING, (query, limit))] if query else []

    def vocabulary(self, word: str, longer: int) -> list[str]:
        """Return the words of all names that begin like this one and are about as long."""
        bounds = {
            "first": word[0],
            "after": word[0] + "\U0010ffff",
            "shortest": len(word) - longer,
            "longest": len(word) + longer,
        }
        return [term for (term,) in self.db.execute(_VOCABULARY, bounds)]

    def logged_before(self, keys: Iterable[str]) -> set[str]:
        """Return which of these foods the diary already holds an entry of."""
        return {key for (key,) in self.db.execute(_LOGGED, (json.dumps(list(keys)),))}


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _begun(word: str) -> str:
    return _quoted(word) + "*" if len(word) >= SHORTEST_PREFIX else _quoted(word)


def _food(row: Iterable[Any]) -> Food:
    """Return the food of a row that holds the columns of ``_COLUMNS``."""
    stored = dict(zip(_COLUMN_NAMES, row, strict=True))
    amount, measure = stored.pop("serving_amount"), stored.pop("serving_measure")
    salt, fraction, source = (stored.pop(f"salt{end}") for end in ("", "_fraction", "_source"))
    stored["serving"] = (amount, measure) if measure else None
    stored["salt"] = Salt(salt, fraction, source) if salt else None
    stored["density"] = stored["density"] or None
    stored["liquid"], stored["announce"] = bool(stored["liquid"]), bool(stored["announce"])
    stored["portions"] = dict(json.loads(stored["portions"]))
    stored["figures"] = {
        nutrient: Figure(Amount(best, low, high, int(high is None)), basis, source, note)
        for nutrient, best, low, high, basis, source, note in json.loads(stored["figures"])
    }
    return Food(**stored)


def foods_of_keys(diary: Diary, keys: Iterable[str], *, retired: bool) -> dict[str, Food]:
    """Return the foods with these keys, each under its own; with ``retired`` those too."""
    rows = diary.db.execute(_KEYED, (json.dumps(list(keys)), retired))
    return {food.key: food for food in map(_food, rows)}


def foods_giving(
    diary: Diary, least: Mapping[str, float], quantity: float, *, supplements: bool
) -> list[Food]:
    """Return the foods of which a quantity surely gives the least asked for of some nutrient.

    They are the catalogue's, one's own, and of imported ones those that were logged.
    """
    wanted = {"least": json.dumps(least), "quantity": quantity, "supplements": supplements}
    return [_food(row) for row in diary.db.execute(_GIVING, wanted)]


def times_logged(diary: Diary) -> dict[str, int]:
    """Return how many entries the diary holds of each food."""
    return dict(
        diary.db.execute(
            "SELECT food_key, count(*) FROM entries"
            " WHERE removed IS NULL AND food_key IS NOT NULL GROUP BY food_key"
        )
    )


def sources(diary: Diary, keys: Iterable[str] | None = None) -> "list[Source]":
    """Return the sources with these keys, or all, by their keys."""
    from k2log.food.food import Source

    rows = diary.db.execute(
        "SELECT key, citation, year, address, note FROM sources"
        " WHERE :all OR key IN (SELECT value FROM json_each(:keys)) ORDER BY key",
        {"all": keys is None, "keys": json.dumps(list(keys or ()))},
    )
    return [Source(*row) for row in rows]


def names_of(diary: Diary, key: str) -> list[str]:
    """Return every name of a food, the shown one first."""
    rows = diary.db.execute(
        "SELECT food_names.name FROM food_names JOIN foods ON foods.id = food_names.food_id"
        " WHERE foods.key = ? ORDER BY own, position",
        (key,),
    )
    return [name for (name,) in rows]


def all_names(diary: Diary, prefix: str = "") -> list[str]:
    """Return the names of all foods that begin so, the user's own first, each kind sorted."""
    rows = diary.db.execute(
        "SELECT food_names.name, max(own OR origin = 'user') AS ours"
        " FROM food_names JOIN foods ON foods.id = food_names.food_id"
        " WHERE retired IS NULL GROUP BY food_names.name"
        " ORDER BY ours DESC, lower(food_names.name), food_names.name"
    )
    begun = prefix.casefold()
    return [name for name, _ in rows if name.casefold().startswith(begun)]


def names_beginning(diary: Diary, typed: str, limit: int = 50) -> list[str]:
    """Return names of foods that begin like this, shortest first; for completion."""
    if not typed.strip():
        return []
    begun = re.sub(r"([%_\\])", r"\\\1", typed)
    rows = diary.db.execute(
        "SELECT DISTINCT food_names.name FROM food_names JOIN foods ON foods.id = food_id"
        " WHERE food_names.name LIKE ? ESCAPE '\\' AND retired IS NULL"
        " ORDER BY length(food_names.name), lower(food_names.name) LIMIT ?",
        (f"{begun}%", limit),
    )
    return list(dict.fromkeys(name.lower() for (name,) in rows))


class RememberedFoods(StoredFoods):
    """The foods of one diary; what was asked for by name is not asked for again."""

    def __init__(self, diary: Diary) -> None:
        """Look foods up in this diary."""
        super().__init__(diary)
        self.held: dict[str, list[Food]] = {}

    def named(self, lookup_keys: Iterable[str]) -> dict[str, list[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``."""
        wanted = set(lookup_keys)
        if missing := wanted - self.held.keys():
            found = super().named(missing)
            self.held |= {key: found.get(key, []) for key in missing}
        return {key: foods for key in wanted if (foods := self.held[key])}
