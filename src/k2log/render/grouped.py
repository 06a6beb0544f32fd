"""A report by food, meal, source or weekday: a table instead of that of days, JSON or CSV.

JSON adds the key ``by`` to the report: ``{"kind", "groups": [{"name", "supplement", "entries",
"complete_days", "total", "mean_per_complete_day", "share"}]}``. ``name`` is null where no meal was
named, ``supplement`` where a meal or weekday may hold both; ``share`` is from 0 to 1 of what was
counted, for calcium and vitamin D alone.

A report's own table, for views that put other lines into it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from k2log.amounts import Amounts
from k2log.nutrients import NUTRIENTS, Nutrient
from k2log.render.formats import Wanted, drawn, style_of
from k2log.render.grid import Cell, Grid, Line, Style, grid, signs, steady_k1
from k2log.render.numbers import NO_DATA, clean, dates, spoken
from k2log.render.page import Page, Text
from k2log.render.profile import person
from k2log.render.report_csv import Field, amount_fields, csv_text
from k2log.render.report_json import amounts_json, report_json
from k2log.report.grouping import SHARED, Group, Grouping, summed_up
from k2log.report.model import Report
from k2log.text import count


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


MOST_LINES: Final = 30
COLUMNS: Final = (
    *("by", "name", "supplement", "complete_days", "entries", "nutrient", "unit"),
    *("best", "low", "high", "complete", "unknown_entries", "share_percent"),
)
_NO_MEAL: Final = "no meal named"


def render_grouped(
    report: Report,
    grouping: Grouping,
    form: str,
    wanted: Wanted,
    *,
    page: Page,
    excel: bool = False,
) -> Text:
    """Return a report by food, meal, source or weekday as table, json, csv or markdown."""
    if form == "json":
        return report_json(report, by=_json(grouping))
    if form == "csv":
        return csv_text(COLUMNS, _csv_rows(report, grouping), excel=excel)
    return _for_people(report, grouping, form, wanted, page)


def _for_people(report: Report, grouping: Grouping, form: str, wanted: Wanted, page: Page) -> str:
    table, style = table_of(report, form, wanted, page)
    if table.empty:
        return drawn(table, form, page)
    cut = page.columns is not None and form != "markdown"
    groups = _shortened(grouping.groups) if cut else grouping.groups
    lines = [_line(group, report, grouping, style) for group in groups]
    lines += _sums(table.lines, report, grouping, style)
    per_day = "" if report.period.days == 1 else ", mean per complete day"
    return drawn(
        table._replace(
            title=title(report, f"by {grouping.kind}{per_day}", style),
            headers=list(_headers(style, grouping)),
            lines=lines,
            day_by_day=(),
            most_from=(),
            legend=[*legend(lines, style), *_counted(style, grouping)],
        ),
        form,
        page,
    )


def _shortened(groups: Sequence[Group]) -> list[Group]:
    """Return as many groups as are read on a terminal, the rest as one."""
    shown, rest = groups[:MOST_LINES], groups[MOST_LINES:]
    return [*shown, *([summed_up(rest, f"{len(rest)} more")] if rest else [])]


def _headers(style: Style, grouping: Grouping) -> Iterator[str]:
    for nutrient in style.nutrients:
        yield f"{nutrient.name} {nutrient.unit}"
        if _shares(nutrient, grouping):
            yield f"{nutrient.short[:1].upper()}{nutrient.short[1:]} share"


def _counted(style: Style, grouping: Grouping) -> list[str]:
    """Return what shares are of, where not everything has a figure."""
    shared = [it.id for it in style.nutrients if _shares(it, grouping) and it.id in grouping.whole]
    whole = all(grouping.whole[id_].known for id_ in shared)
    return [] if whole else ["shares are of what was counted"]


def _shares(nutrient: Nutrient, grouping: Grouping) -> bool:
    return nutrient.id in SHARED and grouping.kind != "weekday"


def _line(group: Group, report: Report, grouping: Grouping, style: Style) -> Line:
    cells = style.cells(_shown(group, report))
    weekday = grouping.kind == "weekday"
    days = count(group.days, "day") if group.days else "no complete day"
    return Line(
        clean(group.name) or _NO_MEAL,
        list(_with_shares(cells, group.total, grouping, style)),
        days if weekday and report.period.days > 1 else "",
        "counted" if group.total else "apart",
    )


def _shown(group: Group, report: Report) -> Amounts:
    """Return the mean per complete day; in a report of a single day, that day's sum."""
    return group.total if report.period.days == 1 else group.mean


def _with_shares(
    cells: Iterable[Cell], amounts: Amounts, grouping: Grouping, style: Style
) -> Iterator[Cell]:
    for cell, nutrient in zip(cells, style.nutrients, strict=True):
        yield cell
        if _shares(nutrient, grouping):
            text = _percent(grouping.share(amounts, nutrient.id))
            yield (spoken(text) if style.plain_words else text, "")


def _percent(share: float | None) -> str:
    if share is None:
        return NO_DATA
    return f"{100 * share:.0f}%" if share >= 0.01 or not share else "<1%"


def _sums(
    lines: Iterable[Line], report: Report, grouping: Grouping, style: Style
) -> Iterator[Line]:
    """Yield the lines of the report's own table that sum up, by source without its two parts."""
    kept = (line for line in lines if line.kind in {"sum", "part"})
    for line, amounts in zip(kept, _whole_and_parts(report, grouping), strict=False):
        if line.kind == "sum" or grouping.kind != "source":
            yield line._replace(cells=list(_with_shares(line.cells, amounts, grouping, style)))


def _whole_and_parts(report: Report, grouping: Grouping) -> list[Amounts]:
    if not report.complete_days and report.period.days == 1:
        return [grouping.whole, report.days[0].food, report.days[0].supplement]
    totals = report.nutrients.items()
    return [
        grouping.whole,
        {id_: part.food for id_, part in totals},
        {id_: part.supplement for id_, part in totals},
    ]


def _json(grouping: Grouping) -> dict[str, Any]:
    return {
        "kind": grouping.kind,
        "groups": [_group_json(group, grouping) for group in grouping.groups],
    }


def _group_json(group: Group, grouping: Grouping) -> dict[str, Any]:
    shared = () if grouping.kind == "weekday" else SHARED
    return {
        "name": group.name or None,
        "supplement": group.supplement,
        "entries": group.entries,
        "complete_days": group.days,
        "total": amounts_json(group.total),
        "mean_per_complete_day": amounts_json(group.mean) if group.days else None,
        "share": {id_: grouping.share(group.total, id_) for id_ in shared},
    }


def _csv_rows(report: Report, grouping: Grouping) -> Iterator[list[Field]]:
    """Yield a row per group and nutrient: means, in a report of a single day that day's sums."""
    for group in grouping.groups:
        shown = _shown(group, report)
        pill = None if group.supplement is None else "yes" if group.supplement else "no"
        head: list[Field] = [grouping.kind, group.name, pill, group.days, group.entries]
        for id_, nutrient in NUTRIENTS.items():
            share = grouping.share(group.total, id_) if _shares(nutrient, grouping) else None
            percent = None if share is None else 100 * share
            yield [*head, id_, nutrient.unit, *amount_fields(shown.get(id_)), percent]
