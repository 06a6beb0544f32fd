"""What a label says, as people copy it: ``500mg``, ``1000 IU``, ``2 tablets``, ``slice=28g``."""

from typing import NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.items import TypedAmount, typed_amount
from k2log.grammar.units import GRAMS, unit
from k2log.nutrients import IU_PER_UG, MICROGRAMS, VITAMIN_D, Nutrient
from k2log.text import clean, shown


class Base(NamedTuple):
    """What a label's figures are for: so many of a unit, ``2 tablet``, ``100 g``, ``250 ml``."""

    per: float
    unit: str


def label_amount(text: str, nutrient: Nutrient) -> float:
    """Return an amount in the nutrient's own unit; 0 needs none. Raises UnreadableError."""
    said = clean(text, nutrient.name, 60)
    if said == "0":
        return 0.0
    typed = _typed(said.removeprefix("0 ") if said.startswith("0 ") else said)
    measure = typed.measure if typed else None
    if typed and measure == "IU" and nutrient.id in VITAMIN_D:
        return typed.amount / IU_PER_UG
    if typed is None or measure not in MICROGRAMS:
        like = f"1000IU or 25{nutrient.unit}" if nutrient.id in VITAMIN_D else f"90{nutrient.unit}"
        raise UnreadableError(f'"{shown(text)}" is no amount of {nutrient.name}: write {like}')
    return typed.amount * MICROGRAMS[measure] / MICROGRAMS[nutrient.unit]


def _typed(text: str) -> TypedAmount | None:
    typed = typed_amount(text)
    return typed if typed and typed.measure else None


def label_base(text: str) -> Base:
    """Return what figures are per. Raises UnreadableError."""
    said = clean(text, "amount the figures are for", 60)
    typed = typed_amount(said) or typed_amount(f"1 {said}")
    known = unit(typed.measure) if typed and typed.measure else None
    if typed is None or known is None or known.kind == "iu":
        raise UnreadableError(
            f'"{shown(text)}" cannot be read: per "100 g", "250 ml", "2 tablets" or "1 slice"?'
        )
    if known.kind == "mass":
        return Base(typed.amount * GRAMS[known.name], "g")
    if known.kind == "volume":
        from k2log.grammar.units import millilitres  # noqa: PLC0415 - few labels are poured

        return Base(typed.amount * millilitres(known.name, "us"), "ml")
    return Base(typed.amount, known.name)


def label_portion(text: str) -> tuple[str, float, str]:
    """Return the measure, how much it is, and of what: ``slice=28g``. Raises UnreadableError."""
    measure, equals, size = clean(text, "portion", 80).partition("=")
    base = label_base(size) if equals and size.strip() else None
    name = measure.strip().lower()
    if base is None or not name or base.unit not in {"g", "ml"}:
        raise UnreadableError(f'"{shown(text)}" is no portion: write one like slice=28g')
    known = unit(name)
    return (known.name if known else name), base.per, base.unit
