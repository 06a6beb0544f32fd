"""Medicines and conditions by the names people give them, brand, generic or class.

A name counts only if every word of it is accounted for: what is doubtful (``warfrin``, ``blood
thinner``, ``not warfarin``) is asked, never guessed. The lists are ``medicines.toml`` and
``conditions.toml``; they are read when somebody tells k2log of one.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.names import corrections, name_key, name_words, nearest, slips_allowed
from k2log.science.profile import Condition, Medicine
from k2log.text import shown

NO_RULE: Final = "no-rule"
SOMETHING_ELSE: Final = "something else"
_FOLDER: Final = Path(__file__).parent
_LONGEST_NAME: Final = 6
_OFFERED: Final = 5
_NONE: Final = frozenset({"none", "no", "nothing", "nil", "n"})
_NOT_KNOWN: Final = "no rule of k2log knows it"


class Known(NamedTuple):
    """A medicine or condition of the lists: its name, its kind, and what k2log does with it."""

    name: str
    kind: str
    does: str = ""


class Doubt(NamedTuple):
    """Names that may be meant; ``vague`` if what was typed says only what the medicine is for."""

    names: tuple[str, ...]
    vague: bool = False


class Listed(NamedTuple):
    """A list, by the key of each name.

    ``beside`` are words that do not change which is meant; ``vague`` are the keys of words that
    may mean any of several, and ``vague_words`` their single words.
    """

    by_key: Mapping[str, Known]
    beside: frozenset[str]
    vague: Mapping[str, tuple[str, ...]]
    vague_words: frozenset[str]

    def words(self, typed: str) -> list[str]:
        """Return the words of a name without doses and what else is said beside it."""
        return _words(typed, self.beside)

    def called(self, typed: str) -> Known | None:
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

    def __init__(self, typed: str, doubt: Doubt) -> None:
        """Take the words and what they may mean."""
        names = [*doubt.names[:-1], f"or {doubt.names[-1]}"] if doubt.names[1:] else doubt.names
        listed = (", " if len(names) > 2 else " ").join(names)
        asked = (
            f"does not say which: {listed}?"
            if doubt.vague
            else f"is no name k2log knows: did you mean {listed}?"
        )
        super().__init__(
            f'"{shown(typed)}" {asked} To keep it as typed: --medicine "={shown(typed)}"'
        )


class UnknownConditionError(UnreadableError):
    """A condition that no rule knows."""

    def __init__(self, typed: str, names: Sequence[str]) -> None:
        """Take the words, and the conditions there are, the nearest first."""
        super().__init__(f'no rule knows "{shown(typed)}". There are: {", ".join(names)}')


Ask = Callable[[str, Sequence[str]], int | None]


def medicine(typed: str, told: Iterable[Medicine], ask: Ask) -> Medicine:
    """Return the medicine that words mean; one that no list knows is kept as typed.

    What was answered before (``told``) is not asked again; a leading ``=`` asks nothing. ``ask``
    returns the number of the answer, None where nobody can be asked.
    Raises NoMedicineError, SeveralMedicinesError, DoubtfulMedicineError.
    """
    said = typed.removeprefix("=").strip()
    if _key(_medicines().words(said)) in _NONE:
        raise NoMedicineError(typed)
    found = known_medicine(said)
    before = next((known for known in told if is_called(known, said)), None)
    if isinstance(found, Doubt) and before:
        return Medicine(before.name, before.kind, said=before.said)
    if isinstance(found, Doubt) and not typed.startswith("="):
        found = _asked(said, found, ask)
    if not isinstance(found, Known):
        return Medicine(said)
    return Medicine(found.name, found.kind, said="" if _same(said, found.name) else said)


def _asked(said: str, doubt: Doubt, ask: Ask) -> Known | None:
    asked = (
        f'"{shown(said)}" does not say which it is:' if doubt.vague else f'"{shown(said)}" may be:'
    )
    as_typed = SOMETHING_ELSE if doubt.vague else f'"{shown(said)}", as typed'
    number = ask(asked, [*doubt.names, as_typed])
    if number is None:
        raise DoubtfulMedicineError(said, doubt)
    return _medicines().called(doubt.names[number]) if number < len(doubt.names) else None


def is_called(told: Medicine, typed: str) -> bool:
    """Whether a medicine is called so: by a name of the list, or as the user said it."""
    if _same(typed, told.name) or (told.said and _same(typed, told.said)):
        return True
    listed = _medicines().called(typed)
    return listed is not None and listed[:2] == (told.name, told.kind)


def has_name(told: Condition, typed: str) -> bool:
    """Whether a condition is called so, by a name of the list."""
    listed = _conditions().called(typed)
    return _same(typed, told.name) or (listed is not None and listed.name == told.name)


def _same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other) if name_key(one) else one == other


def known_medicine(typed: str) -> Known | Doubt | None:
    """Return the medicine that words name, which they may mean, or None if no list knows it."""
    listed = _medicines()
    words = listed.words(typed)
    if not words:
        raise NoMedicineError(typed)
    if members := listed.vague.get(_key(words)):
        return Doubt(members, vague=True)
    found, left = _taken_apart(words, listed.by_key)
    if len(found) > 1:
        raise SeveralMedicinesError(typed, [known.name for known in found])
    if found and {*left} <= listed.vague_words:
        return found[0]
    if found and found[0].kind != NO_RULE:
        return Doubt((found[0].name,))
    return _vaguely(left, listed.vague) or _nearly(left, listed)


def _taken_apart(words: Sequence[str], names: Mapping[str, Known]) -> tuple[list[Known], list[str]]:
    """Return the medicines that stand among the words, the longest names first, and the rest."""
    found: dict[str, Known] = {}
    left, at = [], 0
    while at < len(words):
        sizes = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        size = next((size for size in sizes if _key(words[at : at + size]) in names), 0)
        if size:
            known = names[_key(words[at : at + size])]
            found[known.name] = known
        else:
            left.append(words[at])
        at += size or 1
    return list(found.values()), left


def _vaguely(words: Sequence[str], vague: Mapping[str, tuple[str, ...]]) -> Doubt | None:
    runs = (_key(words[at : at + size]) for size in (3, 2, 1) for at in range(len(words)))
    found = next((vague[run] for run in runs if run in vague), None)
    return Doubt(found, vague=True) if found else None


def _nearly(words: Sequence[str], listed: Listed) -> Doubt | None:
    """Return the medicines whose name is a slip of the finger away from the words or from one."""
    typed = dict.fromkeys((_key(words), *words))
    near = [
        listed.by_key[key].name
        for word in typed
        if (slips := slips_allowed(word))
        for key in corrections(word, listed.by_key, slips)
    ]
    if near:
        return Doubt(tuple(dict.fromkeys(near))[:_OFFERED])
    keys = (key for word in typed for key in corrections(word, listed.vague, slips_allowed(word)))
    found = next((listed.vague[key] for key in keys), None)
    return Doubt(found, vague=True) if found else None


def condition(typed: str) -> Condition:
    """Return the condition that words name. Raises UnknownConditionError."""
    listed = _conditions()
    found, left = _taken_apart(listed.words(typed), listed.by_key)
    if len(found) == 1 and not left:
        return Condition(found[0].name, found[0].kind)
    keys = nearest(_key(name_words(typed)), listed.by_key, partly=True)
    names = dict.fromkeys(listed.by_key[key].name for key in keys)
    raise UnknownConditionError(typed, [*names])


def does(told: Medicine | Condition) -> str:
    """Return what k2log does with a medicine or condition, in a few words."""
    listed = _conditions() if isinstance(told, Condition) else _medicines()
    alike = (known for known in listed.by_key.values() if known[:2] == (told.name, told.kind))
    return next((known.does for known in alike), _NOT_KNOWN)


@cache
def _medicines() -> Listed:
    return _list("medicines.toml")


@cache
def _conditions() -> Listed:
    return _list("conditions.toml")


def _list(file: str) -> Listed:
    tables = tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))
    beside = frozenset(tables["beside"])
    vague = {
        phrase: tuple(each["members"])
        for each in tables.get("vague", {}).values()
        for phrase in each["words"]
    }
    return Listed(
        by_key={
            _key(_words(spoken, beside)): Known(name, group["kind"], group["does"])
            for group in tables["group"]
            for name, others in group["names"].items()
            for spoken in (name, *others)
        },
        beside=beside,
        vague={_key(_words(phrase, beside)): members for phrase, members in vague.items()},
        vague_words=frozenset(word for phrase in vague for word in name_words(phrase)),
    )


def _words(text: str, beside: frozenset[str]) -> list[str]:
    return [word for word in name_words(text) if word not in beside and not word[0].isdigit()]


def _key(words: Sequence[str]) -> str:
    """Return one key for ``L-thyroxine``, ``l thyroxine`` and ``lthyroxine``."""
    return "".join(words)
