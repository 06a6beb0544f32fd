"""From what a person typed to foods, quantities and nutrients; or why not.

The foods are asked for twice at most: once for every name the words could be, and again, by
likeness, for an item none of whose readings names a food.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from k2log.errors import FoodError
from k2log.food.amount import Amount
from k2log.food.doses import AmbiguousSaltError
from k2log.food.food import Food
from k2log.food.matching import (
    Found,
    Name,
    corrections,
    nearest,
    slips_allowed,
    worded_like,
)
from k2log.food.measure import fits, measured, nutrients
from k2log.food.names import name_words
from k2log.food.quantity import Measured
from k2log.grammar.items import Reading, lookup_key, name_typed, readings
from k2log.grammar.lists import candidate_names, item_texts
from k2log.grammar.refusals import explain_unreadable
from k2log.grammar.text import shown

_SHOWN = 12
_OFFERED = 24

_Settled = tuple[Reading, Food, list[str]]


class Asking(Protocol):
    """How questions are put; each answer is None where nobody can be asked."""

    def food(self, name: str, candidates: Sequence[Found]) -> Found | None:
        """Ask which food is meant."""

    def form(self, question: str) -> str | None:
        """Ask whether a mass is the element's or the salt's."""


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


class Understood(NamedTuple):
    """One item: the text typed, its food, how much, what that holds, and what to announce."""

    text: str
    food: Food
    measured: Measured
    nutrients: Mapping[str, Amount]
    notes: Sequence[str]


class UnknownFoodError(FoodError):
    """No food has this name."""

    def __init__(self, name: str, near: Sequence[Found]) -> None:
        """Take the name as typed and the foods whose names come nearest."""
        names = "; ".join(found.food for found in near)
        way_on = f"Nearest: {names}." if near else "Nothing comes near; try a plainer name."
        super().__init__(f'no food called "{shown(name)}". {way_on}')


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


def understand(arguments: Sequence[str], foods: Foods, ask: Asking) -> list[Understood]:
    """Return every item of the command line, or raise for the first that cannot be understood."""
    named = foods.named(candidate_names(arguments))
    texts = item_texts(arguments, named.__contains__)
    return [_understood(text, named, foods, ask) for text in texts]


def _understood(
    text: str, named: Mapping[str, Sequence[Food]], foods: Foods, ask: Asking
) -> Understood:
    reading, food, notes = _named(text, named, foods, ask) or _alike(text, foods, ask)
    amount = _measured(food, reading, ask)
    held = nutrients(food, amount.quantity)
    return Understood(text, food, amount, held, [*notes, *amount.notes])


def _measured(food: Food, reading: Reading, ask: Asking) -> Measured:
    try:
        return measured(food, reading.amount, reading.measure, form=reading.form)
    except AmbiguousSaltError as ambiguous:
        form = ask.form(str(ambiguous))
        if form is None:
            raise
        return measured(food, reading.amount, reading.measure, form=form)


def _named(
    text: str, named: Mapping[str, Sequence[Food]], foods: Foods, ask: Asking
) -> _Settled | None:
    """Settle the longest name that is a food's; of two ways to read it, the one with an amount."""
    known = [
        (reading, fitting)
        for reading in readings(text)
        if (fitting := [f for f in named.get(lookup_key(reading.food), ()) if fits(f, reading)])
    ]
    if not known:
        return None
    longest = lookup_key(known[0][0].food)
    same = [pair for pair in known if lookup_key(pair[0].food) == longest]
    reading, fitting = next((pair for pair in same if pair[0].amount is not None), known[0])
    return reading, _one_of(reading.food, fitting, foods, ask), []


def _one_of(name: str, known: Sequence[Food], foods: Foods, ask: Asking) -> Food:
    own = [food for food in known if food.origin == "user"]
    known = own or known
    if len(known) == 1:
        return known[0]
    found = _settled(
        name, [Found(food.key, food.name, 100, certain=True) for food in known], foods, ask
    )
    return next(food for food in known if food.key == found.food_key)


def _settled(name: str, candidates: Sequence[Found], foods: Foods, ask: Asking) -> Found:
    """Return the one that is certain; or, of equals, the one logged before; or the one chosen."""
    certain = [found for found in candidates if found.certain]
    if len(certain) == 1:
        return certain[0]
    before = foods.logged_before(found.food_key for found in candidates)
    best = [found for found in candidates if found.score == candidates[0].score]
    logged = [found for found in best if found.food_key in before]
    if len(logged) == 1:
        return logged[0]
    ordered = sorted(candidates, key=lambda found: found.food_key not in before)
    chosen = ask.food(name, ordered[:_OFFERED])
    if chosen is None:
        raise AmbiguousFoodError(name, ordered)
    return chosen


def _alike(text: str, foods: Foods, ask: Asking) -> _Settled:
    """Settle an item whose words are no food's exact name. Raises FoodError, UnreadableError."""
    if unreadable := explain_unreadable(text):
        raise unreadable
    possible = [reading for reading in readings(text) if not (reading.tentative or reading.form)]
    for reading in possible:
        if candidates := worded_like(reading.food, foods.worded(name_words(reading.food))):
            found = _settled(reading.food, candidates, foods, ask)
            return reading, _food(found, foods), []
    for reading in possible:
        meant = " ".join(_corrected(reading.food, foods))
        if candidates := worded_like(meant, foods.worded(name_words(meant))) if meant else []:
            found = _settled(reading.food, candidates, foods, ask)
            note = f'"{shown(reading.food)}" was taken for {found.food}'
            return reading, _food(found, foods), [note]
    raise UnknownFoodError(name := name_typed(text), _near(name, foods))


def _corrected(name: str, foods: Foods) -> list[str]:
    """Return the words of a name, each slip mended if but one word is so close; else nothing."""
    mended = []
    for word in name_words(name):
        slips = slips_allowed(word)
        near = corrections(word, foods.vocabulary(word, slips), slips) if slips else []
        if word not in near and len(near) != 1 and not foods.worded([word]):
            return []
        mended.append(near[0] if len(near) == 1 else word)
    return mended


def _near(name: str, foods: Foods) -> list[Found]:
    words = name_words(name)
    like = [
        other
        for word in words
        if (slips := len(word) // 3) and word.isalpha()
        for other in corrections(word, foods.vocabulary(word, slips), slips)[:_SHOWN]
    ]
    return nearest(name, foods.sharing([*words, *like]))


def _food(found: Found, foods: Foods) -> Food:
    key = f"food:{found.food_key}"
    return foods.named([key])[key][0]
