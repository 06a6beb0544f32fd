"""From a typed amount to a quantity of a food, and from a quantity to its nutrients.

A quantity counts ``Food.unit``: grams of a food, tablets of a product, µg or mg of a nutrient whose
own mass is typed. Cup, spoon and pint portions of foods we ship are US measures.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from k2log.errors import K2logError, UnreadableError
from k2log.food.amount import UNKNOWN, Amount
from k2log.food.food import Food, Salt
from k2log.food.names import name_key
from k2log.food.nutrients import IU_PER_UG, K2_FORMS, NUTRIENTS, VITAMIN_D
from k2log.grammar.items import ELEMENTAL, SALT, Reading
from k2log.grammar.numbers import written
from k2log.grammar.text import shown
from k2log.grammar.units import Unit, millilitres, unit, volume

_UG = {"µg": 1.0, "mg": 1000.0, "g": 1_000_000.0}
_PILLS = ("tablet", "capsule", "gummy", "lozenge")
_OWN = ("user", "own")
_D_UNITS = "1 µg is 40 IU, 1 mg is 40000 IU"
_K2_UNITS = "1 mg is 1000 µg"
_K2 = frozenset({"vitamin_k2", *K2_FORMS})


class Measured(NamedTuple):
    """An amount of a food understood: ``quantity`` of ``Food.unit``, and grams if it has any.

    ``amount`` and ``measure`` are what to store, in the explicit spelling ("mg as citrate"), which
    ``measured`` takes again. ``how`` says where the quantity comes from, ``notes`` what to say.
    """

    quantity: float
    grams: float | None
    amount: float
    measure: str | None
    how: str
    assumed: bool = False
    notes: tuple[str, ...] = ()


class AmbiguousSaltError(UnreadableError):
    """A mass that may be the whole salt's or the element's; ``form`` settles it."""

    def __init__(self, food: Food, salt: Salt, amount: float, measure: str) -> None:
        """Give the spellings of both meanings."""
        element, said = _element(food), f"{written(amount)}{measure}"
        same = written(float(f"{amount / salt.fraction:.4g}"))
        super().__init__(
            f'"{food.name} {said}" may weigh the {element} or the salt: '
            f'write "{element} {said} as {_salt_word(food, salt)}" for {said} of {element} '
            f'(as much as "{food.name} salt {same}{measure}"), or "{food.name} salt {said}"'
        )


class UnconvertibleError(K2logError):
    """A measure that a food does not have; the message lists the measures it has."""

    def __init__(self, food: Food, reason: str) -> None:
        """Say the reason, then what the food knows."""
        super().__init__(f"{reason}. It knows: {', '.join(known_measures(food))}.")


def measured(
    food: Food,
    amount: float | None = None,
    measure: str | None = None,
    *,
    form: str | None = None,
    system: str = "us",
) -> Measured:
    """Return how much of the food an amount is; without an amount the usual serving, assumed."""
    if food.active is not None:
        return _dose(food, amount, measure, form)
    if amount is None:
        return _usual(food, system)
    notes: tuple[str, ...] = ()
    if measure == "oz" and food.liquid:
        measure, notes = "fl oz", ("oz of a liquid is read as fl oz",)
    one, how = _one(food, measure, system)
    return _result(food, amount, measure, amount * one, how)._replace(notes=notes)


def fits(food: Food, reading: Reading) -> bool:
    """Whether a reading's guesses hold for this food: its own measure, a salt that it is."""
    if reading.form and food.salt is None:
        return False
    return not reading.tentative or _knows(food, reading.measure or "")


def known_measures(food: Food) -> list[str]:
    """Return the measures of a food to show when another was asked for, its own ones first."""
    own = [f"{name} ({_size(size)} {food.unit})" for name, size in food.portions.items()]
    return list(dict.fromkeys(own + [m for m in _general(food) if m not in food.portions]))


def _general(food: Food) -> list[str]:
    if food.active is not None:
        return [food.unit, *(["IU"] if food.active in VITAMIN_D else [])]
    if food.unit != "g":
        return [food.unit, *(["IU"] if _vitamin_d(food) else [])]
    pourable = food.density is not None or _volume_portions(food, "")
    return [*(["tbsp", "ml", "l", "fl oz"] if pourable else []), "g", "oz"]


def _size(value: float) -> str:
    return written(round(value) if value >= 10 else float(f"{value:.2g}"))


def _result(food: Food, amount: float, measure: str | None, quantity: float, how: str) -> Measured:
    quantity = round(quantity, 9)
    return Measured(quantity, quantity if food.unit == "g" else None, amount, measure, how)


def _usual(food: Food, system: str) -> Measured:
    if food.serving is not None:
        amount, measure = food.serving
        usual = _result(food, amount, measure, amount * _one(food, measure, system)[0], "")
    elif food.piece is not None or food.unit != "g":
        usual = measured(food, 1.0, system=system)
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
    if (own := _portion(food, measure)) is not None:
        return own, f"{_size(own)} {food.unit} a {measure}"
    found = unit(measure)
    if found is None:
        raise _unknown(food, measure)
    if found.kind == "mass":
        return _by_mass(food, found)
    return _by_iu(food) if found.kind == "iu" else _by_count(food, found.name, system)


def _unknown(food: Food, measure: str) -> UnreadableError:
    known = ", ".join(known_measures(food))
    return UnreadableError(f'"{shown(measure)}" is no measure of {food.name}. It knows: {known}.')


def _piece(food: Food) -> tuple[float, str]:
    if food.piece is not None and (one := _portion(food, food.piece)) is not None:
        return one, f"{_size(one)} {food.unit} each ({food.piece})"
    if food.unit == "g":
        raise UnconvertibleError(food, f"{food.name} is not counted in pieces: give a measure")
    return 1.0, f"by the {food.unit}"


def _portion_key(measure: str) -> str:
    found = unit(measure)
    return found.name if found else name_key(measure)


def _portion(food: Food, measure: str) -> float | None:
    if measure in food.portions:
        return food.portions[measure]
    wanted = _portion_key(measure)
    return next((n for name, n in food.portions.items() if _portion_key(name) == wanted), None)


def _knows(food: Food, measure: str) -> bool:
    volume_unit, state = volume(measure)
    known = volume_unit is not None and bool(_volume_portions(food, state))
    return known or _portion(food, measure) is not None


def _volume_portions(food: Food, state: str) -> dict[str, float]:
    """Return the g per volume unit that the food's portions of one state give."""
    split = ((volume(name), size) for name, size in food.portions.items())
    return {name: size for (name, said), size in split if name and said == state}


def _by_volume(food: Food, measure: str, name: str, state: str, system: str) -> tuple[float, str]:
    asked = millilitres(name, system)
    if food.unit == "ml" and not state:
        return asked, "by volume"
    if portions := _volume_portions(food, state):
        home = system if food.origin in _OWN else "us"
        # A portion of another size is scaled from the largest: it was rounded least.
        known = name if name in portions else max(portions, key=lambda n: millilitres(n, home))
        how = f"{_size(portions[known])} {food.unit} a {f'{known} {state}'.rstrip()}"
        return portions[known] * asked / millilitres(known, home), how
    if food.density is not None and not state:
        return asked * food.density, f"{written(food.density)} g/ml"
    if state and not any(volume(known)[1] == state for known in food.portions):
        raise _unknown(food, measure)
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
    if single is None or mass.name not in _UG:
        reason = f"{food.name} is taken by the {food.unit}, not in {mass.name}"
        raise UnconvertibleError(food, reason)
    nutrient, best = single
    return _UG[mass.name] / _UG[NUTRIENTS[nutrient].unit] / best * food.per, "by its figure"


def _by_iu(food: Food) -> tuple[float, str]:
    best = _vitamin_d(food) if food.supplement else None
    if best is None:
        reason = f"{food.name} is not measured in IU: that is for supplements of vitamin D2 or D3"
        raise UnconvertibleError(food, reason)
    return food.per / IU_PER_UG / best, "40 IU are 1 µg"


def _contents(food: Food) -> dict[str, float]:
    """Return what a product contains of each nutrient it does contain."""
    best = {name: figure.amount.best for name, figure in food.figures.items()}
    return {name: amount for name, amount in best.items() if amount}


def _vitamin_d(food: Food) -> float | None:
    """Return the one vitamin D figure, in µg, if there is exactly one."""
    contents = _contents(food)
    forms = [contents[name] for name in ("vitamin_d2", "vitamin_d3") if name in contents]
    found = forms or [contents[name] for name in ("vitamin_d",) if name in contents]
    return found[0] if len(found) == 1 else None


def _single_active(food: Food) -> tuple[str, float] | None:
    """Return the one nutrient of a product and how much; a total and its forms are one."""
    contents = _contents(food) if food.supplement else {}
    families = {_family(name) for name in contents}
    return (families.pop(), max(contents.values())) if len(families) == 1 else None


def _family(name: str) -> str:
    if name in VITAMIN_D:
        return "vitamin_d"
    return "vitamin_k2" if name in _K2 else name


def _dose(food: Food, amount: float | None, measure: str | None, form: str | None) -> Measured:
    """Measure a nutrient by its own mass: nothing is assumed, the unit decides a thousand-fold."""
    measure, form = _explicit(measure, form)
    if amount is None or measure is None:
        raise _needs_unit(food, amount)
    if (own := _portion(food, measure)) is not None:
        return _result(food, amount, measure, amount * own, f"{_size(own)} {food.unit} a {measure}")
    found = unit(measure)
    if found and found.kind == "iu" and food.active in VITAMIN_D:
        quantity = amount / IU_PER_UG / _UG[food.unit]
        return _result(food, amount, "IU", quantity, "40 IU are 1 µg")
    if found is None:
        raise _unknown(food, measure)
    if found.name not in _UG:
        raise UnconvertibleError(food, f"{food.name} is not measured in {found.name}")
    factor, spelling, how = _salt_factor(food, amount, found.name, form)
    quantity = amount * _UG[found.name] / _UG[food.unit] * factor
    return _result(food, amount, f"{found.name}{spelling}", quantity, how)


def _explicit(measure: str | None, form: str | None) -> tuple[str | None, str | None]:
    """Take apart the spelling that ``_salt_factor`` gives: ``mg as citrate``, ``mg salt``."""
    name, _, rest = (measure or "").partition(" ")
    if name in _UG and rest:
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


def nutrients(food: Food, quantity: float) -> dict[str, Amount]:
    """Return the amount of every nutrient in a quantity; one without a figure is unknown."""
    figures, factor = food.figures, quantity / food.per
    return {
        name: figures[name].amount.times(factor) if name in figures else UNKNOWN
        for name in NUTRIENTS
    }


class Doubt(NamedTuple):
    """Why an amount is hardly meant; ``level`` is "ask", or "refuse" where --yes is no answer."""

    level: str
    reason: str


def implausible(
    food: Food, typed: Measured, amounts: Mapping[str, Amount], every_days: int = 1
) -> Doubt | None:
    """Return the doubt about an amount, if there is one; ``every_days`` is 1 without --every."""
    said = " ".join(filter(None, (food.name, written(typed.amount), typed.measure)))
    vitamin_d, k2 = _most(amounts, VITAMIN_D), _most(amounts, _K2)
    doses = (vitamin_d, k2, _most(amounts, {"calcium"}))
    grams = 0.0 if food.supplement else typed.grams or 0.0
    if reason := _never(grams, *doses):
        return Doubt("refuse", f"{said} is {reason}")
    reason = _odd_portion(food, typed, grams) or _odd_dose(food, typed, doses, every_days)
    return Doubt("ask", f"{said} is {reason}") if reason else None


def _most(amounts: Mapping[str, Amount], names: Iterable[str]) -> float:
    return max((amounts[name].best or 0.0 for name in names if name in amounts), default=0.0)


def _never(grams: float, vitamin_d: float, k2: float, calcium: float) -> str | None:
    if grams > 20_000:
        return "more than 20 kg, which is never logged"
    if vitamin_d > 25_000:
        return f"{_d(vitamin_d)}: more than 25 mg of vitamin D is never logged ({_D_UNITS})"
    if k2 > 100_000:
        return f"{written(k2)} µg of K2: more than 100 mg is never logged ({_K2_UNITS})"
    if calcium > 20_000:
        return f"{written(calcium)} mg of calcium: more than 20 g is never logged"
    return None


def _odd_portion(food: Food, typed: Measured, grams: float) -> str | None:
    if grams > 2000:
        return "more than 2 kg at once"
    usual = _usual(food, "us").quantity if grams and food.serving else 0.0
    if usual and grams > 20 * usual:
        return f"{written(round(grams / usual))} usual servings"
    if _counted(typed.measure) and typed.amount > 50:
        return f"a count of {written(typed.amount)}"
    return None


def _counted(measure: str | None) -> bool:
    found = unit(measure or "piece")
    return found.kind == "count" if found else not volume(measure or "")[0]


def _odd_dose(
    food: Food, typed: Measured, doses: tuple[float, float, float], every_days: int
) -> str | None:
    vitamin_d, k2, calcium = doses
    if vitamin_d > 250 and every_days <= 1:
        return f"{_d(vitamin_d)} at once ({_D_UNITS}); for a dose of several days give --every 7d"
    if not food.supplement:
        return None
    weighed = food.active is not None or typed.measure in {"IU", *_UG}
    if weighed and 0 < vitamin_d < 100 / IU_PER_UG:
        return f"only {_d(vitamin_d)} ({_D_UNITS})"
    if k2 >= 1000:
        return f"{written(k2)} µg of K2, far above usual doses ({_K2_UNITS})"
    if calcium > 2500:
        return f"{written(calcium)} mg of calcium at once"
    return None


def _d(micrograms: float) -> str:
    return f"{written(micrograms)} µg, {written(micrograms * IU_PER_UG)} IU, of vitamin D"
