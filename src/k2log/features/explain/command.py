"""``k2log explain``: what is known of a claim, and where figures come from.

What was typed is, in this order: entries, a topic by one of its names, a caveat, a word of the
command's own, a day, a food by one of its names, and then whatever topics and foods speak of it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

from k2log import clock
from k2log.commands import refuse_unknown_options
from k2log.commands.asking import chooser
from k2log.commands.completing import explainable
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, page
from k2log.diary.recalculation import recalculate
from k2log.errors import FoodError, UnreadableError
from k2log.features.explain.entry import day_working, entry_working
from k2log.features.explain.results import food_text, foods_worded, results_text, see_also
from k2log.features.explain.search import Search, indexed, nearest_topics, search
from k2log.features.explain.topics import targets_text, topic_text, topics_text
from k2log.features.explain.window import window_working
from k2log.food.chooser import AmbiguousFoodError, Chooser
from k2log.food.food import Food
from k2log.grammar.days import NotADayError
from k2log.grammar.days import day as day_named
from k2log.grammar.ids import are_ids, entry_spans
from k2log.grammar.items import lookup_key
from k2log.nutrients import HEADLINE, READING_ORDER
from k2log.paths import diary_path
from k2log.render.foods import explained_text, sources_text
from k2log.render.page import Page
from k2log.report.build import Window, window
from k2log.report.period import Period, period
from k2log.science.caveats import Rule
from k2log.science.rules import RULES
from k2log.science.topics import Topic, find_topic, handle_key, load_topics
from k2log.store.diary import Diary, open_diary
from k2log.store.entries import entries_in
from k2log.store.foods import foods_of_keys, sources
from k2log.store.settings import profile_of
from k2log.store.totals import (
    day_marks,
    day_parts,
    day_total,
    entries_counting_on,
    food_parts,
)
from k2log.text import shown

_MOST: Final = 20
_WINDOWS: Final = {"report": "week", "week": "week", "month": "month", "year": "year"}

app = App()


class UnknownTopicError(FoodError):
    """No topic and no food is about what was typed."""

    def __init__(self, name: str, topics: Iterable[Topic], foods: Iterable[Food]) -> None:
        """Take what was typed, the topics that come nearest, and foods that are spelled alike."""
        near = ", ".join(topic.name for topic in topics)
        alike = "; ".join(f"{food.name}, k2log explain food:{food.key}" for food in foods)
        super().__init__(
            f'nothing here is about "{shown(name)}".'
            f"{f' Nearest topics: {near}.' if near else ''}"
            f"{f' Foods spelled alike: {alike}.' if alike else ''} All topics: k2log explain"
        )


@app.command(
    context_settings={"ignore_unknown_options": True},
    examples=("explain calcium-paradox", "explain gouda", "explain week"),
)
def explain(
    ctx: Context,
    what: Annotated[
        list[str] | None,
        Argument(
            metavar="[WORDS|ENTRY|DAY|FOOD]...",
            help="A word, a question or a sentence from an article; a topic or caveat; an entry's"
            " id; yesterday, mon, 2026-11-19; a food (food:KEY); report, week or month: what"
            " makes its ranges wide; sources or targets. Nothing: the topics.",
            autocompletion=explainable,
        ),
    ] = None,
    every: Annotated[
        bool, Option("--all", help="Of a day every nutrient, not only calcium, D and K2.")
    ] = False,
) -> None:
    """Say what is known of a claim, a figure, a day."""
    words = what or []
    refuse_unknown_options(words)
    name = " ".join(words)
    if words and are_ids(name):
        emit(_entries(ctx, words))
        return
    topics, paper = load_topics(), page(ctx.obj.plain)
    if not name:
        emit(topics_text(topics, paper))
    elif topic := find_topic(name, topics):
        others = [] if topic.name == name else _hits(name, topics).hits
        also = [hit for hit in others if hit.topic.name != topic.name]
        emit(topic_text(topic, paper, caveat=_caveat(name)) + see_also(also, paper))
    else:
        emit(_of_the_diary(ctx, name, topics, every=every))


def _hits(name: str, topics: Iterable[Topic]) -> Search:
    return search(name, [indexed(topic) for topic in topics])


def _caveat(name: str) -> Rule | None:
    """Return the rule whose id was typed; None if none has it."""
    return next((rule for rule in RULES if handle_key(rule.id) == handle_key(name)), None)


def _entries(ctx: Context, words: list[str]) -> str:
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


def _of_the_diary(ctx: Context, name: str, topics: Iterable[Topic], *, every: bool) -> str:
    """Return targets, sources, what makes up a day, a food by its name, or what speaks of it."""
    paper = page(ctx.obj.plain)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        if name == "targets":
            return targets_text(profile_of(diary), diary.day_of(clock.now()))
        if name == "sources":
            return sources_text(sources(diary))
        if name in _WINDOWS:
            with diary.snapshot():
                today = diary.day_of(clock.now())
                days = period(_WINDOWS[name], today)
                return window_working(
                    _summed(diary, days, today), READING_ORDER if every else HEADLINE, paper
                )
        if on := _day(name, diary.day_of(clock.now())):
            with diary.snapshot():
                keys = READING_ORDER if every else HEADLINE
                _, total = day_total(diary, on)
                entries = entries_counting_on(diary, on)
                return day_working(on, entries, total, keys, paper)
        return _food_or_topics(diary, name, topics, paper)


def _summed(diary: Diary, days: Period, today: date) -> Window:
    """Return the days of a period, and their foods over those that count."""
    summed = window(days, day_parts(diary, *days), day_marks(diary, *days), today)
    return summed._replace(foods=food_parts(diary, *days, summed.uncounted))


def _day(name: str, today: date) -> date | None:
    """Return the day that is named; None if none is. Raises UnreadableError: a day to come."""
    try:
        return day_named(name, today)
    except NotADayError:
        return None


def _food_or_topics(diary: Diary, name: str, topics: Iterable[Topic], paper: Page) -> str:
    """Return the food of this name, else the topic or the list of what speaks of it.

    A nutrient by itself (calcium) and a kind (liver) can be logged, but what topics say of it comes
    first. A
    food that is only spelled alike is offered, never shown. Raises UnknownTopicError.
    """
    foods = chooser(diary)
    result = _hits(name, topics)
    named = foods.foods.named([lookup_key(name)]).get(lookup_key(name), ())
    if not named or any(food.active or food.generic for food in named):
        alike = {food.key: food.name for food in (_alike(foods, name) if result.slips else ())}
        worded = foods_worded(foods.foods, name) or alike
        if text := results_text(result, worded, paper):
            return text
    if choice := foods.food(name) if named else foods.by_words(name):
        text = explained_text(choice.food, sources(diary), plain_words=paper.plain_words)
        return food_text(text, result.hits if named else (), paper)
    raise UnknownTopicError(name, nearest_topics(name, topics), _alike(foods, name))


def _alike(foods: Chooser, name: str) -> list[Food]:
    """Return the food that a name would mean with a slip mended, as ``add`` mends it."""
    try:
        choice = foods.by_slips(name)
    except AmbiguousFoodError:
        return []
    return [choice.food] if choice else []
