"""Amounts of nutrients, which may be uncertain, or unknown in part or as a whole; and their sums.

Unknown is never zero. Amounts are rounded to 6 decimals, a day is the rounded sum of its entries
and a window the sum of its days, so the order of adding never matters.

``Amounts`` is any mapping from nutrients to amounts. ``Sums`` is one that holds every nutrient as
a row of numbers: a report of years keeps thousands of them and adds them up.

The published span of a sum is far wider than the truth is likely to lie, for not all foods are at
the same end of theirs. ``likely`` narrows it to where nine of ten truths would lie.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import fsum, inf, sqrt
from operator import add
from struct import Struct
from typing import Final, Self

from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS

DECIMALS = 6


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

    def without_range(self) -> "Amount":
        """Return the best figure alone, and whether something is unknown."""
        return Amount(self.best, self.best, self.best if self.known else None, self.unknown)

    def times(self, factor: float) -> "Amount":
        """Return the amount in ``factor`` times as much, rounded."""
        best, low, high = (
            None if value is None else round(value * factor, DECIMALS) + 0.0 for value in self[:3]
        )
        return Amount(best, low, high, self.unknown)


Amounts = Mapping[str, Amount]
"""The amount of each nutrient, by its id."""

ZERO = Amount(0.0, 0.0, 0.0)
UNKNOWN = Amount(None, None, None, 1)


_OF_A_SIDE: Final = 0.68
"""The part of the way to an end of a range within which nine of ten truths lie, where a truth is
as often below the best figure as above it, and the rarer the farther from it."""
_OF_A_DEVIATION: Final = 1.645
"""As many standard deviations to each side hold nine of ten of what is normally distributed."""


class Spread(NamedTuple):
    """How far the truth of a sum may lie from its best figure, in squares of its unit.

    ``below`` and ``above`` are, of each food, the distance from the best figure to the lowest and
    to the highest, squared and summed: one error for all entries of the food, and none for two
    foods alike. ``portions`` are the variances of how much of it was eaten, entry by entry.
    """

    below: float = 0.0
    above: float = 0.0
    portions: float = 0.0


def likely(amount: Amount, spread: Spread) -> Amount:
    """Return the amount with the ends between which nine of ten truths would lie.

    What is unknown stays so. ``benchmarks/likely.py`` holds it against made-up diaries.
    """
    best, low, high, unknown = amount
    if best is None:
        return amount
    portions = _OF_A_DEVIATION**2 * spread.portions
    down, up = (sqrt(_OF_A_SIDE**2 * side + portions) for side in (spread.below, spread.above))
    return Amount(
        best,
        None if low is None else round(max(best - down, 0.0), DECIMALS) + 0.0,
        None if high is None else round(best + up, DECIMALS),
        unknown,
    )


def width(spread: Spread) -> float:
    """Return the part of a spread in the square of how wide a likely range is."""
    sides = _OF_A_SIDE**2 * (spread.below + spread.above) / 2
    return sides + _OF_A_DEVIATION**2 * spread.portions


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum: zero of nothing, unknown of nothing but unknowns."""
    columns = tuple(zip(*amounts, strict=True))
    if not columns:
        return ZERO
    bests, lows, highs, unknown = columns
    high = None if None in highs else _sum(highs)
    return Amount(_sum(bests), _sum(lows), high, sum(unknown))


def _sum(values: Iterable[float | None]) -> float | None:
    """Return the rounded sum of those that are not None; None if all are. Never -0.0."""
    numbers = [value for value in values if value is not None]
    return round(fsum(numbers), DECIMALS) + 0.0 if numbers else None


SIZE: Final = len(NUTRIENTS)
_PLACES: Final = {id_: place for place, id_ in enumerate(NUTRIENTS)}
_HIGHS_AT: Final = 2 * SIZE
_LAYOUT: Final = Struct(f"{3 * SIZE}d{SIZE}I")
_MOST_ROWS: Final = 500


class Sums(Mapping[str, Amount]):
    """The amount of each nutrient, rounded only where it is looked at.

    Made of four numbers for each nutrient, packed: first the best figures, in the order of
    NUTRIENTS, then the lows, the highs, and how many parts have no high. An unknown figure is
    infinite, so that a high stays unknown whatever is added. Without numbers it is empty.
    """

    __slots__ = ("_packed",)

    def __init__(self, numbers: Sequence[float]) -> None:
        """Take over 4 numbers for each nutrient, or none."""
        self._packed = _LAYOUT.pack(*numbers) if numbers else b""

    def __getitem__(self, nutrient: str) -> Amount:
        if not self._packed:
            raise KeyError(nutrient)
        best, low, high, unknown = self.numbers()[_PLACES[nutrient] :: SIZE]
        return Amount(_finite(best), _finite(low), _finite(high), int(unknown))

    def __iter__(self) -> Iterator[str]:
        return iter(NUTRIENTS if self._packed else ())

    def __len__(self) -> int:
        return SIZE if self._packed else 0

    def __add__(self, other: "Sums") -> "Sums":
        ours, theirs = self.numbers(), other.numbers()
        pairs = zip(ours[:_HIGHS_AT], theirs[:_HIGHS_AT], strict=True)
        numbers = [a + b if a < inf > b else min(a, b) for a, b in pairs]
        numbers += map(add, ours[_HIGHS_AT:], theirs[_HIGHS_AT:])
        return Sums(numbers)

    def numbers(self) -> tuple[float, ...]:
        """Return the numbers it was made of: 4 for each nutrient, or none."""
        return _LAYOUT.unpack(self._packed) if self._packed else ()


NOTHING: Final = Sums([0] * 4 * SIZE)
"""Nothing eaten: a true zero of everything, and no addend of a sum.

What is known to hold none makes ``0 +?`` of something unknown; where nothing was eaten, it stays
``?``. So a day says the same alone, within a window and as the sum of its foods.
"""

NO_AMOUNTS: Final = Sums(())
"""Of a day on which nothing was logged."""


def add_up(rows: Sequence[Sums]) -> Sums:
    """Return the sum of rows, whatever their order; zero of nothing.

    Very many are added up by hundreds, which may round the last digit of a float otherwise.
    """
    rows = [row for row in rows if row is not NOTHING]
    if len(rows) == 1:
        return rows[0]
    if len(rows) == 2:
        return rows[0] + rows[1]
    if not rows:
        return NOTHING
    if len(rows) > _MOST_ROWS:
        return add_up(
            [add_up(rows[at : at + _MOST_ROWS]) for at in range(0, len(rows), _MOST_ROWS)]
        )
    columns = list(zip(*(row.numbers() for row in rows), strict=True))
    bests_and_lows = map(_finite_sum, columns[:_HIGHS_AT])
    highs = map(fsum, columns[_HIGHS_AT : 3 * SIZE])
    return Sums([*bests_and_lows, *highs, *map(sum, columns[3 * SIZE :])])


def per_day(total: Amounts, days: int) -> Amounts:
    """Return the mean over so many days, empty where there are none."""
    return {id_: amount.times(1 / days) for id_, amount in total.items()} if days else {}


def _finite_sum(values: Iterable[float]) -> float:
    """Return the sum of those that are finite; infinite if none is."""
    finite = [value for value in values if value < inf]
    return fsum(finite) if finite else inf


def _finite(value: float) -> float | None:
    return None if value == inf else round(value, DECIMALS) + 0.0
