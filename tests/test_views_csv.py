"""``k2log report --format csv`` and ``--excel``: a report for spreadsheets."""

import csv
from io import StringIO

import pytest
from hypothesis import given

from diaries import FoodDay
from k2log.nutrients import NUTRIENTS
from k2log.render.report_csv import COLUMNS, csv_text
from k2log.render.report_formats import render
from test_report_build import report, rows_of_a_week

MARK = "\ufeff"


@pytest.fixture
def logged(k2log):
    """One complete day with half a microgram somewhere."""
    k2log("add", "gouda 30g, d3 1000IU", "--on", "yesterday")
    return k2log


def cells(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows that a spreadsheet would read."""
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


def test_csv_columns_are_a_promise(logged):
    """One row per day and nutrient, commas and decimal points."""
    header, *rows = cells(logged("report --format csv").out, ",")

    assert header == list(COLUMNS)
    assert ",".join(header) == (
        "day,status,nutrient,unit,best,low,high,complete,unknown_entries,food,supplement"
    )
    assert len(rows) == 7 * len(NUTRIENTS)


def test_excel_alone_means_csv_with_semicolons_and_decimal_commas(logged):
    """Marked as UTF-8, CRLF at the end of each line."""
    text = logged("report --excel").out

    assert text.startswith(f"{MARK}day;status;nutrient;unit;best;")
    assert text.count("\r\n") == text.count("\n") == 1 + 7 * len(NUTRIENTS)
    rows = {(row[0], row[2]): row for row in cells(text.removeprefix(MARK), ";")}
    assert rows["2026-11-20", "vitamin_d3"][4] == "25,15"
    assert "." not in "".join(cell for row in rows.values() for cell in row)


def test_excel_and_csv_say_the_same(logged):
    """In two ways of writing."""
    plain = cells(logged("report --format csv").out, ",")
    excel = cells(logged("report --excel --format csv").out.removeprefix(MARK), ";")

    assert excel == [[cell.replace(".", ",") for cell in row] for row in plain]


def test_a_file_holds_the_bytes_of_stdout(logged, tmp_path):
    """UTF-8 whatever the locale."""
    target = tmp_path / "week.csv"

    assert logged("report", "--excel", "-o", str(target)).code == 0
    written = target.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfday;")
    assert written.decode() == logged("report --excel").out


def test_stdout_is_utf_8_whatever_the_locale(logged, monkeypatch, capfd):
    """µ is never replaced, the mark is not lost."""
    import sys

    sys.stdout.reconfigure(encoding="ascii")

    assert "µg" in logged("report --excel").out


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_excel_goes_with_csv_only(logged, form):
    """Exit code 2, and which two do not agree."""
    result = logged("report", "--excel", "--format", form)

    assert (result.code, result.out) == (2, "")
    assert result.err == f"k2log: --excel writes CSV, not {form}; leave one of them out.\n"


def test_excel_goes_with_groups_and_trend(logged):
    """They are CSV too."""
    assert logged("report --excel --by food").out.startswith(f"{MARK}by;name;")
    assert logged("report --excel --trend").out.startswith(f"{MARK}window;from;")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'x", "\t=1", "\r=1", " =1"])
@pytest.mark.parametrize("excel", [False, True])
def test_no_cell_is_run(text, excel):
    """Text that begins like a formula gets an apostrophe, and control characters go."""
    made = "".join(csv_text(["name"], [[text]], excel=excel))

    assert cells(made.removeprefix(MARK), ";" if excel else ",")[1] == [f"'{text.strip()}"]


def test_no_text_breaks_a_row() -> None:
    """A carriage return in a name would begin one."""
    assert [*csv_text(["name"], [["a\r=1\n=2"]], excel=False)] == ["name\n", "a =1 =2\n"]


@given(rows_of_a_week)
def test_unknown_is_empty_and_never_zero(rows: list[FoodDay]) -> None:
    """In both ways of writing."""
    made = report(rows)
    amounts = [day.nutrients.get(id_) for day in made.days for id_ in NUTRIENTS]

    for excel, delimiter in ((False, ","), (True, ";")):
        text = "".join(render(made, "csv", excel=excel)).removeprefix(MARK)
        for row, amount in zip(cells(text, delimiter)[1:], amounts, strict=True):
            assert (row[4] == "") == (amount is None or amount.best is None)
            assert (row[6] == "") == (amount is None or amount.high is None)
