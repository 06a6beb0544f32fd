"""``k2log log``: the entries themselves."""

from itertools import chain
from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import diary_page, emit
from k2log.commands.window import WindowOptions, with_window
from k2log.paths import diary_path
from k2log.render.entries import log_text, nothing_logged
from k2log.render.json import entries_json
from k2log.store.diary import open_diary
from k2log.store.entries import entries_between

app = App()


@app.command()
@with_window
def log(
    ctx: Context,
    *,
    window: WindowOptions,
    as_json: Annotated[bool, Option("--json", help="As JSON, the shape of add --json.")] = False,
) -> None:
    """Show entries with their ids: today, or a window."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        period = window.period(diary.day_of(clock.now()), "day")
        entries = entries_between(diary, *period)
        if as_json:
            emit(entries_json(entries))
        else:
            shown = diary_page(diary, ctx.obj.plain, period.first)
            days = log_text(entries, shown)
            emit(chain([next(days, nothing_logged(period))], days))
