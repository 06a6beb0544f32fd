"""Recipes: foods made of foods, the figures of the dish worked out from its ingredients.

A dish is a food of one's own. Its figures are kept, so they stay when those of an ingredient
change, until the recipe is worked out again.

In the kernel, for the store works dishes out again when a food they are made of is edited.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from k2log.amounts import UNKNOWN, Amount, total
from k2log.errors import K2logError, UnreadableError
from k2log.food.food import Figure, Food
from k2log.food.measure import (
    FoodAmount,
    UnconvertibleError,
    food_amount,
    known_measures,
    nutrients,
)
from k2log.grammar.numbers import number, written
from k2log.grammar.quantity import typed_amount
from k2log.grammar.units import GRAMS
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.nutrients import NUTRIENTS
from k2log.text import clean, shown

SOURCE: Final = "own-recipe"
SERVING: Final = "serving"
_MOST_SERVINGS: Final = 1000
_LEAST_GRAMS: Final = 1
_MOST_GRAMS: Final = 100_000
_ODD_YIELD: Final = 10
_PER_GRAMS: Final = 100.0
_DECIMALS: Final = 6


class Ingredient(NamedTuple):
    """So much of a food, ``amount`` and ``measure`` as typed.

    ``food`` is its name at the time, ``assumed`` tells that no amount was typed. ``system`` is
    whose cup or spoon it is, where they differ.
    """

    key: str
    food: str
    amount: float
    measure: str | None
    grams: float
    assumed: bool = False
    system: str | None = None


class Recipe(NamedTuple):
    """What a dish is made of, and for how many; ``yield_grams`` is its weight if it was weighed."""

    name: str
    ingredients: tuple[Ingredient, ...]
    serves: float = 1.0
    yield_grams: float | None = None

    @property
    def grams(self) -> float:
        """What the dish weighs: as it was weighed, else as much as its ingredients."""
        return self.raw_grams if self.yield_grams is None else self.yield_grams

    @property
    def raw_grams(self) -> float:
        """What the ingredients weigh together."""
        return round(sum(ingredient.grams for ingredient in self.ingredients), _DECIMALS)


class IngredientError(K2logError):
    """A food that no dish can be made of."""


class SupplementInRecipeError(IngredientError):
    """A supplement among the ingredients."""

    def __init__(self, food: Food) -> None:
        """Take the supplement."""
        super().__init__(
            f"{food.name} is a supplement, and a recipe is made of foods."
            " What is taken together is a routine: k2log routine add NAME ITEMS"
        )


class NoWeightError(IngredientError):
    """An ingredient whose measures all have no weight."""

    def __init__(self, food: Food) -> None:
        """Take the food."""
        super().__init__(
            f"{food.name} has no weight, and a recipe adds up grams."
            f" It knows: {', '.join(known_measures(food))}."
        )


class WeightError(K2logError):
    """A weight that no dish has."""

    def __init__(self, recipe: Recipe) -> None:
        """Take the recipe."""
        super().__init__(
            f"{recipe.name} would weigh {written(recipe.grams)} g:"
            f" a dish weighs from {_LEAST_GRAMS} g to {_MOST_GRAMS // 1000} kg."
        )


class CircleError(K2logError):
    """A recipe that would be part of itself."""

    def __init__(self, way: Sequence[str]) -> None:
        """Take the names of the recipes on the way round, the same one first and last."""
        steps = "; ".join(f"{outer} holds {inner}" for outer, inner in pairwise(way))
        super().__init__(f"{way[0]} would be part of itself: {steps}. Nothing was changed.")


def ingredient(food: Food, amount: FoodAmount) -> Ingredient:
    """Return so much of a food as an ingredient. Raises IngredientError."""
    if food.supplement:
        raise SupplementInRecipeError(food)
    if amount.grams is None:
        raise NoWeightError(food)
    return Ingredient(
        food.key,
        food.name,
        amount.amount,
        amount.measure,
        amount.grams,
        amount.assumed,
        amount.system,
    )


def reweigh(recipe: Recipe, foods: Mapping[str, Food]) -> Recipe:
    """Return the recipe with its ingredients weighed by the measures of today's foods.

    An ingredient whose measure is gone keeps its weight. Raises IngredientError.
    """
    ingredients = []
    for old in recipe.ingredients:
        food = foods[old.key]
        try:
            amount = food_amount(food, old.amount, old.measure, system=old.system or "us")
        except (UnconvertibleError, UnreadableError):
            grams = old.grams if food.unit == "g" else None
            amount = FoodAmount(old.grams, grams, old.amount, old.measure, "", system=old.system)
        ingredients.append(ingredient(food, amount._replace(assumed=old.assumed)))
    return recipe._replace(ingredients=tuple(ingredients))


def dish(key: str, recipe: Recipe, foods: Mapping[str, Food]) -> Food:
    """Return a recipe as a food, with figures per 100 g of what is served."""
    serving = round(recipe.grams / recipe.serves, _DECIMALS)
    return Food(
        key=key,
        name=recipe.name,
        kind="food",
        unit="g",
        per=_PER_GRAMS,
        figures=_figures(recipe, foods),
        portions={SERVING: serving},
        origin="user",
        piece=SERVING,
        serving=(1.0, SERVING),
    )


def ingredient_amounts(recipe: Recipe, foods: Mapping[str, Food]) -> list[Mapping[str, Amount]]:
    """Return what each ingredient brings of every nutrient; unknown if it has no weight now."""
    return [
        nutrients(food, item.grams) if food.unit == "g" else dict.fromkeys(NUTRIENTS, UNKNOWN)
        for item in recipe.ingredients
        for food in (foods[item.key],)
    ]


def _figures(recipe: Recipe, foods: Mapping[str, Food]) -> dict[str, Figure]:
    """Return the figures of the dish; a nutrient of which nothing is known has none."""
    amounts = ingredient_amounts(recipe, foods)
    figures = {}
    for nutrient in NUTRIENTS:
        whole = total(each[nutrient] for each in amounts).times(_PER_GRAMS / recipe.grams)
        if whole.best is None:
            continue
        note = "sum of its ingredients"
        pairs = zip(recipe.ingredients, amounts, strict=True)
        unknown = [item.food for item, each in pairs if not each[nutrient].known]
        if unknown:
            note += f"; no full figure for {' · '.join(dict.fromkeys(unknown))}"
        amount = whole._replace(unknown=int(whole.high is None))
        figures[nutrient] = Figure(amount, "calculated", SOURCE, note)
    return figures


def same_dish(one: Food, other: Food) -> bool:
    """Whether two states of a dish hold and weigh the same."""
    amounts, others = (
        {nutrient: figure.amount for nutrient, figure in food.figures.items()}
        for food in (one, other)
    )
    return (one.name, amounts, one.portions) == (other.name, others, other.portions)


def way_round(recipes: Mapping[str, Recipe], key: str) -> list[str]:
    """Return the names of the recipes on the way from one back to itself, or nothing."""
    return _way(recipes, key, key, set())


def _way(recipes: Mapping[str, Recipe], key: str, end: str, seen: set[str]) -> list[str]:
    recipe = recipes[key]
    for inner in dict.fromkeys(item.key for item in recipe.ingredients):
        if inner == end:
            return [recipe.name, recipes[end].name]
        if inner in recipes and inner not in seen:
            seen.add(inner)
            if way := _way(recipes, inner, end, seen):
                return [recipe.name, *way]
    return []


def holders(recipes: Mapping[str, Recipe], key: str) -> list[str]:
    """Return the recipes that hold a food, and those that hold them, inner ones first."""
    order: list[str] = []
    _hold(recipes, key, {key}, order)
    return order[-2::-1]


def _hold(recipes: Mapping[str, Recipe], key: str, seen: set[str], order: list[str]) -> None:
    """Append what holds a food, then the food: read backwards, each comes before its holders."""
    for outer, recipe in recipes.items():
        if outer not in seen and any(item.key == key for item in recipe.ingredients):
            seen.add(outer)
            _hold(recipes, outer, seen, order)
    order.append(key)


def read_name(text: str) -> str:
    """Return the name of a recipe. Raises UnreadableError."""
    name = clean(text, "name", 100)
    if not name_words(name):
        raise UnreadableError(f'"{shown(text)}" cannot be typed as a food: use letters or digits')
    return name


def read_serves(text: str) -> float:
    """Return for how many a dish is. Raises UnreadableError."""
    serves = number(clean(text, "number of servings", 40))
    if serves > _MOST_SERVINGS:
        raise UnreadableError(f'"{shown(text)}" servings: {_MOST_SERVINGS} are the most')
    return serves


def read_yield(text: str) -> float:
    """Return what a dish weighs, in grams. Raises UnreadableError."""
    typed = typed_amount(clean(text, "yield", 40))
    if typed is None or typed.measure not in GRAMS:
        raise UnreadableError(
            f'"{shown(text)}" is not what a dish weighs: write 850g, or leave --yield out'
        )
    return round(typed.amount * GRAMS[typed.measure], _DECIMALS)


def odd_yield(recipe: Recipe) -> str | None:
    """Return why the weight of a dish is hardly meant, if so. Raises WeightError."""
    grams, raw = recipe.grams, recipe.raw_grams
    if not _LEAST_GRAMS <= grams <= _MOST_GRAMS:
        raise WeightError(recipe)
    if raw / _ODD_YIELD <= grams <= raw * _ODD_YIELD:
        return None
    weights = f"weighs {written(grams)} g, its ingredients {written(round(raw, 2))} g"
    return f"{recipe.name} {weights}: hardly so"
