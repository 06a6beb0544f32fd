"""One item, food and amount, and every way it can be read.

Which words are the name is settled only by the foods there are: ``readings`` lists the ways, the
longest name first, and the caller takes the first whose food exists.

Command-line arguments to items: ``natto 1tbsp`` is one, ``"gouda, 2 eggs"`` are two.

"macaroni and cheese" is one food, so where to split is settled by the foods there are. A list is
kept as pieces, items and separators in turn (``["gouda", ", ", "2 eggs"]``), until they are known.

Why an item cannot be read, told when none of its readings names a known food.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.numbers import WORDS, Numeral, both_ways, leading, refusal, written
from k2log.grammar.units import unit
from k2log.names import name_key
from k2log.text import clean, shown

ELEMENTAL = "elemental"
SALT = "salt"
DOSE_UNITS = ("mg", "µg", "g")
_MOST_AMOUNT_WORDS = 8
_MOST_MEASURE_WORDS = 3
_SKIPPED = frozenset({"of", "the", "a", "an"})
_JOINING = frozenset({"and", "with", "in", "of", "as", "x", "×"})
_VAGUE = frozenset({"few", "couple", "some", "several", "lot", "lots", "bit", "little", "many"})
_NO_MEASURE = _SKIPPED | _JOINING | _VAGUE | {"to", "or"} | set(WORDS)
_TIMES = re.compile(r"(?:^|(?<=[\s\d½¼¾]))[x×](?=[\s\d½¼¾.]|$)", re.IGNORECASE)
_FOOD_KEY = "food:"


class Typed(NamedTuple):
    """An amount as typed; ``spoken`` tells a measure that only the food itself may know."""

    amount: float
    measure: str | None = None
    spoken: bool = False


class Reading(NamedTuple):
    """One way to read an item.

    ``measure`` is the name of a unit, or words to look for among the food's own measures. ``form``
    is set where the text says whether a mass is the element ("elemental") or the whole salt
    ("salt"). ``tentative`` readings count only for a food that has just this measure: the words
    might as well belong to the name.
    """

    food: str
    amount: float | None = None
    measure: str | None = None
    form: str | None = None
    tentative: bool = False


def readings(text: str) -> list[Reading]:
    """Return every way to read one item, best first: the whole text as a name, then shorter."""
    words = text.split()
    if not words:
        return []
    plain = _with_amount(_with_one(words))
    return [Reading(" ".join(words)), *plain, *_elemental(words), *_salts(words, plain)]


def _with_one(words: list[str]) -> list[str]:
    """Return "glass of milk" as "1 glass of milk"."""
    measure = unit(words[0]) if len(words) > 2 and words[1].lower() == "of" else None
    return ["1", *words] if measure and measure.kind in {"count", "volume"} else words


def lookup_key(food: str) -> str:
    """Return the key to look a food text up by: its name key, or ``food:KEY`` as it stands."""
    return food if food.startswith(_FOOD_KEY) else name_key(food)


def name_typed(text: str) -> str:
    """Return the part of an item to call the food by when no food fits: no amount in it."""
    names = [r.food for r in _with_amount(text.split()) if unit(r.measure or "g")]
    return min(names, key=lambda name: len(name.split()), default=text)


def typed_amount(text: str) -> Typed | None:
    """Return what a text says if the whole of it is one amount."""
    parts = [part.strip() for part in _TIMES.split(text)]
    if len(parts) == 1:
        return _single(text)
    return _multiplied(*parts) if len(parts) == 2 else None


def _multiplied(left: str, right: str) -> Typed | None:
    if not left or not right:
        return _bare(_single(left or right))
    one, other = _single(left), _single(right)
    if not one or not other or (one.measure is None) == (other.measure is None):
        return None
    return Typed(one.amount * other.amount, one.measure or other.measure, one.spoken | other.spoken)


def _bare(typed: Typed | None) -> Typed | None:
    return typed if typed and typed.measure is None else None


def _single(text: str) -> Typed | None:
    found = leading(text)
    if found is None:
        return None
    numeral, rest = found
    measure = _measure(rest) if rest else Typed(1.0)
    amount = measure and _value(numeral, measure.measure)
    return measure._replace(amount=amount) if measure and amount else None


def _value(numeral: Numeral, measure: str | None) -> float | None:
    """Settle a numeral that reads both ways: international units come in thousands."""
    if numeral.thousands is None:
        return numeral.value
    return numeral.thousands if measure == "IU" else None


def _measure(text: str) -> Typed | None:
    if known := unit(text):
        return Typed(1.0, known.name)
    words = text.lower().split()
    if len(words) > _MOST_MEASURE_WORDS or not all(map(_can_measure, words)):
        return None
    first = unit(words[0])
    if first and first.kind in ("mass", "iu"):
        return None
    return Typed(1.0, " ".join(_canonical(word) for word in words), spoken=True)


def _can_measure(word: str) -> bool:
    return word not in _NO_MEASURE and word.replace("-", "").isalpha()


def _canonical(word: str) -> str:
    known = unit(word)
    return known.name if known else word


def _with_amount(words: Sequence[str]) -> list[Reading]:
    found = [*_amount_after(words), *_amount_before(words)]
    return sorted(found, key=lambda reading: -len(reading.food.split()))


def _amount_after(words: Sequence[str]) -> Iterator[Reading]:
    for start in range(len(words) - 1, max(0, len(words) - 1 - _MOST_AMOUNT_WORDS), -1):
        text = " ".join(words[start:])
        typed = typed_amount(text)
        if typed and text.lower() not in _SKIPPED and _is_name(words[:start]):
            yield Reading(" ".join(words[:start]), typed.amount, typed.measure)


def _amount_before(words: Sequence[str]) -> Iterator[Reading]:
    for end in range(1, min(len(words), _MOST_AMOUNT_WORDS + 1)):
        typed = typed_amount(" ".join(words[:end]))
        name = _without_articles(words[end:])
        if typed and _is_name(name):
            tentative = typed.spoken and words[end].lower() != "of"
            yield Reading(" ".join(name), typed.amount, typed.measure, tentative=tentative)


def _without_articles(words: Sequence[str]) -> Sequence[str]:
    start = next((i for i, word in enumerate(words) if word.lower() not in _SKIPPED), len(words))
    return words[start:]


def _is_name(words: Sequence[str]) -> bool:
    """Whether words can be a whole name: "gouda," and "and gouda" are torn out of a list."""
    if not words or words[0][0] in ",+" or words[-1][-1] in ",+":
        return False
    return words[0].lower() not in _JOINING and words[-1].lower() not in _JOINING


def _elemental(words: Sequence[str]) -> list[Reading]:
    """Read ``calcium 500mg as citrate``: the mass is the element's."""
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i].lower() == "as"), 0)
    salt = words[at + 1 :]
    if not at or not 0 < len(salt) <= 2:
        return []
    return [
        reading._replace(food=_salt_name(reading.food, salt), form=ELEMENTAL)
        for reading in _with_amount(words[:at])
        if reading.measure in DOSE_UNITS
    ]


def _salt_name(food: str, salt: Sequence[str]) -> str:
    said, named = set(food.lower().split()), {word.lower() for word in salt}
    if named <= said:
        return food
    return " ".join(salt) if said <= named else f"{food} {' '.join(salt)}"


def _salts(words: Sequence[str], plain: Sequence[Reading]) -> list[Reading]:
    """Read ``calcium citrate salt 2370mg`` and ``calcium citrate 2370mg salt``."""
    named = [
        reading._replace(food=reading.food[: -len(SALT)].rstrip(), form=SALT)
        for reading in plain
        if reading.food.lower().endswith(f" {SALT}")
    ]
    after = words[:-1] if words[-1].lower() == SALT else ()
    said = [reading._replace(form=SALT) for reading in _with_amount(after)]
    return [reading for reading in named + said if reading.measure in DOSE_UNITS]


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
    return next((size for size in sizes if _is_amount_refusals(" ".join(words[:size]))), 0)


def _is_amount_refusals(text: str) -> bool:
    typed = typed_amount(text)
    return typed is not None and not typed.spoken
