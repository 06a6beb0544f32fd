"""Names of foods held against what was typed: which of them fit, how well, and in what order.

Every word typed must be accounted for (``words.py``): ``unicorn steak`` never becomes steak.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from k2log.food.food import OFFICIAL_REGIONS, Food
from k2log.food.words import (
    CHOOSING,
    COOKED,
    COOKING,
    KEPT,
    MAKER,
    Account,
    in_order,
)
from k2log.named_tuple import NamedTuple
from k2log.names import name_words

SHORTEST_PREFIX: Final = 3
UNRANKED: Final = 999
"""The place of a food of which nothing says how ordinary it is."""

_KIND: Final = 50.0  # from this score on a food is a kind of what was typed
_JOINING: Final = frozenset({"and", "with", "w/", "in", "on", "&", "+", "plus"})
_NEWER: Final = {"fdc:foundation": "fdc:sr-legacy"}
"""Of imported foods of one name, that of the table on the left takes the place of the other."""


class Name(NamedTuple):
    """One name of one food, as a search finds it; ``place`` is the less, the more ordinary it is.

    ``core``, ``order``, ``marks`` and ``also`` are those of its Pattern, where variants were asked
    for.
    """

    food_key: str
    food: str
    name: str
    name_key: str
    origin: str
    kind: str
    region: str | None = None
    place: int = UNRANKED
    core: str = ""
    order: str = ""
    marks: str = ""
    also: str = ""


class FoodMatch(NamedTuple):
    """A food that may be meant; ``score`` runs from 0 to 100, above 50 it is a kind of it."""

    food_key: str
    food: str
    score: float = 100.0
    region: str | None = None
    origin: str = "catalogue"
    kind: str = "food"
    place: int = UNRANKED


class Fit(NamedTuple):
    """A food that accounts for every word typed.

    ``dropped`` and ``missing`` are words that it has not: those that no name needs, and those that
    would choose a variant; ``extra`` is how many such words of its name nobody typed, or another
    way of cooking stands for.
    """

    match: FoodMatch
    dropped: Account
    missing: Account
    extra: int

    @property
    def unsaid(self) -> Account:
        """The words dropped that have to be said."""
        return (*(word for word in self.dropped if word.role == MAKER), *self.missing)

    @property
    def quality(self) -> tuple[int, int, int, int]:
        """What the best fit has least of."""
        return len(self.dropped), len(self.missing), rank(self.match), self.extra


Ways = Mapping[str, tuple[str, Account]]
"""What a food may be called that was typed: by its core, the words in order and those dropped."""


def fits(words: Account, ways: Ways, names: Sequence[Name]) -> list[Fit]:
    """Return the foods that a name typed may mean, of names with one of these cores; best first.

    A food of an official table fits only where all its words are typed, and a way of cooking is
    missing only where nothing says that the food is cooked. A word to be kept is never missing.
    """
    chosen = [word for word in words if word.role in CHOOSING]
    typed = {word.same for word in chosen}
    if any(word.role == COOKING for word in chosen):
        typed.add(COOKED)
    cooked = {name.food_key for name in names if COOKED in name.also.split(",")}
    best: dict[str, Fit] = {}
    for name in names:
        order, dropped = ways[name.core]
        marks, also = {*name.marks.split(",")} - {""}, {*name.also.split(",")} - {""}
        if not marks <= typed or not in_order(order, name.order):
            continue
        missing = tuple(
            word
            for word in chosen
            if word.same not in marks | also
            and not (word.role == COOKING and name.food_key in cooked)
        )
        loosely = sum(it.role == COOKING and it.same not in marks | also for it in chosen)
        fit = Fit(match_of(name), dropped, missing, len(also - typed) + loosely)
        if any(word.role == KEPT for word in missing):
            continue
        if name.origin in OFFICIAL_REGIONS and (fit.unsaid or fit.extra):
            continue
        if name.food_key not in best or fit.quality < best[name.food_key].quality:
            best[name.food_key] = fit
    return sorted(best.values(), key=lambda fit: (fit.quality, fit.match.place))


def subtypes(words: Sequence[str], names: Iterable[Name]) -> list[FoodMatch]:
    """Return the foods that are kinds of what was typed: "blue cheese", "tuna, canned".

    The most ordinary first, then those called so rather than by another name as well, and those
    whose name says no more than that before others.
    """
    of_kind = [
        name
        for name in names
        if {*words} <= {*name.name_key.split()} and _is_kind(words, name.name)
    ]
    matches = _best_of(_scored(list(words), name) for name in of_kind)
    return sorted(
        matches,
        key=lambda it: (rank(it), it.place, not _is_kind(words, it.food), len(it.food)),
    )


def whole_words(words: Sequence[str], names: Iterable[Name]) -> list[Name]:
    """Return the names that hold every one of the words, none as a beginning."""
    return [name for name in names if {*words} <= {*name.name_key.split()}]


def _is_kind(words: Sequence[str], name: str) -> bool:
    """Whether a name, or its first part, ends with these words."""
    if is_joined(name):
        return False
    first = name.partition(",")[0].partition("(")[0]
    return any(name_words(it)[-len(words) :] == [*words] for it in (name, first))


def is_joined(name: str) -> bool:
    """Whether a word of a name joins several foods: macaroni and cheese is no cheese."""
    return not _JOINING.isdisjoint(name.lower().split())


def is_whole(words: Sequence[str], name: str) -> bool:
    """Whether the first part of a name is just these words: what follows only says more."""
    return name_words(name.partition(",")[0].partition("(")[0]) == [*words]


def worded_like(text: str, names: Iterable[Name]) -> list[FoodMatch]:
    """Return the foods of which some name holds every word typed, whole or as a beginning."""
    words = name_words(text)
    fitting = (name for name in names if _accounts_for(words, name.name_key.split()))
    return _best_of(_scored(words, name) for name in fitting)


def _accounts_for(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word typed is another word of the name, or the beginning of one."""
    left = list(name)
    for word in sorted(words, key=len, reverse=True):
        begins = len(word) >= SHORTEST_PREFIX
        longer = (other for other in left if begins and other.startswith(word))
        match = word if word in left else next(longer, None)
        if match is None:
            return False
        left.remove(match)
    return bool(words)


def sharing(words: Sequence[str], names: Iterable[Name]) -> list[FoodMatch]:
    """Return the foods that share whole words with what was typed, those with the most first."""
    shared: dict[str, tuple[float, FoodMatch]] = {}
    for name in names:
        of_name = {*name.name_key.split()}
        common = len({*words} & of_name)
        if common:
            # A name that has no other words, or ends as what was typed, is about the same.
            score = 2 * common + (of_name <= {*words}) + 0.5 * (words[-1] in of_name)
            score -= 0.1 * len(of_name)
            match = match_of(name, score)
            if name.food_key not in shared or shared[name.food_key][0] < score:
                shared[name.food_key] = (score, match)
    ordered = sorted(shared.values(), key=lambda it: (-it[0], rank(it[1]), it[1].place, it[1].food))
    return [match for _, match in ordered]


def _scored(words: list[str], name: Name) -> FoodMatch:
    """Score a name: above 50 if it is a kind of what was typed ("blue cheese", "tuna, canned")."""
    letters = len(name.name_key.replace(" ", ""))
    share = _KIND * sum(map(len, words)) / max(1, letters)
    return match_of(name, share + _KIND * _is_kind(words, name.name))


def match_of(name: Name, score: float = 100.0) -> FoodMatch:
    """Return the food that bears a name as one that may be meant."""
    return FoodMatch(
        name.food_key, name.food, score, name.region, name.origin, name.kind, name.place
    )


def _best_of(matches: Iterable[FoodMatch]) -> list[FoodMatch]:
    """Return the best match of each food, the best first."""
    best: dict[str, FoodMatch] = {}
    for match in matches:
        if match.food_key not in best or best[match.food_key].score < match.score:
            best[match.food_key] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.food))


_Regional = TypeVar("_Regional", Food, FoodMatch)


def rank(food: Food | FoodMatch) -> int:
    """Return the place of a food's origin: own, the catalogue's, an official table's, imported."""
    return {"user": 0, "catalogue": 1}.get(food.origin, 2 + (food.origin not in OFFICIAL_REGIONS))


def newest(foods: Sequence[_Regional], name: Callable[[_Regional], str]) -> Sequence[_Regional]:
    """Return the foods without those that a newer table has under the same name."""
    newer = {(_NEWER[food.origin], name(food)) for food in foods if food.origin in _NEWER}
    return [food for food in foods if (food.origin, name(food)) not in newer]
