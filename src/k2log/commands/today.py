"""Bare ``k2log``: today so far.

What a first-time user reads.
"""

from pathlib import Path

from k2log import clock
from k2log.commands.output import diary_page, emit
from k2log.paths import diary_path
from k2log.render.entries import totals_text
from k2log.store.diary import open_diary
from k2log.store.totals import day_total, first_day
from k2log.text import count

WELCOME = """\
k2log keeps a diary of calcium, vitamin D3 and vitamin K2. It is empty so far.
Three commands to try:

    k2log add natto 1tbsp        logs it, and says what it understood
    k2log add "2 eggs, d3 2000IU"
    k2log report --week          totals, ranges and what is unknown

Help: k2log --help
"""

NOTHING_TODAY = "Nothing logged today. For example: k2log add gouda 30g\n"
"""What is said on a day without entries."""


def today(db: Path | None, plain: bool) -> None:
    """Print today so far; to a first-time user, what to try."""
    path = diary_path(db)
    with open_diary(path) as diary:
        day = diary.day_of(clock.now())
        entries, total = day_total(diary, day)
        shown = diary_page(diary, plain, day)
        started = bool(entries) or first_day(diary) is not None
    if entries:
        title = f"today so far, {count(entries, 'entry', 'entries')}"
        emit(totals_text([(title, total)], shown))
    else:
        emit(NOTHING_TODAY if started else WELCOME)
