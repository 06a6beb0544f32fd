"""Dishes that no table holds, as the sum of their parts by weight.

A part is a food of the catalogue, by its key, or a row of an official table as sources name it, for
which the catalogue food that was made of it stands. Where a part differs by country, named by the
key of its family's first food, there is a dish for each region.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from k2log.amounts import Amount
from k2log.catalogue.derive import summed
from k2log.catalogue.model import REGIONS, CatalogueFood, Dish, FlawError, Part
from k2log.food.food import BY_KIND, Figure, Food
from k2log.nutrients import NUTRIENTS

_DECIMALS: Final = 2
_TITLES: Final = {"us": "US", "eu": "Europe"}
_WHY: Final = "sum of its parts"


Variants = Mapping[str, Mapping[str, str]]
"""Of the key of the first food of a family: the keys of its foods, by region."""


def variants_of(foods: Iterable[CatalogueFood]) -> Variants:
    """Return what differs by country."""
    families: dict[str, dict[str, str]] = {}
    for each in foods:
        if each.family and each.region:
            families.setdefault(each.family, {})[each.region] = each.food.key
    return {family[REGIONS[0]]: family for family in families.values() if REGIONS[0] in family}


def by_region(each: CatalogueFood, variants: Variants) -> Iterator[CatalogueFood]:
    """Yield a food; a dish with a part that differs by country for each region.

    They are a family of their own, and the first region's keeps the key and the names.
    """
    if each.dish and any(part.food in variants for part in each.dish.parts):
        yield from (_in_region(each, each.dish, region, variants) for region in REGIONS)
    else:
        yield each


def _in_region(each: CatalogueFood, dish: Dish, region: str, variants: Variants) -> CatalogueFood:
    key, first = each.food.key, region == REGIONS[0]
    name = f"{each.food.name} ({_TITLES[region]})"
    parts = [it._replace(food=variants.get(it.food, {}).get(region, it.food)) for it in dish.parts]
    return each._replace(
        food=each.food._replace(key=key if first else f"{region}-{key}", name=name),
        names=(name, *each.names) if first else (name,),
        region=region,
        family=key,
        regional_names=() if first else each.names,
        dish=dish._replace(parts=tuple(parts)),
    )


def figures_of(dish: Dish, foods: Mapping[str, Food]) -> dict[str, Figure]:
    """Return the figures of a dish per 100 g; ``foods`` are its parts, by what ``Part.food`` says.

    A nutrient of which some part has no figure has none. Raises FlawError for an unknown part.
    """
    for part in dish.parts:
        if part.food not in foods:
            raise FlawError(f'the part "{part.name}" is no food: {part.food}')
    figures = {}
    for nutrient in NUTRIENTS:
        held = [_held(part, foods[part.food], nutrient, dish.weight_g) for part in dish.parts]
        if all(figure is not None for _, figure in held):
            figures[nutrient] = _sum([(part, figure) for part, figure in held if figure])
    return figures


def _held(part: Part, food: Food, nutrient: str, weight_g: float) -> tuple[Part, Figure | None]:
    """Return what a part brings to 100 g of the dish; None if that is not known."""
    figure = food.figures.get(nutrient)
    if figure is None or not figure.amount.known:
        return part, None
    quantity = part.grams / (food.density or 1.0) if food.unit == "ml" else part.grams
    amount = figure.amount.times(quantity / food.per * 100 / weight_g)
    return part, figure._replace(amount=amount)


def _sum(held: list[tuple[Part, Figure]]) -> Figure:
    """Return the sum of what parts hold, by kind if any that holds some is."""
    figure = summed([figure for _, figure in held], _WHY)
    best, low, high = (round(end or 0.0, _DECIMALS) for end in figure.amount[:3])
    figure = figure._replace(amount=Amount.of(best, low, high))
    by_kind = [part.name for part, of in held if of.basis == BY_KIND and of.amount.high]
    if not by_kind:
        return figure
    return figure._replace(basis=BY_KIND, note=f"{_WHY}; by kind: {', '.join(by_kind)}")
