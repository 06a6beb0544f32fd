"""``k2log caveats``: every remark on a window, whole, with its evidence and citations."""

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.commands.report import built_report
from k2log.commands.window import Day, From, Month, On, To, Week, Year, window
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def caveats(
    ctx: typer.Context,
    day: Day = False,
    week: Week = False,
    month: Month = False,
    year: Year = False,
    first: From = None,
    last: To = None,
    on: On = None,
) -> None:
    """Show every remark in full, with what it rests on."""
    from k2log.store.diary import open_diary
    from k2log.views.caveats import caveats_text

    now = clock.now()
    kinds = {"day": day, "week": week, "month": month, "year": year}
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        period = window(kinds, first, last, on, diary.day_of(now), default="week")
        built = built_report(diary, period, now)
    emit(caveats_text(built))
