"""What stands behind a food and is none: ``, peeled and diced``, ``(drained)``, ``to taste``.

A clause is left out where every word of it says what a cook did. Words for how a food was prepared
(cooked, drained, canned) stay with its name, for they may choose among variants of it.
"""

import re
from typing import Final

from k2log.grammar.numbers import written
from k2log.grammar.quantity import typed_amount
from k2log.grammar.units import GRAMS

_STATES: Final = frozenset(
    """
    raw uncooked cooked boiled baked grilled broiled fried steamed roasted roast poached braised
    stewed toasted smoked canned tinned frozen dried mashed unsalted salted sweetened
    unsweetened skinless skin-on boneless skimmed fortified unfortified wholemeal ground plain dry
    """.split()  # noqa: SIM905 - a list of 46 words
)
_DONE: Final = frozenset(
    """
    peeled diced chopped sliced grated shredded minced crushed crumbled cubed halved quartered
    trimmed washed rinsed cored pitted stoned seeded deseeded beaten melted softened chilled cooled
    thawed defrosted squeezed  packed sifted torn cut cleaned scrubbed shelled hulled
    stemmed snipped bruised smashed pounded flaked separated drained divided reserved optional
    warmed warm cold hot fresh freshly finely roughly coarsely thinly thickly lightly firmly
    loosely lengthwise lengthways crosswise diagonally well very patted stripped picked removed
    discarded whisked whipped strained julienned slivered sieved mixed combined toasted heated
    tied split deveined
    husked shucked debearded scored rolled broken slightly gently about approx roughly ripe large
    small medium bite-sized bite size sized thick thin inch inches cm mm pieces piece chunks cubes
    slices slice rounds strips wedges rings dice half halves quarters florets batons ribbons
    matchsticks lengths thirds skinned zested juiced bone-in unwaxed butterflied rubbed
    """.split()  # noqa: SIM905 - as above
)
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
    | {"against", "across", "grain", "angle", "peeler", "mandoline", "mandolin", "grater", "knife"}
)
_WHOLE: Final = re.compile(
    r"(?:or )?to taste|(?:plus |and )?(?:more|extra)(?: .*)?|plus (?:more|extra)(?: .*)?"
    r"|for (?:\w+ing|garnish|the .*)(?: .*)?"
    r"|to (?:serve|garnish|finish|glaze|decorate|dust)(?: .*)?|pat"
    r"|plus .* (?:to|for) (?:serve|serving|garnish|garnishing|finish|decorate|dust|dusting)"
    r"|as (?:needed|required|desired)|if (?:needed|desired|liked|using|necessary)|or as needed"
    r"|(?:at )?room temperature|optional|divided|or (?:more|less|so|to taste)(?: .*)?"
    r"|any colou?r(?:,? .*)?|made into (?:bread)?crumbs|(?:do not|don['’]?t) drain!?"
    r"|or (?:use |an?(?:ny|nother)? |(?:any )?other )*"
    r"(?:.*(?:similar|alternative|equivalent|choice|substitute))(?: .*)?"
    r"|(?:or|and) (?:any )?other .*"
    r"|homemade|shop-bought|such as .*|preferably .*|available .*|see .*|or similar.*"
    r"|eyeball it.*|with(?:out)? (?:the )?(?:skin|bones?|shells?|rind)",
    re.IGNORECASE,
)
_DRIED: Final = re.compile(r"\b(patted|pat|wiped|squeezed|towelled) dry\b", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"[ ,]+(?:(?:or )?to taste|to (?:serve|garnish)|for (?:serving|garnish|\w+ frying|dusting"
    r"|frying|greasing)|as needed"
    r"|if (?:needed|desired)|at room temperature|plus (?:more|extra) .*)$",
    re.IGNORECASE,
)
_TWO_DONE: Final = re.compile(r"\b(\w+(?:ed|less)),? and (\w+(?:ed|less))\b", re.IGNORECASE)
_DASH: Final = re.compile(r"\s+[-–—]\s+(.*)$")
_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)")


def preparation(clause: str) -> str | None:
    """Return the words of a clause that stay with the name; None if it may be a food."""
    text = _DRIED.sub(r"\1", clause.strip(" .;"))
    if _WHOLE.fullmatch(text):
        return ""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    done = {word for word in words if word in _DONE or word in _STATES or _is_done(word)}
    away = bool({*words} & _AWAY) or ("only" in words and bool({*words} & _KEPT))
    if not (done or away):
        return None
    small = {word for word in words if word in _SMALL or (word[-2:] == "ly" and word != "jelly")}
    parts = _PARTS if away else _OF_HERBS
    if not all(word in done or word in small or word in parts for word in words):
        return None
    return " ".join(word for word in words if word in _STATES)


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


def without_brackets(item: str) -> str:
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
        words = preparation(match[1])
        if words is None:
            return match[0]
        kept.append(words)
        return ""

    text = _DASH.sub(left, _BRACKETS.sub(left, item))
    return with_words(_TAIL.sub("", text).strip() or item, " ".join(filter(None, kept)))


def without_and(item: str) -> str:
    """Return an item with what was done to it side by side: skinless *and* boneless cod."""

    def beside(match: re.Match[str]) -> str:
        return match[0] if preparation(match[0]) is None else f"{match[1]} {match[2]}"

    return _TWO_DONE.sub(beside, item)


def with_words(item: str, words: str) -> str:
    """Return an item with words beside its name, on the side on which no amount stands."""
    if not words:
        return item
    behind = item[:1].isdigit() or item[:1] in "½¼¾⅓⅔" or item.split()[0].lower() in ("a", "an")
    return f"{item} {words}" if behind else f"{words} {item}"
