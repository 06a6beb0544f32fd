"""``k2log foods``: find foods, look at them, add one's own, and give them names."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Final

from k2log import clock
from k2log.catalogue.kinds import Kind, load_kind_figures, load_kinds, with_kind
from k2log.commands import bad_parameter, prompt
from k2log.commands.asking import chooser
from k2log.commands.completing import food_name, food_words
from k2log.commands.consequences import consequences_lines
from k2log.commands.declaration import App, Argument, Context, Option, parameter, parameters
from k2log.commands.output import emit, interactive, note, page
from k2log.diary.recalculation import as_food
from k2log.errors import FoodError, K2logError
from k2log.food.chooser import search as find
from k2log.food.food import Food
from k2log.food.label import completed_by, food_of, read_label, read_portions
from k2log.food.languages import english
from k2log.food.measure import food_amount, in_system
from k2log.grammar.numbers import written
from k2log.names import name_key
from k2log.nutrients import NUTRIENTS, PARTS
from k2log.paths import diary_path
from k2log.render.foods import food_text, matches_json, matches_text, own_names_text
from k2log.render.page import Page
from k2log.store.diary import Diary, open_diary
from k2log.store.foods import StoredFoods, all_names, foods_of_keys, names_of
from k2log.store.own_foods import (
    NotOwnError,
    add_name,
    own_as_it_is,
    own_names,
    remove_name,
    retire_own,
    save_own,
)
from k2log.store.own_measures import change_measures, own_measures
from k2log.store.recalculations import ids_of_food
from k2log.text import clean, pasted, quoted, shown

Known = Annotated[str, Argument(metavar="FOOD", help="A food.", autocompletion=food_name)]
Amount = Annotated[str | None, Option(metavar="AMOUNT", help="As on the label.")]

_OPTIONS: Final = {
    nutrient.option.replace("-", "_"): nutrient.id
    for nutrient in NUTRIENTS.values()
    if nutrient.option
}
"""The nutrient that each option is for, by the name of its parameter."""

_EXAMPLE = '--per "2 tablets" --calcium 500mg --d3 1000IU --mk7 90mcg'


class NoFiguresError(K2logError):
    """A food without a single figure."""

    exit_code = 2

    def __init__(self) -> None:
        """Show what a label may say."""
        super().__init__(f"what does the label say? For example: {_EXAMPLE}")


class FoodNameTakenError(FoodError):
    """A name that a food has already."""

    def __init__(self, name: str, food: Food) -> None:
        """Take the name wanted and the food that bears it."""
        recipe = any(figure.source == "own-recipe" for figure in food.figures.values())
        change = "recipe edit" if recipe else "foods edit"
        way = (
            f"Change it: k2log {change} {quoted(food.name)}"
            if food.origin == "user"
            else "Choose another name, or add --yes to mean your own from now on"
        )
        super().__init__(f'"{name}" is a food already: {food.name} (food:{food.key}). {way}.')


def _with_figures(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each nutrient that has one, behind ``--per``."""
    declared = parameters(command)
    at = [each.name for each in declared].index("per") + 1
    declared[at:at] = [parameter(name, Amount, None) for name in _OPTIONS]
    vars(command)["parameters"] = declared
    return command


@_with_figures
def own(
    ctx: Context,
    name: Annotated[str, Argument(metavar="NAME", help="What you will type to log it.")],
    per: Annotated[
        str | None,
        Option(metavar="AMOUNT", help='What the figures are for: "2 tablets", "100 g".'),
    ] = None,
    portion: Annotated[
        list[str] | None, Option(metavar="SIZE", help="A measure: slice=28g; slice= takes it away.")
    ] = None,
    supplement: Annotated[
        bool | None, Option("--supplement/--food", help="Tablets are supplements anyway.")
    ] = None,
    kind: Annotated[
        str | None, Option("--kind", metavar="KIND", help="What kind of food it is: bread, cake.")
    ] = None,
    like: Annotated[
        str | None,
        Option("--like", metavar="FOOD", help="Take what the label leaves out from this food."),
    ] = None,
    yes: Annotated[
        bool, Option("--yes", "-y", help="Take a name that a food has already.")
    ] = False,
    **figures: str | None,
) -> None:
    """Add or edit a food of one's own (which of the two is the command's name).

    ``figures`` are what was typed for the nutrients, by their options.
    """
    given = {_OPTIONS[name]: text for name, text in figures.items() if text is not None}
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        before = chooser(diary).food(name).food if ctx.info_name == "edit" else None
        if before is None:
            _refuse_taken(diary, name, yes=yes)
        elif before.origin != "user":
            if given or per or kind or like or supplement is not None or not portion:
                raise NotOwnError(before)
            measured = _with_measures(diary, before, portion)
            names = tuple(names_of(diary, before.key))
            emit(food_text(measured, names, plain_words=ctx.obj.plain), f"{name} was saved")
            return
        completed = like is not None or (before is not None and bool(portion or kind))
        if not given and not portion and not completed and interactive():
            per, given = _ask_label(name, per, supplement, before)
        if not given and not completed:
            raise NoFiguresError
        command, at = pasted("foods", ctx.info_name or "", name), clock.utc(clock.now())
        with diary.writing():  # what was asked may have taken time
            now = own_as_it_is(diary, before) if before else None
            if now is None:
                _refuse_taken(diary, name, yes=yes)
            label = read_label(name, per, given, portion or [], supplement, now)
            food = _filled(diary, food_of(label, now.key if now else None), kind, like)
            names = tuple(names_of(diary, now.key) if now else ()) or (label.name,)
            save_own(diary, food, names, command, at)
        emit(food_text(food, names, plain_words=ctx.obj.plain), f"{name} was saved")
        _note_entries(diary, food, name, page(ctx.obj.plain))


def _filled(diary: Diary, food: Food, kind: str | None, like: str | None) -> Food:
    """Return a food of one's own with what its label leaves out, by its kind or another food.

    Raises FoodError.
    """
    if like is not None:
        food = completed_by(food, chooser(diary).food(like).food)
    return with_kind(food, _kind(food, kind), load_kind_figures())


def _kind(food: Food, typed: str | None) -> Kind | None:
    """Return the kind that was typed, or that the food's name says. Raises FoodError."""
    kinds = load_kinds()
    if typed is None:
        return kinds.of([food.name])
    key = typed.strip().lower().replace(" ", "-")
    if named := kinds.by_key.get(key) or kinds.of([typed]):
        return named
    raise FoodError(f'"{shown(typed)}" is no kind of food: one of {", ".join(kinds.by_key)}')


def _with_measures(diary: Diary, food: Food, portions: Sequence[str]) -> Food:
    """Give a food that is not one's own measures; return it with them. Raises FoodError."""
    sizes: dict[str, float | None] = {}
    for measure, size in read_portions(portions).items():
        if size is None and measure not in food.own_measures:
            raise FoodError(f'{food.name} has no measure "{shown(measure)}" of your own.')
        sizes[measure] = food_amount(food, size.per, size.unit).quantity if size else None
    command = pasted("foods", "edit", food.name, "--portion", *portions)
    change_measures(diary, food, sizes, command, clock.utc(clock.now()))
    return foods_of_keys(diary, [food.key], retired=False)[food.key]


def _refuse_taken(diary: Diary, name: str, *, yes: bool) -> None:
    """Refuse a name that a food has; with ``yes`` only where that is one of one's own.

    Raises FoodNameTakenError.
    """
    key = name_key(name)
    for food in StoredFoods(diary).named([key]).get(key, []):
        if food.origin == "user" or not yes:
            raise FoodNameTakenError(name, food)


def _ask_label(
    name: str, per: str | None, supplement: bool | None, before: Food | None
) -> tuple[str | None, dict[str, str]]:
    """Ask what a label says: what its figures are for, and those that are on it by nutrient.

    Each answer is read at once, and asked for again where it cannot be right. The whole of a
    vitamin is asked for only where none of its forms was given.
    """

    def check(per: str | None, nutrient: str, text: str) -> None:
        figures = {nutrient: text} if text else {}
        food_of(read_label(name, per, figures, [], supplement, before))

    same = f"{written(before.per)} {before.unit}" if before else ""
    for_what = "The label's figures are for"
    per = per or _ask_until(for_what, lambda text: check(text, "", ""), same or "100 g")
    per = None if per == same else per
    empty = "empty: as it was" if before and per is None else "empty: not on the label"
    figures: dict[str, str] = {}
    asked = [nutrient for nutrient in NUTRIENTS.values() if nutrient.prompted]
    for nutrient in sorted(asked, key=lambda nutrient: nutrient.id in PARTS):
        if not figures.keys() & PARTS.get(nutrient.id, ()):
            form = ", form not stated" if nutrient.id in PARTS else ""
            question = f"{nutrient.name}{form} ({empty})"
            answer = _ask_until(question, partial(check, per, nutrient.id))
            figures |= {nutrient.id: answer} if answer else {}
    return per, figures


def _ask_until(question: str, check: Callable[[str], None], default: str = "") -> str:
    """Ask until an answer can be read; an empty one is none."""
    while True:
        answer = prompt(question, default, show_default=bool(default)).strip()
        try:
            if answer:
                check(answer)
        except K2logError as error:
            note(str(error))
        else:
            return answer


def rm(ctx: Context, name: Known) -> None:
    """Take a food of your own out of use; entries stay as they are."""
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        food = chooser(diary).food(name).food
        retire_own(diary, food, pasted("foods", "rm", name), clock.utc(clock.now()))
    emit(f"removed {food.name}; k2log undo brings it back\n", "it was removed")


def alias(
    ctx: Context,
    name: Annotated[str, Argument(metavar="NAME", help="The name you want to type.")],
    food: Annotated[
        str | None, Argument(metavar="FOOD", help="What it means.", autocompletion=food_name)
    ] = None,
    remove: Annotated[bool, Option("--rm", help="Take the name away again.")] = False,
) -> None:
    """Give a food a name of your own: foods alias breakfast-cheese gouda."""
    wanted = clean(name, "name", 100)
    at, command = clock.utc(clock.now()), pasted("foods", "alias", name, food or "--rm")
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        if remove:
            if not remove_name(diary, wanted, command, at):
                raise FoodError(f'"{wanted}" is no name of your own.')
            emit(f"{wanted} means nothing of its own any more\n", "the name was removed")
            return
        if food is None:
            raise bad_parameter(f"which food? {pasted('k2log', 'foods', 'alias', wanted, 'FOOD')}")
        meant = chooser(diary).food(food).food
        add_name(diary, meant, wanted, command, at)
        emit(f"{wanted} now means {meant.name}\n", "the name was added")
        _note_entries(diary, meant, wanted, page(ctx.obj.plain))


def _note_entries(diary: Diary, food: Food, name: str, page: Page) -> None:
    """Say what other entries a name's food, or its figures of now, would make."""
    ids = ids_of_food(diary, food.key, name)
    for line in consequences_lines(diary, ids, ["--food", name], page, partial(as_food, food)):
        note(line)


app = App(
    help="Find foods, look at figures, add your own.",
    no_args_is_help=True,
)
Words = Annotated[list[str], Argument(metavar="FOOD...", help="A name.", autocompletion=food_words)]


@app.command()
def search(
    ctx: Context,
    words: Words,
    limit: Annotated[int, Option(min=1, max=1000, help="The most to show.")] = 20,
    as_json: Annotated[bool, Option("--json", help="As JSON.")] = False,
) -> None:
    """Find foods by name, the best first."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        ask = chooser(diary)
        matches = find(english(" ".join(words), ask.foods, ask.language), ask)
    emit(matches_json(matches[:limit]) if as_json else matches_text(matches[:limit]))
    if not matches:
        note(f'no food is called anything like "{" ".join(words)}"')
    elif len(matches) > limit and not as_json:
        note(f"and {len(matches) - limit} more: --limit {min(len(matches), 1000)}")


@app.command()
def show(ctx: Context, words: Words) -> None:
    """Show one food: figures, basis, source, measures, names."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        ask = chooser(diary)
        name = english(" ".join(words), ask.foods, ask.language)
        food = in_system(ask.food(name).food, ask.system)
        names = names_of(diary, food.key)
    emit(food_text(food, names, plain_words=ctx.obj.plain))


@app.command("list")
def list_(ctx: Context) -> None:
    """Show the foods of your own, and the names and measures you have given."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        foods = own_names(diary)
        measured = foods_of_keys(diary, own_measures(diary), retired=False)
    emit(own_names_text(foods, measured))


@app.command()
def names(
    ctx: Context,
    prefix: Annotated[str, Argument(metavar="[PREFIX]", help="What the names begin with.")] = "",
) -> None:
    """Print every name that can be typed, one a line, your own first; for scripts."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        lines = [f"{name}\n" for name in all_names(diary, prefix)]
    emit("".join(lines))


app.command(
    "add",
    help="Add a food or supplement of your own, from its label.",
    examples=(
        'foods add "my capsule" --per "1 capsule" --d3 1000IU --mk7 90mcg',
        'foods add "oat drink x" --per "100 ml" --calcium 120mg --like "oat milk"',
        'foods add "my bread" --per "100 g" --calcium 150mg --portion slice=40g',
    ),
)(own)
app.command(
    "edit",
    help="Change a food of your own, or give any food a measure; what is not given stays.",
    examples=(
        'foods edit "my bread" --calcium 170mg',
        'foods edit gouda --portion "my slice=22g"',
    ),
)(own)
app.command()(rm)
app.command()(alias)
