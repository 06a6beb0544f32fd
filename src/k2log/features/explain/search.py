"""Which topics speak of what was typed: a word, a question, a sentence out of an article.

A topic has phrases (its names, the words it is found by, the claims it answers) and a text. Every
word counts the more, the fewer topics know it. A topic scores what the words of its text count
that were typed, and three times what its best phrase shares with what was typed: all of it where
the whole phrase was typed, half where half of the phrase was. Order, plural and ending of words are
no matter: ``absorbs`` and ``absorbed`` are one word.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log
from typing import Final

from k2log.named_tuple import NamedTuple
from k2log.names import corrections, name_words, nearest, slips_allowed
from k2log.science.topics import Topic

_PHRASE: Final = 3.0
_CLEAR: Final = 1.3  # so many times the score of the next: then it is the one that is meant
_ABOUT: Final = 0.6  # of the typed words the one that is meant knows at least so many
_WORTH: Final = 0.45  # of the best score: less is not shown
_MOST: Final = 8
_MOST_NEAR: Final = 3
_ALIKE: Final = 75  # percent: a word less like one that was typed is not offered
_SHORTEST_ROOT: Final = 4
_SPLIT: Final = re.compile(r"\b(mk|k|d)[ -]?(?=\d)", re.IGNORECASE)
_PERCENT: Final = re.compile(r"(?<=\d) ?(?:%|per ?cent)", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3})")
_SMALL: Final = """
a about all also am an any are as at be been but by can could do doe for from get had has have her
he him his how i if in into is it its just me my no not of on or our out she should so some such
than that the their them then there these they this those to too up us very was we were what when
where which who why will with would you your µg mcg ug mg
body day giv help high higher low lower mak people person research risk sai say show study suggest
tak took year
"""
_UNSAID: Final = frozenset(_SMALL.split())


class Hit(NamedTuple):
    """A topic that speaks of it, and how well.

    ``share`` is how much of what was typed it knows, of the words that any topic knows. ``claim``
    is the phrase that matched best where that is a claim; ``whole`` whether a name or a word of the
    topic was typed in full.
    """

    topic: Topic
    score: float
    share: float
    claim: str = ""
    whole: bool = False


class Search(NamedTuple):
    """The topics that speak of what was typed, the best first.

    ``slips`` says which word was taken for which, where a slip of the finger was mended.
    """

    hits: Sequence[Hit]
    slips: Mapping[str, str]

    @property
    def clear(self) -> bool:
        """Whether the first topic is the one that is meant: far ahead, and about all of it."""
        first, second = [*self.hits, None, None][:2]
        ahead = first and (not second or first.score >= _CLEAR * second.score)
        return bool(first and ahead and first.share >= _ABOUT)


def roots(text: str) -> list[str]:
    """Return the words of a text that say something, without plural and ending; else all."""
    joined = _THOUSANDS.sub("", _PERCENT.sub("%", _SPLIT.sub(r"\1", text)))
    words = [(word, _root(word)) for word in name_words(joined)]
    telling = [root for word, root in words if word not in _UNSAID and root not in _UNSAID]
    return telling or [root for _, root in words]


def _root(word: str) -> str:
    for ending in ("ing", "ed", "e"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_ROOT - (ending == "e"):
            return stem[:-1] if ending != "e" and stem[-1] == stem[-2] not in "ls" else stem
    return word


class Indexed(NamedTuple):
    """A topic with the words of its text, and its phrases: each with the claim it is, or none."""

    topic: Topic
    text: frozenset[str]
    phrases: Sequence[tuple[frozenset[str], str]]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that it knows."""
        return self.text.union(*(words for words, _ in self.phrases))


def indexed(topic: Topic) -> Indexed:
    """Return a topic as it is searched."""
    names = [(name, "") for name in (*topic.handles, *topic.words, topic.title, topic.question)]
    claims = [(claim, claim) for claim in topic.claims]
    phrases = [(frozenset(roots(phrase)), claim) for phrase, claim in (*names, *claims)]
    prose = [topic.title, topic.question, *topic.known, *topic.sure, *topic.unknown]
    text = frozenset(roots(" ".join(prose)))
    return Indexed(topic, text, [phrase for phrase in phrases if phrase[0]])


def search(typed: str, index: Sequence[Indexed]) -> Search:
    """Return the topics that speak of what was typed; none where no topic knows a word of it."""
    topics_with = Counter(word for it in index for word in it.vocabulary)
    phrased = {word for it in index for words, _ in it.phrases for word in words}
    words, slips = _mended(dict.fromkeys(roots(typed)), topics_with, phrased)
    rarity = {word: log((len(index) + 1) / topics_with[word]) for word in words}
    hits = sorted((_hit(it, rarity) for it in index), key=lambda hit: -hit.score)
    worth = [hit for hit in hits if hit.score and hit.score >= _WORTH * hits[0].score]
    return Search(worth[:_MOST], slips)


def _hit(it: Indexed, rarity: Mapping[str, float]) -> Hit:
    best, claim = 0.0, ""
    for words, sentence in it.phrases:
        shared = words & rarity.keys()
        value = sum(rarity[word] for word in shared) * len(shared) / len(words)
        if value > best:
            best, claim = value, sentence
    text = sum(rarity[word] for word in rarity if word in it.text)
    whole = any(words <= rarity.keys() for words, sentence in it.phrases if not sentence)
    familiar = rarity.keys() & it.vocabulary
    return Hit(it.topic, text + _PHRASE * best, len(familiar) / max(1, len(rarity)), claim, whole)


def _mended(
    words: Iterable[str], vocabulary: Collection[str], phrased: Iterable[str]
) -> tuple[Sequence[str], Mapping[str, str]]:
    """Return the words that topics know, and which was taken for which word of a phrase."""
    slips = {
        word: near[0]
        for word in words
        if word not in vocabulary and len(near := _corrections(word, phrased)) == 1
    }
    return [slips.get(word, word) for word in words if word in {*vocabulary, *slips}], slips


def _corrections(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words that it may be with a slip: none in the first letter, too much to guess."""
    slips = slips_allowed(word)
    alike = [other for other in vocabulary if other[:1] == word[:1] and other.isalpha()]
    return corrections(word, alike, slips) if slips else []


def nearest_topics(typed: str, topics: Iterable[Topic]) -> list[Topic]:
    """Return topics some name or word of which looks most like a word that was typed."""
    by_word = {root: topic for topic in topics for name in (*topic.handles, *topic.words)
               for root in roots(name)}  # fmt: skip
    scores = [
        (score, word)
        for each in roots(typed)
        for word, score in nearest(each, by_word, least=_ALIKE).items()
    ]
    best = sorted(scores, reverse=True)[:_MOST_NEAR]
    return list({by_word[word].name: by_word[word] for _, word in best}.values())
