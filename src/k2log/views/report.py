"""The front of the report views: one Report, one of its formats, as text."""

from typing import Final, NamedTuple

from k2log.report.model import Report
from k2log.views.page import Page

FORMATS: Final = ("table", "json", "csv", "markdown")
PIPE: Final = Page()


class Wanted(NamedTuple):
    """What a report for people shows: ``caveats`` is all, warnings or none."""

    all_nutrients: bool = False
    caveats: str = "all"
    cited: bool = True


EVERYDAY: Final = Wanted()


def render(
    report: Report, form: str = "table", wanted: Wanted = EVERYDAY, *, page: Page = PIPE
) -> str:
    """Return the report as table, json, csv or markdown, ending in a newline.

    A table for a pipe is plain text; with ``page.plain_words`` it is sentences.
    """
    if form == "json":
        from k2log.views.report_json import report_json

        return report_json(report)
    if form == "csv":
        from k2log.views.report_csv import report_csv

        return report_csv(report)
    return _for_people(report, form, wanted, page)


def _for_people(report: Report, form: str, wanted: Wanted, page: Page) -> str:
    from k2log.views.grid import Style, grid

    every_note = form == "markdown"
    plain_words = page.plain_words and not every_note
    style = Style(wanted.all_nutrients, plain_words, every_note, wanted.caveats, wanted.cited)
    table = grid(report, style)
    if form == "markdown":
        from k2log.views.markdown import markdown

        return markdown(table)
    if page.plain_words or page.columns is None:
        from k2log.views.plain import plain, sentences

        return sentences(table) if page.plain_words else plain(table)
    from k2log.views.terminal import terminal

    return terminal(table, page.columns, colour=page.colour)
