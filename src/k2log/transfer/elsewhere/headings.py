"""What the heading of a column says: which nutrient, in which unit.

Vitamin K of unstated form is kept with K1, as in the food tables; it is never taken for K2.
"""

import re
from typing import Final, NamedTuple

from k2log.food.nutrients import IU_PER_UG, NUTRIENTS, VITAMIN_D
from k2log.grammar.units import unit

_NUTRIENTS: Final = {
    "calcium": "calcium",
    "magnesium": "magnesium",
    "vitamin d": "vitamin_d",
    "vitamin d2": "vitamin_d2",
    "vitamin d3": "vitamin_d3",
    "vitamin k": "vitamin_k1",
    "vitamin k1": "vitamin_k1",
    "vitamin k2": "vitamin_k2",
}
_HEADING: Final = re.compile(r"(?P<name>[^(\[]+?) ?(?:[(\[] ?(?P<unit>[^)\]]*?) ?[)\]])?")
_MICROGRAMS: Final = {"g": 1e6, "mg": 1e3, "µg": 1.0}


class Heading(NamedTuple):
    """A nutrient, and its unit as written, which may be empty."""

    nutrient: str
    unit: str


def key(column: str) -> str:
    """Return a column's name as it is compared: one case, single spaces, a micro sign restored."""
    whole = column.replace("Âµ", "µ").replace("Âμ", "µ").replace("Î¼", "µ")
    return " ".join(whole.split()).lower()


def heading(column: str) -> Heading | None:
    """Return what a column measures; None if that is nothing k2log keeps."""
    match = _HEADING.fullmatch(key(column))
    nutrient = match and _NUTRIENTS.get(match["name"])
    return Heading(nutrient, match["unit"] or "") if match and nutrient else None


def factor(found: Heading) -> float | None:
    """Return what turns a figure into the nutrient's own unit; None if the unit is none we know."""
    spelled = unit(found.unit) if found.unit else None
    if spelled and spelled.name == "IU" and found.nutrient in VITAMIN_D:
        return 1 / IU_PER_UG
    if spelled is None or spelled.name not in _MICROGRAMS:
        return None
    return _MICROGRAMS[spelled.name] / _MICROGRAMS[NUTRIENTS[found.nutrient].unit]
