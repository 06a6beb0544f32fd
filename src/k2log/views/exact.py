"""Amounts to two decimals, so that a product or a sum can be checked."""

from k2log.food.amount import Amount
from k2log.views.grid import Cell
from k2log.views.lines import plain_number


def exactly(amount: Amount, unit: str, *, plain_words: bool) -> str:
    """Return an amount with its unit and its range: ``23.87 mg``, ``103.3 µg (9.35–126.5)``."""
    return " ".join(filter(None, exact_cell(amount, unit, plain_words=plain_words)))


def exact_cell(amount: Amount, unit: str, *, plain_words: bool) -> Cell:
    """Return number with unit, and mark."""
    if amount.best is None:
        return ("unknown" if plain_words else "?", "")
    best = f"{plain_number(amount.best)} {unit}"
    if amount.high is None:
        return (best, "plus unknown" if plain_words else "+?")
    if amount.low == amount.high or amount.low is None:
        return (best, "")
    to = " to " if plain_words else "–"
    return (best, f"({plain_number(amount.low)}{to}{plain_number(amount.high)})")
