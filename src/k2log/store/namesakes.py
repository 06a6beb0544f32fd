"""What the diary's own foods have in common with the catalogue."""

from collections import defaultdict

from k2log.catalogue.namesake import Namesake
from k2log.store.diary import Diary

# A recipe may hold anything: what it is called does not make it the food of that name.
_NAMESAKES = """
SELECT own.key, mine.name, catalogue.key
FROM main.foods AS own
JOIN main.food_names AS mine ON mine.food_id = own.id
LEFT JOIN package.food_names AS same
  ON same.name_key = mine.name_key AND own.id NOT IN (SELECT food_id FROM recipes)
LEFT JOIN package.foods AS catalogue
  ON catalogue.id = same.food_id AND catalogue.origin = 'catalogue'
WHERE own.origin = 'user'
UNION
SELECT own.key, mine.name, catalogue.key
FROM main.foods AS own
JOIN main.food_names AS mine ON mine.food_id = own.id
JOIN main.food_names AS same ON same.name_key = mine.name_key
JOIN main.foods AS catalogue
  ON catalogue.id = same.food_id AND catalogue.origin = 'catalogue'
WHERE own.origin = 'user' AND own.id NOT IN (SELECT food_id FROM recipes)
"""


def namesakes(diary: Diary) -> dict[str, Namesake]:
    """Return each food of one's own by its key: its names, and the catalogue's foods of a name."""
    names: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for own, name, catalogue_key in diary.with_foods().execute(_NAMESAKES):
        names[own].add(name)
        keys[own] |= {catalogue_key} - {None}
    return {own: Namesake(frozenset(names[own]), frozenset(keys[own])) for own in names}
