"""What the words and figures of a table come to: names, figures, and measures that people type.

Weights are no measures: k2log knows them anyway. What stands in brackets explains a measure and is
left out; a second portion of the same measure keeps all its words.
"""

import re
from functools import lru_cache
from typing import Final

from k2log.grammar.numbers import leading
from k2log.grammar.units import unit
from k2log.names import singular
from k2log.nutrients import NUTRIENTS

IN_IU: Final = "_iu"
VITAMIN_D_IU: Final = f"vitamin_d{IN_IU}"
"""A total of vitamin D that the table gives in IU, in µg here: used where it gives no µg."""

NAME_LIMIT: Final = 200
_LEAST_PORTION: Final = 0.01
_MOST_PORTION: Final = 50_000.0  # a whole turkey is 5 kg

NUTRIENT_OF: Final = {  # by the numbers of SR28, which FoodData Central keeps as nutrient_nbr
    **{it.codes.sr28: it.id for it in NUTRIENTS.values() if it.codes.sr28},
    **{it.codes.sr28_iu: f"{it.id}{IN_IU}" for it in NUTRIENTS.values() if it.codes.sr28_iu},
}


def table_name(text: str) -> str:
    """Return a name without control characters, not endless; empty if it has no letter or digit."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        name = name[: NAME_LIMIT - 1].rsplit(" ", 1)[0] + "…"
    return name if any(map(str.isalnum, name)) else ""


def impossible(nutrient: str, best: float) -> str:
    """Return why no food has such a figure; empty if one may."""
    id_ = nutrient.removesuffix(IN_IU)
    name = id_.replace("_", " ")
    if best < 0:
        return f"{name} {best:g} is negative"
    most = NUTRIENTS[id_].limits.per_100g
    return f"{name} {best:g} is more than any food holds" if best > most else ""


def impossible_portion(quantity: float) -> str:
    """Return why no portion is of that size; empty if one may be."""
    if _LEAST_PORTION <= quantity <= _MOST_PORTION:
        return ""
    return f"a portion of {quantity:g} g"


def between(best: float, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range where the table gives a sensible one, else the figure itself."""
    if low is None or high is None or not 0 <= low <= best <= high:
        return best, best
    return low, high


LONGEST: Final = 60
UNSPECIFIED: Final = "quantity not specified"  # the survey's word for its usual amount
_BRACKETS: Final = re.compile(r"\([^()]*\)?")
_SIGNS: Final = re.compile(r"[\s,;:]+")


@lru_cache(4096)
def measure_names(text: str, *, several: bool = False) -> tuple[str, str] | None:
    """Return a measure in short and in full; None for a weight and for what is no measure.

    ``several``: the table counts more than one, so that its word may be a plural.
    """
    full = _words(text)
    short = _words(_BRACKETS.sub(" ", text)) or full
    if not any(char.isalpha() for char in short):
        return None
    first = unit(short.split()[0])
    if first and first.kind in ("mass", "iu"):
        return None
    return _measure(short, several=several), full[:LONGEST].rstrip()


def counted(text: str) -> tuple[float, str]:
    """Return the amount a portion begins with and the rest: ``1/2 cup`` is 0.5 and cup."""
    start = leading(text.strip())
    if start is None or start[0].thousands is not None:
        return 1.0, text
    return start[0].value, start[1]


def household(text: str) -> tuple[float, str] | None:
    """Return the amount and measure of a label's household serving, if k2log knows the measure."""
    amount, rest = counted(text)
    names = measure_names(rest)
    if names is None or unit(names[0]) is None or names[0] == "serving":
        return None
    return amount, names[0]


def _words(text: str) -> str:
    """Return the words of a text in lower case, without commas and the like."""
    plain = "".join(char if char.isprintable() else " " for char in text.lower())
    return " ".join(_SIGNS.sub(" ", plain).split())


def _measure(short: str, *, several: bool) -> str:
    """Return a measure under k2log's own name for it, where it begins with one that k2log knows."""
    words = short.split()
    for size in (2, 1):
        measure = unit(" ".join(words[:size]))
        if measure is not None:
            rest = [] if words[size : size + 1] and words[size][0].isdigit() else words[size:]
            return " ".join([measure.name, *rest])[:LONGEST].rstrip()
    if several:
        words[-1] = singular(words[-1])
    return " ".join(words)[:LONGEST].rstrip()
