"""The registry of output formats: whoever adds a format of ``k2log report`` adds a row.

A row writes every look at a report: its days, its groups (``--by``), and how it compares with the
time before (``--trend``). Each look offers a table of texts, members for JSON, and rows for CSV, so
a format is one function. What a row lacks is refused, never written in another format.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from k2log.errors import UnreadableError
from k2log.named_tuple import NamedTuple
from k2log.render.page import EVERYDAY, PIPE, Page, ReportOptions, Text

if TYPE_CHECKING:
    from k2log.render.html_diary import Appendix
    from k2log.render.report_csv import Field
    from k2log.render.report_table import ReportTable, Style
    from k2log.report.model import Report


class Look(Protocol):
    """One way to look at a report, as each kind of format needs it."""

    def table(self, report: "Report", style: "Style") -> "ReportTable":
        """Return it as a table of texts, for people."""

    def members(self) -> Mapping[str, object]:
        """Return what it adds to the report's JSON."""

    def rows(self, report: "Report") -> "tuple[Sequence[str], Iterable[Sequence[Field]]]":
        """Return the header and the rows of its CSV."""


class ByDay:
    """The report as it is: a line, an object or a row per day."""

    def table(self, report: "Report", style: "Style") -> "ReportTable":
        """Return the table of days."""
        from k2log.render.report_table import report_table

        return report_table(report, style)

    def members(self) -> Mapping[str, object]:
        """Return nothing: the days are in the report."""
        return {}

    def rows(self, report: "Report") -> "tuple[Sequence[str], Iterable[Sequence[Field]]]":
        """Return a row per day and nutrient."""
        from k2log.render.report_csv import COLUMNS, day_rows

        return COLUMNS, day_rows(report)


BY_DAY: Final = ByDay()


class Rendering(NamedTuple):
    """What is to be written, and how: all that a format may need.

    ``excel`` is for CSV. ``appendix`` is the diary that a page in HTML ends with.
    """

    report: "Report"
    look: Look
    options: ReportOptions
    page: Page
    excel: bool
    appendix: "Appendix | None"


class ReportFormat(NamedTuple):
    """A format: its name, a line of help, how its files end, and what writes it.

    ``has_notes`` says that who opens it reads the notes. ``days_only`` is empty; where the format
    has no groups and no trend, it tells the user so.
    """

    name: str
    help: str
    ending: str
    write: Callable[[Rendering], Text]
    days_only: str = ""
    has_notes: bool = True


def _table(it: Rendering) -> Text:
    """Return a table for a terminal, plain text for a pipe, sentences for listening."""
    from k2log.render.report_table import Style

    options, page = it.options, it.page
    style = Style(
        options.all_nutrients,
        plain_words=page.plain_words,
        shortened=page.columns is not None,
        caveats=options.caveats,
        cited=options.cited,
    )
    table = it.look.table(it.report, style)
    if page.plain_words or page.columns is None:
        from k2log.render.report_text import plain, sentences

        return sentences(table) if page.plain_words else plain(table)
    from k2log.render.terminal import terminal

    return terminal(table, page.columns, colour=page.colour)


def _markdown(it: Rendering) -> Text:
    from k2log.render.report_table import Style
    from k2log.render.report_text import markdown

    options = it.options
    style = Style(
        options.all_nutrients, every_note=True, caveats=options.caveats, cited=options.cited
    )
    return markdown(it.look.table(it.report, style))


def _json(it: Rendering) -> Text:
    from k2log.render.json import report_json

    return report_json(it.report, it.look.members())


def _csv(it: Rendering) -> Text:
    from k2log.render.report_csv import csv_text

    return csv_text(*it.look.rows(it.report), excel=it.excel)


def _html(it: Rendering) -> Text:
    from k2log.render.html import NO_DIARY, report_html

    return report_html(it.report, it.appendix or NO_DIARY, it.options)


FORMATS: Final = {
    row.name: row
    for row in (
        ReportFormat("table", "for reading, as wide as the terminal", ".txt", _table),
        ReportFormat(
            "json", "everything, for programs (`k2log.report/1`)", ".json", _json, has_notes=False
        ),
        ReportFormat(
            "csv", "a row per day and nutrient, for spreadsheets", ".csv", _csv, has_notes=False
        ),
        ReportFormat("markdown", "a table and lists, for notes", ".md", _markdown),
        ReportFormat(
            "html",
            "a page to print or take along",
            ".html",
            _html,
            days_only="a page holds the days: --by and --trend have other formats.",
        ),
    )
}
"""Every format, by its name: the choices of ``--format``, the first of them the usual one."""


def render(
    report: "Report",
    form: str = "table",
    options: ReportOptions = EVERYDAY,
    *,
    page: Page = PIPE,
    look: Look = BY_DAY,
    excel: bool = False,
    appendix: "Appendix | None" = None,
) -> Text:
    """Return the report in one of the formats.

    Raises UnreadableError where there is no such format, or it has no such look.
    """
    if form not in FORMATS:
        raise UnreadableError(f"there is no format {form}; there are {', '.join(FORMATS)}")
    row = FORMATS[form]
    if row.days_only and not isinstance(look, ByDay):
        raise UnreadableError(row.days_only)
    return row.write(Rendering(report, look, options, page, excel, appendix))
