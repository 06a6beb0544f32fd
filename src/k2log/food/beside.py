"""Milk beside a drink or cereal: a cup of tea *with milk* is a splash, no glass.

The amounts are ours, and are said. Only milk of which no amount was typed is counted so, whichever
of the two is typed first.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from k2log.food.food import Food
from k2log.food.measure import FoodAmount, food_amount
from k2log.names import name_words

_HOT: Final = frozenset({"tea", "coffee", "espresso", "americano"})
_MILKY: Final = frozenset({"latte", "cappuccino", "milk", "white", "green", "herbal"})
_CEREAL: Final = frozenset(
    {
        "cereal", "flake", "cornflake", "muesli", "granola", "oatmeal", "porridge", "oat",
        "weetabix", "cheerio", "shreddies", "krispy", "biscuit",
    }
)  # fmt: skip
_POURED: Final = frozenset({"milk", "cream", "drink", "half"})
_SPLASH: Final = (1.0, "splash")
_OVER_CEREAL: Final = (125.0, "ml")
_CUPS: Final = frozenset({None, "cup", "mug", "glass"})


def poured(
    items: Sequence[tuple[Food, FoodAmount]], system: str = "us"
) -> Mapping[int, FoodAmount]:
    """Return how much milk stands beside something that takes some, by its place among items."""
    hosts = [host for each in items if (host := _host(*each))]
    if not hosts:
        return {}
    beside, amount, measure = max(hosts, key=lambda host: host[1])
    amounts = {}
    for place, (food, typed) in enumerate(items):
        if typed.assumed and _is_milk(food):
            one = food_amount(food, amount, measure, system=system)
            note = f"{food.name} {beside}: {one.quantity:.0f} {food.unit} was counted"
            amounts[place] = one._replace(notes=(note,))
    return amounts


def _host(food: Food, typed: FoodAmount) -> tuple[str, float, str] | None:
    """Return what a food is called that takes milk, and how much of it, in which measure."""
    words = {*name_words(food.name)}
    if food.liquid and words & _HOT and not words & _MILKY:
        cups = typed.amount if typed.measure in _CUPS and not typed.assumed else 1.0
        return "in " + ("coffee" if "tea" not in words else "tea"), max(1.0, cups), _SPLASH[1]
    if not food.liquid and words & _CEREAL and not words & {"bar", "bread", "cookie", "cake"}:
        return "over cereal", *_OVER_CEREAL
    return None


def _is_milk(food: Food) -> bool:
    return food.liquid and bool({*name_words(food.name)} & _POURED)
