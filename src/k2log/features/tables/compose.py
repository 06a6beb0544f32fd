"""The rows about one food to the food itself, by the rules of the catalogue.

What a table does not say stays unknown: K2 of which only MK-4 was measured is partial, vitamin D of
unstated form has no D3, except in foods that the table itself groups as meat, fish, eggs or dairy.
"""

from typing import Final

from k2log.amounts import Amount, total
from k2log.catalogue.derive import Traits, derive
from k2log.features.tables.measures import household
from k2log.features.tables.model import VITAMIN_D_IU, Rows, Table
from k2log.features.tables.text import table_name
from k2log.food.food import Figure, Food
from k2log.nutrients import PARTS

_LARGEST_SERVING: Final = 1000.0  # a whole roast is no usual serving
_ROUNDING: Final = 1e-6


def compose(table: Table, rows: Rows) -> Food:
    """Return the food."""
    unit = rows.unit or "g"
    portions = _portions(rows)
    return Food(
        key=table.key.format(rows.number),
        name=_name(rows.name, rows.brand),
        kind="food",
        unit=unit,
        per=100.0,
        figures=derive(_figures(table, rows), Traits(animal=bool(rows.animal))),
        portions=portions,
        origin=table.origin,
        serving=_serving(rows, portions, unit),
        liquid=unit == "ml",
    )


def _name(name: str, brand: str | None) -> str:
    if not brand or brand.casefold() in name.casefold():
        return name
    return table_name(f"{name}, {brand}")


def _figures(table: Table, rows: Rows) -> dict[str, Figure]:
    source = table.row.format(rows.number)
    figures: dict[str, Figure] = {}
    for nutrient, best, low, high, basis in rows.figures:
        exact = round(best, 6)
        amount = Amount(exact, exact, exact)
        if low != high:
            amount = Amount(exact, round(low, 6), round(high, 6))
        figures.setdefault(nutrient, Figure(amount, basis or table.basis, source))
    in_iu = figures.pop(VITAMIN_D_IU, None)
    if in_iu is not None:
        figures.setdefault("vitamin_d", in_iu._replace(note="given in IU"))
    return _with_range(figures)


def _with_range(figures: dict[str, Figure]) -> dict[str, Figure]:
    """Give a total of vitamin D the range of its forms, where it is their sum and has none."""
    whole = figures.get("vitamin_d")
    forms = [figures[form].amount for form in PARTS["vitamin_d"] if form in figures]
    if whole is None or not forms or whole.amount.low != whole.amount.high:
        return figures
    best, low, high, _ = total(forms)
    if abs((best or 0.0) - (whole.amount.best or 0.0)) > _ROUNDING or low == high:
        return figures
    return figures | {"vitamin_d": whole._replace(amount=Amount(whole.amount.best, low, high))}


def _portions(rows: Rows) -> dict[str, float]:
    portions: dict[str, float] = {}
    if rows.serving is not None:
        portions["serving"] = rows.serving
        if at_home := household(rows.household or ""):
            amount, measure = at_home
            portions.setdefault(measure, round(rows.serving / amount, 6))
    for measure, full, quantity in rows.portions:
        if measure:
            portions.setdefault(full if measure in portions else measure, quantity)
    return portions


def _serving(rows: Rows, portions: dict[str, float], unit: str) -> tuple[float, str]:
    for measure, _, quantity in rows.portions:
        if not measure:
            return quantity, unit
    usual = (name for name, quantity in portions.items() if quantity <= _LARGEST_SERVING)
    return next(((1.0, name) for name in usual), (100.0, unit))
