"""The entries that a command is about: those of ids and ranges, confirmed where they are many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import typer

from k2log.commands.output import interactive
from k2log.errors import K2logError, UnreadableError

if TYPE_CHECKING:
    from k2log.diary.entry import Entry
    from k2log.grammar.ids import Span
    from k2log.store.diary import Diary

_MOST: Final = 1000
_MANY: Final = 50


class ManyError(K2logError):
    """More entries than one means by a slip, and nobody confirmed them."""


def selected(diary: "Diary", spans: "Sequence[Span]", verb: str, *, yes: bool) -> "list[Entry]":
    """Return the live entries of ids and ranges; ask where they are many.

    Raises NoEntryError, UnreadableError, ManyError.
    """
    from k2log.store.entries import entries_in

    entries = entries_in(diary, spans, _MOST + 1)
    if len(entries) > _MOST:
        raise UnreadableError(f"these are more than {_MOST} entries, too many for one command.")
    many = f"{len(entries)} entries would be {verb}."
    if len(entries) > _MANY and not (yes or _confirmed(many)):
        raise ManyError(f"{many} If that is right, add --yes.")
    return entries


def _confirmed(many: str) -> bool:
    return interactive() and typer.confirm(f"{many} Go on?", err=True)
