"""The nutrients k2log knows, each with one fixed unit.

A vitamin D figure is in µg, of which one is 40 IU. Vitamin K1 is never part of vitamin K2.
"""

from typing import Final, NamedTuple

IU_PER_UG: Final = 40.0


class Nutrient(NamedTuple):
    """One nutrient: a stable id, its unit, the names people read and its database column."""

    id: str
    unit: str
    name: str
    short: str

    @property
    def column(self) -> str:
        """Name with unit, for columns and file headers: ``calcium_mg``, ``mk7_ug``."""
        return f"{self.id}_{'ug' if self.unit == 'µg' else self.unit}"


NUTRIENTS: Final = {
    nutrient.id: nutrient
    for nutrient in (
        Nutrient("calcium", "mg", "Calcium", "calcium"),
        Nutrient("vitamin_d3", "µg", "Vitamin D3", "D3"),
        Nutrient("vitamin_d2", "µg", "Vitamin D2", "D2"),
        Nutrient("vitamin_d", "µg", "Vitamin D, all forms", "D"),
        Nutrient("vitamin_k2", "µg", "Vitamin K2", "K2"),
        Nutrient("mk4", "µg", "K2 as MK-4", "MK-4"),
        Nutrient("mk7", "µg", "K2 as MK-7", "MK-7"),
        Nutrient("mk_other", "µg", "K2, other forms", "other MK"),
        Nutrient("vitamin_k1", "µg", "Vitamin K1", "K1"),
        Nutrient("magnesium", "mg", "Magnesium", "magnesium"),
    )
}

BY_COLUMN: Final = {nutrient.column: nutrient for nutrient in NUTRIENTS.values()}

HEADLINE: Final = ("calcium", "vitamin_d3", "vitamin_k2")
VITAMIN_D: Final = frozenset({"vitamin_d", "vitamin_d2", "vitamin_d3"})
K2_FORMS: Final = ("mk4", "mk7", "mk_other")
