"""What speaks of words that are nobody's name: one topic, or a short list by kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from k2log.features.explain.search import Hit, Search
from k2log.features.explain.topics import listing, topic_text, wrapped
from k2log.food.chooser import Foods
from k2log.names import name_words
from k2log.render.numbers import clean
from k2log.render.page import Page

_MOST_FOODS: Final = 5


def foods_worded(foods: Foods, typed: str) -> Mapping[str, str]:
    """Return the foods by key that have every typed word whole in a name, the shortest first."""
    words = name_words(typed)
    names = [name for name in foods.worded(words) if {*words} <= {*name.name_key.split()}]
    names.sort(key=lambda it: (it.origin != "user", len(it.name), it.food))
    return {name.food_key: name.food for name in names}


def results_text(result: Search, foods: Mapping[str, str], page: Page) -> str:
    """Return the topic that is meant, else what speaks of it by kind; nothing if only foods do.

    ``foods`` are names of foods by their keys.
    """
    if not result.hits:
        return ""
    if result.clear and not foods:
        best, *others = result.hits
        claim = f"Claim, as pages put it: {best.claim}" if best.claim else ""
        lead = " ".join(filter(None, [_slips(result), claim]))
        return topic_text(best.topic, page, lead=lead) + see_also(others, page)
    lead = " ".join(filter(None, [_slips(result), "Several things here speak of it."]))
    topics = [(hit.topic.name, hit.topic.question) for hit in result.hits]
    rows = [(f"food:{key}", clean(food)) for key, food in foods.items()][:_MOST_FOODS]
    more = len(foods) - _MOST_FOODS
    return "\n".join([
        *wrapped(lead, page),
        *("", "Topics: k2log explain NAME", *listing(topics, page)),
        *(["", "Foods: k2log explain food:KEY", *listing(rows, page)] if rows else []),
        *([f"  and {more} more: k2log foods search"] if more > 0 else []),
        *("", "All topics: k2log explain"),
    ]) + "\n"  # fmt: skip


def food_text(explained: str, hits: Iterable[Hit], page: Page) -> str:
    """Return where a food's figures are from, called a food, and the topics that speak of it."""
    return f"Food: {explained}{see_also([hit for hit in hits if hit.whole], page)}"


def _slips(result: Search) -> str:
    taken = (f'"{clean(typed)}" was taken for "{word}".' for typed, word in result.slips.items())
    return " ".join(taken)


def see_also(hits: Sequence[Hit], page: Page) -> str:
    """Return a paragraph with the topics that speak of it as well; nothing if none does."""
    if not hits:
        return ""
    names = ", ".join(hit.topic.name for hit in hits)
    return "\n".join(["", *wrapped(f"See also, k2log explain: {names}", page), ""])
