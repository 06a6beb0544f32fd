"""The names of foods in other languages, and their measures, numbers and joining words.

``languages.tsv`` has a line for each English name or word and a column for each language; names of
a cell are divided by semicolons. A name with a star is an everyday English word of another meaning,
or the name of another food in English: it is understood where its language is set, and else only
offered. Lines below ``[words]`` are no foods; those below ``[no foods]`` are everyday words that
look like names of foods, for which they are not to be taken. Forms that grammar makes of a name are
not written there: the German plural behind "mit" and the Dutch diminutive.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from k2log.catalogue.model import CatalogueError, FlawError
from k2log.config import LANGUAGES
from k2log.food.languages import JAPANESE, Phrase, accented, spelling
from k2log.names import name_key, name_words

LANGUAGES_FILE: Final = "languages.tsv"
_WORDS: Final = "[words]"
_NO_FOODS: Final = "[no foods]"
_STAR: Final = "*"
_NONE: Final = "-"
_GERMAN_PLURALS: Final = ("e", "el", "er")
_NOT_MADE_SMALL: Final = ("je", "jes", "en", "s")
_DIMINUTIVES: Final = (
    (("m",), "pje"),
    (("l", "n", "r", "w", "a", "e", "i", "o", "u"), "tje"),
    (("",), "je"),
)
"""What a Dutch name of a food gets for a small one, by its end: the first that fits."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


Bearers = Mapping[str, AbstractSet[str]]
"""By the key of each English name, the keys of the foods that it means."""


def load_phrases(folder: Path, bearers: Bearers) -> list[Phrase]:
    """Return every phrase of the file. Raises CatalogueError."""
    phrases: dict[tuple[str, str, str], Phrase] = {}
    text, _ = _parts(folder)
    for english, phrase in _phrases(text):
        try:
            _check(phrase, bearers)
            apart = "" if phrase.language == JAPANESE else accented(phrase.name)
            other = phrases.setdefault((phrase.language, phrase.typed, apart), phrase)
            if other.english != phrase.english:
                raise FlawError(f'"{phrase.name}" means {other.english}, too')
        except FlawError as flaw:
            raise CatalogueError(LANGUAGES_FILE, english, str(flaw)) from None
    typed = {(phrase.language, phrase.typed) for phrase in phrases.values()}
    forms = (form for phrase in phrases.values() if phrase.food for form in _forms(phrase))
    free = (it for it in forms if (it.language, it.typed) not in typed)
    others = [it for it in free if not bearers.get(name_key(it.name))]
    by_key = {(it.language, it.typed): it for it in reversed(others)}
    return [*phrases.values(), *by_key.values()]


def load_no_foods(folder: Path) -> list[str]:
    """Return the everyday words that are no foods, as names are compared."""
    _, text = _parts(folder)
    cells = (cell for line in text.splitlines() for cell in line.split("\t") if cell != _NONE)
    return sorted({word for cell in cells for name in cell.split(";") for word in name_words(name)})


def _parts(folder: Path) -> tuple[str, str]:
    """Return the text above and below ``[no foods]``."""
    text = (folder / LANGUAGES_FILE).read_text(encoding="utf-8")
    above, _, below = text.partition(f"\n{_NO_FOODS}\n")
    return above, below


def _phrases(text: str) -> Iterator[tuple[str, Phrase]]:
    """Yield the phrases of every cell, each with the English of its line."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    languages = next(lines).split("\t")[1:]
    if languages != [*LANGUAGES][1:]:
        raise CatalogueError(
            LANGUAGES_FILE, "languages", f"not the columns {', '.join([*LANGUAGES][1:])}"
        )
    food = True
    for line in lines:
        if line == _WORDS:
            food = False
            continue
        english, *cells = line.split("\t")
        if len(cells) != len(languages):
            raise CatalogueError(LANGUAGES_FILE, english, f"{len(cells)} cells")
        meaning = "" if english == _NONE else english
        for language, cell in zip(languages, cells, strict=True):
            for name in cell.split(";") if cell != _NONE else ():
                for phrase in _spelt(name.strip(), language, meaning, food=food):
                    yield english, phrase


def _spelt(name: str, language: str, english: str, *, food: bool) -> Iterator[Phrase]:
    """Yield a phrase, and once more with ae for ä where German is written so."""
    plain, everyday = name.removesuffix(_STAR), name.endswith(_STAR)
    yield Phrase(spelling(plain), language, english, everyday, food, plain)
    if language == "de" and (without := plain.translate(_UMLAUTS)) != plain:
        yield Phrase(spelling(without), language, english, everyday, food, without)


def _forms(phrase: Phrase) -> Iterator[Phrase]:
    """Yield what grammar makes of a name: mit Walnüssen; een biertje, frietjes."""
    name = phrase.name
    if phrase.language == "de" and name.endswith(_GERMAN_PLURALS):
        form = f"{name}n"
    elif phrase.language == "nl" and " " not in name and not name.endswith(_NOT_MADE_SMALL):
        form = name + next(it for letters, it in _DIMINUTIVES if name.endswith(letters))
    else:
        return
    yield phrase._replace(typed=spelling(form), name=form, everyday=False)


def _check(phrase: Phrase, bearers: Bearers) -> None:
    """Refuse what no food is called in English, and what English calls another food."""
    if not phrase.typed:
        raise FlawError(f"an empty name in {LANGUAGES[phrase.language]}")
    if not phrase.food:
        return
    meant, others = (bearers.get(name_key(name), set()) for name in (phrase.english, phrase.name))
    if not meant:
        raise FlawError("no food has this name")
    if others and not phrase.everyday and not meant & others:
        raise FlawError(f'"{phrase.name}" is a food in English: it needs a star')
