"""The front of the report views: one Report, one of its formats, as text."""

from typing import TYPE_CHECKING, Final, NamedTuple

from k2log.render.page import Page, Text
from k2log.report.model import Report

if TYPE_CHECKING:
    from k2log.render.grid import Grid, Style
    from k2log.render.html_diary import Appendix

FORMATS: Final = ("table", "json", "csv", "markdown", "html")
PIPE: Final = Page()


class Wanted(NamedTuple):
    """What a report for people shows: ``caveats`` is all, warnings or none."""

    all_nutrients: bool = False
    caveats: str = "all"
    cited: bool = True


EVERYDAY: Final = Wanted()


def render(
    report: Report,
    form: str = "table",
    wanted: Wanted = EVERYDAY,
    *,
    page: Page = PIPE,
    appendix: "Appendix | None" = None,
) -> Text:
    """Return the report as table, json, csv, markdown or html, ending in a newline.

    A table for a pipe is plain text; with ``page.plain_words`` it is sentences. ``appendix`` is the
    diary that a page in html ends with.
    """
    if form == "json":
        from k2log.render.report_json import report_json

        return report_json(report)
    if form == "csv":
        from k2log.render.report_csv import report_csv

        return report_csv(report)
    if form == "html":
        from k2log.render.html import NO_DIARY, report_html

        return report_html(report, appendix or NO_DIARY, wanted)
    return _for_people(report, form, wanted, page)


def _for_people(report: Report, form: str, wanted: Wanted, page: Page) -> str:
    from k2log.render.grid import grid

    return drawn(grid(report, style_of(form, wanted, page)), form, page)


def style_of(form: str, wanted: Wanted, page: Page) -> "Style":
    """Return the style that a table of this form is written in."""
    from k2log.render.grid import Style

    every_note = form == "markdown"
    plain_words = page.plain_words and not every_note
    return Style(wanted.all_nutrients, plain_words, every_note, wanted.caveats, wanted.cited)


def drawn(table: "Grid", form: str, page: Page) -> str:
    """Return a table of texts as Markdown, words, plain text or for a terminal."""
    if form == "markdown":
        from k2log.render.markdown import markdown

        return markdown(table)
    if page.plain_words or page.columns is None:
        from k2log.render.plain import plain, sentences

        return sentences(table) if page.plain_words else plain(table)
    from k2log.render.terminal import terminal

    return terminal(table, page.columns, colour=page.colour)
