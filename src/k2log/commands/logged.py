"""What is said of entries that were logged: the entries, or their number, and the days so far."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from k2log.commands.page import page

if TYPE_CHECKING:
    from k2log.diary.entry import Entry
    from k2log.store.diary import Diary

MOST_LISTED: Final = 20


def logged_text(diary: "Diary", entries: "Sequence[Entry]", now: datetime, *, plain: bool) -> str:
    """Return a line an entry, and the sum of each day they are on."""
    from k2log.store.totals import day_total
    from k2log.views.lines import added_text, so_far

    today, days = diary.day_of(now), dict.fromkeys(entry.day for entry in entries)
    blocks = []
    for day in days:
        of_day = [entry for entry in entries if entry.day == day]
        _, total = day_total(diary, day)
        label = so_far(day, today, logged=of_day[0].id is not None)
        blocks.append(added_text(of_day, total, label, page(plain)))
    return "\n".join(blocks)


def summary_text(diary: "Diary", entries: "Sequence[Entry]", now: datetime, *, plain: bool) -> str:
    """Return how many entries there are, and the sum of each day they are on."""
    from k2log.store.totals import day_total
    from k2log.views.many import MOST_DAYS, summary

    days = sorted({entry.day for entry in entries})
    totals = {day: day_total(diary, day)[1] for day in days[:MOST_DAYS]}
    return summary(entries, len(days), totals, diary.day_of(now), page(plain))


def done(entries: "Sequence[Entry]") -> str:
    """Return what was done, for where the output is lost."""
    if len(entries) == 1:
        return f"entry {entries[0].id} was logged"
    if len(entries) > MOST_LISTED:
        return f"entries {entries[0].id}-{entries[-1].id} were logged"
    return f"entries {', '.join(str(entry.id) for entry in entries)} were logged"
