"""A report as CSV: one row per day and nutrient, for spreadsheets.

An empty field is unknown, or a day with nothing logged: never zero. A text that a spreadsheet would
take for a formula gets a leading ``'``.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from k2log.amounts import Amounts
from k2log.nutrients import NUTRIENTS
from k2log.render.numbers import clean
from k2log.report.model import Report
from k2log.text import guarded

NUTRIENT_COLUMNS: Final = (
    *("nutrient", "unit", "best", "low", "high"),
    *("complete", "unknown_entries"),
)
"""What every CSV of a report says of a nutrient, behind what the row is about."""

COLUMNS: Final = ("day", "status", *NUTRIENT_COLUMNS, "food", "supplement")
_BYTE_ORDER_MARK: Final = "\ufeff"

Field = str | int | float | None


class _CsvLine:
    """What a CSV writer writes to: each line is its answer."""

    def write(self, text: str) -> str:
        """Hand the line back."""
        return text


def csv_text(
    header: Sequence[str], rows: Iterable[Sequence[Field]], *, excel: bool
) -> Iterator[str]:
    """Yield rows as CSV; for ``excel`` with semicolons, decimal commas, CRLF and a UTF-8 mark.

    A spreadsheet that expects semicolons expects decimal commas too.
    """
    line_end, separator, point = ("\r\n", ";", ",") if excel else ("\n", ",", ".")
    writer = csv.writer(_CsvLine(), lineterminator=line_end, delimiter=separator)
    yield (_BYTE_ORDER_MARK if excel else "") + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_written(field, point) for field in row])


def nutrient_rows(head: Sequence[Field], amounts: Amounts) -> Iterator[list[Field]]:
    """Yield a row per nutrient: the head, then NUTRIENT_COLUMNS; empty where it has no amount."""
    for id_, nutrient in NUTRIENTS.items():
        fields: list[Field] = [None] * 5
        if amount := amounts.get(id_):
            fields = [*amount[:3], "yes" if amount.known else "no", amount.unknown]
        yield [*head, id_, nutrient.unit, *fields]


def day_rows(report: Report) -> Iterator[list[Field]]:
    """Yield a row per day and nutrient; ``food`` and ``supplement`` split ``best``."""
    for row in report.days:
        rows = nutrient_rows([row.day.isoformat(), row.status], row.nutrients)
        for id_, fields in zip(NUTRIENTS, rows, strict=True):
            parts = [part[id_].best if id_ in part else None for part in (row.food, row.supplement)]
            yield [*fields, *parts]


def _written(field: Field, point: str) -> str:
    if field is None:
        return ""
    if isinstance(field, str):
        text = clean(field).strip()
        return guarded(text)
    return f"{field:.6f}".rstrip("0").rstrip(".").replace(".", point)
