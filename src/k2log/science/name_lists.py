"""The lists of medicines and conditions, by the names people give them: brand, generic, class.

A name counts only if every word of it is accounted for: what is doubtful (``warfrin``, ``blood
thinner``, ``not warfarin``) is asked, never guessed. The lists are ``medicines.toml`` and
``conditions.toml``; they are read when somebody tells k2log of one.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from k2log.errors import UnreadableError
from k2log.named_tuple import NamedTuple
from k2log.names import corrections, name_key, name_words, nearest, slips_allowed
from k2log.science.profile import NO_RULE, Condition, Medicine, Profile
from k2log.text import shown

APART_FROM_CALCIUM: Final = "apart-from-calcium"
ASK_PHARMACIST: Final = "ask-pharmacist"
DOCTOR_DECIDES: Final = "doctor-decides"
SUPPLEMENT_ADVICE: Final = (APART_FROM_CALCIUM, ASK_PHARMACIST, DOCTOR_DECIDES)
SOMETHING_ELSE: Final = "something else"
_FOLDER: Final = Path(__file__).parent
_JOINING: Final = frozenset({"or", "plus", "also"})
_LONGEST_NAME: Final = 6
_OFFERED: Final = 5
_ALIKE: Final = 70
"""From how alike, in percent, a name is listed before the others."""
_BETWEEN: Final = re.compile(r"[,;+&\n]| and ")
_NONE: Final = frozenset({"none", "no", "nothing", "nil", "n"})
_NOT_KNOWN: Final = (
    "k2log does not know it. If it is a blood thinner of the warfarin kind, vitamin K is meant to "
    "stay steady: please ask your pharmacist, and tell k2log its generic name"
)


class ListedItem(NamedTuple):
    """A medicine or condition of the lists: its name, its kind, and what k2log does with it."""

    name: str
    kind: str
    does: str = ""


class Ambiguity(NamedTuple):
    """Names that may be meant; ``vague`` if what was typed says only what the medicine is for.

    ``labels`` are how to ask for each: ``phenprocoumon (Marcumar)`` where the brand is what was
    typed nearly right; none where the names do.
    """

    names: tuple[str, ...]
    vague: bool = False
    labels: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The names as one is asked for them."""
        return self.labels or self.names


class NameList(NamedTuple):
    """The list of medicines or that of conditions, by the key of each name.

    ``spoken`` are the names as they are written, by key.
    ``beside`` are words that do not change which is meant; ``vague`` are the keys of words that
    may mean any of several, and ``vague_words`` their single words. ``supplements`` are the kinds
    that have something to do with suggesting these, by what holds then.
    """

    by_key: Mapping[str, ListedItem]
    spoken: Mapping[str, str]
    beside: frozenset[str]
    vague: Mapping[str, tuple[str, ...]]
    vague_words: frozenset[str]
    supplements: Mapping[str, frozenset[str]]

    def words(self, typed: str) -> list[str]:
        """Return the words of a name without doses and what else is said beside it."""
        return _words(typed, self.beside)

    def called(self, typed: str) -> ListedItem | None:
        """Return what bears this very name."""
        return self.by_key.get(_key(self.words(typed)))


class NoMedicineError(UnreadableError):
    """Words that name no medicine."""

    def __init__(self, typed: str) -> None:
        """Take the words; say how none is stated."""
        super().__init__(
            f'"{shown(typed)}" names no medicine. To state that you take none: --no-medicines'
        )


class SeveralMedicinesError(UnreadableError):
    """Several medicines in one."""

    def __init__(self, typed: str, names: Sequence[str]) -> None:
        """Take the words and the medicines they name."""
        each = " ".join(f'--medicine "{name}"' for name in names)
        super().__init__(f'"{shown(typed)}" names {len(names)} medicines: write {each}')


class DoubtfulMedicineError(UnreadableError):
    """A medicine that may be one of several, where nobody can be asked."""

    def __init__(self, typed: str, ambiguity: Ambiguity) -> None:
        """Take the words and what they may mean."""
        *most, last = ambiguity.asked
        which = f"{', '.join(most)}{',' if most[1:] else ''} or {last}" if most else last
        problem = (
            f"does not say which: {which}?"
            if ambiguity.vague
            else f"is no name k2log knows: did you mean {which}?"
        )
        super().__init__(
            f'"{shown(typed)}" {problem} To keep it as typed: --medicine "={shown(typed)}"'
        )


class UnknownConditionError(UnreadableError):
    """A condition that no rule knows."""

    def __init__(self, typed: str, names: Sequence[str]) -> None:
        """Take the words, and the conditions there are, the nearest first."""
        super().__init__(f'no rule knows "{shown(typed)}". There are: {", ".join(names)}')


class SeveralConditionsError(UnreadableError):
    """Several conditions in one."""

    def __init__(self, typed: str, names: Sequence[str]) -> None:
        """Take the words and the conditions they name."""
        each = " ".join(f'--condition "{name}"' for name in names)
        super().__init__(f'"{shown(typed)}" names {len(names)} conditions: write {each}')


class DoubtfulConditionError(UnreadableError):
    """Words that may mean any of several conditions."""

    def __init__(self, typed: str, names: Sequence[str]) -> None:
        """Take the words, and the conditions that they may mean."""
        *most, last = names
        super().__init__(
            f'"{shown(typed)}" does not say which: {", ".join(most)} or {last}? '
            f'Write: --condition "{names[0]}"'
        )


Ask = Callable[[str, Sequence[str]], int | None]


def find_medicine(typed: str, current: Iterable[Medicine], ask: Ask) -> Medicine:
    """Return the medicine that words mean; one that no list knows is kept as typed.

    What the user answered for one of the ``current`` medicines is not asked again; a leading ``=``
    asks nothing. ``ask`` returns the number of the answer, None where nobody can be asked.
    Raises NoMedicineError, SeveralMedicinesError, DoubtfulMedicineError.
    """
    name = typed.removeprefix("=").strip()
    if _key(_medicines().words(name)) in _NONE:
        raise NoMedicineError(typed)
    match = match_medicine(name)
    if isinstance(match, Ambiguity):
        before = next((it for it in current if is_called(it, name)), None)
        if before:
            return Medicine(before.name, before.kind, said=before.said)
        match = None if typed.startswith("=") else _ask_which(name, match, ask)
    if match is None:
        return Medicine(name)
    return Medicine(match.name, match.kind, said="" if _same(name, match.name) else name)


def _ask_which(name: str, ambiguity: Ambiguity, ask: Ask) -> ListedItem | None:
    """Return what the user picks; None for the name as typed. Raises DoubtfulMedicineError."""
    question, as_typed = (
        (f'"{shown(name)}" does not say which it is:', SOMETHING_ELSE)
        if ambiguity.vague
        else (f'"{shown(name)}" may be:', f'"{shown(name)}", as typed')
    )
    number = ask(question, [*ambiguity.asked, as_typed])
    if number is None:
        raise DoubtfulMedicineError(name, ambiguity)
    names = ambiguity.names
    return _medicines().called(names[number]) if number < len(names) else None


def is_called(medicine: Medicine, typed: str) -> bool:
    """Whether a medicine is called so: by a name of the list, or as the user said it."""
    if _same(typed, medicine.name) or (medicine.said and _same(typed, medicine.said)):
        return True
    item = _medicines().called(typed)
    return item is not None and item[:2] == (medicine.name, medicine.kind)


def known_today(profile: Profile) -> Profile:
    """Return a profile with the medicines that the list knows otherwise than when they were told.

    A name that was kept as typed may have come into the list, and a medicine to another kind.
    """
    return profile._replace(medicines=tuple(_known_today(it) for it in profile.medicines or ()))


def _known_today(medicine: Medicine) -> Medicine:
    item = None if medicine.settled else _medicines().called(medicine.name)
    if item is None:
        return medicine
    said = medicine.said or ("" if _same(medicine.name, item.name) else medicine.name)
    return medicine._replace(name=item.name, kind=item.kind, said=said)


def has_name(condition: Condition, typed: str) -> bool:
    """Whether a condition is called so, by a name of the list."""
    item = _conditions().called(typed)
    return _same(typed, condition.name) or (item is not None and item.name == condition.name)


def _same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other) if name_key(one) else one == other


def match_medicine(typed: str) -> ListedItem | Ambiguity | None:
    """Return the medicine that words name, which they may mean, or None if no list knows it."""
    medicines = _medicines()
    words = medicines.words(typed)
    if not words:
        raise NoMedicineError(typed)
    if members := medicines.vague.get(_key(words)):
        return Ambiguity(members, vague=True)
    items, rest = _take_apart(words, medicines.by_key)
    if {*rest} - medicines.vague_words and (parts := _parts(typed, medicines)):
        raise SeveralMedicinesError(typed, parts)
    if len(items) > 1:
        raise SeveralMedicinesError(typed, [item.name for item in items])
    if items and {*rest} <= medicines.vague_words:
        return items[0]
    if items and items[0].kind != NO_RULE:
        return Ambiguity((items[0].name,))
    runs = (_key(rest[at : at + size]) for size in (3, 2, 1) for at in range(len(rest)))
    vague = next((medicines.vague[run] for run in runs if run in medicines.vague), None)
    return Ambiguity(vague, vague=True) if vague else _nearly(rest, medicines)


_LOGGED: Final = frozenset({"to-log", "vitamin-k"})
"""The kinds of what the lists name so that it is logged, and not stated as a medicine."""


def medicine_called(name: str) -> str | None:
    """Return the medicine that a whole name is, or what it is for: blood thinner; else None."""
    medicines = _medicines()
    words = medicines.words(name)
    items, rest = _take_apart(words, medicines.by_key)
    if len(items) == 1 and not rest:
        return items[0].name if items[0].kind not in _LOGGED else None
    return name if len(words) > 1 and _key(words) in medicines.vague else None


def _parts(typed: str, medicines: NameList) -> list[str]:
    """Return the parts of a list of medicines, known ones and others; [] where it is none.

    Nor is it one where a part is nearly a name: then it is asked for.
    """
    parts = {part.strip(): medicines.words(part) for part in _BETWEEN.split(typed)}
    parts = {part: words for part, words in parts.items() if words}
    unknown = [words for words in parts.values() if _key(words) not in medicines.by_key]
    listed = len(parts) > 1 and len(unknown) < len(parts)
    return [*parts] if listed and not any(_nearly(it, medicines) for it in unknown) else []


def _take_apart(
    words: Sequence[str], names: Mapping[str, ListedItem]
) -> tuple[list[ListedItem], list[str]]:
    """Return the items whose names stand among the words, longest names first, and the rest."""
    items: dict[str, ListedItem] = {}
    rest, at = [], 0
    while at < len(words):
        sizes = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        size = next((size for size in sizes if _key(words[at : at + size]) in names), 0)
        if size:
            item = names[_key(words[at : at + size])]
            items[item.name] = item
        else:
            rest.append(words[at])
        at += size or 1
    return list(items.values()), rest


def _nearly(words: Sequence[str], medicines: NameList) -> Ambiguity | None:
    """Return the medicines whose name is a slip of the finger away from the words or from one."""
    typed = dict.fromkeys((_key(words), *words))
    spoken: dict[str, str] = {}
    for word in typed:
        for key in corrections(word, medicines.by_key, slips_allowed(word)):
            name, written = medicines.by_key[key].name, medicines.spoken[key]
            if name not in spoken or written == name:
                spoken[name] = written
    if spoken:
        names = tuple(spoken)[:_OFFERED]
        labels = (it if spoken[it] == it else f"{it} ({spoken[it]})" for it in names)
        return Ambiguity(names, labels=tuple(labels))
    keys = (
        key for word in typed for key in corrections(word, medicines.vague, slips_allowed(word))
    )
    members = next((medicines.vague[key] for key in keys), None)
    return Ambiguity(members, vague=True) if members else None


def find_condition(typed: str, ask: Ask = lambda question, names: None) -> Condition:
    """Return the condition that words name; ``ask`` as for a medicine.

    Raises SeveralConditionsError, DoubtfulConditionError, UnknownConditionError.
    """
    conditions = _conditions()
    words = conditions.words(typed)
    items, rest = _take_apart(words, conditions.by_key)
    if len(items) == 1 and not rest:
        return Condition(items[0].name, items[0].kind)
    if items and {*rest} <= _JOINING:
        raise SeveralConditionsError(typed, [item.name for item in items])
    if members := conditions.vague.get(_key(words)):
        number = ask(f'"{shown(typed)}" does not say which it is:', members)
        if number is None:
            raise DoubtfulConditionError(typed, members)
        return find_condition(members[number])
    keys = nearest(_key(name_words(typed)), conditions.by_key, least=_ALIKE, partly=True)
    names = dict.fromkeys(conditions.by_key[key].name for key in (*keys, *conditions.by_key))
    raise UnknownConditionError(typed, [*names])


def effect_of(item: Medicine | Condition) -> str:
    """Return what k2log does with a medicine or condition, in a few words."""
    if isinstance(item, Condition):  # one told of long ago may have another name today
        alike = (it for it in _conditions().by_key.values() if it.kind == item.kind)
    else:
        alike = (it for it in _medicines().by_key.values() if it[:2] == (item.name, item.kind))
    return next((it.does for it in alike), _NOT_KNOWN)


def kinds_of_medicines(advice: str) -> frozenset[str]:
    """Return the kinds of medicines for which this of ``SUPPLEMENT_ADVICE`` holds."""
    return _medicines().supplements[advice]


def kinds_of_conditions(advice: str) -> frozenset[str]:
    """Return the kinds of conditions for which this of ``SUPPLEMENT_ADVICE`` holds."""
    return _conditions().supplements[advice]


def names_of_medicines() -> list[str]:
    """Return every medicine's name once."""
    return [*dict.fromkeys(item.name for item in _medicines().by_key.values())]


def names_of_conditions() -> list[str]:
    """Return every condition's name once."""
    return [*dict.fromkeys(item.name for item in _conditions().by_key.values())]


@cache
def _medicines() -> NameList:
    return _list("medicines.toml")


@cache
def _conditions() -> NameList:
    return _list("conditions.toml")


def _list(file: str) -> NameList:
    tables = tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))
    beside = frozenset(tables["beside"])
    vague = {
        phrase: tuple(each["members"])
        for each in tables.get("vague", {}).values()
        for phrase in each["words"]
    }
    return NameList(
        by_key={
            _key(_words(spoken, beside)): ListedItem(name, group["kind"], group["does"])
            for group in tables["group"]
            for name, others in group["names"].items()
            for spoken in (name, *others)
        },
        spoken={
            _key(_words(spoken, beside)): spoken
            for group in tables["group"]
            for name, others in group["names"].items()
            for spoken in (name, *others)
        },
        beside=beside,
        vague={_key(_words(phrase, beside)): members for phrase, members in vague.items()},
        vague_words=frozenset(word for phrase in vague for word in name_words(phrase)),
        supplements={
            advice: frozenset(
                it["kind"] for it in tables["group"] if it.get("supplements") == advice
            )
            for advice in SUPPLEMENT_ADVICE
        },
    )


def _words(text: str, beside: frozenset[str]) -> list[str]:
    return [word for word in name_words(text) if word not in beside and not word[0].isdigit()]


def _key(words: Sequence[str]) -> str:
    """Return one key for ``L-thyroxine``, ``l thyroxine`` and ``lthyroxine``."""
    return "".join(words)
