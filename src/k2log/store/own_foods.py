"""The user's own foods and names: written as one undoable change each."""

import sqlite3

from k2log.errors import FoodError
from k2log.food.food import Food
from k2log.names import name_key
from k2log.store.diary import Diary
from k2log.store.food_rows import foods_edited, save_food
from k2log.store.journal import new_change
from k2log.store.recipes import refuse_recipe, work_out_holders


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
            " Add your own: k2log foods add NAME"
        )


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
    """Take a food of one's own out of use; entries keep what they hold. Raises NotOwnError."""
    if food.origin != "user":
        raise NotOwnError(food)
    with diary.writing() as db:
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
            " WHERE name_key = ? AND retired IS NULL AND (own OR foods.key = ?)",
            (key, food.key),
        ).fetchone()
        if taken:
            raise TakenNameError(name, *taken)
        ids = db.execute("SELECT id FROM foods WHERE key = ?", (food.key,)).fetchone()
        foods_edited(db, new_change(db, command, at), ids)
        _put_name(db, ids[0], name)


def remove_name(diary: Diary, name: str, command: str, at: str) -> bool:
    """Take away a name of the user's own; False if there is none such."""
    key = name_key(name)
    with diary.writing() as db:
        ids = db.execute(
            "SELECT food_id FROM food_names WHERE name_key = ? AND own", (key,)
        ).fetchone()
        if ids is None:
            return False
        foods_edited(db, new_change(db, command, at), ids)
        db.execute("DELETE FROM food_names WHERE name_key = ? AND own", (key,))
    return True


def mean_from_now_on(diary: Diary, name: str, food_key: str, command: str, at: str) -> None:
    """Let a name of the user's own mean this food, whatever it meant before."""
    key = name_key(name)
    with diary.writing() as db:
        (wanted,) = db.execute("SELECT id FROM foods WHERE key = ?", (food_key,)).fetchone()
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
    found = diary.db.execute(
        "SELECT foods.name FROM food_names JOIN foods ON foods.id = food_names.food_id"
        " WHERE name_key = ? AND own AND retired IS NULL",
        (name_key(name),),
    ).fetchone()
    return str(found[0]) if found else None
