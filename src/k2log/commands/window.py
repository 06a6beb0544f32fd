"""The options that choose days, the same in every command that has a window."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from k2log.errors import UnreadableError

if TYPE_CHECKING:
    from k2log.report.period import Period

_DAY = "DAY: today, yesterday, mon…sun, -3, 2026-11-19, 19 nov."

Day = Annotated[bool, typer.Option("--day", help="One day.")]
Week = Annotated[bool, typer.Option("--week", help="7 days.")]
Month = Annotated[bool, typer.Option("--month", help="30 days.")]
Year = Annotated[bool, typer.Option("--year", help="365 days.")]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help=f"First day. {_DAY}")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day.")]
On = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="The day the window ends on, not today.")
]


def window(
    kinds: Mapping[str, bool],
    first: str | None,
    last: str | None,
    on: str | None,
    today: date,
    default: str,
) -> "Period":
    """Return the days chosen. Two windows at once are refused with UnreadableError."""
    from k2log.grammar.days import day
    from k2log.report.period import between, period

    chosen = [f"--{kind}" for kind, wanted in kinds.items() if wanted]
    chosen += [name for name, text in (("--from/--to", first or last),) if text]
    if len(chosen) > 1 or (on and (first or last)):
        names = [*chosen, *(["--on"] if on else [])]
        raise UnreadableError(f"{' and '.join(names)} are two windows; choose one.")
    ending = day(on, today) if on else today
    if last or first:
        final = day(last, today) if last else today
        return between(day(first, today) if first else final, final)
    return period(chosen[0].removeprefix("--") if chosen else default, ending)
