"""What is typed in another language, put into English, which the grammar and the foods know.

A line is read in one language at a time: its longest phrases that the language has (foods,
measures, numbers, joining words) become English, and the rest stays, for people mix. Where nobody
set a language a line is only taken for one if some word of it is no everyday English word, and all
languages in which it can be read say the same: ``pan`` alone is never taken for bread.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, Protocol

from k2log.config import LANGUAGES
from k2log.errors import FoodError
from k2log.grammar.units import unit
from k2log.named_tuple import NamedTuple
from k2log.text import shown

JAPANESE: Final = "ja"
_MOST_WORDS = 5
_MOST_CHARACTERS = 14
_WORD = re.compile(r"[^\W\d_]++['’]?+(?!\d)")  # not the d of d3
_GAPS = frozenset({"", " ", "-", ". ", "."})
_RUN = re.compile("[\u3005\u3041-\u309f\u30a1-\u30ff\u3400-\u9fff]+")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_VOICED = "\u3099\u309a"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
_SHORTEST_PLURAL = 6
_PUT_FIRST = re.compile(r"\b(tbsp|tsp|cup|glass|bowl) +([\d./½¼¾]+|half)(?: +serving)?")


class Phrase(NamedTuple):
    """Words of a language and what they are in English.

    ``everyday`` tells that they are English words, too, of another meaning. ``food`` tells a food
    from a measure or a joining word.
    """

    typed: str
    language: str
    english: str
    everyday: bool
    food: bool
    name: str


Known = dict[str, list[Phrase]]
"""The phrases of a language by their keys, which differ in their accents alone."""


class Translations(Protocol):
    """Where phrases are looked up."""

    def translations(self, typed: Iterable[str]) -> Sequence[Phrase]:
        """Return what these phrases, as ``spelling`` gives them, are in all languages."""


class Translation(NamedTuple):
    """A line read in one language: its arguments in English and the foods it names.

    ``sure`` tells that it is no English line; ``unread`` counts the words that stayed.
    """

    language: str
    arguments: tuple[str, ...]
    foods: tuple[Phrase, ...]
    sure: bool
    unread: int


class OtherLanguageError(FoodError):
    """What was typed is no food in English or the language set, but one in another."""

    def __init__(self, typed: str, foods: Iterable[Phrase]) -> None:
        """Take what was typed, and the phrases of it that are foods elsewhere."""
        offers: dict[str, str] = {}
        for phrase in foods:
            spoken = LANGUAGES[phrase.language]
            offers[f'"{shown(phrase.name)}" is {spoken} for {phrase.english}'] = phrase.language
        commands = dict.fromkeys(f"k2log config set language {code}" for code in offers.values())
        super().__init__(
            f'no food called "{shown(typed)}". {"; ".join(offers)}: write it in English,'
            f" or set your language: {' or '.join(commands)}"
        )


def offers(name: str, lines: Iterable[Translation]) -> list[Phrase]:
    """Return the foods that a name is in other languages, where all its words are such.

    What is spelt as in English, as "orange" is, says nothing new.
    """
    words = spelling(name)
    offered: list[Phrase] = []
    for line in lines:
        foods = [it for it in line.foods if it.typed in words and it.typed != spelling(it.english)]
        known = {word for food in foods for word in food.typed.split()}
        if line.language == JAPANESE or {*words.split()} <= known:
            offered += foods
    return offered


def folded(word: str) -> str:
    """Return a word without case, accents, width, kind of kana and a plural's s; ß is ss."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_LIGATURES)
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain.translate(_KATAKANA))
        kept = (char for char in letters if char in _VOICED or not unicodedata.combining(char))
        plain = unicodedata.normalize("NFC", "".join(kept))
    if len(plain) >= _SHORTEST_PLURAL and plain.endswith("s") and not plain.endswith("ss"):
        return plain[:-1]
    return plain


def accented(text: str) -> str:
    """Return a text as ``folded`` does, but with its accents, which tell pâtes from pâté."""
    words = unicodedata.normalize("NFC", text).casefold().translate(_LIGATURES).split()
    return " ".join(
        word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] == "s" else word for word in words
    )


def spelling(name: str) -> str:
    """Return the key that a phrase is kept and looked up under."""
    text = unicodedata.normalize("NFKC", name)
    return " ".join(folded(match[0]) for match in _WORD.finditer(text)) or folded(text)


def translated(
    arguments: Sequence[str], among: Translations, language: str | None
) -> list[Translation]:
    """Return how a line reads in each language that has a phrase of it, the best one first.

    ``language`` is the one that is set, whose reading is always sure. The best reading leaves the
    fewest words unread.
    """
    texts = _texts(arguments)
    by_language: dict[str, Known] = {}
    for phrase in among.translations({key for text in texts for key in _possible(text)}):
        by_language.setdefault(phrase.language, {}).setdefault(phrase.typed, []).append(phrase)
    lines = (_line(texts, code, known) for code, known in by_language.items())
    read = [
        line._replace(sure=line.language == language if language else line.sure)
        for line in lines
        if line is not None and [*line.arguments] != texts  # "cadbury's hot chocolate" is English
    ]
    return sorted(read, key=lambda line: (not line.sure, line.unread, line.language))


def meant(lines: Sequence[Translation]) -> Translation | None:
    """Return the line to take of those ``translated`` gives: the sure one, if but one meaning."""
    sure = [line for line in lines if line.sure]
    best = [line for line in sure if line.unread == sure[0].unread]
    return best[0] if len({line.arguments for line in best}) == 1 else None


def english(name: str, among: Translations, language: str | None) -> str:
    """Return the English name of a food, if the name is one of another language; else the name."""
    line = meant(translated([name], among, language))
    return " ".join(line.arguments) if line and not line.unread else name


def _texts(arguments: Sequence[str]) -> list[str]:
    """Return the lists that were typed, as texts: arguments of one word make one list together."""
    texts: list[str] = []
    for listed, group in groupby(arguments, key=lambda argument: " " in argument.strip()):
        typed = list(group)
        texts += typed if listed else [" ".join(typed)]
    return [_plain(text) for text in texts]


def _plain(text: str) -> str:
    if text.isascii() or not _RUN.search(unicodedata.normalize("NFKC", text)):
        return text
    return unicodedata.normalize("NFKC", text).replace("、", ", ")


def _possible(text: str) -> Iterator[str]:
    """Yield the keys of all phrases that may stand in a text."""
    for run in _RUN.findall(text):
        key = folded(run)
        for start in range(len(key)):
            for end in range(start + 1, min(len(key), start + _MOST_CHARACTERS) + 1):
                yield key[start:end]
    words = [*_WORD.finditer(text)]
    for start in range(len(words)):
        for size in range(1, min(_MOST_WORDS, len(words) - start) + 1):
            if (phrase := _key(text, words[start : start + size])) is None:
                break
            yield phrase


def _key(text: str, words: Sequence[re.Match[str]]) -> str | None:
    """Return the key of words that follow each other; None if something stands between them."""
    if not all(text[a.end() : b.start()] in _GAPS for a, b in pairwise(words)):
        return None
    return " ".join(folded(word[0]) for word in words)


def _line(texts: Sequence[str], language: str, known: Known) -> Translation | None:
    """Return the whole line in a language; None if none of it is, or Japanese of it is unknown."""
    read = _japanese if language == JAPANESE else _western
    arguments, used, unread = [], [], 0
    for text in texts:
        if (answer := read(text, known)) is None:
            return None
        english, phrases, left = answer
        arguments.append(" ".join(english.split()))
        used += phrases
        unread += left
    if not used:
        return None
    foods = tuple(phrase for phrase in used if phrase.food)
    sure = any(not phrase.everyday for phrase in used)
    return Translation(language, tuple(arguments), foods, sure, unread)


def _western(text: str, known: Known) -> tuple[str, list[Phrase], int]:
    """Return a text with its phrases in English, the phrases, and how many words stayed."""
    words = [*_WORD.finditer(text)]
    out, used, unread, at, place = "", [], 0, 0, 0
    while place < len(words):
        sizes = range(min(_MOST_WORDS, len(words) - place), 0, -1)
        spans = (words[place : place + size] for size in sizes)
        span, phrase = next(_found(text, spans, known), (None, None))
        if span is None or phrase is None:
            unread += not unit(words[place][0])
            place += 1
            continue
        out += f"{text[at : span[0].start()]} {phrase.english} "
        at = span[-1].end()
        if not phrase.food and text[at : at + 1] == ".":  # an abbreviation's
            at += 1
        used.append(phrase)
        place += len(span)
    return out + text[at:], used, unread


def _found(
    text: str, spans: Iterable[Sequence[re.Match[str]]], known: Known
) -> Iterator[tuple[Sequence[re.Match[str]], Phrase]]:
    """Yield the words that are a phrase, with what it means, of one meaning alone.

    What is spelt with the accents of its language is no English word.
    """
    for span in spans:
        typed = text[span[0].start() : span[-1].end()]
        phrases = [each for each in known.get(_key(text, span) or "", []) if _may_be(typed, each)]
        exact = [phrase for phrase in phrases if accented(phrase.name) == accented(typed)]
        meanings = exact or phrases
        if len({phrase.english for phrase in meanings}) == 1:
            everyday = meanings[0].everyday and (typed.isascii() or not exact)
            yield span, meanings[0]._replace(everyday=everyday)


def _may_be(typed: str, phrase: Phrase) -> bool:
    """Whether every accent typed is one of the phrase's: pâtes are no paté; pates may be both."""
    one, other = accented(typed), accented(phrase.name)
    alike = zip(one, other, strict=False)
    return len(one) != len(other) or all(a == b or a.isascii() for a, b in alike)


def _japanese(text: str, known: Known) -> tuple[str, list[Phrase], int] | None:
    """Return a text with all its Japanese in English; None if some of it is not known."""
    out, used, at = "", [], 0
    for run in _RUN.finditer(text):
        phrases = _segments(folded(run[0]), known)
        if phrases is None:
            return None
        out += f"{text[at : run.start()]} {' '.join(phrase.english for phrase in phrases)} "
        used += phrases
        at = run.end()
    english = " ".join((out + text[at:]).split())
    return _PUT_FIRST.sub(r"\2 \1", english), used, 0


def _segments(run: str, known: Known) -> list[Phrase] | None:
    """Return the phrases that a text without spaces consists of, the longest first."""
    behind: dict[int, list[Phrase] | None] = {len(run): []}
    for start in range(len(run) - 1, -1, -1):
        ends = range(min(len(run), start + _MOST_CHARACTERS), start, -1)
        end = next((end for end in ends if run[start:end] in known and behind[end] is not None), 0)
        behind[start] = [known[run[start:end]][0], *(behind[end] or ())] if end else None
    return behind[0]
