"""The front of the report views: one Report, one of its formats, as text."""

from typing import Final, NamedTuple

from k2log.report.model import Report

FORMATS: Final = ("table", "json", "csv", "markdown")


class Terminal(NamedTuple):
    """Where a table goes when it does not go into a pipe: its width in columns, and colour."""

    width: int
    colour: bool


def render(
    report: Report,
    form: str = "table",
    *,
    all_nutrients: bool = False,
    plain_words: bool = False,
    terminal: Terminal | None = None,
) -> str:
    """Return the report as table, json, csv or markdown, ending in a newline.

    A table without a terminal is plain text; ``plain_words`` makes it sentences for listening.
    """
    if form == "json":
        from k2log.views.report_json import report_json

        return report_json(report)
    if form == "csv":
        from k2log.views.report_csv import report_csv

        return report_csv(report)
    return _for_people(report, form, all_nutrients, plain_words, terminal)


def _for_people(
    report: Report, form: str, all_nutrients: bool, plain_words: bool, terminal: Terminal | None
) -> str:
    from k2log.views.grid import Style, grid

    every_note = form == "markdown"
    table = grid(report, Style(all_nutrients, plain_words and not every_note, every_note))
    if form == "markdown":
        from k2log.views.markdown import markdown

        return markdown(table)
    if plain_words or terminal is None:
        from k2log.views.plain import plain, sentences

        return sentences(table) if plain_words else plain(table)
    from k2log.views import terminal as on_terminal

    return on_terminal.terminal(table, terminal.width, colour=terminal.colour)
