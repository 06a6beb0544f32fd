"""Doses: a nutrient by its own mass or in IU, and salts, of which only a part is the element.

Nothing is assumed here, for the unit decides a forty- or a thousand-fold.
"""

from k2log.errors import UnreadableError
from k2log.food.food import Food, Salt
from k2log.food.nutrients import IU_PER_UG, NUTRIENTS, VITAMIN_D
from k2log.food.quantity import (
    UG,
    Measured,
    UnconvertibleError,
    portion,
    result,
    size,
    unknown_measure,
)
from k2log.grammar.items import ELEMENTAL, SALT
from k2log.grammar.numbers import written
from k2log.grammar.units import unit


class AmbiguousSaltError(UnreadableError):
    """A mass that may be the whole salt's or the element's; ``form`` settles it."""

    def __init__(self, food: Food, salt: Salt, amount: float, measure: str) -> None:
        """Give the spellings of both meanings."""
        name, element, said = food.name.lower(), _element(food), f"{written(amount)}{measure}"
        same = written(float(f"{amount / salt.fraction:.4g}"))
        super().__init__(
            f'"{name} {said}" may weigh the {element} or the salt: '
            f'write "{element} {said} as {_salt_word(food, salt)}" for {said} of {element} '
            f'(as much as "{name} salt {same}{measure}"), or "{name} salt {said}"'
        )


def dose(food: Food, amount: float | None, measure: str | None, form: str | None) -> Measured:
    """Measure a nutrient by its own mass: nothing is assumed, the unit decides a thousand-fold."""
    measure, form = _explicit(measure, form)
    if amount is None or measure is None:
        raise _needs_unit(food, amount)
    if (own := portion(food, measure)) is not None:
        return result(food, amount, measure, amount * own, f"{size(own)} {food.unit} a {measure}")
    found = unit(measure)
    if found and found.kind == "iu" and food.active in VITAMIN_D:
        quantity = amount / IU_PER_UG / UG[food.unit]
        return result(food, amount, "IU", quantity, "40 IU are 1 µg")
    if found is None:
        raise unknown_measure(food, measure)
    if found.name not in UG:
        raise UnconvertibleError(food, f"{food.name} is not measured in {found.name}")
    factor, spelling, how = _salt_factor(food, amount, found.name, form)
    quantity = amount * UG[found.name] / UG[food.unit] * factor
    return result(food, amount, f"{found.name}{spelling}", quantity, how)


def _explicit(measure: str | None, form: str | None) -> tuple[str | None, str | None]:
    """Take apart the spelling that ``_salt_factor`` gives: ``mg as citrate``, ``mg salt``."""
    name, _, rest = (measure or "").partition(" ")
    if name in UG and rest:
        return name, SALT if rest == SALT else ELEMENTAL
    return measure, form


def _salt_factor(
    food: Food, amount: float, measure: str, form: str | None
) -> tuple[float, str, str]:
    salt = food.salt
    if salt is None:
        return 1.0, "", "by its own mass"
    if form == ELEMENTAL:
        return 1.0, f" as {_salt_word(food, salt)}", f"mass of the {_element(food)}"
    if form == SALT:
        return salt.fraction, f" {SALT}", f"{written(salt.fraction)} of it is {_element(food)}"
    raise AmbiguousSaltError(food, salt, amount, measure)


def _element(food: Food) -> str:
    return NUTRIENTS[food.active or "calcium"].short


def _salt_word(food: Food, salt: Salt) -> str:
    return salt.name.lower().removeprefix(_element(food)).strip()


def _needs_unit(food: Food, amount: float | None) -> UnreadableError:
    larger = {"µg": "mg", "mg": "g", "g": "kg"}[food.unit]
    number = written(amount or (1000 if food.active in VITAMIN_D else 100))
    meant = f"{number} {food.unit} or {number} {larger}"
    if food.active in VITAMIN_D:
        meant = f"{number} IU ({written(float(number) / IU_PER_UG)} µg) or {number} µg"
    if amount is None:
        return UnreadableError(f"{food.name} needs an amount with its unit, like {meant}")
    return UnreadableError(f'"{food.name} {number}" needs a unit: {meant}')
