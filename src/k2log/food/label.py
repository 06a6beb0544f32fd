"""A food or supplement of the user's own, from what its label says."""

from collections.abc import Mapping
from typing import NamedTuple

from k2log.errors import K2logError
from k2log.food.amount import Amount
from k2log.food.food import Figure, Food
from k2log.food.names import name_words
from k2log.food.nutrients import K2_FORMS, NUTRIENTS
from k2log.grammar.labels import Base
from k2log.grammar.numbers import written

PILLS = frozenset({"tablet", "capsule", "drop", "gummy", "lozenge", "spray", "sachet", "pill"})
SOURCE = "own-label"
_ZERO = Figure(Amount.of(0.0), "assumed-zero", SOURCE, "not on the label")
_MOST_PER_PILL = {"calcium": 3000.0, "vitamin_k2": 100_000.0, "magnesium": 2000.0}
_MOST_D_UG = 25_000.0
_GRAM = {"mg": 1000.0, "µg": 1_000_000.0}


class ImpossibleLabelError(K2logError):
    """A figure no food can have, or one that must be a slip."""


class Label(NamedTuple):
    """What a label says: name, what the figures are for, figures in each nutrient's unit."""

    name: str
    base: Base
    amounts: Mapping[str, float]
    portions: Mapping[str, float]
    supplement: bool


def own_key(name: str) -> str:
    """Return the key of one's own food: ``own:protein-bar``."""
    return "own:" + "-".join(name_words(name))


def labelled(label: Label) -> Food:
    """Return the food a label describes.

    What a supplement's label does not list is assumed zero; of a food it is unknown. Raises
    ImpossibleLabelError.
    """
    figures = {name: _figure(amount) for name, amount in label.amounts.items()}
    for name, amount in label.amounts.items():
        _check(label, name, amount)
    _derive(figures, supplement=label.supplement)
    return Food(
        key=own_key(label.name),
        name=label.name,
        kind="supplement" if label.supplement else "food",
        unit=label.base.unit,
        per=label.base.per,
        figures=figures,
        portions=label.portions,
        origin="user",
        serving=_serving(label),
        liquid=label.base.unit == "ml",
    )


def _figure(amount: float) -> Figure:
    return Figure(Amount.of(round(amount, 9)), "label", SOURCE)


def _serving(label: Label) -> tuple[float, str]:
    if label.portions:
        return 1.0, next(iter(label.portions))
    return label.base.per, label.base.unit


def _derive(figures: dict[str, Figure], *, supplement: bool) -> None:
    """Fill in sums: all vitamin D from D2 and D3, K2 from its forms; and a supplement's zeros."""
    given = set(figures)
    for whole, forms in (("vitamin_d", ("vitamin_d2", "vitamin_d3")), ("vitamin_k2", K2_FORMS)):
        parts = [figures[form].amount.best or 0.0 for form in forms if form in given]
        if whole not in given and parts:
            low = sum(parts)
            complete = supplement or len(parts) == len(forms)
            amount = Amount.of(low) if complete else Amount.partial(low)
            figures[whole] = Figure(amount, "calculated", SOURCE, "sum of the forms given")
    if supplement:
        open_forms = _unstated(given)
        for nutrient in NUTRIENTS:
            if nutrient not in figures and nutrient not in open_forms:
                figures[nutrient] = _ZERO


def _unstated(given: set[str]) -> set[str]:
    """Return the forms that are not known where only their total is on the label."""
    open_forms: set[str] = set()
    for whole, forms in (("vitamin_d", ("vitamin_d2", "vitamin_d3")), ("vitamin_k2", K2_FORMS)):
        if whole in given and not given & set(forms):
            open_forms |= set(forms)
    return open_forms


def _check(label: Label, nutrient: str, amount: float) -> None:
    kind = NUTRIENTS[nutrient]
    said = f"{written(round(amount, 6))} {kind.unit} of {kind.name.lower()}"
    each = f"{written(label.base.per)} {label.base.unit}"
    if label.base.unit in {"g", "ml"} and amount / _GRAM[kind.unit] > label.base.per:
        raise ImpossibleLabelError(f"{said} in {each} is more than the whole weighs.")
    most = _MOST_D_UG if nutrient.startswith("vitamin_d") else _MOST_PER_PILL.get(nutrient)
    if label.base.unit not in {"g", "ml"} and most and amount / label.base.per > most:
        raise ImpossibleLabelError(
            f"{said} in {each} is too much to be right"
            " (1 g is 1000 mg, 1 mg is 1000 µg, 1 µg of vitamin D is 40 IU)."
        )
