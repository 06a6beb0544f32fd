"""Routines as text."""

from collections.abc import Iterable
from typing import Final

from k2log.diary.routines import Routine
from k2log.views.numbers import clean

NO_ROUTINES: Final = (
    'There are no routines. To make one: k2log routine add morning "d3 2000IU" "mk7 100mcg"\n'
)


def routines_text(routines: Iterable[Routine]) -> str:
    """Return a line a routine: its name, its time, its items."""
    held = sorted(routines, key=lambda routine: routine.name.casefold())
    if not held:
        return NO_ROUTINES
    wide = max(len(routine.name) for routine in held) + 1
    times = 5 if any(routine.at for routine in held) else 0
    return "".join(
        f"{'@' + routine.name:<{wide}}  {_time(routine):<{times}}{'  ' * bool(times)}"
        f"{clean(', '.join(routine.items))}\n"
        for routine in held
    )


def routine_text(routine: Routine) -> str:
    """Return a routine, an item a line, and how it is logged."""
    at = f"  {_time(routine)}" if routine.at else ""
    items = "".join(f"    {clean(item)}\n" for item in routine.items)
    return f"@{routine.name}{at}\n{items}To log it: k2log add @{routine.name}\n"


def _time(routine: Routine) -> str:
    return f"{routine.at:%H:%M}" if routine.at else ""
