"""From the figures a source gives to all the figures that follow from them.

A figure that is there is never changed, and what is declared unknown stays unknown. The forms of a
given vitamin D come first, then the reasons for zero, then the totals of vitamin D and K2.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from k2log.amounts import ZERO, Amount, total
from k2log.catalogue.model import Zero
from k2log.food.food import Figure
from k2log.named_tuple import NamedTuple
from k2log.nutrients import K2_FORMS, NUTRIENTS

Figures = Mapping[str, Figure]


class Traits(NamedTuple):
    """What a food is, as far as it decides what follows from its figures."""

    animal: bool = False
    fungus: bool = False
    unknown: frozenset[str] = frozenset()
    zeros: tuple[Zero, ...] = ()


NOTHING_SPECIAL = Traits()


def derive(figures: Figures, traits: Traits = NOTHING_SPECIAL) -> dict[str, Figure]:
    """Return the figures and all that follows from them, in the order of the nutrients."""
    known = dict(figures)
    for rule in (_vitamin_d_forms, _zeros, _vitamin_d_total, _vitamin_k2):
        for nutrient, figure in rule(known, traits).items():
            if nutrient not in known and nutrient not in traits.unknown:
                known[nutrient] = figure
    return {nutrient: known[nutrient] for nutrient in NUTRIENTS if nutrient in known}


def _zeros(_figures: Figures, traits: Traits) -> dict[str, Figure]:
    """Return the zeros of all reasons; where two give one, that of the reason named first."""
    return {
        nutrient: _zero(reason)
        for reason in reversed(traits.zeros)
        for nutrient in reason.nutrients
    }


@cache
def _zero(reason: Zero) -> Figure:
    basis = "estimated" if reason.high else "assumed-zero"
    return Figure(Amount.of(0.0, 0.0, reason.high), basis, reason.source, reason.why)


def _vitamin_d_forms(figures: Figures, traits: Traits) -> dict[str, Figure]:
    whole, d3, d2 = (figures.get(key) for key in ("vitamin_d", "vitamin_d3", "vitamin_d2"))
    if whole is None:
        return {}
    if whole.amount == ZERO:
        none = _calculated(ZERO, (whole,), "no vitamin D in any form")
        return {"vitamin_d3": none, "vitamin_d2": none}
    if d3 is not None:
        return {"vitamin_d2": _rest(whole, d3, "total minus D3")}
    if d2 is not None:
        return {"vitamin_d3": _rest(whole, d2, "total minus D2")}
    if traits.fungus:
        return _all_and_none(whole, "vitamin_d2", "vitamin_d3", "fungi make D2 only")
    if traits.animal:
        return _all_and_none(whole, "vitamin_d3", "vitamin_d2", "in animals it is D3 in practice")
    return {}


def _all_and_none(whole: Figure, form: str, other: str, why: str) -> dict[str, Figure]:
    return {form: _calculated(whole.amount, (whole,), why), other: _calculated(ZERO, (whole,), why)}


def _rest(whole: Figure, part: Figure, why: str) -> Figure:
    """Return what of the whole is not the part, never less than nothing, with the widest range."""
    best, least, most = (
        round(max((of or 0.0) - (minus or 0.0), 0.0), 6)
        for of, minus in (
            (whole.amount.best, part.amount.best),
            (whole.amount.low, part.amount.high),
            (whole.amount.high, part.amount.low),
        )
    )
    amount = Amount.of(best, min(best, least), max(best, most))
    return _calculated(ZERO if whole.amount == part.amount else amount, (whole, part), why)


def _vitamin_d_total(figures: Figures, traits: Traits) -> dict[str, Figure]:
    if "vitamin_d" in figures:
        return {}
    d3, d2 = figures.get("vitamin_d3"), figures.get("vitamin_d2")
    if d3 is not None and d2 is not None:
        return {"vitamin_d": summed((d3, d2), "D3 and D2 together")}
    if d3 is not None and traits.animal:
        return _all_and_none(d3, "vitamin_d", "vitamin_d2", "in animals it is D3 in practice")
    return {}


def _vitamin_k2(figures: Figures, _traits: Traits) -> dict[str, Figure]:
    if "vitamin_k2" in figures:
        return {}
    forms = [figures[form] for form in K2_FORMS if form in figures]
    if len(forms) == len(K2_FORMS):
        return {"vitamin_k2": summed(forms, "sum of its forms")}
    if not forms:
        return {}
    some = total(figure.amount for figure in forms)
    partial = Amount.partial(some.best or 0.0, some.low)
    return {"vitamin_k2": _calculated(partial, forms, "not every form has a figure")}


def summed(parts: Sequence[Figure], why: str) -> Figure:
    """Return the sum of figures with the sources of those that are not zero."""
    figure = _calculated(total(part.amount for part in parts), parts, why)
    if all(part.basis == "assumed-zero" for part in parts):
        return figure._replace(basis="assumed-zero", note=parts[0].note)
    return figure


def _calculated(amount: Amount, origins: Sequence[Figure], why: str) -> Figure:
    sources = dict.fromkeys(
        source
        for figure in origins
        for source in figure.source.split(", ")
        if figure.amount != ZERO
    )
    sources = sources or dict.fromkeys(figure.source for figure in origins)
    return Figure(amount, "calculated", ", ".join(sources), why)
