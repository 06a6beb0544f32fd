"""``k2log explain``: where figures come from."""

from typing import Annotated

import typer

from k2log.commands.asking import chooser
from k2log.commands.completing import food_name
from k2log.commands.output import emit
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def explain(
    ctx: typer.Context,
    topic: Annotated[
        list[str],
        typer.Argument(
            metavar="FOOD|TOPIC...",
            help="A food; or: sources, calcium-paradox.",
            autocompletion=food_name,
        ),
    ],
) -> None:
    """Say where the figures of a food come from; or: sources."""
    from k2log.science.paradox import PARADOX_LINE
    from k2log.store.diary import open_diary
    from k2log.store.foods import sources
    from k2log.views.foods import explained_text, sources_text

    name = " ".join(topic)
    if name == "calcium-paradox":
        emit(f"{PARADOX_LINE}\n")
        return
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        cited = sources(diary)
        if name == "sources":
            emit(sources_text(cited))
            return
        food = chooser(diary).food(name).food
    emit(explained_text(food, cited, plain_words=ctx.obj.plain))
