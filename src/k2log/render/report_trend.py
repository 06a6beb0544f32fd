"""A window against the one before: a table of means and sentences under it, JSON or CSV.

JSON adds the key ``trend`` to the report: ``{"now", "before", "parts": [{"from", "to",
"complete_days", "mean_per_complete_day"}], "nutrients": {id: {"verdict", "change", "known_now",
"known_before", "lowest_day", "highest_day", "days_left_out", "mean_day_to_day_change",
"pairs_of_days"}}}``. ``verdict`` is up, down, same, cannot-tell, too-few-days or too-different, and
``change`` null unless it is one of the first three.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from k2log.amounts import Amount
from k2log.nutrients import NUTRIENTS, Nutrient
from k2log.render.json import amount_json, amounts_json
from k2log.render.numbers import dates, month_name, short_day, show, without_signs
from k2log.render.references import Comparison
from k2log.render.report_csv import NUTRIENT_COLUMNS, Field, nutrient_rows
from k2log.render.report_table import (
    ReportTable,
    Style,
    TableLine,
    beside,
    complete_days,
    legend,
    report_table,
    title,
)
from k2log.report.model import Report
from k2log.report.trend import FEWEST_DAYS, Stretch, Trend, Variation
from k2log.text import count, figure, percent

COLUMNS: Final = ("window", "from", "to", "complete_days", *NUTRIENT_COLUMNS)
HARDLY: Final = 0.01
"""A smaller part of a mean than this reads as about the same; our choice."""

_STEADY: Final = ("vitamin_k1", "vitamin_k2")


@dataclass(frozen=True, slots=True)
class AgainstBefore:
    """The report as it compares with the time before: means per complete day."""

    trend: Trend

    def table(self, report: Report, style: Style) -> ReportTable:
        """Return a line per window, and below how each nutrient moved."""
        table = report_table(report, style, split=True)
        if table.empty:
            return table
        trend, earlier = self.trend, self.trend.before
        means = [stretch.mean for stretch in (earlier, *trend.parts, trend.now)]
        style = style._replace(beside=beside(report, means))
        days = earlier.period.days
        before = "day before" if days == 1 else f"{days} days before"
        now = "this day" if trend.now.period.days == 1 else f"these {trend.now.period.days} days"
        lines = [_line(earlier, before, style)]
        for part in trend.parts:
            first, last = part.period
            week = f"7 days to {last.day} {month_name(last)[:3]}"
            label = week if part.period.days == 7 else month_name(first)
            lines.append(_line(part, label, style))
        lines.append(_line(trend.now, now, style)._replace(kind="sum"))
        when = dates(earlier.period, " to " if style.plain_words else "–")
        many = report.period.days > 1
        return table._replace(
            title=title(
                report,
                f"{complete_days(report.complete_days)} of {report.period.days}" if many else "",
                f"against {when}, {complete_days(len(earlier.complete))}",
                plain_words=style.plain_words,
            ),
            headers=style.headers,
            lines=lines,
            day_by_day=(),
            most_from=(),
            references=list(_movements(trend, style)),
            references_heading=f"compared with the {before}, per complete day",
            legend=legend(lines, style),
        )

    def members(self) -> dict[str, object]:
        """Return the trend for the report's JSON."""
        trend = self.trend
        return {
            "trend": {
                "now": _stretch_json(trend.now),
                "before": _stretch_json(trend.before),
                "parts": [_stretch_json(part) for part in trend.parts],
                "nutrients": {id_: _nutrient_json(id_, trend) for id_ in NUTRIENTS},
            }
        }

    def rows(self, report: Report) -> tuple[Sequence[str], Iterator[list[Field]]]:
        """Return the header and a row per window and nutrient."""
        return COLUMNS, self._csv_rows()

    def _csv_rows(self) -> Iterator[list[Field]]:
        parts = (("part", part) for part in self.trend.parts)
        for name, stretch in [("before", self.trend.before), *parts, ("now", self.trend.now)]:
            first, last = (day.isoformat() for day in stretch.period)
            head: list[Field] = [name, first, last, len(stretch.complete)]
            yield from nutrient_rows(head, stretch.mean)


def _line(stretch: Stretch, label: str, style: Style) -> TableLine:
    days = len(stretch.complete)
    words = f"mean of {count(days, 'day')}" if days else "no complete day"
    return TableLine(label, style.cells(stretch.mean), words, "counted" if days else "apart")


# What is said under the table


def _movements(trend: Trend, style: Style) -> Iterator[Comparison]:
    now, earlier = len(trend.now.complete), len(trend.before.complete)
    if min(now, earlier) < FEWEST_DAYS:
        lacking = f"{complete_days(now)} now, {complete_days(earlier)} before"
        yield Comparison("Means", "", f"not compared: {lacking}; {FEWEST_DAYS} in each are needed")
    sentences = {
        style.name(nutrient): (_moved(nutrient, trend), _extremes(nutrient, trend))
        for nutrient in style.nutrients
    }
    for nutrient in map(NUTRIENTS.__getitem__, _STEADY):
        extremes = "" if nutrient in style.nutrients else _extremes(nutrient, trend)
        step = _step(nutrient, trend.variations[nutrient.id])
        sentences[f"{nutrient.short}, day to day"] = (extremes, step)
    for name, parts in sentences.items():
        if words := "; ".join(filter(None, parts)):
            yield Comparison(name, "", without_signs(words) if style.plain_words else words)


def _moved(nutrient: Nutrient, trend: Trend) -> str:
    """Return whether a mean went up or down and by how much, or why that cannot be told."""
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
    by = abs(change.by or 0)
    size = figure(by, nutrient.unit)
    if change.verdict == "same":
        words = "the same"
    elif by < HARDLY * (earlier.best or 0) or size.startswith("<"):
        words = "about the same"
    else:
        words = f"{change.verdict} {size} {nutrient.unit}"
    return words if whole else f"{words}, as far as it is known"


def _extremes(nutrient: Nutrient, trend: Trend) -> str:
    """Return the lowest and the highest day; of a single day there is neither."""
    variation = trend.variations[nutrient.id]
    if variation.days < 2 or not variation.lowest or not variation.highest:
        return ""
    lowest, highest = (
        (" ".join(short_day(day, month=True).split()), show(amount, nutrient.unit, with_unit=True))
        for day, amount in (variation.lowest, variation.highest)
    )
    days = count(variation.left_out, "day")
    left_out = f"; {days} with unknown parts left out" if variation.left_out else ""
    if lowest[1] == highest[1]:
        return f"{highest[1]} on each of {variation.days} days{left_out}"
    return f"lowest day {lowest[1]} on {lowest[0]}, highest {highest[1]} on {highest[0]}{left_out}"


def _step(nutrient: Nutrient, variation: Variation) -> str:
    if variation.step is None:
        return "no two complete days in a row with every figure known"
    by = f"{figure(variation.step, nutrient.unit)} {nutrient.unit}"
    pairs = count(variation.steps, "pair")
    return f"from one day to the next it differs by {by} on average ({pairs} of days)"


# For programs


def _stretch_json(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": stretch.period.first.isoformat(),
        "to": stretch.period.last.isoformat(),
        "complete_days": len(stretch.complete),
        "mean_per_complete_day": amounts_json(stretch.mean) if stretch.complete else None,
    }


def _nutrient_json(id_: str, trend: Trend) -> dict[str, Any]:
    change, variation = trend.changes[id_], trend.variations[id_]
    return {
        "unit": NUTRIENTS[id_].unit,
        "verdict": change.verdict,
        "change": change.by,
        "known_now": trend.now.known[id_],
        "known_before": trend.before.known[id_],
        "lowest_day": _day_json(variation.lowest),
        "highest_day": _day_json(variation.highest),
        "days_left_out": variation.left_out,
        "mean_day_to_day_change": variation.step,
        "pairs_of_days": variation.steps,
    }


def _day_json(extreme: tuple[date, Amount] | None) -> dict[str, Any] | None:
    return {"day": extreme[0].isoformat(), **amount_json(extreme[1])} if extreme else None
