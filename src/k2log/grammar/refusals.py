"""Why an item cannot be read, told when none of its readings names a known food."""

from collections.abc import Iterator

from k2log.errors import UnreadableError
from k2log.grammar.items import typed_amount
from k2log.grammar.numbers import both_ways, leading, refusal, written
from k2log.grammar.text import shown
from k2log.grammar.units import unit

_MOST_WORDS = 6


def explain_unreadable(text: str) -> UnreadableError | None:
    """Return what is wrong with an item's amount; None if only its food is unknown."""
    if not text.strip():
        return UnreadableError("an item is empty: name a food")
    reason = refusal(text) or _ambiguous(text) or _only_amount(text) or _two_amounts(text)
    return UnreadableError(reason) if reason else None


def _ambiguous(text: str) -> str | None:
    words = text.split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        found = leading(word)
        measure = unit((found and found[1]) or following)
        if found and found[0].thousands is not None and not (measure and measure.kind == "iu"):
            return both_ways(word.removesuffix(found[1]), found[0])
    return None


def _only_amount(text: str) -> str | None:
    typed = typed_amount(text)
    if typed is None or typed.spoken:
        return None
    amount = f"{written(typed.amount)} {typed.measure or ''}".rstrip()
    return f'"{shown(text)}" is only an amount: {amount} of what? Write both: "gouda 30g"'


def _two_amounts(text: str) -> str | None:
    amounts = list(_amounts(text.split()))
    if len(amounts) < 2:
        return None
    said = " and ".join(amounts[:2])
    return f'two amounts in "{shown(text)}", {said}: give one (only x multiplies: 2 x 200ml)'


def _amounts(words: list[str]) -> Iterator[str]:
    """Yield the amounts that stand in a text, each as long as it goes; ``7up`` is none."""
    at = 0
    while at < len(words):
        size = _amount_size(words[at : at + _MOST_WORDS])
        if size:
            yield shown(" ".join(words[at : at + size]))
        at += size or 1


def _amount_size(words: list[str]) -> int:
    if not words[0][0].isnumeric():  # "a" and "half" may belong to a name
        return 0
    sizes = range(len(words), 0, -1)
    return next((size for size in sizes if _is_amount(" ".join(words[:size]))), 0)


def _is_amount(text: str) -> bool:
    typed = typed_amount(text)
    return typed is not None and not typed.spoken
