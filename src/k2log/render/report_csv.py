"""A report as CSV: one row per day and nutrient, for spreadsheets.

An empty field is unknown, or a day with nothing logged: never zero. A text that a spreadsheet would
take for a formula gets a leading ``'``.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from k2log.amounts import Amount
from k2log.diary.days import DayRow
from k2log.nutrients import NUTRIENTS
from k2log.render.numbers import clean
from k2log.report.model import Report

COLUMNS: Final = (
    *("day", "status", "nutrient", "unit", "best", "low", "high"),
    *("complete", "unknown_entries", "food", "supplement"),
)
_FORMULA: Final = tuple("=+-@＝＋－＠'")  # a Japanese spreadsheet takes wide signs, too
_BYTE_ORDER_MARK: Final = "\ufeff"

Field = str | int | float | None


class _Line:
    """What a CSV writer writes to: each line is its answer."""

    def write(self, text: str) -> str:
        """Hand the line back."""
        return text


def report_csv(report: Report, *, excel: bool = False) -> Iterator[str]:
    """Yield the lines of the report's days; ``food`` and ``supplement`` split ``best``."""
    rows = (fields for row in report.days for fields in _day(row))
    return csv_text(COLUMNS, rows, excel=excel)


def csv_text(
    header: Sequence[str], rows: Iterable[Sequence[Field]], *, excel: bool
) -> Iterator[str]:
    """Yield rows as CSV; for ``excel`` with semicolons, decimal commas, CRLF and a UTF-8 mark.

    A spreadsheet that expects semicolons expects decimal commas too.
    """
    line_end, separator, point = ("\r\n", ";", ",") if excel else ("\n", ",", ".")
    writer = csv.writer(_Line(), lineterminator=line_end, delimiter=separator)
    yield (_BYTE_ORDER_MARK if excel else "") + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_written(field, point) for field in row])


def amount_fields(amount: Amount | None) -> list[Field]:
    """Return best, low, high, complete and unknown entries; empty where there is no amount."""
    if amount is None:
        return [None] * 5
    return [*amount[:3], "yes" if amount.known else "no", amount.unknown]


def _day(row: DayRow) -> Iterator[list[Field]]:
    whole = row.nutrients
    for nutrient in NUTRIENTS.values():
        head = [row.day.isoformat(), row.status, nutrient.id, nutrient.unit]
        yield [*head, *amount_fields(whole.get(nutrient.id)), *_parts(row, nutrient.id)]


def _parts(row: DayRow, nutrient: str) -> Iterator[float | None]:
    for part in (row.food, row.supplement):
        yield part[nutrient].best if nutrient in part else None


def _written(field: Field, point: str) -> str:
    if field is None:
        return ""
    if isinstance(field, str):
        text = clean(field).strip()
        return f"'{text}" if text.startswith(_FORMULA) else text
    return f"{field:.6f}".rstrip("0").rstrip(".").replace(".", point)
