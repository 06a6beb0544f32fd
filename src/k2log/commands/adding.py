"""What ``k2log add`` does: understand, warn, log and show."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from io import BytesIO

from k2log import clock
from k2log.commands import refuse_unknown_options
from k2log.commands.asking import Questions, remember
from k2log.commands.output import diary_page, emit, note, page
from k2log.commands.planning import Defaults, planned_items, planned_lines
from k2log.commands.precautions import warnings_of
from k2log.diary.entry import Entry
from k2log.diary.uid import checked_uid, item_uid, new_uid
from k2log.diary.understanding import Circumstances, entry_of
from k2log.errors import UnreadableError
from k2log.grammar.days import day as read_day
from k2log.grammar.days import interval, time_of_day
from k2log.named_tuple import NamedTuple
from k2log.render.entries import MOST_DAYS, added_text, so_far, summary
from k2log.render.page import Text
from k2log.store.diary import Diary, open_diary
from k2log.store.editions import has_met_edition
from k2log.store.entries import add_entries, region_was_assumed
from k2log.store.totals import day_total
from k2log.text import clean, pasted, shown

PLACES = 4096  # that sort within a millisecond's uids
MOST_LISTED = 20


class Wish(NamedTuple):
    """The options of ``add``, as typed."""

    on: str | None
    at: str | None
    meal: str | None
    remark: str | None
    every: str | None
    uid: str | None
    dry_run: bool
    yes: bool
    as_json: bool


def add_items(
    path: str, items: Sequence[str], file: str | None, wish: Wish, *, plain: bool
) -> None:
    """Log items, or the lines of a file, in the diary of this path; all or none."""
    arguments, name = _arguments(items, file)
    uid = checked_uid(wish.uid) if wish.uid is not None else None
    rows = _lines(name) if name else []
    now = clock.now()
    with open_diary(path, create=not wish.dry_run) as diary:
        ask = Questions(offering=not wish.dry_run)
        defaults = _defaults(wish, diary, now, ask)
        if name:
            planned = planned_lines(diary, rows, defaults)
        else:
            planned = planned_items(diary, arguments, defaults)
        entries = [
            entry_of(item, shared, item_uid(uid, place, len(planned)) if uid else _uid(now, place))
            for place, (item, shared) in enumerate(planned)
        ]
        warned = warnings_of(diary, entries)
        assumed = dict.fromkeys(it.food.region for it, _ in planned if it.region_assumed)
        if assumed and not region_was_assumed(diary):
            warned = [*warned, _on_assumed_regions(assumed)]
        command = pasted("add", *(["--file", name] if name else " ".join(arguments).split()))
        remembered = remember(diary, ask, clock.utc(now))
        logged = entries if wish.dry_run else add_entries(diary, entries, command, retry=bool(uid))
        if wish.as_json:
            from k2log.render.json import entries_json  # for programs, which are few

            answer: Text = entries_json(logged)
        else:
            text = summary_text if name and len(logged) > MOST_LISTED else logged_text
            answer = text(diary, logged, now, plain=plain)
        news: Sequence[str] = ()
        if not wish.dry_run and not has_met_edition(diary.db):
            from k2log.commands.consequences import new_edition_lines  # once for each

            news = new_edition_lines(diary, page(plain))
    notes = (remark for item, _ in planned for remark in item.notes)
    for line in dict.fromkeys([*notes, *warned, *remembered, *news]):
        note(line)
    emit(answer, "" if wish.dry_run else done_text(logged))


def _on_assumed_regions(regions: Iterable[str | None]) -> str:
    places = " and of ".join("Europe" if region == "eu" else "the US" for region in regions)
    return (
        f"milk, bread and some dishes differ by country; those of {places} were taken. To have"
        " your own: k2log config set region uk (or eu, us, jp)"
    )


def _defaults(wish: Wish, diary: Diary, now: datetime, ask: Questions) -> Defaults:
    """Return what counts for items and lines that say nothing else."""
    today = diary.day_of(now)
    shared = Circumstances(
        day=read_day(wish.on, today) if wish.on else today,
        time=None,
        meal=clean(wish.meal, "meal", 60) if wish.meal else None,
        note=clean(wish.remark, "note") if wish.remark else None,
        every_days=interval(wish.every) if wish.every else 1,
        created=clock.utc(now),
    )
    return Defaults(shared, time_of_day(wish.at, now) if wish.at else None, now, wish.yes, ask)


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


def _lines(name: str) -> list[str]:
    """Return the lines of a file, or of stdin where it is "-". Raises UnreadableError."""
    from k2log.diary.lines import MOST_BYTES  # few commands read lines
    from k2log.files import text_lines

    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else open(name, "rb") as source:
            content = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot read {shown(name, 200)}: {error.strerror}.") from None
    if len(content) > MOST_BYTES:
        raise UnreadableError(f"more than {MOST_BYTES // 1_000_000} MB; log it in several files.")
    return list(text_lines(BytesIO(content)))


def _uid(now: datetime, place: int) -> str:
    """Return a new uid that sorts behind those of the places before, in a command of any length."""
    return new_uid(now + timedelta(milliseconds=place // PLACES), place)


def logged_text(diary: Diary, entries: Sequence[Entry], now: datetime, *, plain: bool) -> str:
    """Return a line an entry, and the sum of each day they are on."""
    today, days = diary.day_of(now), dict.fromkeys(entry.day for entry in entries)
    blocks, shown = [], diary_page(diary, plain, today)
    for day in days:
        of_day = [entry for entry in entries if entry.day == day]
        _, total = day_total(diary, day)
        label = so_far(day, today, logged=of_day[0].id is not None)
        blocks.append(added_text(of_day, total, label, shown))
    return "\n".join(blocks)


def summary_text(diary: Diary, entries: Sequence[Entry], now: datetime, *, plain: bool) -> str:
    """Return how many entries there are, and the sum of each day they are on."""
    days = sorted({entry.day for entry in entries})
    totals = {day: day_total(diary, day)[1] for day in days[:MOST_DAYS]}
    today = diary.day_of(now)
    shown = diary_page(diary, plain, today)
    return summary(entries, len(days), totals, today, shown)


def done_text(entries: Sequence[Entry]) -> str:
    """Return which entries were logged, for where the output is lost."""
    if len(entries) == 1:
        return f"entry {entries[0].id} was logged"
    if len(entries) > MOST_LISTED:
        return f"entries {entries[0].id}-{entries[-1].id} were logged"
    return f"entries {', '.join(str(entry.id) for entry in entries)} were logged"
