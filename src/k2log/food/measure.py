"""From a typed amount to a quantity of a food, and from a quantity to its nutrients.

A quantity counts ``Food.unit``: grams of a food, tablets of a product, µg or mg of a nutrient whose
own mass is typed. ``system`` is whose cups and spoons are typed: us, metric or uk; those of the
portions of foods that we ship are US ones.

Of doses nothing is assumed, for the unit decides a forty- or a thousand-fold: a nutrient is typed
by its own mass or in IU, and of a salt only a part is the element.
"""

from k2log.amounts import UNKNOWN, Amount
from k2log.errors import K2logError, UnreadableError
from k2log.food.food import Food, Salt
from k2log.grammar.numbers import written
from k2log.grammar.quantity import ELEMENTAL, SALT, Reading
from k2log.grammar.units import (
    GRAMS,
    HOUSEHOLD,
    SIZES,
    VESSELS,
    Unit,
    differs_by_system,
    millilitres,
    unit,
    volume,
)
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.nutrients import IU_PER_UG, MICROGRAMS, NUTRIENTS, PARTS, VITAMIN_D
from k2log.text import shown

_AGREEMENT = 0.1  # two amounts of one thing, each rounded
_METRIC = frozenset({"ml", "cl", "dl", "l"})
_CUPS = frozenset({"mug", "glass"})
_CUT = frozenset({"slice", "wedge", "rasher", "strip"})
_WHOLES = ("whole", "fruit", "pizza", "pie", "cake", "loaf", "quiche", "tart", "melon")
_SAME = {"strip": ("slice", "rasher"), "rasher": ("slice",), "slice": ("rasher",)}
_PILLS = ("tablet", "capsule", "gummy", "lozenge")


class FoodAmount(NamedTuple):
    """An amount of a food understood: ``quantity`` of ``Food.unit``, and grams if it has any.

    ``amount`` and ``measure`` are what to store, in the explicit spelling ("mg as citrate"), which
    ``food_amount`` takes again. ``how`` says where the quantity comes from, ``notes`` what to say;
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


class UnknownMeasureError(UnreadableError):
    """A word that is no measure at all; the message lists the measures of the food."""

    def __init__(self, food: Food, measure: str) -> None:
        """Take the food and the word."""
        measures = ", ".join(known_measures(food))
        super().__init__(f'"{shown(measure)}" is no measure of {food.name}. It knows: {measures}.')


class TwoAmountsError(UnreadableError):
    """An amount that was typed in two units, which disagree."""

    def __init__(self, food: Food, one: FoodAmount, other: FoodAmount) -> None:
        """Take the food and how much of it each of the two is."""
        sizes = []
        for each in (one, other):
            typed = f"{written(each.amount)} {each.measure or ''}".rstrip()
            size = f"{_rounded(each.quantity)} {food.unit}"
            sizes.append(typed if typed == size else f"{typed} ({size})")
        super().__init__(
            f"two amounts of {food.name} that disagree: {' and '.join(sizes)}. Give one of them"
        )


class AmbiguousSaltError(UnreadableError):
    """A mass that may be the whole salt's or the element's; ``form`` settles it."""

    def __init__(self, food: Food, salt: Salt, amount: float, measure: str) -> None:
        """Give the spellings of both meanings."""
        name, element, mass = food.name.lower(), _element(food), f"{written(amount)}{measure}"
        same = written(float(f"{amount / salt.fraction:.4g}"))
        super().__init__(
            f'"{name} {mass}" may weigh the {element} or the salt: '
            f'write "{element} {mass} as {_salt_word(food, salt)}" for {mass} of {element} '
            f'(as much as "{name} salt {same}{measure}"), or "{name} salt {mass}"'
        )


def known_measures(food: Food) -> list[str]:
    """Return the measures of a food to show when another was asked for, its own ones first."""
    return [f"{name} ({size})" if size else name for name, size in measures_of(food).items()]


def measures_of(food: Food) -> dict[str, str]:
    """Return the measures of a food, its own ones first, and how much one of these is: 28 g."""
    own = {name: f"{_rounded(size)} {food.unit}" for name, size in food.portions.items()}
    if food.active is not None:
        general = [food.unit, *(["IU"] if food.active in VITAMIN_D else [])]
    elif food.unit != "g":
        general = [food.unit, *(["IU"] if food.supplement and _vitamin_d_ug(food) else [])]
    else:
        pourable = food.density is not None or _volume_portions(food, "")
        general = [*(["tbsp", "ml", "l", "fl oz"] if pourable else []), "g", "oz"]
    return own | {name: "" for name in general if name not in own}


def food_amount(
    food: Food,
    amount: float | None = None,
    measure: str | None = None,
    *,
    form: str | None = None,
    system: str = "us",
) -> FoodAmount:
    """Return how much of the food an amount is; without an amount the usual serving, assumed.

    ``form`` says of a salt what weighs so much: elemental or salt. Raises UnreadableError,
    UnconvertibleError.
    """
    typed = _food_amount(in_system(food, system), amount, measure, form, system)
    if differs_by_system(typed.measure or "", system):
        return typed._replace(system=system)
    return typed


def amount_read(food: Food, reading: Reading, form: str | None, system: str) -> FoodAmount:
    """Return how much of the food a reading says; of an amount in two units that which weighs it.

    Slices and pieces differ, and cups of what is not poured: one weighs what was typed, from half
    to twice what is usual. Raises UnreadableError, UnconvertibleError, and TwoAmountsError where
    the two disagree.
    """
    if reading.also is None:
        typed = food_amount(food, reading.amount, reading.measure, form=form, system=system)
    else:
        typed = _of_two(food, reading, reading.also, form, system)
    return typed._replace(notes=(*filter(None, [reading.note]), *typed.notes))


def _of_two(
    food: Food, reading: Reading, also: tuple[float, str], form: str | None, system: str
) -> FoodAmount:
    """Return the weighed one of two amounts that agree. Raises TwoAmountsError."""
    both = [(reading.amount, reading.measure), also]
    weighed = [each for each in both if each[1] in GRAMS or each[1] in _METRIC]
    first, second = both if both[0] in weighed or not weighed else both[::-1]
    one = food_amount(food, *first, form=form, system=system)
    others = []
    for whose in dict.fromkeys((system, "us", "uk")):  # 750ml/1¼ pints
        try:
            others.append(food_amount(food, *second, form=form, system=whose))
        except (UnconvertibleError, UnknownMeasureError):
            return one  # the weight explains a measure that the food does not know
    if any(_agree(one.quantity, other.quantity) for other in others):
        return one
    counted = unit(second[1] or "piece")
    usual_quantity = others[0].quantity
    loose = counted and (counted.kind == "count" or (counted.kind == "volume" and not food.liquid))
    if not (loose and 0.5 <= one.quantity / usual_quantity <= 2):
        raise TwoAmountsError(food, one, others[0])
    pieces = f"{written(second[0] or 1.0)} {second[1] or ''}".rstrip()
    note = f"{pieces} of {food.name} was counted as {_rounded(one.quantity)} {food.unit}, as typed"
    return one._replace(notes=(*one.notes, note))


def _agree(one: float, other: float) -> bool:
    return abs(one - other) <= _AGREEMENT * max(one, other)


def in_system(food: Food, system: str) -> Food:
    """Return a food with the cups and spoons that we ship as those of a system of measures."""
    if system == "us" or food.origin == "user":
        return food
    sizes = {}
    for measure, size in food.portions.items():
        name = volume(measure)[0]
        ours = name and measure not in food.own_measures
        times_us = millilitres(name, system) / millilitres(name, "us") if name and ours else 1.0
        sizes[measure] = size * times_us
    return food._replace(portions=sizes)


def usual(food: Food, system: str = "us") -> FoodAmount:
    """Return the usual serving of a food, marked as assumed. Raises UnconvertibleError."""
    return _usual(in_system(food, system), system)


def fits(food: Food, reading: Reading) -> bool:
    """Whether a reading's guesses hold for this food: its own measure, a salt that it is."""
    if (reading.form and food.salt is None) or (reading.dose and food.active is None):
        return False
    if not reading.tentative:
        return True
    if reading.measure is None:
        return food.piece is not None
    if reading.measure in GRAMS:
        return food.unit == "g"
    size, _, rest = reading.measure.partition(" ")
    measures = [reading.measure, *([rest] if rest and size in SIZES else [])]
    return any(_portion(food, each) is not None or _is_poured(food, each) for each in measures)


def _is_poured(food: Food, measure: str) -> bool:
    volume_unit, state = volume(measure)
    return volume_unit is not None and bool(_volume_portions(food, state))


def nutrients(food: Food, quantity: float) -> dict[str, Amount]:
    """Return the amount of every nutrient in a quantity; one without a figure is unknown."""
    figures, factor = food.figures, quantity / food.per
    return {
        name: figures[name].amount.times(factor) if name in figures else UNKNOWN
        for name in NUTRIENTS
    }


def _food_amount(
    food: Food, amount: float | None, measure: str | None, form: str | None, system: str
) -> FoodAmount:
    if form and food.salt is None:
        raise UnconvertibleError(food, f"{food.name} is not a salt")
    if food.active is not None:
        return _dose(food, amount, measure, form)
    if amount is None:
        return _usual(food, system)
    notes: tuple[str, ...] = ()
    if measure == "oz" and food.liquid:
        measure, notes = "fl oz", ("oz of a liquid is read as fl oz",)
    try:
        one, how = _part(food) if measure is None and amount < 1 else _one(food, measure, system)
    except (UnconvertibleError, UnknownMeasureError):
        stand_in = _stand_in(food, measure or "", system)
        if stand_in is None:
            raise
        one, how = stand_in
        notes = (*notes, f'{food.name} has no "{shown(measure or "")}": {how}')
    if measure is None and food.piece is None:
        measure = food.unit
    if measure in HOUSEHOLD and _portion(food, measure) is None:
        notes = (*notes, f"a {measure} of {food.name} was counted as {_rounded(one)} {food.unit}")
    return _result(food, amount, measure, amount * one, how)._replace(notes=notes)


def _usual(food: Food, system: str) -> FoodAmount:
    if food.serving is not None:
        amount, measure = food.serving
        serving = _result(food, amount, measure, amount * _one(food, measure, system)[0], "")
    elif food.piece is not None or food.unit != "g":
        serving = _food_amount(food, 1.0, None, None, system)
    else:
        raise UnconvertibleError(food, f"{food.name} has no usual serving: give an amount")
    return serving._replace(how="usual serving", assumed=True)


def _result(
    food: Food, amount: float, measure: str | None, quantity: float, how: str
) -> FoodAmount:
    quantity = round(quantity, 9)
    return FoodAmount(quantity, quantity if food.unit == "g" else None, amount, measure, how)


def _dose(food: Food, amount: float | None, measure: str | None, form: str | None) -> FoodAmount:
    """Measure a nutrient by its own mass, in IU, or by a measure of the food's own."""
    name, _, rest = (measure or "").partition(" ")
    if name in MICROGRAMS and rest:  # as it is stored: mg as citrate, mg salt
        measure, form = name, SALT if rest == SALT else ELEMENTAL
    if amount is None or measure is None:
        raise _lacks_unit(food, amount)
    if (own := _portion(food, measure)) is not None:
        how = f"{_rounded(own)} {food.unit} a {measure}"
        return _result(food, amount, measure, amount * own, how)
    named = unit(measure)
    if named and named.kind == "iu" and food.active in VITAMIN_D:
        quantity = amount / IU_PER_UG / MICROGRAMS[food.unit]
        return _result(food, amount, "IU", quantity, "40 IU are 1 µg")
    if named is None:
        raise UnknownMeasureError(food, measure)
    if named.name not in MICROGRAMS:
        raise UnconvertibleError(food, f"{food.name} is not measured in {named.name}")
    factor, spelling, how = _salt_factor(food, amount, named.name, form)
    quantity = amount * MICROGRAMS[named.name] / MICROGRAMS[food.unit] * factor
    return _result(food, amount, f"{named.name}{spelling}", quantity, how)


def _salt_factor(
    food: Food, amount: float, measure: str, form: str | None
) -> tuple[float, str, str]:
    """Return how much of a mass is the element, how to spell that, and how it is known."""
    salt = food.salt
    if salt is None:
        return 1.0, "", "by its own mass"
    if form == ELEMENTAL:
        return 1.0, f" as {_salt_word(food, salt)}", f"mass of the {_element(food)}"
    if form == SALT:
        return salt.fraction, f" {SALT}", f"{written(salt.fraction)} of it is {_element(food)}"
    raise AmbiguousSaltError(food, salt, amount, measure)


def _element(food: Food) -> str:
    return NUTRIENTS[food.active or ""].short


def _salt_word(food: Food, salt: Salt) -> str:
    return salt.name.lower().removeprefix(_element(food)).strip()


def _lacks_unit(food: Food, amount: float | None) -> UnreadableError:
    """Return the error that shows the units a bare number, or no number, may have offer."""
    larger = {"µg": "mg", "mg": "g", "g": "kg"}[food.unit]
    number = written(amount or (1000 if food.active in VITAMIN_D else 100))
    offer = f"{number} {food.unit} or {number} {larger}"
    if food.active in VITAMIN_D:
        offer = f"{number} IU ({written(float(number) / IU_PER_UG)} µg) or {number} µg"
    if amount is None:
        return UnreadableError(f"{food.name} needs an amount with its unit, like {offer}")
    return UnreadableError(f'"{food.name} {number}" needs a unit: {offer}')


def _one(food: Food, measure: str | None, system: str) -> tuple[float, str]:
    """Return how many of the food's unit one of a measure is, and how that is known."""
    if measure is None:
        return _piece(food)
    volume_unit, state = volume(measure)
    if volume_unit:
        return _by_volume(food, measure, volume_unit, state, system)
    if (own := _portion(food, measure)) is not None:
        return own, f"{_rounded(own)} {food.unit} a {measure}"
    named = unit(measure)
    if named is None:
        raise UnknownMeasureError(food, measure)
    if named.kind == "mass":
        return _by_mass(food, named)
    if named.kind != "iu":
        return _by_count(food, named.name, system)
    vitamin_d_ug = _vitamin_d_ug(food) if food.supplement else None
    if vitamin_d_ug is None:
        reason = f"{food.name} is not measured in IU: that is for supplements of vitamin D2 or D3"
        raise UnconvertibleError(food, reason)
    return food.per / IU_PER_UG / vitamin_d_ug, "40 IU are 1 µg"


def _piece(food: Food) -> tuple[float, str]:
    if food.piece is not None and (one := _portion(food, food.piece)) is not None:
        return one, f"{_rounded(one)} {food.unit} each ({food.piece})"
    if food.unit == "g":
        raise UnconvertibleError(food, f"{food.name} is not counted in pieces: give a measure")
    return 1.0, f"by the {food.unit}"


def _part(food: Food) -> tuple[float, str]:
    """Return what half of a food is half of: the whole, never a slice of it."""
    if food.piece not in _CUT:
        return _piece(food) if food.unit == "g" else _one(food, None, "us")
    for whole in _WHOLES:
        if (one := _portion(food, whole)) is not None:
            return one, f"{_rounded(one)} {food.unit} each ({whole})"
    reason = f"a part of {food.name} may be one of the whole or of a {food.piece}: say which, or g"
    raise UnconvertibleError(food, reason)


def _by_volume(food: Food, measure: str, name: str, state: str, system: str) -> tuple[float, str]:
    typed_ml = millilitres(name, system)
    if food.unit == "ml" and not state:
        return typed_ml, "by volume"
    if portions := _volume_portions(food, state):
        # A portion of another size is scaled from the largest: it was rounded least.
        base = name if name in portions else max(portions, key=lambda n: millilitres(n, system))
        how = f"{_rounded(portions[base])} {food.unit} a {f'{base} {state}'.rstrip()}"
        return portions[base] * typed_ml / millilitres(base, system), how
    if food.density is not None and not state:
        return typed_ml * food.density, f"{written(food.density)} g/ml"
    if name in HOUSEHOLD and not state and food.unit == "g":
        return typed_ml, "as heavy as water"
    if state and not any(volume(own)[1] == state for own in food.portions):
        raise UnknownMeasureError(food, measure)
    raise UnconvertibleError(food, f'{food.name} has no "{measure}"')


def _stand_in(food: Food, measure: str, system: str) -> tuple[float, str] | None:
    """Return what a measure that a food lacks is counted as: another size of it, or a serving.

    A large slice is a slice; a bowl, of what is served in no other way, the usual serving.
    """
    size, _, rest = measure.partition(" ")
    if measure in SIZES and food.piece is not None:
        return _piece(food)[0], "its usual size was counted"
    if size in SIZES and rest:
        try:
            return _one(food, rest, system)[0], f"a usual {rest} was counted"
        except (UnconvertibleError, UnknownMeasureError):
            return _stand_in(food, rest, system)
    states = (volume(own)[1] for own in food.portions)
    state = next(filter(None, states), None) if measure in ("tsp", "tbsp") else None
    if state:
        return _one(food, f"{measure} {state}", system)[0], f"a {measure} {state} was counted"
    for same in _SAME.get(measure, ()):
        if (one := _portion(food, same)) is not None:
            return one, f"a {same} was counted"
    if measure not in VESSELS:
        return None
    poured = food.density is not None or bool(_volume_portions(food, ""))
    if poured and (food.liquid or measure in _CUPS):
        ml = VESSELS[measure]
        return _one(food, "ml", system)[0] * ml, f"{written(ml)} ml was counted"
    if food.liquid or food.serving is None:
        return None
    one = _usual(food, system).quantity
    return one, f"the usual serving, {_rounded(one)} {food.unit}, was counted"


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
    """Weigh a food, or a product by the one nutrient in it; a total and its forms are one."""
    if food.unit == "g" and mass.name != "µg":
        return mass.size, "by weight"
    if food.unit == "g":
        raise UnconvertibleError(food, f"{food.name} is not measured in µg")
    contents = _contents(food) if food.supplement else {}
    wholes = {NUTRIENTS[name].part_of or name for name in contents}
    if len(wholes) != 1 or mass.name not in MICROGRAMS:
        reason = f"{food.name} is taken by the {food.unit}, not in {mass.name}"
        raise UnconvertibleError(food, reason)
    in_units = MICROGRAMS[mass.name] / MICROGRAMS[NUTRIENTS[wholes.pop()].unit]
    return in_units / max(contents.values()) * food.per, "by its figure"


def _portion(food: Food, measure: str) -> float | None:
    """Return how many of its unit a food's own measure holds, if it has that measure."""
    if measure in food.portions:
        return food.portions[measure]
    key = _portion_key(measure)
    return next((size for own, size in food.portions.items() if _portion_key(own) == key), None)


def _portion_key(measure: str) -> str:
    named = unit(measure)
    return named.name if named else name_key(measure)


def _volume_portions(food: Food, state: str) -> dict[str, float]:
    """Return the g per volume unit that the food's portions of one state give."""
    volumes = ((volume(measure), size) for measure, size in food.portions.items())
    return {name: size for (name, its_state), size in volumes if name and its_state == state}


def _contents(food: Food) -> dict[str, float]:
    """Return how much a product contains of each nutrient that it does contain."""
    best = {name: figure.amount.best for name, figure in food.figures.items()}
    return {name: amount for name, amount in best.items() if amount}


def _vitamin_d_ug(food: Food) -> float | None:
    """Return the one vitamin D figure, in µg, if there is exactly one; that of a form if any."""
    contents = _contents(food)
    forms = [contents[name] for name in PARTS["vitamin_d"] if name in contents]
    figures = forms or [contents[name] for name in ("vitamin_d",) if name in contents]
    return figures[0] if len(figures) == 1 else None


def _rounded(size: float) -> str:
    """Return the size of a portion, without digits that nobody weighs."""
    return written(round(size) if size >= 10 else float(f"{size:.2g}"))
