"""Which food a name means: the one that bears it, else the only one it can mean, else ask.

Own foods come before the catalogue, the catalogue before the official tables that come with k2log,
and those before imported ones. Of foods that differ by country, and of official tables, those of
the user's region are meant; where none is set, the US ones, and that is said.

Every word typed must be accounted for (``words.py``), and the order of words counts. Of several
foods the most ordinary is taken, and said, where that changes nothing that counts; a kind of food
(``generic.toml``) is logged as such; else it is asked, or refused where nobody can be asked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from k2log.amounts import Amount
from k2log.errors import FoodError
from k2log.food.food import Food
from k2log.food.matching import (
    UNRANKED,
    FoodMatch,
    Name,
    fits,
    is_joined,
    is_whole,
    newest,
    rank,
    sharing,
    subtypes,
    whole_words,
    worded_like,
)
from k2log.food.words import (
    CHOOSING,
    DROPPABLE,
    KEPT,
    NAME,
    SIZE,
    Account,
    Terms,
    Word,
    account,
    cores,
    in_order,
    in_parts,
    runs,
)
from k2log.grammar.items import lookup_key
from k2log.named_tuple import NamedTuple
from k2log.names import name_words, slips_allowed, typed_words
from k2log.text import quoted, shown

if TYPE_CHECKING:
    from k2log.food.languages import Phrase

_MOST_LISTED: Final = 9
_MOST_OFFERED: Final = 24
_MOST_NEAR: Final = 5
REGIONS: Final = {"us": "us", "eu": "eu", "uk": "eu", "jp": "eu"}
"""Whose figures a region has: the UK and Japan none of their own yet, and as little fortified."""

_ASSUMED: Final = "us"
_COUNTS: Final = {"calcium": 30.0, "vitamin_d": 2.0, "vitamin_k2": 5.0, "vitamin_k1": 30.0}
"""From which difference on it counts which food is meant: mg of calcium, µg of the others."""

_SHARE: Final = 0.2  # of calcium

_Regional = TypeVar("_Regional", Food, FoodMatch)
Holding = Callable[[Food], Mapping[str, Amount] | None]
"""What the amount typed holds of a food; None where the food has no such measure."""


class Foods(Protocol):
    """Where foods are looked up."""

    def named(self, lookup_keys: Iterable[str]) -> Mapping[str, Sequence[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``."""

    def spellings(self, key: str) -> Mapping[str, Sequence[str]]:
        """Return the names with a key, as they are written, by the key of their food."""

    def terms(self, words: Iterable[str]) -> Terms:
        """Return what the lists of words say of these words and phrases."""

    def variants(self, wanted: Iterable[str], words: Sequence[str]) -> Sequence[Name]:
        """Return the names with one of these cores; own foods' are looked for by the words."""

    def members(self, key: str) -> Sequence[FoodMatch]:
        """Return what a kind of food may be, the most ordinary first; none if it is no kind."""

    def worded(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names that hold every one of these words, or words that begin so."""

    def official(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names in official tables that hold every one of these words, or beginnings."""

    def sharing(self, words: Sequence[str]) -> Sequence[Name]:
        """Return names that hold any of these words."""

    def known_words(self, words: Sequence[str]) -> set[str]:
        """Return which words stand in a name of any table, or in a list of words."""

    def vocabulary(self, word: str, longer: int) -> Sequence[str]:
        """Return words of foods that begin with the same letter and are about as long."""

    def translations(self, typed: Iterable[str]) -> "Sequence[Phrase]":
        """Return what these phrases are in all languages."""

    def logged_before(self, keys: Iterable[str]) -> set[str]:
        """Return which of these foods the diary holds entries of."""


class Asking(Protocol):
    """How questions are put; each answer is None where nobody can be asked."""

    def food(self, name: str, candidates: Sequence[FoodMatch]) -> FoodMatch | None:
        """Ask which food is meant."""

    def member(
        self, name: str, kind: Food, members: Callable[[], Sequence[FoodMatch]]
    ) -> FoodMatch | None:
        """Ask which food of a kind is meant; None for the kind itself, too."""

    def form(self, question: str) -> str | None:
        """Ask whether a mass is the element's or the salt's."""

    def redirect(self, name: str) -> None:
        """Raise what tells where a name belongs that is none of a food: that of a medicine."""

    def language(self, typed: str, lines: Mapping[str, str]) -> str | None:
        """Ask which language a line is in, by what it is in each; None for English, too."""


class UnknownFoodError(FoodError):
    """No food has this name."""

    def __init__(self, name: str, near: Sequence[FoodMatch]) -> None:
        """Take the name as typed and the foods whose names come nearest."""
        names = "; ".join(match.food for match in near)
        offer = f"Nearest: {names}." if near else "Nothing comes near."
        own = f"Your own food: k2log foods add {quoted(shown(name))}"
        self.name = name
        super().__init__(f'no food called "{shown(name)}". {offer} {own}')


class AmbiguousFoodError(FoodError):
    """Several foods have this name."""

    def __init__(self, name: str, candidates: Sequence[FoodMatch]) -> None:
        """Take the name as typed and the foods it may mean, the most ordinary first."""
        names = "; ".join(match.food for match in candidates[:_MOST_LISTED])
        unlisted = len(candidates) - _MOST_LISTED
        more = f" and {unlisted} more" if unlisted > 0 else ""
        super().__init__(
            f'"{shown(name)}" may be: {names}{more}.'
            f" Name one, or pick it exactly: food:{candidates[0].food_key}"
        )


class Choice(NamedTuple):
    """A food, what to announce of how it was found, and whether its region was assumed.

    ``account`` tells what each word typed was taken for; it is empty where the whole is a name of
    the food. ``corrected`` is the name with its slips mended.
    """

    food: Food
    note: str = ""
    region_assumed: bool = False
    account: Account = ()
    corrected: str = ""

    @property
    def size(self) -> str | None:
        """The size typed, which may be a measure of the food."""
        return next((word.text for word in self.account if word.role == SIZE), None)


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
        if choice := self.exactly(name):
            return choice
        looks = (self.by_words, self.by_slips, self.by_official_words)
        choice = next(filter(None, (look(name) for look in looks)), None)
        return choice or self.nearest(name)

    def exactly(self, name: str) -> Choice | None:
        """Return the food that bears a name. Raises AmbiguousFoodError."""
        bearers = self.foods.named([key := lookup_key(name)]).get(key, ())
        return self.by_name(name, bearers) if bearers else None

    def by_name(self, name: str, bearers: Sequence[Food]) -> Choice | None:
        """Return which of the foods that bear a name is meant; None if its words swapped places.

        Raises AmbiguousFoodError.
        """
        foods = _first_of_origins(self.in_order(name, bearers))
        if not foods:
            return None
        foods_here = self.of_region(foods)
        assumed = self.region is None and len(foods_here) < len(foods)
        if len(foods_here) > 1:
            foods_here = _spelt(name, foods_here)
        if len(foods_here) > 1:
            match = self._settled(name, [_match_of(food) for food in foods_here])
            foods_here = [food for food in foods_here if food.key == match.food_key]
        food = self._narrowed(name, foods_here[0])
        return Choice(food, region_assumed=assumed)

    def by_words(self, name: str, holding: Holding | None = None) -> Choice | None:
        """Return the food that accounts for every word of a name. Raises AmbiguousFoodError.

        ``holding`` tells what the amount typed holds, where it matters which of several is meant.
        """
        words = name_words(name)
        typed = account(words, self.foods.terms(runs(words)))
        ways = cores(typed)
        if not ways:
            return None
        least = [word for it in typed if it.role == NAME for word in it.text.split()] or words
        names = self.foods.variants(ways, least)
        if is_joined(name):
            names = [it for it in names if is_joined(it.name)]
        fitting = fits(typed, ways, names)
        if is_joined(name):  # what is left out might be a food of its own
            fitting = [fit for fit in fitting if not (fit.dropped or fit.missing)]
        if not fitting:
            return self._by_kind(name, typed, least, holding)
        best = [fit for fit in fitting if fit.quality[:3] == fitting[0].quality[:3]]
        here = {match.food_key for match in self.of_region([fit.match for fit in best])}
        fit, *others = [fit for fit in best if fit.match.food_key in here]
        equals = [other.match for other in others if other.quality == fit.quality]
        match = fit.match
        if equals:
            match = self._most_ordinary([match, *equals], holding) or self._settled(
                name, [match, *equals]
            )
        food = self._narrowed(name, self._keyed(match))
        assumed = self.region is None and bool(match.region) and len(here) < len(best)
        said = bool(equals or fit.extra or fit.unsaid)
        note = _taken(name, food, fit.unsaid) if said else ""
        return Choice(food, note, assumed, typed)

    def _by_kind(
        self, name: str, typed: Account, words: Sequence[str], holding: Holding | None
    ) -> Choice | None:
        """Return the most ordinary kind of what was typed, where it does not matter which."""
        if is_joined(name) or any(word.role == KEPT for word in typed):
            return None
        names = self.foods.worded(words)
        candidates = self.of_region(subtypes(words, names))
        if not candidates:
            return None
        whole = {it.food_key for it in names if is_whole(words, it.name)}
        unsaid = [word for word in typed if word.role in CHOOSING]
        match: FoodMatch | None = candidates[0]
        if len(candidates) > 1 or candidates[0].food_key not in whole or unsaid:
            match = self._most_ordinary(candidates, holding) if not unsaid else None
        # Hemp seeds are called hearts, too: not where several foods have that word themselves.
        own = [it for it in candidates if {*words} & {*name_words(it.food)}]
        match = match or self._settled(name, own if len(own) > 1 else candidates)
        food = self._keyed(match)
        return Choice(food, _taken(name, food, unsaid), account=typed)

    def by_count(self, name: str) -> Choice | None:
        """Ask which food counted in pieces a name means: a chilli is no dish of it, but a pepper.

        Raises AmbiguousFoodError.
        """
        words = name_words(name)
        matches = self.of_region(subtypes(words, self.foods.worded(words)))[:_MOST_OFFERED]
        counted = [match for match in matches if self._keyed(match).piece is not None]
        return Choice(self._keyed(self._settled(name, counted))) if counted else None

    def by_slips(self, name: str, holding: Holding | None = None) -> Choice | None:
        """Return the food that a name means with its slips mended, and say so.

        Raises AmbiguousFoodError.
        """
        from k2log.food.slips import SHORTEST  # noqa: PLC0415 - few names need it

        words = name_words(name)
        known = self.foods.known_words(words)
        if known >= {*words}:
            return None
        for at, word in enumerate(words):
            if word in known:
                continue
            near = self._meant(word, name, SHORTEST)
            same = self.foods.terms(near)
            if len({same[it].same if it in same else it for it in near}) != 1:
                return None
            words[at] = near[0]
        mended = " ".join(words)
        choice = self.exactly(mended) or self.by_words(mended, holding)
        if choice is None:
            return None
        self.ask.food(name, [_match_of(choice.food)])
        note = f'"{shown(name)}" was taken for {choice.food.name}'
        return choice._replace(note=note, corrected=mended)

    def by_official_words(self, name: str) -> Choice | None:
        """Ask which official food a part of its name means; one alone is asked, too.

        None where no official name has these words. Raises AmbiguousFoodError.
        """
        words = name_words(name)
        candidates = worded_like(name, whole_words(words, self.foods.official(words)))
        if not candidates:
            return None
        here = self.of_region(candidates)
        before = self.foods.logged_before(match.food_key for match in candidates)
        ordered = sorted(candidates, key=lambda it: (it.food_key not in before, it not in here))
        answer = self.ask.food(name, ordered[:_MOST_OFFERED])
        if answer is None:
            raise AmbiguousFoodError(name, ordered)
        return Choice(self._keyed(answer))

    def nearest(self, name: str) -> Choice:
        """Ask whether one of the foods near a name is meant. Raises UnknownFoodError."""
        self.ask.redirect(name)
        near = self.near(name)
        answer = self.ask.food(name, near) if near else None
        if answer is None:
            raise UnknownFoodError(name, near)
        return Choice(self._keyed(answer))

    def near(self, name: str) -> list[FoodMatch]:
        """Return the foods to offer where a name means none.

        They share a whole word with it that is part of what the food is, or one slip away.
        """
        from k2log.food.slips import SHORTEST_OFFERED  # noqa: PLC0415 - as above

        words = name_words(name)
        typed = account(words, self.foods.terms(runs(words)))
        names = [word for it in typed if it.role == NAME for word in it.text.split()]
        known = self.foods.known_words(names)
        wanted = [
            other
            for word in names
            for other in ([word] if word in known else self._meant(word, name, SHORTEST_OFFERED))
        ]
        if not wanted:
            return []
        return [*self.of_region(sharing(wanted, self.foods.sharing(wanted)))][:_MOST_NEAR]

    def _meant(self, word: str, name: str, shortest: int) -> list[str]:
        """Return the words of foods that a word of a name may be a slip of.

        An s at its end may be no plural, but what is left of a word: "chees".
        """
        from k2log.food.slips import meant  # noqa: PLC0415 - as above

        near: list[str] = []
        for form in (word, *({f"{word}s"} & {*typed_words(name)})):
            if slips := slips_allowed(form, shortest):
                near += meant(form, self.foods.vocabulary(form, slips), slips)
        return [*dict.fromkeys(near)]

    def in_order(self, name: str, bearers: Sequence[Food]) -> Sequence[Food]:
        """Return those of whose name the words stand as they were typed.

        Another order is taken where the last word names no food: "yogurt greek" is greek yogurt,
        "salad potatoes" are no potato salad. "milk with tea" is no milk tea.
        """
        words = name_words(name)
        joined = is_joined(name)  # chicken and salad is no chicken salad
        same = all(name_words(it.name) == words and joined <= is_joined(it.name) for it in bearers)
        if len(words) < 2 or same:
            return bearers
        written = self.foods.spellings(" ".join(sorted(words)))
        fitting = [
            food
            for food in bearers
            if not written.get(food.key)
            or any(
                in_order(" ".join(words), in_parts(each)) and joined <= is_joined(each)
                for each in written[food.key]
            )
        ]
        if fitting:
            return fitting
        typed = account(words, self.foods.terms(runs(words)))
        if typed[-1].role in CHOOSING | DROPPABLE:
            return bearers
        named = {food.key for food in self.foods.named([words[-1]]).get(words[-1], ())}
        return [food for food in bearers if not named or food.key in named]

    def _narrowed(self, name: str, food: Food) -> Food:
        """Ask which food of a kind is meant; where nobody says, the kind."""
        if not food.generic:
            return food
        member = self.ask.member(name, food, lambda: self.foods.members(food.key))
        return self._keyed(member) if member else food

    def _most_ordinary(
        self, candidates: Sequence[FoodMatch], holding: Holding | None
    ) -> FoodMatch | None:
        """Return the most ordinary of foods if which of them is meant changes nothing that counts.

        None as well where nothing tells which that is, or not all are measured as was typed.
        """
        first = min(candidates, key=lambda match: match.place)
        if holding is None or len(candidates) > _MOST_OFFERED or first.place == UNRANKED:
            return None
        keys = [f"food:{match.food_key}" for match in candidates]
        foods = self.foods.named(keys)
        held = [holding(foods[key][0]) for key in keys]
        amounts = [amounts for amounts in held if amounts is not None]
        if len(amounts) < len(held):
            return None
        return first if alike(amounts) else None

    def _keyed(self, match: FoodMatch) -> Food:
        key = f"food:{match.food_key}"
        return self.foods.named([key])[key][0]

    def of_region(self, foods: Sequence[_Regional]) -> Sequence[_Regional]:
        """Return those foods that are of the user's region or of none; all if none is."""
        regions = {None, self.region or self.assumed}
        return [food for food in foods if food.region in regions] or foods

    def _settled(self, name: str, candidates: Sequence[FoodMatch]) -> FoodMatch:
        """Ask which is meant, those logged before first. Raises AmbiguousFoodError."""
        before = self.foods.logged_before(match.food_key for match in candidates)
        ordered = sorted(candidates, key=lambda match: match.food_key not in before)
        answer = self.ask.food(name, ordered[:_MOST_OFFERED])
        if answer is None:
            raise AmbiguousFoodError(name, ordered)
        return answer


def alike(amounts: Sequence[Mapping[str, Amount]]) -> bool:
    """Whether it changes nothing that counts which of some foods these amounts are of."""
    return all(_alike(nutrient, amounts) for nutrient in _COUNTS)


def _alike(nutrient: str, held: Sequence[Mapping[str, Amount]]) -> bool:
    """Whether it changes nothing that counts which of these amounts it is; unknown ones count."""
    bests = [amounts[nutrient].best for amounts in held if nutrient in amounts]
    known = [best for best in bests if best is not None]
    if len(known) < len(held):
        return not known
    difference = max(known) - min(known)
    relative = nutrient == "calcium" and difference <= _SHARE * max(known)
    return difference < _COUNTS[nutrient] or relative


def _taken(name: str, food: Food, unsaid: Sequence[Word]) -> str:
    """Return what to say of a food that has not all words typed."""
    if not unsaid:
        return f'"{shown(name)}" was taken for {food.name}'
    words = " and ".join(f'"{shown(word.text)}"' for word in unsaid)
    return f"{words} left out: no figures for that, counted as {food.name}"


def _match_of(food: Food) -> FoodMatch:
    return FoodMatch(food.key, food.name, region=food.region, origin=food.origin, kind=food.kind)


def search(name: str, chooser: Chooser) -> list[FoodMatch]:
    """Return the foods a name may mean, own ones first, then the best."""
    words = name_words(name)
    if not words:
        return []
    names = [*chooser.foods.worded(words), *chooser.foods.official(words)]
    matches = worded_like(name, names) or chooser.near(name)
    here = {id(match) for match in chooser.of_region(matches)}
    return sorted(
        matches,
        key=lambda match: (rank(match), id(match) not in here, -match.score, match.food),
    )


def _first_of_origins(bearers: Sequence[Food]) -> Sequence[Food]:
    """Return of foods that bear one name those whose origin comes first."""
    if not bearers:
        return []
    first = min(map(rank, bearers))
    return newest([food for food in bearers if rank(food) == first], lambda _: "")


def _spelt(name: str, foods: Sequence[Food]) -> Sequence[Food]:
    """Return those of foods that share a key whose name is just what was typed; else all."""
    typed = name.casefold().split()
    return (
        [food for food in foods if food.name.casefold().split() == typed]
        or [food for food in foods if name_words(food.name) == name_words(name)]
        or foods
    )
