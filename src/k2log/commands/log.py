"""``k2log log``: the entries themselves."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import diary_page, emit
from k2log.commands.window import When, WindowOptions, with_window
from k2log.errors import UnreadableError
from k2log.paths import diary_path
from k2log.render.entries import log_text, nothing_logged
from k2log.render.json import entries_json
from k2log.report.period import Period
from k2log.store.diary import open_diary
from k2log.store.entries import entries_between
from k2log.text import pasted

app = App()


@app.command(examples=("log", "log yesterday", "log --week"))
@with_window
def log(
    ctx: Context,
    *,
    when: When = None,
    window: WindowOptions,
    as_json: Annotated[bool, Option("--json", help="As JSON, the shape of add --json.")] = False,
) -> None:
    """Show entries with their ids.

    Those of today, or of the days you choose.
    """
    with open_diary(diary_path(ctx.obj.db)) as diary:
        period = _period(window, diary.day_of(clock.now()), when or [])
        entries = entries_between(diary, *period)
        if as_json:
            emit(entries_json(entries))
        else:
            shown = diary_page(diary, ctx.obj.plain, period.first)
            days = log_text(entries, shown)
            emit(chain([next(days, nothing_logged(period))], days))


def _period(window: WindowOptions, today: date, when: Sequence[str]) -> Period:
    """Return the days to show. Raises UnreadableError, for food too: ``log natto 1tbsp``."""
    try:
        return window.period(today, "day", when)
    except UnreadableError as error:
        if not when or type(error) is UnreadableError:
            raise
        typed = pasted("k2log", "add", *" ".join(when).split())
        raise UnreadableError(f"{error}. To log food: {typed}") from None
