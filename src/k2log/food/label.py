"""A food or supplement of the user's own, from what its label says.

Labels are typed as people copy them: figures per ``2 tablets`` or ``100 g``, ``slice=28g``.
"""

from collections.abc import Mapping, Sequence

from k2log.amounts import Amount
from k2log.errors import K2logError, UnreadableError
from k2log.food.food import Figure, Food
from k2log.grammar.numbers import leading, written
from k2log.grammar.nutrients import nutrient_amount
from k2log.grammar.quantity import typed_amount
from k2log.grammar.servings import serving_words
from k2log.grammar.units import FORMS, GRAMS, millilitres, unit
from k2log.named_tuple import NamedTuple
from k2log.names import singular, typed_words
from k2log.nutrients import MICROGRAMS, NUTRIENTS, PARTS
from k2log.text import clean, shown

PILLS = FORMS | {"dropper", "dose"}
SOURCE = "own-label"
_ZERO = Figure(Amount.of(0.0), "assumed-zero", SOURCE, "not on the label")


class ImpossibleLabelError(K2logError):
    """A figure no food can have, or one that must be a slip."""


class Base(NamedTuple):
    """What a label's figures are for: so many of a unit, ``2 tablet``, ``100 g``, ``250 ml``.

    ``portions`` are the measures that this says the size of: ``2/3 cup (55g)``.
    """

    per: float
    unit: str
    portions: Mapping[str, float] = {}


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
    figures: Mapping[str, str],
    portions: Sequence[str],
    supplement: bool | None,
    before: Food | None,
) -> Label:
    """Return the label that the user typed; what an edit leaves out stays as it was ``before``.

    ``slice=`` takes a measure away.

    ``figures`` are as typed, by the ids of nutrients. A new ``per`` starts them afresh.

    Raises UnreadableError.
    """
    base = Base(100.0, "g")
    earlier: dict[str, float] = {}
    if before:
        base = Base(before.per, before.unit)
        if before.serving == (before.per, before.unit):  # its measures are those of the label
            base = base._replace(portions=before.portions)
        stated = {id_: each for id_, each in before.figures.items() if each.basis == "label"}
        earlier = {id_: figure.amount.best or 0.0 for id_, figure in stated.items()}
    if per:
        base, earlier = read_base(per), {}
    amounts = {id_: nutrient_amount(text, NUTRIENTS[id_]) for id_, text in figures.items()}
    sizes = {
        measure: None if size is None else size.per
        for measure, size in read_portions(portions).items()
    }
    if supplement is None:
        supplement = before.supplement if before else base.unit in PILLS
    measures = {**(before.portions if before else {}), **base.portions, **sizes}
    return Label(
        name=before.name if before else clean(name, "name", 100),
        base=base,
        amounts=earlier | amounts,
        portions={measure: size for measure, size in measures.items() if size is not None},
        supplement=supplement,
    )


def read_base(text: str) -> Base:
    """Return what figures are per. Raises UnreadableError."""
    plain = serving_words(clean(text, "amount the figures are for", 60))
    typed = typed_amount(plain) or typed_amount(f"1 {plain}")
    base = _base(typed.amount, typed.measure) if typed else None
    if base is None and (weighed := _weighed_piece(plain)):
        return weighed
    if typed is None or base is None:
        raise UnreadableError(
            f'"{shown(text)}" cannot be read: per "100 g", "250 ml", "2 tablets" or "1 slice"?'
        )
    other = _base(*typed.also) if typed.also else None
    if other and other.unit == "ml" and base.unit in PILLS:  # 1 vial (25 mL)
        return base._replace(portions={"ml": round(base.per / other.per, 6)})
    if other is None or PILLS & {base.unit, other.unit}:
        return base
    if other.unit == base.unit:  # 1 cup (240 mL): the label's cup is a round one
        return other if typed.also and typed.also[1] in {"g", "ml"} else base
    if base.unit == "g" or (base.unit == "ml" and other.unit != "g"):
        return _sized(base, *(typed.also or ()))
    return _sized(other, typed.amount, typed.measure)


def _weighed_piece(text: str) -> Base | None:
    """Return what is said behind a piece of any name: ``1 stick pack (3.4 g)``; else None."""
    first, brackets, rest = text.partition("(")
    number, words = leading(first.strip()) or (None, "")
    typed = typed_amount(rest.removesuffix(")").strip())
    base = _base(typed.amount, typed.measure) if typed else None
    if not (brackets and number and words and base) or base.unit not in {"g", "ml"}:
        return None
    measure = words.lower() if number.value == 1 else singular(words.lower())
    return _sized(base, number.value, measure)


def _base(amount: float, measure: str | None) -> Base | None:
    """Return so much of a measure in the unit that figures can be for; None if they cannot."""
    named = unit(measure) if measure else None
    if named is None or named.kind == "iu":
        return None
    if named.kind == "mass":
        return Base(amount * GRAMS[named.name], "g")
    if named.kind == "volume":
        return Base(amount * millilitres(named.name, "us"), "ml")
    return Base(amount, named.name)


def _sized(base: Base, amount: float, measure: str | None) -> Base:
    """Return a base that says, too, how much one of another measure is."""
    return base._replace(portions={measure: round(base.per / amount, 6)} if measure else {})


def read_portions(texts: Sequence[str]) -> dict[str, Base | None]:
    """Return how much each measure is: ``slice=28g``; None for one without: ``slice=``.

    Raises UnreadableError.
    """
    sizes: dict[str, Base | None] = {}
    for text in texts:
        measure, equals, size = clean(text, "portion", 80).partition("=")
        base = read_base(size) if size.strip() else None
        name = measure.strip().lower()
        named = unit(name)
        weight = named is not None and named.kind in {"mass", "iu"}
        if not name or not equals or weight or (base and base.unit not in {"g", "ml"}):
            raise UnreadableError(f'"{shown(text)}" is no portion: write one like slice=28g')
        sizes[named.name if named else name] = base
    return sizes


def own_key(name: str) -> str:
    """Return the key of a new food of one's own: ``own:bone-caplets``."""
    return "own:" + "-".join(typed_words(name))


def food_of(label: Label, key: str | None = None) -> Food:
    """Return the food a label describes, with the ``key`` it has had, else with a new one.

    What a supplement's label does not list is assumed zero; of a food it is unknown. Raises
    ImpossibleLabelError.
    """
    for nutrient, amount in label.amounts.items():
        _check(label, nutrient, amount)
    base = label.base
    own = [measure for measure in label.portions if measure not in base.portions]
    return Food(
        key=key or own_key(label.name),
        name=label.name,
        kind="supplement" if label.supplement else "food",
        unit=base.unit,
        per=base.per,
        figures=_figures(label),
        portions=label.portions,
        origin="user",
        serving=(1.0, own[0]) if own else (base.per, base.unit),
        liquid=base.unit == "ml",
    )


def _check(label: Label, nutrient: str, amount: float) -> None:
    """Raise ImpossibleLabelError for more than the whole weighs, or than any pill holds."""
    kind = NUTRIENTS[nutrient]
    figure = f"{written(round(amount, 6))} {kind.unit} of {kind.name.lower()}"
    each = f"{written(label.base.per)} {label.base.unit}"
    weighed = label.base.unit in {"g", "ml"}
    if weighed and amount * MICROGRAMS[kind.unit] / MICROGRAMS["g"] > label.base.per:
        raise ImpossibleLabelError(f"{figure} in {each} is more than the whole weighs.")
    if not weighed and amount / label.base.per > kind.limits.per_pill:
        raise ImpossibleLabelError(
            f"{figure} in {each} is too much to be right"
            " (1 g is 1000 mg, 1 mg is 1000 µg, 1 µg of vitamin D is 40 IU)."
        )


def _figures(label: Label) -> dict[str, Figure]:
    """Return the figures given, the sums of forms, and the zeros of a supplement.

    Vitamin D is the sum of D2 and D3, K2 of its forms. Where only the sum is given its forms are
    unknown, not zero.
    """
    figures = {
        nutrient: Figure(Amount.of(round(amount, 9)), "label", SOURCE)
        for nutrient, amount in label.amounts.items()
    }
    unstated: set[str] = set()
    for whole, forms in PARTS.items():
        parts = [figures[form].amount.best or 0.0 for form in forms if form in label.amounts]
        if whole not in label.amounts and parts:
            complete = label.supplement or len(parts) == len(forms)
            amount = Amount.of(sum(parts)) if complete else Amount.partial(sum(parts))
            figures[whole] = Figure(amount, "calculated", SOURCE, "sum of the forms given")
        elif whole in label.amounts and not parts:
            unstated |= {*forms}
    if label.supplement:
        figures |= {id_: _ZERO for id_ in NUTRIENTS if id_ not in {*figures, *unstated}}
    return figures


def completed_by(food: Food, like: Food) -> Food:
    """Return a food of one's own with what its label leaves out taken from a food it is like.

    That is figures, and the piece that one has of it, such as a slice, if the label says none.

    Raises ImpossibleLabelError where the two are not measured alike.
    """
    if like.unit not in {"g", "ml"} or food.unit not in {"g", "ml"}:
        raise ImpossibleLabelError(f"{food.name} cannot be like {like.name}: both must be weighed.")
    share = food.per / like.per
    taken = {
        id_: Figure(each.amount.times(share), "estimated", each.source, f"as {like.name}")
        for id_, each in like.figures.items()
        if id_ not in food.figures
    }
    food = food._replace(figures=dict(food.figures) | taken)
    measure = like.serving[1] if like.serving else ""
    if food.portions or like.unit != food.unit or measure not in like.portions:
        return food
    return food._replace(portions={measure: like.portions[measure]}, serving=like.serving)
