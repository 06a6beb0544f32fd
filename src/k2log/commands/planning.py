"""From what is to be logged, items or many lines of them, to what is understood and when."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from k2log import clock
from k2log.commands.asking import Questions, chooser, confirm
from k2log.commands.output import note
from k2log.diary.understanding import (
    Circumstances,
    Item,
    check_plausible,
    clock_time,
    understand,
)
from k2log.errors import K2logError, UnreadableError
from k2log.grammar.items import candidate_names
from k2log.store.foods import RememberedFoods

if TYPE_CHECKING:
    from k2log.diary.lines import Line, Wrong
    from k2log.diary.routines import Part, Routine, Routines
    from k2log.store.diary import Diary

Planned = tuple[Item, Circumstances]
Timestamp = Callable[[date, time], str]


class Defaults(NamedTuple):
    """What holds for items that do not say otherwise; ``shared`` has no time yet."""

    shared: Circumstances
    at: time | None
    now: datetime
    yes: bool
    ask: Questions


class _Reader(NamedTuple):
    """What reading needs: the foods that were looked up, and who settles and times them."""

    foods: RememberedFoods
    items: Callable[[tuple[str, ...]], list[Item]]
    timestamp: Timestamp
    defaults: Defaults


def planned_items(diary: "Diary", arguments: Sequence[str], defaults: Defaults) -> list[Planned]:
    """Return the items of a command line, those of its @routines too."""
    reader = _reader(diary, defaults)
    parts = _parts(arguments, _routines(diary, arguments))
    return _planned(parts, defaults.shared.day, defaults.at, reader)


def planned_lines(diary: "Diary", rows: Iterable[str], defaults: Defaults) -> list[Planned]:
    """Return the items of many lines. Raises WrongLinesError, after saying what is wrong."""
    from k2log.diary.lines import MOST_WRONG, Line, Wrong, WrongLinesError, read_lines

    reader = _reader(diary, defaults)
    lines = list(read_lines(rows, defaults.now, diary.day_of(defaults.now)))
    if not lines:
        raise UnreadableError("there is nothing to log in these lines.")
    routines = _routines(diary, [line.text for line in lines])
    _look_up(reader.foods, ([line.items] for line in lines if isinstance(line, Line)))
    planned: list[Planned] = []
    wrong: list[Wrong] = []
    for line in lines:
        read = _read(line, routines, reader)
        if isinstance(read, Wrong):
            wrong.append(read)
        else:
            planned += read
        if len(wrong) == MOST_WRONG:
            break
    if wrong:
        for each in wrong:
            note(str(each))
        raise WrongLinesError(wrong)
    return planned


def timestamps(diary: "Diary", now: datetime) -> Timestamp:
    """Return what makes the local timestamp of a time on a diary day."""

    def local(naive: datetime) -> datetime:
        # What is typed as now is now, in either of the hours that the clocks repeat in autumn.
        this_minute = now.replace(second=0, microsecond=0)
        return this_minute if naive == this_minute.replace(tzinfo=None) else clock.local(naive)

    return lambda day, at: clock_time(day, at, now, diary.day_starts, local)


def _reader(diary: "Diary", defaults: Defaults) -> _Reader:
    foods = RememberedFoods(diary)
    settle = chooser(diary, foods, defaults.ask)
    items = cache(lambda arguments: understand(arguments, settle))
    return _Reader(foods, items, timestamps(diary, defaults.now), defaults)


def _routines(diary: "Diary", texts: Iterable[str]) -> "Routines":
    if not _signed(texts):
        return {}
    from k2log.store.settings import held_routines

    return held_routines(diary)


def _parts(arguments: Sequence[str], routines: "Routines") -> "list[Part]":
    if not _signed(arguments):
        return [(arguments, None)]
    from k2log.diary.routines import parts_of

    return parts_of(arguments, routines)


def _signed(texts: Iterable[str]) -> bool:
    """Whether a routine may be named; what knows routines is loaded only then."""
    return any("@" in text for text in texts)


def _read(line: "Line | Wrong", routines: "Routines", reader: _Reader) -> "list[Planned] | Wrong":
    from k2log.diary.lines import Wrong

    if isinstance(line, Wrong):
        return line
    held = reader.defaults
    try:
        parts = _parts([line.items], routines)
        return _planned(parts, line.day or held.shared.day, line.at or held.at, reader)
    except K2logError as why:
        return Wrong(line.number, line.text, why)


def _look_up(foods: RememberedFoods, lists: Iterable[Sequence[str]]) -> None:
    """Look up all names that these may hold at once; what is wrong is said when it is read."""
    keys: set[str] = set()
    for arguments in lists:
        with suppress(UnreadableError):
            keys |= candidate_names(arguments)
    foods.named(keys)


def _planned(parts: "Sequence[Part]", day: date, at: time | None, reader: _Reader) -> list[Planned]:
    if len(parts) > 1:
        _look_up(reader.foods, (arguments for arguments, _ in parts))
    return [pair for part in parts for pair in _timed(part, day, at, reader)]


def _timed(part: "Part", day: date, at: time | None, reader: _Reader) -> Iterator[Planned]:
    arguments, routine = part
    defaults = reader.defaults
    shared = defaults.shared._replace(day=day, time=_time(routine, day, at, reader.timestamp))
    items = reader.items(tuple(arguments))
    check_plausible(items, shared.every_days, lambda question: defaults.yes or confirm(question))
    return ((item, shared) for item in items)


def _time(
    routine: "Routine | None", day: date, at: time | None, timestamp: Timestamp
) -> str | None:
    if at is not None:
        return timestamp(day, at)
    if routine is None or routine.at is None:
        return None
    try:
        return timestamp(day, routine.at)
    except UnreadableError:
        from k2log.diary.routines import RoutineAheadError

        raise RoutineAheadError(routine) from None
