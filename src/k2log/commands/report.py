"""``k2log report``: totals, means, ranges and what is unknown."""

import sys
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Final

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import emit, note, page, pieces_of
from k2log.commands.window import When, WindowOptions, with_window
from k2log.errors import UnreadableError
from k2log.food.food import EDITION
from k2log.grammar.days import LENGTHS_DAYS
from k2log.paths import diary_path
from k2log.render.page import Page, ReportOptions, Text
from k2log.render.report_formats import BY_DAY, FORMATS, Look, render
from k2log.report.build import ReportData, build, window
from k2log.report.model import Report
from k2log.report.notes import newly_shown
from k2log.report.period import LISTED_DAYS, Period, before, begun, month_ending
from k2log.science.profile import NOBODY, Profile
from k2log.store.diary import Diary, open_diary
from k2log.store.entries import entries_between
from k2log.store.settings import hidden_caveats, keep_shown, notes_shown, profile_of
from k2log.store.totals import (
    day_marks,
    day_parts,
    day_spreads,
    entries_counting_on,
    first_day,
    food_parts,
    meal_parts,
    telling_entries,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from k2log.catalogue.namesake import Namesake
    from k2log.render.html_diary import Appendix

app = App()

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


@app.command(
    examples=("report", "report last month", "report --format html -o week.html"),
)
@with_window
def report(
    ctx: Context,
    *,
    when: When = None,
    window: WindowOptions,
    every: Annotated[
        bool, Option("--all", help="Every nutrient, not only calcium, D and K2.")
    ] = False,
    form: Annotated[Format, Option("--format", help="What to write.")] = USUAL,
    as_json: Annotated[bool, Option("--json", help="Short for --format json.")] = False,
    as_csv: Annotated[bool, Option("--csv", help="Short for --format csv.")] = False,
    by: Annotated[
        By | None, Option("--by", help="What gave how much, instead of a line per day.")
    ] = None,
    trend: Annotated[
        bool, Option("--trend", help="Against the window before; a month also by weeks.")
    ] = False,
    excel: Annotated[
        bool,
        Option("--excel", help="CSV for a spreadsheet: semicolons and decimal commas."),
    ] = False,
    caveats: Annotated[Caveats, Option("--caveats", help="Which notes to print.")] = Caveats.ALL,
    citations: Annotated[
        bool, Option("--citations/--no-citations", help="Name what notes rest on.")
    ] = True,
    full: Annotated[
        bool,
        Option("--full", help="A page with all tables, literature, sources and the diary."),
    ] = False,
    anonymous: Annotated[
        bool,
        Option("--no-profile", help="Leave out age, medicines, conditions, and references."),
    ] = False,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", help="Write to a new file.")
    ] = None,
    force: Annotated[bool, Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Show means, ranges and what is unknown.

    Over 7 days, unless you say otherwise. Means are over complete days; today is shown apart.
    """
    short = "json" if as_json else "csv" if as_csv else form.value
    if as_json and as_csv:
        raise UnreadableError("--json and --csv are two formats; choose one.")
    name = _form(short, by, trend=trend, excel=excel)
    if name == "html" and not output and sys.stdout.isatty():
        ending = FORMATS[name].ending
        raise UnreadableError(f"a page is for a browser: add a file, as in -o report{ending}.")
    if full and name != "html":
        raise UnreadableError("--full is of a page: add --format html -o report.html.")
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary:
        with diary.snapshot():
            period = window.period(diary.day_of(now), "week", when)
            built = built_report(diary, period, now, anonymous=anonymous)
            target = (
                Page(None, ctx.obj.plain) if output else page(ctx.obj.plain, diary.settings.colour)
            )
            appendix = _appendix(diary, built, anonymous=anonymous) if name == "html" else None
            if name == "json":
                built = _with_by_kind(diary, built)
            text = render(
                built,
                name,
                ReportOptions(every, caveats.value, citations, full),
                page=target,
                look=_look(diary, built, by, trend=trend),
                excel=excel,
                appendix=appendix,
            )
            _write(text, output, force=force, keep=diary_path(ctx.obj.db), excel=excel)
        read = output or sys.stdout.isatty()
        if read and not anonymous and caveats is Caveats.ALL and FORMATS[name].has_notes:
            keep_shown(diary, built.profile, newly_shown(built, every=name != "table"))


def _form(named: str, by: By | None, *, trend: bool, excel: bool) -> str:
    """Return the name of the format to write. Raises UnreadableError: options that do not go."""
    if by and trend:
        raise UnreadableError("--by and --trend are two tables; choose one.")
    if (by or trend) and FORMATS[named].days_only:
        raise UnreadableError(FORMATS[named].days_only)
    if excel and named not in {"table", "csv"}:
        raise UnreadableError(f"--excel writes CSV, not {named}; leave one of them out.")
    return "csv" if excel else named


def _look(diary: Diary, built: Report, by: By | None, *, trend: bool) -> Look:
    """Return how to look at the report: by days, split, or against the time before."""
    if by:
        from k2log.render.report_by import ByGroup
        from k2log.report.grouping import grouped, uncounted

        meals = meal_parts(diary, *built.period, uncounted(built)) if by == By.MEAL else ()
        return ByGroup(grouped(built, by.value, meals))
    if trend:
        from k2log.render.report_trend import AgainstBefore
        from k2log.report.trend import trend_of

        return AgainstBefore(trend_of(_with_earlier(diary, built)))
    return BY_DAY


def _appendix(diary: Diary, built: Report, *, anonymous: bool) -> "Appendix":
    """Return the diary of a report, with the doses that began before it and last into it."""
    from k2log.render.html_diary import Appendix
    from k2log.store.foods import sources

    counting = entries_counting_on(diary, built.period.first)
    return Appendix(
        partial(entries_between, diary, *built.period),
        [entry for entry in counting if entry.day < built.period.first],
        sources(diary),
        anonymous,
    )


def _with_by_kind(diary: Diary, built: Report) -> Report:
    """Return a report that says how many entries have a figure of their kind of food alone."""
    from k2log.report.grouping import uncounted
    from k2log.store.by_kind import by_kind_entries

    return built._replace(by_kind=by_kind_entries(diary, *built.period, uncounted(built)))


def _write(text: Text, output: str | None, *, force: bool, keep: str, excel: bool) -> None:
    """Write a report to a new file, or to stdout; for a spreadsheet, the bytes of a file there too.

    ``keep`` is the file of the diary, which is never replaced.
    """
    if output:
        from k2log.files import whole_file  # few reports are files

        with whole_file(output, force=force, keep=keep) as file:
            file.writelines(piece.encode() for piece in pieces_of(text))
        note(f"the report is in {output}")
        return
    if excel and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # whatever the locale and platform
    emit(text)


def built_report(diary: Diary, period: Period, now: datetime, *, anonymous: bool = False) -> Report:
    """Return the report of a period; its notes are held against the window before.

    A period of more than a year begins with the first entry at the earliest. A report that is
    ``anonymous`` is what it would be had the profile never been filled in, without the remarks that
    ask for one.
    """
    today = diary.day_of(now)
    if period.days > LENGTHS_DAYS["year"]:
        period = begun(period, first_day(diary))
    profile = NOBODY if anonymous else profile_of(diary)
    data = _report_data(diary, period, profile, today)
    if not anonymous:
        data = data._replace(shown=notes_shown(diary, profile))
    built = build(data, today=today, generated_at=now, catalogue=EDITION)
    if not anonymous:
        return built
    return built._replace(findings=[it for it in built.findings if it.id not in _ASK_WHO])


def _with_earlier(diary: Diary, built: Report) -> Report:
    """Return a report that knows the days of the window before, where the diary reaches there."""
    earlier = before(built.period)
    marks, parts = day_marks(diary, *earlier), [*day_parts(diary, *earlier)]
    if not (marks or parts):
        return built
    return built._replace(earlier=window(earlier, parts, marks, built.today).days)


def _report_data(diary: Diary, period: Period, profile: Profile, today: date) -> ReportData:
    """Return what the diary holds for a report of a period.

    Foods are summed over the days that count, which the marks of days decide.
    """
    now = window(period, day_parts(diary, *period), day_marks(diary, *period), today)
    listed = period.days <= LISTED_DAYS
    foods = bool(profile.medicines or profile.life_stage)
    own: Mapping[str, Namesake] = {}
    if profile.life_stage:
        from k2log.store.namesakes import namesakes  # few need it

        own = namesakes(diary)
    entries, fresh = telling_entries(diary, month_ending(period), period.first, foods=foods)
    return ReportData(
        now._replace(
            foods=food_parts(diary, *period, now.uncounted),
            spreads=day_spreads(diary, *period) if listed else {},
        ),
        entries=entries,
        fresh=fresh,
        profile=profile,
        namesakes=own,
        informal_k2_ug=diary.settings.informal_k2_ug,
        hidden=frozenset(id_ for id_, until in hidden_caveats(diary).items() if until >= today),
    )
