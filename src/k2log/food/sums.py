"""Sums of every nutrient at once, as one row of numbers: small, and quick to add up."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import fsum, inf
from operator import add
from typing import Final

from k2log.food.amount import DECIMALS, Amount, Amounts
from k2log.food.nutrients import NUTRIENTS

SIZE: Final = len(NUTRIENTS)
_PLACES: Final = {id_: place for place, id_ in enumerate(NUTRIENTS)}
_KNOWN: Final = 2 * SIZE


class Sums(Mapping[str, Amount]):
    """The amount of each nutrient, rounded only where it is looked at.

    It is made of the best figures in the order of NUTRIENTS, the lows, the highs, and how many
    parts have no high. What is unknown is infinite: whatever is added, a high stays so. Without
    numbers there is no amount of anything.
    """

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Iterable[float]) -> None:
        """Take over 4 numbers for each nutrient, or none."""
        self._numbers = array("d", numbers)

    def __getitem__(self, nutrient: str) -> Amount:
        if not self._numbers:
            raise KeyError(nutrient)
        best, low, high, unknown = self._numbers[_PLACES[nutrient] :: SIZE]
        return Amount(_shown(best), _shown(low), _shown(high), int(unknown))

    def __iter__(self) -> Iterator[str]:
        return iter(NUTRIENTS if self._numbers else ())

    def __len__(self) -> int:
        return SIZE if self._numbers else 0

    def __add__(self, other: "Sums") -> "Sums":
        ours, theirs = self._numbers, other._numbers
        known = zip(ours[:_KNOWN], theirs[:_KNOWN], strict=True)
        numbers = [a + b if a < inf > b else min(a, b) for a, b in known]
        numbers += map(add, ours[_KNOWN:], theirs[_KNOWN:])
        return Sums(numbers)

    def column(self, place: int) -> float:
        """Return one of the numbers."""
        return self._numbers[place]


NOTHING: Final = Sums([0.0] * 4 * SIZE)
"""Nothing eaten: a true zero of everything."""

NO_AMOUNTS: Final = Sums(())
"""Of a day on which nothing was logged."""


def added(rows: Sequence[Sums]) -> Sums:
    """Return the sum of rows, whatever their order; zero of nothing."""
    if len(rows) == 1:
        return rows[0]
    if len(rows) == 2:
        return rows[0] + rows[1]
    if not rows:
        return NOTHING
    known = (_known(row.column(place) for row in rows) for place in range(_KNOWN))
    highs = (fsum(row.column(place) for row in rows) for place in range(_KNOWN, 4 * SIZE))
    return Sums([*known, *highs])


def per_day(total: Amounts, days: int) -> Amounts:
    """Return the mean over so many days, empty where there are none."""
    return {id_: amount.times(1 / days) for id_, amount in total.items()} if days else {}


def _known(values: Iterable[float]) -> float:
    """Return the sum of what is known, infinite if nothing is."""
    known = [value for value in values if value < inf]
    return fsum(known) if known else inf


def _shown(value: float) -> float | None:
    return None if value == inf else round(value, DECIMALS) + 0.0
