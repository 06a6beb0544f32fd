"""What each word of a food's name is: its account.

A word is part of what the food is, or it chooses among variants of it (a way of cooking, a state,
fat, or what must be kept, as fortified), names a maker or a size, or says nothing that k2log counts
(neutral). Which words are which stands in ``catalogue/words.toml``. A word of none of these is part
of what the food is: vegan, decaf and gluten-free change a food, and nobody may drop them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Final

from k2log.named_tuple import NamedTuple
from k2log.names import name_words

NAME: Final = "name"
NEUTRAL: Final = "neutral"
SIZE: Final = "size"
COOKING: Final = "cooking"
STATE: Final = "state"
FAT: Final = "fat"
KEPT: Final = "kept"
MAKER: Final = "maker"
CLAUSE: Final = "clause"
"""Of a word that says what a cook did where it stands apart; beside a name it is part of that."""

ROLES: Final = (NAME, NEUTRAL, SIZE, COOKING, STATE, FAT, KEPT, MAKER, CLAUSE)
CHOOSING: Final = frozenset({COOKING, STATE, FAT, KEPT})
"""The roles of words that choose among variants of a food."""

DROPPABLE: Final = frozenset({NEUTRAL, SIZE, MAKER})
"""The roles of words that a food's name need not have; a maker is said to be dropped."""

COOKED: Final = "cooked"
"""What any way of cooking makes of a food."""

_LONGEST_TERM: Final = 3
_MOST_DROPPABLE: Final = 5
_MOST_PARTS: Final = 4
_BRACKETS: Final = re.compile(r"\([^)]*\)")


class Term(NamedTuple):
    """What words.toml says of a word or phrase: its role, and the word that it is the same as.

    ``beside`` are the words of which one must stand with it, as "yogurt" with a maker of yogurt.
    """

    role: str
    same: str
    beside: str = ""


Terms = Mapping[str, Term]
"""By the words of the term as names are compared, joined by spaces."""


class Word(NamedTuple):
    """A word or phrase of a name: as compared, the word it stands for, and its role."""

    text: str
    same: str
    role: str


Account = tuple[Word, ...]


def runs(words: Sequence[str]) -> list[str]:
    """Return every run of words that may be a term."""
    return [
        " ".join(words[start : start + size])
        for size in range(1, _LONGEST_TERM + 1)
        for start in range(len(words) - size + 1)
    ]


def account(words: Sequence[str], terms: Terms) -> Account:
    """Return the words in their order, each with its role; a longer term counts before its parts.

    What nobody listed is part of the name.
    """
    roles: list[Word] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_TERM, len(words) - at), 0, -1):
            text = " ".join(words[at : at + size])
            term = terms.get(text)
            if term is None or term.role == CLAUSE:
                continue
            if not term.beside or {*term.beside.split()} & {*words}:
                roles.append(Word(text, term.same, term.role))
                break
        else:
            size, text = 1, words[at]
            roles.append(Word(text, text, FAT if text.endswith("%") else NAME))
        at += size
    return tuple(roles)


class Pattern(NamedTuple):
    """A name as a food and its variants are looked up by it.

    ``core`` holds the words of what the food is, sorted; ``order`` the same as they stand, with a
    comma between the parts of "cheese , cream". ``marks`` are the words of the first part that
    choose it among variants, ``also`` those of the parts behind a comma, and that it is cooked if
    any of its words says so.
    """

    core: str
    order: str
    marks: str
    also: str


def pattern(name: str, terms: Terms) -> Pattern:
    """Return how a food is looked up by a name. What stands in brackets only explains it."""
    first, *others = (account(name_words(it), terms) for it in _BRACKETS.sub(" ", name).split(","))
    if not any(word.role in DROPPABLE or word.role == NAME for word in first):
        first = tuple(Word(word.text, word.same, NAME) for word in first)
    order = [[word.same for word in first if word.role not in CHOOSING]]
    order += [[word.same for word in part if word.role == NAME] for part in others]
    marks = {word.same for word in first if word.role in CHOOSING}
    also = {word.same for part in others for word in part if word.role in CHOOSING}
    if any(word.role == COOKING for part in (first, *others) for word in part):
        also.add(COOKED)
    return Pattern(
        core_of(word for part in order for word in part),
        " , ".join(" ".join(part) for part in order if part),
        ",".join(sorted(marks)),
        ",".join(sorted(also)),
    )


def core_of(words: Iterable[str]) -> str:
    """Return the key of the words of what a food is, whatever their order."""
    return " ".join(sorted(" ".join(words).split()))


def cores(words: Account) -> dict[str, tuple[str, Account]]:
    """Return what a food may be called that was typed so: with fewer and fewer words dropped.

    By its core: the words in order, and those that it drops. The one that drops least comes first.
    """
    droppable = [word for word in words if word.role in DROPPABLE][:_MOST_DROPPABLE]
    ways: dict[str, tuple[str, Account]] = {}
    for size in range(len(droppable) + 1):
        for dropped in combinations(droppable, size):
            kept = [it.same for it in words if it.role not in CHOOSING and it not in dropped]
            if kept:
                ways.setdefault(core_of(kept), (" ".join(kept), dropped))
    return ways


def in_parts(name: str) -> str:
    """Return the words of a name with a comma between its parts, as a Pattern holds them."""
    return " , ".join(" ".join(name_words(part)) for part in name.split(","))


def in_order(typed: str, order: str) -> bool:
    """Whether words stand as in a name, whose parts may be in any order: "cheese , cream".

    "milk chocolate" is no "chocolate milk".
    """
    parts = order.split(" , ")
    if len(parts) > _MOST_PARTS:
        return " ".join(parts) == typed
    return any(" ".join(way) == typed for way in permutations(parts))
