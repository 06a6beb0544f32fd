"""Which food a name means: the one that bears it, else the only one it can mean, else ask.

Own foods come before the catalogue, the catalogue before the official tables that come with k2log,
and those before imported ones. Of foods that differ by country, and of official tables, those of
the user's region are meant; where none is set, the US ones, and that is said. A food of an official
table is only ever taken by its whole name, in whatever order its words are.

Every word typed must be accounted for: ``unicorn steak`` never becomes steak. A slip of one letter
(two in long words) is taken only if exactly one food is that close.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from k2log.errors import FoodError
from k2log.food.food import OFFICIAL_REGIONS, Food
from k2log.grammar.items import lookup_key
from k2log.names import corrections, name_key, name_words, nearest, slips_allowed
from k2log.text import quoted, shown

if TYPE_CHECKING:
    from k2log.food.languages import Phrase

SHORTEST_PREFIX = 3
_KIND = 50.0  # from this score on a food is a kind of what was typed
_JOINED = r"(?i)\b(and|with|in)\b"  # macaroni and cheese is no cheese
_MOST_LISTED = 12
_MOST_OFFERED = 24
_MOST_NEAR = 5
_ORIGINS = ("user", "catalogue")
_NEWER = {"fdc:foundation": "fdc:sr-legacy"}
"""Of imported foods of one name, that of the table on the left takes the place of the other."""
REGIONS = {"us": "us", "eu": "eu", "uk": "eu", "jp": "eu"}
"""Whose figures a region has: the UK and Japan none of their own yet, and as little fortified."""
_ASSUMED = "us"


class Name(NamedTuple):
    """One name of one food, as a search finds it."""

    food_key: str
    food: str
    name: str
    name_key: str
    origin: str
    kind: str
    region: str | None = None


class FoodMatch(NamedTuple):
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


_Regional = TypeVar("_Regional", Food, FoodMatch)


class Foods(Protocol):
    """Where foods are looked up."""

    def named(self, lookup_keys: Iterable[str]) -> Mapping[str, Sequence[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``."""

    def worded(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names that hold every one of these words, or words that begin so."""

    def official(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names in official tables that hold every one of these words, or beginnings."""

    def sharing(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names that hold any of these words."""

    def vocabulary(self, word: str, longer: int) -> Sequence[str]:
        """Return words of names that begin with the same letter and are about as long."""

    def translations(self, typed: Iterable[str]) -> "Sequence[Phrase]":
        """Return what these phrases are in all languages."""

    def logged_before(self, keys: Iterable[str]) -> set[str]:
        """Return which of these foods the diary holds entries of."""


class Asking(Protocol):
    """How questions are put; each answer is None where nobody can be asked."""

    def food(self, name: str, candidates: Sequence[FoodMatch]) -> FoodMatch | None:
        """Ask which food is meant."""

    def form(self, question: str) -> str | None:
        """Ask whether a mass is the element's or the salt's."""


class UnknownFoodError(FoodError):
    """No food has this name."""

    def __init__(self, name: str, near: Sequence[FoodMatch]) -> None:
        """Take the name as typed and the foods whose names come nearest."""
        names = "; ".join(match.food for match in near)
        offer = f"Nearest: {names}." if near else "Nothing comes near."
        own = f"Your own food: k2log foods add {quoted(shown(name))}"
        self.reason = f'no food called "{shown(name)}".'
        super().__init__(f"{self.reason} {offer} {own}")


class AmbiguousFoodError(FoodError):
    """Several foods have this name."""

    def __init__(self, name: str, candidates: Sequence[FoodMatch]) -> None:
        """Take the name as typed and the foods it may mean."""
        names = "; ".join(match.food for match in candidates[:_MOST_LISTED])
        unlisted = len(candidates) - _MOST_LISTED
        more = f" and {unlisted} more" if unlisted > 0 else ""
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

    ``system`` is whose measures the user means: us, metric or uk. ``language`` is the one that the
    user set; None where nobody said, and all are understood. ``assumed`` is the region taken where
    none is set.
    """

    def __init__(
        self,
        foods: Foods,
        ask: Asking,
        region: str | None = None,
        system: str = "us",
        language: str | None = None,
    ) -> None:
        """Look foods up here, ask there."""
        self.foods = foods
        self.ask = ask
        self.system = system
        self.language = language
        self.assumed = _ASSUMED
        self.region = REGIONS.get(region or "")

    def food(self, name: str) -> Choice:
        """Return the food a name means. Raises UnknownFoodError, AmbiguousFoodError."""
        key = lookup_key(name)
        bearers = self.foods.named([key]).get(key, ())
        if bearers:
            return self.by_name(name, bearers)
        looks = (self.by_words, self.by_corrections, self.by_official_words)
        choice = next(filter(None, (look(name) for look in looks)), None)
        if choice is None:
            raise UnknownFoodError(name, self.near(name))
        return choice

    def by_name(self, name: str, bearers: Sequence[Food]) -> Choice:
        """Return which of the foods that bear a name is meant. Raises AmbiguousFoodError."""
        foods = _first_of_origins(bearers)
        foods_here = self.of_region(foods)
        assumed = self.region is None and len(foods_here) < len(foods)
        if len(foods_here) == 1:
            return Choice(foods_here[0], region_assumed=assumed)
        foods_here = _spelt(name, foods_here)
        if len(foods_here) == 1:
            return Choice(foods_here[0], region_assumed=assumed)
        equals = [FoodMatch(food.key, food.name, 100, certain=True) for food in foods_here]
        match = self._settled(name, equals)
        food = next(food for food in foods_here if food.key == match.food_key)
        return Choice(food, region_assumed=assumed)

    def by_words(self, name: str) -> Choice | None:
        """Return the food that a name is a beginning or a kind of. Raises AmbiguousFoodError."""
        candidates = _worded_like(name, self.foods.worded(name_words(name)))
        return self._choice(name, candidates) if candidates else None

    def by_official_words(self, name: str) -> Choice | None:
        """Ask which official food a part or beginning of its name means; one alone is asked, too.

        None where no official name has these words. Raises AmbiguousFoodError.
        """
        candidates = _worded_like(name, self.foods.official(name_words(name)))
        if not candidates:
            return None
        here = self.of_region(candidates)
        before = self.foods.logged_before(match.food_key for match in candidates)
        ordered = sorted(candidates, key=lambda it: (it.food_key not in before, it not in here))
        answer = self.ask.food(name, ordered[:_MOST_OFFERED])
        if answer is None:
            raise AmbiguousFoodError(name, ordered)
        return self._keyed(answer)

    def by_corrections(self, name: str) -> Choice | None:
        """Return the food that a name means with its slips of the finger mended, and say so.

        A slip is mended if just one word is so close. Raises AmbiguousFoodError.
        """
        words = []
        for word in name_words(name):
            slips = slips_allowed(word)
            near = corrections(word, self.foods.vocabulary(word, slips), slips) if slips else []
            if word not in near and len(near) != 1 and not self.foods.worded([word]):
                return None
            words.append(near[0] if len(near) == 1 else word)
        text = " ".join(words)
        candidates = _worded_like(text, self.foods.worded(name_words(text))) if text else []
        if not candidates:
            return None
        choice = self._choice(name, candidates)
        return choice._replace(note=f'"{shown(name)}" was taken for {choice.food.name}')

    def near(self, name: str) -> list[FoodMatch]:
        """Return the foods to offer where a name means none: those whose names look most alike."""
        words = name_words(name)
        like = [
            other
            for word in words
            if (slips := len(word) // 3) and word.isalpha()
            for other in corrections(word, self.foods.vocabulary(word, slips), slips)[:_MOST_LISTED]
        ]
        names = self.foods.sharing([*words, *like])
        scores = nearest(name_key(name), {each.name_key for each in names})
        return _best_of(_match(each, scores[each.name_key]) for each in names)[:_MOST_NEAR]

    def _choice(self, name: str, candidates: Sequence[FoodMatch]) -> Choice:
        candidates = [match for match in candidates if match.origin in _ORIGINS] or candidates
        candidates = _newest(candidates, lambda match: match.food)
        in_region = self.of_region(candidates)
        match = self._settled(name, in_region)
        assumed = self.region is None and bool(match.region) and len(in_region) < len(candidates)
        return self._keyed(match)._replace(region_assumed=assumed)

    def _keyed(self, match: FoodMatch) -> Choice:
        key = f"food:{match.food_key}"
        return Choice(self.foods.named([key])[key][0])

    def of_region(self, foods: Sequence[_Regional]) -> Sequence[_Regional]:
        """Return those foods that are of the user's region or of none; all if none is."""
        regions = {None, self.region or self.assumed}
        return [food for food in foods if food.region in regions] or foods

    def _settled(self, name: str, candidates: Sequence[FoodMatch]) -> FoodMatch:
        """Return the one that is certain; or, of equals, the one logged before; or ask."""
        certain = [match for match in candidates if match.certain]
        if len(certain) == 1:
            return certain[0]
        if len(candidates) == 1 and candidates[0].score > _KIND:
            return candidates[0]
        before = self.foods.logged_before(match.food_key for match in candidates)
        best = [match for match in candidates if match.score == candidates[0].score]
        logged = [match for match in best if match.food_key in before]
        if len(logged) == 1:
            return logged[0]
        ordered = sorted(candidates, key=lambda match: match.food_key not in before)
        answer = self.ask.food(name, ordered[:_MOST_OFFERED])
        if answer is None:
            raise AmbiguousFoodError(name, ordered)
        return answer


def search(name: str, chooser: Chooser) -> list[FoodMatch]:
    """Return the foods a name may mean, own ones first, then the best."""
    words = name_words(name)
    if not words:
        return []
    names = [*chooser.foods.worded(words), *chooser.foods.official(words)]
    matches = _worded_like(name, names, every=True) or chooser.near(name)
    here = {id(match) for match in chooser.of_region(matches)}
    return sorted(
        matches,
        key=lambda match: (_rank(match), id(match) not in here, -match.score, match.food),
    )


def _rank(food: Food | FoodMatch) -> int:
    """Return the place of a food's origin: own, the catalogue's, an official table's, imported."""
    return {"user": 0, "catalogue": 1}.get(food.origin, 2 + (food.origin not in OFFICIAL_REGIONS))


def _first_of_origins(bearers: Sequence[Food]) -> Sequence[Food]:
    """Return of foods that bear one name those whose origin comes first."""
    first = min(map(_rank, bearers))
    return _newest([food for food in bearers if _rank(food) == first], lambda _: "")


def _newest(foods: Sequence[_Regional], name: Callable[[_Regional], str]) -> Sequence[_Regional]:
    """Return the foods without those that a newer table has under the same name."""
    newer = {(_NEWER[food.origin], name(food)) for food in foods if food.origin in _NEWER}
    return [food for food in foods if (food.origin, name(food)) not in newer]


def _spelt(name: str, foods: Sequence[Food]) -> Sequence[Food]:
    """Return those of foods that share a key whose name is just what was typed; else all."""
    typed = name.casefold().split()
    return (
        [food for food in foods if food.name.casefold().split() == typed]
        or [food for food in foods if name_words(food.name) == name_words(name)]
        or foods
    )


def _worded_like(text: str, names: Iterable[Name], *, every: bool = False) -> list[FoodMatch]:
    """Return the foods of which some name holds every word typed, whole or as a beginning.

    Where names are just these words, only their foods; else where the words stand whole, only
    those: beans are no beansprouts. Unless ``every`` food is wanted.
    """
    words, key = name_words(text), name_key(text)
    fitting = [name for name in names if _accounts_for(words, name.name_key.split())]
    exact = [name for name in fitting if name.name_key == key]
    whole = [name for name in fitting if {*words} <= {*name.name_key.split()}]
    likest = fitting if every else exact or whole or fitting
    return _best_of(_scored(words, name) for name in likest)


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


def _scored(words: list[str], name: Name) -> FoodMatch:
    """Score a name: above 50 if it is a kind of what was typed ("blue cheese", "tuna, canned")."""
    letters = len(name.name_key.replace(" ", ""))
    share = _KIND * sum(map(len, words)) / max(1, letters)
    ends = name_words(name.name)[-len(words) :] == words and not re.search(_JOINED, name.name)
    kind = ends or name_words(name.name.split(",")[0]) == words
    whole = len(name.name_key.split()) == len(words)
    return _match(name, share + _KIND * kind, certain=whole)


def _match(name: Name, score: float, *, certain: bool = False) -> FoodMatch:
    return FoodMatch(name.food_key, name.food, score, certain, name.region, name.origin, name.kind)


def _best_of(matches: Iterable[FoodMatch]) -> list[FoodMatch]:
    """Return the best match of each food, the best first."""
    best: dict[str, FoodMatch] = {}
    for match in matches:
        if match.food_key not in best or best[match.food_key].score < match.score:
            best[match.food_key] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.food))
