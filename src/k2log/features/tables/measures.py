"""A table's words for a portion to the measures that people type.

Weights are no portions: k2log knows them anyway. What stands in brackets explains the measure and
is left out; a second portion of the same measure keeps all its words.
"""

import re
from functools import lru_cache
from typing import Final

from k2log.grammar.numbers import leading
from k2log.grammar.units import unit
from k2log.names import singular

LONGEST: Final = 60
UNSPECIFIED: Final = "quantity not specified"  # the survey's word for its usual amount
_BRACKETS = re.compile(r"\([^()]*\)?")
_SIGNS = re.compile(r"[\s,;:]+")


@lru_cache(4096)
def measure_names(text: str, *, several: bool = False) -> tuple[str, str] | None:
    """Return a measure in short and in full; None for a weight and for what is no measure.

    ``several``: the table counts more than one, so that its word may be a plural.
    """
    full = _words(text)
    short = _words(_BRACKETS.sub(" ", text)) or full
    if not any(char.isalpha() for char in short) or _is_weight(short):
        return None
    return _canonical(short, several=several), full[:LONGEST].rstrip()


def counted(text: str) -> tuple[float, str]:
    """Return the amount a portion begins with and the rest: ``1/2 cup`` is 0.5 and cup."""
    found = leading(text.strip())
    if found is None or found[0].thousands is not None:
        return 1.0, text
    return found[0].value, found[1]


def household(text: str) -> tuple[float, str] | None:
    """Return the amount and measure of a label's household serving, if k2log knows the measure."""
    amount, rest = counted(text)
    names = measure_names(rest)
    if names is None or unit(names[0]) is None or names[0] == "serving":
        return None
    return amount, names[0]


def _words(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text.lower())
    return " ".join(_SIGNS.sub(" ", plain).split())


def _is_weight(short: str) -> bool:
    found = unit(short.split()[0])
    return found is not None and found.kind in ("mass", "iu")


def _canonical(short: str, *, several: bool) -> str:
    words = short.split()
    for size in (2, 1):
        found = unit(" ".join(words[:size]))
        if found is not None:
            rest = [] if words[size : size + 1] and words[size][0].isdigit() else words[size:]
            return " ".join([found.name, *rest])[:LONGEST].rstrip()
    if several:
        words[-1] = singular(words[-1])
    return " ".join(words)[:LONGEST].rstrip()
