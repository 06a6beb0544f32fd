"""What stands behind a food and is none: ``, peeled and diced``, ``(drained)``, ``to taste``.

A clause is left out where every word of it says what a cook did. Words for how a food was prepared
(cooked, drained, canned) stay with its name, for they may choose among variants of it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from k2log.grammar.numbers import written
from k2log.grammar.quantity import typed_amount
from k2log.grammar.units import GRAMS

Roles = Callable[[], Mapping[str, str]]
"""Tells what the lists of words say of those of a text: "cooking", "neutral"; nothing of most."""

_CHOOSING: Final = frozenset({"cooking", "state", "fat", "kept"})
"""What words that stay with a name do: they choose among variants of it."""

_DONE: Final = frozenset({"neutral", "size", "clause"})
_CUT_BY: Final = re.compile(r"(?:ed|ly|cut|into|inch(?:es)?|cm|mm)\b", re.IGNORECASE)
"""What a clause with a number has, if it is none of an amount: cut into 8 wedges, 1 cm thick."""

_CUT: Final = frozenset({"minced", "blended"})
"""Of garlic or herbs, where it stands apart; beside a name it is ground meat."""

_OF_NAMES: Final = frozenset({"dry", "dried", "skimmed", "skim"})
"""Parts of names that stand behind them as well: 200 g apricots, dried."""

_PARTS: Final = frozenset(
    """
    skin skins seed seeds stalk stalks stem stems ends end core cores rind outer inner tough leaves
    leaf white green light dark part parts tops bone bones shell shells excess fat liquid juice
    juices peel pith stone stones pit pits casing casings roe beaks membrane pin-bones root roots
    ribs husk
    """.split()  # noqa: SIM905 - as above
)
"""Parts of a food: only where they are taken off, or the leaves are all that is taken."""

_AWAY: Final = frozenset({"removed", "discarded", "trimmed", "separated", "reserved", "off", "cut"})
_KEPT: Final = frozenset({"leaves", "parts", "part", "tops"})
_OF_HERBS: Final = frozenset({"leaves", "leaf", "stalks", "stalk", "stems", "stem"})
"""Parts that are cut and eaten, too: leaves finely chopped."""
_OTHERWISE: Final = frozenset(
    {"breaded", "battered", "pickled", "candied", "condensed", "evaporated", "concentrated"}
    | {"enriched", "powdered", "cured", "stuffed", "iced", "seed", "flavoured", "flavored"}
)
"""Words that end as what a cook did, but make another food."""

_SMALL: Final = frozenset(
    {"and", "or", "in", "into", "only", "if", "while", "on", "to", "with", "of", "the", "a", "an"}
    | {
        "its",
        "their",
        "for",
        "from",
        "at",
        "off",
        "plus",
        "then",
        "but",
        "as",
        "all",
        "any",
        "each",
    }
    | {"you", "like", "liked", "prefer", "preferred", "necessary", "needed", "using", "by", "hand"}
    | {
        "up",
        "against",
        "across",
        "grain",
        "angle",
        "peeler",
        "mandoline",
        "mandolin",
        "grater",
        "knife",
    }
)
_WHOLE: Final = re.compile(
    r"(?:or )?to taste|(?:plus |and )?(?:more|extra)(?: .*)?|plus (?:more|extra)(?: .*)?"
    r"|for (?:\w+ing|garnish|the .*)(?: .*)?"
    r"|to (?:serve|garnish|finish|glaze|decorate|dust)(?: .*)?|pat"
    r"|plus .* (?:to|for) (?:serve|garnish|finish|decorate|dust|\w+ing)(?: .*)?"
    r"|plus .* (?:extra|more)(?: .*)?"
    r"|as (?:needed|required|desired)|if (?:needed|desired|liked|using|necessary)|or as needed"
    r"|(?:at )?room temperature|optional|divided|or (?:more|less|so|to taste)(?: .*)?"
    r"|any colou?r(?:,? .*)?|made into (?:bread)?crumbs|(?:do not|don['’]?t) drain!?"
    r"|or (?:use |an?(?:ny|nother)? |(?:any )?other )*"
    r"(?:.*(?:similar|alternative|equivalent|choice|substitute))(?: .*)?"
    r"|(?:or|and) (?:any )?other .*"
    r"|(?:at least |min(?:imum|\.)? )?\d+ ?%(?: min(?:imum)?)? cocoa(?: solids)?"
    r"|homemade|shop-bought|such as .*|preferably .*|available .*|see .*|or similar.*"
    r"|eyeball it.*|with(?:out)? (?:the )?(?:skin|bones?|shells?|rind)",
    re.IGNORECASE,
)
_DRIED: Final = re.compile(r"\b(patted|pat|wiped|squeezed|towelled) dry\b", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"[ ,]+(?:(?:or )?to taste|to (?:serve|garnish)|for (?:serving|garnish|\w+ frying|dusting"
    r"|frying|greasing)|as needed"
    r"|if (?:needed|desired)|at room temperature|plus (?:more|extra) .*"
    r"|(?:mixed|dissolved|whisked|blended|combined|stirred|soaked))$",
    re.IGNORECASE,
)
_TWO_DONE: Final = re.compile(r"\b(\w+(?:ed|less)),? and (\w+(?:ed|less))\b", re.IGNORECASE)
_DASH: Final = re.compile(r"\s+[-–—]\s+(.*)$")
_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)")


def clause_words(text: str) -> list[str]:
    """Return the words of a text, oven-roasted as one."""
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())


def preparation(clause: str, roles: Roles) -> str | None:
    """Return the words of a clause that stay with the name; None if it may be a food."""
    text = _DRIED.sub(r"\1", clause.strip(" .;"))
    if _WHOLE.fullmatch(text):
        return ""
    if any(map(str.isdigit, text)) and not _CUT_BY.search(text):
        return None  # natto 1tbsp, 2 eggs: no word need be looked up
    words = clause_words(text)
    role = roles()
    away = bool({*words} & _AWAY) or ("only" in words and bool({*words} & _KEPT))
    parts = _PARTS if away else _OF_HERBS
    states = {it for it in words if role.get(it) in _CHOOSING or it in _OF_NAMES}
    states -= _CUT | (_PARTS if away else frozenset())
    done = {word for word in words if role.get(word) in _DONE or _is_done(word)} | states
    if not (done or away):
        return None
    small = {word for word in words if word in _SMALL or (word[-2:] == "ly" and word != "jelly")}
    if not all(word in done or word in small or word in parts for word in words):
        return None
    return " ".join(word for word in words if word in states)


def _is_done(word: str) -> bool:
    """Whether a word is what a cook did: peeled, oven-roasted."""
    return (
        len(word) > 4
        and word.endswith("ed")
        and not word.endswith("eed")
        and word not in _OTHERWISE
    )


_WEIGHING: Final = re.compile(
    r"(?:(?:weighing|about|approx(?:imately|\.)?|around|roughly|circa|ca\.?|each|total) )*"
    r"[~≈]?(.+?)( each| apiece)?(?: in total| total)?",
    re.IGNORECASE,
)


def weighed(item: str, clause: str) -> str | None:
    """Return an item by the weight that a clause says: 4 fillets, about 100 g each; else None.

    What is weighed already stays as it is: 300 g leeks (about 2).
    """
    match = _WEIGHING.fullmatch(clause.strip(" .;"))
    typed = typed_amount(match[1]) if match and any(map(str.isdigit, clause)) else None
    if match is None or typed is None or typed.spoken or _is_amount(item):
        return None
    words = item.split()
    leads = ((end, typed_amount(" ".join(words[:end]))) for end in range(len(words) - 1, 0, -1))
    end, lead = next(((end, it) for end, it in leads if it and not it.spoken), (0, None))
    if lead is None:
        return None
    if typed.measure is None:
        return item
    if lead.measure in GRAMS or typed.measure not in GRAMS:
        return None
    times = lead.amount if match[2] or " each " in f" {clause} ".lower() else 1.0
    return f"{written(times * typed.amount)} {typed.measure} {' '.join(words[end:])}"


def _is_amount(text: str) -> bool:
    typed = typed_amount(text.strip())
    return typed is not None and not typed.spoken


def without_brackets(item: str, roles: Roles) -> str:
    """Return an item without what brackets say of its preparation; an amount in them stays.

    What they say of the weight of each of what is counted is how much of it there is.
    """
    kept: list[str] = []
    for bracket in _BRACKETS.finditer(item):
        by_weight = weighed(item[: bracket.start()], bracket[1])
        if by_weight is not None:
            item = f"{by_weight}{item[bracket.end() :]}"
            break

    def left(match: re.Match[str]) -> str:
        words = preparation(match[1], roles)
        if words is None:
            return match[0]
        kept.append(words)
        return ""

    text = _DASH.sub(left, _BRACKETS.sub(left, item))
    return with_words(_TAIL.sub("", text).strip() or item, " ".join(filter(None, kept)))


def without_and(item: str, roles: Roles) -> str:
    """Return an item with what was done to it side by side: skinless *and* boneless cod."""

    def beside(match: re.Match[str]) -> str:
        return match[0] if preparation(match[0], roles) is None else f"{match[1]} {match[2]}"

    return _TWO_DONE.sub(beside, item)


def with_words(item: str, words: str) -> str:
    """Return an item with words beside its name, on the side on which no amount stands."""
    if not words:
        return item
    behind = item[:1].isdigit() or item[:1] in "½¼¾⅓⅔" or item.split()[0].lower() in ("a", "an")
    return f"{item} {words}" if behind else f"{words} {item}"
