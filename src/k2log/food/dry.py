"""What is sold dry and eaten cooked: rice, pasta, lentils. Who weighs it may mean either.

Cooked is taken, as it is eaten. Where dry would make a difference that counts, that is said: the
dry food of "Pasta, cooked" is the one called "Pasta, dry".
"""

from typing import Final

from k2log.errors import K2logError
from k2log.food.chooser import Chooser, alike
from k2log.food.food import COOKED, Food
from k2log.food.measure import amount_read, nutrients
from k2log.food.words import COOKING, account, runs
from k2log.grammar.items import lookup_key
from k2log.grammar.quantity import Reading
from k2log.grammar.units import unit, volume
from k2log.names import name_words
from k2log.text import shown

_DRY: Final = ", dry"
_WEIGHED: Final = {"mass", "volume"}
_WET: Final = {"can", "jar"}


def remark(food: Food, text: str, reading: Reading, chooser: Chooser) -> str | None:
    """Return what to say of a food taken as cooked though nobody said so; None if nothing.

    ``text`` is the item as typed: what is in a tin is cooked.
    """
    named = unit(volume(reading.measure or "")[0] or reading.measure or "")
    if named is None or named.kind not in _WEIGHED:
        return None
    if any(word and word.name in _WET for word in map(unit, text.split())):
        return None
    words = name_words(reading.food)
    typed = account(words, chooser.foods.terms(runs(words)))
    if any(word.role == COOKING for word in typed):
        return None
    key = lookup_key(f"{food.name.removesuffix(COOKED)}{_DRY}")
    for dry in chooser.foods.named([key]).get(key, ()):
        try:
            amounts = [
                nutrients(each, amount_read(each, reading, None, chooser.system).quantity)
                for each in (food, dry)
            ]
        except K2logError:
            return None
        if alike(amounts):
            return None
        name = dry.name.removesuffix(_DRY).lower()
        return f'"{shown(reading.food)}" was counted as cooked; what was weighed dry: "dry {name}"'
    return None
