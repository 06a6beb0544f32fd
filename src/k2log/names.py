"""One key per food name, blind to case, accents, plural, punctuation and word order."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+%?")
_HYPHEN_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])-(?=\d)")  # MK-7 is mk7
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


def name_words(text: str) -> list[str]:
    """Return the words of a name as they are compared: lower case, unaccented, singular."""
    plain = _HYPHEN_BEFORE_DIGIT.sub("", _unaccented(text)).replace("'", "")
    words = _WORD.findall(plain.replace("’", ""))
    return [singular(word) for word in words if word not in _SKIPPED] or words


def name_key(text: str) -> str:
    """Return the key under which a food name is stored and looked up."""
    return " ".join(sorted(name_words(text)))
