"""From a typed amount to a quantity of a food, and from a quantity to its nutrients.

Cup, spoon and pint portions of foods we ship are US measures. ``system`` is whose measures are
typed: us, metric or uk.
"""

from k2log.food.amount import UNKNOWN, Amount
from k2log.food.doses import dose
from k2log.food.food import Food
from k2log.food.nutrients import IU_PER_UG, K2_FORMS, NUTRIENTS, VITAMIN_D
from k2log.food.quantity import (
    UG,
    Measured,
    UnconvertibleError,
    contents,
    portion,
    result,
    size,
    unknown_measure,
    vitamin_d_ug,
    volume_portions,
)
from k2log.grammar.items import Reading
from k2log.grammar.numbers import written
from k2log.grammar.units import Unit, differs_by_system, millilitres, unit, volume

_PILLS = ("tablet", "capsule", "gummy", "lozenge")


def measured(
    food: Food,
    amount: float | None = None,
    measure: str | None = None,
    *,
    form: str | None = None,
    system: str = "us",
) -> Measured:
    """Return how much of the food an amount is; without an amount the usual serving, assumed."""
    food = in_system(food, system)
    held = _measured(food, amount, measure, form, system)
    if differs_by_system(held.measure or "", system):
        return held._replace(system=system)
    return held


def in_system(food: Food, system: str) -> Food:
    """Return a food with the cups and spoons that we ship as those of a system of measures."""
    if system == "us" or food.origin == "user":
        return food
    sizes = {name: size * _times_us(name, system) for name, size in food.portions.items()}
    return food._replace(portions=sizes)


def _times_us(measure: str, system: str) -> float:
    name = volume(measure)[0]
    return millilitres(name, system) / millilitres(name, "us") if name else 1.0


def _measured(
    food: Food, amount: float | None, measure: str | None, form: str | None, system: str
) -> Measured:
    if form and food.salt is None:
        raise UnconvertibleError(food, f"{food.name} is not a salt")
    if food.active is not None:
        return dose(food, amount, measure, form)
    if amount is None:
        return _usual(food, system)
    notes: tuple[str, ...] = ()
    if measure == "oz" and food.liquid:
        measure, notes = "fl oz", ("oz of a liquid is read as fl oz",)
    one, how = _one(food, measure, system)
    if measure is None and food.piece is None:
        measure = food.unit
    return result(food, amount, measure, amount * one, how)._replace(notes=notes)


def fits(food: Food, reading: Reading) -> bool:
    """Whether a reading's guesses hold for this food: its own measure, a salt that it is."""
    if reading.form and food.salt is None:
        return False
    return not reading.tentative or _knows(food, reading.measure or "")


def usual(food: Food, system: str = "us") -> Measured:
    """Return the usual serving of a food, marked as assumed."""
    return _usual(in_system(food, system), system)


def _usual(food: Food, system: str) -> Measured:
    if food.serving is not None:
        amount, measure = food.serving
        usual = result(food, amount, measure, amount * _one(food, measure, system)[0], "")
    elif food.piece is not None or food.unit != "g":
        usual = _measured(food, 1.0, None, None, system)
    else:
        raise UnconvertibleError(food, f"{food.name} has no usual serving: give an amount")
    return usual._replace(how="usual serving", assumed=True)


def _one(food: Food, measure: str | None, system: str) -> tuple[float, str]:
    """Return how many of the food's unit one of a measure is, and how that is known."""
    if measure is None:
        return _piece(food)
    volume_unit, state = volume(measure)
    if volume_unit:
        return _by_volume(food, measure, volume_unit, state, system)
    if (own := portion(food, measure)) is not None:
        return own, f"{size(own)} {food.unit} a {measure}"
    found = unit(measure)
    if found is None:
        raise unknown_measure(food, measure)
    if found.kind == "mass":
        return _by_mass(food, found)
    return _by_iu(food) if found.kind == "iu" else _by_count(food, found.name, system)


def _piece(food: Food) -> tuple[float, str]:
    if food.piece is not None and (one := portion(food, food.piece)) is not None:
        return one, f"{size(one)} {food.unit} each ({food.piece})"
    if food.unit == "g":
        raise UnconvertibleError(food, f"{food.name} is not counted in pieces: give a measure")
    return 1.0, f"by the {food.unit}"


def _knows(food: Food, measure: str) -> bool:
    volume_unit, state = volume(measure)
    known = volume_unit is not None and bool(volume_portions(food, state))
    return known or portion(food, measure) is not None


def _by_volume(food: Food, measure: str, name: str, state: str, system: str) -> tuple[float, str]:
    asked = millilitres(name, system)
    if food.unit == "ml" and not state:
        return asked, "by volume"
    if portions := volume_portions(food, state):
        # A portion of another size is scaled from the largest: it was rounded least.
        known = name if name in portions else max(portions, key=lambda n: millilitres(n, system))
        how = f"{size(portions[known])} {food.unit} a {f'{known} {state}'.rstrip()}"
        return portions[known] * asked / millilitres(known, system), how
    if food.density is not None and not state:
        return asked * food.density, f"{written(food.density)} g/ml"
    if state and not any(volume(known)[1] == state for known in food.portions):
        raise unknown_measure(food, measure)
    raise UnconvertibleError(food, f'{food.name} has no "{measure}"')


def _by_count(food: Food, name: str, system: str) -> tuple[float, str]:
    if name == food.unit or (name == "pill" and food.unit in _PILLS):
        return 1.0, f"by the {food.unit}"
    if name == "serving" and food.serving is not None and food.serving[1] != name:
        amount, measure = food.serving
        return amount * _one(food, measure, system)[0], "usual serving"
    if name == "piece" and food.piece is not None:
        return _piece(food)
    raise UnconvertibleError(food, f'{food.name} has no "{name}"')


def _by_mass(food: Food, mass: Unit) -> tuple[float, str]:
    if food.unit == "g" and mass.name != "µg":
        return mass.size, "by weight"
    if food.unit == "g":
        raise UnconvertibleError(food, f"{food.name} is not measured in µg")
    single = _single_active(food)
    if single is None or mass.name not in UG:
        reason = f"{food.name} is taken by the {food.unit}, not in {mass.name}"
        raise UnconvertibleError(food, reason)
    nutrient, best = single
    return UG[mass.name] / UG[NUTRIENTS[nutrient].unit] / best * food.per, "by its figure"


def _by_iu(food: Food) -> tuple[float, str]:
    best = vitamin_d_ug(food) if food.supplement else None
    if best is None:
        reason = f"{food.name} is not measured in IU: that is for supplements of vitamin D2 or D3"
        raise UnconvertibleError(food, reason)
    return food.per / IU_PER_UG / best, "40 IU are 1 µg"


def _single_active(food: Food) -> tuple[str, float] | None:
    """Return the one nutrient of a product and how much; a total and its forms are one."""
    held = contents(food) if food.supplement else {}
    families = {_family(name) for name in held}
    return (families.pop(), max(held.values())) if len(families) == 1 else None


def _family(name: str) -> str:
    if name in VITAMIN_D:
        return "vitamin_d"
    return "vitamin_k2" if name in K2_FORMS else name


def nutrients(food: Food, quantity: float) -> dict[str, Amount]:
    """Return the amount of every nutrient in a quantity; one without a figure is unknown."""
    figures, factor = food.figures, quantity / food.per
    return {
        name: figures[name].amount.times(factor) if name in figures else UNKNOWN
        for name in NUTRIENTS
    }
