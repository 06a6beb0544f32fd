"""Nutrient amounts that may be uncertain, in part unknown, or wholly unknown; and their sums.

Unknown is never zero. Amounts are rounded to 6 decimals, a day is the rounded sum of its entries
and a window the sum of its days, so the order of adding never matters.
"""

from collections.abc import Iterable, Mapping
from math import fsum
from typing import NamedTuple, Self

DECIMALS = 6


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS) + 0.0


class Amount(NamedTuple):
    """How much of one nutrient: best estimate, lowest and highest published, unknown parts.

    Known: all three numbers. Partial: no ``high``, because some part has no figure. Unknown: none.
    ``unknown`` counts the parts without a ``high``.
    """

    best: float | None
    low: float | None
    high: float | None
    unknown: int = 0

    @classmethod
    def of(cls, best: float, low: float | None = None, high: float | None = None) -> Self:
        """Return a known amount; without a published range the range is the figure itself."""
        return cls(best, best if low is None else low, best if high is None else high)

    @classmethod
    def partial(cls, best: float, low: float | None = None) -> Self:
        """Return what is known of an amount some part of which has no figure."""
        return cls(best, best if low is None else low, None, 1)

    @property
    def known(self) -> bool:
        """Whether every part has a figure."""
        return self.high is not None

    def times(self, factor: float) -> "Amount":
        """Return the amount in ``factor`` times as much, rounded."""
        best, low, high = (
            None if value is None else _rounded(value * factor) for value in self[:3]
        )
        return Amount(best, low, high, self.unknown)


Amounts = Mapping[str, Amount]
"""The amount of each nutrient, by its id."""

ZERO = Amount(0.0, 0.0, 0.0)
UNKNOWN = Amount(None, None, None, 1)


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum: zero of nothing, unknown of nothing but unknowns."""
    columns = tuple(zip(*amounts, strict=True))
    if not columns:
        return ZERO
    bests, lows, highs, unknown = columns
    high = None if None in highs else _sum(highs)
    return Amount(_sum(bests), _sum(lows), high, sum(unknown))


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _rounded(fsum(known)) if known else None
