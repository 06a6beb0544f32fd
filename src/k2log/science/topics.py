"""Topics: what is known of popular claims about calcium, vitamin D and vitamin K.

The texts are in ``topics.toml``, made to be read and edited. A topic answers to its name, to other
names and to the ids of the caveat rules it speaks of. It is found by ordinary words and by claims,
too, which need not be its own alone.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from k2log.named_tuple import NamedTuple
from k2log.names import singular
from k2log.science.citations import cited

_FILE: Final = Path(__file__).with_name("topics.toml")


class Topic(NamedTuple):
    """A claim as people meet it, and what may be said of it, in paragraphs.

    ``words`` are what it is found by besides its names; ``claims`` are sentences as pages have
    them, right or wrong, that it answers.
    """

    name: str
    title: str
    question: str
    known: Sequence[str]
    sure: Sequence[str]
    unknown: Sequence[str]
    aliases: Sequence[str]
    words: Sequence[str]
    claims: Sequence[str]
    rules: Sequence[str]
    citations: Sequence[str]

    @property
    def handles(self) -> Sequence[str]:
        """Everything it answers to."""
        return (self.name, *self.aliases, *self.rules)


def load_topics() -> Sequence[Topic]:
    """Read the topics, in the order of the file."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [
        Topic(name=name, **{
            **table,
            **{part: _paragraphs(table[part]) for part in ("known", "sure", "unknown")},
            "citations": cited(*table["citations"]),
        })
        for name, table in tables.items()
    ]  # fmt: skip


def _paragraphs(text: str) -> Sequence[str]:
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


def find_topic(what: str, topics: Iterable[Topic]) -> Topic | None:
    """Return the topic that answers to what was typed; None if there is none."""
    wanted = handle_key(what)
    return next(
        (topic for topic in topics if wanted in map(handle_key, topic.handles)),
        None,
    )


def handle_key(text: str) -> str:
    """Return a handle as it is compared: blind to case, spaces, hyphens and plural."""
    return "".join(singular(word) for word in re.findall(r"[^\W_]+", text.casefold()))
