"""Entries by today's figures, computed in batches, and written as one undoable change."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from k2log.diary.entry import FIGURES, Entry, figures
from k2log.diary.recalculation import Recalculation, Unworkable, recalculate
from k2log.food.food import Food
from k2log.grammar.ids import Span
from k2log.grammar.items import lookup_key, readings
from k2log.names import name_words
from k2log.store.diary import Diary
from k2log.store.entries import SELECT, ChangedMeanwhileError, NoEntryError, entry_from
from k2log.store.foods import foods_of_keys
from k2log.store.journal import edited, new_change

if TYPE_CHECKING:
    from k2log.report.period import Period

_AT_ONCE: Final = 1000
_COLUMNS: Final = ("food", "food_key", "grams", "working", *FIGURES)
_UPDATE: Final = (
    f"UPDATE entries SET changed = ?, {', '.join(f'{column} = ?' for column in _COLUMNS)}"
    " WHERE id = ?"
)
_IDS_IN_SPANS: Final = """
SELECT DISTINCT entries.id
FROM json_each(?) AS span CROSS JOIN entries
  ON entries.id BETWEEN json_extract(span.value, '$[0]') AND json_extract(span.value, '$[1]')
WHERE removed IS NULL
ORDER BY entries.id
"""
_IDS_ASSUMED: Final = """
SELECT id FROM entries
WHERE removed IS NULL AND json_extract(working, '$.region') = 'assumed' ORDER BY id
"""
_IDS_BETWEEN: Final = """
SELECT id FROM entries WHERE removed IS NULL AND day BETWEEN ? AND ? ORDER BY id
"""
_IDS_OF_FOOD: Final = "SELECT id FROM entries WHERE removed IS NULL AND food_key = ? ORDER BY id"
_TYPED: Final = """
SELECT id, json_extract(working, '$.typed') FROM entries
WHERE removed IS NULL AND food_key IS NOT :food_key
  AND json_extract(working, '$.typed') LIKE :like ESCAPE '\\'
ORDER BY id
"""

WorkOut = Callable[[Entry, Food | None], Recalculation | Unworkable]
"""Works an entry out again; the food is that with its key today."""


def ids_in(diary: Diary, spans: Sequence[Span]) -> list[int]:
    """Return the live entries of ids and ranges, each of which must hold one.

    Raises NoEntryError.
    """
    ids = [id_ for (id_,) in diary.db.execute(_IDS_IN_SPANS, (json.dumps(spans),))]
    missing = []
    for span in spans:
        at = bisect_left(ids, span.first)
        if at == len(ids) or ids[at] > span.last:
            missing.append(span)
    if missing:
        raise NoEntryError(missing)
    return ids


def ids_between(diary: Diary, period: "Period") -> list[int]:
    """Return the live entries of these days."""
    days = (period.first.isoformat(), period.last.isoformat())
    return [id_ for (id_,) in diary.db.execute(_IDS_BETWEEN, days)]


def ids_of_assumed_region(diary: Diary) -> list[int]:
    """Return the live entries whose food differs by country, where nobody had said which."""
    return [id_ for (id_,) in diary.db.execute(_IDS_ASSUMED)]


def ids_of_food(diary: Diary, food_key: str, name: str = "") -> list[int]:
    """Return the live entries of a food, and those of other foods that were typed by that name."""
    ids = [id_ for (id_,) in diary.db.execute(_IDS_OF_FOOD, (food_key,))]
    words, key = name_words(name), lookup_key(name)
    if not words:
        return ids
    like = "%" + re.sub(r"([%_\\])", r"\\\1", words[0]) + "%"
    typed = diary.db.execute(_TYPED, {"food_key": food_key, "like": like})
    meant = (id_ for id_, text in typed if key in {lookup_key(it.food) for it in readings(text)})
    return sorted([*ids, *meant])


def recalculations(
    diary: Diary, ids: Sequence[int], work_out: WorkOut = recalculate
) -> Iterator[Recalculation | Unworkable]:
    """Yield the live ones of these entries worked out again, in the order of their ids."""
    foods: dict[str, Food | None] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = diary.db.execute(
            f"{SELECT} WHERE removed IS NULL AND id IN (SELECT value FROM json_each(?))"
            " ORDER BY id",
            (json.dumps(ids[start : start + _AT_ONCE]),),
        )
        entries = [entry_from(row) for row in rows]
        keys = {entry.food_key for entry in entries if entry.food_key} - foods.keys()
        foods |= dict.fromkeys(keys) | foods_of_keys(diary, keys, retired=False)
        for entry in entries:
            food = foods.get(entry.food_key or "")
            yield work_out(entry, food)


def save_recalculations(
    diary: Diary,
    ids: Sequence[int],
    expected: int,
    command: str,
    at: str,
    work_out: WorkOut = recalculate,
) -> None:
    """Write today's figures into the entries that they change, as one change, all or none.

    Raises ChangedMeanwhileError where it is not as many entries as expected.
    """
    with diary.writing() as db:
        change, number = new_change(db, command, at), 0
        changes = (
            each.after
            for each in recalculations(diary, ids, work_out)
            if isinstance(each, Recalculation) and each.changed
        )
        while entries := list(islice(changes, _AT_ONCE)):
            edited(db, change, "entries", [entry.id or 0 for entry in entries], _COLUMNS)
            db.executemany(
                _UPDATE,
                (
                    (
                        at,
                        entry.food,
                        entry.food_key,
                        entry.grams,
                        json.dumps(entry.working, ensure_ascii=False, separators=(",", ":")),
                        *figures(entry.nutrients),
                        entry.id,
                    )
                    for entry in entries
                ),
            )
            number += len(entries)
        if number != expected:
            raise ChangedMeanwhileError
