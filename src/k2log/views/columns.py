"""Numbers under each other: decimal points in one column, marks behind them."""

import re
from collections.abc import Sequence

from k2log.views.grid import Cell, Grid
from k2log.views.numbers import width


def aligned(cells: Sequence[Cell]) -> list[str]:
    """Return the cells of one column as texts of one width, each mark right behind its number."""
    parts = [_split(" ".join(filter(None, cell))) for cell in cells]
    whole = max(len(first) for first, _ in parts)
    rest = max(len(second) for _, second in parts)
    return [f"{first:>{whole}}{second:<{rest}}" for first, second in parts]


def columns(grid: Grid) -> list[list[str]]:
    """Return the cells of every column of the table as texts of one width per column."""
    return [aligned(column) for column in zip(*(line.cells for line in grid.lines), strict=True)]


def padded(text: str, to: int) -> str:
    """Return the text filled to ``to`` columns of a terminal."""
    return text + " " * (to - width(text))


def _split(text: str) -> tuple[str, str]:
    """Return what stands before the decimal point or the mark, and the rest."""
    whole = re.split("[. ]", text, maxsplit=1)[0]
    return whole, text[len(whole) :]
