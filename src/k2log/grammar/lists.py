"""Command-line arguments to items: ``natto 1tbsp`` is one, ``"gouda, 2 eggs"`` are two.

"macaroni and cheese" is one food, so where to split is settled by the foods there are. A list is
kept as pieces, items and separators in turn (``["gouda", ", ", "2 eggs"]``), until they are known.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from k2log.errors import UnreadableError
from k2log.grammar.items import lookup_key, readings, typed_amount
from k2log.grammar.text import clean, shown
from k2log.grammar.units import unit

MOST_ITEMS = 50
_LONGEST_AMOUNT = 40
_LONGEST_RUN = 4  # items that may turn out to be one name
_NO_FOODS = frozenset(
    {"slice", "piece", "serving", "tablet", "capsule", "pill", "drop", "glass", "bowl", "can"}
)
_SEPARATOR = re.compile(
    r"(\s*(?:(?<!\d),|,(?!\d))(?:\s*and(?=\s))?\s*|\s*\+\s*|\s+and\s+)", re.IGNORECASE
)


def parts(arguments: Sequence[str]) -> list[list[str]]:
    """Return the lists that were typed, each as its pieces; refuse empty items and text."""
    return [_pieces(clean(text, "item")) for text in _with_amounts(_texts(arguments))]


def candidate_names(arguments: Sequence[str]) -> set[str]:
    """Return the lookup keys of every food the arguments might name, to look up all at once."""
    runs = (
        run for pieces in parts(arguments) for at in range(0, len(pieces), 2)
        for run in _runs(pieces, at)
    )  # fmt: skip
    keys = {lookup_key(reading.food) for _, run in runs for reading in readings(run)}
    return keys - {""}


def item_texts(arguments: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """Return the items typed, split with the help of ``known``, which tells a lookup key."""
    return [item for pieces in parts(arguments) for item in resolve_list(pieces, known)]


def resolve_list(pieces: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """Return the items of one list: from the left, the longest run that names a known food."""
    items: list[str] = []
    at = 0
    while at < len(pieces):
        at, item = next(
            (end, run) for end, run in _runs(pieces, at) if end == at + 2 or _names_food(run, known)
        )
        items.append(item)
    return items


def _texts(arguments: Sequence[str]) -> Iterator[str]:
    together: list[str] = []
    for argument in arguments:
        if len(argument.split()) > 1:
            yield from _joined(together)
            together.clear()
            yield argument
        else:
            together.append(argument)
    yield from _joined(together)


def _with_amounts(texts: Iterable[str]) -> list[str]:
    """Join an amount that stands alone to its food: "cottage cheese" 30g, as shells complete it."""
    whole: list[str] = []
    for text in texts:
        if whole and (_is_amount(text) or _is_amount(whole[-1])):
            whole[-1] = f"{whole[-1]} {text}"
        else:
            whole.append(text)
    return whole


def _is_amount(text: str) -> bool:
    """Whether a text is an amount and cannot be a food: 2 crackers may be one."""
    typed = typed_amount(text) if len(text) <= _LONGEST_AMOUNT else None
    if typed is None:
        return False
    measure = unit(typed.measure or "g")
    return measure is not None and (measure.kind != "count" or measure.name in _NO_FOODS)


def _joined(together: Sequence[str]) -> list[str]:
    return [" ".join(together)] if together else []


def _pieces(text: str) -> list[str]:
    pieces = _SEPARATOR.split(text)
    items = pieces[::2]
    if len(items) > MOST_ITEMS:
        raise UnreadableError(f"{len(items)} items at once; {MOST_ITEMS} are the most")
    if not all(items):
        raise UnreadableError(f'an item of "{shown(text)}" is empty: leave out the extra separator')
    return pieces


def _runs(pieces: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield runs of items from piece ``at``, longest first, each with where the next item is."""
    last = min(len(pieces), at + 2 * _LONGEST_RUN - 1)
    for end in range(last, at, -2):
        yield end + 1, "".join(pieces[at:end])


def _names_food(run: str, known: Callable[[str], bool]) -> bool:
    return any(known(lookup_key(r.food)) for r in readings(run) if not r.tentative)
