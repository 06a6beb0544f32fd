"""Foods out of the diary and the package, and their names."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from k2log.amounts import Amount
from k2log.food.food import Figure, Food, Salt
from k2log.food.matching import SHORTEST_PREFIX, UNRANKED, FoodMatch, Name, match_of
from k2log.food.words import Term, Terms, pattern, runs
from k2log.names import name_key, name_words
from k2log.store.diary import Diary

if TYPE_CHECKING:
    from k2log.food.food import Source
    from k2log.food.languages import Phrase
    from k2log.store.own_measures import Measures

_MOST_NAMES = 400

_STORED_IN_ROW = (
    "key", "name", "kind", "unit", "per", "origin", "piece", "serving_amount", "serving_measure",
    "density", "liquid", "active", "salt", "salt_fraction", "salt_source", "note", "region",
    "announce",
)  # fmt: skip
_COLUMN_NAMES = (*_STORED_IN_ROW, "portions", "figures")
_ROW = f"""
  {", ".join(f"foods.{column}" for column in _STORED_IN_ROW)},
  (SELECT json_group_array(json_array(measure, quantity))
   FROM {{0}}.portions AS part WHERE part.food_id = foods.id) AS portions,
  (SELECT json_group_array(json_array(nutrient, best, low, high, basis, source, note))
   FROM {{0}}.figures AS part WHERE part.food_id = foods.id) AS figures
"""
_MINE, _PACKED = _ROW.format("main"), _ROW.format("package")
# A bare row of the diary stands for a food of the package; an imported one stands in its place.
_WHOLE = "foods.origin <> 'catalogue'"
_STANDS = """
NOT EXISTS (
  SELECT 1 FROM main.foods AS mine
  WHERE mine.key = foods.key AND mine.origin <> 'catalogue' AND mine.retired IS NULL
)
"""
_NAMED = f"""
WITH wanted AS (SELECT value FROM json_each(:keys)), matched (lookup_key, key, own) AS (
  SELECT food_names.name_key, foods.key, food_names.own
  FROM wanted
  CROSS JOIN main.food_names ON food_names.name_key = wanted.value
  CROSS JOIN main.foods ON foods.id = food_names.food_id
  WHERE foods.retired IS NULL
  UNION
  SELECT food_names.name_key, foods.key, 0
  FROM wanted
  CROSS JOIN package.food_names ON food_names.name_key = wanted.value
  CROSS JOIN package.foods ON foods.id = food_names.food_id
  UNION
  SELECT value, substr(value, 6), 0 FROM wanted WHERE value LIKE 'food:%'
), meant AS (
  SELECT lookup_key, key FROM matched
  WHERE own = (SELECT max(own) FROM matched AS rival WHERE rival.lookup_key = matched.lookup_key)
)
SELECT lookup_key, 0 AS packed, foods.id AS place, {_MINE}
FROM meant CROSS JOIN main.foods ON foods.key = meant.key
WHERE {_WHOLE} AND foods.retired IS NULL
UNION ALL
SELECT lookup_key, 1, foods.id, {_PACKED}
FROM meant CROSS JOIN package.foods ON foods.key = meant.key
WHERE {_STANDS}
ORDER BY packed, place
"""
_KEYED = f"""
SELECT {_MINE}
FROM json_each(:keys) AS wanted CROSS JOIN main.foods ON foods.key = wanted.value
WHERE {_WHOLE} AND (foods.retired IS NULL OR :retired)
UNION ALL
SELECT {_PACKED}
FROM json_each(:keys) AS wanted CROSS JOIN package.foods ON foods.key = wanted.value
WHERE {_STANDS}
"""
_WANTED = """
  (foods.kind = 'food' OR :supplements)
  AND EXISTS (
    SELECT 1
    FROM {0}.figures AS part JOIN json_each(:least) AS wanted ON wanted.key = part.nutrient
    WHERE part.food_id = foods.id AND low * :quantity / foods.per >= wanted.value
  )
  AND (
    foods.origin = '{1}'
    OR EXISTS (SELECT 1 FROM entries WHERE removed IS NULL AND food_key = foods.key)
  )
"""
_GIVING = f"""
SELECT {_MINE}
FROM main.foods
WHERE foods.retired IS NULL AND {_WHOLE} AND {_WANTED.format("main", "user")}
UNION ALL
SELECT {_PACKED}
FROM package.foods
WHERE {_STANDS} AND {_WANTED.format("package", "catalogue")}
ORDER BY 1
"""
_OF_NAME = (
    "foods.key, foods.name, food_names.name, food_names.name_key, foods.origin, foods.kind,"
    " foods.region"
)
_MY_PLACE, _PLACE = f"{UNRANKED} AS place", "foods.place"
_MATCHING = f"""
SELECT * FROM (
  SELECT {_OF_NAME}, {_MY_PLACE}, food_names_fts.rank AS likeness
  FROM main.food_names_fts
  JOIN main.food_names ON food_names.id = food_names_fts.rowid
  JOIN main.foods ON foods.id = food_names.food_id
  WHERE food_names_fts MATCH :query AND foods.retired IS NULL
  UNION ALL
  SELECT {_OF_NAME}, {_PLACE}, food_names_fts.rank
  FROM package.food_names_fts
  JOIN package.food_names ON food_names.id = food_names_fts.rowid
  JOIN package.foods ON foods.id = food_names.food_id
  WHERE food_names_fts MATCH :query AND {_STANDS}
)
ORDER BY likeness
LIMIT :most
"""
_OFFICIAL = f"""
SELECT {_OF_NAME}, {_PLACE}
FROM package.official_names_fts
JOIN package.food_names ON food_names.id = official_names_fts.rowid
JOIN package.foods ON foods.id = food_names.food_id
WHERE official_names_fts MATCH :query AND {_STANDS}
ORDER BY official_names_fts.rank LIMIT :most
"""
_SPELLINGS = """
SELECT foods.key, food_names.name
FROM main.food_names JOIN main.foods ON foods.id = food_names.food_id
WHERE food_names.name_key = :key AND foods.retired IS NULL
UNION ALL
SELECT foods.key, food_names.name
FROM package.food_names JOIN package.foods ON foods.id = food_names.food_id
WHERE food_names.name_key = :key
"""
_TERMS = """
SELECT words, role, same, beside
FROM json_each(?) AS wanted CROSS JOIN package.terms ON terms.words = wanted.value
"""
_VARIANTS = f"""
SELECT {_OF_NAME}, {_PLACE}, core, core_order, marks, also
FROM json_each(:cores) AS wanted
CROSS JOIN package.food_names ON food_names.core = wanted.value
CROSS JOIN package.foods ON foods.id = food_names.food_id
WHERE {_STANDS}
"""
_MY_NAMES = f"""
SELECT {_OF_NAME}
FROM main.food_names_fts
JOIN main.food_names ON food_names.id = food_names_fts.rowid
JOIN main.foods ON foods.id = food_names.food_id
WHERE food_names_fts MATCH :query AND foods.retired IS NULL
LIMIT :most
"""
_MEMBERS = f"""
SELECT {_OF_NAME}, members.place
FROM package.members
JOIN package.foods ON foods.key = members.key
JOIN package.food_names ON food_names.food_id = foods.id AND food_names.position = 0
WHERE members.kind = :key AND {_STANDS}
ORDER BY members.place
"""
_KNOWN_WORDS = """
SELECT wanted.value FROM json_each(?) AS wanted
WHERE EXISTS (SELECT 1 FROM main.food_words WHERE term = wanted.value)
  OR EXISTS (SELECT 1 FROM package.food_words WHERE term = wanted.value)
  OR EXISTS (SELECT 1 FROM package.official_words WHERE term = wanted.value)
  OR EXISTS (SELECT 1 FROM package.terms WHERE words = wanted.value)
  OR EXISTS (SELECT 1 FROM package.phrases WHERE typed = wanted.value)
  OR EXISTS (SELECT 1 FROM package.no_foods WHERE word = wanted.value)
"""
_FITTING = "term >= :first AND term < :after AND length(term) BETWEEN :shortest AND :longest"
_VOCABULARY = f"""
SELECT term FROM main.food_words WHERE {_FITTING}
UNION
SELECT term FROM package.food_words WHERE {_FITTING}
UNION
SELECT words FROM package.terms
WHERE {_FITTING.replace("term", "words")} AND words NOT LIKE '% %'
  AND role NOT IN ('maker', 'neutral', 'size')
"""
_TRANSLATIONS = """
SELECT typed, language, english, everyday, food, phrases.name
FROM json_each(?) AS wanted CROSS JOIN package.phrases ON phrases.typed = wanted.value
"""
_OWN_NAMES = """
SELECT name_key
FROM json_each(?) AS wanted
CROSS JOIN main.food_names ON name_key = wanted.value
CROSS JOIN main.foods ON foods.id = food_id
WHERE retired IS NULL AND (own OR origin = 'user')
"""
_LOGGED = """
SELECT wanted.value
FROM json_each(?) AS wanted
WHERE EXISTS (
  SELECT 1 FROM entries WHERE entries.removed IS NULL AND entries.food_key = wanted.value
)
"""
_SOURCES = """
SELECT key, citation, year, address, note FROM package.sources
WHERE :all OR key IN (SELECT value FROM json_each(:keys))
UNION ALL
SELECT key, citation, year, address, note FROM main.sources
WHERE (:all OR key IN (SELECT value FROM json_each(:keys)))
  AND key NOT IN (SELECT key FROM package.sources)
ORDER BY key
"""
_NAMES_OF = f"""
SELECT food_names.name, 0 AS own, position
FROM package.foods JOIN package.food_names ON food_names.food_id = foods.id
WHERE foods.key = :key AND {_STANDS}
UNION ALL
SELECT food_names.name, own, position
FROM main.foods JOIN main.food_names ON food_names.food_id = foods.id
WHERE foods.key = :key
ORDER BY 2, 3
"""
_ALL_NAMES = """
SELECT name, max(ours) FROM (
  SELECT food_names.name, own OR origin = 'user' AS ours
  FROM main.food_names JOIN main.foods ON foods.id = food_names.food_id
  WHERE foods.retired IS NULL
  UNION ALL
  SELECT name, 0 FROM package.food_names
)
GROUP BY name
ORDER BY 2 DESC, lower(name), name
"""


class StoredFoods:
    """The foods of one diary and of the package."""

    def __init__(self, diary: Diary) -> None:
        """Look foods up in this diary. Raises FoodTableError."""
        self.db = diary.with_foods()
        self.measures = _measures(diary)

    def named(self, lookup_keys: Iterable[str]) -> dict[str, list[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``, in one look.

        A name that the user gave hides the foods that have it from elsewhere.
        """
        rows = self.db.execute(_NAMED, {"keys": json.dumps(list(lookup_keys))})
        foods: dict[str, list[Food]] = {}
        for lookup_key, _, _, *row in rows:
            foods.setdefault(lookup_key, []).append(_food(row, self.measures))
        return foods

    def spellings(self, key: str) -> dict[str, list[str]]:
        """Return the names with a key, as they are written, by the key of their food."""
        names: dict[str, list[str]] = {}
        for food, name in self.db.execute(_SPELLINGS, {"key": key}):
            names.setdefault(food, []).append(name)
        return names

    def terms(self, words: Iterable[str]) -> Terms:
        """Return what the lists of words say of these words and phrases."""
        rows = self.db.execute(_TERMS, (json.dumps(list(words)),))
        return {words: Term(*term) for words, *term in rows}

    def variants(self, wanted: Iterable[str], words: Sequence[str]) -> list[Name]:
        """Return the names with one of these cores; own foods' are looked for by the words."""
        cores = set(wanted)
        rows = self.db.execute(_VARIANTS, {"cores": json.dumps(list(cores))})
        query = " AND ".join(map(_quoted, words))
        own = [
            Name(*row) for row in self.db.execute(_MY_NAMES, {"query": query, "most": _MOST_NAMES})
        ]
        texts = {run for name in own for run in runs(name_words(name.name))}
        terms = self.terms(texts) if own else {}
        mine = (name._replace(**pattern(name.name, terms)._asdict()) for name in own)
        return [*(name for name in mine if name.core in cores), *(Name(*row) for row in rows)]

    def members(self, key: str) -> list[FoodMatch]:
        """Return what a kind of food may be, the most ordinary first; none if it is no kind."""
        return [match_of(Name(*row)) for row in self.db.execute(_MEMBERS, {"key": key})]

    def known_words(self, words: Sequence[str]) -> set[str]:
        """Return which words stand in a name of any table, or in a list of words."""
        return {word for (word,) in self.db.execute(_KNOWN_WORDS, (json.dumps(list(words)),))}

    def worded(self, words: Sequence[str], limit: int = _MOST_NAMES) -> list[Name]:
        """Return names that hold every one of these words, or words that begin so."""
        return self._matching(" AND ".join(map(_begun, words)), limit)

    def official(self, words: Sequence[str], limit: int = _MOST_NAMES) -> list[Name]:
        """Return names in official tables that hold every one of these words, or beginnings."""
        query = " AND ".join(map(_begun, words))
        rows = self.db.execute(_OFFICIAL, {"query": query, "most": limit}) if query else ()
        return [Name(*row) for row in rows]

    def sharing(self, words: Sequence[str], limit: int = _MOST_NAMES) -> list[Name]:
        """Return names that hold any of these words, the best first."""
        return self._matching(" OR ".join(map(_quoted, words)), limit)

    def _matching(self, query: str, limit: int) -> list[Name]:
        wanted = {"query": query, "most": limit}
        rows = self.db.execute(_MATCHING, wanted) if query else ()
        return [Name(*row) for *row, _ in rows]

    def vocabulary(self, word: str, longer: int) -> list[str]:
        """Return the words of foods that begin like this one and are about as long.

        None that a name may do without: mended so, a word would count for nothing.
        """
        bounds = {
            "first": word[0],
            "after": word[0] + "\U0010ffff",
            "shortest": len(word) - longer,
            "longest": len(word) + longer,
        }
        return [term for (term,) in self.db.execute(_VOCABULARY, bounds)]

    def translations(self, typed: Iterable[str]) -> "list[Phrase]":
        """Return what these phrases, as ``spelling`` gives them, are in all languages.

        A name that the user gave to a food is no phrase.
        """
        from k2log.food.languages import Phrase

        rows = self.db.execute(_TRANSLATIONS, (json.dumps(list(typed)),))
        phrases = [Phrase(*row) for row in rows]
        keys = json.dumps([name_key(phrase.name) for phrase in phrases])
        own = {key for (key,) in self.db.execute(_OWN_NAMES, (keys,))}
        return [phrase for phrase in phrases if name_key(phrase.name) not in own]

    def logged_before(self, keys: Iterable[str]) -> set[str]:
        """Return which of these foods the diary already holds an entry of."""
        return {key for (key,) in self.db.execute(_LOGGED, (json.dumps(list(keys)),))}


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _begun(word: str) -> str:
    return _quoted(word) + "*" if len(word) >= SHORTEST_PREFIX else _quoted(word)


def _measures(diary: Diary) -> "Measures":
    """Return the measures that the user gave foods; few do."""
    if "own-measures" not in diary.settings.stored:
        return {}
    from k2log.store.own_measures import own_measures

    return own_measures(diary)


def _food(row: Iterable[Any], measures: "Measures") -> Food:
    """Return the food of a row that holds the columns of ``_COLUMNS``, with the user's measures."""
    stored = dict(zip(_COLUMN_NAMES, row, strict=True))
    amount, measure = stored.pop("serving_amount"), stored.pop("serving_measure")
    salt, fraction, source = (stored.pop(f"salt{end}") for end in ("", "_fraction", "_source"))
    stored["serving"] = (amount, measure) if measure else None
    stored["salt"] = Salt(salt, fraction, source) if salt and fraction else None
    stored["density"] = stored["density"] or None
    stored["liquid"], stored["announce"] = bool(stored["liquid"]), bool(stored["announce"])
    stored["portions"] = dict(json.loads(stored["portions"]))
    stored["figures"] = {
        nutrient: Figure(Amount(best, low, high, int(high is None)), basis, source, note)
        for nutrient, best, low, high, basis, source, note in json.loads(stored["figures"])
    }
    if own := measures.get(stored["key"]):
        stored["portions"] |= own
        stored["own_measures"] = tuple(own)
    return Food(**stored)


def foods_of_keys(diary: Diary, keys: Iterable[str], *, retired: bool) -> dict[str, Food]:
    """Return the foods with these keys, each under its own; with ``retired`` those too."""
    wanted = {"keys": json.dumps(list(keys)), "retired": retired}
    rows = diary.with_foods().execute(_KEYED, wanted)
    measures = _measures(diary)
    return {food.key: food for food in (_food(row, measures) for row in rows)}


def foods_giving(
    diary: Diary, least: Mapping[str, float], quantity: float, *, supplements: bool
) -> list[Food]:
    """Return the foods of which a quantity surely gives the least asked for of some nutrient.

    They are the catalogue's, one's own, and of imported ones those that were logged.
    """
    wanted = {"least": json.dumps(least), "quantity": quantity, "supplements": supplements}
    measures = _measures(diary)
    return [_food(row, measures) for row in diary.with_foods().execute(_GIVING, wanted)]


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

    wanted = {"all": keys is None, "keys": json.dumps(list(keys or ()))}
    return [Source(*row) for row in diary.with_foods().execute(_SOURCES, wanted)]


def names_of(diary: Diary, key: str) -> list[str]:
    """Return every name of a food, the shown one first, the user's own last."""
    return [name for name, *_ in diary.with_foods().execute(_NAMES_OF, {"key": key})]


def all_names(diary: Diary, prefix: str = "") -> list[str]:
    """Return the names of all foods that begin so, the user's own first, each kind sorted."""
    begun = prefix.casefold()
    rows = diary.with_foods().execute(_ALL_NAMES)
    return [name for name, _ in rows if name.casefold().startswith(begun)]


class RememberedFoods(StoredFoods):
    """The foods of one diary; what was asked for by name is not asked for again."""

    def __init__(self, diary: Diary) -> None:
        """Look foods up in this diary."""
        super().__init__(diary)
        self.held: dict[str, list[Food]] = {}
        self.listed: dict[str, Term | None] = {}

    def terms(self, words: Iterable[str]) -> Terms:
        """Return what the lists of words say of these words and phrases."""
        wanted = set(words)
        if missing := wanted - self.listed.keys():
            found = super().terms(missing)
            self.listed |= {text: found.get(text) for text in missing}
        return {text: term for text in wanted if (term := self.listed[text])}

    def named(self, lookup_keys: Iterable[str]) -> dict[str, list[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``."""
        wanted = set(lookup_keys)
        if missing := wanted - self.held.keys():
            found = super().named(missing)
            self.held |= {key: found.get(key, []) for key in missing}
        return {key: foods for key in wanted if (foods := self.held[key])}
