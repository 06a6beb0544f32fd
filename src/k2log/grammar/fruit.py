"""The juice or the zest of so many fruits: ``juice of 1/2 lime``, ``2 lemons, zest and juice``.

Which fruits give how much is for the foods to say: "lemon juice" has the measure "lemon".
"""

import re
from typing import Final

from k2log.grammar.quantity import Reading, typed_amount
from k2log.names import name_words, singular

PARTS: Final = {"juice": "juice", "zest": "zest", "rind": "zest", "peel": "zest"}
"""What is taken of a fruit, by the words for it."""

_PART: Final = (
    r"(?:(?:freshly|finely|coarsely|grated|squeezed|pared|fresh|the) )*(juice|zest|rind|peel)"
)
_OF: Final = re.compile(rf"{_PART} (?:of |from )?(.+)", re.IGNORECASE)
_BOTH: Final = re.compile(rf"{_PART} (?:and|&|plus) {_PART} (?:of |from )?(.+)", re.IGNORECASE)
_ALONE: Final = re.compile(_PART, re.IGNORECASE)
_CLAUSE: Final = re.compile(
    rf"(?:{_PART}(?: only| of| reserved|,? (?:finely |freshly )?(?:grated|squeezed))?"
    r"|(juice|zest)d|(zest)ed|(juice)d)",
    re.IGNORECASE,
)
_SIZES: Final = frozenset({"small", "medium", "large", "big", "unwaxed", "ripe", "fresh", "whole"})


def readings_of_fruit(text: str) -> list[Reading]:
    """Return how ``juice of 1/2 lime`` is read: half a "lime" of "lime juice"."""
    match = _OF.fullmatch(text)
    words = match[2].split() if match else []
    ways = []
    for end in range(1, len(words)):
        typed = typed_amount(" ".join(words[:end]))
        fruit = [word for word in name_words(" ".join(words[end:])) if word not in _SIZES]
        if match and typed and typed.measure is None and 0 < len(fruit) <= 2:
            name = " ".join(fruit)
            part = PARTS[match[1].lower()]
            ways.append(Reading(f"{name} {part}", typed.amount, singular(name), tentative=True))
    return ways


def taken(clause: str) -> str | None:
    """Return what a clause behind a fruit takes of it: "juice", "zest and juice"; None if none."""
    parts = [_part(each) for each in re.split(r",? and |,? & |, ", clause.strip(" .;"))]
    return " and ".join(filter(None, dict.fromkeys(parts))) if all(parts) else None


def _part(clause: str) -> str | None:
    match = _CLAUSE.fullmatch(clause.strip())
    word = next(filter(None, match.groups()), "").lower() if match else ""
    return PARTS.get(word)


def apart(item: str) -> list[str]:
    """Return an item that names two parts of fruits as two: the zest and the juice of 2 lemons."""
    match = _BOTH.fullmatch(item)
    return [f"{match[1]} of {match[3]}", f"{match[2]} of {match[3]}"] if match else [item]


def shared(one: str, other: str) -> str | None:
    """Return "zest" with the fruits of the juice it is joined to; None if it is not so joined."""
    match = _OF.fullmatch(other) if _ALONE.fullmatch(one) else None
    return f"{one} of {match[2]}" if match else None
