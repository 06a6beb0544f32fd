"""Amounts that are hardly meant: asked about, or refused however often they are confirmed."""

from collections.abc import Iterable, Mapping
from typing import Final

from k2log.amounts import Amount
from k2log.food.food import Food
from k2log.food.measure import FoodAmount, usual
from k2log.grammar.numbers import written
from k2log.grammar.units import unit, volume
from k2log.named_tuple import NamedTuple
from k2log.nutrients import IU_PER_UG, MICROGRAMS, NUTRIENTS, VITAMIN_D, VITAMIN_K2

_LEAST_CALCIUM_MG = 10
_LEAST_COOKED_WITH = 4.0  # g, a teaspoon: what is eaten by less is a spice or salt
_COOKED_WITH = 500.0  # g: sugar, butter and cream, which are served by the spoon, in a dish
_D_UNITS = "1 µg is 40 IU, 1 mg is 40000 IU"
_K2_UNITS = "1 mg is 1000 µg"


class DoseLimits(NamedTuple):
    """What one dose of a supplement hardly ever exceeds; ``whose`` says for whom, in a question."""

    vitamin_d_ug: float = 250
    calcium_mg: float = 2500
    whose: str = ""


ADULT: Final = DoseLimits()
"""Also of who did not say how old they are."""


class Implausibility(NamedTuple):
    """Why an amount is hardly meant; ``level`` is "ask", or "refuse" where --yes is no answer."""

    level: str
    reason: str


def implausible(
    food: Food,
    typed: FoodAmount,
    amounts: Mapping[str, Amount],
    every_days: int = 1,
    limits: DoseLimits = ADULT,
) -> Implausibility | None:
    """Return why an amount is hardly meant, if so; ``every_days`` is 1 without --every."""
    item = " ".join(filter(None, (food.name, written(typed.amount), typed.measure)))
    vitamin_d, k2 = _most(amounts, VITAMIN_D), _most(amounts, VITAMIN_K2)
    doses = (vitamin_d, k2, _most(amounts, {"calcium"}))
    grams = 0.0 if food.supplement else typed.grams or 0.0
    if reason := _never(grams, *doses):
        return Implausibility("refuse", f"{item} is {reason}")
    reason = _odd_portion(food, typed, grams) or _odd_dose(food, typed, doses, every_days, limits)
    return Implausibility("ask", f"{item} is {reason}") if reason else None


def _most(amounts: Mapping[str, Amount], names: Iterable[str]) -> float:
    return max((amounts[name].best or 0.0 for name in names if name in amounts), default=0.0)


def _never(grams: float, vitamin_d: float, k2: float, calcium: float) -> str | None:
    if grams > 20_000:
        return "more than 20 kg, which is never logged"
    if vitamin_d > NUTRIENTS["vitamin_d"].limits.per_entry:
        return f"{_d(vitamin_d)}: more than 25 mg of vitamin D is never logged ({_D_UNITS})"
    if k2 > NUTRIENTS["vitamin_k2"].limits.per_entry:
        return f"{written(k2)} µg of K2: more than 100 mg is never logged ({_K2_UNITS})"
    if calcium > NUTRIENTS["calcium"].limits.per_entry:
        return f"{written(calcium)} mg of calcium: more than 20 g is never logged"
    return None


def _odd_portion(food: Food, typed: FoodAmount, grams: float) -> str | None:
    if grams > 2000:
        return "more than 2 kg at once"
    serving = usual(food).quantity if grams and food.serving else 0.0
    measure = typed.measure or "piece"
    own = measure.rpartition(" ")[2]  # of a small bunch as well
    few_of_its_own = own in food.portions and typed.amount <= 2 and not volume(measure)[0]
    most = 20 * serving if serving < _LEAST_COOKED_WITH else max(20 * serving, _COOKED_WITH)
    if serving and grams > most and not few_of_its_own:  # a stick of butter, a bunch of coriander
        return f"{written(round(grams / serving))} usual servings"
    if named := unit(measure):
        countable = named.kind == "count"
    else:  # a word of the food's own, no cup chopped nor mg as citrate
        countable = not volume(measure)[0] and measure.partition(" ")[0] not in MICROGRAMS
    if countable and typed.amount > 50:
        return f"a count of {written(typed.amount)}"
    return None


def _odd_dose(
    food: Food,
    typed: FoodAmount,
    doses: tuple[float, float, float],
    every_days: int,
    limits: DoseLimits,
) -> str | None:
    vitamin_d, k2, calcium = doses
    if limits.whose and vitamin_d / every_days > limits.vitamin_d_ug:
        return f"{_d(vitamin_d)} at once{limits.whose} ({_D_UNITS})"
    if vitamin_d > ADULT.vitamin_d_ug and every_days <= 1:
        return f"{_d(vitamin_d)} at once ({_D_UNITS}); for a dose of several days give --every 7d"
    if not food.supplement:
        return None
    weighed = food.active is not None or typed.measure in {"IU", *MICROGRAMS}
    if weighed and 0 < vitamin_d < 100 / IU_PER_UG:
        return f"only {_d(vitamin_d)} ({_D_UNITS})"
    if weighed and 0 < calcium < _LEAST_CALCIUM_MG:
        return f"only {written(calcium)} mg of calcium (1 g is 1000 mg, 1 mg is 1000 µg)"
    if k2 >= 1000:
        return f"{written(k2)} µg of K2, far above usual doses ({_K2_UNITS})"
    if calcium > limits.calcium_mg:
        return f"{written(calcium)} mg of calcium at once{limits.whose}"
    return None


def _d(micrograms: float) -> str:
    return f"{written(micrograms)} µg, {written(micrograms * IU_PER_UG)} IU, of vitamin D"
