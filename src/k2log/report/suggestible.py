"""Which foods and supplements may be suggested to a person at all.

Left out for everyone: dishes and sweets, as k2log knows no energy; what is raw, but for greens; and
liver and cod liver oil, whose vitamin A k2log does not count. The words of a name decide. In
pregnancy and while breastfeeding, a design choice on top: no smoked fish, tuna, roe, pâté, nor
cheese ripened with mould. What the limits of this module are is a choice of ours too.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from k2log.food.amount import Amount
from k2log.food.food import Food
from k2log.food.names import name_words
from k2log.science.conditions import ADULT_YEARS
from k2log.science.held import listed
from k2log.science.intakes import ages
from k2log.science.profile import Profile, names

MOST_GRAMS: Final = 400.0
MOST_K1_UG: Final = 25.0
"""The most vitamin K1, and K2, of a serving beside a vitamin K antagonist; a choice of ours."""
MOST_MK7_UG: Final = 10.0
"""From more than this on, K2 beside a vitamin K antagonist is like that of natto."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KINDS: Final = {
    "yogurt": _set("yogurt yoghurt kefir skyr quark fromage fermented"),
    "cheese": _set(
        "cheese gouda edam cheddar emmental gruyere parmesan raclette brie camembert munster"
        " mozzarella feta ricotta provolone monterey roquefort queso tilsit comte grana pecorino"
        " maasdam gorgonzola babybel"
    ),
    "salmon": _set("salmon"),
    "trout": _set("trout"),
    "mackerel": _set("mackerel"),
    "herring": _set("herring kipper"),
    "sardines": _set("sardine pilchard"),
    "tuna": _set("tuna"),
    "white fish": _set("cod haddock halibut plaice hake bream bass tilapia pollock perch"),
    "milk": _set("milk buttermilk"),
    "tofu": _set("tofu tempeh"),
    "natto": _set("natto"),
    "egg": _set("egg"),
    "mushrooms": _set("mushroom chanterelle maitake shiitake"),
    "greens": _set("kale collard rabe choy broccoli cabbage green watercress rocket okra"),
    "beans": _set("bean soybean chickpea lentil edamame"),
    "juice": _set("juice"),
    "mineral water": _set("mineral"),
    "cereal": _set("flake cheerio cereal"),
    "poultry": _set("chicken turkey duck goose"),
    "fat": _set("margarine butter"),
}
_PLANTS: Final = frozenset({"soy", "soya", "almond", "rice", "oat", "coconut"})
_GREENS: Final = _KINDS["greens"]
_DRINKS: Final = frozenset({"milk", "drink"})
_DISHES: Final = _set(
    "sandwich pizza soup burger hamburger cheeseburger burrito taco macaroni lasagne lasagna"
    " ravioli tortellini pie cake ice chocolate pudding dessert coffee sweetened condensed cream"
    " noodle salad pasta quiche pancake bread roll sushi nugget curry broth stew chili vegan veggie"
    " spread dressing smoothie"
)
_FOR_NOBODY: Final = frozenset({"liver", "foie", "antacid"})
_NOT_IN_PREGNANCY: Final = _set(
    "smoked kipper tuna swordfish caviar roe pate brie camembert munster roquefort gorgonzola blue"
    " queso gravlax"
)
_OXALATE: Final = _set("spinach chard rhubarb sorrel amaranth carambola starfruit purslane")
_OXALATE_PAIRS: Final = (
    {"beet", "green"},
    {"beetroot", "green"},
    {"beet", "leaf"},
    {"star", "fruit"},
)
_ABROAD: Final = {"us": "(Europe", "eu": "(US"}

_SUPPLEMENTED: Final = ("calcium", "vitamin_d", "vitamin_k2", "vitamin_k1", "magnesium")
_APART: Final = ("levothyroxine", "tetracycline", "fluoroquinolone", "oral-bisphosphonate", "iron")
_ASK_FIRST: Final = ("thiazide", "cardiac-glycoside", "lithium", "integrase-inhibitor")


def words_of(food: Food) -> frozenset[str]:
    """Return the words of a food's name and key, as names are compared."""
    return frozenset(name_words(f"{food.name} {food.key.replace('-', ' ')}"))


def kind(food: Food, words: frozenset[str]) -> str | None:
    """Return the family of a food, for variety; None for what is not suggested.

    A food of one's own is suggested whatever it is; without a family it is one by itself.
    """
    if food.supplement:
        return " and ".join(held(food)) or None
    own = food.origin == "user"
    if words & _DISHES and not own:
        return None
    if words & _PLANTS and words & _DRINKS:
        return "plant drink"
    known = next((name for name, its in _KINDS.items() if words & its), None)
    return known or (food.key if own else None)


def suits(words: frozenset[str], nutrient: str, profile: Profile) -> bool:
    """Whether a food's words speak against nothing: oxalate, rawness, what the profile says."""
    barred = _FOR_NOBODY | ({"natto"} if profile.on_antagonist else frozenset())
    barred |= _NOT_IN_PREGNANCY if profile.life_stage else frozenset()
    raw = "raw" in words and not words & _GREENS
    return not (words & barred or raw or (nutrient == "calcium" and _binds_calcium(words)))


def _binds_calcium(words: frozenset[str]) -> bool:
    return bool(words & _OXALATE) or any(pair <= words for pair in _OXALATE_PAIRS)


def sold_in(food: Food, region: str | None) -> bool:
    """Whether a food is the one of that region (us, uk or eu; us where none is set)."""
    here = "us" if region in {None, "us"} else "eu"
    return food.region in {None, here} and _ABROAD[here] not in food.name


def keeps_vitamin_k_steady(food: Food, amounts: Mapping[str, Amount]) -> bool:
    """Whether a serving has little vitamin K, all of it known: beside a vitamin K antagonist."""
    k1, k2, mk7 = (amounts[id_] for id_ in ("vitamin_k1", "vitamin_k2", "mk7"))
    if food.supplement:
        return k1.high == 0 and k2.high == 0
    little = k1.high is not None and k1.high <= MOST_K1_UG
    return (
        little and k2.best is not None and k2.best <= MOST_K1_UG and (mk7.best or 0) <= MOST_MK7_UG
    )


def held(supplement: Food) -> list[str]:
    """Return what a product holds, if that is one nutrient, or calcium and vitamin D; else []."""
    figures = {id_: supplement.figures.get(id_) for id_ in _SUPPLEMENTED}
    holds = [id_ for id_, figure in figures.items() if figure is None or figure.amount.high != 0]
    return holds if len(holds) == 1 or holds == ["calcium", "vitamin_d"] else []


def no_supplements(profile: Profile, on: date, since: date) -> str:
    """Return why no supplement is suggested to this person, or ""."""
    if profile.life_stage:
        return f"while {profile.life_stage}, your midwife or doctor decides on them with you"
    if profile.born is None:
        return "they depend on age, and no year of birth is recorded"
    if min(ages(profile.born, on)) < ADULT_YEARS:
        return f"nobody under {ADULT_YEARS} is suggested any"
    conditions = profile.having("kidney-stones", "high-blood-calcium")
    if conditions:
        return f"with {listed(names(conditions))}, your doctor decides on them with you"
    medicines = profile.taking(*_ASK_FIRST, since=since)
    if medicines:
        return f"they can interact with {listed(names(medicines))}, so a pharmacist comes first"
    return ""


def apart_from_calcium(profile: Profile, since: date) -> list[str]:
    """Return the medicines that are taken some hours apart from calcium."""
    return names(profile.taking(*_APART, since=since))
