"""What a change of foods means for entries that are logged: said at once, done on request."""

from collections.abc import Iterator, Sequence

from k2log import clock
from k2log.diary.recalculation import Consequences, consequences, recalculate
from k2log.food.food import EDITION
from k2log.nutrients import HEADLINE
from k2log.render.edits import difference_lines, differences
from k2log.render.page import Page
from k2log.report.period import period
from k2log.store.diary import Diary
from k2log.store.editions import meet_edition
from k2log.store.recalculations import WorkOut, ids_between, recalculations
from k2log.text import count, pasted


def consequences_lines(
    diary: Diary,
    ids: Sequence[int],
    options: Sequence[str],
    page: Page,
    work_out: WorkOut = recalculate,
) -> list[str]:
    """Return what working these entries out again would change; nothing where it changes none.

    ``options`` are those of ``k2log recalculate`` that do it.
    """
    found = consequences(recalculations(diary, ids, work_out), diary.day_of(clock.now()))
    if not found.entries:
        return []
    return [
        f"{count(found.entries, 'entry holds', 'entries hold')} the figures of before.",
        *_windows(found, page),
        f"To have those of now in them: {pasted('k2log', 'recalculate', *options)}",
    ]


def new_edition_lines(diary: Diary, page: Page) -> list[str]:
    """Return what an edition of the foods that the diary has not met changes this month.

    From then on the diary has met it.
    """
    now = clock.now()
    month = period("month", diary.day_of(now))
    lines = consequences_lines(diary, ids_between(diary, month), ["--month"], page)
    with diary.writing() as db:
        meet_edition(db, clock.utc(now))
    return [f"k2log has new figures of foods (edition {EDITION}).", *lines] if lines else []


def _windows(found: Consequences, page: Page) -> Iterator[str]:
    """Yield what they come to in the last days, before and after."""
    windows = {"this week": found.week, "this month": found.month}
    if found.week == found.month:
        windows = {"this week and month": found.week}
    for window, (before, after) in windows.items():
        lines = difference_lines(differences(before, after, page, HEADLINE), page)
        if lines:
            yield f"  They come to, {window}:"
            yield from lines
