"""``k2log recipe``: foods made of foods.

Recipes as text: what is in each, and what a serving of it holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from k2log import clock
from k2log.amounts import Amount
from k2log.commands.asking import chooser
from k2log.commands.completing import food_name
from k2log.commands.output import emit, interactive, note, page
from k2log.errors import FoodError
from k2log.food.food import Food
from k2log.food.measure import nutrients
from k2log.food.recipe import Ingredient, Recipe
from k2log.grammar.units import plural
from k2log.paths import diary_path
from k2log.render.entries import plain_number, totals_text
from k2log.render.numbers import clean
from k2log.render.page import Page
from k2log.text import pasted, quoted, shown

if TYPE_CHECKING:
    from k2log.diary.understanding import Item
    from k2log.store.diary import Diary

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


app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="Foods made of foods: a dish of your own.",
    no_args_is_help=True,
)

_ANY_ITEMS = {"ignore_unknown_options": True}
_NONE = "none"

Known = Annotated[str, typer.Argument(metavar="NAME", help="A recipe.", autocompletion=food_name)]
Serves = Annotated[
    str | None, typer.Option("--serves", metavar="NUMBER", help="How many servings it makes.")
]
Yield = Annotated[
    str | None,
    typer.Option("--yield", metavar="WEIGHT", help="What it weighs when ready: 850g. Or none."),
]
Yes = Annotated[
    bool,
    typer.Option("--yes", "-y", help="Take odd amounts, and a name that a food has already."),
]


class TakenError(FoodError):
    """A name that a food has already."""

    def __init__(self, name: str, food: "Food", *, recipe: bool) -> None:
        """Take the name wanted, and the food that bears it."""
        command = "recipe" if recipe else "foods"
        way = (
            f"Change it: k2log {command} edit {quoted(food.name)}"
            if food.origin == "user"
            else "Choose another name, or add --yes to mean your own from now on"
        )
        kind = "a recipe" if recipe else "a food"
        super().__init__(
            f'"{shown(name)}" is {kind} already: {food.name} (food:{food.key}). {way}.'
        )


class OwnNameError(FoodError):
    """A name that the user gave another food."""

    def __init__(self, name: str, food: str) -> None:
        """Take the name wanted, and the food that it means."""
        super().__init__(
            f'"{shown(name)}" is your name for {food}.'
            f" Take it away first: k2log foods alias {quoted(shown(name))} --rm"
        )


class NotRecipeError(FoodError):
    """A name that is no recipe's."""

    def __init__(self, name: str, recipes: "Iterable[Recipe]") -> None:
        """Take the name as typed, or of the food it means, and the recipes there are."""
        names = "; ".join(recipe.name for recipe in recipes) or "none yet"
        super().__init__(f'"{shown(name)}" is not a recipe. Recipes: {names}.')


@app.command(context_settings=_ANY_ITEMS)
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you will type to log it.")],
    items: Annotated[
        list[str],
        typer.Argument(metavar="ITEMS...", help='"natto 50g" "rice 150g" "egg 1", as to k2log add'),
    ],
    serves: Serves = None,
    weight: Yield = None,
    yes: Yes = False,
) -> None:
    """Make a recipe: recipe add "natto bowl" "natto 50g" "rice 150g" --serves 2."""
    from k2log.food.label import own_key
    from k2log.food.recipe import Recipe, dish, read_name
    from k2log.store.diary import open_diary
    from k2log.store.own_foods import save_recipe

    wanted = read_name(name)
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        _refuse_taken(diary, wanted, yes=yes)
        understood = _understood(diary, items, yes=yes)
        recipe = _sized(Recipe(wanted, _ingredients(understood)), serves, weight)
        _check_yield(recipe, yes=yes)
        foods = {item.food.key: item.food for item in understood}
        food = dish(own_key(wanted), recipe, foods)
        save_recipe(diary, food, recipe, pasted("recipe", "add", wanted), clock.utc(clock.now()))
    _tell(understood)
    emit(_said(recipe, food, foods, plain=ctx.obj.plain), f"{wanted} was saved")


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Show the recipes there are, and what a serving of each holds."""
    from k2log.store.diary import open_diary
    from k2log.store.foods import foods_of_keys
    from k2log.store.own_foods import held_recipes

    with open_diary(diary_path(ctx.obj.db)) as diary:
        recipes = held_recipes(diary)
        foods = foods_of_keys(diary, recipes, retired=False)
    pairs = [(recipe, foods[key]) for key, recipe in recipes.items()]
    emit(recipes_text(pairs, page(ctx.obj.plain)))


@app.command()
def show(ctx: typer.Context, name: Known) -> None:
    """Show one recipe: its ingredients, and what each brings."""
    from k2log.store.diary import open_diary
    from k2log.store.own_foods import ingredient_foods

    with open_diary(diary_path(ctx.obj.db)) as diary:
        food, recipe = _held(diary, name)
        foods = ingredient_foods(diary, recipe)
        remarks = _remarks(diary, food, recipe, foods)
    emit(_said(recipe, food, foods, plain=ctx.obj.plain))
    for remark in remarks:
        note(remark)


@app.command(context_settings=_ANY_ITEMS)
def edit(
    ctx: typer.Context,
    name: Known,
    items: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ITEMS]...", help="All ingredients, in place of those before."),
    ] = None,
    serves: Serves = None,
    weight: Yield = None,
    new_name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Another name.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Change a recipe; what is not given stays. Without more than NAME: work it out anew.

    Entries that were logged keep their figures.
    """
    from k2log.food.recipe import dish, read_name, reweigh, same_dish
    from k2log.store.diary import open_diary
    from k2log.store.own_foods import ingredient_foods, save_recipe

    wanted = None if new_name is None else read_name(new_name)
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        before, held = _held(diary, name)
        if wanted is not None:
            _refuse_taken(diary, wanted, yes=yes, but=before.key)
        understood = _understood(diary, items, yes=yes) if items else []
        foods = {item.food.key: item.food for item in understood} or ingredient_foods(diary, held)
        items_now = _ingredients(understood) or reweigh(held, foods).ingredients
        recipe = held._replace(name=wanted or held.name, ingredients=items_now)
        recipe = _sized(recipe, serves, weight)
        _check_yield(recipe, yes=yes)
        food = dish(before.key, recipe, foods)
        changed = recipe != held or not same_dish(food, before)
        if changed:
            save_recipe(
                diary, food, recipe, pasted("recipe", "edit", held.name), clock.utc(clock.now())
            )
    _tell(understood)
    if not changed:
        note("nothing to change: it is worked out from today's figures already")
    elif items and recipe.yield_grams and weight is None:
        note("the weight when ready is as before: --yield changes it, --yield none forgets it")
    done = f"{recipe.name} was saved" if changed else ""
    emit(_said(recipe, food, foods, plain=ctx.obj.plain), done)


@app.command()
def rm(ctx: typer.Context, name: Known) -> None:
    """Take a recipe out of use; entries stay as they are."""
    from k2log.store.diary import open_diary
    from k2log.store.own_foods import retire_own

    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        food, recipe = _held(diary, name)
        retire_own(diary, food, pasted("recipe", "rm", recipe.name), clock.utc(clock.now()))
    emit(f"removed {recipe.name}; k2log undo brings it back\n", "it was removed")


def _held(diary: "Diary", name: str) -> "tuple[Food, Recipe]":
    """Return the recipe that a name means. Raises NotRecipeError, AmbiguousFoodError."""
    from k2log.food.chooser import UnknownFoodError
    from k2log.store.own_foods import held_recipes

    recipes = held_recipes(diary)
    try:
        food = chooser(diary).food(name).food
    except UnknownFoodError:
        raise NotRecipeError(name, recipes.values()) from None
    if food.key not in recipes:
        raise NotRecipeError(food.name, recipes.values())
    return food, recipes[food.key]


def _refuse_taken(diary: "Diary", name: str, *, yes: bool, but: str | None = None) -> None:
    """Refuse a name of another food; one of the catalogue's can be taken with ``yes``."""
    from k2log.food.label import own_key
    from k2log.names import name_key
    from k2log.store.foods import StoredFoods
    from k2log.store.own_foods import held_recipes, meant_by

    keys = [name_key(name), *([] if but else [f"food:{own_key(name)}"])]
    for foods in StoredFoods(diary).named(keys).values():
        for food in foods:
            if food.key != but and (food.origin == "user" or not yes):
                raise TakenError(name, food, recipe=food.key in held_recipes(diary))
    if other := meant_by(diary, name):
        raise OwnNameError(name, other)


def _understood(diary: "Diary", items: Sequence[str], *, yes: bool) -> "list[Item]":
    from k2log.diary.understanding import check_plausible, understand

    if unknown := next((item for item in items if item.startswith("--")), None):
        raise typer.BadParameter(f"no such option: {shown(unknown)}")
    understood = understand(items, chooser(diary))
    check_plausible(understood, 1, lambda question: yes or _confirmed(question))
    return understood


def _confirmed(question: str) -> bool:
    return interactive() and typer.confirm(f"{question} Keep it so?", err=True)


def _ingredients(understood: "Sequence[Item]") -> "tuple[Ingredient, ...]":
    from k2log.food.recipe import ingredient

    return tuple(ingredient(item.food, item.amount) for item in understood)


def _sized(recipe: "Recipe", serves: str | None, weight: str | None) -> "Recipe":
    """Return the recipe with servings and weight as they were typed, if they were."""
    from k2log.food.recipe import read_serves, read_yield

    if serves is not None:
        recipe = recipe._replace(serves=read_serves(serves))
    if weight is not None:
        forget = weight.strip().lower() == _NONE
        recipe = recipe._replace(yield_grams=None if forget else read_yield(weight))
    return recipe


def _check_yield(recipe: "Recipe", *, yes: bool) -> None:
    from k2log.diary.understanding import ImplausibleError
    from k2log.food.recipe import odd_yield

    doubt = odd_yield(recipe)
    if doubt and not (yes or _confirmed(f"{doubt}.")):
        raise ImplausibleError(f"{doubt}. If that is right, add --yes.")


def _remarks(diary: "Diary", food: "Food", recipe: "Recipe", foods: "dict[str, Food]") -> list[str]:
    """Return what to say of ingredients that changed, or are no longer in use."""
    from k2log.store.foods import foods_of_keys

    live = foods_of_keys(diary, foods, retired=False)
    gone = [f"{held.name} is no longer in use" for key, held in foods.items() if key not in live]
    if _is_of_today(food, recipe, foods):
        return gone
    way = f"k2log recipe edit {quoted(recipe.name)}"
    return [*gone, f"its ingredients changed since it was worked out. To do so anew: {way}"]


def _is_of_today(food: "Food", recipe: "Recipe", foods: "dict[str, Food]") -> bool:
    from k2log.food.recipe import IngredientError, dish, reweigh, same_dish

    try:
        return same_dish(dish(food.key, reweigh(recipe, foods), foods), food)
    except IngredientError:
        return False


def _tell(understood: "Sequence[Item]") -> None:
    notes = (said for item in understood for said in item.notes)
    assumed = (
        f"{item.food.name} was taken: k2log config set region says where you live"
        for item in understood
        if item.region_assumed
    )
    for said in dict.fromkeys([*notes, *assumed]):
        note(said)


def _said(recipe: "Recipe", food: "Food", foods: "dict[str, Food]", *, plain: bool) -> str:
    from k2log.food.recipe import ingredient_amounts

    return recipe_text(recipe, food, ingredient_amounts(recipe, foods), page(plain))
