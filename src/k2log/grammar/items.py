"""One item, food and amount, and every way it can be read.

Which words are the name is settled only by the foods there are: ``readings`` lists the ways, the
longest name first, and the caller takes the first whose food exists.

Command-line arguments become items: ``natto 1tbsp`` is one, ``"gouda, 2 eggs"`` are two. "macaroni
and cheese" is one food, so where to split is settled by the foods there are, too. Until then a list
is kept as pieces, items and separators in turn: ``["gouda", ", ", "2 eggs"]``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from k2log.errors import UnreadableError
from k2log.grammar.numbers import both_ways, leading, refusal, written
from k2log.grammar.quantity import (
    ELEMENTAL,
    JOINING,
    SALT,
    SKIPPED,
    Reading,
    TypedAmount,
    typed_amount,
)
from k2log.grammar.units import COUNTS, FILLED, FORMS, GRAMS, SIZES, Unit, plural, unit
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.text import clean, shown

if TYPE_CHECKING:
    from k2log.grammar.clauses import Roles

DOSE_UNITS = ("mg", "µg", "g")
MOST_ITEMS = 50
ROUTINE_SIGN = "@"
"""Stands before the name of a routine among items."""

_MOST_AMOUNT_WORDS = 8
_LONGEST_DISH = 4  # items joined by words that may be one dish
_MOST_WORDS_OF_TWO = 6
_LONGEST_AMOUNT = 40
_LONGEST_RUN = 4  # items that may turn out to be one name
_LONGEST_NAME = 14  # the same in a list that is no longer than that: names in official tables
_ALSO_FOODS = frozenset(
    {"yolk", "cookie", "cracker", "biscuit", "roll", "bun", "patty", "bar", "fillet"}
)
_NO_FOODS = frozenset(COUNTS) - _ALSO_FOODS - {"head", "ear", "leaf", "stick", "ball", "strip"}
BESIDE = frozenset({"and", "with", "in", "plus", "&", "w/", "w", "n", "'n'"})
"""The words that join what is taken together: tea with milk."""

_JOIN = r"and|with|on|in|plus|&|w/|w|n|'n'"
_SEPARATOR = re.compile(
    r"(\s*(?:(?<!\d),|,(?!\d))(?:\s*(?:and|with)(?=\s))?\s*|\s*\+(?!\s*$)\s*|(?<!\d)\+\s*$"
    rf"|(?<!\bskin)(?<!\bbone)\s+(?:{_JOIN})\s+)",
    re.IGNORECASE,
)
"""What stands between items: "skin on" and "bone in" only say how a chicken thigh is."""

_CAN = unit("can")
_BARE = dict.fromkeys(("handful", "glass", "bowl", "mug", "plate", "slice", "piece"), "volume")
"""Measures that begin no name of a food: handful walnuts, bowl soup."""

_PARTS_EATEN = frozenset({"floret", "spear"})
"""What weighs as much as its food does: no leaf, for curry leaves are no curry."""

_SPOONS = frozenset({"tsp", "tbsp", "pinch", "dash", "sprinkle"})
_PARTS_OF_FRUIT = frozenset({"juice", "juiced", "zest", "zested", "rind", "peel"})
_LONGEST_UNIT = 3  # words: thumb sized piece

_COUNTED = re.compile(r"[\d½./,]+ ?[x×]", re.IGNORECASE)
_FORMS = tuple(map(unit, FORMS))
_CLAUSES = (
    " - ",
    " to ",
    " for ",
    " as ",
    " if ",
    " at ",
    " plus ",
)  # what clauses without a comma have
_FOR_LATER = (" extra", " more", " to ", " for ")
_DONE_ENDINGS = ("ed", "less")
"""How words end that say what was done to a food: skinless *and* boneless chicken."""

_MEDIA = re.compile(
    r"(?:(?:its |their )?(?:own |natural |fruit )*juices?|(?:spring |salt(?:ed)? )?water|brine"
    r"|(?:light |heavy )?syrup)",
    re.IGNORECASE,
)
"""What food is kept in: sardines *in brine*, pineapple *in its own juice*. Oil is eaten."""

# Plain strings: they are compiled only for a line that has their words.
_SHORT_WITH = r"(?<=\s)w(?:/\s*|\s+)(?=\w)"
_WITHOUT = r"\b(?:w/o|with no|hold the|minus)(?=\s)"
_OTHER_WORDS = ("w/", " w ", "with no", "hold the", "minus")
_LEFT_OUT = r"(.*\S)\s+(?:without|no)(?:\s+(?:any|added|extra|the))*\s+(\S.*?)(\s+(?:x ?)?\d+)?"

_SIGNS = ';:="“”(['
_VERBS = frozenset({"i", "i've", "we", "just", "had", "ate", "eaten", "drank", "took", "only"})
"""Of a text that has none of these, and does not begin so, nothing is left out."""

_MILK = r"(?:whole |skim(?:med)? |semi[- ]skimmed )?milk"
_FOOD_KEY = "food:"


def lookup_key(food: str) -> str:
    """Return the key to look a food text up by: its name key, or ``food:KEY`` as it stands."""
    return food if food.startswith(_FOOD_KEY) else name_key(food)


def readings(text: str) -> list[Reading]:
    """Return every way to read one item, best first: the whole text as a name, then shorter."""
    words = text.split()
    if not words:
        return []
    plain = _with_amount(words)
    measure = _bare_measure(words)
    if measure is not None and measure.kind in {"count", "volume"}:  # glass of milk, cup coffee
        plain += _with_amount(["1", *words], bare=_BARE.get(measure.name, measure.kind))
    plain += [*_measured_behind(words), *_counted_behind(words), *_weighed_parts(plain)]
    return [
        Reading(" ".join(words)), *_of_fruit(words), *plain, *_elemental(words),
        *_salts(words, plain), *_doses(words),
    ]  # fmt: skip


def _bare_measure(words: Sequence[str]) -> Unit | None:
    """Return the measure that words begin with, without a number: a small handful of basil."""
    sized = len(words) > 2 and (words[0].lower() in FILLED or _is_size(words[0]))
    for start in dict.fromkeys((int(sized), 0)):
        for end in range(min(start + _LONGEST_UNIT, len(words) - 1), start, -1):
            if measure := unit(" ".join(words[start:end])):
                return measure
    return None


def _is_size(word: str) -> bool:
    named = unit(word)
    return named is not None and named.name in SIZES


def _of_fruit(words: Sequence[str]) -> list[Reading]:
    if _PARTS_OF_FRUIT.isdisjoint(word.lower() for word in words):
        return []
    from k2log.grammar.fruit import readings_of_fruit  # noqa: PLC0415 - few items are so

    return readings_of_fruit(" ".join(words))


def _measured_behind(words: Sequence[str]) -> list[Reading]:
    """Read a measure without a number behind a name as one: cheesecake slice, crisps small bag."""
    ways = []
    for start in range(max(1, len(words) - 2), len(words)):
        measure = unit(words[-1])
        if measure is None or measure.kind not in {"count", "volume"} or words[-1].isdigit():
            return []
        sized = start == len(words) - 1 or words[start].lower() in SIZES
        typed = typed_amount(" ".join(["1", *words[start:]])) if sized else None
        if typed and _is_name(words[:start]):
            ways.append(_reading(words[:start], typed)._replace(tentative=True))
    return ways


def _weighed_parts(ways: Sequence[Reading]) -> list[Reading]:
    """Read a weight of the parts of a food as one of the food: 200 g broccoli spears."""
    parts = []
    for way in ways:
        *name, last = way.food.split()
        part = unit(last) if name and way.measure in GRAMS else None
        if part and part.name in _PARTS_EATEN:
            parts.append(way._replace(food=" ".join(name), tentative=True))
    return parts


def _counted_behind(words: Sequence[str]) -> list[Reading]:
    """Read a number before a name and what it counts behind: 2 pizza slices, 1 tea bag."""
    measure = unit(words[-1]) if len(words) > 2 else None
    if measure is None or measure.kind != "count" or not (typed := typed_amount(words[0])):
        return []
    if typed.measure is not None or not _is_name(words[1:-1]):
        return []
    counted = typed._replace(measure=measure.name)
    return [_reading(words[1:-1], counted)._replace(tentative=True)]


def left_out(text: str) -> tuple[str, str] | None:
    """Return a food, with how many it was, and what was left out of it: coffee without milk x2."""
    lower = text.lower()
    if "without" not in lower and " no " not in lower:
        return None
    match = re.fullmatch(_LEFT_OUT, text, re.IGNORECASE)
    return (match[1] + (match[3] or ""), match[2]) if match else None


def name_typed(text: str) -> str:
    """Return the part of an item to call the food by when no food fits: no amount in it."""
    names = [r.food for r in _with_amount(text.split()) if unit(r.measure or "g")]
    return min(names, key=lambda name: len(name.split()), default=text)


def _with_amount(words: Sequence[str], *, bare: str = "") -> list[Reading]:
    """Return the ways to read words as a name with an amount behind or before it.

    ``bare`` is the kind of a measure that stood there without a number: the name may as well begin
    with what is counted.
    """
    ways = []
    for start in range(len(words) - 1, max(0, len(words) - 1 - _MOST_AMOUNT_WORDS), -1):
        text = " ".join(words[start:])
        typed = None if bare else typed_amount(text)
        if typed and text.lower() not in SKIPPED and _is_name(words[:start]):
            ways.append(_reading(words[:start], typed))
    for end in range(2 if bare else 1, min(len(words), _MOST_AMOUNT_WORDS + 1)):
        typed = typed_amount(" ".join(words[:end]))
        name = words[end:]
        while name and name[0].lower() in SKIPPED:
            name = name[1:]
        if typed and _is_name(name):
            tentative = (typed.spoken or bare == "count") and words[end].lower() != "of"
            if unit(words[end - 1]) is _CAN:  # a can of salmon is canned salmon, where that is one
                ways.append(_reading(["canned", *name], typed)._replace(tentative=tentative))
            ways.append(_reading(name, typed)._replace(tentative=tentative))
    ways += [
        it._replace(food=f"{it.food} {how}", tentative=True) for it in ways if (how := _how(it))
    ]
    return sorted(ways, key=lambda reading: -len(reading.food.split()))


def _how(reading: Reading) -> str | None:
    """Return how a food of one word is measured, which may tell what is meant.

    ``pepper by the spoon`` is a name of a spice, ``chilli by the piece`` one of a vegetable.
    """
    if " " in reading.food or reading.measure == "":
        return None
    if reading.measure is None:
        return "by the piece"
    if reading.measure in _SPOONS:
        return "by the spoon"
    return "by weight" if reading.measure in GRAMS else None


def _reading(name: Sequence[str], typed: TypedAmount) -> Reading:
    food = " ".join(name)
    return Reading(food, typed.amount, typed.measure, also=typed.also, note=typed.note)


def _doses(words: Sequence[str]) -> list[Reading]:
    """Read a dose and its count: ``mk7 100mcg 1 tablet``, ``2 x mk7 45mcg``."""
    forms = (named.name in FORMS for named in map(unit, words) if named)
    if len(words) < 3 or not (any(forms) or _COUNTED.match(" ".join(words[:2]))):
        return []
    from k2log.grammar.doses import DOSES, counted  # noqa: PLC0415 - few items count

    ways = []
    for way in counted(words):
        for reading in (*_with_amount(way.words), *_elemental(way.words)):
            if reading.tentative or reading.measure is None or reading.amount is None:
                continue
            if way.form is None or reading.measure in DOSES:
                note = way.note(reading.amount, reading.measure)
                amount = way.times * reading.amount
                dose = way.form is not None
                ways.append(reading._replace(amount=amount, dose=dose, note=note, also=None))
    return ways


def _is_name(words: Sequence[str]) -> bool:
    """Whether words can be a whole name: "gouda," and "and gouda" are torn out of a list."""
    if not words or words[0][0] in ",+" or words[-1][-1] in ",+":
        return False
    if not any(letter.isalpha() for word in words for letter in word):
        return False
    torn_out = JOINING - {"plus"}  # Ensure Plus
    return words[0].lower() not in JOINING and words[-1].lower() not in torn_out


def _elemental(words: Sequence[str]) -> list[Reading]:
    """Read ``calcium 500mg as citrate``: the mass is the element's."""
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i].lower() == "as"), 0)
    salt = words[at + 1 :]
    if not at or not 0 < len(salt) <= 2:
        return []
    salt_words = {word.lower() for word in salt}
    ways = []
    for reading in _with_amount(words[:at]):
        food_words = set(reading.food.lower().split())
        if salt_words <= food_words:
            food = reading.food
        else:
            food = " ".join(salt if food_words <= salt_words else (reading.food, *salt))
        if reading.measure in DOSE_UNITS:
            ways.append(reading._replace(food=food, form=ELEMENTAL))
    return ways


def _salts(words: Sequence[str], plain: Sequence[Reading]) -> list[Reading]:
    """Read ``calcium citrate salt 2370mg`` and ``calcium citrate 2370mg salt``."""
    named = [
        reading._replace(food=reading.food[: -len(SALT)].rstrip(), form=SALT)
        for reading in plain
        if reading.food.lower().endswith(f" {SALT}")
    ]
    before = _with_amount(words[:-1]) if words[-1].lower() == SALT else []
    behind = [reading._replace(form=SALT) for reading in before]
    return [reading for reading in named + behind if reading.measure in DOSE_UNITS]


def parts(arguments: Sequence[str]) -> list[list[str]]:
    """Return the lists that were typed, each as its pieces; refuse empty items and text.

    Arguments of one word make one list together, and one of several words is a list of its own. An
    amount that stands alone is joined to its food: "cottage cheese" 30g, as shells complete it.
    """
    texts: list[str] = []
    for loose, group in groupby(arguments, key=lambda argument: len(argument.split()) <= 1):
        for text in [" ".join(group)] if loose else group:
            if texts and (is_only_amount(text) or is_only_amount(texts[-1])):
                texts[-1] = f"{texts[-1]} {text}"
            else:
                texts.append(text)
    lists = []
    for text in texts:
        pieces = _pieces(plain := _plain(clean(text, "item")))
        items = pieces[::2]
        if len(items) > MOST_ITEMS:
            raise UnreadableError(f"{len(items)} items at once; {MOST_ITEMS} are the most")
        if not all(items):
            raise UnreadableError(
                f'an item of "{shown(plain)}" is empty: leave out the extra separator'
            )
        lists.append(pieces)
    return lists


def _plain(text: str) -> str:
    """Return a text without what people write around its items."""
    lower = text.lower()
    if any(word in lower for word in _OTHER_WORDS):
        text = re.sub(_WITHOUT, "without", text, flags=re.IGNORECASE)
        text = re.sub(_SHORT_WITH, "with ", text, flags=re.IGNORECASE)
    if text.partition(" ")[0].lower() in _VERBS or any(sign in text for sign in _SIGNS):
        from k2log.grammar.wording import plain_words  # noqa: PLC0415 - few texts need it

        return plain_words(text)
    return text


def _pieces(text: str) -> list[str]:
    """Return items and separators in turn; what stands in brackets is one piece."""
    pieces = _SEPARATOR.split(text)
    for at in range(2, len(pieces), 2):
        word, _, rest = pieces[at].partition(" ")  # 2 eggs, plus 1 yolk
        more = word.lower() == "plus" and rest[:1].isnumeric()
        if more and not any(sign in rest for sign in _FOR_LATER):
            pieces[at - 1 : at + 1] = [f"{pieces[at - 1]}{word} ", rest]
    if "(" not in text:
        return pieces
    whole = pieces[:1]
    for separator, item in zip(pieces[1::2], pieces[2::2], strict=True):
        if whole[-1].count("(") > whole[-1].count(")"):
            whole[-1] += separator + item
        else:
            whole += [separator, item]
    return whole


def is_only_amount(text: str) -> bool:
    """Whether a text is an amount and cannot be a food: 2 crackers may be one."""
    typed = typed_amount(text) if len(text) <= _LONGEST_AMOUNT else None
    if typed is None:
        return False
    measure = unit(typed.measure or "g")
    return measure is not None and (measure.kind != "count" or measure.name in _NO_FOODS)


def candidate_names(arguments: Sequence[str]) -> set[str]:
    """Return the lookup keys of every food the arguments might name, to look up all at once."""
    runs = (
        run for pieces in parts(arguments) for at in range(0, len(pieces), 2)
        for _, run in _runs(pieces, at)
    )  # fmt: skip
    return {lookup_key(reading.food) for run in runs for reading in readings(run)} - {""}


class Part(NamedTuple):
    """One item of a list, and what joins it to the one before: ``with``, ``,`` or nothing.

    ``changed`` tells that its text is not just as it was typed, ``times`` how often all it is
    joined to was had.
    """

    text: str
    join: str = ""
    changed: bool = False
    times: int = 1


def list_parts(
    arguments: Sequence[str],
    is_food: Callable[[Reading], bool],
    is_common: Callable[[Reading], bool] | None = None,
    is_dish: Callable[[str], bool] | None = None,
    roles: "Roles" = dict,
) -> list[list[Part]]:
    """Return the items typed, those of each list by themselves.

    ``is_food`` tells whether a reading names a food, ``is_common`` whether one that people name so
    and not only an official table; without it all are. From the left, the longest
    run that names a food is one item; but "bread, egg" are two, though a food may have that
    name. ``is_dish`` tells whether items joined by words, like "chili with beans", are one dish,
    and ``roles`` what the lists of words say of all of them.
    """
    is_common = is_common or is_food
    lists = []
    for typed in parts(arguments):
        pieces, often = _repeated(typed)
        at = 0
        items: list[Part] = []
        while at < len(pieces):
            join = pieces[at - 1].strip().lower() if at else ""
            times = often[at]
            at, item = next(
                (end, run)
                for end, run in _runs(pieces, at)
                if end == _least(pieces, at, roles)
                or (_names(run, is_common) and "," not in "".join(pieces[at + 1 : end - 1 : 2]))
                or (
                    _names(run, is_food)
                    and not all(_names(item, is_common) for item in pieces[at : end - 1 : 2])
                    and not _is_prepared(pieces[at : end - 1], is_common, roles)
                )
                or (is_dish and _may_be_dish(pieces[at : end - 1]) and is_dish(run))
            )
            at, item = _kept_in(pieces, at, item)
            at, whole = _with_clauses(pieces, at, item, roles)
            items.append(Part(whole, join, whole != item, times))
        lists.append(_sharing_count(_sharing_fruit(items)))
    return lists


def _repeated(pieces: list[str]) -> tuple[list[str], Sequence[int]]:
    """Return the pieces of a list without the sign of how often they were had, and how often."""
    if len(pieces) < 3 or not any(piece[-1:].isdigit() for piece in pieces[2::2]):
        return pieces, [1] * len(pieces)
    from k2log.grammar.repeated import repeated  # noqa: PLC0415 - few lists end so

    return repeated(pieces)


def _least(pieces: Sequence[str], at: int, roles: "Roles") -> int:
    """Return where the shortest run ends: of ``1 cup plus 2 tbsp milk`` behind the milk."""
    if len(pieces) <= at + 2:
        return at + 2
    if "," not in pieces[at + 1] and not pieces[at].endswith(_DONE_ENDINGS):
        return at + 4 if is_only_amount(pieces[at]) else at + 2
    from k2log.grammar.clauses import preparation  # noqa: PLC0415 - as below

    words = pieces[at].split()
    amounts = (typed_amount(" ".join(words[:end])) for end in range(len(words), 0, -1))
    sizes = (len(words) - behind for behind, it in enumerate(amounts) if it and not it.spoken)
    start = next(sizes, 0)
    unnamed = start < len(words) and preparation(" ".join(words[start:]), roles) is not None
    return at + 4 if unnamed else at + 2  # 2 cups cooked, cubed turkey


def _is_prepared(
    pieces: Sequence[str], is_common: Callable[[Reading], bool], roles: "Roles"
) -> bool:
    """Whether pieces are an amount of a food and what was done to it: 2 tomatoes, chopped."""
    if len(pieces) != 3 or "," not in pieces[1] or not pieces[0][:1].isnumeric():
        return False
    from k2log.grammar.clauses import preparation  # noqa: PLC0415 - as below

    return _names(pieces[0], is_common) and preparation(pieces[2], roles) is not None


def _kept_in(pieces: Sequence[str], at: int, item: str) -> tuple[int, str]:
    """Return an item without what it is only kept in, and where the next item is."""
    if at >= len(pieces) or pieces[at - 1].strip().lower() != "in":
        return at, item
    poached = item.lower().endswith("poached")  # in milk, of which little is eaten
    match = _MEDIA.match(pieces[at]) or (
        re.match(_MILK, pieces[at], re.IGNORECASE) if poached else None
    )
    rest = pieces[at][match.end() :].strip() if match else ""
    if match is None or (rest and (not is_only_amount(rest) or item[:1].isnumeric())):
        return at, item
    return at + 2, f"{item} {rest}".rstrip()


def _may_be_dish(pieces: Sequence[str]) -> bool:
    return 1 < len(pieces) < 2 * _LONGEST_DISH and not any(
        sign in join for join in pieces[1::2] for sign in ",+"
    )


def _with_clauses(pieces: Sequence[str], at: int, item: str, roles: "Roles") -> tuple[int, str]:
    """Return an item without what only tells how it was prepared, and where the next item is.

    What follows a comma may be an amount, too: ``gouda, 30g``.
    """
    if (
        "(" not in item
        and not (at < len(pieces) and "," in pieces[at - 1])
        and not any(sign in item for sign in _CLAUSES)
        and not item.partition(" and ")[0].endswith(_DONE_ENDINGS)
    ):
        return at, item
    from k2log.grammar.clauses import without_and, without_brackets  # noqa: PLC0415

    item = without_and(without_brackets(item, roles), roles)
    while at < len(pieces) and "," in pieces[at - 1]:
        end = next((i for i in range(at + 1, len(pieces), 2) if "," in pieces[i]), len(pieces))
        clause = "".join(pieces[at:end])
        if end < len(pieces) and clause.lower().startswith("such as"):
            break  # an enumeration has no end: such as pork, beef and lamb
        whole = _with_clause(item, clause, roles)
        if whole is None:
            break
        item, at = whole, end + 1
    return at, item


def _with_clause(item: str, clause: str, roles: "Roles") -> str | None:
    """Return an item with what a clause behind it says; None where that is another item."""
    from k2log.grammar.clauses import preparation, weighed, with_words  # noqa: PLC0415

    if not _PARTS_OF_FRUIT.isdisjoint(clause.lower().split()):
        from k2log.grammar.fruit import taken  # noqa: PLC0415 - few clauses are so

        if parts := taken(clause):
            return f"{parts} of {item}"
    words = preparation(clause, roles)
    if words is not None:
        return with_words(item, words)
    if clause.lower().startswith(("or ", "no ", "without ")):
        return f"{item} {clause}"
    if by_weight := weighed(item, clause):
        return by_weight
    return f"{item} {clause}" if is_only_amount(clause) and not _only_amount(item) else None


def _sharing_count(items: list[Part]) -> list[Part]:
    """Let the doses of one tablet share its count: calcium 600mg *and* d3 400 IU tablets 2."""
    words = " ".join(part.text for part in items).split() if len(items) > 1 else ()
    if not any(unit(word) in _FORMS for word in words):
        return items
    from k2log.grammar.doses import shared_count  # noqa: PLC0415 - as above

    texts = shared_count([part.text for part in items], [part.join for part in items[1:]])
    return [
        part._replace(text=text, changed=part.changed or text != part.text)
        for part, text in zip(items, texts, strict=True)
    ]


def _sharing_fruit(items: list[Part]) -> list[Part]:
    """Let zest and juice share their fruit: zest *and* juice of 1 lemon."""
    if _PARTS_OF_FRUIT.isdisjoint(" ".join(part.text for part in items).lower().split()):
        return items
    from k2log.grammar.fruit import apart, shared  # noqa: PLC0415 - as above

    shares: list[Part] = []
    for part, following in zip(items, [*items[1:], Part("")], strict=True):
        whole = shared(part.text, following.text) if following.join in {"and", "&"} else None
        first, *others = apart(whole or part.text)
        shares.append(part._replace(text=first, changed=part.changed or first != part.text))
        shares += [part._replace(text=it, join="and", changed=True) for it in others]
    return shares


def _names(text: str, is_food: Callable[[Reading], bool]) -> bool:
    """Whether an item can be read so that its food is one of these."""
    return any(is_food(it) for it in readings(text) if not it.tentative)


def _runs(pieces: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield runs of items from piece ``at``, longest first, each with where the next item is."""
    most = _LONGEST_NAME if len(pieces) < 2 * _LONGEST_NAME else _LONGEST_RUN
    last = min(len(pieces), at + 2 * most - 1)
    for end in range(last, at, -2):
        yield end + 1, "".join(pieces[at:end])


def explain_unreadable(text: str) -> UnreadableError | None:
    """Return what is wrong with an item's amount; None if only its food is unknown."""
    if not text.strip():
        return UnreadableError("an item is empty: name a food")
    reason = refusal(text) or _ambiguous(text) or _only_amount(text) or _two_amounts(text)
    return UnreadableError(reason) if reason else None


def _ambiguous(text: str) -> str | None:
    words = text.split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        number = leading(word)
        measure = unit((number and number[1]) or following)
        if number and number[0].thousands is not None and not (measure and measure.kind == "iu"):
            return both_ways(word.removesuffix(number[1]), number[0])
    return None


def _only_amount(text: str) -> str | None:
    typed = typed_amount(text)
    named = unit(text)
    if named and named.name not in _ALSO_FOODS:
        return f'"{shown(text)}" is only a measure: of what? Write both: "2 slices of bread"'
    if typed is None or typed.spoken or typed.measure in _ALSO_FOODS:
        return None
    measure = plural(typed.measure or "") if typed.amount > 1 else typed.measure or ""
    amount = f"{written(typed.amount)} {measure}".rstrip()
    return f'"{shown(text)}" is only an amount: {amount} of what? Write both: "gouda 30g"'


def _two_amounts(text: str) -> str | None:
    """Say so if two amounts stand in a text, each as long as it goes; ``7up`` is none."""
    words, amounts, at = text.split(), [], 0
    while at < len(words):
        longest = 0
        if words[at][0].isnumeric():  # "a" and "half" may belong to a name
            for size in range(1, min(_MOST_WORDS_OF_TWO, len(words) - at) + 1):
                typed = typed_amount(" ".join(words[at : at + size]))
                if typed and not typed.spoken:
                    longest = size
        if longest:
            amounts.append(shown(" ".join(words[at : at + longest])))
        at += longest or 1
    if len(amounts) < 2:
        return None
    both = " and ".join(amounts[:2])
    return f'two amounts in "{shown(text)}", {both}: give one (only x multiplies: 2 x 200ml)'
