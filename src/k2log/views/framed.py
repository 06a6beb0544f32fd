"""A report's own table, for views that put other lines into it."""

from collections.abc import Sequence

from k2log.report.model import Report
from k2log.science.wording import count
from k2log.views.grid import Grid, Line, Style, grid, signs, steady_k1
from k2log.views.numbers import dates
from k2log.views.page import Page
from k2log.views.profile import person
from k2log.views.report import Wanted, style_of


def table_of(report: Report, form: str, wanted: Wanted, page: Page) -> tuple[Grid, Style]:
    """Return a report's own table, and the style that other lines for it are written in."""
    style = style_of(form, wanted, page)._replace(vitamin_k1=steady_k1(report))
    return grid(report, style), style


def title(report: Report, about: str, style: Style) -> str:
    """Return which days, how many are complete, what of them is shown, and whose."""
    when = dates(report.period, " to " if style.plain_words else "–")
    many = report.period.days > 1
    days = f"{complete_days(report.complete_days)} of {report.period.days}" if many else ""
    who = person(report.profile, report.today)
    return " · ".join(filter(None, (when, days, about, who)))


def complete_days(number: int) -> str:
    """Return ``3 complete days``, or that there is none."""
    return count(number, "complete day") if number else "no complete day"


def legend(lines: Sequence[Line], style: Style) -> list[str]:
    """Return what the signs in these lines mean; words need no legend."""
    return [] if style.plain_words or not lines else signs(lines)
