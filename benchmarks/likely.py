"""How often the truth lies in the likely range: ``python -m benchmarks.likely [DIARIES]``.

Makes up diaries of a day, a week and a month from the package's own foods, draws a truth for each
and counts how often it lies in the range that k2log would show. A truth is one factor for each
food, as often below its best figure as above it and the rarer the farther away, and one error for
each portion, by how it was measured. The share should be between 87 and 93 %.
"""

import random
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Final, NamedTuple

from k2log.amounts import Amount, Spread, likely, total
from k2log.grammar.units import ASSUMED_ERROR, COUNTED_ERROR, HOUSEHOLD_ERROR, WEIGHED_ERROR
from k2log.store.food_table import FILE

DIARIES: Final = 2_000
WINDOWS: Final = {"a day": 1, "a week": 7, "a month": 30}
NUTRIENTS: Final = ("vitamin_k2", "calcium")
_ERRORS: Final = (WEIGHED_ERROR, COUNTED_ERROR, HOUSEHOLD_ERROR, ASSUMED_ERROR)
_GRAMS: Final = (30, 60, 100, 150, 200)
_SEED: Final = 20261129
_FIGURES: Final = """
SELECT best * 100 / per, ifnull(low, best) * 100 / per, ifnull(high, best) * 100 / per
FROM foods JOIN figures ON food_id = foods.id
WHERE nutrient = ? AND origin = 'catalogue' AND kind = 'food' AND unit = 'g' AND best IS NOT NULL
ORDER BY key
"""


class Portion(NamedTuple):
    """One entry of a made-up diary: which food, how many grams, and how well that is known."""

    food: int
    grams: int
    error: float


def figures(nutrient: str) -> Sequence[Amount]:
    """Return the figures per 100 g of the package's curated foods."""
    with closing(sqlite3.connect(f"file:{FILE}?mode=ro&immutable=1", uri=True)) as db:
        return [Amount(*row) for row in db.execute(_FIGURES, [nutrient])]


def diary(draw: random.Random, foods: int, days: int) -> Sequence[Portion]:
    """Return what somebody with 12 to 30 usual foods eats in so many days."""
    usual = draw.sample(range(foods), draw.randint(12, 30))
    return [
        Portion(food, draw.choice(_GRAMS), draw.choice(_ERRORS))
        for _ in range(days)
        for food in draw.sample(usual, draw.randint(7, 12))
    ]


def shown(portions: Sequence[Portion], per_100g: Sequence[Amount]) -> Amount:
    """Return the sum with the range that k2log shows."""
    by_food: dict[int, list[Amount]] = {}
    for it in portions:
        by_food.setdefault(it.food, []).append(per_100g[it.food].times(it.grams / 100))
    sums = [total(amounts) for amounts in by_food.values()]
    spread = Spread(
        sum(((it.best or 0) - (it.low or 0)) ** 2 for it in sums),
        sum(((it.high or 0) - (it.best or 0)) ** 2 for it in sums),
        sum(((per_100g[it.food].best or 0) * it.grams / 100 * it.error) ** 2 for it in portions),
    )
    return likely(total(sums), spread)


def truth(draw: random.Random, portions: Sequence[Portion], per_100g: Sequence[Amount]) -> float:
    """Return what was really eaten, with one true figure for each food."""
    true: Mapping[int, float] = {
        food: _true_figure(draw, per_100g[food]) for food in {it.food for it in portions}
    }
    return sum(
        true[it.food] * it.grams / 100 * max(0.0, draw.gauss(1, it.error)) for it in portions
    )


def _true_figure(draw: random.Random, amount: Amount) -> float:
    """Return a true figure: below or above the best one, seldom near the end of the range."""
    best, low, high, _ = amount
    near = 1 - draw.random() ** 0.5
    end = low if draw.random() < 0.5 else high
    return (best or 0) + near * ((end or 0) - (best or 0))


def inside(nutrient: str, days: int, diaries: int = DIARIES) -> float:
    """Return in which part of so many made-up diaries the truth lies in the range."""
    draw, per_100g = random.Random(f"{_SEED} {nutrient} {days}"), figures(nutrient)
    hits = 0
    for _ in range(diaries):
        portions = diary(draw, len(per_100g), days)
        _, low, high, _ = shown(portions, per_100g)
        hits += (low or 0) <= truth(draw, portions, per_100g) <= (high or 0)
    return hits / diaries


def main() -> None:
    """Print the shares."""
    diaries = int(sys.argv[1]) if len(sys.argv) > 1 else DIARIES
    for nutrient in NUTRIENTS:
        for name, days in WINDOWS.items():
            print(f"{nutrient}, {name}: {100 * inside(nutrient, days, diaries):.1f} %")


if __name__ == "__main__":
    main()
