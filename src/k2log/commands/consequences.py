"""What a change of foods means for entries that are logged: said at once, done on request."""

from collections.abc import Iterator, Sequence

from k2log import clock
from k2log.commands.output import note
from k2log.diary.recalculation import Consequences, consequences, recalculate
from k2log.nutrients import HEADLINE
from k2log.render.edits import difference_lines, differences
from k2log.render.page import Page
from k2log.store.diary import Diary
from k2log.store.recalculations import WorkOut, recalculations
from k2log.text import count, pasted


def note_consequences(
    diary: Diary,
    ids: Sequence[int],
    options: Sequence[str],
    page: Page,
    work_out: WorkOut = recalculate,
) -> None:
    """Say what working these entries out again would change; nothing where it changes none.

    ``options`` are those of ``k2log recalculate`` that do it.
    """
    found = consequences(recalculations(diary, ids, work_out), diary.day_of(clock.now()))
    if not found.entries:
        return
    note(f"{count(found.entries, 'entry holds', 'entries hold')} the figures of before.")
    for line in _windows(found, page):
        note(line)
    note(f"To have those of now in them: {pasted('k2log', 'recalculate', *options)}")


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
