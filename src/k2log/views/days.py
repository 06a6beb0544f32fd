"""What a day means, and why: complete or not, in means or not."""

from collections.abc import Sequence
from typing import Final

from k2log.report.model import DayRow

MOST_DAYS: Final = 31
NOTHING_CHANGED: Final = "Nothing was changed.\n"


def days_text(rows: Sequence[DayRow]) -> str:
    """Return a line for each day; of many, only how many there are."""
    said = [f"{row.day:%a} {row.day.day} {row.day:%b} {row.day.year}: {_why(row)}" for row in rows]
    more = len(said) - MOST_DAYS
    left_out = [f"… and {more} more {'day' if more == 1 else 'days'}"] if more > 0 else []
    return "".join(f"{line}\n" for line in [*said[:MOST_DAYS], *left_out])


def _why(row: DayRow) -> str:
    entries = "1 entry" if row.entries == 1 else f"{row.entries} entries"
    if row.mark == "skipped":
        kept = f" Its {entries} are kept, not counted." if row.entries > 1 else ""
        kept = " Its entry is kept, not counted." if row.entries == 1 else kept
        return f"skipped. It was not tracked, and stays out of means.{kept}"
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
