"""Nutrients as people type them: names, amounts of one, and what they aim at in a day.

``vitamin d``, ``d3``, ``K2``, ``mk-7``; ``500mg``, ``1000 IU``; ``calcium=1000mg``.
"""

import re
from collections.abc import Iterable

from k2log.errors import UnreadableError
from k2log.grammar.numbers import both_ways, leading, written
from k2log.grammar.quantity import typed_amount
from k2log.grammar.units import unit
from k2log.nutrients import IU_PER_UG, MICROGRAMS, NUTRIENTS, VITAMIN_D, Nutrient
from k2log.text import clean, shown


def nutrient_words() -> list[str]:
    """Return the word for each nutrient, a vitamin before its forms: d, d3, d2, k2, k1, mk-4."""
    families = list(dict.fromkeys(nutrient.family for nutrient in NUTRIENTS.values()))
    listed = sorted(
        NUTRIENTS.values(),
        key=lambda nutrient: (families.index(nutrient.family), nutrient.part_of is not None),
    )
    return [nutrient.words[0] for nutrient in listed]


def nutrients(texts: Iterable[str]) -> list[str]:
    """Return the ids of the nutrients named, each once. Raises UnreadableError.

    The word "vitamin" may stand before a name or alone: ``vitamin d calcium`` are two.
    """
    names = re.sub(r"(?i)\bvitamins?\s+(?=\S)", "", " ".join(texts)).strip(", ")
    ids = {
        _bare(word): nutrient.id
        for nutrient in NUTRIENTS.values()
        for word in (*nutrient.words, nutrient.id)
    }
    words = re.split(r"[\s,]+", names)
    for word in words:
        if _bare(word) not in ids:
            raise UnreadableError(
                f'no nutrient "{shown(word)}". There are: {", ".join(nutrient_words())};'
                " by itself, k2log chart shows calcium, d and k2. Days: week, last month, october"
            )
    return list(dict.fromkeys(ids[_bare(word)] for word in words))


def _bare(word: str) -> str:
    return re.sub(r"vitamin|[_-]", "", word.lower())


def nutrient_amount(text: str, nutrient: Nutrient) -> float:
    """Return an amount in the nutrient's own unit; 0 needs none. Raises UnreadableError."""
    amount = clean(text, nutrient.name, 60)
    if zero := re.fullmatch(r"0+(?:[.,]0*)? ?([^\W\d]*)", amount):
        spelled = unit(zero[1]) if zero[1] else None
        if not zero[1] or (spelled and spelled.name in (*MICROGRAMS, "IU")):
            return 0.0
    amount = re.sub(r"(?<=[^\s\d.,(<])[ (]+[0-9]+ ?%.*", "", amount)  # 1300 mg (100 % DV)
    typed = typed_amount(amount.removeprefix("0 "))
    if typed and typed.measure == "IU" and nutrient.id in VITAMIN_D:
        return typed.amount / IU_PER_UG
    if typed is None or typed.measure not in MICROGRAMS:
        like = f"1000IU or 25{nutrient.unit}" if nutrient.id in VITAMIN_D else f"90{nutrient.unit}"
        numeral, _ = leading(amount) or (None, "")
        if "%" in amount:
            why = "is a share of a daily value that differs by country and year"
            raise UnreadableError(f'"{shown(text)}" {why}: write the amount, like {like}')
        if numeral and numeral.thousands is not None:
            raise UnreadableError(both_ways(amount, numeral))
        raise UnreadableError(f'"{shown(text)}" is no amount of {nutrient.name}: write {like}')
    return typed.amount * MICROGRAMS[typed.measure] / MICROGRAMS[nutrient.unit]


def target(text: str) -> tuple[str, float | None]:
    """Return a nutrient and its daily amount, None to have none. Raises UnreadableError."""
    name, equals, amount = text.partition("=")
    word = re.sub(r"[\s_-]|vitamin", "", name.lower())
    allowed = [(it, it.target) for it in NUTRIENTS.values() if it.target]
    pair = next((pair for pair in allowed if word in pair[1].words), None)
    if pair is None or not equals:
        raise UnreadableError(
            f'"{shown(text)}" is no target: write {target_examples()}, or calcium=none'
        )
    nutrient, (words, least, most, _) = pair
    if amount.strip().lower() == "none":
        return nutrient.id, None
    value = nutrient_amount(amount, nutrient)
    if not least <= value <= most:
        in_iu = f" ({written(most * IU_PER_UG)} IU)" if nutrient.id in VITAMIN_D else ""
        none = f"; for none, {words[0]}=none" if not value else ""
        raise UnreadableError(
            f'"{shown(text)}" is hardly meant: a daily target is {least} to {most} {nutrient.unit}'
            f"{in_iu}{none}"
        )
    return nutrient.id, value


def target_examples() -> str:
    """Return a target of each nutrient that may have one, those that have references first."""
    rows = sorted(NUTRIENTS.values(), key=lambda nutrient: nutrient.reference_group is None)
    return ", ".join(f"{it.target.words[0]}={it.target.example}" for it in rows if it.target)
