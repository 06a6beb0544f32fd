"""``k2log repeat``: log again what was logged before."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from k2log import clock
from k2log.commands import refuse_unknown_options
from k2log.commands.adding import done_text, logged_text
from k2log.commands.asking import chooser, confirm
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.edit import selected
from k2log.commands.output import emit, note
from k2log.commands.planning import timestamps
from k2log.commands.precautions import dose_limits, warnings_of
from k2log.diary.editing import Repeat, copy_of, ids_or_day, of_meal, remarks_on, repeat_of
from k2log.diary.entry import Entry
from k2log.diary.uid import new_uid
from k2log.diary.understanding import check_plausible
from k2log.errors import UnreadableError
from k2log.food.plausible import DoseLimits
from k2log.grammar.days import day, time_of_day
from k2log.grammar.ids import Span
from k2log.paths import diary_path
from k2log.render.json import entries_json
from k2log.store.diary import Diary, open_diary
from k2log.store.entries import add_entries, entries_between
from k2log.store.foods import RememberedFoods
from k2log.text import pasted

app = App()


@app.command(
    context_settings={"ignore_unknown_options": True},
    examples=("repeat yesterday", "repeat yesterday --meal breakfast", "repeat 1-2"),
)
def repeat(
    ctx: Context,
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="DAY | ID...", help="yesterday, mon, -3, 2026-11-19; or entries: 41 45-47"
        ),
    ] = None,
    on: Annotated[
        str | None, Option(metavar="DAY", help="The day to log it on. Else today.")
    ] = None,
    at: Annotated[
        str | None, Option(metavar="TIME", help="When it was eaten: 08:30, 8am, now.")
    ] = None,
    meal: Annotated[str | None, Option(metavar="MEAL", help="Only this meal of the day.")] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would be logged, and log nothing.")
    ] = False,
    yes: Annotated[
        bool, Option("--yes", "-y", help="Log amounts that look like a slip, too.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Log a day, a meal or single entries again.

    Food, amount and meal are the same, the figures today's. Time and note are not copied.
    """
    words = words or []
    refuse_unknown_options(words)
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary:
        today = diary.day_of(now)
        originals = _entries_meant(diary, ids_or_day(words, today), meal, yes=yes)
        target = day(on, today) if on else today
        repeats = _by_todays_figures(diary, originals, dose_limits(diary, target), yes=yes)
        time = timestamps(diary, now)(target, time_of_day(at, now)) if at else None
        entries = [
            copy_of(each, target, time, new_uid(now, place), clock.utc(now))
            for place, each in enumerate(repeats)
        ]
        warned = warnings_of(diary, entries)
        typed = pasted("repeat", *words, *(["--meal", meal] if meal else []))
        logged = entries if dry_run else add_entries(diary, entries, typed)
        text = "" if as_json else logged_text(diary, logged, now, plain=ctx.obj.plain)
    for line in dict.fromkeys([*(line for it in repeats for line in remarks_on(it)), *warned]):
        note(line)
    emit(entries_json(logged) if as_json else text, "" if dry_run else done_text(logged))


def _entries_meant(
    diary: Diary, source: list[Span] | date, meal: str | None, *, yes: bool
) -> list[Entry]:
    """Return the entries of a day, of one meal of it, or of ids. Raises UnreadableError."""
    if isinstance(source, date):
        return of_meal([*entries_between(diary, source, source)], source, meal)
    if meal is not None:
        raise UnreadableError("--meal chooses among the entries of a day; leave it out with ids.")
    return selected(diary, source, "logged again", yes=yes)


def _by_todays_figures(
    diary: Diary, entries: Sequence[Entry], limits: DoseLimits, *, yes: bool
) -> list[Repeat]:
    """Return what is to be logged again; ask about amounts that look like a slip."""
    foods = RememberedFoods(diary)
    foods.named(f"food:{entry.food_key}" for entry in entries if entry.food_key)
    settle = chooser(diary, foods)
    repeats = [repeat_of(entry, settle) for entry in entries]
    for entry, item in repeats:
        if item:
            check_plausible([item], entry.every_days, lambda it: yes or confirm(it), limits)
    return repeats
