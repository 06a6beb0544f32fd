"""``k2log recipe``: foods made of foods."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final

from k2log import clock
from k2log.commands import consent, refuse_unknown_options
from k2log.commands.asking import chooser
from k2log.commands.completing import food_name
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, interactive, note, page
from k2log.diary.understanding import ImplausibleError, Item, check_plausible, understand
from k2log.errors import FoodError
from k2log.food.chooser import UnknownFoodError
from k2log.food.food import Food
from k2log.food.label import own_key
from k2log.food.measure import nutrients
from k2log.food.recipe import (
    IngredientError,
    Recipe,
    dish,
    ingredient,
    ingredient_amounts,
    odd_yield,
    read_name,
    read_serves,
    read_yield,
    reweigh,
    same_dish,
)
from k2log.grammar.units import plural
from k2log.names import name_key
from k2log.paths import diary_path
from k2log.render.entries import plain_number, totals_text
from k2log.render.numbers import clean
from k2log.render.page import Page
from k2log.store.diary import Diary, open_diary
from k2log.store.foods import StoredFoods, foods_of_keys
from k2log.store.own_foods import (
    all_recipes,
    ingredient_foods,
    meant_by,
    own_as_it_is,
    retire_own,
    save_recipe,
)
from k2log.text import pasted, quoted, shown

NO_RECIPES: Final = (
    'No recipes yet. To make one: k2log recipe add "natto bowl" "natto 50g" "rice 150g"\n'
)

app = App(
    help="Foods made of foods: a dish of your own.",
    no_args_is_help=True,
)

_ANY_ITEMS = {"ignore_unknown_options": True}

Known = Annotated[str, Argument(metavar="NAME", help="A recipe.", autocompletion=food_name)]
Serves = Annotated[
    str | None, Option("--serves", metavar="NUMBER", help="How many servings it makes.")
]
Yield = Annotated[
    str | None,
    Option("--yield", metavar="WEIGHT", help="What it weighs when ready: 850g. Or none."),
]
Yes = Annotated[
    bool,
    Option("--yes", "-y", help="Take odd amounts, and a name that a food has already."),
]


class RecipeNameTakenError(FoodError):
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
    ctx: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What you will type to log it.")],
    items: Annotated[
        list[str],
        Argument(metavar="ITEMS...", help='"natto 50g" "rice 150g" "egg 1", as to k2log add'),
    ],
    serves: Serves = None,
    weight: Yield = None,
    yes: Yes = False,
) -> None:
    """Make a recipe: recipe add "natto bowl" "natto 50g" "rice 150g" --serves 2."""
    wanted = read_name(name)
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        _refuse_name(diary, wanted, yes=yes)
        parts = _items(diary, items, yes=yes)
        recipe = Recipe(wanted, tuple(ingredient(item.food, item.amount) for item in parts))
        recipe = _with_size(recipe, serves, weight, yes=yes)
        command, at = pasted("recipe", "add", wanted), clock.utc(clock.now())
        with diary.writing():  # what was asked may have taken time
            _refuse_name(diary, wanted, yes=yes)
            foods = ingredient_foods(diary, recipe)
            food = dish(own_key(wanted), recipe, foods)
            save_recipe(diary, food, recipe, command, at)
    _note_on(parts)
    emit(recipe_text(recipe, food, foods, page(ctx.obj.plain)), f"{wanted} was saved")


@app.command("list")
def list_(ctx: Context) -> None:
    """Show the recipes there are, and what a serving of each holds."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        recipes = all_recipes(diary)
        foods = foods_of_keys(diary, recipes, retired=False)
    pairs = [(recipe, foods[key]) for key, recipe in recipes.items()]
    emit(recipes_text(pairs, page(ctx.obj.plain)))


@app.command()
def show(ctx: Context, name: Known) -> None:
    """Show one recipe: its ingredients, and what each brings."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        food, recipe = _recipe(diary, name)
        foods = ingredient_foods(diary, recipe)
        remarks = _remarks(diary, food, recipe, foods)
    emit(recipe_text(recipe, food, foods, page(ctx.obj.plain)))
    for remark in remarks:
        note(remark)


@app.command(context_settings=_ANY_ITEMS)
def edit(
    ctx: Context,
    name: Known,
    items: Annotated[
        list[str] | None,
        Argument(metavar="[ITEMS]...", help="All ingredients, in place of those before."),
    ] = None,
    serves: Serves = None,
    weight: Yield = None,
    new_name: Annotated[str | None, Option("--name", metavar="NAME", help="Another name.")] = None,
    yes: Yes = False,
) -> None:
    """Change a recipe; what is not given stays. Without more than NAME: work it out anew.

    Entries that were logged keep their figures.
    """
    wanted = None if new_name is None else read_name(new_name)
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        old_food, old = _recipe(diary, name)
        if wanted is not None:
            _refuse_name(diary, wanted, yes=yes, but=old_food.key)
        parts = _items(diary, items, yes=yes) if items else []
        _edited(diary, old, parts, wanted, serves, weight, yes=yes)
        with diary.writing():  # what was asked may have taken time
            if wanted is not None:
                _refuse_name(diary, wanted, yes=yes, but=old_food.key)
            old_food = own_as_it_is(diary, old_food)
            old = all_recipes(diary)[old_food.key]
            recipe = _edited(diary, old, parts, wanted, serves, weight, yes=True)
            foods = ingredient_foods(diary, recipe)
            food = dish(old_food.key, recipe, foods)
            changed = recipe != old or not same_dish(food, old_food)
            if changed:
                command = pasted("recipe", "edit", old.name)
                save_recipe(diary, food, recipe, command, clock.utc(clock.now()))
    _note_on(parts)
    if not changed:
        note("nothing to change: it is worked out from today's figures already")
    elif items and recipe.yield_grams and weight is None:
        note("the weight when ready is as before: --yield changes it, --yield none forgets it")
    done = f"{recipe.name} was saved" if changed else ""
    emit(recipe_text(recipe, food, foods, page(ctx.obj.plain)), done)


@app.command()
def rm(ctx: Context, name: Known) -> None:
    """Take a recipe out of use; entries stay as they are."""
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        food, recipe = _recipe(diary, name)
        retire_own(diary, food, pasted("recipe", "rm", recipe.name), clock.utc(clock.now()))
    emit(f"removed {recipe.name}; k2log undo brings it back\n", "it was removed")


def _recipe(diary: Diary, name: str) -> tuple[Food, Recipe]:
    """Return the dish and recipe that a name means. Raises NotRecipeError, AmbiguousFoodError."""
    recipes = all_recipes(diary)
    try:
        food = chooser(diary).food(name).food
    except UnknownFoodError:
        raise NotRecipeError(name, recipes.values()) from None
    if food.key not in recipes:
        raise NotRecipeError(food.name, recipes.values())
    return food, recipes[food.key]


def _edited(
    diary: Diary,
    old: Recipe,
    parts: Sequence[Item],
    name: str | None,
    serves: str | None,
    weight: str | None,
    *,
    yes: bool,
) -> Recipe:
    """Return a recipe with what an edit gives; its old ingredients are weighed anew."""
    ingredients = tuple(ingredient(item.food, item.amount) for item in parts)
    if not ingredients:
        ingredients = reweigh(old, ingredient_foods(diary, old)).ingredients
    recipe = old._replace(name=name or old.name, ingredients=ingredients)
    return _with_size(recipe, serves, weight, yes=yes)


def _refuse_name(diary: Diary, name: str, *, yes: bool, but: str | None = None) -> None:
    """Refuse a name of another food; one of the catalogue's can be taken with ``yes``.

    ``but`` is the key of the dish that may keep its name. Raises RecipeNameTakenError,
    OwnNameError.
    """
    keys = [name_key(name), *([] if but else [f"food:{own_key(name)}"])]
    for foods in StoredFoods(diary).named(keys).values():
        for food in foods:
            if food.key != but and (food.origin == "user" or not yes):
                raise RecipeNameTakenError(name, food, recipe=food.key in all_recipes(diary))
    if other := meant_by(diary, name):
        raise OwnNameError(name, other)


def _items(diary: Diary, items: Sequence[str], *, yes: bool) -> list[Item]:
    """Return ingredients as typed, understood; the user is asked about odd amounts."""
    refuse_unknown_options(items)
    parts = understand(items, chooser(diary))
    check_plausible(parts, 1, lambda question: yes or _confirm(question))
    return parts


def _with_size(recipe: Recipe, serves: str | None, weight: str | None, *, yes: bool) -> Recipe:
    """Return the recipe with servings and weight as they were typed, if they were.

    Raises ImplausibleError where the weight is odd and nobody confirms it.
    """
    if serves is not None:
        recipe = recipe._replace(serves=read_serves(serves))
    if weight is not None:
        forget = weight.strip().lower() == "none"
        recipe = recipe._replace(yield_grams=None if forget else read_yield(weight))
    doubt = odd_yield(recipe)
    if doubt and not (yes or _confirm(f"{doubt}.")):
        raise ImplausibleError(f"{doubt}. If that is right, add --yes.")
    return recipe


def _confirm(question: str) -> bool:
    return interactive() and consent(f"{question} Keep it so?")


def _remarks(diary: Diary, food: Food, recipe: Recipe, foods: Mapping[str, Food]) -> list[str]:
    """Return what to say of ingredients that changed, or are no longer in use."""
    live = foods_of_keys(diary, foods, retired=False)
    gone = [f"{each.name} is no longer in use" for key, each in foods.items() if key not in live]
    try:
        if same_dish(dish(food.key, reweigh(recipe, foods), foods), food):
            return gone
    except IngredientError:  # it cannot be worked out anew
        pass
    way = f"k2log recipe edit {quoted(recipe.name)}"
    return [*gone, f"its ingredients changed since it was worked out. To do so anew: {way}"]


def _note_on(parts: Sequence[Item]) -> None:
    """Say once what there is to note on ingredients."""
    notes = [text for item in parts for text in item.notes]
    notes += [
        f"{item.food.name} was taken: k2log config set region says where you live"
        for item in parts
        if item.region_assumed
    ]
    for text in dict.fromkeys(notes):
        note(text)


def recipe_text(recipe: Recipe, food: Food, foods: Mapping[str, Food], page: Page) -> str:
    """Return a recipe line by line: its ingredients, the whole, a serving."""
    lines = []
    for each, amounts in zip(recipe.ingredients, ingredient_amounts(recipe, foods), strict=True):
        measure = each.measure or ""
        measure = plural(measure) if each.amount > 1 else measure
        sizes = [f"{plain_number(each.amount)} {measure}".rstrip(), _grams(each.grams)]
        size = " = ".join(dict.fromkeys(sizes)) + " (assumed)" * each.assumed
        lines.append((clean(f"{each.food} · {size}"), amounts))
    name = "1 serving" if recipe.serves == 1 else "in all"
    if recipe.yield_grams is None:
        whole = f"{name} = {_grams(recipe.grams)}"
    else:
        whole = f"{name} = {_grams(recipe.raw_grams)}, {_grams(recipe.grams)} when ready"
    lines.append((whole, nutrients(food, recipe.grams)))
    if recipe.serves != 1:
        grams = recipe.grams / recipe.serves
        serving = f"1 of {plain_number(recipe.serves)} servings = {_grams(grams)}"
        lines.append((serving, nutrients(food, grams)))
    return f"{clean(recipe.name)}  (food:{food.key})\n\n{totals_text(lines, page)}"


def recipes_text(recipes: Sequence[tuple[Recipe, Food]], page: Page) -> str:
    """Return the recipes there are, each with what a serving of it holds."""
    if not recipes:
        return NO_RECIPES
    lines = []
    for recipe, food in recipes:
        grams = recipe.grams / recipe.serves
        name = clean(f"{recipe.name} · 1 serving = {_grams(grams)}")
        lines.append((name, nutrients(food, grams)))
    return totals_text(lines, page)


def _grams(grams: float) -> str:
    return f"{plain_number(grams if grams < 100 else round(grams, 1))} g"
