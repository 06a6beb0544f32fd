"""Amounts as people type them: ``30g``, ``2 x 200ml``, ``1 slice (30 g)``, ``a cup and a half``.

An amount that says two things is read where one meaning is left: so much in two units
(``200g/7oz``) is one amount with another beside it, which whoever knows the food compares.
"""

import re
from functools import lru_cache

from k2log.grammar.numbers import WORDS, Numeral, beside_whole, leading, written
from k2log.grammar.units import (
    CONTAINERS,
    FILLED,
    GRAMS,
    HOUSEHOLD,
    LETTERS,
    SIZES,
    millilitres,
    unit,
)
from k2log.named_tuple import NamedTuple

ELEMENTAL = "elemental"
SALT = "salt"
SKIPPED = frozenset({"of", "the", "a", "an"})
JOINING = frozenset({"and", "with", "in", "on", "plus", "of", "as", "x", "×", "&", "w/"})
_VAGUE = frozenset({"few", "couple", "some", "several", "lot", "lots", "bit", "little", "many"})
_NO_MEASURE = SKIPPED | JOINING | _VAGUE | {"to", "or", "at"} | set(WORDS)
_MOST_MEASURE_WORDS = 3
_LONGEST = 60
_TIMES = re.compile(r"(?:^|(?<=[\s\d½¼¾]))[x×](?=[\s\d½¼¾.]|$)", re.IGNORECASE)
# Plain strings: they are compiled only for an amount that has their signs.
_ABOUT = r"(?:[~≈]|(?:about|approx(?:imately|\.)?|around|roughly|circa|ca\.?)(?=\s|\d))\s*"
_MORE = r"(.+?) and (?:a |an |one )?(.+)"
_EACH = r"(\S+(?: \d\S*)?) \(?([\d.½¼¾][^()]*)\)?"
_MIXED = r"(\d+)-((?:[1-9] ?[/⁄] ?\d|[¼-¾⅓-⅞]).*)"  # 1-1/2 cups, as American recipes have it
_FACTOR = r"(\d+) ?[x×] ?(?=.*[/(])"
_SUM = r"(.*?[a-z.])\s*(plus |and |\+ ?|)(\d.*|an? .*)"
_ALONE = frozenset({"lb", "kg"})  # 1 lb 2 oz needs no plus


class TypedAmount(NamedTuple):
    """An amount as typed; ``spoken`` tells a measure that only the food itself may know.

    ``also`` is the same amount as it was typed in another unit, ``note`` what to say of how it was
    read.
    """

    amount: float
    measure: str | None = None
    spoken: bool = False
    also: tuple[float, str] | None = None
    note: str = ""


class Reading(NamedTuple):
    """One way to read an item.

    ``measure`` is the name of a unit, or words to look for among the food's own measures. ``form``
    is set where the text says whether a mass is the element ("elemental") or the whole salt
    ("salt"). ``tentative`` readings count only for a food that has just this measure: the words
    might as well belong to the name. A ``dose`` is only one of a nutrient. ``also`` is the same
    amount in another unit, and ``note`` what to say of how the amount was read.
    """

    food: str
    amount: float | None = None
    measure: str | None = None
    form: str | None = None
    tentative: bool = False
    dose: bool = False
    also: tuple[float, str] | None = None
    note: str = ""


@lru_cache(maxsize=2048)  # the runs of a list are read with the same words again and again
def typed_amount(text: str) -> TypedAmount | None:
    """Return what a text says if the whole of it is one amount: ``30g``, ``2 x 200ml``."""
    if text[:1] in "~≈acrACR" and (about := re.match(_ABOUT, text, re.IGNORECASE)):
        text = text[about.end() :]
    typed = _multiplied(text)
    if typed or len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return typed
    if "-" in text and (mixed := re.fullmatch(_MIXED, text)):
        return _multiplied(f"{mixed[1]} {mixed[2]}")
    return _of_containers(text) or _twice(text) or _summed(text)


def _multiplied(text: str) -> TypedAmount | None:
    """Return an amount with at most one sign of multiplication."""
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
    measured = one if one.measure else other
    return measured._replace(amount=one.amount * other.amount)


def _single(text: str) -> TypedAmount | None:
    """Return the amount that a text is without a sign of multiplication."""
    number = leading(text)
    if number is None:
        return _and_more(Numeral(1.0), text) if " and " in text else None
    numeral, rest = number
    typed = _measure(rest) if rest else TypedAmount(1.0)
    if typed is None and " and " in rest:
        return _and_more(numeral, rest)
    if typed is None or numeral.thousands is None:
        return typed and typed._replace(amount=typed.amount * numeral.value)
    if typed.measure != "IU" and not (numeral.kilo and typed.measure == "µg"):
        return None
    # A numeral that reads both ways: international units come in thousands, nothing else does.
    return typed._replace(amount=numeral.thousands)


def _and_more(numeral: Numeral, text: str) -> TypedAmount | None:
    """Return the amount of ``cup and a half``, the first cup of which is counted already."""
    match = re.fullmatch(_MORE, text, re.IGNORECASE)
    typed = _measure(match[1]) if match else None
    more = beside_whole(match[2]) if match else None
    if typed is None or more is None or numeral.thousands is not None:
        return None
    return typed._replace(amount=typed.amount * (numeral.value + more))


def _measure(text: str) -> TypedAmount | None:
    """Return one of the measure that a text names: a unit, or words that may be a food's own."""
    if whole := unit(text):
        said = LETTERS.get(text.rstrip("."))
        note = f'"{text}" was read as {said}' if said and text.lower() == "t" else ""
        return TypedAmount(1.0, whole.name, note=note)
    words = text.lower().split()
    if len(words) > 1 and words[0] in FILLED and (full := unit(" ".join(words[1:]))):
        times = FILLED[words[0]]
        note = f"a {words[0]} {full.name} was counted as {written(times)}" if times != 1 else ""
        return TypedAmount(times, full.name, note=note)
    size = unit(words[0]) if len(words) > 1 else None
    if size and size.name in SIZES and (one := unit(" ".join(words[1:]))) and one.kind == "count":
        return TypedAmount(1.0, f"{size.name} {one.name}")
    if len(words) > _MOST_MEASURE_WORDS or not all(
        word not in _NO_MEASURE and word.replace("-", "").isalpha() for word in words
    ):
        return None
    units = [unit(word) for word in words]
    if units[0] and units[0].kind in ("mass", "iu"):
        return None
    if units[0] and units[0].kind == "volume" and units[-1] and units[-1].kind == "count":
        return None  # 330 ml can
    names = [named.name if named else word for named, word in zip(units, words, strict=True)]
    last = units[-1]
    counted = last is not None and (last.kind == "count" or last.name in HOUSEHOLD)
    sized = len(words) == 2 and names[0] in SIZES and counted
    return TypedAmount(1.0, " ".join(names), spoken=not sized)


def _of_containers(text: str) -> TypedAmount | None:
    """Return what ``400g tin``, ``2 x 330ml cans``, ``1 (15 oz) can`` or ``4 (8 oz)`` hold."""
    body, _, last = text.rpartition(" ")
    container = unit(last)
    counted_so = container is not None and container.name in CONTAINERS
    if not counted_so:
        body = text if text.endswith(")") else ""
    if not body:
        return None
    count, one = 1.0, (_multiplied(body) or _twice(body)) if counted_so else None
    if one is None and (each := re.fullmatch(_EACH, body)):
        counted, one = _single(each[1]), _single(each[2]) or _twice(each[2])
        if counted is None or counted.measure:
            return None
        count = counted.amount
    if one is None or one.spoken or not _is_size(one.measure):
        return None
    each_one = f"{written(one.amount)} {one.measure}"
    note = f"{written(count)} × {each_one} was counted" if count != 1 else ""
    return _times(one, count)._replace(note=note)


def _times(typed: TypedAmount, count: float) -> TypedAmount:
    also = typed.also and (typed.also[0] * count, typed.also[1])
    return typed._replace(amount=count * typed.amount, also=also)


def _is_size(measure: str | None) -> bool:
    """Whether a measure tells how much a container holds; a tablet's µg are its dose."""
    named = unit(measure) if measure else None
    return named is not None and (named.kind == "volume" or named.name in ("g", "kg", "oz", "lb"))


def _twice(text: str) -> TypedAmount | None:
    """Return an amount in two units: ``200g/7oz``, ``1 slice (30 g)``, ``4 x 175g/6oz``."""
    if factor := re.match(_FACTOR, text, re.IGNORECASE):
        number, one = _single(factor[1]), _twice(text[factor.end() :])
        return _times(one, number.amount) if one and number and not number.measure else None
    if text.endswith(")"):
        first, _, second = text[:-1].rpartition("(")
    else:
        first, _, second = text.rpartition("/")
        if first[-1:].isdigit() and second[:1].isdigit():  # 1/2 cup; 30g/1 1/2oz
            first, _, second = text.partition("/")
    second = re.sub(_ABOUT, "", second.strip(), count=1, flags=re.IGNORECASE)
    if not first or not second:
        return None
    one = _multiplied(first.strip())
    other = _single(second) or _summed(second)
    if one is None or one.measure is None or other is None or other.spoken or not other.measure:
        return None
    return one._replace(also=(other.amount, other.measure))


def _summed(text: str) -> TypedAmount | None:
    """Return the sum of ``1 lb 2 oz`` and ``1 cup plus 2 tbsp``, in the first unit."""
    match = re.fullmatch(_SUM, text, re.IGNORECASE) if len(text) > 5 else None
    one, other = (_single(match[1].strip()), _single(match[3])) if match else (None, None)
    if match is None or one is None or other is None:
        return None
    if not match[2] and one.measure not in _ALONE:
        return None
    ratio = _ratio(other.measure, one.measure)
    if ratio is None or (not match[2] and ratio >= 1):
        return None
    return TypedAmount(one.amount + other.amount * ratio, one.measure)


def _ratio(measure: str | None, of: str | None) -> float | None:
    """Return how many of a unit another one is, if both are of mass or both of volume."""
    if measure in GRAMS and of in GRAMS:
        return GRAMS[measure] / GRAMS[of]
    one, other = unit(measure or ""), unit(of or "")
    if one and other and one.kind == other.kind == "volume":
        return millilitres(one.name, "us") / millilitres(other.name, "us")
    return None
