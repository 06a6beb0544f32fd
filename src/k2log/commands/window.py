"""The options that choose days, the same in every command that has a window."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import wraps
from typing import Annotated, Any, Final

from k2log.commands.declaration import Argument, Option, Parameter, parameter, parameters
from k2log.errors import UnreadableError
from k2log.grammar.days import day as read_day
from k2log.named_tuple import NamedTuple
from k2log.report.period import Period, between, period

WHEN_HELP: Final = "Days in words: week, yesterday, this week, last month, october, 14 days."
When = Annotated[list[str] | None, Argument(metavar="WHEN...", help=WHEN_HELP)]
"""A window in words, in commands that take none else."""


class WindowOptions(NamedTuple):
    """What was typed to choose days. Each field is an option of every command ``with_window``.

    A field that is a flag is named as its window is in ``grammar.days.LENGTHS_DAYS``.
    """

    day: Annotated[bool, Option("--day", help="One day.")] = False
    week: Annotated[bool, Option("--week", help="7 days.")] = False
    month: Annotated[bool, Option("--month", help="30 days.")] = False
    year: Annotated[bool, Option("--year", help="365 days.")] = False
    days: Annotated[
        str | None,
        Option("--days", "--last", metavar="N", help="N days: 14, or 2 weeks."),
    ] = None
    first: Annotated[
        str | None,
        Option(
            "--from",
            metavar="DAY",
            help="First day. DAY: today, yesterday, mon…sun, -3, 2026-11-19, 19 nov.",
        ),
    ] = None
    last: Annotated[str | None, Option("--to", metavar="DAY", help="Last day.")] = None
    on: Annotated[
        str | None,
        Option("--on", metavar="DAY", help="The day the window ends on. Else today."),
    ] = None

    def typed(self) -> Iterator[str]:
        """Yield the options and values as typed, ``--on``, ``mon``; nothing without a window."""
        for name, value in self._asdict().items():
            flag = self.__annotations__[name].__metadata__[0].names[0]
            if value is True:
                yield flag
            elif isinstance(value, str):
                yield from (flag, value)

    def period(self, today: date, default: str, when: Sequence[str] | None = None) -> Period:
        """Return the days meant; without a word of a window, the ``default`` one until today.

        ``when`` are the words of a window: ``last``, ``month``. Days to come are shown as well,
        for a clock that was ahead may have left entries there. Raises UnreadableError for two
        windows at once, and for days that cannot be read.
        """
        kinds = [name for name, value in self._asdict().items() if value is True]
        ends = self.first or self.last
        windows = [
            *([f'"{" ".join(when)}"'] if when else []),
            *(f"--{kind}" for kind in kinds),
            *(["--days"] if self.days is not None else []),
            *(["--from/--to"] if ends else []),
        ]
        if len(windows) > 1 or (self.on and ends):
            names = [*windows, *(["--on"] if self.on else [])]
            raise UnreadableError(f"{' and '.join(names)} are two windows; choose one.")
        ending = read_day(self.on, today, to_come=True) if self.on else today
        if when or self.days is not None:
            return self._worded(" ".join(when or ()), today, ending)
        if ends:
            first = read_day(self.first, today, to_come=True) if self.first else None
            final = read_day(self.last, today, to_come=True) if self.last else today
            return between(first or final, max(first or final, final) if not self.last else final)
        return period(kinds[0] if kinds else default, ending)

    def _worded(self, words: str, today: date, ending: date) -> Period:
        """Return the window of ``--days``, or else of words."""
        from k2log.grammar.windows import length_days, window  # most commands have no such words

        if self.days is not None:
            words = f"{length_days(self.days)} days"
        return Period(*window(words, today, ending if self.on else None))


def with_window(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with all options of a window in the place of its parameter ``window``.

    Raises TypeError where it has none.
    """
    declared: list[Parameter] = []
    for each in parameters(command):
        if each.kind is WindowOptions:
            declared += [
                parameter(name, WindowOptions.__annotations__[name], default)
                for name, default in WindowOptions()._asdict().items()
            ]
        else:
            declared.append(each)
    if all(each.name != WindowOptions._fields[0] for each in declared):
        raise TypeError(f"{command.__name__} has no parameter that is a WindowOptions")

    @wraps(command)
    def run(**values: Any) -> None:
        options = {name: values.pop(name) for name in WindowOptions._fields}
        command(window=WindowOptions(**options), **values)

    vars(run)["parameters"] = declared
    return run
