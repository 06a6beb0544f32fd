"""A report as CSV: one row per day and nutrient, for spreadsheets.

An empty field is unknown, or a day with nothing logged: never zero. No field holds a user's text.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from k2log.food.nutrients import NUTRIENTS, Nutrient
from k2log.report.model import DayRow, Report

COLUMNS: Final = (
    *("day", "status", "nutrient", "unit", "best", "low", "high"),
    *("complete", "unknown_entries", "food", "supplement"),
)


def report_csv(report: Report) -> str:
    """Return the days of the report; ``food`` and ``supplement`` split ``best``."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in report.days:
        writer.writerows(_fields(row, nutrient) for nutrient in NUTRIENTS.values())
    return out.getvalue()


def _fields(row: DayRow, nutrient: Nutrient) -> list[object]:
    head = [row.day.isoformat(), row.status, nutrient.id, nutrient.unit]
    return [*head, *_numbers(row, nutrient.id)]


def _numbers(row: DayRow, nutrient: str) -> Iterator[object]:
    if nutrient not in row.nutrients:
        return iter([None] * 7)
    amount = row.nutrients[nutrient]
    return iter(
        [
            *map(_plain, amount[:3]),
            "yes" if amount.known else "no",
            amount.unknown,
            _plain(row.food[nutrient].best),
            _plain(row.supplement[nutrient].best),
        ]
    )


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
