"""What a table's values come to: names, figures and portions that can be true."""

from typing import Final

from k2log.transfer.tables.model import VITAMIN_D_IU

NAME_LIMIT: Final = 200
_MOST: Final = {"calcium": 75_000.0, "magnesium": 75_000.0}  # mg in 100 g of any salt
_MOST_VITAMIN: Final = 1_000_000.0  # µg: 1 g of a vitamin in 100 g is a concentrate
_LEAST_PORTION: Final = 0.01
_MOST_PORTION: Final = 50_000.0  # a whole turkey is 5 kg

NUTRIENT_OF: Final = {  # by the numbers of SR28, which FoodData Central keeps as nutrient_nbr
    301: "calcium",
    304: "magnesium",
    324: VITAMIN_D_IU,
    325: "vitamin_d2",
    326: "vitamin_d3",
    328: "vitamin_d",
    428: "mk4",
    430: "vitamin_k1",
}


def table_name(text: str) -> str:
    """Return a name without control characters, not endless; empty if it has no letter or digit."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        name = name[: NAME_LIMIT - 1].rsplit(" ", 1)[0] + "…"
    return name if any(map(str.isalnum, name)) else ""


def impossible(nutrient: str, best: float) -> str:
    """Return why no food has such a figure; empty if one may."""
    name = nutrient.removesuffix("_iu").replace("_", " ")
    if best < 0:
        return f"{name} {best:g} is negative"
    most = _MOST.get(nutrient, _MOST_VITAMIN)
    return f"{name} {best:g} is more than any food holds" if best > most else ""


def impossible_portion(quantity: float) -> str:
    """Return why no portion is of that size; empty if one may be."""
    if _LEAST_PORTION <= quantity <= _MOST_PORTION:
        return ""
    return f"a portion of {quantity:g} g"


def between(best: float, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range where the table gives a sensible one, else the figure itself."""
    if low is None or high is None or not 0 <= low <= best <= high:
        return best, best
    return low, high
