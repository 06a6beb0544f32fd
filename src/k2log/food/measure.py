"""From a typed amount to a quantity of a food, and from a quantity to its nutrients.

Cup, spoon and pint portions of foods we ship are US measures. ``system`` is whose measures are
typed: us, metric or uk.

A quantity of a food as it was understood, and what a food knows of measures.

A quantity counts ``Food.unit``: grams of a food, tablets of a product, µg or mg of a nutrient whose
own mass is typed.

Doses: a nutrient by its own mass or in IU, and salts, of which only a part is the element.

Nothing is assumed here, for the unit decides a forty- or a thousand-fold.
"""

from typing import NamedTuple

from k2log.amounts import UNKNOWN, Amount
from k2log.errors import K2logError, UnreadableError
from k2log.food.food import Food, Salt
from k2log.grammar.items import ELEMENTAL, SALT, Reading
from k2log.grammar.numbers import written
from k2log.grammar.units import Unit, differs_by_system, millilitres, unit, volume
from k2log.names import name_key
from k2log.nutrients import IU_PER_UG, MICROGRAMS, NUTRIENTS, PARTS, VITAMIN_D
from k2log.text import shown


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
    forms = [held[name] for name in PARTS["vitamin_d"] if name in held]
    found = forms or [held[name] for name in ("vitamin_d",) if name in held]
    return found[0] if len(found) == 1 else None


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
        quantity = amount / IU_PER_UG / MICROGRAMS[food.unit]
        return result(food, amount, "IU", quantity, "40 IU are 1 µg")
    if found is None:
        raise unknown_measure(food, measure)
    if found.name not in MICROGRAMS:
        raise UnconvertibleError(food, f"{food.name} is not measured in {found.name}")
    factor, spelling, how = _salt_factor(food, amount, found.name, form)
    quantity = amount * MICROGRAMS[found.name] / MICROGRAMS[food.unit] * factor
    return result(food, amount, f"{found.name}{spelling}", quantity, how)


def _explicit(measure: str | None, form: str | None) -> tuple[str | None, str | None]:
    """Take apart the spelling that ``_salt_factor`` gives: ``mg as citrate``, ``mg salt``."""
    name, _, rest = (measure or "").partition(" ")
    if name in MICROGRAMS and rest:
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
    if single is None or mass.name not in MICROGRAMS:
        reason = f"{food.name} is taken by the {food.unit}, not in {mass.name}"
        raise UnconvertibleError(food, reason)
    nutrient, best = single
    units_of_nutrient = MICROGRAMS[mass.name] / MICROGRAMS[NUTRIENTS[nutrient].unit]
    return units_of_nutrient / best * food.per, "by its figure"


def _by_iu(food: Food) -> tuple[float, str]:
    best = vitamin_d_ug(food) if food.supplement else None
    if best is None:
        reason = f"{food.name} is not measured in IU: that is for supplements of vitamin D2 or D3"
        raise UnconvertibleError(food, reason)
    return food.per / IU_PER_UG / best, "40 IU are 1 µg"


def _single_active(food: Food) -> tuple[str, float] | None:
    """Return the one nutrient of a product and how much; a total and its forms are one."""
    held = contents(food) if food.supplement else {}
    wholes = {NUTRIENTS[name].part_of or name for name in held}
    return (wholes.pop(), max(held.values())) if len(wholes) == 1 else None


def nutrients(food: Food, quantity: float) -> dict[str, Amount]:
    """Return the amount of every nutrient in a quantity; one without a figure is unknown."""
    figures, factor = food.figures, quantity / food.per
    return {
        name: figures[name].amount.times(factor) if name in figures else UNKNOWN
        for name in NUTRIENTS
    }
