"""One item, food and amount, and every way it can be read.

Which words are the name is settled only by the foods there are: ``readings`` lists the ways, the
longest name first, and the caller takes the first whose food exists.

Command-line arguments become items: ``natto 1tbsp`` is one, ``"gouda, 2 eggs"`` are two. "macaroni
and cheese" is one food, so where to split is settled by the foods there are, too. Until then a list
is kept as pieces, items and separators in turn: ``["gouda", ", ", "2 eggs"]``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.numbers import WORDS, both_ways, leading, refusal, written
from k2log.grammar.units import unit
from k2log.names import name_key
from k2log.text import clean, shown

ELEMENTAL = "elemental"
SALT = "salt"
DOSE_UNITS = ("mg", "µg", "g")
MOST_ITEMS = 50
_MOST_AMOUNT_WORDS = 8
_MOST_WORDS_OF_TWO = 6
_MOST_MEASURE_WORDS = 3
_LONGEST_AMOUNT = 40
_LONGEST_RUN = 4  # items that may turn out to be one name
_LONGEST_NAME = 14  # the same in a list that is no longer than that: names in official tables
_SKIPPED = frozenset({"of", "the", "a", "an"})
_JOINING = frozenset({"and", "with", "in", "of", "as", "x", "×"})
_VAGUE = frozenset({"few", "couple", "some", "several", "lot", "lots", "bit", "little", "many"})
_NO_MEASURE = _SKIPPED | _JOINING | _VAGUE | {"to", "or"} | set(WORDS)
_NO_FOODS = frozenset(
    {"slice", "piece", "serving", "tablet", "capsule", "pill", "drop", "glass", "bowl", "can"}
)
_TIMES = re.compile(r"(?:^|(?<=[\s\d½¼¾]))[x×](?=[\s\d½¼¾.]|$)", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"(\s*(?:(?<!\d),|,(?!\d))(?:\s*and(?=\s))?\s*|\s*\+\s*|\s+and\s+)", re.IGNORECASE
)
_FOOD_KEY = "food:"


class TypedAmount(NamedTuple):
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


def lookup_key(food: str) -> str:
    """Return the key to look a food text up by: its name key, or ``food:KEY`` as it stands."""
    return food if food.startswith(_FOOD_KEY) else name_key(food)


def readings(text: str) -> list[Reading]:
    """Return every way to read one item, best first: the whole text as a name, then shorter."""
    words = text.split()
    if not words:
        return []
    measure = unit(words[0]) if len(words) > 2 and words[1].lower() == "of" else None
    one_of = measure is not None and measure.kind in {"count", "volume"}  # glass of milk
    plain = _with_amount(["1", *words] if one_of else words)
    return [Reading(" ".join(words)), *plain, *_elemental(words), *_salts(words, plain)]


def name_typed(text: str) -> str:
    """Return the part of an item to call the food by when no food fits: no amount in it."""
    names = [r.food for r in _with_amount(text.split()) if unit(r.measure or "g")]
    return min(names, key=lambda name: len(name.split()), default=text)


def _with_amount(words: Sequence[str]) -> list[Reading]:
    """Return the ways to read words as a name with an amount behind or before it."""
    ways = []
    for start in range(len(words) - 1, max(0, len(words) - 1 - _MOST_AMOUNT_WORDS), -1):
        text = " ".join(words[start:])
        typed = typed_amount(text)
        if typed and text.lower() not in _SKIPPED and _is_name(words[:start]):
            ways.append(Reading(" ".join(words[:start]), typed.amount, typed.measure))
    for end in range(1, min(len(words), _MOST_AMOUNT_WORDS + 1)):
        typed = typed_amount(" ".join(words[:end]))
        name = words[end:]
        while name and name[0].lower() in _SKIPPED:
            name = name[1:]
        if typed and _is_name(name):
            tentative = typed.spoken and words[end].lower() != "of"
            ways.append(Reading(" ".join(name), typed.amount, typed.measure, tentative=tentative))
    return sorted(ways, key=lambda reading: -len(reading.food.split()))


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
    salt_words = {word.lower() for word in salt}
    ways = []
    for reading in _with_amount(words[:at]):
        food_words = set(reading.food.lower().split())
        if salt_words <= food_words:
            food = reading.food
        else:
            food = " ".join(salt if food_words <= salt_words else (reading.food, *salt))
        if reading.measure in DOSE_UNITS:
            ways.append(reading._replace(food=food, form=ELEMENTAL))
    return ways


def _salts(words: Sequence[str], plain: Sequence[Reading]) -> list[Reading]:
    """Read ``calcium citrate salt 2370mg`` and ``calcium citrate 2370mg salt``."""
    named = [
        reading._replace(food=reading.food[: -len(SALT)].rstrip(), form=SALT)
        for reading in plain
        if reading.food.lower().endswith(f" {SALT}")
    ]
    before = _with_amount(words[:-1]) if words[-1].lower() == SALT else []
    behind = [reading._replace(form=SALT) for reading in before]
    return [reading for reading in named + behind if reading.measure in DOSE_UNITS]


def typed_amount(text: str) -> TypedAmount | None:
    """Return what a text says if the whole of it is one amount: ``30g``, ``2 x 200ml``."""
    factors = [factor.strip() for factor in _TIMES.split(text)]
    if len(factors) == 1:
        return _single(text)
    if len(factors) > 2:
        return None
    left, right = factors
    if not left or not right:  # 2x
        typed = _single(left or right)
        return typed if typed and typed.measure is None else None
    one, other = _single(left), _single(right)
    if not one or not other or (one.measure is None) == (other.measure is None):
        return None
    measure, spoken = one.measure or other.measure, one.spoken | other.spoken
    return TypedAmount(one.amount * other.amount, measure, spoken)


def _single(text: str) -> TypedAmount | None:
    """Return the amount that a text is without a sign of multiplication."""
    number = leading(text)
    if number is None:
        return None
    numeral, rest = number
    typed = _measure(rest) if rest else TypedAmount(1.0)
    if typed is None or numeral.thousands is None:
        return typed and typed._replace(amount=numeral.value)
    # A numeral that reads both ways: international units come in thousands, nothing else does.
    return typed._replace(amount=numeral.thousands) if typed.measure == "IU" else None


def _measure(text: str) -> TypedAmount | None:
    """Return one of the measure that a text names: a unit, or words that may be a food's own."""
    if whole := unit(text):
        return TypedAmount(1.0, whole.name)
    words = text.lower().split()
    if len(words) > _MOST_MEASURE_WORDS or not all(
        word not in _NO_MEASURE and word.replace("-", "").isalpha() for word in words
    ):
        return None
    units = [unit(word) for word in words]
    if units[0] and units[0].kind in ("mass", "iu"):
        return None
    names = [named.name if named else word for named, word in zip(units, words, strict=True)]
    return TypedAmount(1.0, " ".join(names), spoken=True)


def parts(arguments: Sequence[str]) -> list[list[str]]:
    """Return the lists that were typed, each as its pieces; refuse empty items and text.

    Arguments of one word make one list together, and one of several words is a list of its own. An
    amount that stands alone is joined to its food: "cottage cheese" 30g, as shells complete it.
    """
    texts: list[str] = []
    for loose, group in groupby(arguments, key=lambda argument: len(argument.split()) <= 1):
        for text in [" ".join(group)] if loose else group:
            if texts and (_is_only_amount(text) or _is_only_amount(texts[-1])):
                texts[-1] = f"{texts[-1]} {text}"
            else:
                texts.append(text)
    lists = []
    for text in texts:
        pieces = _SEPARATOR.split(plain := clean(text, "item"))
        items = pieces[::2]
        if len(items) > MOST_ITEMS:
            raise UnreadableError(f"{len(items)} items at once; {MOST_ITEMS} are the most")
        if not all(items):
            raise UnreadableError(
                f'an item of "{shown(plain)}" is empty: leave out the extra separator'
            )
        lists.append(pieces)
    return lists


def _is_only_amount(text: str) -> bool:
    """Whether a text is an amount and cannot be a food: 2 crackers may be one."""
    typed = typed_amount(text) if len(text) <= _LONGEST_AMOUNT else None
    if typed is None:
        return False
    measure = unit(typed.measure or "g")
    return measure is not None and (measure.kind != "count" or measure.name in _NO_FOODS)


def candidate_names(arguments: Sequence[str]) -> set[str]:
    """Return the lookup keys of every food the arguments might name, to look up all at once."""
    runs = (
        run for pieces in parts(arguments) for at in range(0, len(pieces), 2)
        for _, run in _runs(pieces, at)
    )  # fmt: skip
    return {lookup_key(reading.food) for run in runs for reading in readings(run)} - {""}


def item_texts(
    arguments: Sequence[str],
    is_food: Callable[[str], bool],
    is_common: Callable[[str], bool] | None = None,
) -> list[str]:
    """Return the items typed.

    ``is_food`` tells whether a lookup key is that of a food, ``is_common`` whether of one that
    people name so and not only an official table; without it all are. From the left, the longest
    run that names a food is one item; but "bread, egg" are two, though a table has a bread of that
    name.
    """
    is_common = is_common or is_food
    items: list[str] = []
    for pieces in parts(arguments):
        at = 0
        while at < len(pieces):
            at, item = next(
                (end, run)
                for end, run in _runs(pieces, at)
                if end == at + 2
                or _names(run, is_common)
                or (
                    _names(run, is_food)
                    and not all(_names(item, is_common) for item in pieces[at : end - 1 : 2])
                )
            )
            items.append(item)
    return items


def _names(text: str, is_food: Callable[[str], bool]) -> bool:
    """Whether an item can be read so that its food is one of these."""
    return any(is_food(lookup_key(it.food)) for it in readings(text) if not it.tentative)


def _runs(pieces: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield runs of items from piece ``at``, longest first, each with where the next item is."""
    most = _LONGEST_NAME if len(pieces) < 2 * _LONGEST_NAME else _LONGEST_RUN
    last = min(len(pieces), at + 2 * most - 1)
    for end in range(last, at, -2):
        yield end + 1, "".join(pieces[at:end])


def explain_unreadable(text: str) -> UnreadableError | None:
    """Return what is wrong with an item's amount; None if only its food is unknown."""
    if not text.strip():
        return UnreadableError("an item is empty: name a food")
    reason = refusal(text) or _ambiguous(text) or _only_amount(text) or _two_amounts(text)
    return UnreadableError(reason) if reason else None


def _ambiguous(text: str) -> str | None:
    words = text.split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        number = leading(word)
        measure = unit((number and number[1]) or following)
        if number and number[0].thousands is not None and not (measure and measure.kind == "iu"):
            return both_ways(word.removesuffix(number[1]), number[0])
    return None


def _only_amount(text: str) -> str | None:
    typed = typed_amount(text)
    if typed is None or typed.spoken:
        return None
    amount = f"{written(typed.amount)} {typed.measure or ''}".rstrip()
    return f'"{shown(text)}" is only an amount: {amount} of what? Write both: "gouda 30g"'


def _two_amounts(text: str) -> str | None:
    """Say so if two amounts stand in a text, each as long as it goes; ``7up`` is none."""
    words, amounts, at = text.split(), [], 0
    while at < len(words):
        longest = 0
        if words[at][0].isnumeric():  # "a" and "half" may belong to a name
            for size in range(1, min(_MOST_WORDS_OF_TWO, len(words) - at) + 1):
                typed = typed_amount(" ".join(words[at : at + size]))
                if typed and not typed.spoken:
                    longest = size
        if longest:
            amounts.append(shown(" ".join(words[at : at + longest])))
        at += longest or 1
    if len(amounts) < 2:
        return None
    both = " and ".join(amounts[:2])
    return f'two amounts in "{shown(text)}", {both}: give one (only x multiplies: 2 x 200ml)'
