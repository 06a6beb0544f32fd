"""Sums of every nutrient at once, as one row of numbers that adds up fast."""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from operator import add
from typing import Final

from k2log.food.amount import DECIMALS, Amount
from k2log.food.nutrients import NUTRIENTS

SIZE: Final = len(NUTRIENTS)
_PLACES: Final = {id_: place for place, id_ in enumerate(NUTRIENTS)}
_KNOWN: Final = slice(0, 2 * SIZE)
_UNKNOWN: Final = slice(2 * SIZE, 3 * SIZE)
_HIGHS: Final = slice(3 * SIZE, 4 * SIZE)


class Sums(Mapping[str, Amount]):
    """The amount of each nutrient, rounded only where it is looked at.

    ``numbers`` are the best figures in the order of NUTRIENTS, then the lows, how many parts have
    no high, and the highs; None is unknown. Without numbers there is no amount of anything.
    """

    __slots__ = ("numbers",)

    def __init__(self, numbers: Sequence[float | None]) -> None:
        """Take the numbers over."""
        self.numbers = numbers

    def __getitem__(self, nutrient: str) -> Amount:
        if not self.numbers:
            raise KeyError(nutrient)
        best, low, unknown, high = self.numbers[_PLACES[nutrient] :: SIZE]
        return Amount(_rounded(best), _rounded(low), _rounded(high), int(unknown or 0))

    def __iter__(self) -> Iterator[str]:
        return iter(NUTRIENTS if self.numbers else ())

    def __len__(self) -> int:
        return SIZE if self.numbers else 0


NOTHING: Final = Sums((0.0,) * 2 * SIZE + (0,) * SIZE + (0.0,) * SIZE)
"""Nothing eaten: a true zero of everything."""

NO_AMOUNTS: Final = Sums(())
"""Of a day on which nothing was logged."""


def added(rows: Sequence[Sums]) -> Sums:
    """Return the sum of rows, whatever their order; zero of nothing."""
    if len(rows) == 1:
        return rows[0]
    if len(rows) == 2:
        return _both(rows[0].numbers, rows[1].numbers)
    if not rows:
        return NOTHING
    columns = list(zip(*(row.numbers for row in rows), strict=True))
    return Sums(
        [
            *map(_known, columns[_KNOWN]),
            *map(sum, columns[_UNKNOWN]),
            *map(_high, columns[_HIGHS]),
        ]
    )


def _both(one: Sequence[float | None], other: Sequence[float | None]) -> Sums:
    """Return the sum of two: that of a day's food and supplements, of which there are many."""
    known = zip(one[_KNOWN], other[_KNOWN], strict=True)
    highs = zip(one[_HIGHS], other[_HIGHS], strict=True)
    return Sums(
        [
            *[b if a is None else a if b is None else a + b for a, b in known],
            *map(add, one[_UNKNOWN], other[_UNKNOWN]),
            *[None if a is None or b is None else a + b for a, b in highs],
        ]
    )


def _known(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) if known else None


def _high(values: Sequence[float | None]) -> float | None:
    return _known(values) if None not in values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS) + 0.0
