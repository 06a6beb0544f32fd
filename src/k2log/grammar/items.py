"""One item, food and amount, and every way it can be read.

Which words are the name is settled only by the foods there are: ``readings`` lists the ways, the
longest name first, and the caller takes the first whose food exists.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from k2log.food.names import name_key
from k2log.grammar.numbers import WORDS, Numeral, leading
from k2log.grammar.units import unit

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
