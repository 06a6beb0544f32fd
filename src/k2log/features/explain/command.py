"""``k2log explain``: what is known of a claim, and where figures come from."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

from k2log import clock
from k2log.commands.asking import chooser
from k2log.commands.completing import explainable
from k2log.commands.output import emit, page
from k2log.errors import FoodError, UnreadableError
from k2log.paths import diary_path
from k2log.render.page import Page

if TYPE_CHECKING:
    from k2log.food.chooser import UnknownFoodError
    from k2log.store.diary import Diary

_MOST: Final = 20

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class UnknownTopicError(FoodError):
    """What was typed is neither a topic nor a food."""

    def __init__(self, unknown: "UnknownFoodError") -> None:
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
    from k2log.commands import refuse_unknown_options
    from k2log.features.explain.topics import topic_text, topics_text
    from k2log.grammar.ids import are_ids
    from k2log.science.topics import find_topic, load_topics

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
    from k2log.diary.recalculation import recalculate
    from k2log.features.explain.entry import entry_working
    from k2log.grammar.ids import entry_spans
    from k2log.store.diary import open_diary
    from k2log.store.entries import entries_in
    from k2log.store.foods import foods_of_keys, sources

    spans = entry_spans(words)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        entries = entries_in(diary, spans, _MOST + 1)
        if len(entries) > _MOST:
            raise UnreadableError(f"these are more than {_MOST} entries, too many to explain.")
        known = sources(diary)
        foods = foods_of_keys(diary, {entry.food_key or "" for entry in entries}, retired=False)
        today = [recalculate(entry, foods.get(entry.food_key or "")) for entry in entries]
        return "\n".join(entry_working(each, known, page(ctx.obj.plain)) for each in today)


def _of_the_diary(ctx: typer.Context, name: str, *, every: bool) -> str:
    from k2log.render.foods import sources_text
    from k2log.store.diary import open_diary
    from k2log.store.foods import sources

    with open_diary(diary_path(ctx.obj.db)) as diary:
        if name == "targets":
            return _targets(diary)
        if name == "sources":
            return sources_text(sources(diary))
        if on := _day(name, diary.day_of(clock.now())):
            with diary.snapshot():
                return _contributions(diary, on, page(ctx.obj.plain), every=every)
        return _food(diary, name, plain_words=ctx.obj.plain)


def _day(name: str, today: date) -> date | None:
    """Return the day that is named; None if none is. Raises UnreadableError: a day to come."""
    from k2log.grammar.days import NotADayError, day

    try:
        return day(name, today)
    except NotADayError:
        return None


def _contributions(diary: "Diary", on: date, page: Page, *, every: bool) -> str:
    from k2log.features.explain.entry import day_working
    from k2log.nutrients import HEADLINE, NUTRIENTS
    from k2log.store.totals import day_total, entries_counting_on

    keys = tuple(NUTRIENTS) if every else HEADLINE
    _, total = day_total(diary, on)
    return day_working(on, entries_counting_on(diary, on), total, keys, page)


def _targets(diary: "Diary") -> str:
    from k2log.features.explain.topics import targets_text
    from k2log.store.settings import held_profile

    return targets_text(held_profile(diary), diary.day_of(clock.now()))


def _food(diary: "Diary", name: str, *, plain_words: bool) -> str:
    from k2log.food.chooser import UnknownFoodError
    from k2log.render.foods import explained_text
    from k2log.store.foods import sources

    try:
        food = chooser(diary).food(name).food
    except UnknownFoodError as unknown:
        raise UnknownTopicError(unknown) from None
    return explained_text(food, sources(diary), plain_words=plain_words)
