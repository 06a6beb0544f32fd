"""Nutrients as people type them: ``calcium``, ``vitamin d``, ``d3``, ``K2``, ``mk-7``."""

import re
from collections.abc import Iterable
from typing import Final

from k2log.errors import UnreadableError
from k2log.food.nutrients import NUTRIENTS
from k2log.grammar.text import shown

WORDS: Final = {
    "calcium": "calcium", "d": "vitamin_d", "d3": "vitamin_d3", "d2": "vitamin_d2",
    "k2": "vitamin_k2", "k1": "vitamin_k1", "mk-4": "mk4", "mk-7": "mk7", "other-mk": "mk_other",
    "magnesium": "magnesium",
}  # fmt: skip
_KNOWN: Final = {
    re.sub(r"vitamin|[_-]", "", word): id_
    for word, id_ in [*WORDS.items(), *((id_, id_) for id_ in NUTRIENTS)]
}


def nutrients(texts: Iterable[str]) -> list[str]:
    """Return the ids of the nutrients named, each once. Raises UnreadableError.

    The word "vitamin" may stand before a name or alone: ``vitamin d calcium`` are two.
    """
    said = re.sub(r"(?i)\bvitamins?\s+(?=\S)", "", " ".join(texts)).strip(", ")
    return list(dict.fromkeys(map(_nutrient, re.split(r"[\s,]+", said))))


def _nutrient(word: str) -> str:
    id_ = _KNOWN.get(re.sub(r"vitamin|[_-]", "", word.lower()))
    if id_ is None:
        raise UnreadableError(
            f'no nutrient "{shown(word)}". There are: {", ".join(WORDS)}; by itself, k2log chart'
            " shows calcium, d and k2"
        )
    return id_
