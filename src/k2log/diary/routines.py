"""Routines: items under a name, logged together with ``add @name``.

A routine holds its items as they were typed, so that each logging takes the figures of its day.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import Any, Final, NamedTuple

from k2log.errors import FoodError, K2logError, UnreadableError
from k2log.grammar.items import parts
from k2log.names import corrections
from k2log.text import clean, shown

SIGN: Final = "@"
MOST_ROUTINES: Final = 100
_LONGEST_NAME: Final = 40
_NAME: Final = r"[^\W_][\w.-]*"
_ALONE: Final = r"@[^\s,+]+"
_MOST_NEAR: Final = 5


class Routine(NamedTuple):
    """Items as typed, one text each; ``at`` is when they are usually taken, or None."""

    name: str
    items: tuple[str, ...]
    at: time | None = None


Routines = Mapping[str, Routine]


Part = tuple[Sequence[str], Routine | None]
"""Arguments that are read together, and the routine they come from, or None."""


class UnknownRoutineError(FoodError):
    """A name that is no routine's."""

    def __init__(self, name: str, routines: Routines) -> None:
        """Take the name as typed and the routines there are."""
        near = _near(name, routines)
        there = f"There are: {', '.join(f'@{each}' for each in near)}. " if near else ""
        new = shown(name) or "morning"
        super().__init__(
            f'no routine called "{shown(name)}". {there}To make one:'
            f' k2log routine add {new} "d3 2000IU" "mk7 100mcg"'
        )


class RoutineAheadError(UnreadableError):
    """A routine whose own time of the day is still to come."""

    def __init__(self, routine: Routine) -> None:
        """Take the routine."""
        super().__init__(
            f"the routine @{routine.name} is for {routine.at:%H:%M}, which is still to come."
            " Taken already: --at now. For the day before: --on yesterday"
        )


class RoutineExistsError(K2logError):
    """A name that a routine already has."""

    def __init__(self, name: str) -> None:
        """Take the name of the routine."""
        super().__init__(
            f"there is a routine {name} already. To change it: k2log routine edit {name} ITEMS"
        )


def checked_name(text: str) -> str:
    """Return the name of a new routine. Raises UnreadableError."""
    name = clean(text, "routine's name", _LONGEST_NAME)
    if not re.fullmatch(_NAME, name):
        raise UnreadableError(
            f'"{shown(text)}" cannot name a routine: one word of letters and digits, like morning'
        )
    return name


def found(name: str, routines: Routines) -> Routine:
    """Return the routine that a name means, with or without @. Raises UnknownRoutineError."""
    routine = routines.get(key(name))
    if routine is None:
        raise UnknownRoutineError(name.removeprefix(SIGN), routines)
    return routine


def key(name: str) -> str:
    """Return what tells routines apart: names are one in any case."""
    return name.removeprefix(SIGN).casefold()


def with_routine(routines: Routines, routine: Routine) -> dict[str, Routine]:
    """Return the routines with one added or changed. Raises UnreadableError if they are many."""
    held = {**routines, key(routine.name): routine}
    if len(held) > MOST_ROUTINES:
        raise UnreadableError(
            f"{MOST_ROUTINES} routines are the most. See them: k2log routine list"
        )
    return held


def without_routine(routines: Routines, routine: Routine) -> dict[str, Routine]:
    """Return the routines but one."""
    return {name: held for name, held in routines.items() if held != routine}


def parts_of(arguments: Sequence[str], routines: Routines) -> list[Part]:
    """Return what was typed with every @name replaced by its routine's items.

    Raises UnknownRoutineError, UnreadableError.
    """
    return [part for pieces in _lists(arguments) for part in _parts(pieces, routines)]


def _lists(arguments: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the lists typed, each as its pieces; a lone @name is a list of its own."""
    groups = groupby(arguments, key=lambda argument: bool(re.fullmatch(_ALONE, argument)))
    for alone, group in groups:
        yield from ([name] for name in group) if alone else parts(list(group))


def _parts(pieces: Sequence[str], routines: Routines) -> Iterator[Part]:
    """Yield the parts of one list, items and separators in turn."""
    items = groupby(range(0, len(pieces), 2), key=lambda at: pieces[at].startswith(SIGN))
    for named, places in items:
        run = list(places)
        if named:
            for place in run:
                yield from _items(pieces[place], routines)
        else:
            yield ["".join(pieces[run[0] : run[-1] + 1])], None


def _items(text: str, routines: Routines) -> Iterator[Part]:
    name, _, rest = text.partition(" ")
    if rest:
        raise UnreadableError(f'put a comma behind a routine: "{shown(name)}, {shown(rest)}"')
    routine = found(name, routines)
    return (([item], routine) for item in routine.items)


def _near(name: str, routines: Routines) -> list[str]:
    typed = key(name)
    near = corrections(typed, routines, max(2, len(typed) // 3)) or [*routines]
    return [routines[each].name for each in near[:_MOST_NEAR]]


def documents(routines: Routines) -> dict[str, Any]:
    """Return the routines as plain values, to keep as JSON."""
    return {
        routine.name: {"items": list(routine.items)}
        | ({"at": routine.at.isoformat("minutes")} if routine.at else {})
        for routine in routines.values()
    }


def routines_of(held: Mapping[str, Any]) -> dict[str, Routine]:
    """Return the routines of what ``documents`` gave."""
    return {
        key(name): Routine(
            name,
            tuple(routine["items"]),
            time.fromisoformat(routine["at"]) if "at" in routine else None,
        )
        for name, routine in held.items()
    }
