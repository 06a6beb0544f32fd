"""How figures and counts read, in a sentence and in a table.

Milligrams are whole; micrograms are whole from 10 and have one decimal below. What is not zero is
never written as 0. Every figure is one that ``k2log add`` would read back, except ``<0.1``.
"""

_HALF_UP = 1e-9  # 126.5 reads as 127, as people round


def figure(value: float, unit: str) -> str:
    """Return a value in ``unit`` (mg or µg): ``812``, ``4.1``, ``<0.1``."""
    decimals = 1 if unit == "µg" and round(value, 1) < 10 else 0
    text = f"{value + _HALF_UP:.{decimals}f}".removesuffix(".0")
    if text == "0" and value:
        return "<0.1" if decimals else "<1"
    return text


def span(low: float, high: float, unit: str) -> str:
    """Return a range, ``9–127``, or one figure where both ends read the same.

    The low end has no more decimals than the high end, unless it would become 0.
    """
    last = figure(high, unit)
    first = figure(low, unit) if low < 1 or "." in last else f"{low:.0f}"
    return first if first == last else f"{first}–{last}"


def percent(share: float) -> str:
    """Return ``82%``, rounded down: what is not reached never reads as 100%."""
    return f"{int(share * 100 + _HALF_UP)}%"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 day``, ``2 days``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def verb(number: int, one: str, many: str) -> str:
    """Return the form of a verb that goes with a number of things."""
    return one if number == 1 else many
