"""A food or supplement of the user's own, from what its label says."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from k2log.amounts import Amount
from k2log.errors import K2logError
from k2log.food.food import Figure, Food
from k2log.grammar.labels import Base, label_amount, label_base, label_portion
from k2log.grammar.numbers import written
from k2log.names import name_words
from k2log.nutrients import MICROGRAMS, NUTRIENTS, PARTS
from k2log.text import clean

PILLS = frozenset({"tablet", "capsule", "drop", "gummy", "lozenge", "spray", "sachet", "pill"})
SOURCE = "own-label"
_ZERO = Figure(Amount.of(0.0), "assumed-zero", SOURCE, "not on the label")


class ImpossibleLabelError(K2logError):
    """A figure no food can have, or one that must be a slip."""


class Label(NamedTuple):
    """What a label says: name, what the figures are for, figures in each nutrient's unit."""

    name: str
    base: Base
    amounts: Mapping[str, float]
    portions: Mapping[str, float]
    supplement: bool


def read_label(
    name: str,
    per: str | None,
    given: Mapping[str, str],
    portions: Sequence[str],
    supplement: bool | None,
    before: Food | None,
) -> Label:
    """Return the label that the user typed; what an edit leaves out stays as it was ``before``.

    A new ``per`` starts the figures afresh. Raises UnreadableError.
    """
    base = label_base(per) if per else _base_of(before)
    kept = _amounts_of(before) if before and not per else {}
    amounts = {key: label_amount(text, NUTRIENTS[key]) for key, text in given.items()}
    sizes = {measure: size for measure, size, _ in map(label_portion, portions)}
    pill = base.unit in PILLS
    return Label(
        name=before.name if before else clean(name, "name", 100),
        base=base,
        amounts=kept | amounts,
        portions=(dict(before.portions) if before else {}) | sizes,
        supplement=(before.supplement if before else pill) if supplement is None else supplement,
    )


def _base_of(before: Food | None) -> Base:
    return Base(before.per, before.unit) if before else Base(100.0, "g")


def _amounts_of(food: Food) -> dict[str, float]:
    """Return the figures that stood on the label, not those worked out from them."""
    held = {name: figure for name, figure in food.figures.items() if figure.basis == "label"}
    return {name: figure.amount.best or 0.0 for name, figure in held.items()}


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
    for whole, forms in PARTS.items():
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
    for whole, forms in PARTS.items():
        if whole in given and not given & set(forms):
            open_forms |= set(forms)
    return open_forms


def _check(label: Label, nutrient: str, amount: float) -> None:
    kind = NUTRIENTS[nutrient]
    said = f"{written(round(amount, 6))} {kind.unit} of {kind.name.lower()}"
    each = f"{written(label.base.per)} {label.base.unit}"
    weighed = label.base.unit in {"g", "ml"}
    if weighed and amount * MICROGRAMS[kind.unit] / MICROGRAMS["g"] > label.base.per:
        raise ImpossibleLabelError(f"{said} in {each} is more than the whole weighs.")
    if not weighed and amount / label.base.per > kind.limits.per_pill:
        raise ImpossibleLabelError(
            f"{said} in {each} is too much to be right"
            " (1 g is 1000 mg, 1 mg is 1000 µg, 1 µg of vitamin D is 40 IU)."
        )
