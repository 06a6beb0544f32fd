"""Many entries logged at once: how many, on which days, and what each day holds now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from k2log.diary.entry import Entry
from k2log.food.amount import Amount
from k2log.views.lines import so_far, totals_text
from k2log.views.page import Page

MOST_DAYS: Final = 31


def summary(
    entries: Sequence[Entry],
    days: int,
    totals: Mapping[date, Mapping[str, Amount]],
    today: date,
    page: Page,
) -> str:
    """Return one line about the entries, and the sums of their first days under each other."""
    logged = entries[0].id is not None
    labelled = [(so_far(day, today, logged=logged), total) for day, total in totals.items()]
    on = "1 day" if days == 1 else f"{days} days"
    said = f"were logged: {entries[0].id}-{entries[-1].id}" if logged else "would be logged"
    more = days - len(totals)
    left_out = f"… and {more} more {'day' if more == 1 else 'days'}\n" if more else ""
    return f"{len(entries)} entries on {on} {said}\n{totals_text(labelled, page)}{left_out}"
