"""``k2log day``: what days mean, complete or not tracked, and why."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from k2log import clock
from k2log.commands import refuse_unknown_options
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit
from k2log.diary.days import DayRow, by_day, every_day
from k2log.errors import UnreadableError
from k2log.features.day.store import mark_days
from k2log.grammar.days import day as read_day
from k2log.grammar.days import days
from k2log.paths import diary_path
from k2log.store.diary import Diary, open_diary
from k2log.store.totals import day_marks, day_parts
from k2log.text import count, pasted

MOST_DAYS: Final = 31
NOTHING_CHANGED: Final = "Nothing was changed.\n"


def days_text(rows: Sequence[DayRow]) -> str:
    """Return a line for each day; of many, only how many there are."""
    lines = [
        f"{row.day:%a} {row.day.day} {row.day:%b} {row.day.year}: {_meaning(row)}"
        for row in rows[:MOST_DAYS]
    ]
    if len(rows) > MOST_DAYS:
        lines.append(f"… and {count(len(rows) - MOST_DAYS, 'more day', 'more days')}")
    return "".join(f"{line}\n" for line in lines)


def _meaning(row: DayRow) -> str:
    """Return whether a day is complete, if it counts in means, and why."""
    entries = count(row.entries, "entry", "entries")
    if row.mark == "skipped":
        verb = "entry is" if row.entries == 1 else f"{entries} are"
        rest = f" Its {verb} kept, not counted." if row.entries else ""
        return f"skipped. It was not tracked, and stays out of means.{rest}"
    if row.mark == "complete" and not row.entries:
        return (
            "complete, with nothing logged: you took none, a true zero in means."
            f" If it was not tracked: k2log day skip {row.day}"
        )
    if row.mark == "complete":
        return f"complete, {entries}. You marked it so; it counts in means."
    if row.mark == "incomplete" and not row.entries:
        return "marked incomplete, and nothing is logged. It stays out of means."
    return _UNMARKED[row.status].format(entries=entries, day=row.day)


_UNMARKED: Final = {
    "incomplete": "incomplete, {entries}. You marked it so; it stays out of means.",
    "empty": "empty. Nothing is logged: unknown, not zero, and out of means.",
    "so far": "so far, {entries}. Today is out of means until it is over or marked complete.",
    "supplements-only": (
        "supplements only, {entries}. Without food it is not taken as complete, and is out of"
        " means. If that was all: k2log day complete {day}"
    ),
    "complete": "complete, {entries}. It is over and has food; it counts in means.",
}


_MOST_DAYS: Final = 366


app = App(
    otherwise="show", invoke_without_command=True, context_settings={"ignore_unknown_options": True}
)

Words = Annotated[
    list[str] | None,
    Argument(metavar="[DAY...]", help="yesterday, mon tue, -3, 2026-11-19. Else today."),
]
From = Annotated[str | None, Option("--from", metavar="DAY", help="All days from this one on.")]
To = Annotated[str | None, Option("--to", metavar="DAY", help="Up to this one. Else today.")]
_WORDS = {"ignore_unknown_options": True}


@app.callback()
def day(ctx: Context) -> None:
    """Say whether a day is complete, or not tracked.

    Only complete days are in means. Alone: what today is.
    """
    if ctx.invoked_subcommand is None:
        _show(ctx, [])


@app.command(context_settings=_WORDS)
def show(ctx: Context, days: Words = None, first: From = None, last: To = None) -> None:
    """Say what days are, and why."""
    _show(ctx, days or [], first, last)


@app.command(context_settings=_WORDS)
def complete(ctx: Context, days: Words = None, first: From = None, last: To = None) -> None:
    """All that was eaten is logged: the day counts in means, today too.

    On a day with nothing logged it says that you took none: a true zero.
    """
    _mark(ctx, "complete", days or [], first, last)


@app.command(context_settings=_WORDS)
def incomplete(ctx: Context, days: Words = None, first: From = None, last: To = None) -> None:
    """Not all was logged: the day stays out of means."""
    _mark(ctx, "incomplete", days or [], first, last)


@app.command(context_settings=_WORDS)
def skip(ctx: Context, days: Words = None, first: From = None, last: To = None) -> None:
    """Not tracked: the day stays out of means, and its entries are not counted."""
    _mark(ctx, "skipped", days or [], first, last)


@app.command(context_settings=_WORDS)
def clear(ctx: Context, days: Words = None, first: From = None, last: To = None) -> None:
    """Take the mark of a day away."""
    _mark(ctx, None, days or [], first, last)


def _show(
    ctx: Context, words: Sequence[str], first: str | None = None, last: str | None = None
) -> None:
    with open_diary(diary_path(ctx.obj.db)) as diary, diary.snapshot():
        today = diary.day_of(clock.now())
        rows = _rows(diary, _days(words, first, last, today), today)
    emit(days_text(rows))


def _mark(
    ctx: Context,
    status: str | None,
    words: Sequence[str],
    first: str | None,
    last: str | None,
) -> None:
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db), create=status is not None) as diary:
        today = diary.day_of(now)
        days = _days(words, first, last, today)
        options = [*(["--from", first] if first else []), *(["--to", last] if last else [])]
        command = pasted("day", ctx.info_name or "", *words, *options)
        changed = mark_days(diary, days, status, command, clock.utc(now))
        text = days_text(_rows(diary, days, today))
    emit(f"{'' if changed else NOTHING_CHANGED}{text}", "the days were marked" if changed else "")


def _days(words: Sequence[str], first: str | None, last: str | None, today: date) -> list[date]:
    """Return the days named, or all from one to another. Raises UnreadableError."""
    refuse_unknown_options(words)
    if words and not "".join(words).strip():
        raise UnreadableError("the day is empty: write yesterday, mon, 2026-11-19, or leave it out")
    if not first and not last:
        return days(words, today) or [today]
    if words or not first:
        raise UnreadableError("give either days, or --from and --to: k2log day skip --from -7")
    start, end = read_day(first, today), read_day(last, today) if last else today
    if end < start:
        raise UnreadableError(f"{start} comes after {end}: swap the two days.")
    if (end - start).days >= _MOST_DAYS:
        raise UnreadableError(f"more than {_MOST_DAYS} days; take fewer at once.")
    return [date.fromordinal(place) for place in range(start.toordinal(), end.toordinal() + 1)]


def _rows(diary: Diary, days: Sequence[date], today: date) -> list[DayRow]:
    span = days[0], days[-1]
    marks = day_marks(diary, *span)
    logged = by_day(day_parts(diary, *span), marks, today)
    return every_day(days, logged, marks, today)
