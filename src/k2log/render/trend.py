"""A window against the one before: a table of means and sentences under it, JSON or CSV.

JSON adds the key ``trend`` to the report: ``{"now", "before", "parts": [{"from", "to",
"complete_days", "mean_per_complete_day"}], "nutrients": {id: {"verdict", "change", "known_now",
"known_before", "lowest_day", "highest_day", "days_left_out", "mean_day_to_day_change",
"pairs_of_days"}}}``. ``verdict`` is up, down, same, cannot-tell, too-few-days or too-different, and
``change`` null unless it is one of the first three.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from k2log.amounts import Amount
from k2log.nutrients import NUTRIENTS, Nutrient
from k2log.render.formats import Wanted, drawn
from k2log.render.grid import Line, Style
from k2log.render.grouped import complete_days, legend, table_of, title
from k2log.render.json import amount_json
from k2log.render.numbers import dates as dates_of
from k2log.render.numbers import month_name, short_day, show, spoken
from k2log.render.page import Page, Text
from k2log.render.references import Against
from k2log.render.report_csv import Field, amount_fields, csv_text
from k2log.render.report_json import amounts_json, report_json
from k2log.report.model import Report
from k2log.report.trend import FEWEST_DAYS, Change, Stretch, Trend, Variation
from k2log.text import count, figure, percent

COLUMNS: Final = (
    *("window", "from", "to", "complete_days", "nutrient", "unit"),
    *("best", "low", "high", "complete", "unknown_entries"),
)
HARDLY: Final = 0.01
"""A smaller part of a mean than this reads as about the same; our choice."""

_STEADY: Final = ("vitamin_k1", "vitamin_k2")


def render_trend(
    report: Report,
    trend: Trend,
    form: str,
    wanted: Wanted,
    *,
    page: Page,
    excel: bool = False,
) -> Text:
    """Return a report's trend as table, json, csv or markdown."""
    if form == "json":
        return report_json(report, trend=_json(trend))
    if form == "csv":
        return csv_text(COLUMNS, _csv_rows(trend), excel=excel)
    table, style = table_of(report, form, wanted, page)
    if table.empty:
        return drawn(table, form, page)
    lines = [_earlier(trend, style), *_parts(trend, style), _now(trend, style)]
    told = table._replace(
        title=title(report, f"against {_against(trend, style)}", style),
        lines=lines,
        day_by_day=(),
        most_from=(),
        references=list(_compared(trend, style)),
        references_heading=f"compared with {_before(trend)}, per complete day",
        legend=legend(lines, style),
    )
    return drawn(told, form, page)


def _against(trend: Trend, style: Style) -> str:
    earlier = trend.before
    when = dates_of(earlier.period, " to " if style.plain_words else "–")
    return f"{when}, {complete_days(len(earlier.complete))}"


def _before(trend: Trend) -> str:
    days = trend.before.period.days
    return "the day before" if days == 1 else f"the {days} days before"


# The table


def _earlier(trend: Trend, style: Style) -> Line:
    return _line(trend.before, _before(trend).removeprefix("the "), style)


def _now(trend: Trend, style: Style) -> Line:
    days = trend.now.period.days
    label = "this day" if days == 1 else f"these {days} days"
    return _line(trend.now, label, style)._replace(kind="sum")


def _parts(trend: Trend, style: Style) -> Iterator[Line]:
    for part in trend.parts:
        first, last = part.period
        week = f"7 days to {last.day} {month_name(last)[:3]}"
        yield _line(part, week if part.period.days == 7 else month_name(first), style)


def _line(stretch: Stretch, label: str, style: Style) -> Line:
    days = len(stretch.complete)
    words = f"mean of {count(days, 'day')}" if days else "no complete day"
    return Line(label, style.cells(stretch.mean), words, "counted" if days else "apart")


# What is said under it


def _compared(trend: Trend, style: Style) -> Iterator[Against]:
    now, earlier = len(trend.now.complete), len(trend.before.complete)
    if min(now, earlier) < FEWEST_DAYS:
        lacking = f"{complete_days(now)} now, {complete_days(earlier)} before"
        yield Against("Means", "", f"not compared: {lacking}; {FEWEST_DAYS} in each are needed")
    shown = style.nutrients
    for nutrient in shown:
        said = (_moved(nutrient, trend), _extremes(nutrient, trend.variations[nutrient.id]))
        yield from _spoken(nutrient.name, "; ".join(filter(None, said)), style)
    for nutrient in map(NUTRIENTS.__getitem__, _STEADY):
        varied = trend.variations[nutrient.id]
        lowest = "" if nutrient in shown else _extremes(nutrient, varied)
        words = "; ".join(filter(None, (lowest, _step(nutrient, varied))))
        yield from _spoken(f"{nutrient.short}, day to day", words, style)


def _spoken(name: str, words: str, style: Style) -> Iterator[Against]:
    if words:
        yield Against(name, "", spoken(words) if style.plain_words else words)


def _moved(nutrient: Nutrient, trend: Trend) -> str:
    change = trend.changes[nutrient.id]
    if change.verdict == "too-few-days":
        return ""
    if change.verdict == "too-different":
        shares = [percent(it.known[nutrient.id]) for it in (trend.now, trend.before)]
        known = "{} of entries now and {} before".format(*shares)
        return f"known for {known}: too different to compare"
    now, earlier = trend.now.mean[nutrient.id], trend.before.mean[nutrient.id]
    whole = now.known and earlier.known
    if change.verdict == "cannot-tell":
        why = "within the published ranges" if whole else "some foods have no figure"
        return f"{why}: cannot tell"
    return _by(change, nutrient, earlier.best or 0) + ("" if whole else ", as far as it is known")


def _by(change: Change, nutrient: Nutrient, earlier: float) -> str:
    by = abs(change.by or 0)
    if change.verdict == "same":
        return "the same"
    text = figure(by, nutrient.unit)
    if by < HARDLY * earlier or text.startswith("<"):
        return "about the same"
    return f"{change.verdict} {text} {nutrient.unit}"


def _extremes(nutrient: Nutrient, varied: Variation) -> str:
    """Return the lowest and the highest day; of a single day there is neither."""
    if varied.days < 2 or not varied.lowest or not varied.highest:
        return ""
    lowest, highest = (
        (_on(day), show(amount, nutrient.unit, with_unit=True))
        for day, amount in (varied.lowest, varied.highest)
    )
    days = count(varied.left_out, "day")
    left_out = f"; {days} with unknown parts left out" if varied.left_out else ""
    if lowest[1] == highest[1]:
        return f"{highest[1]} on each of {varied.days} days{left_out}"
    return f"lowest day {lowest[1]} on {lowest[0]}, highest {highest[1]} on {highest[0]}{left_out}"


def _on(day: date) -> str:
    return " ".join(short_day(day, month=True).split())


def _step(nutrient: Nutrient, varied: Variation) -> str:
    if varied.step is None:
        return "no two complete days in a row with every figure known"
    by = f"{figure(varied.step, nutrient.unit)} {nutrient.unit}"
    pairs = count(varied.steps, "pair")
    return f"from one day to the next it differs by {by} on average ({pairs} of days)"


# For programs


def _json(trend: Trend) -> dict[str, Any]:
    return {
        "now": _stretch_json(trend.now),
        "before": _stretch_json(trend.before),
        "parts": [_stretch_json(part) for part in trend.parts],
        "nutrients": {id_: _nutrient_json(id_, trend) for id_ in NUTRIENTS},
    }


def _stretch_json(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": stretch.period.first.isoformat(),
        "to": stretch.period.last.isoformat(),
        "complete_days": len(stretch.complete),
        "mean_per_complete_day": amounts_json(stretch.mean) if stretch.complete else None,
    }


def _nutrient_json(id_: str, trend: Trend) -> dict[str, Any]:
    change, varied = trend.changes[id_], trend.variations[id_]
    return {
        "unit": NUTRIENTS[id_].unit,
        "verdict": change.verdict,
        "change": change.by,
        "known_now": trend.now.known[id_],
        "known_before": trend.before.known[id_],
        "lowest_day": _day_json(varied.lowest),
        "highest_day": _day_json(varied.highest),
        "days_left_out": varied.left_out,
        "mean_day_to_day_change": varied.step,
        "pairs_of_days": varied.steps,
    }


def _day_json(found: tuple[date, Amount] | None) -> dict[str, Any] | None:
    return {"day": found[0].isoformat(), **amount_json(found[1])} if found else None


def _csv_rows(trend: Trend) -> Iterator[list[Field]]:
    """Yield a row per window and nutrient: the mean per complete day."""
    windows = [("before", trend.before), *(("part", part) for part in trend.parts)]
    for name, stretch in [*windows, ("now", trend.now)]:
        first, last = (day.isoformat() for day in stretch.period)
        head: list[Field] = [name, first, last, len(stretch.complete)]
        for id_, nutrient in NUTRIENTS.items():
            yield [*head, id_, nutrient.unit, *amount_fields(stretch.mean.get(id_))]
