"""The names of foods out of the diary's tables; without what a food holds, for the Tab key."""

import re

from k2log.store.diary import Diary


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
