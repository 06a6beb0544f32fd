"""Milk beside a drink or cereal: a cup of tea *with milk* is a splash, no glass.

So is the cheese that is grated over pasta, soup or salad: no slice. The amounts are ours, and are
said. Only what was typed without an amount is counted so, whichever of the two is typed first. Hot
chocolate *made with milk* holds its milk already, and a sandwich *on rye bread* its bread: neither
is counted twice.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from k2log.errors import FoodError
from k2log.food.food import Food
from k2log.food.measure import FoodAmount, food_amount
from k2log.names import name_words

_HOT: Final = frozenset({"tea", "coffee", "espresso", "americano"})
_MILKY: Final = frozenset({"latte", "cappuccino", "milk", "white", "green", "herbal"})
_CEREAL: Final = frozenset(
    {
        "cereal", "flake", "cornflake", "muesli", "granola", "oatmeal", "porridge", "oat",
        "weetabix", "cheerio", "shreddies", "krispy", "biscuit", "shredded",
    }
)  # fmt: skip
_CEREAL_BOWL_G: Final = 65.0
"""Of what is eaten by the bowl a bowl of breakfast cereal alone is so light, besides popcorn."""

_POURED: Final = frozenset({"milk", "cream", "drink", "half"})
_GRATED: Final = frozenset({"parmesan", "pecorino", "grana"})
_UNDER_CHEESE: Final = frozenset(
    {
        "pasta", "spaghetti", "macaroni", "lasagne", "ravioli", "tortellini", "gnocchi", "risotto",
        "polenta", "soup", "minestrone", "salad",
    }
)  # fmt: skip
_OVER_PASTA: Final = (10.0, "g")
_SPLASH: Final = (1.0, "splash")
_OVER_CEREAL: Final = (125.0, "ml")
_CUPS: Final = frozenset({None, "cup", "mug", "glass"})
_OF_MILK: Final = re.compile(
    r"\b(?:with|in) (?:whole )?milk\b|\blatte\b|\bcappuccino\b|\bmilkshake\b|\brice pudding\b"
    r"|\bcustard\b",
    re.IGNORECASE,
)
"""What the names of foods say that hold cow's milk."""

_PLANTS: Final = frozenset(
    {
        "soy", "soya", "almond", "oat", "rice", "coconut", "hemp", "cashew", "pea", "hazelnut",
        "spelt", "plant",
    }
)  # fmt: skip
_FILLED: Final = frozenset({"sandwich", "toastie", "burger", "hamburger", "cheeseburger"})
_BREADS: Final = frozenset(
    {"bread", "toast", "roll", "bagel", "bun", "baguette", "ciabatta", "focaccia", "brioche"}
)
_MADE_WITH: Final = frozenset({"with", "w/", "w", "in"})
_MADE_ON: Final = frozenset({"on", "in"})


class HeldMilkError(FoodError):
    """Milk joined to a food that is counted with milk of another kind or another amount."""

    def __init__(self, host: Food, milk: Food) -> None:
        """Take the food that holds milk, and the milk typed."""
        super().__init__(
            f"{host.name} is counted with the milk in it, and {milk.name} cannot take its place."
            " Log it without, or what it is made of one by one"
        )


def held_already(
    items: Sequence[tuple[Food, FoodAmount]], joins: Sequence[str]
) -> Mapping[int, int]:
    """Return the places of what the food before it holds already, and that food's place.

    ``joins`` are the words between the items. Raises HeldMilkError for milk of another kind, or of
    which an amount was typed, that is joined to a food which is counted with cow's milk.
    """
    held: dict[int, int] = {}
    for place in range(1, len(items)):
        food, typed = items[place]
        host, join = place - 1, joins[place - 1]
        while host and joins[host - 1] not in {"", ","}:
            host -= 1
        of_bread = _FILLED & {*name_words(items[host][0].name)} or _is_sandwich(items[host][0])
        if join in _MADE_ON and of_bread and _is_bread(food):
            held[place] = host
        elif join in _MADE_WITH and _OF_MILK.search(items[host][0].name) and _is_milky(food):
            if not typed.assumed or _PLANTS & {*name_words(food.name)}:
                raise HeldMilkError(items[host][0], food)
            held[place] = host
    return held


def _is_sandwich(food: Food) -> bool:
    return "sandwich" in food.portions


def _is_bread(food: Food) -> bool:
    return not food.liquid and bool({*name_words(food.name)} & _BREADS)


def _is_milky(food: Food) -> bool:
    """Whether a food is milk or stands for it, no cream."""
    return food.liquid and bool({*name_words(food.name)} & {"milk", "drink"})


def poured(
    items: Sequence[tuple[Food, FoodAmount]], system: str = "us"
) -> Mapping[int, FoodAmount]:
    """Return how much milk, or grated cheese, stands beside what takes some, by its place."""
    hosts = [host for each in items if (host := _host(*each))]
    milk = max(hosts, key=lambda host: host[1], default=None)
    under_cheese = any({*name_words(food.name)} & _UNDER_CHEESE for food, _ in items)
    cheese = ("grated over it", *_OVER_PASTA) if under_cheese else None
    amounts = {}
    for place, (food, typed) in enumerate(items):
        grated = bool({*name_words(food.name)} & _GRATED) and not food.liquid
        way = milk if _is_milk(food) else cheese if grated else None
        if typed.assumed and way:
            beside, amount, measure = way
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
    light = food.piece == "bowl" and food.portions["bowl"] <= _CEREAL_BOWL_G
    cereal = words & _CEREAL or (light and "popcorn" not in words)
    if not food.liquid and cereal and not words & {"bar", "bread", "cookie", "cake"}:
        return "over cereal", *_OVER_CEREAL
    return None


def _is_milk(food: Food) -> bool:
    return food.liquid and bool({*name_words(food.name)} & _POURED)
