"""One horizontal bar in text: food and supplements apart, the published range, reference lines.

Nothing here knows of days or nutrients: amounts and a scale in, a line of signs out.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from k2log.food.amount import Amount

FOOD: Final = "▇"
SUPPLEMENT: Final = "▒"
LOWEST: Final = "├"
HIGHEST: Final = "┤"
OPEN: Final = ">"
LINE: Final = "│"
REACHED: Final = "┼"
_RANGE: Final = "─"
_ENDS: Final = frozenset({LOWEST, HIGHEST, OPEN})


class Scale(NamedTuple):
    """From zero to ``top`` in so many cells; one more cell is for what stands at the top."""

    top: float
    cells: int

    def place(self, value: float | None) -> int:
        """Return how many cells a value takes: none for zero, else at least one."""
        if not value or not self.top:
            return 0
        return min(self.cells, max(1, round(value / self.top * self.cells)))


class Measured(NamedTuple):
    """An amount, what of it is from food and from supplements; whether its range is worth showing.

    An amount that is in part unknown always has an open end.
    """

    amount: Amount
    food: Amount
    supplement: Amount
    ranged: bool


def bar(measured: Measured, scale: Scale) -> str:
    """Return the bar to the best estimate, with marks at the lowest and the highest figure."""
    amount = measured.amount
    end = scale.place(amount.best)
    cells = _parts(measured, end)
    low = scale.place(amount.low)
    if (measured.ranged or not amount.known) and low < end - 1:
        cells[low] = LOWEST
    return "".join(cells) + _beyond(measured, end, scale)


def _parts(measured: Measured, end: int) -> list[str]:
    """Return the cells of both parts; each that is not zero has one, if there are two."""
    best, food, supplement = (part.best or 0.0 for part in measured[:3])
    eaten = round(end * food / best) if best else 0
    if end > 1:
        eaten = min(max(eaten, 1 if food else 0), end - 1 if supplement else end)
    return [FOOD] * eaten + [SUPPLEMENT] * (end - eaten)


def _beyond(measured: Measured, end: int, scale: Scale) -> str:
    if not measured.amount.known:
        return OPEN
    if not measured.ranged:
        return ""
    return _RANGE * (scale.place(measured.amount.high) - end) + HIGHEST


def crossed(drawn: str, lines: Iterable[tuple[int, bool]], scale: Scale) -> str:
    """Return the bar filled to the width of the scale, with lines through it; its marks stay.

    Each line is at a place, and reached by the amount or not, which a narrow bar may not show.
    """
    cells = list(drawn.ljust(scale.cells + 1))
    for place, reached in lines:
        if cells[place] not in _ENDS:
            cells[place] = REACHED if reached else LINE
    return "".join(cells)


def ruler(letters: Sequence[tuple[int, str]], scale: Scale) -> str:
    """Return a line with letters at their places."""
    cells = [" "] * (scale.cells + 1)
    for place, letter in letters:
        cells[place] = letter
    return "".join(cells)
