"""Which food is meant by words that are no food's exact name.

Every word typed must be accounted for: ``unicorn steak`` never becomes steak. A slip of one letter
(two in long names) is taken only if exactly one food is that close.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from k2log.food.names import name_key, name_words

SHORTEST_PREFIX = 3
_SHORTEST_TYPO = 4
_LONG_NAME = 9


class Name(NamedTuple):
    """One name of one food, as a search finds it."""

    food_key: str
    food: str
    name: str
    name_key: str
    origin: str
    kind: str


class Found(NamedTuple):
    """A food that may be meant; ``score`` runs from 0 to 100."""

    food_key: str
    food: str
    score: float


def worded_like(text: str, names: Iterable[Name]) -> list[Found]:
    """Return the foods of which some name holds every word typed, whole or as a beginning."""
    words = name_words(text)
    return _best_of(
        (name, _share(words, name)) for name in names if _accounts_for(words, name.name_key.split())
    )


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


def _share(words: Sequence[str], name: Name) -> float:
    return 100 * sum(map(len, words)) / max(1, len(name.name_key.replace(" ", "")))


def mistyped(text: str, names: Iterable[Name]) -> list[Found]:
    """Return the foods of which some name is one slip of the finger away."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only for words that match nothing

    key = name_key(text)
    if len(key) < _SHORTEST_TYPO:
        return []
    slips = 1 if len(key) < _LONG_NAME else 2
    return _best_of(
        (name, 100 - OSA.distance(key, name.name_key))
        for name in names
        if name.name_key[0] == key[0]
        and OSA.distance(key, name.name_key, score_cutoff=slips) <= slips
    )


def nearest(text: str, names: Iterable[Name], count: int = 5) -> list[Found]:
    """Return the foods whose names look most alike, for "did you mean"; maybe none."""
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415 - as above

    key = name_key(text)
    scored = ((name, token_sort_ratio(key, name.name_key)) for name in names)
    return _best_of((name, score) for name, score in scored if score >= 45)[:count]


def _best_of(scored: Iterable[tuple[Name, float]]) -> list[Found]:
    best: dict[str, Found] = {}
    for name, score in scored:
        if name.food_key not in best or best[name.food_key].score < score:
            best[name.food_key] = Found(name.food_key, name.food, score)
    return sorted(best.values(), key=lambda found: (-found.score, found.food))
