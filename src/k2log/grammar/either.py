"""An item that names one food or another: ``1 tbsp vegetable or rapeseed oil``."""

import re
from typing import Final

from k2log.grammar.quantity import typed_amount
from k2log.grammar.units import unit

_OR: Final = re.compile(r"\s*[,(]?\s*\bor\b\s+(.+?)\)?", re.IGNORECASE)
_WORD: Final = re.compile(r"\bor\b", re.IGNORECASE)


def alternatives(text: str) -> list[tuple[str, str]]:
    """Return the ways to read an item as one of two, each complete; none if it names one.

    The second may have an amount of its own, and the first may lack the words they share: of
    "vegetable or rapeseed oil" the first is vegetable oil. That way comes first.
    """
    words = _WORD.split(text)
    if len(words) != 2:
        return []
    first = words[0].strip(" ,(")
    match = _OR.fullmatch(text[len(words[0].rstrip(" ,(")) :])
    if not first or match is None:
        return []
    amount, second = _amount(first), match[1].strip()
    whole = second if _amount(second) else f"{amount} {second}".strip()
    words = second.split()
    shared = [(f"{first} {words[-1]}", whole)] if len(words) > 1 else []
    return [*shared, (first, whole)]


def _amount(text: str) -> str:
    """Return the amount that a text begins with."""
    words = text.split()
    for end in range(len(words) - 1, 0, -1):
        typed = typed_amount(head := " ".join(words[:end]))
        if unit(head) or (typed and not typed.spoken):
            return head
    return ""
