"""Vitamin D in all its forms is what is shown, and D3 beside it where not all of it is D3."""

import csv
import io
import json
import re

import pytest

from k2log.amounts import UNKNOWN, Amount
from k2log.render.numbers import show_with_form
from k2log.render.page import Page
from k2log.render.report_formats import FORMATS

UNSTATED = ["vitamin d 1000IU"]
D2_ONLY = ["d2 2000IU"]
MUSHROOMS = ["uv mushrooms 100g", "soy milk 200ml"]
MIXED = ["d3 1000IU", "vitamin d 1000IU", "salmon 100g"]


@pytest.fixture
def eating(k2log):
    """Log the same on three days before today, and return what the last one said."""

    def log(items):
        said = [k2log("add", *items, "--on", f"-{day}") for day in (3, 2, 1)]
        return said[-1].out

    return log


def day_before(text: str) -> str:
    return next(line for line in text.splitlines() if re.match(r"(\| )?Fri 20", line))


def cells(text: str) -> list[str]:
    """Return head and yesterday of a Markdown table as a mapping of heads to cells."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    head = [it.strip() for it in rows[0]]
    row = next(row for row in rows if row[0].startswith("Fri 20"))
    return dict(zip(head, row[1:], strict=False))


@pytest.mark.parametrize(
    ("items", "line", "whole", "form"),
    [
        (UNSTATED, "D 25 µg, form not stated", "25", "unstated"),
        (D2_ONLY, "D 50 µg, of which D3 0 µg", "50", "0"),
        (MUSHROOMS, ", of which D3 0 µg", "28", "0"),
        (MIXED, ", of which D3 at least 38 µg", "63", "38 +?"),
    ],
)
def test_vitamin_d_is_told_with_the_part_that_is_d3(items, line, whole, form, eating, k2log):
    """In what add, today and log say, and in every format of the report."""
    assert line in eating(items)
    assert line in k2log("log", "--on", "yesterday").out + k2log("explain", "yesterday").out

    row = cells(k2log("report", "--format", "markdown", "--week").out)
    assert row["Vitamin D µg"].split()[0] == whole
    assert row["of which D3 µg"] == form

    spoken = day_before(k2log("--plain", "report", "--week").out)
    assert f"Vitamin D {whole} µg" in spoken
    assert f"of which D3 {form.replace('+?', 'µg plus unknown')}" in spoken

    page = k2log("report", "--format", "html", "--week", "--full").out
    assert "of which D3" in page
    assert "form not stated" in page if form == "unstated" else "D3" in page


@pytest.mark.parametrize("items", [UNSTATED, D2_ONLY, MUSHROOMS, MIXED])
def test_vitamin_d_is_never_shown_as_nothing(items, eating, k2log):
    """Neither as 0 nor as unknown, whatever its form is."""
    eating(items)

    for words in ("report --week", "report --week --by food", "chart d", "report --trend"):
        text = k2log(words).out
        assert "Vitamin D3 µg" not in text
        assert not re.search(r"Vitamin D: .*no figure|^ *Vitamin D +\?", text, re.MULTILINE)
    rows = csv.DictReader(io.StringIO(k2log("report --week --format csv").out))
    best = [float(row["best"]) for row in rows if row["nutrient"] == "vitamin_d" and row["best"]]
    assert len(best) == 3
    assert min(best) >= 25


def test_where_all_of_it_is_d3_one_figure_says_it(k2log):
    """The line has no second figure, and the report says once that all of it is D3."""
    k2log("add", "d3 2000IU", "whole milk 1 cup", "--on", "-1")
    said = k2log("add", "d3 2000IU", "natto").out
    report = k2log("report", "--week").out

    assert "D 50 µg" in said
    assert "of which" not in said + report
    assert "vitamin D: all that was counted is D3" in report
    assert "D3" not in k2log("add", "natto").out


def test_nothing_is_said_of_forms_where_there_is_no_vitamin_d(k2log):
    """Of a zero and of what has no figure there is no form."""
    k2log("add", "natto 1tbsp", "--on", "-1")
    assert "D3" not in k2log("add", "natto 1tbsp", "eel 100g").out
    assert "D3" not in k2log("report", "--week").out


@pytest.mark.parametrize("width", [50, 80, 160])
def test_both_columns_fit_a_terminal(width, eating, k2log, monkeypatch):
    """Side by side or below each other, and without colour."""
    from k2log.render.report_formats import render
    from test_report_build import eaten, report

    d2 = {"vitamin_d": Amount.of(29, 17, 77), "vitamin_k2": Amount.of(103, 9, 127)}
    rows = [eaten(day, "mushrooms", d2) for day in range(1, 6)]
    text = render(report(rows), page=Page(width))

    assert max(map(len, text.splitlines())) <= width
    assert " ".join(text.split()).count("of which") == 1
    assert "29 (21–62)" in text


@pytest.mark.parametrize(
    ("whole", "form", "words"),
    [
        (Amount.of(50), Amount.of(50), "50 µg"),
        (Amount.of(0), Amount.of(0), "0 µg"),
        (Amount.of(0), UNKNOWN, "0 µg"),
        (UNKNOWN, UNKNOWN, "?"),
        (UNKNOWN, Amount.of(50), "?, of which D3 50 µg"),
        (Amount.of(25), UNKNOWN, "25 µg, form not stated"),
        (Amount.of(25), Amount.partial(0), "25 µg, form not stated"),
        (Amount.of(25), Amount.of(0), "25 µg, of which D3 0 µg"),
        (Amount.of(75), Amount.partial(50), "75 µg, of which D3 at least 50 µg"),
        (Amount.partial(75), Amount.partial(50), "75 µg +?, of which D3 50 µg +?"),
        (Amount.partial(50), Amount.partial(50), "50 µg +?"),
        (Amount.of(5.204), Amount.of(5.2), "5.2 µg"),
    ],
)
def test_an_amount_and_its_form(whole, form, words):
    """What is unknown is said as unknown, and what is the same is said once."""
    assert show_with_form({"vitamin_d": whole, "vitamin_d3": form}, "vitamin_d") == words


def test_every_nutrient_shows_each_before_its_forms(k2log):
    """With --all the columns are named as everywhere else."""
    k2log("add", "d2 2000IU", "natto")
    head = next(
        line
        for line in k2log("report --all --format markdown").out.splitlines()
        if "Calcium" in line and "|" in line
    )

    assert "Vitamin D µg | Vitamin D3 µg | Vitamin D2 µg | Vitamin K2 µg" in head
    assert set(FORMATS) == {"table", "json", "csv", "markdown", "html"}


def test_json_keeps_its_keys(k2log):
    """Both figures stand beside each other, as before."""
    k2log("add", "vitamin d 1000IU", "natto", "--on", "-1")
    nutrients = json.loads(k2log("report", "--json", "--week").out)["nutrients"]

    assert nutrients["vitamin_d"]["total"]["amount"] == 25
    assert nutrients["vitamin_d3"]["total"]["amount"] == 0
    assert nutrients["vitamin_d3"]["total"]["all_known"] is False
