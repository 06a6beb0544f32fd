"""From what is to be logged, items or many lines of them, to what is understood and when."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from k2log import clock
from k2log.commands.asking import Questions, chooser, confirm
from k2log.commands.output import note
from k2log.commands.precautions import dose_limits
from k2log.diary.understanding import (
    Circumstances,
    Item,
    check_plausible,
    clock_time,
    understand,
)
from k2log.errors import K2logError, UnreadableError
from k2log.grammar.days import WEEKDAYS
from k2log.grammar.items import ROUTINE_SIGN, candidate_names, lookup_key, readings
from k2log.named_tuple import NamedTuple
from k2log.store.diary import Diary
from k2log.store.foods import RememberedFoods

if TYPE_CHECKING:
    from k2log.diary.routines import Part, Routines
    from k2log.grammar.moments import Moment

_WHEN = frozenset(
    {"today", "yesterday", "tomorrow", "tonight", "at", "for", "on", "last", "this", *WEEKDAYS}
)
Planned = tuple[Item, Circumstances]
Timestamp = Callable[[date, time], str]


class Defaults(NamedTuple):
    """What holds for items that do not say otherwise; ``shared`` has no time yet."""

    shared: Circumstances
    at: time | None
    now: datetime
    yes: bool
    ask: Questions


class Planner:
    """Reads items by the foods, settings and routines of a diary; each food is looked up once."""

    def __init__(self, diary: Diary, defaults: Defaults, texts: Iterable[str]) -> None:
        """Take all that will be read, so that routines are fetched only where one may be named."""
        self.defaults = defaults
        self.foods = RememberedFoods(diary)
        settle = chooser(diary, self.foods, defaults.ask)
        self.items = cache(lambda arguments: understand(arguments, settle))
        self.limits = cache(lambda day: dose_limits(diary, day))
        self.timestamp = timestamps(diary, defaults.now)
        self.routines: Routines = {}
        if any(ROUTINE_SIGN in text for text in texts):
            from k2log.store.routines import all_routines  # 1 ms that few lines need

            self.routines = all_routines(diary)

    def look_up(self, lists: Iterable[Sequence[str]]) -> None:
        """Look up all names that these may hold at once; what is wrong is said when it is read."""
        keys: set[str] = set()
        for arguments in lists:
            with suppress(UnreadableError):
                keys |= candidate_names(arguments)
        self.foods.named(keys)

    def plan(
        self, arguments: Sequence[str], day: date, at: time | None, meal: str | None = None
    ) -> list[Planned]:
        """Return the items of an argument list, those of its @routines too, with day and time.

        Raises what reading raises, and RoutineAheadError for a routine whose time is to come.
        """
        parts: list[Part] = [(arguments, None)]
        if any(ROUTINE_SIGN in argument for argument in arguments):
            from k2log.diary.routines import parts_of

            parts = parts_of(arguments, self.routines)
        if len(parts) > 1:
            self.look_up(words for words, _ in parts)
        planned: list[Planned] = []
        for words, routine in parts:
            moment = self.timestamp(day, at) if at is not None else None
            if at is None and routine and routine.at is not None:
                try:
                    moment = self.timestamp(day, routine.at)
                except UnreadableError:
                    from k2log.diary.routines import RoutineAheadError

                    raise RoutineAheadError(routine) from None
            shared = self.defaults.shared
            shared = shared._replace(day=day, time=moment, meal=meal or shared.meal)
            items = self.items(tuple(words))
            check_plausible(
                items,
                shared.every_days,
                lambda it: self.defaults.yes or confirm(it),
                self.limits(day),
            )
            planned += [(item, shared) for item in items]
        return planned


def planned_items(diary: Diary, arguments: Sequence[str], defaults: Defaults) -> list[Planned]:
    """Return the items of a command line, those of its @routines too.

    It may say when it was eaten as a line of a file does: ``natto yesterday``, ``lunch: 2 eggs``.
    """
    planner = Planner(diary, defaults, arguments)
    if _may_say_when(arguments):
        from k2log.grammar.moments import Reader  # few lines do

        reader = Reader(defaults.now, diary.day_of(defaults.now))
        moment, items = reader.among(arguments)
        if any(moment) and not planner.foods.named(_names(arguments, items)):
            arguments, planner.defaults = items, _said(moment, defaults, reader.today)
            if not items:
                raise UnreadableError('what was eaten then? For example: k2log add "2 eggs" mon')
    day, at = planner.defaults.shared.day, planner.defaults.at
    return planner.plan(arguments, day, at)


def _may_say_when(arguments: Sequence[str]) -> bool:
    """Whether words may hold a day, a time or a meal; most items hold none."""
    return any(
        word in _WHEN
        or word[-1] == ":"
        or (word[0].isdigit() and (word[-1] in "mh" or ":" in word or word.count("-") == 2))
        for argument in arguments
        for word in argument.lower().split()
    )


def _names(arguments: Sequence[str], items: Sequence[str]) -> set[str]:
    """Return the keys of the names that the arguments may hold, but the items without when do not.

    An own food may be called "friday curry".
    """
    text = " ".join(arguments)
    left_out = {*text.split()} - {*" ".join(items).split()}
    return {
        lookup_key(reading.food) for reading in readings(text) if left_out & {*reading.food.split()}
    }


def _said(moment: "Moment", defaults: Defaults, today: date) -> Defaults:
    """Return what holds where the items say when. Raises UnreadableError where options differ."""
    shared = defaults.shared
    options = {"on": shared.day if shared.day != today else None, "at": defaults.at}
    for option, said in (("on", moment.day), ("at", moment.at)):
        given = options[option]
        if said is not None and given is not None and said != given:
            raise UnreadableError(f"--{option} says {given}, the items {said}: give one of them")
    day, meal = moment.day or shared.day, shared.meal or moment.meal
    return defaults._replace(
        shared=shared._replace(day=day, meal=meal), at=moment.at or defaults.at
    )


def planned_lines(diary: Diary, rows: Iterable[str], defaults: Defaults) -> list[Planned]:
    """Return the items of many lines. Raises WrongLinesError, after saying what is wrong."""
    from k2log.diary.lines import (  # few do
        MOST_WRONG,
        TypedLine,
        WrongLine,
        WrongLinesError,
        read_lines,
    )

    lines = list(read_lines(rows, defaults.now, diary.day_of(defaults.now)))
    if not lines:
        raise UnreadableError("there is nothing to log in these lines.")
    planner = Planner(diary, defaults, [line.text for line in lines])
    planner.look_up([line.items] for line in lines if isinstance(line, TypedLine))
    planned: list[Planned] = []
    wrong: list[WrongLine] = []
    for line in lines:
        if isinstance(line, WrongLine):
            wrong.append(line)
        else:
            day, at = line.day or defaults.shared.day, line.at or defaults.at
            try:
                planned += planner.plan([line.items], day, at, line.meal)
            except K2logError as why:
                wrong.append(WrongLine(line.number, line.text, why))
        if len(wrong) == MOST_WRONG:
            break
    if wrong:
        for each in wrong:
            note(str(each))
        raise WrongLinesError(wrong)
    return planned


def timestamps(diary: Diary, now: datetime) -> Timestamp:
    """Return what makes the local timestamp of a time on a diary day."""

    def local(naive: datetime) -> datetime:
        # What is typed as now is now, in either of the hours that the clocks repeat in autumn.
        this_minute = now.replace(second=0, microsecond=0)
        return this_minute if naive == this_minute.replace(tzinfo=None) else clock.local(naive)

    return lambda day, at: clock_time(day, at, now, diary.day_starts, local)
