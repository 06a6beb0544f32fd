"""``k2log add``: log what was eaten or swallowed."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.completing import loggable
from k2log.commands.output import emit, note
from k2log.errors import UnreadableError
from k2log.paths import diary_path
from k2log.text import pasted

if TYPE_CHECKING:
    from k2log.commands.asking import Questions
    from k2log.commands.planning import Defaults, Planned
    from k2log.diary.entry import Entry
    from k2log.render.page import Text
    from k2log.store.diary import Diary

ONE_DAY = timedelta(days=1)
PLACES = 4096  # that sort within a millisecond's uids

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"ignore_unknown_options": True})
def add(
    ctx: typer.Context,
    items: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ITEMS...",
            autocompletion=loggable,
            help='natto 1tbsp · 2 eggs · "gouda 30g, d3 2000IU" · "half an avocado" · @routine',
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Lines of items from a file; - (or ITEMS -) is stdin."),
    ] = None,
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

    A line of a file is ITEMS, behind a day, a time or both if it needs them: 2026-11-19 08:30 2
    eggs, or yesterday: natto 1tbsp. A day alone is that of the lines below it. Where a line does
    not say, the options count.
    """
    from k2log.commands.asking import Questions, remember
    from k2log.commands.output import MOST_LISTED, done, logged_text, summary_text
    from k2log.commands.planning import planned_items, planned_lines
    from k2log.diary.uid import checked_uid
    from k2log.store.diary import open_diary
    from k2log.store.entries import add_entries

    arguments, name = _arguments(items or [], file)
    uid = checked_uid(uid) if uid is not None else None
    rows = _rows(name) if name else []
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db), create=not dry_run) as diary:
        ask = Questions(offering=not dry_run)
        defaults = _defaults(diary, now, on, at, meal, remark, every, yes, ask)
        if name:
            planned = planned_lines(diary, rows, defaults)
        else:
            planned = planned_items(diary, arguments, defaults)
        entries = _entries(planned, uid, now)
        warned = warnings_of(diary, entries)
        command = pasted("add", *(["--file", name] if name else " ".join(arguments).split()))
        remembered = remember(diary, ask, clock.utc(now))
        logged = entries if dry_run else add_entries(diary, entries, command, retry=bool(uid))
        if as_json:
            from k2log.render.json import entries_json

            answer: Text = entries_json(logged)
        else:
            text = summary_text if name and len(logged) > MOST_LISTED else logged_text
            answer = text(diary, logged, now, plain=ctx.obj.plain)
    notes = (said for item, _ in planned for said in item.notes)
    for said in dict.fromkeys([*notes, *warned, *remembered]):
        note(said)
    emit(answer, "" if dry_run else done(logged))


def _arguments(items: Sequence[str], file: str | None) -> tuple[Sequence[str], str | None]:
    """Return the items typed and the file to read, one of which there is."""
    refuse_unknown_options(items)
    if file is None:
        file = "-" if list(items) == ["-"] else None
    elif items:
        raise UnreadableError("give either items or --file, not both.")
    if not items and file is None:
        raise UnreadableError("what is to be logged? For example: k2log add natto 1tbsp")
    return items, file


def refuse_unknown_options(words: Sequence[str]) -> None:
    """Refuse words that look like options, where words may begin with one dash."""
    unknown = next((word for word in words if word.startswith("--")), None)
    if unknown:
        raise typer.BadParameter(f"no such option: {unknown[:40]}")


def _rows(name: str) -> "list[str]":
    """Return the lines of a file, or of stdin. Raises UnreadableError."""
    from io import BytesIO

    from k2log.diary.lines import MOST_BYTES
    from k2log.files import text_lines
    from k2log.text import shown

    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as source:
            held = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot read {shown(name, 200)}: {error.strerror}.") from None
    if len(held) > MOST_BYTES:
        raise UnreadableError(f"more than {MOST_BYTES // 1_000_000} MB; log it in several files.")
    return list(text_lines(BytesIO(held)))


def _defaults(
    diary: "Diary", now: datetime, on: str | None, at: str | None, meal: str | None,
    remark: str | None, every: str | None, yes: bool, ask: "Questions",
) -> "Defaults":  # fmt: skip
    from k2log.commands.planning import Defaults
    from k2log.diary.understanding import Circumstances
    from k2log.grammar.days import day, interval, time_of_day
    from k2log.text import clean

    today = diary.day_of(now)
    shared = Circumstances(
        day=day(on, today) if on else today,
        time=None,
        meal=clean(meal, "meal", 60) if meal else None,
        note=clean(remark, "note") if remark else None,
        every_days=interval(every) if every else 1,
        created=clock.utc(now),
    )
    return Defaults(shared, time_of_day(at, now) if at else None, now, yes, ask)


def _entries(planned: "Sequence[Planned]", uid: str | None, now: datetime) -> "list[Entry]":
    from k2log.diary.uid import given_uid, new_uid
    from k2log.diary.understanding import entry_of

    def uid_at(place: int) -> str:
        if uid:
            return given_uid(uid, place, len(planned))
        return new_uid(now + timedelta(milliseconds=place // PLACES), place)

    return [entry_of(item, shared, uid_at(place)) for place, (item, shared) in enumerate(planned)]


def warnings_of(diary: "Diary", new: "Sequence[Entry]") -> list[str]:
    """Return the warnings that entries about to be logged give rise to, if the profile has any."""
    if diary.settings.document("profile") is None:
        return []
    from k2log.store.settings import held_profile

    profile = held_profile(diary)
    if not profile.medicines:
        return []
    from k2log.report.notes import line
    from k2log.science.rules import warnings
    from k2log.store.totals import telling_entries

    span = (min(it.day for it in new) - ONE_DAY, max(it.day for it in new) + ONE_DAY)
    around, _ = telling_entries(diary, [span], span[0], foods=True)
    return [line(finding) for finding in warnings(new, around, profile)]
