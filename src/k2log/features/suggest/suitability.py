"""Which foods and supplements may be suggested to a person at all.

What is avoided, and by whom, stands with the foods in ``catalogue/groups.toml``; what holds for
supplements beside a medicine or condition, with these in ``science/medicines.toml`` and
``science/conditions.toml``. The limits of this module are a choice of ours.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from k2log.amounts import Amount
from k2log.catalogue.groups import (
    ANTAGONISTS,
    CALCIUM,
    CATALOGUE,
    EVERYONE,
    PREGNANCY,
    STONES,
    FoodGroups,
)
from k2log.catalogue.namesake import Namesake
from k2log.food.food import TYPICAL_LABEL, Food
from k2log.names import name_words
from k2log.nutrients import NUTRIENTS
from k2log.science.intakes import ADULT_YEARS, ages
from k2log.science.name_lists import (
    APART_FROM_CALCIUM,
    ASK_PHARMACIST,
    DOCTOR_DECIDES,
    kinds_of_conditions,
    kinds_of_medicines,
)
from k2log.science.profile import UNRECOGNISED, Profile, names
from k2log.science.references import listed

MOST_K_UG: Final = 25.0
"""The most vitamin K1, and K2, of a serving beside a vitamin K antagonist; a choice of ours."""
MOST_NEW_K_UG: Final = 5.0
"""The same of a food that was not logged before, as usual foods are to stay as they are."""
MOST_MK7_UG: Final = 10.0
"""From more than this on, K2 beside a vitamin K antagonist is like that of natto."""

_ABROAD: Final = {"us": "(Europe", "eu": "(US"}
_WHOLE_NUTRIENTS: Final = tuple(id_ for id_, it in NUTRIENTS.items() if it.part_of is None)


def kind_of(food: Food, groups: FoodGroups) -> str | None:
    """Return what a food counts as where one of each kind is suggested; None: it never is.

    A food of one's own is suggested whatever it is; without a kind it is one by itself.
    """
    if food.supplement:
        return None if _supposed(food) else " and ".join(contents(food)) or None
    words = words_of(food)
    kind = groups.kind_of(words)
    if food.origin == "user":
        return kind or food.key
    if _supposed(food) or CATALOGUE in groups.avoided_by([words], [food.key]):
        return None
    return kind


def _supposed(food: Food) -> bool:
    """Whether what a food holds is only supposed: a dish by one recipe, what labels usually say."""
    calcium, bases = food.figures.get("calcium"), {it.basis for it in food.figures.values()}
    dish = calcium is not None and calcium.basis == "calculated" and "," in calcium.source
    return dish or TYPICAL_LABEL in bases


def suits(
    food: Food, nutrient: str, profile: Profile, groups: FoodGroups, namesake: Namesake
) -> bool:
    """Whether nothing speaks against a food as a source of a nutrient for this person.

    A food of one's own belongs to the groups of its names and of the catalogue's foods that share
    one. In pregnancy, while breastfeeding and with kidney stones one that shares none is left out,
    as it may be anything, and so is one that is called like a dish.
    """
    avoiding = {EVERYONE}
    if profile.may_be_on_antagonist:
        avoiding.add(ANTAGONISTS)
    if profile.life_stage:
        avoiding.add(PREGNANCY)
    if nutrient == "calcium":
        avoiding.add(CALCIUM)
    stones = profile.having("kidney-stones")
    if stones:
        avoiding.add(STONES)
    if food.origin == "user" and (profile.life_stage or stones):
        if not namesake.catalogue_keys:
            return False
        avoiding.add(CATALOGUE)
    called = [words_of(food), *(frozenset(name_words(name)) for name in namesake.names)]
    return avoiding.isdisjoint(groups.avoided_by(called, {food.key, *namesake.catalogue_keys}))


def words_of(food: Food) -> frozenset[str]:
    """Return the words of a food's name and key, as names are compared."""
    return frozenset(name_words(f"{food.name} {food.key.replace('-', ' ')}"))


def sold_in(food: Food, region: str | None) -> bool:
    """Whether a food is the one of that region (us, uk or eu; us where none is set)."""
    here = "us" if region in {None, "us"} else "eu"
    return food.region in {None, here} and _ABROAD[here] not in food.name


def keeps_vitamin_k_steady(food: Food, amounts: Mapping[str, Amount], *, usual: bool) -> bool:
    """Whether a serving has little vitamin K at most, all known: beside a vitamin K antagonist.

    ``usual`` is what the person eats already; of other foods a trace is enough to leave them out.
    """
    k1, k2, mk7 = (amounts[id_] for id_ in ("vitamin_k1", "vitamin_k2", "mk7"))
    if food.supplement:
        return k1.high == 0 and k2.high == 0
    most = MOST_K_UG if usual else MOST_NEW_K_UG
    little = all(it.high is not None and it.high <= most for it in (k1, k2))
    return little and (mk7.high or mk7.best or 0) <= MOST_MK7_UG


def contents(supplement: Food) -> list[str]:
    """Return what a product holds, if that is one nutrient, or calcium and vitamin D; else []."""
    figures = {id_: supplement.figures.get(id_) for id_ in _WHOLE_NUTRIENTS}
    present = [id_ for id_, figure in figures.items() if figure is None or figure.amount.high != 0]
    return present if len(present) == 1 or present == ["calcium", "vitamin_d"] else []


def no_supplements(profile: Profile, on: date, since: date) -> str:
    """Return why no supplement is suggested to this person, or ""."""
    if profile.life_stage:
        return f"while {profile.life_stage}, your midwife or doctor decides on them with you"
    if profile.born is None:
        return "they depend on age, and no year of birth is recorded"
    if min(ages(profile.born, on)) < ADULT_YEARS:
        return f"nobody under {ADULT_YEARS} is suggested any"
    conditions = profile.having(*kinds_of_conditions(DOCTOR_DECIDES))
    if conditions:
        return f"with {listed(names(conditions))}, your doctor decides on them with you"
    if unrecognised := profile.taking(UNRECOGNISED, since=date.min):
        return f"k2log does not know {listed(names(unrecognised))}, so a pharmacist comes first"
    medicines = profile.taking(*kinds_of_medicines(ASK_PHARMACIST), since=since)
    if medicines:
        return f"they can interact with {listed(names(medicines))}, so a pharmacist comes first"
    return ""


def apart_from_calcium(profile: Profile, since: date) -> list[str]:
    """Return the medicines that are taken some hours apart from calcium."""
    return names(profile.taking(*kinds_of_medicines(APART_FROM_CALCIUM), since=since))
