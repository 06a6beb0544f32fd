"""``k2log report``: totals, means, ranges and what is unknown."""

import sys
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from k2log import clock
from k2log.commands.output import emit, note, page, pieces_of
from k2log.commands.window import WindowOptions, with_window
from k2log.errors import UnreadableError
from k2log.paths import diary_path
from k2log.render.page import Page, ReportOptions, Text
from k2log.render.report_formats import BY_DAY, FORMATS, Look, render

if TYPE_CHECKING:
    from k2log.render.html_diary import Appendix
    from k2log.report.build import ReportData, Window
    from k2log.report.grouping import Grouping
    from k2log.report.model import Report
    from k2log.report.period import Period
    from k2log.science.profile import Profile
    from k2log.store.diary import Diary

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_ASK_WHO = frozenset({"profile-incomplete", "medicines-not-recorded"})


class Caveats(StrEnum):
    """Which notes stand under the table."""

    ALL = "all"
    WARNINGS = "warnings"
    NONE = "none"


Format = StrEnum("Format", [(name.upper(), name) for name in FORMATS])  # type: ignore[misc]
"""The choices of ``--format``; mypy knows only members that are written out."""

USUAL: Final = Format(next(iter(FORMATS)))


class By(StrEnum):
    """What a report can be split by instead of days."""

    FOOD = "food"
    MEAL = "meal"
    SOURCE = "source"
    WEEKDAY = "weekday"


@app.command()
@with_window
def report(
    ctx: typer.Context,
    *,
    window: WindowOptions,
    every: Annotated[
        bool, typer.Option("--all", help="Every nutrient, not only calcium, D3 and K2.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = USUAL,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    by: Annotated[
        By | None, typer.Option("--by", help="What gave how much, instead of a line per day.")
    ] = None,
    trend: Annotated[
        bool, typer.Option("--trend", help="Against the window before; a month also by weeks.")
    ] = False,
    excel: Annotated[
        bool,
        typer.Option("--excel", help="CSV for a spreadsheet: semicolons and decimal commas."),
    ] = False,
    caveats: Annotated[
        Caveats, typer.Option("--caveats", help="Which notes to print.")
    ] = Caveats.ALL,
    citations: Annotated[
        bool, typer.Option("--citations/--no-citations", help="Name what notes rest on.")
    ] = True,
    anonymous: Annotated[
        bool,
        typer.Option("--no-profile", help="Leave out age, medicines, conditions, and references."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a new file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Show totals, means, ranges and what is unknown.

    Over 7 days, unless you say otherwise. Means are over complete days; today is shown apart.
    """
    from k2log.store.diary import open_diary

    name = _form(form, by, as_json=as_json, trend=trend, excel=excel)
    if name == "html" and not output and sys.stdout.isatty():
        ending = FORMATS[name].ending
        raise UnreadableError(f"a page is for a browser: add a file, as in -o report{ending}.")
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary, diary.snapshot():
        period = window.period(diary.day_of(now), "week")
        built = built_report(diary, period, now, anonymous=anonymous)
        target = Page(None, ctx.obj.plain) if output else page(ctx.obj.plain, diary.settings.colour)
        appendix = _appendix(diary, built, anonymous=anonymous) if name == "html" else None
        text = render(
            built,
            name,
            ReportOptions(every, caveats.value, citations),
            page=target,
            look=_look(diary, built, by, trend=trend),
            excel=excel,
            appendix=appendix,
        )
        _written(text, output, force=force, keep=diary_path(ctx.obj.db), excel=excel)


def _form(form: StrEnum, by: By | None, *, as_json: bool, trend: bool, excel: bool) -> str:
    """Return the name of the format to write. Raises UnreadableError: options that do not go."""
    named = "json" if as_json else form.value
    if by and trend:
        raise UnreadableError("--by and --trend are two tables; choose one.")
    if (by or trend) and FORMATS[named].days_only:
        raise UnreadableError(FORMATS[named].days_only)
    if excel and named not in {"table", "csv"}:
        raise UnreadableError(f"--excel writes CSV, not {named}; leave one of them out.")
    return "csv" if excel else named


def _look(diary: "Diary", built: "Report", by: By | None, *, trend: bool) -> Look:
    """Return how to look at the report: by days, split, or against the time before."""
    if by:
        from k2log.render.report_by import ByGroup

        return ByGroup(_grouping(diary, built, by))
    if trend:
        from k2log.render.report_trend import AgainstBefore
        from k2log.report.trend import trend_of

        return AgainstBefore(trend_of(built))
    return BY_DAY


def _grouping(diary: "Diary", built: "Report", by: By) -> "Grouping":
    from k2log.report.grouping import grouped, uncounted
    from k2log.store.totals import meal_parts

    meals = meal_parts(diary, *built.period, uncounted(built)) if by == By.MEAL else ()
    return grouped(built, by.value, meals)


def _as_in_a_file() -> None:
    """Let stdout carry the bytes that a file would hold, whatever the locale and platform."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def _appendix(diary: "Diary", built: "Report", *, anonymous: bool) -> "Appendix":
    """Return the diary of a report, with the doses that began before it and last into it."""
    from k2log.render.html_diary import Appendix
    from k2log.store.entries import entries_between
    from k2log.store.foods import sources
    from k2log.store.totals import entries_counting_on

    counting = entries_counting_on(diary, built.period.first)
    return Appendix(
        partial(entries_between, diary, *built.period),
        [entry for entry in counting if entry.day < built.period.first],
        sources(diary),
        anonymous,
    )


def _written(text: Text, output: Path | None, *, force: bool, keep: Path, excel: bool) -> None:
    if not output:
        if excel:
            _as_in_a_file()
        emit(text)
        return
    from k2log.files import whole_file

    with whole_file(output, force=force, keep=keep) as file:
        file.writelines(piece.encode() for piece in pieces_of(text))
    note(f"the report is in {output}")


def built_report(
    diary: "Diary", period: "Period", now: datetime, *, anonymous: bool = False
) -> "Report":
    """Return the report of a period; its notes are held against the window before.

    A period of more than a year begins with the first entry at the earliest. A report that is
    ``anonymous`` is what it would be had the profile never been filled in, without the remarks that
    ask for one.
    """
    from k2log.report.build import build
    from k2log.report.period import WINDOWS, begun
    from k2log.science.profile import NOBODY
    from k2log.store.settings import held_profile
    from k2log.store.totals import first_day

    today = diary.day_of(now)
    if period.days > WINDOWS["year"]:
        period = begun(period, first_day(diary))
    built = build(
        kept(diary, period, NOBODY if anonymous else held_profile(diary), today),
        today=today,
        generated_at=now,
        catalogue=diary.settings.catalogue,
    )
    if not anonymous:
        return built
    return built._replace(findings=[it for it in built.findings if it.id not in _ASK_WHO])


def kept(diary: "Diary", period: "Period", profile: "Profile", today: date) -> "ReportData":
    """Return what the diary holds for a report of a period and of the one before."""
    from k2log.report.build import ReportData
    from k2log.report.period import before, month_ending
    from k2log.store.totals import telling_entries

    now, earlier = _windows(diary, period, today)
    spans = [month_ending(before(period)), month_ending(period)]
    foods = bool(profile.medicines)
    entries, fresh = telling_entries(diary, spans, period.first, foods=foods)
    return ReportData(
        now,
        earlier,
        entries=entries,
        fresh=fresh,
        profile=profile,
        informal_k2_ug=diary.settings.informal_k2_ug,
        hidden=_hidden(diary, today),
    )


def _windows(diary: "Diary", period: "Period", today: date) -> "tuple[Window, Window]":
    """Return a period and the one before, with their foods over the days that count."""
    from k2log.report.build import windows
    from k2log.report.period import before
    from k2log.store.totals import day_marks, day_parts, food_parts

    first, last = before(period).first, period.last
    marks = day_marks(diary, first, last)
    now, earlier = windows(period, day_parts(diary, first, last), marks, today)
    before_it, in_it = food_parts(
        diary, first, last, period.first, [*earlier.uncounted, *now.uncounted]
    )
    return now._replace(foods=in_it), earlier._replace(foods=before_it)


def _hidden(diary: "Diary", today: date) -> frozenset[str]:
    from k2log.store.settings import hidden_caveats

    return frozenset(id_ for id_, until in hidden_caveats(diary).items() if until >= today)
