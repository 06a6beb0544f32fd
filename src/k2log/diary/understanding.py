"""From what a person typed to foods, quantities and nutrients; or why not.

The foods are asked for twice at most: once for every name the words could be, and again, by
likeness, for an item none of whose readings names a food.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from k2log.food.amount import Amount
from k2log.food.choosing import Choice, Chooser, UnknownFoodError
from k2log.food.doses import AmbiguousSaltError
from k2log.food.food import Food
from k2log.food.measure import fits, measured, nutrients
from k2log.food.quantity import Measured
from k2log.grammar.items import Reading, lookup_key, name_typed, readings
from k2log.grammar.lists import candidate_names, item_texts
from k2log.grammar.refusals import explain_unreadable

Named = Mapping[str, Sequence[Food]]


class Understood(NamedTuple):
    """One item: the text typed, its food, how much, what that holds, and what to announce.

    ``region_assumed`` tells that the food differs by country and nobody said which is meant.
    """

    text: str
    food: Food
    measured: Measured
    nutrients: Mapping[str, Amount]
    notes: Sequence[str]
    region_assumed: bool = False


def understand(arguments: Sequence[str], chooser: Chooser) -> list[Understood]:
    """Return every item of the command line, or raise for the first that cannot be understood."""
    named = chooser.foods.named(candidate_names(arguments))
    texts = item_texts(arguments, named.__contains__)
    return [_understood(text, named, chooser) for text in texts]


def _understood(text: str, named: Named, chooser: Chooser) -> Understood:
    reading, choice = _named(text, named, chooser) or _alike(text, chooser)
    food = choice.food
    amount = _measured(food, reading, chooser)
    said = [choice.note, food.note if food.announce else "", *amount.notes]
    return Understood(
        text,
        food,
        amount,
        nutrients(food, amount.quantity),
        [note for note in said if note],
        choice.region_assumed,
    )


def _measured(food: Food, reading: Reading, chooser: Chooser) -> Measured:
    amount, measure, system = reading.amount, reading.measure, chooser.system
    try:
        return measured(food, amount, measure, form=reading.form, system=system)
    except AmbiguousSaltError as ambiguous:
        form = chooser.ask.form(str(ambiguous))
        if form is None:
            raise
        return measured(food, amount, measure, form=form, system=system)


def _named(text: str, named: Named, chooser: Chooser) -> tuple[Reading, Choice] | None:
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
    return reading, chooser.bearing(reading.food, fitting)


def _alike(text: str, chooser: Chooser) -> tuple[Reading, Choice]:
    """Settle an item whose words are no food's exact name. Raises FoodError, UnreadableError."""
    if unreadable := explain_unreadable(text):
        raise unreadable
    possible = [reading for reading in readings(text) if not (reading.tentative or reading.form)]
    for look in (chooser.alike, chooser.mended):
        for reading in possible:
            if choice := look(reading.food):
                return reading, choice
    raise UnknownFoodError(name := name_typed(text), chooser.near(name))
