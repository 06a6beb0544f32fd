"""``k2log add``: log what was eaten or swallowed."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.asking import chooser, confirm
from k2log.commands.completing import food_name
from k2log.commands.output import emit, note
from k2log.commands.page import page
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.diary.entry import Entry
    from k2log.diary.logging import Circumstances
    from k2log.store.diary import Diary

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"ignore_unknown_options": True})
def add(
    ctx: typer.Context,
    items: Annotated[
        list[str],
        typer.Argument(
            metavar="ITEMS...",
            autocompletion=food_name,
            help='natto 1tbsp · 2 eggs · "gouda 30g, d3 2000IU" · "half an avocado"',
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="yesterday, mon…sun, -3, 2026-11-19, 19 nov. Else today."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it was eaten: 08:30, 8am, now.")
    ] = None,
    meal: Annotated[str | None, typer.Option(metavar="NAME", help="breakfast, lunch, …")] = None,
    remark: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A remark.")] = None,
    every: Annotated[
        str | None, typer.Option(metavar="INTERVAL", help="How long a dose lasts: 7d, weekly.")
    ] = None,
    uid: Annotated[
        str | None, typer.Option(metavar="UID", help="Makes a retry safe: logged once only.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be logged, and log nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Log amounts that look like a slip, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Log food and supplements.

    Says what was understood, what it adds, and the day so far. All items are logged, or none.
    """
    from k2log.diary.logging import check_plausible, entry_of
    from k2log.diary.uid import checked_uid, given_uid, new_uid
    from k2log.diary.understanding import understand
    from k2log.store.diary import open_diary
    from k2log.views.entry_json import entries_json

    _refuse_options(items)
    uid = checked_uid(uid) if uid is not None else None
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db), for_writing=not dry_run) as diary:
        shared = _circumstances(diary, now, on, at, meal, remark, every)
        understood = understand(items, chooser(diary))
        check_plausible(understood, shared.every_days, lambda question: yes or confirm(question))
        entries = [
            entry_of(
                item, shared, given_uid(uid, place, len(understood)) if uid else new_uid(now, place)
            )
            for place, item in enumerate(understood)
        ]
        logged = entries if dry_run else _logged(diary, entries, items, retry=bool(uid))
        answer = entries_json(logged) if as_json else _said(diary, logged, now, ctx.obj.plain)
    for said in dict.fromkeys(said for item in understood for said in item.notes):
        note(said)
    emit(answer, "" if dry_run else _done(logged))


def _circumstances(
    diary: "Diary", now: datetime, on: str | None, at: str | None, meal: str | None,
    remark: str | None, every: str | None,
) -> "Circumstances":  # fmt: skip
    from k2log.diary.logging import Circumstances
    from k2log.diary.moment import clock_time
    from k2log.grammar.days import day, interval, time_of_day
    from k2log.grammar.text import clean

    today = diary.day_of(now)
    on_day = day(on, today) if on else today
    eaten = time_of_day(at, now) if at else None
    return Circumstances(
        day=on_day,
        time=clock_time(on_day, eaten, now, diary.day_starts, clock.local) if eaten else None,
        meal=clean(meal, "meal", 60) if meal else None,
        note=clean(remark, "note") if remark else None,
        every_days=interval(every) if every else 1,
        created=clock.utc(now),
    )


def _refuse_options(items: Sequence[str]) -> None:
    unknown = next((item for item in items if item.startswith("--")), None)
    if unknown:
        raise typer.BadParameter(f"no such option: {unknown[:40]}")


def _logged(
    diary: "Diary", entries: "Sequence[Entry]", items: Sequence[str], *, retry: bool
) -> "list[Entry]":
    from k2log.store.entries import add_entries

    return add_entries(diary, entries, f"add {' '.join(items)}", retry=retry)


def _said(diary: "Diary", entries: "Sequence[Entry]", now: datetime, plain: bool) -> str:
    from k2log.food.nutrients import HEADLINE
    from k2log.store.totals import day_total
    from k2log.views.lines import added_text, so_far

    day = entries[0].day
    _, total = day_total(diary, day, HEADLINE)
    label = so_far(day, diary.day_of(now), logged=entries[0].id is not None)
    return added_text(entries, total, label, page(plain))


def _done(entries: "Sequence[Entry]") -> str:
    if len(entries) == 1:
        return f"entry {entries[0].id} was logged"
    return f"entries {', '.join(str(entry.id) for entry in entries)} were logged"
