"""Recipes in the diary: what each is made of, beside the food that is the dish.

Whoever edits a food or recipe of their own has the recipes that hold it worked out anew, in the
same change. A new catalogue or table leaves them as they are.
"""

import json
import sqlite3

from k2log.errors import FoodError, K2logError
from k2log.food.food import Food
from k2log.food.recipe import (
    CircleError,
    Ingredient,
    IngredientError,
    Recipe,
    dish,
    holders,
    way_round,
    weighed_anew,
)
from k2log.names import name_key
from k2log.store.diary import Diary
from k2log.store.food_rows import save_food
from k2log.store.foods import foods_of_keys
from k2log.store.journal import new_change
from k2log.text import quoted

_RECIPES = """
SELECT key, name, serves, yield_grams, items
FROM recipes JOIN foods ON foods.id = recipes.food_id
WHERE retired IS NULL
ORDER BY foods.id
"""


class IsRecipeError(FoodError):
    """A recipe where a food from a label was meant."""

    def __init__(self, name: str) -> None:
        """Take the recipe's name."""
        super().__init__(
            f"{name} is a recipe: its figures come from its ingredients."
            f" Change those: k2log recipe edit {quoted(name)}"
        )


class HeldByRecipeError(K2logError):
    """A food that cannot become what it shall, because a recipe holds it."""

    def __init__(self, recipe: str, why: K2logError) -> None:
        """Take the recipe's name, and what is wrong."""
        super().__init__(f'it is part of the recipe "{recipe}": {why}')


def held_recipes(diary: Diary) -> dict[str, Recipe]:
    """Return the recipes in use, each under the key of its dish."""
    rows = diary.db.execute(_RECIPES)
    return {
        key: Recipe(name, _ingredients(items), serves, yield_grams)
        for key, name, serves, yield_grams, items in rows
    }


def _ingredients(items: str) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(**item) for item in json.loads(items))


def refuse_recipe(diary: Diary, food: Food) -> None:
    """Raise IsRecipeError if a food that shall be written has the key or name of a recipe."""
    for key, recipe in held_recipes(diary).items():
        if key == food.key or name_key(recipe.name) == name_key(food.name):
            raise IsRecipeError(recipe.name)


def ingredient_foods(diary: Diary, recipe: Recipe) -> dict[str, Food]:
    """Return the foods of a recipe by their keys, those no longer in use too."""
    return foods_of_keys(diary, {held.key for held in recipe.ingredients}, retired=True)


def save_recipe(diary: Diary, food: Food, recipe: Recipe, command: str, at: str) -> None:
    """Add a recipe, or replace the one of the same dish; recipes that hold it follow.

    Raises CircleError.
    """
    with diary.writing() as db:
        change = new_change(db, command, at)
        if way := way_round(held_recipes(diary) | {food.key: recipe}, food.key):
            raise CircleError(way)
        _put(db, change, food, recipe)
        work_out_holders(diary, change, food.key)


def work_out_holders(diary: Diary, change: int, key: str) -> None:
    """Work out anew, within a change, every recipe that a food is part of.

    Raises HeldByRecipeError.
    """
    recipes = held_recipes(diary)
    for outer in holders(recipes, key):
        recipe = recipes[outer]
        foods = ingredient_foods(diary, recipe)
        try:
            recipe = weighed_anew(recipe, foods)
        except IngredientError as why:
            raise HeldByRecipeError(recipe.name, why) from None
        _put(diary.db, change, dish(outer, recipe, foods), recipe)


def _put(db: sqlite3.Connection, change: int, food: Food, recipe: Recipe) -> None:
    food_id = save_food(db, change, food, (food.name,))
    items = json.dumps([held._asdict() for held in recipe.ingredients], ensure_ascii=False)
    db.execute(
        "INSERT INTO recipes (food_id, serves, yield_grams, items) VALUES (?, ?, ?, ?)",
        (food_id, recipe.serves, recipe.yield_grams, items),
    )
