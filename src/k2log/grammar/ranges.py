"""Ranges of amounts: ``1-2 tsp``, ``2 to 3 cloves``, ``400g-500g``; ``1-1/2 cups`` is none.

Recipes state how much within some room. The middle is counted, and said; what is wide apart, or
may be anything else, is no amount.
"""

import re
from typing import Final

from k2log.grammar.numbers import NUMERAL, WORDS, leading, written
from k2log.named_tuple import NamedTuple

_NUMBER: Final = rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', NUMERAL)})"
_COUNT: Final = "|".join(word for word, value in WORDS.items() if value > 1)
_UNIT: Final = r" ?(?:[a-z]{1,2}|ounces?|grams?)"
_RANGE: Final = re.compile(
    rf"(?P<low>{_NUMBER}|\b(?:one|{_COUNT})\b)(?P<unit>{_UNIT}(?=[ –—-]))?"
    rf"(?: ?[–—-] ?| (?:to|or) )(?P<high>{_NUMBER}|\b(?:{_COUNT})\b)(?P<rest>.*)",
    re.ASCII | re.IGNORECASE,
)
_WIDEST: Final = 3.0  # one to three cloves; of what is wider apart the middle says little


class Range(NamedTuple):
    """A range as typed: its two ends, and the amount of the middle with what stands behind it."""

    typed: str
    ends: tuple[float, float]
    middle: str

    @property
    def note(self) -> str:
        """What to say where the middle is counted."""
        return f'"{self.typed}" is a range: its middle was counted'


def mixed_number(text: str) -> str | None:
    """Return ``1-1/2 cups``, as American recipes write one and a half, without the hyphen."""
    match = _RANGE.fullmatch(text)
    if match is None or match["unit"] or not match["low"].isdigit():
        return None
    part = _value(match["high"])
    is_part = part is not None and part < 1 and not match["high"].startswith((".", "0"))
    return f"{match['low']} {match['high']}{match['rest']}" if is_part else None


def read_range(text: str) -> Range | None:
    """Return the range that a text begins with; None if it begins with none that has a middle."""
    match = _RANGE.fullmatch(text)
    low, high = (_value(match["low"]), _value(match["high"])) if match else (None, None)
    if match is None or low is None or high is None or not low < high <= _WIDEST * low:
        return None
    unit, rest = (match["unit"] or "").strip(), match["rest"]
    if unit and not re.match(rf" ?{unit}(?![a-z])", rest, re.IGNORECASE):
        return None
    typed = text.removesuffix(rest) + (rest.split()[0] if rest[:1].isalpha() else "")
    return Range(typed, (low, high), f"{written((low + high) / 2)}{rest}")


def _value(text: str) -> float | None:
    """Return the one number that a text is; None for one that reads both ways."""
    numeral, rest = leading(text) or (None, "")
    if numeral is None or rest or numeral.thousands is not None:
        return None
    return numeral.value
