"""Routines: items under a name, logged together with ``add @name``.

A routine holds its items as they were typed, so that each logging takes the figures of its day.
Making and changing routines is a feature; reading ``@name`` is the kernel's, for add needs it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import Any, Final

from k2log.errors import FoodError, K2logError, UnreadableError
from k2log.grammar.items import ROUTINE_SIGN, parts
from k2log.named_tuple import NamedTuple
from k2log.names import corrections
from k2log.text import clean, shown

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
        typed = key(name)
        near = corrections(typed, routines, max(2, len(typed) // 3)) or [*routines]
        names = ", ".join(f"{ROUTINE_SIGN}{routines[each].name}" for each in near[:_MOST_NEAR])
        there = f"There are: {names}. " if names else ""
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


def read_routine_name(text: str) -> str:
    """Return the name of a new routine. Raises UnreadableError."""
    name = clean(text, "routine's name", _LONGEST_NAME)
    if not re.fullmatch(_NAME, name):
        raise UnreadableError(
            f'"{shown(text)}" cannot name a routine: one word of letters and digits, like morning'
        )
    return name


def routine_named(name: str, routines: Routines) -> Routine:
    """Return the routine that a name means, with or without @. Raises UnknownRoutineError."""
    routine = routines.get(key(name))
    if routine is None:
        raise UnknownRoutineError(name.removeprefix(ROUTINE_SIGN), routines)
    return routine


def key(name: str) -> str:
    """Return what tells routines apart: names are one in any case."""
    return name.removeprefix(ROUTINE_SIGN).casefold()


def with_new(routines: Routines, routine: Routine) -> dict[str, Routine]:
    """Return the routines with one more. Raises RoutineExistsError, UnreadableError."""
    if there := routines.get(key(routine.name)):
        raise RoutineExistsError(there.name)
    return with_routine(routines, routine)


def with_routine(routines: Routines, routine: Routine) -> dict[str, Routine]:
    """Return the routines with one added or changed. Raises UnreadableError if they are many."""
    changed = {**routines, key(routine.name): routine}
    if len(changed) > MOST_ROUTINES:
        raise UnreadableError(
            f"{MOST_ROUTINES} routines are the most. See them: k2log routine list"
        )
    return changed


def without_routine(routines: Routines, routine: Routine) -> dict[str, Routine]:
    """Return the routines but one."""
    return {name: other for name, other in routines.items() if other != routine}


def parts_of(arguments: Sequence[str], routines: Routines) -> list[Part]:
    """Return what was typed with every @name replaced by its routine's items.

    An argument that is an @name and nothing else is a list of its own. Raises UnknownRoutineError,
    UnreadableError.
    """
    run: list[Part] = []
    for alone, group in groupby(arguments, key=lambda text: bool(re.fullmatch(_ALONE, text))):
        texts = list(group)
        for pieces in [[name] for name in texts] if alone else parts(texts):
            run += _parts(pieces, routines)
    return run


def _parts(pieces: Sequence[str], routines: Routines) -> Iterator[Part]:
    """Yield the parts of one list, which is items and separators in turn."""
    items = groupby(range(0, len(pieces), 2), key=lambda at: pieces[at].startswith(ROUTINE_SIGN))
    for has_sign, places in items:
        run = list(places)
        if not has_sign:
            yield ["".join(pieces[run[0] : run[-1] + 1])], None
            continue
        for text in (pieces[place] for place in run):
            name, _, rest = text.partition(" ")
            if rest:
                raise UnreadableError(
                    f'put a comma behind a routine: "{shown(name)}, {shown(rest)}"'
                )
            routine = routine_named(name, routines)
            yield from (([item], routine) for item in routine.items)


def documents(routines: Routines) -> dict[str, Any]:
    """Return the routines as plain values, to keep as JSON."""
    return {
        routine.name: {"items": list(routine.items)}
        | ({"at": routine.at.isoformat("minutes")} if routine.at else {})
        for routine in routines.values()
    }


def routines_of(documents: Any) -> dict[str, Routine]:
    """Return the routines that ``documents`` made plain values of; of None none.

    A name is checked as one that is typed: whoever wrote it may have meant a shell to read it.
    Raises ValueError.
    """
    try:
        return {key(name): _routine(name, each) for name, each in (documents or {}).items()}
    except (TypeError, AttributeError, KeyError, UnreadableError) as error:
        raise ValueError(documents) from error


def _routine(name: str, document: Mapping[str, Any]) -> Routine:
    items = document["items"]
    if not items or not isinstance(items, list):
        raise ValueError(items)
    return Routine(
        read_routine_name(name),
        tuple(clean(item, "item") for item in items),
        time.fromisoformat(document["at"]) if "at" in document else None,
    )
