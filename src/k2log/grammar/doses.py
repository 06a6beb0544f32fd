"""A dose and its count: ``mk7 100mcg 1 tablet``, ``2 x mk7 45mcg``, ``3 calcium 200mg tablets``.

The count may stand before or behind a dose, and the word for what is swallowed anywhere beside it.
"""

import re
from collections.abc import Iterator, Sequence

from k2log.grammar.numbers import leading, written
from k2log.grammar.quantity import SKIPPED
from k2log.grammar.units import FORMS, plural, unit
from k2log.named_tuple import NamedTuple

DOSES = frozenset({"IU", "mg", "µg", "g"})
_COUNT_X = re.compile(r"(\d[\d.,/]*|½) ?[x×] (.+)", re.IGNORECASE)
_BEHIND_X = re.compile(r"[x×]", re.IGNORECASE)
_NO_COUNT = 1.0


class Counted(NamedTuple):
    """Words without the count that stood among them; ``form`` is what was counted, if said."""

    words: tuple[str, ...]
    times: float
    form: str | None

    def note(self, amount: float, measure: str) -> str:
        """Return what was counted: 2 tablets of 45 µg."""
        dose = f"{written(amount)} {measure}"
        if self.form is None:
            return f"{written(self.times)} × {dose} was counted"
        several = plural(self.form) if self.times > 1 else self.form
        return f"{written(self.times)} {several} of {dose}"


def counted(words: Sequence[str]) -> Iterator[Counted]:
    """Yield the ways in which a count and a form may stand among words, longest name first."""
    if match := _COUNT_X.fullmatch(" ".join(words)):
        count, rest = _count(match[1]), match[2].split()
        if count:
            inner = next(_with_form(rest), None)
            yield Counted(inner.words if inner else tuple(rest), count, inner and inner.form)
        return
    yield from _with_form(words)


def _with_form(words: Sequence[str]) -> Iterator[Counted]:
    """Yield the ways to take a form and the count beside or before all from words."""
    words = _with_one_word_forms(words)
    forms = [
        (at, named.name)
        for at, word in enumerate(words)
        if (named := unit(word)) and named.name in FORMS
    ]
    if len(forms) != 1 or len(words) < 3:
        return
    at, form = forms[0]
    left, right = [*words[:at]], [*words[at + 1 :]]
    if left and left[-1].lower() == "as":  # calcium 500mg as a tablet is nothing we know
        return
    behind = [word for word in right[:2] if not _BEHIND_X.fullmatch(word)][:1]
    size = right.index(behind[0]) + 1 if behind else 0
    number = _count(_BEHIND_X.sub("", behind[0]) if behind else "")
    measured = len(right) > size and unit(right[size]) is not None
    if number and not measured:
        yield Counted((*left, *right[size:]), number, form)
        return
    yield Counted((*left, *right), _NO_COUNT, form)
    if left and right and right[0].lower() == "of":
        right = right[1:]
    if left and (number := _count(left[-1])):
        yield Counted((*left[:-1], *right), number, form)
    if len(left) > 1 and (number := _count(left[0])):
        rest = left[2:] if left[1].lower() in SKIPPED else left[1:]
        yield Counted((*rest, *right), number, form)


def _with_one_word_forms(words: Sequence[str]) -> Sequence[str]:
    """Return words with each form of two (effervescent tablet) as the one that it is."""
    for at in range(len(words) - 1):
        named = unit(" ".join(words[at : at + 2]))
        if named and named.name in FORMS:
            return [*words[:at], named.name, *words[at + 2 :]]
    return words


def _count(text: str) -> float | None:
    """Return the number that a text is, and nothing else."""
    numeral, rest = leading(text) or (None, "")
    return numeral.value if numeral and not rest and numeral.thousands is None else None


def shared_count(items: Sequence[str], separators: Sequence[str]) -> list[str]:
    """Let doses of one tablet share its count: calcium 600mg *and* d3 400 IU tablets 2.

    ``separators`` stand between items. A comma parts two products.
    """
    texts = list(items)
    for at in range(len(texts) - 1, 0, -1):
        if "," in separators[at - 1]:
            continue
        for one, other in ((at, at - 1), (at - 1, at)):
            way = _counted_dose(texts[one])
            if way and _is_dose(texts[other]):
                texts[other] = f"{texts[other]} {written(way.times)} {way.form}"
    return texts


def _counted_dose(text: str) -> Counted | None:
    """Return how several of a form of dose are counted in a text; None if they are not."""
    ways = (way for way in counted(text.split()) if way.form and way.times != _NO_COUNT)
    return next((way for way in ways if _is_dose(" ".join(way.words))), None)


def _is_dose(text: str) -> bool:
    """Whether a text ends or begins with a dose and counts nothing."""
    match = re.fullmatch(
        r"(?:\S+ )*?[\d.,]+k? ?(\S+)|[\d.,]+k? ?([^\W\d]+) .+", text, re.IGNORECASE
    )
    named = unit(match[1] or match[2]) if match else None
    return named is not None and named.name in DOSES - {"g"}
