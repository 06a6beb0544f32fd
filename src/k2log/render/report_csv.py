"""A report as CSV: one row per day and nutrient, for spreadsheets.

An empty field is unknown, or a day with nothing logged: never zero. A text that a spreadsheet would
take for a formula gets a leading ``'``.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from k2log.amounts import Amount
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


def amount_fields(amount: Amount | None) -> list[Field]:
    """Return best, low, high, complete and unknown entries; empty where there is no amount."""
    if amount is None:
        return [None] * 5
    return [*amount[:3], "yes" if amount.known else "no", amount.unknown]


def day_rows(report: Report) -> Iterator[list[Field]]:
    """Yield a row per day and nutrient; ``food`` and ``supplement`` split ``best``."""
    for row in report.days:
        whole = row.nutrients
        for id_, nutrient in NUTRIENTS.items():
            head = [row.day.isoformat(), row.status, id_, nutrient.unit]
            parts = [part[id_].best if id_ in part else None for part in (row.food, row.supplement)]
            yield [*head, *amount_fields(whole.get(id_)), *parts]


def _written(field: Field, point: str) -> str:
    if field is None:
        return ""
    if isinstance(field, str):
        text = clean(field).strip()
        return f"'{text}" if text.startswith(_FORMULA) else text
    return f"{field:.6f}".rstrip("0").rstrip(".").replace(".", point)
