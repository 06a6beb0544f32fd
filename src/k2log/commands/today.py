"""Bare ``k2log``: today so far."""

from pathlib import Path

from k2log import clock
from k2log.commands.output import emit
from k2log.commands.page import page
from k2log.paths import diary_path


def today(db: Path | None, plain: bool) -> None:
    """Print today so far; to a first-time user, what to try."""
    from k2log.store.diary import open_diary
    from k2log.store.totals import day_total, first_day
    from k2log.views.lines import today_text
    from k2log.views.welcome import NOTHING_TODAY, WELCOME

    path = diary_path(db)
    with open_diary(path, for_writing=False) as diary:
        day = diary.day_of(clock.now())
        entries, total = day_total(diary, day)
        started = bool(entries) or first_day(diary) is not None
    if entries:
        emit(today_text(total, f"today so far, {entries} entries", page(plain)))
    else:
        emit(NOTHING_TODAY if started else WELCOME)
