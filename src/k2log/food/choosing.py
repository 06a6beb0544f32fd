"""Which food a name means: the one that bears it, else the only one it can mean, else ask.

Own foods come before the catalogue, and the catalogue before imported tables. Of foods that differ
by country the user's region is meant; where none is set, the US one, and that is said.

Which food is meant by words that are no food's exact name.

Every word typed must be accounted for: ``unicorn steak`` never becomes steak. A slip of one letter
(two in long words) is taken only if exactly one food is that close.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from k2log.errors import FoodError
from k2log.food.food import Food
from k2log.grammar.items import lookup_key
from k2log.names import corrections, name_key, name_words, nearest, slips_allowed
from k2log.text import shown

SHORTEST_PREFIX = 3
KIND = 50.0
_JOINED = r"(?i)\b(and|with|in)\b"  # macaroni and cheese is no cheese


class Name(NamedTuple):
    """One name of one food, as a search finds it."""

    food_key: str
    food: str
    name: str
    name_key: str
    origin: str
    kind: str
    region: str | None = None


class Found(NamedTuple):
    """A food that may be meant; ``score`` runs from 0 to 100.

    Above 50 it is a kind of what was typed. ``certain`` is a name of as many words as were typed.
    """

    food_key: str
    food: str
    score: float
    certain: bool = False
    region: str | None = None
    origin: str = "catalogue"
    kind: str = "food"


def worded_like(text: str, names: Iterable[Name], *, every: bool = False) -> list[Found]:
    """Return the foods of which some name holds every word typed, whole or as a beginning.

    Where names are just these words, only their foods; else where the words stand whole, only
    those: beans are no beansprouts. Unless ``every`` food is wanted.
    """
    words, key = name_words(text), name_key(text)
    fitting = [name for name in names if _accounts_for(words, name.name_key.split())]
    exact = [name for name in fitting if name.name_key == key]
    whole = [name for name in fitting if {*words} <= {*name.name_key.split()}]
    wanted = fitting if every else exact or whole or fitting
    return _best_of(_worded(words, name) for name in wanted)


def _worded(words: list[str], name: Name) -> Found:
    """Score a name: above 50 if it is a kind of what was typed ("blue cheese", "tuna, canned")."""
    letters = len(name.name_key.replace(" ", ""))
    share = KIND * sum(map(len, words)) / max(1, letters)
    ends = name_words(name.name)[-len(words) :] == words and not re.search(_JOINED, name.name)
    kind = ends or name_words(name.name.split(",")[0]) == words
    whole = len(name.name_key.split()) == len(words)
    return _found(name, share + KIND * kind, certain=whole)


def _found(name: Name, score: float, *, certain: bool = False) -> Found:
    return Found(name.food_key, name.food, score, certain, name.region, name.origin, name.kind)


def _accounts_for(words: Sequence[str], name: list[str]) -> bool:
    left = list(name)
    for word in sorted(words, key=len, reverse=True):
        match = word if word in left else _begun(word, left)
        if match is None:
            return False
        left.remove(match)
    return bool(words)


def _begun(word: str, name: Iterable[str]) -> str | None:
    if len(word) < SHORTEST_PREFIX:
        return None
    return next((other for other in name if other.startswith(word)), None)


def _look_alike(text: str, names: Sequence[Name], count: int = 5) -> list[Found]:
    """Return the foods whose names look most alike, for "did you mean"; maybe none."""
    scores = nearest(name_key(text), {name.name_key for name in names})
    return _best_of(_found(name, scores[name.name_key]) for name in names)[:count]


def _best_of(scored: Iterable[Found]) -> list[Found]:
    best: dict[str, Found] = {}
    for found in scored:
        if found.food_key not in best or best[found.food_key].score < found.score:
            best[found.food_key] = found
    return sorted(best.values(), key=lambda found: (-found.score, found.food))


_SHOWN = 12
_OFFERED = 24
_ORIGINS = ("user", "catalogue")
_REGIONS = {"us": "us", "eu": "eu", "uk": "eu"}  # no figures of its own for the UK yet
_ASSUMED = "us"

_Regional = TypeVar("_Regional", Food, Found)


class Foods(Protocol):
    """Where foods are looked up."""

    def named(self, lookup_keys: Iterable[str]) -> Mapping[str, Sequence[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``."""

    def worded(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names that hold every one of these words, or words that begin so."""

    def sharing(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names that hold any of these words."""

    def vocabulary(self, word: str, longer: int) -> Sequence[str]:
        """Return words of names that begin with the same letter and are about as long."""

    def logged_before(self, keys: Iterable[str]) -> set[str]:
        """Return which of these foods the diary holds entries of."""


class Asking(Protocol):
    """How questions are put; each answer is None where nobody can be asked."""

    def food(self, name: str, candidates: Sequence[Found]) -> Found | None:
        """Ask which food is meant."""

    def form(self, question: str) -> str | None:
        """Ask whether a mass is the element's or the salt's."""


class UnknownFoodError(FoodError):
    """No food has this name."""

    def __init__(self, name: str, near: Sequence[Found]) -> None:
        """Take the name as typed and the foods whose names come nearest."""
        names = "; ".join(found.food for found in near)
        said = f"Nearest: {names}." if near else "Nothing comes near."
        own = f'Your own food: k2log foods add "{shown(name)}"'
        super().__init__(f'no food called "{shown(name)}". {said} {own}')


class AmbiguousFoodError(FoodError):
    """Several foods have this name."""

    def __init__(self, name: str, candidates: Sequence[Found]) -> None:
        """Take the name as typed and the foods it may mean."""
        names = "; ".join(found.food for found in candidates[:_SHOWN])
        more = f" and {len(candidates) - _SHOWN} more" if len(candidates) > _SHOWN else ""
        super().__init__(
            f'"{shown(name)}" may be: {names}{more}.'
            f" Name one, or pick it exactly: food:{candidates[0].food_key}"
        )


class Choice(NamedTuple):
    """A food, what to announce of how it was found, and whether its region was assumed."""

    food: Food
    note: str = ""
    region_assumed: bool = False


class Chooser:
    """Settles names; ``region`` is us, uk, eu or None where the user has not said.

    ``system`` is whose measures the user means: us, metric or uk.
    """

    def __init__(
        self, foods: Foods, ask: Asking, region: str | None = None, system: str = "us"
    ) -> None:
        """Look foods up here, ask there."""
        self.foods = foods
        self.ask = ask
        self.system = system
        self.region = _REGIONS.get(region or "")

    def food(self, name: str) -> Choice:
        """Return the food a name means. Raises UnknownFoodError, AmbiguousFoodError."""
        key = lookup_key(name)
        known = self.foods.named([key]).get(key, ())
        choice = self.bearing(name, known) if known else self.alike(name) or self.mended(name)
        if choice is None:
            raise UnknownFoodError(name, self.near(name))
        return choice

    def bearing(self, name: str, known: Sequence[Food]) -> Choice:
        """Return which of the foods that bear a name is meant."""
        foods = _from_the_first(known)
        meant = self._of_region(foods)
        assumed = self.region is None and len(meant) < len(foods)
        if len(meant) == 1:
            return Choice(meant[0], region_assumed=assumed)
        equals = [Found(food.key, food.name, 100, certain=True) for food in meant]
        found = self._settled(name, equals)
        food = next(food for food in meant if food.key == found.food_key)
        return Choice(food, region_assumed=assumed)

    def alike(self, name: str) -> Choice | None:
        """Return the food that a name is a beginning or a kind of."""
        candidates = worded_like(name, self.foods.worded(name_words(name)))
        return self._choice(name, candidates) if candidates else None

    def mended(self, name: str) -> Choice | None:
        """Return the food that a name means with its slips mended, and say so."""
        meant = " ".join(self._mended_words(name))
        candidates = worded_like(meant, self.foods.worded(name_words(meant))) if meant else []
        if not candidates:
            return None
        choice = self._choice(name, candidates)
        return choice._replace(note=f'"{shown(name)}" was taken for {choice.food.name}')

    def near(self, name: str) -> list[Found]:
        """Return the foods to offer where a name means none."""
        words = name_words(name)
        like = [
            other
            for word in words
            if (slips := len(word) // 3) and word.isalpha()
            for other in corrections(word, self.foods.vocabulary(word, slips), slips)[:_SHOWN]
        ]
        return _look_alike(name, self.foods.sharing([*words, *like]))

    def _choice(self, name: str, candidates: Sequence[Found]) -> Choice:
        ours = [found for found in candidates if found.origin in _ORIGINS]
        candidates = ours or candidates
        meant = self._of_region(candidates)
        found = self._settled(name, meant)
        assumed = self.region is None and bool(found.region) and len(meant) < len(candidates)
        key = f"food:{found.food_key}"
        return Choice(self.foods.named([key])[key][0], region_assumed=assumed)

    def _of_region(self, foods: Sequence[_Regional]) -> Sequence[_Regional]:
        wanted = {None, self.region or _ASSUMED}
        return [food for food in foods if food.region in wanted] or foods

    def _settled(self, name: str, candidates: Sequence[Found]) -> Found:
        """Return the one that is certain; or, of equals, the one logged before; or ask."""
        certain = [found for found in candidates if found.certain]
        if len(certain) == 1:
            return certain[0]
        if len(candidates) == 1 and candidates[0].score > KIND:
            return candidates[0]
        before = self.foods.logged_before(found.food_key for found in candidates)
        best = [found for found in candidates if found.score == candidates[0].score]
        logged = [found for found in best if found.food_key in before]
        if len(logged) == 1:
            return logged[0]
        ordered = sorted(candidates, key=lambda found: found.food_key not in before)
        chosen = self.ask.food(name, ordered[:_OFFERED])
        if chosen is None:
            raise AmbiguousFoodError(name, ordered)
        return chosen

    def _mended_words(self, name: str) -> list[str]:
        """Return the words of a name, each slip mended if but one word is so close; else none."""
        mended = []
        for word in name_words(name):
            slips = slips_allowed(word)
            near = corrections(word, self.foods.vocabulary(word, slips), slips) if slips else []
            if word not in near and len(near) != 1 and not self.foods.worded([word]):
                return []
            mended.append(near[0] if len(near) == 1 else word)
        return mended


def _from_the_first(known: Sequence[Food]) -> Sequence[Food]:
    """Return the foods of the first origin that has any."""
    for origin in _ORIGINS:
        if found := [food for food in known if food.origin == origin]:
            return found
    return known


def search(name: str, chooser: Chooser) -> list[Found]:
    """Return the foods a name may mean, own ones first, then the best."""
    words = name_words(name)
    found = worded_like(name, chooser.foods.worded(words), every=True) if words else []
    found = found or (chooser.near(name) if words else [])
    return sorted(found, key=lambda each: (each.origin != "user", -each.score, each.food))
