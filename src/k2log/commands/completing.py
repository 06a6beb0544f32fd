"""Completion: names from the diary, and what can be explained."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from sqlite3 import DatabaseError
from typing import Final

from k2log.commands.declaration import ASKED, Context
from k2log.errors import K2logError
from k2log.paths import diary_path
from k2log.store.diary import open_diary
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
    names = _names(ctx, [""], incomplete)
    if not _bash() or _quoted():
        return names
    return [_ForBash(name.replace(" ", "\\ ")) for name in names]  # other shells do so themselves


def food_words(ctx: Context, incomplete: str) -> list[str]:
    """Return the same for where several words are taken: after ``cottage ch`` the rest of it."""
    lists = (value for value in ctx.params.values() if isinstance(value, list | tuple))
    before = [str(word) for value in lists for word in value][-_WORDS_BEFORE:]
    leads = ("".join(f"{word} " for word in before[at:]) for at in range(len(before) + 1))
    return _names(ctx, leads, incomplete)


def _names(ctx: Context, leads: Iterable[str], incomplete: str) -> list[str]:
    """Return how names go on behind the first lead that any begin with; none without a diary."""
    path = diary_path(ctx.find_root().params.get("db"))
    if not incomplete or not os.path.exists(path):
        return []
    with suppress(K2logError, DatabaseError), open_diary(path) as diary:
        for lead in leads:
            names = names_beginning(diary, lead + incomplete)
            rests = [name[len(lead) :] for name in names if re.fullmatch(_PLAIN, name)]
            if rests := [rest for rest in rests if re.fullmatch(_PLAIN, rest)]:
                return rests
    return []


def _bash() -> bool:
    return os.environ.get(ASKED) == "complete_bash"


def _quoted() -> bool:
    typed = os.environ.get("COMP_WORDS", "")
    return bool(typed.count('"') % 2 or typed.count("'") % 2)


def loggable(ctx: Context, incomplete: str) -> list[str]:
    """Return what ``add`` takes: routines for @, else food names."""
    before = ctx.params.get("items") or [""]
    if before[-1] == _SIGN and _bash():
        return [_ForBash(name) for name in routine_name(ctx, _SIGN + incomplete)]
    signed = incomplete.startswith(_SIGN)
    return routine_name(ctx, incomplete) if signed else food_words(ctx, incomplete)


def routine_name(ctx: Context, incomplete: str) -> list[str]:
    """Return the routines that begin with what was typed, with @ if that was typed."""
    from k2log.store.routines import all_routines

    path = diary_path(ctx.find_root().params.get("db"))
    sign, typed = incomplete[: incomplete[:1] == _SIGN], incomplete.lstrip(_SIGN).casefold()
    if not os.path.exists(path):
        return []
    with suppress(K2logError, DatabaseError), open_diary(path) as diary:
        names = {key: routine.name for key, routine in all_routines(diary).items()}
        return [
            f"{sign}{name}"
            for key, name in names.items()
            if key.startswith(typed) and re.fullmatch(_PLAIN, name)
        ]
    return []


def explainable(ctx: Context, incomplete: str) -> list[str]:
    """Return topics, then food names, that begin with what was typed."""
    topics = [name for name in EXPLAINED if name.startswith(incomplete.casefold())]
    return [*topics, *food_words(ctx, incomplete)]
