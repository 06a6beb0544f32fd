"""``k2log explain``: what is known of a claim, and where figures come from."""

from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.asking import chooser
from k2log.commands.completing import explainable
from k2log.commands.output import emit
from k2log.commands.page import page
from k2log.errors import FoodError
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.food.choosing import UnknownFoodError
    from k2log.store.diary import Diary

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class UnknownTopicError(FoodError):
    """What was typed is neither a topic nor a food."""

    def __init__(self, unknown: "UnknownFoodError") -> None:
        """Take what was said of it as a food."""
        super().__init__(f"{unknown}; topics: k2log explain")


@app.command()
def explain(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC|FOOD]...",
            help="A topic, a caveat, a food (food:KEY), sources or targets. Nothing: the topics.",
            autocompletion=explainable,
        ),
    ] = None,
) -> None:
    """Say what is known of a claim, or where figures come from."""
    from k2log.science.topics import find_topic, load_topics
    from k2log.views.topics import topic_text, topics_text

    name = " ".join(what or ())
    topics = load_topics()
    if not name:
        emit(topics_text(topics, page(ctx.obj.plain)))
    elif topic := find_topic(name, topics):
        emit(topic_text(topic, page(ctx.obj.plain)))
    else:
        emit(_of_the_diary(ctx, name))


def _of_the_diary(ctx: typer.Context, name: str) -> str:
    from k2log.store.diary import open_diary
    from k2log.store.foods import sources
    from k2log.views.foods import sources_text

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        if name == "targets":
            return _targets(diary)
        if name == "sources":
            return sources_text(sources(diary))
        return _food(diary, name, plain_words=ctx.obj.plain)


def _targets(diary: "Diary") -> str:
    from k2log.store.profile import held_profile
    from k2log.views.targets import targets_text

    return targets_text(held_profile(diary), diary.day_of(clock.now()))


def _food(diary: "Diary", name: str, *, plain_words: bool) -> str:
    from k2log.food.choosing import UnknownFoodError
    from k2log.store.foods import sources
    from k2log.views.foods import explained_text

    try:
        food = chooser(diary).food(name).food
    except UnknownFoodError as unknown:
        raise UnknownTopicError(unknown) from None
    return explained_text(food, sources(diary), plain_words=plain_words)
