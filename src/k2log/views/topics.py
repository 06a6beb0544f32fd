"""Topics as text: the list of them, and one in full. A pipe gets a paragraph a line."""

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Final

from k2log.science.topics import Topic
from k2log.views.page import Page

_READABLE: Final = 100
_SIDE_BY_SIDE: Final = 76
_INDENT: Final = "  "
_BEFORE_UNIT: Final = re.compile(r"(?<=\d) (?=[mµ]?g\b|IU|%)")

_ALSO: Final = (
    ("ENTRY", "How the figures of an entry came about: its id, as k2log log shows it."),
    ("DAY", "What each entry adds to a day: yesterday, mon, 2026-11-19; --all for every nutrient."),
    ("FOOD", "Where the figures of a food come from."),
    ("sources", "Every source of the food figures."),
    ("targets", "The reference intakes and upper levels that apply to you."),
)


def topics_text(topics: Iterable[Topic], page: Page) -> str:
    """Return the topics with their questions, and what else can be explained."""
    asked = [(topic.name, topic.question) for topic in topics]
    return "\n".join([
        "k2log explain TOPIC",
        *_listed(asked, page),
        "",
        "k2log explain also takes",
        *_listed(_ALSO, page),
    ]) + "\n"  # fmt: skip


def _listed(rows: Sequence[tuple[str, str]], page: Page) -> Iterable[str]:
    if page.columns is not None and page.columns < _SIDE_BY_SIDE:
        for name, text in rows:
            yield f"{_INDENT}{name}"
            yield from _wrapped(text, page, indent=_INDENT * 2)
        return
    names = max(len(name) for name, _ in rows)
    for name, text in rows:
        head = f"{_INDENT}{name.ljust(names)}{_INDENT}"
        first, *rest = _wrapped(text, page, indent=" " * len(head))
        yield from (head + first.lstrip(), *rest)


def topic_text(topic: Topic, page: Page) -> str:
    """Return one topic: the question, what is known, how sure, what is not known, sources."""
    blocks = [
        _block(page, topic.title, topic.question),
        _section(page, "What is known", topic.known),
        _section(page, "How sure", topic.sure),
        _section(page, "What is not known", topic.unknown),
        _sources(page, topic.citations),
    ]
    return "\n\n".join(blocks) + "\n"


def _section(page: Page, heading: str, paragraphs: Sequence[str]) -> str:
    first, *rest = paragraphs
    return "\n\n".join([_block(page, heading, first), *(_block(page, text) for text in rest)])


def _block(page: Page, *texts: str) -> str:
    return "\n".join(line for text in texts for line in _wrapped(text, page))


def _sources(page: Page, citations: Sequence[str]) -> str:
    lines = (
        line
        for citation in citations
        for line in _wrapped(citation, page, indent=_INDENT, hanging=_INDENT * 2)
    )
    return "\n".join(["Sources:", *lines])


def _wrapped(text: str, page: Page, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Return the lines of a paragraph; a number stays with its unit, an address stays whole."""
    if page.columns is None:
        return [indent + text]
    lines = wrap(
        _BEFORE_UNIT.sub("\u00a0", text),
        min(page.columns, _READABLE),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]
