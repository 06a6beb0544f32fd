"""Which food is meant by words that are no food's exact name.

Every word typed must be accounted for: ``unicorn steak`` never becomes steak. A slip of one letter
(two in long words) is taken only if exactly one food is that close.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from k2log.food.names import name_key, name_words

SHORTEST_PREFIX = 3
_SHORTEST_TYPO = 4
_LONG_WORD = 9
KIND = 50.0
_JOINED = r"(?i)\b(and|with|in)\b"  # macaroni and cheese is no cheese


class Name(NamedTuple):
    """One name of one food, as a search finds it."""

    food_key: str
    food: str
    name: str
    name_key: str
    origin: str
    kind: str
    region: str | None = None


class Found(NamedTuple):
    """A food that may be meant; ``score`` runs from 0 to 100.

    Above 50 it is a kind of what was typed. ``certain`` is a name of as many words as were typed.
    """

    food_key: str
    food: str
    score: float
    certain: bool = False
    region: str | None = None
    origin: str = "catalogue"
    kind: str = "food"


def worded_like(text: str, names: Iterable[Name], *, every: bool = False) -> list[Found]:
    """Return the foods of which some name holds every word typed, whole or as a beginning.

    Where names are just these words, only their foods; else where the words stand whole, only
    those: beans are no beansprouts. Unless ``every`` food is wanted.
    """
    words, key = name_words(text), name_key(text)
    fitting = [name for name in names if _accounts_for(words, name.name_key.split())]
    exact = [name for name in fitting if name.name_key == key]
    whole = [name for name in fitting if {*words} <= {*name.name_key.split()}]
    wanted = fitting if every else exact or whole or fitting
    return _best_of(_worded(words, name) for name in wanted)


def _worded(words: list[str], name: Name) -> Found:
    """Score a name: above 50 if it is a kind of what was typed ("blue cheese", "tuna, canned")."""
    letters = len(name.name_key.replace(" ", ""))
    share = KIND * sum(map(len, words)) / max(1, letters)
    ends = name_words(name.name)[-len(words) :] == words and not re.search(_JOINED, name.name)
    kind = ends or name_words(name.name.split(",")[0]) == words
    whole = len(name.name_key.split()) == len(words)
    return _found(name, share + KIND * kind, certain=whole)


def _found(name: Name, score: float, *, certain: bool = False) -> Found:
    return Found(name.food_key, name.food, score, certain, name.region, name.origin, name.kind)


def _accounts_for(words: Sequence[str], name: list[str]) -> bool:
    left = list(name)
    for word in sorted(words, key=len, reverse=True):
        match = word if word in left else _begun(word, left)
        if match is None:
            return False
        left.remove(match)
    return bool(words)


def _begun(word: str, name: Iterable[str]) -> str | None:
    if len(word) < SHORTEST_PREFIX:
        return None
    return next((other for other in name if other.startswith(word)), None)


def slips_allowed(word: str) -> int:
    """Return how many letters of a word may be wrong for it still to be taken."""
    if len(word) < _SHORTEST_TYPO or not word.isalpha():
        return 0
    return 1 if len(word) < _LONG_WORD else 2


def corrections(word: str, vocabulary: Iterable[str], slips: int) -> list[str]:
    """Return the words that are so few slips of the finger away, the nearest first."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only for words that match nothing

    distances = ((OSA.distance(word, other, score_cutoff=slips), other) for other in vocabulary)
    return [other for distance, other in sorted(distances) if distance <= slips]


def nearest(text: str, names: Iterable[Name], count: int = 5) -> list[Found]:
    """Return the foods whose names look most alike, for "did you mean"; maybe none."""
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415 - as above

    key = name_key(text)
    scored = [(name, token_sort_ratio(key, name.name_key)) for name in names]
    return _best_of(_found(name, score) for name, score in scored)[:count]


def _best_of(scored: Iterable[Found]) -> list[Found]:
    best: dict[str, Found] = {}
    for found in scored:
        if found.food_key not in best or best[found.food_key].score < found.score:
            best[found.food_key] = found
    return sorted(best.values(), key=lambda found: (-found.score, found.food))
