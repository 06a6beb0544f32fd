"""Bare ``k2log``: the entries of today, their sums, and what is due to be careful about."""

from collections.abc import Sequence

from k2log import clock
from k2log.commands.output import diary_page, emit
from k2log.diary.entry import Entry
from k2log.paths import diary_path
from k2log.render.entries import today_text
from k2log.store.diary import Diary, open_diary
from k2log.store.totals import entries_counting_on, first_day

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


def today(db: str | None, plain: bool) -> None:
    """Print today so far; to a first-time user, what to try."""
    with open_diary(diary_path(db)) as diary:
        day = diary.day_of(clock.now())
        counting = entries_counting_on(diary, day)
        logged = [entry for entry in counting if entry.day == day]
        if logged:
            warned = _warned(diary, logged)
            text = today_text(day, counting, warned, diary_page(diary, plain, day))
        else:
            text = NOTHING_TODAY if first_day(diary) is not None else WELCOME
    emit(text)


def _warned(diary: Diary, entries: Sequence[Entry]) -> Sequence[str]:
    """Return the warnings that entries give rise to, if the profile has any to give."""
    if "profile" not in diary.settings.stored:
        return ()
    from k2log.commands.precautions import warnings_of

    return warnings_of(diary, entries)
