"""A quantity of a food as it was understood, and what a food knows of measures.

A quantity counts ``Food.unit``: grams of a food, tablets of a product, µg or mg of a nutrient whose
own mass is typed.
"""

from typing import Final, NamedTuple

from k2log.errors import K2logError, UnreadableError
from k2log.food.food import Food
from k2log.food.names import name_key
from k2log.food.nutrients import VITAMIN_D
from k2log.grammar.numbers import written
from k2log.grammar.text import shown
from k2log.grammar.units import unit, volume

UG: Final = {"µg": 1.0, "mg": 1000.0, "g": 1_000_000.0}


class Measured(NamedTuple):
    """An amount of a food understood: ``quantity`` of ``Food.unit``, and grams if it has any.

    ``amount`` and ``measure`` are what to store, in the explicit spelling ("mg as citrate"), which
    ``measured`` takes again. ``how`` says where the quantity comes from, ``notes`` what to say;
    ``system`` whose cup or spoon it is, where that makes a difference to the US one.
    """

    quantity: float
    grams: float | None
    amount: float
    measure: str | None
    how: str
    assumed: bool = False
    notes: tuple[str, ...] = ()
    system: str | None = None


class UnconvertibleError(K2logError):
    """A measure that a food does not have; the message lists the measures it has."""

    def __init__(self, food: Food, reason: str) -> None:
        """Say the reason, then what the food knows."""
        super().__init__(f"{reason}. It knows: {', '.join(known_measures(food))}.")


def known_measures(food: Food) -> list[str]:
    """Return the measures of a food to show when another was asked for, its own ones first."""
    own = [f"{name} ({size(grams)} {food.unit})" for name, grams in food.portions.items()]
    return list(dict.fromkeys(own + [m for m in _general(food) if m not in food.portions]))


def _general(food: Food) -> list[str]:
    if food.active is not None:
        return [food.unit, *(["IU"] if food.active in VITAMIN_D else [])]
    if food.unit != "g":
        return [food.unit, *(["IU"] if food.supplement and vitamin_d_ug(food) else [])]
    pourable = food.density is not None or volume_portions(food, "")
    return [*(["tbsp", "ml", "l", "fl oz"] if pourable else []), "g", "oz"]


def unknown_measure(food: Food, measure: str) -> UnreadableError:
    """Return the error for a word that is no measure at all; it lists those there are."""
    known = ", ".join(known_measures(food))
    return UnreadableError(f'"{shown(measure)}" is no measure of {food.name}. It knows: {known}.')


def size(value: float) -> str:
    """Return the size of a portion, without digits that nobody weighs."""
    return written(round(value) if value >= 10 else float(f"{value:.2g}"))


def result(food: Food, amount: float, measure: str | None, quantity: float, how: str) -> Measured:
    """Return a quantity of a food; it is in grams where the food is weighed."""
    quantity = round(quantity, 9)
    return Measured(quantity, quantity if food.unit == "g" else None, amount, measure, how)


def portion(food: Food, measure: str) -> float | None:
    """Return how many of its unit a food's own measure holds, if it has that measure."""
    if measure in food.portions:
        return food.portions[measure]
    wanted = _portion_key(measure)
    return next((n for name, n in food.portions.items() if _portion_key(name) == wanted), None)


def _portion_key(measure: str) -> str:
    found = unit(measure)
    return found.name if found else name_key(measure)


def volume_portions(food: Food, state: str) -> dict[str, float]:
    """Return the g per volume unit that the food's portions of one state give."""
    split = ((volume(name), size) for name, size in food.portions.items())
    return {name: size for (name, said), size in split if name and said == state}


def contents(food: Food) -> dict[str, float]:
    """Return what a product contains of each nutrient it does contain."""
    best = {name: figure.amount.best for name, figure in food.figures.items()}
    return {name: amount for name, amount in best.items() if amount}


def vitamin_d_ug(food: Food) -> float | None:
    """Return the one vitamin D figure, in µg, if there is exactly one."""
    held = contents(food)
    forms = [held[name] for name in ("vitamin_d2", "vitamin_d3") if name in held]
    found = forms or [held[name] for name in ("vitamin_d",) if name in held]
    return found[0] if len(found) == 1 else None
