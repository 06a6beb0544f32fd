"""``k2log report``: totals, means, ranges and what is unknown."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note
from k2log.commands.page import page
from k2log.commands.window import Day, From, Month, On, To, Week, Year, window
from k2log.paths import diary_path
from k2log.views.page import Page

if TYPE_CHECKING:
    from k2log.report.model import Period, Report
    from k2log.store.diary import Diary

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """The forms a report can take."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


@app.command()
def report(
    ctx: typer.Context,
    day: Day = False,
    week: Week = False,
    month: Month = False,
    year: Year = False,
    first: From = None,
    last: To = None,
    on: On = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every nutrient, not only calcium, D3 and K2.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a new file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Show totals, means, ranges and what is unknown.

    Over 7 days, unless you say otherwise. Means are over complete days; today is shown apart.
    """
    from k2log.store.diary import open_diary
    from k2log.views.report import render

    now = clock.now()
    kinds = {"day": day, "week": week, "month": month, "year": year}
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        period = window(kinds, first, last, on, diary.day_of(now), default="week")
        built = built_report(diary, period, now)
    text = render(
        built,
        "json" if as_json else form.value,
        all_nutrients=every,
        page=Page(None, ctx.obj.plain) if output else page(ctx.obj.plain),
    )
    if output:
        _save(output, text, force=force, keep=diary_path(ctx.obj.db))
    else:
        emit(text)


def _save(output: Path, text: str, *, force: bool, keep: Path) -> None:
    from k2log.transfer.files import whole_file

    with whole_file(output, force=force, keep=keep) as file:
        file.write(text.encode())
    note(f"the report is in {output}")


def built_report(diary: "Diary", period: "Period", now: datetime) -> "Report":
    """Return the report of a period; its notes are held against the window before."""
    from k2log.report.build import build
    from k2log.report.period import before
    from k2log.store.totals import day_marks, food_days

    earliest = before(period).first
    return build(
        period,
        food_days(diary, earliest, period.last),
        day_marks(diary, earliest, period.last),
        today=diary.day_of(now),
        generated_at=now,
        catalogue=diary.settings["catalogue"],
    )
