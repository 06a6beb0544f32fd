"""How often all that was joined was had: ``tea with milk x5`` is five of both.

Behind foods joined by "and" alone it is the last one's: ``egg and toast x2``.
"""

import re
from collections.abc import Sequence
from typing import Final

_SIGN: Final = re.compile(r"(?P<rest>.*\S)\s+[x×] ?(?P<times>[1-9]\d?)$", re.IGNORECASE)
_WITHIN: Final = frozenset({"with", "on", "in", "w/", "w"})


def repeated(pieces: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the pieces of a list without such signs, and how often each of them was had."""
    groups: list[list[str]] = [[]]
    for place, piece in enumerate(pieces):
        if place % 2 and any(sign in piece for sign in ",+"):
            groups += [[piece], []]
        else:
            groups[-1].append(piece)
    bare: list[str] = []
    often: list[int] = []
    for group in groups:
        sign = _SIGN.fullmatch(group[-1])
        joins = {join.strip().lower() for join in group[1::2]}
        if sign and joins & _WITHIN:
            bare += [*group[:-1], sign["rest"]]
            often += [int(sign["times"])] * len(group)
        else:
            bare += group
            often += [1] * len(group)
    return bare, often
