"""``k2log report``: totals, means, ranges and what is unknown."""

from datetime import date, datetime
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
    from k2log.report.build import Kept
    from k2log.report.model import Period, Report
    from k2log.science.profile import Profile
    from k2log.store.diary import Diary

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Caveats(StrEnum):
    """Which notes stand under the table."""

    ALL = "all"
    WARNINGS = "warnings"
    NONE = "none"


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
    caveats: Annotated[
        Caveats, typer.Option("--caveats", help="Which notes to print.")
    ] = Caveats.ALL,
    citations: Annotated[
        bool, typer.Option("--citations/--no-citations", help="Name what notes rest on.")
    ] = True,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a new file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Show totals, means, ranges and what is unknown.

    Over 7 days, unless you say otherwise. Means are over complete days; today is shown apart.
    """
    from k2log.store.diary import open_diary
    from k2log.views.report import Wanted, render

    now = clock.now()
    kinds = {"day": day, "week": week, "month": month, "year": year}
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        period = window(kinds, first, last, on, diary.day_of(now), default="week")
        built = built_report(diary, period, now)
        colour = diary.settings.get("colour", "auto")
    text = render(
        built,
        "json" if as_json else form.value,
        Wanted(every, caveats.value, citations),
        page=Page(None, ctx.obj.plain) if output else page(ctx.obj.plain, colour),
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
    from k2log.store.profile import held_profile

    today = diary.day_of(now)
    return build(
        period,
        kept(diary, period, held_profile(diary), today),
        today=today,
        generated_at=now,
        catalogue=diary.settings["catalogue"],
    )


def kept(diary: "Diary", period: "Period", profile: "Profile", today: date) -> "Kept":
    """Return what the diary holds for a report of a period and of the one before."""
    from k2log.config import informal_k2_ug
    from k2log.report.build import Kept
    from k2log.report.period import before, month_ending
    from k2log.store.totals import day_marks, food_days, not_logged_before, telling_entries

    earlier = before(period)
    spans = [month_ending(earlier), month_ending(period)]
    entries = telling_entries(diary, spans, foods=bool(profile.medicines))
    products = {entry.food_key for entry in entries if entry.supplement and entry.food_key}
    return Kept(
        rows=food_days(diary, earlier.first, period.last),
        marks=day_marks(diary, earlier.first, period.last),
        entries=entries,
        fresh=not_logged_before(diary, products, period.first) if products else frozenset(),
        profile=profile,
        informal_k2_ug=informal_k2_ug(diary.settings),
        hidden=_hidden(diary, today),
    )


def _hidden(diary: "Diary", today: date) -> frozenset[str]:
    from k2log.store.settings import hidden_caveats

    return frozenset(id_ for id_, until in hidden_caveats(diary).items() if until >= today)
