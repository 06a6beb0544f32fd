"""The user's own foods, names and recipes: each written as one undoable change.

A recipe is a food, the dish, and beside it what that is made of. Whoever edits a food or recipe of
their own has the recipes that hold it worked out anew, in the same change. A new catalogue or table
leaves them as they are.
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
    reweigh,
    way_round,
)
from k2log.names import name_key
from k2log.store.diary import Diary
from k2log.store.food_rows import foods_edited, place_of, save_food
from k2log.store.foods import foods_of_keys, names_of
from k2log.store.journal import new_change
from k2log.text import pasted, quoted, shown

_RECIPES = """
SELECT key, name, serves, yield_grams, items
FROM recipes JOIN foods ON foods.id = recipes.food_id
WHERE retired IS NULL
ORDER BY foods.id
"""


class TakenNameError(FoodError):
    """A name that a food has already."""

    def __init__(self, name: str, food: str, key: str) -> None:
        """Take the name wanted, and the food that has it."""
        super().__init__(
            f'"{name}" is already a name of {food} (food:{key}).'
            f" Change that one: k2log foods edit food:{key}; or choose another name."
        )


class NotOwnError(FoodError):
    """A food that is not the user's own, and so is not edited."""

    def __init__(self, food: Food) -> None:
        """Take the food."""
        super().__init__(
            f"{food.name} is not a food of your own, so its figures stay as they are."
            " Add your own: k2log foods add NAME. A measure of yours it takes:"
            f' {pasted("k2log", "foods", "edit", food.name, "--portion")} "my slice=22g"'
        )


class FoodChangedError(K2logError):
    """A food or recipe of one's own that another program changed or removed meanwhile."""

    def __init__(self, name: str) -> None:
        """Take its name."""
        super().__init__(
            f"{shown(name)} was changed or removed meanwhile. Nothing was written; try again."
        )


def own_as_it_is(diary: Diary, food: Food) -> Food:
    """Return a food as the diary holds it now. Raises FoodChangedError if it is not in use."""
    now = foods_of_keys(diary, [food.key], retired=False).get(food.key)
    if now is None:
        raise FoodChangedError(food.name)
    return now


def save_own(diary: Diary, food: Food, names: tuple[str, ...], command: str, at: str) -> None:
    """Add a food of one's own, or replace the one of the same key; recipes that hold it follow.

    Raises IsRecipeError.
    """
    with diary.writing() as db:
        refuse_recipe(diary, food)
        change = new_change(db, command, at)
        save_food(db, change, food, names)
        work_out_holders(diary, change, food.key)


def retire_own(diary: Diary, food: Food, command: str, at: str) -> None:
    """Take a food of one's own out of use; entries keep what they hold.

    Raises NotOwnError, FoodChangedError.
    """
    if food.origin != "user":
        raise NotOwnError(food)
    with diary.writing() as db:
        own_as_it_is(diary, food)
        ids = db.execute("SELECT id FROM foods WHERE key = ?", (food.key,)).fetchone()
        change = new_change(db, command, at)
        foods_edited(db, change, ids)
        db.execute("UPDATE foods SET retired = ? WHERE id = ?", (at, *ids))


def add_name(diary: Diary, food: Food, name: str, command: str, at: str) -> None:
    """Give any food another name of the user's own. Raises TakenNameError."""
    key = name_key(name)
    with diary.writing() as db:
        taken = db.execute(
            "SELECT foods.name, foods.key FROM food_names"
            " JOIN foods ON foods.id = food_names.food_id"
            " WHERE name_key = ? AND retired IS NULL AND own",
            (key,),
        ).fetchone()
        if taken is None and key in map(name_key, names_of(diary, food.key)):
            taken = (food.name, food.key)
        if taken:
            raise TakenNameError(name, *taken)
        place = place_of(db, food)
        foods_edited(db, new_change(db, command, at), [place])
        _put_name(db, place, name)


def remove_name(diary: Diary, name: str, command: str, at: str) -> bool:
    """Take away a name of the user's own; False if there is none such."""
    key = name_key(name)
    with diary.writing() as db:
        rows = db.execute("SELECT food_id FROM food_names WHERE name_key = ? AND own", (key,))
        ids = sorted({food_id for (food_id,) in rows})
        if not ids:
            return False
        foods_edited(db, new_change(db, command, at), ids)
        db.execute("DELETE FROM food_names WHERE name_key = ? AND own", (key,))
    return True


def mean_from_now_on(diary: Diary, name: str, food_key: str, command: str, at: str) -> None:
    """Let a name of the user's own mean this food, whatever it meant before."""
    key = name_key(name)
    with diary.writing() as db:
        wanted = place_of(db, foods_of_keys(diary, [food_key], retired=False)[food_key])
        held = db.execute("SELECT food_id FROM food_names WHERE name_key = ? AND own", (key,))
        ids = {food for (food,) in held} | {wanted}
        foods_edited(db, new_change(db, command, at), sorted(ids))
        db.execute("DELETE FROM food_names WHERE name_key = ? AND own", (key,))
        _put_name(db, wanted, name)


def _put_name(db: sqlite3.Connection, food_id: int, name: str) -> None:
    db.execute(
        "INSERT INTO food_names (food_id, position, name, name_key, own)"
        " SELECT ?, coalesce(max(position), 0) + 1, ?, ?, 1 FROM food_names WHERE food_id = ?",
        (food_id, name, name_key(name), food_id),
    )


def meant_by(diary: Diary, name: str) -> str | None:
    """Return the food that a name of the user's own means; None if there is none such."""
    row = diary.db.execute(
        "SELECT foods.name FROM food_names JOIN foods ON foods.id = food_names.food_id"
        " WHERE name_key = ? AND own AND retired IS NULL",
        (name_key(name),),
    ).fetchone()
    return str(row[0]) if row else None


def own_names(diary: Diary) -> list[tuple[str, str, list[str]]]:
    """Return the foods that are the user's own or have a name of theirs: key, name, those names."""
    rows = diary.db.execute(
        "SELECT foods.key, foods.name, food_names.name"
        " FROM foods LEFT JOIN food_names ON food_names.food_id = foods.id"
        "  AND (own OR origin = 'user') AND food_names.name <> foods.name"
        " WHERE retired IS NULL AND (origin = 'user' OR own)"
        " ORDER BY lower(foods.name), foods.key, position"
    )
    foods: dict[tuple[str, str], list[str]] = {}
    for key, food, name in rows:
        foods.setdefault((key, food), []).extend([name] if name else [])
    return [(key, food, names) for (key, food), names in foods.items()]


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


def all_recipes(diary: Diary) -> dict[str, Recipe]:
    """Return the recipes in use, each under the key of its dish."""
    return {
        key: Recipe(
            name, tuple(Ingredient(**item) for item in json.loads(items)), serves, yield_grams
        )
        for key, name, serves, yield_grams, items in diary.db.execute(_RECIPES)
    }


def refuse_recipe(diary: Diary, food: Food) -> None:
    """Raise IsRecipeError if a food that shall be written has the key or name of a recipe."""
    for key, recipe in all_recipes(diary).items():
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
        if way := way_round(all_recipes(diary) | {food.key: recipe}, food.key):
            raise CircleError(way)
        _save_dish(db, change, food, recipe)
        work_out_holders(diary, change, food.key)


def work_out_holders(diary: Diary, change: int, key: str) -> None:
    """Work out anew, within a change, every recipe that a food is part of.

    Raises HeldByRecipeError.
    """
    recipes = all_recipes(diary)
    for outer in holders(recipes, key):
        recipe = recipes[outer]
        foods = ingredient_foods(diary, recipe)
        try:
            recipe = reweigh(recipe, foods)
        except IngredientError as why:
            raise HeldByRecipeError(recipe.name, why) from None
        _save_dish(diary.db, change, dish(outer, recipe, foods), recipe)


def _save_dish(db: sqlite3.Connection, change: int, food: Food, recipe: Recipe) -> None:
    food_id = save_food(db, change, food, (food.name,))
    items = json.dumps([held._asdict() for held in recipe.ingredients], ensure_ascii=False)
    db.execute(
        "INSERT INTO recipes (food_id, serves, yield_grams, items) VALUES (?, ?, ?, ?)",
        (food_id, recipe.serves, recipe.yield_grams, items),
    )
