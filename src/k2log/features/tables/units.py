"""The unit of a column of figures: as its heading says it, and whether the figures fit it."""

import re
from collections.abc import Sequence
from typing import Final

from k2log.features.tables.files import TableError
from k2log.grammar.units import GRAMS, unit
from k2log.named_tuple import NamedTuple
from k2log.nutrients import BY_COLUMN, IU_PER_UG, MICROGRAMS, NUTRIENTS, VITAMIN_D
from k2log.text import shown

_ENDS: Final = {"g": "g", "mg": "mg", "ug": "µg", "mcg": "µg", "iu": "IU"}
_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AT_END: Final = re.compile(
    r"(?<!00)[,\s_]([^\s,_()\[\]/0-9]+(?:\s*(?:/|\bper\b)\s*[0-9]*\s*\S+)?)$"
)
_AMOUNT: Final = re.compile(
    r"\s*(?:(?:per|pro|par)\s+(?=[^\W\d]+\s*$))?(?P<unit>[^\s/%]+|%)"
    r"(?:\s*(?:/|\b(?:per|pro|par|por)\b)\s*(?P<per>[0-9]*)\s*(?P<of>\S.*)?)?\s*"
)
_FEW: Final = 5
_MANY: Final = 20


class Unit(NamedTuple):
    """A unit as it is written, of which nutrient, and what turns it into that one's own unit."""

    name: str
    nutrient: str
    factor: float


def field_unit(field: str) -> Unit | None:
    """Return the unit of a field: ``calcium_mg``, ``vitamin_d_iu``; None if it is none."""
    if field in BY_COLUMN:
        nutrient = BY_COLUMN[field]
        return Unit(nutrient.unit, nutrient.id, 1.0)
    id_, _, end = field.rpartition("_")
    if id_ not in NUTRIENTS or end not in _ENDS:
        return None
    return _unit_of(_ENDS[end], id_)


def _unit_of(name: str, nutrient: str) -> Unit | None:
    if name == "IU":
        return Unit(name, nutrient, 1 / IU_PER_UG) if nutrient in VITAMIN_D else None
    own = NUTRIENTS[nutrient].unit
    return Unit(name, nutrient, MICROGRAMS[name] / MICROGRAMS[own]) if name in MICROGRAMS else None


def heading_unit(heading: str, nutrient: str) -> Unit | None:
    """Return the unit that a heading says; None where it says none: ``Calcium (Ca) (mg/100g)``.

    Raises TableError for one that is no amount per weight.
    """
    at_end, brackets = _AT_END.findall(heading), _IN_BRACKETS.findall(heading)
    for part in [*at_end, *reversed(brackets)]:
        match = _AMOUNT.fullmatch(part)
        spelled = unit(match["unit"]) if match else None
        kinds = ("mass", "iu") if part in at_end else ("mass", "iu", "count")
        if "%" not in part and (match is None or spelled is None or spelled.kind not in kinds):
            continue
        found = _unit_of(spelled.name, nutrient) if spelled else None
        share = _per_100(match["per"], match["of"]) if match else None
        if found is None or share is None:
            raise TableError(
                f'"{shown(heading)}": "{shown(part.strip())}" is no amount per 100 g or ml.'
            )
        return found._replace(factor=found.factor * share)
    return None


def _per_100(count: str | None, of: str | None) -> float | None:
    """Return what turns figures per so many of a unit into those per 100 g or ml."""
    if of is None:
        return 1.0
    measured = unit(of.split()[0])
    each = {"ml": 1.0, "l": 1000.0, "dl": 100.0, **GRAMS}.get(measured.name) if measured else None
    return None if each is None else 100 / (float(count or 1) * each)


def fits(values: Sequence[float], unit: Unit) -> bool:
    """Whether figures of foods may be in a unit, by where the highest tenth begins.

    Few figures may be of anything, and too few to be too low; then they fit.
    """
    known = sorted(value * unit.factor for value in values if value > 0)
    if len(known) < _FEW:
        return True
    least, most = NUTRIENTS[unit.nutrient].limits.tenth_per_100g
    tenth = known[len(known) * 9 // 10]
    return tenth <= most and (tenth >= least or len(known) < _MANY)


def fitting_fields(values: Sequence[float], nutrient: str) -> list[str]:
    """Return the fields of a nutrient in whose unit the figures would fit foods."""
    ends = {name: end for end, name in reversed(_ENDS.items()) if end != "mcg"}
    units = ((end, _unit_of(name, nutrient)) for name, end in ends.items())
    return [f"{nutrient}_{end}" for end, unit in units if unit and fits(values, unit)]
