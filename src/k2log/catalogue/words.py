"""Words that say something of whatever food they stand with, from ``words.toml``."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from k2log.catalogue.model import CatalogueError
from k2log.food.words import CLAUSE, COOKING, FAT, KEPT, MAKER, NAME, NEUTRAL, SIZE, STATE, Term
from k2log.names import name_words

WORDS_FILE: Final = "words.toml"
_ROLES: Final = {
    "neutral": NEUTRAL, "size": SIZE, "cooking": COOKING, "state": STATE, "fat": FAT,
    "kept": KEPT, "clause": CLAUSE, "maker": MAKER, "maker_of": MAKER, "same": NAME,
}  # fmt: skip
_FOLDER: Final = Path(__file__).parent


@cache
def load_words(folder: Path = _FOLDER) -> Mapping[str, Term]:
    """Return the terms by their words as names are compared. Raises CatalogueError."""
    tables = tomllib.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
    terms: dict[str, Term] = {}
    for table, lists in tables.items():
        if table not in _ROLES:
            raise CatalogueError(WORDS_FILE, table, f"is none of {', '.join(_ROLES)}")
        for text, term in _terms(table, lists):
            other = terms.setdefault(text, term)
            if other.role != term.role or other.same != term.same:
                raise CatalogueError(WORDS_FILE, table, f'"{text}" is {other.role} too')
            if not (other.beside and term.beside):
                continue
            beside = dict.fromkeys([*other.beside.split(), *term.beside.split()])
            terms[text] = other._replace(beside=" ".join(beside))
    return terms


def _terms(table: str, lists: Mapping[str, Any]) -> Iterator[tuple[str, Term]]:
    role = _ROLES[table]
    for key, phrases in lists.items():
        for text in _keys(phrases):
            if table == "maker_of":
                yield text, Term(role, text, " ".join(name_words(key)))
            else:
                yield text, Term(role, text if key == "words" else " ".join(name_words(key)))


def _keys(phrases: Iterable[str]) -> dict[str, None]:
    """Return the phrases as names are compared, each once."""
    return dict.fromkeys(" ".join(name_words(phrase)) for phrase in phrases)
