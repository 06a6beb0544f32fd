"""Names that people type: the key a food is looked up by, and which names a word is most like.

A key is blind to case, accents, plural, punctuation and word order. Every "did you mean" of k2log
comes from ``nearest``, and every slip of a finger that is forgiven from ``corrections``.
"""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+%?")
_HYPHEN_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])-(?=\d)")  # MK-7 is mk7
_SHORTEST_WITH_SLIP = 4
_LONG_WORD = 9
_SKIPPED = frozenset({"of", "the", "with", "and", "in"})
_NOT_PLURAL = frozenset(
    {"swiss", "hummus", "couscous", "asparagus", "molasses", "citrus", "bass", "watercress", "gras"}
)


def _unaccented(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def singular(word: str) -> str:
    """Return an English noun without its plural ending: ``eggs``, ``tomatoes``, ``berries``."""
    if word.endswith("ie") and len(word) > 4:
        return word[:-2] + "y"  # cookie and cookies meet here
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word in _NOT_PLURAL:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("oes", "ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def typed_words(text: str) -> list[str]:
    """Return the words of a name as they were typed: lower case, unaccented."""
    plain = _HYPHEN_BEFORE_DIGIT.sub("", _unaccented(text)).replace("'", "")
    return _WORD.findall(plain.replace("’", ""))


def name_words(text: str) -> list[str]:
    """Return the words of a name as they are compared: lower case, unaccented, singular."""
    words = typed_words(text)
    return [singular(word) for word in words if word not in _SKIPPED] or words


def name_key(text: str) -> str:
    """Return the key under which a food name is stored and looked up."""
    return " ".join(sorted(name_words(text)))


def slips_allowed(word: str, shortest: int = _SHORTEST_WITH_SLIP) -> int:
    """Return how many wrong letters are forgiven in a word: none in a short one, at most 2."""
    if len(word) < shortest or not word.isalpha():
        return 0
    return 1 if len(word) < _LONG_WORD else 2


def corrections(word: str, vocabulary: Iterable[str], slips: int) -> list[str]:
    """Return the words of the vocabulary at most so many slips away, fewest slips first.

    A slip is a letter that is wrong, missing or too many, or two letters that changed places.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 20 ms, only for words that match nothing

    distances = ((OSA.distance(word, other, score_cutoff=slips), other) for other in vocabulary)
    return [other for distance, other in sorted(distances) if distance <= slips]


def nearest(
    typed: str, names: Iterable[str], *, least: float = 0, partly: bool = False
) -> dict[str, float]:
    """Return how like each name is to what was typed, in percent, the likest name first.

    Case makes no difference. Names less like than ``least`` are left out; of equally like ones the
    first comes first. With ``partly``, a name may be longer than what was typed: "kidney" is like
    "chronic kidney disease".
    """
    from rapidfuzz.fuzz import WRatio, ratio  # noqa: PLC0415 - as above

    alike = WRatio if partly else ratio
    scores = {name: alike(typed.lower(), name.lower()) for name in names}
    order = sorted(scores, key=lambda name: -scores[name])
    return {name: scores[name] for name in order if scores[name] >= least}
