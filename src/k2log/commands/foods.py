"""``k2log foods``: find foods, look at them, and add one's own."""

from typing import Annotated

import typer

from k2log.commands.asking import chooser
from k2log.commands.completing import food_words
from k2log.commands.foods_import import import_foods
from k2log.commands.foods_own import alias, own, rm
from k2log.commands.output import emit, note
from k2log.paths import diary_path

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="Find foods, look at their figures, add your own.",
    no_args_is_help=True,
)
Words = Annotated[
    list[str], typer.Argument(metavar="FOOD...", help="A name.", autocompletion=food_words)
]


@app.command()
def search(
    ctx: typer.Context,
    words: Words,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The most to show.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Find foods by name, the best first."""
    from k2log.food.choosing import search as find
    from k2log.store.diary import open_diary
    from k2log.views.foods import found_json, found_text

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        found = find(" ".join(words), chooser(diary))
    emit(found_json(found[:limit]) if as_json else found_text(found[:limit]))
    if not found:
        note(f'no food is called anything like "{" ".join(words)}"')
    elif len(found) > limit and not as_json:
        note(f"and {len(found) - limit} more: --limit {min(len(found), 1000)}")


@app.command()
def show(ctx: typer.Context, words: Words) -> None:
    """Show one food: figures, basis, source, measures, names."""
    from k2log.food.measure import in_system
    from k2log.store.diary import open_diary
    from k2log.store.food_names import names_of
    from k2log.views.foods import food_text

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        ask = chooser(diary)
        food = in_system(ask.food(" ".join(words)).food, ask.system)
        names = names_of(diary, food.key)
    emit(food_text(food, names, plain_words=ctx.obj.plain))


@app.command()
def names(
    ctx: typer.Context,
    prefix: Annotated[
        str, typer.Argument(metavar="[PREFIX]", help="What the names begin with.")
    ] = "",
) -> None:
    """Print every name that can be typed, one a line, your own first; for scripts."""
    from k2log.store.diary import open_diary
    from k2log.store.food_names import all_names

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        found = all_names(diary, prefix)
    emit("".join(f"{name}\n" for name in found))


app.command("add", help="Add a food or supplement of your own, from its label.")(own)
app.command("edit", help="Change a food of your own; what is not given stays.")(own)
app.command()(rm)
app.command()(alias)
app.command("import")(import_foods)
