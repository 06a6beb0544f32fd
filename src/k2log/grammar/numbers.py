"""Numbers as people type them, and numbers as we write them so that they can be typed again.

One separator before exactly three digits reads both ways (``2,000``): such a numeral carries both
values and whoever knows the unit decides. Zero, negative numbers and ranges are no amounts.
"""

import re

from k2log.errors import UnreadableError
from k2log.named_tuple import NamedTuple
from k2log.text import shown

WORDS = {
    "a": 1.0, "an": 1.0, "half": 0.5, "quarter": 0.25, "one": 1.0, "two": 2.0, "three": 3.0,
    "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0,
    "eleven": 11.0, "twelve": 12.0, "third": 1 / 3, "dozen": 12.0,
}  # fmt: skip
_ARTICLES = ("a", "an")
_PARTS = ("half", "quarter", "third")
_SHARES = {
    "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
}  # fmt: skip

_VULGAR = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_MOST_DIGITS = 15
_NUMERAL = re.compile(
    r"(?:(?P<whole>\d+) +)?(?P<over>\d+) ?[/⁄] ?(?P<under>\d+)"
    r"|(?P<count>\d*) ?(?P<vulgar>[¼-¾⅓-⅞])"  # _VULGAR; as spans it compiles faster
    r"|(?P<decimal>\d+(?:[.,]\d+)*|\.\d+)",
    re.ASCII,
)
# Plain strings: they are compiled only for a number with a separator.
_EITHER_WAY = r"[1-9]\d{0,2}[.,]\d{3}"
_GROUPED = r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,}|(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)"
_PLAIN = r"\d*[.,]\d+"
_AND_PART = r"((?:(?:an?|one) )?(?:half|quarter|third)|\d ?[/⁄] ?\d|[¼-¾⅓-⅞])(?!\S)"
_BEHIND = frozenset({"dozen", "and", "of", "a", "an", *_SHARES})


class Numeral(NamedTuple):
    """A number read; ``thousands`` is its other value where a separator reads both ways.

    ``kilo`` tells that a k stands behind it (``10k``): thousands, but only of what comes in those.
    """

    value: float
    thousands: float | None = None
    kilo: bool = False


def leading(text: str) -> tuple[Numeral, str] | None:
    """Return the number a text begins with, and what follows it; None if it begins with none."""
    if match := _NUMERAL.match(text):
        numeral, rest = _numeral(match), text[match.end() :]
        if numeral and rest[:1] in "kK" and rest and not rest[1:2].isalnum():
            return Numeral(numeral.value, numeral.value * 1000, kilo=True), rest[1:].lstrip()
        if rest[:1] == "-" and rest[1:2].isalpha():  # 15-ounce
            rest = rest[1:]
        return numeral and _with_words(numeral, rest.lstrip())
    first, _, rest = text.partition(" ")
    value = WORDS.get(first.lower())
    if value is None:
        return None
    second, _, after = rest.partition(" ")
    if first.lower() in _ARTICLES and second.lower() in _PARTS:
        return _with_words(Numeral(WORDS[second.lower()]), after.lstrip())
    if first.lower() in _PARTS and second.lower() in _ARTICLES:
        return _with_words(Numeral(value), after.lstrip())
    return _with_words(Numeral(value), rest.lstrip())


def _with_words(numeral: Numeral, rest: str) -> tuple[Numeral, str]:
    """Take the words that belong to a number: a *dozen*, two *and a half*, three *quarters*."""
    first, _, after = rest.partition(" ")
    word = first.lower()
    if numeral.thousands is not None or word not in _BEHIND:
        return numeral, rest
    if word == "dozen":
        return Numeral(numeral.value * 12), after.lstrip()
    if word in _SHARES:
        return Numeral(numeral.value * _SHARES[word]), _without_of(after)
    if word == "and" and (match := re.match(_AND_PART, after, re.ASCII | re.IGNORECASE)):
        more = beside_whole(match[1])
        if more is not None and numeral.value >= 1:
            return Numeral(numeral.value + more), after[match.end() :].lstrip()
    return numeral, (_without_of(rest) if numeral.value < 1 else rest)


def _without_of(rest: str) -> str:
    """Return what a share is of: half *of a* cup."""
    words = rest.split(" ")
    while len(words) > 1 and words[0].lower() in ("of", "a", "an"):
        words = words[1:]
    return " ".join(words)


def beside_whole(text: str) -> float | None:
    """Return the part of a whole that words or a fraction name: half, a quarter, 1/2, ¾."""
    words = text.lower().split()
    word = words[-1] if words and (len(words) == 1 or words[:-1] in (["a"], ["one"])) else ""
    if word in _PARTS:
        return WORDS[word]
    number = _NUMERAL.fullmatch(text)
    numeral = _numeral(number) if number else None
    return numeral.value if numeral and numeral.value < 1 else None


def _numeral(match: re.Match[str]) -> Numeral | None:
    """Return the number digits stand for; None for zero, too many digits or odd separators."""
    if sum(char.isdigit() for char in match[0]) > _MOST_DIGITS:
        return None
    if match["vulgar"]:
        return Numeral(int(match["count"] or 0) + _VULGAR[match["vulgar"]])
    if match["over"]:
        over, under = int(match["over"]), int(match["under"])
        return Numeral(int(match["whole"] or 0) + over / under) if over and under else None
    digits = match["decimal"]
    if not digits.isdecimal():
        if re.fullmatch(_EITHER_WAY, digits):
            return Numeral(float(digits.replace(",", ".")), float(re.sub("[.,]", "", digits)))
        if re.fullmatch(_GROUPED, digits):
            thousands = next(char for char in digits if char in ".,")
            digits = digits.replace(thousands, "")
        elif not re.fullmatch(_PLAIN, digits):
            return None
    value = float(digits.replace(",", "."))
    return Numeral(value) if value > 0 else None


def number(text: str) -> float:
    """Return the one number a text holds; what is none, or reads two ways, is refused."""
    numeral, rest = leading(text.strip()) or (None, "")
    if numeral is None or rest:
        reason = refusal(text) or f'"{shown(text)}" is not a number: write 2, 1.5, 1/2 or half'
        raise UnreadableError(reason)
    if numeral.thousands is not None:
        raise UnreadableError(refusal(text) or both_ways(text.strip(), numeral))
    return numeral.value


def both_ways(typed: str, numeral: Numeral) -> str:
    """Return the sentence that refuses a number whose separator reads both ways."""
    large, small = written(numeral.thousands or 0), written(numeral.value)
    return f'"{shown(typed)}" could be {large} or {small}: write {large} or {small}'


_UNSIGNED = r"(?:\d+(?:[.,/⁄]\d+)*)"
_END = r"[^\W\d_]*(?!\S)"  # a unit may be glued on
_VAGUE = "a few|few|some|several|a couple|couple|a lot|lots|a bit|a little"
# Plain strings: they are compiled only once something was refused.
_REFUSALS = (
    (r"(?<!\S)[-−–] ?[.,]?\d\S*", "is negative: an amount is more than zero"),
    (
        rf"(?<!\S){_UNSIGNED}(?:k?g|oz|ml)?(?: ?[–—-] ?| (?:to|or) )({_UNSIGNED}){_END}",
        "is a range: give one number, your best guess",
    ),
    (
        r"(?<!\S)[\d.,]+e[+-]?\d+(?!\S)",
        "is not written out: write it in plain digits, like 1000",
    ),
    (
        r"(?<!\S)(?:0+ ?[/⁄] ?\d+|\d+ ?[/⁄] ?0+)(?![\d/⁄])",
        "is no amount: neither part of a fraction can be 0",
    ),
    (
        rf"(?<!\S)[1-9]\d{{0,2}}(?: \d{{3}})+{_END}",
        "reads two ways: write the number without a space, or multiply, like 2 x 200ml",
    ),
    (
        r"(?<!\S)\d[\d.,]*k(?!\S)(?! (?:i\.?[ue]|ui|mcg|ug|[µμ]g))",
        "is thousands of something: write the number in full, like 2000, with its unit",
    ),
    (rf"(?<!\S)0+(?:[.,]0*)?{_END}", "is nothing to log: an amount is more than zero"),
    (
        rf"(?<!\S)\d{{{_MOST_DIGITS + 1},}}|(?<!\S)[\d.,]{{{_MOST_DIGITS + 3},}}",
        "has too many digits",
    ),
    (rf"(?<!\S)(?:{_VAGUE})(?!\S)", "is no amount: give a number, like 3 or half"),
)


def refusal(text: str) -> str | None:
    """Return why a text holds something number-like that is not taken; None if it holds none."""
    for pattern, reason in _REFUSALS:
        if match := re.search(pattern, text, re.ASCII | re.IGNORECASE):
            return f'"{shown(match[0].strip())}" {reason}'
    if foreign := next((char for char in text if char.isdecimal() and not char.isascii()), None):
        return f'"{shown(foreign)}" is not one of the digits 0 to 9: type those'
    return None


def written(value: float) -> str:
    """Return a number in digits that ``number`` reads back, to 6 decimals: ``2000``, ``0.5``."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    unclear = "." in text and re.fullmatch(_EITHER_WAY, text)  # 2.125 would read both ways
    return f"{text}0" if unclear else text
