"""The names of foods that begin as what was typed, for the Tab key, which loads nothing else."""

import re
from typing import Final

from k2log.store.diary import Diary

# The package's names by their index, which is blind to the case of the letters a to z as LIKE is.
_BEGINNING: Final = """
SELECT name FROM (
  SELECT food_names.name
  FROM main.food_names JOIN main.foods ON foods.id = food_names.food_id
  WHERE food_names.name LIKE :like ESCAPE '\\' AND foods.retired IS NULL
  UNION
  SELECT name FROM package.food_names
  WHERE name COLLATE NOCASE >= :typed AND name COLLATE NOCASE < :after
)
ORDER BY length(name), lower(name) LIMIT :most
"""
_BEGINNING_ABROAD: Final = _BEGINNING.replace(
    ")\nORDER",
    """  UNION
  SELECT name FROM package.phrases
  WHERE name COLLATE NOCASE >= :typed AND name COLLATE NOCASE < :after
    AND language = :language AND food
)
ORDER""",
)


def names_beginning(diary: Diary, typed: str, limit: int = 50) -> list[str]:
    """Return names of foods that begin like this, shortest first; for completion.

    Those of another language only where it is set.
    """
    if not typed.strip():
        return []
    begun = re.sub(r"([%_\\])", r"\\\1", typed)
    wanted = {"typed": typed, "after": typed + "\U0010ffff", "like": f"{begun}%", "most": limit}
    language = diary.settings.language
    names = _BEGINNING_ABROAD if language else _BEGINNING
    rows = diary.with_foods().execute(names, {**wanted, "language": language})
    return list(dict.fromkeys(name.lower() for (name,) in rows))
