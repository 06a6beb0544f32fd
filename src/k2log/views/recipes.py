"""Recipes as text: what is in each, and what a serving of it holds."""

from collections.abc import Mapping, Sequence
from typing import Final

from k2log.food.amount import Amount
from k2log.food.food import Food
from k2log.food.measure import nutrients
from k2log.food.recipe import Ingredient, Recipe
from k2log.grammar.units import plural
from k2log.views.lines import plain_number, totals_text
from k2log.views.numbers import clean
from k2log.views.page import Page

NO_RECIPES: Final = (
    'No recipes yet. To make one: k2log recipe add "natto bowl" "natto 50g" "rice 150g"\n'
)


def recipe_text(
    recipe: Recipe, food: Food, held: Sequence[Mapping[str, Amount]], page: Page
) -> str:
    """Return a recipe line by line: its ingredients, the whole, a serving."""
    labels = [clean(f"{each.food} · {_eaten(each)}") for each in recipe.ingredients]
    lines = [*zip(labels, held, strict=True), *_sums(recipe, food)]
    return f"{clean(recipe.name)}  (food:{food.key})\n\n{totals_text(lines, page)}"


def _sums(recipe: Recipe, food: Food) -> list[tuple[str, Mapping[str, Amount]]]:
    whole = (_whole(recipe), nutrients(food, recipe.grams))
    if recipe.serves == 1:
        return [whole]
    many = f"1 of {plain_number(recipe.serves)} servings = {_grams(recipe.grams / recipe.serves)}"
    return [whole, (many, nutrients(food, recipe.grams / recipe.serves))]


def _whole(recipe: Recipe) -> str:
    name = "1 serving" if recipe.serves == 1 else "in all"
    if recipe.yield_grams is None:
        return f"{name} = {_grams(recipe.grams)}"
    return f"{name} = {_grams(recipe.raw_grams)}, {_grams(recipe.grams)} when ready"


def recipes_text(recipes: Sequence[tuple[Recipe, Food]], page: Page) -> str:
    """Return the recipes there are, each with what a serving of it holds."""
    if not recipes:
        return NO_RECIPES
    servings = [(recipe, food, recipe.grams / recipe.serves) for recipe, food in recipes]
    return totals_text(
        [
            (clean(f"{recipe.name} · 1 serving = {_grams(grams)}"), nutrients(food, grams))
            for recipe, food, grams in servings
        ],
        page,
    )


def _eaten(ingredient: Ingredient) -> str:
    """Return how much of a food: ``1 slice = 28 g (assumed)``, ``50 g``."""
    measure = ingredient.measure or ""
    named = plural(measure) if ingredient.amount > 1 else measure
    said = dict.fromkeys(
        [f"{plain_number(ingredient.amount)} {named}".rstrip(), _grams(ingredient.grams)]
    )
    return " = ".join(said) + " (assumed)" * ingredient.assumed


def _grams(grams: float) -> str:
    return f"{plain_number(grams if grams < 100 else round(grams, 1))} g"
