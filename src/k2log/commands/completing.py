"""Completion: names from the diary, measures, and what can be explained."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from sqlite3 import DatabaseError
from typing import Final, TypeVar

from k2log.commands.declaration import ASKED, Context
from k2log.errors import K2logError
from k2log.paths import diary_path
from k2log.store.diary import Diary, open_diary
from k2log.store.food_names import names_beginning

EXPLAINED: Final = (
    *("calcium-paradox", "k2-arteries", "calcium-heart", "misquoted-trials", "k2-bones"),
    *("fracture-prevention", "retracted-trials", "osteocalcin", "bone-tests", "exercise-protein"),
    *("age-and-menopause", "signs-and-tests", "leg-cramps", "bleeding", "other-promises"),
    *("k2-diabetes", "k2-amount", "k2-safety", "product-quality", "k2-absorption", "k1-k2"),
    *("mk4-mk7", "k2-foods", "natto-egg-yolk", "cheese-k2", "vegan-k2", "unknown-figures"),
    *("calcium-foods", "calcium-stones", "calcium-upper-level", "single-dose"),
    *("calcium-side-effects", "with-food", "when-to-take", "vitamin-d-upper-level", "units"),
    *("d2-d3", "large-doses", "sun", "reference-values", "pregnancy", "magnesium-ratio"),
    *("warfarin", "doac", "levothyroxine", "timing", "other-medicines", "conditions"),
    *("using-k2log", "sources", "targets"),
)
"""The topics, here a second time because reading their file takes longer than a Tab key may."""


T = TypeVar("T")

_PLAIN: Final = r"[\w@][\w .,%+/@=-]*"
"""A name that no shell evaluates, splits or takes for an option."""

_WORDS_BEFORE: Final = 3
_SIGN: Final = "@"


class _ForBash(str):
    r"""What bash puts in the place of the word; Typer would compare it with what bash handed over.

    Bash splits ``@mor`` in two and takes ``cottage\ ch`` apart, but replaces the whole of it.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        """Fit whatever Typer compares it with: it was compared before."""
        return True


def food_name(ctx: Context, incomplete: str) -> list[str]:
    """Return names that begin with what was typed, for where one word is taken."""
    return one_word(_names(ctx, [""], incomplete))


def one_word(names: Iterable[str]) -> list[str]:
    """Return names so that the shell takes each for one word."""
    plain = [name for name in names if re.fullmatch(_PLAIN, name)]
    if not _bash() or _quoted():
        return plain
    return [_ForBash(name.replace(" ", "\\ ")) for name in plain]  # other shells do so themselves


def from_diary(ctx: Context, read: Callable[[Diary], list[T]]) -> list[T]:
    """Return what is read from the diary; nothing where there is none that can be read."""
    path = diary_path(ctx.find_root().params.get("db"))
    with suppress(K2logError, DatabaseError):
        if os.path.exists(path):
            with open_diary(path) as diary:
                return read(diary)
    return []


def food_words(ctx: Context, incomplete: str) -> list[str]:
    """Return the same for where several words are taken: after ``cottage ch`` the rest of it."""
    lists = (value for value in ctx.params.values() if isinstance(value, list | tuple))
    before = [str(word) for value in lists for word in value][-_WORDS_BEFORE:]
    leads = ("".join(f"{word} " for word in before[at:]) for at in range(len(before) + 1))
    return _names(ctx, leads, incomplete)


def _names(ctx: Context, leads: Iterable[str], incomplete: str) -> list[str]:
    """Return how names go on behind the first lead that any begin with; none without a diary."""

    def names_there(diary: Diary) -> list[str]:
        for lead in leads:
            names = names_beginning(diary, lead + incomplete)
            rests = [name[len(lead) :] for name in names if re.fullmatch(_PLAIN, name)]
            if rests := [rest for rest in rests if re.fullmatch(_PLAIN, rest)]:
                return rests
        return []

    return from_diary(ctx, names_there) if incomplete else []


def _bash() -> bool:
    return os.environ.get(ASKED) == "complete_bash"


def _quoted() -> bool:
    typed = os.environ.get("COMP_WORDS", "")
    return bool(typed.count('"') % 2 or typed.count("'") % 2)


def loggable(ctx: Context, incomplete: str) -> Sequence[str] | Sequence[tuple[str, str]]:
    """Return what ``add`` takes: routines for @, measures behind a food's number, else foods."""
    before = ctx.params.get("items") or [""]
    if before[-1] == _SIGN and _bash():
        return [_ForBash(name) for name in routine_name(ctx, _SIGN + incomplete)]
    if incomplete.startswith(_SIGN):
        return routine_name(ctx, incomplete)
    return measures(ctx, before, incomplete) or food_words(ctx, incomplete)


def measures(ctx: Context, before: Sequence[str], incomplete: str) -> list[tuple[str, str]]:
    """Return the measures that a food behind which a number stands is logged by: ``natto 1``.

    Each goes on from the number, or from the letters behind it: ``1pack``, or ``pack``.
    """
    typed = re.fullmatch(r"([\d.,/\u00bc-\u00be]*)([a-z]*)", incomplete)
    if not typed:
        return []
    words = [*before]
    if not typed[1] and not re.fullmatch(r"[\d.,/\u00bc-\u00be]+", words.pop() if words else ""):
        return []

    def known(diary: Diary) -> list[tuple[str, str]]:
        from k2log.food.measure import measures_of
        from k2log.names import name_key
        from k2log.store.foods import StoredFoods

        names = [name_key(" ".join(words[at:])) for at in range(len(words))][-_WORDS_BEFORE:]
        foods = StoredFoods(diary).named(names)
        food = next((foods[name][0] for name in names if foods.get(name)), None)
        return [
            (f"{typed[1]}{name}", size)
            for name, size in (measures_of(food) if food else {}).items()
            if name.startswith(typed[2]) and " " not in name
        ]

    return from_diary(ctx, known)


def routine_name(ctx: Context, incomplete: str) -> list[str]:
    """Return the routines that begin with what was typed, with @ if that was typed."""
    sign, typed = incomplete[: incomplete[:1] == _SIGN], incomplete.lstrip(_SIGN).casefold()

    def names_there(diary: Diary) -> list[str]:
        from k2log.store.routines import all_routines

        names = {key: routine.name for key, routine in all_routines(diary).items()}
        return [
            f"{sign}{name}"
            for key, name in names.items()
            if key.startswith(typed) and re.fullmatch(_PLAIN, name)
        ]

    return from_diary(ctx, names_there)


def explainable(ctx: Context, incomplete: str) -> list[str]:
    """Return topics, then food names, that begin with what was typed."""
    topics = [name for name in EXPLAINED if name.startswith(incomplete.casefold())]
    return [*topics, *food_words(ctx, incomplete)]
