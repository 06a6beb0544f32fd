"""Slips of the finger: a word that is none is taken for the only one that it can be.

A word is a slip if it stands in no name and no list, has five letters or more, and just one word of
a food that begins with the same letter is one slip away (two, of words from nine letters). A slip
is a letter that is wrong, missing or too many, two that changed places, or one that is doubled
where it should not be, and the other way round. Without rapidfuzz, whose import takes 20 ms.
"""

import re
from collections.abc import Iterable
from typing import Final

SHORTEST: Final = 5
"""The fewest letters of a word that is mended: one more than elsewhere, for this is logged."""
SHORTEST_OFFERED: Final = 4
"""The fewest letters of a word for which others are offered, where it means no food."""

_DOUBLED: Final = re.compile(r"(.)\1")


def meant(word: str, vocabulary: Iterable[str], slips: int) -> list[str]:
    """Return the words so few slips away, the nearest alone."""
    distances: dict[int, list[str]] = {}
    single = _DOUBLED.sub(r"\1", word)
    for other in vocabulary:
        if other[0] != word[0]:
            continue
        distance = 1 if _DOUBLED.sub(r"\1", other) == single else _distance(word, other, slips)
        if distance <= slips:
            distances.setdefault(distance, []).append(other)
    return sorted(distances[min(distances)]) if distances else []


def _distance(one: str, other: str, most: int) -> int:
    """Return how many slips apart two words are; anything above ``most`` where they are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    if most == 1:
        return _one_apart(one, other)
    before, row = [], list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for to, another in enumerate(other, 1):
            best = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != another))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == another:
                best = min(best, last[to - 2] + 1)
            row.append(best)
        if min(*row, *before) > most:
            return most + 1
    return row[-1]


def _one_apart(one: str, other: str) -> int:
    """Return 0 for the same word, 1 for one that is a slip away, else 2."""
    if one == other:
        return 0
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:  # one is the beginning of the other
        return 1
    wrong = one[at + 1 :] == other[at + 1 :]
    missing = one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return 1 if wrong or missing or swapped else 2
