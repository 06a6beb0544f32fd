"""The user's own measures of foods that are not their own, a document among the settings.

``{"gouda": {"my slice": 22.0}}``: by the food's key, what one holds in g or ml, as its figures are
for. A newer edition of a table leaves them as they are. Each change is undoable.
"""

import json
from collections.abc import Mapping
from typing import Final

from k2log.food.food import Food
from k2log.store.diary import Diary
from k2log.store.documents import measures_from
from k2log.store.settings import update_document

OWN_MEASURES: Final = "own-measures"

Measures = Mapping[str, Mapping[str, float]]


def own_measures(diary: Diary) -> Measures:
    """Return the user's measures by the key of the food."""
    return diary.settings.read(OWN_MEASURES, measures_from)


def change_measures(
    diary: Diary, food: Food, sizes: Mapping[str, float | None], command: str, at: str
) -> None:
    """Give a food these measures of the user's own, and take away those without a size."""

    def change(measures: Measures) -> Measures:
        own = {**measures.get(food.key, {}), **sizes}
        kept = {measure: size for measure, size in own.items() if size is not None}
        others = {key: each for key, each in measures.items() if key != food.key}
        return others | ({food.key: kept} if kept else {})

    def text(measures: Measures) -> str | None:
        return json.dumps(measures, ensure_ascii=False, sort_keys=True) if measures else None

    update_document(diary, OWN_MEASURES, own_measures, change, text, command, at)
    diary.read_settings()
