"""``k2log explain``: what is known of a claim, and where figures come from."""

from datetime import date
from typing import Annotated, Final

import typer

from k2log import clock
from k2log.commands import refuse_unknown_options
from k2log.commands.asking import chooser
from k2log.commands.completing import explainable
from k2log.commands.output import emit, page
from k2log.diary.recalculation import recalculate
from k2log.errors import FoodError, UnreadableError
from k2log.features.explain.entry import day_working, entry_working
from k2log.features.explain.topics import targets_text, topic_text, topics_text
from k2log.food.chooser import UnknownFoodError
from k2log.grammar.days import NotADayError
from k2log.grammar.days import day as day_named
from k2log.grammar.ids import are_ids, entry_spans
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.paths import diary_path
from k2log.render.foods import explained_text, sources_text
from k2log.science.topics import find_topic, load_topics
from k2log.store.diary import Diary, open_diary
from k2log.store.entries import entries_in
from k2log.store.foods import foods_of_keys, sources
from k2log.store.settings import profile_of
from k2log.store.totals import day_total, entries_counting_on

_MOST: Final = 20

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class UnknownTopicError(FoodError):
    """What was typed is neither a topic nor a food."""

    def __init__(self, unknown: UnknownFoodError) -> None:
        """Take what was said of it as a food."""
        super().__init__(f"{unknown}; topics: k2log explain")


@app.command(context_settings={"ignore_unknown_options": True})
def explain(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC|ENTRY|DAY|FOOD]...",
            help="A topic or caveat; an entry's id; yesterday, mon, 2026-11-19; a food (food:KEY);"
            " sources or targets. Nothing: the topics.",
            autocompletion=explainable,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Of a day every nutrient, not only calcium, D3 and K2.")
    ] = False,
) -> None:
    """Say what is known of a claim, how a figure came about, what makes up a day."""
    words = what or []
    refuse_unknown_options(words)
    name = " ".join(words)
    if words and are_ids(name):
        emit(_entries(ctx, words))
        return
    topics = load_topics()
    if not name:
        emit(topics_text(topics, page(ctx.obj.plain)))
    elif topic := find_topic(name, topics):
        emit(topic_text(topic, page(ctx.obj.plain)))
    else:
        emit(_of_the_diary(ctx, name, every=every))


def _entries(ctx: typer.Context, words: list[str]) -> str:
    """Return entries opened up. Raises NoEntryError, UnreadableError."""
    spans = entry_spans(words)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        entries = entries_in(diary, spans, _MOST + 1)
        if len(entries) > _MOST:
            raise UnreadableError(f"these are more than {_MOST} entries, too many to explain.")
        keys = {entry.food_key for entry in entries if entry.food_key}
        foods = foods_of_keys(diary, keys, retired=False)
        bibliography = sources(diary)
        return "\n".join(
            entry_working(
                recalculate(entry, foods.get(entry.food_key or "")),
                bibliography,
                page(ctx.obj.plain),
            )
            for entry in sorted(entries, key=lambda entry: entry.id or 0)
        )


def _of_the_diary(ctx: typer.Context, name: str, *, every: bool) -> str:
    """Return the targets, the sources, what makes up a day, or where a food's figures are from."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        if name == "targets":
            return targets_text(profile_of(diary), diary.day_of(clock.now()))
        if name == "sources":
            return sources_text(sources(diary))
        if on := _day(name, diary.day_of(clock.now())):
            with diary.snapshot():
                keys = tuple(NUTRIENTS) if every else HEADLINE
                _, total = day_total(diary, on)
                entries = entries_counting_on(diary, on)
                return day_working(on, entries, total, keys, page(ctx.obj.plain))
        return _food(diary, name, plain_words=ctx.obj.plain)


def _day(name: str, today: date) -> date | None:
    """Return the day that is named; None if none is. Raises UnreadableError: a day to come."""
    try:
        return day_named(name, today)
    except NotADayError:
        return None


def _food(diary: Diary, name: str, *, plain_words: bool) -> str:
    try:
        food = chooser(diary).food(name).food
    except UnknownFoodError as unknown:
        raise UnknownTopicError(unknown) from None
    return explained_text(food, sources(diary), plain_words=plain_words)
