import csv
import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from diaries import FoodDay, kept
from k2log.amounts import UNKNOWN, Amount
from k2log.nutrients import NUTRIENTS
from k2log.render.page import Page, ReportOptions
from k2log.render.report_formats import FORMATS, render
from k2log.render.report_table import Style, report_table
from k2log.report.build import build
from k2log.report.model import Report
from k2log.report.period import between
from test_report_build import (
    EEL,
    GENERATED,
    NATTO,
    TODAY,
    ago,
    eaten,
    report,
    rows_of_a_week,
)

MILK = {
    "calcium": Amount.of(276),
    "vitamin_d3": Amount.of(2.7),
    "vitamin_d": Amount.of(2.7),
    "vitamin_k2": Amount.of(2.2, 0.2, 2.4),
}
CHEDDAR = {
    "calcium": Amount.of(200),
    "vitamin_k2": Amount.partial(2.4),
    "mk4": Amount.of(2.4),
    "mk7": UNKNOWN,
    "mk_other": UNKNOWN,
}
KALE = {"calcium": Amount.of(177), "vitamin_k1": Amount.of(494)}
D3 = {"vitamin_d3": Amount.of(50), "vitamin_d": Amount.of(50)}
WEEK = [
    eaten(6, "whole milk", MILK, entries=2),
    eaten(6, "eel", EEL),
    eaten(5, "whole milk", MILK),
    eaten(5, "natto", NATTO),
    eaten(5, "D3 2000 IU", D3, pill=True),
    eaten(5, "milk [2%]", CHEDDAR),
    eaten(3, "kale", KALE),
    eaten(3, "natto", NATTO),
    eaten(2, "D3 2000 IU", D3, pill=True),
    eaten(1, "whole milk", MILK),
    eaten(0, "natto", NATTO),
    eaten(0, "eel", EEL),
]


def week(rows: list[FoodDay] = WEEK) -> Report:
    """Return a week with every kind of day in it."""
    return report(rows, marks={ago(1): "incomplete"})


@pytest.mark.parametrize("columns", [120, 80, 50])
def test_a_week_on_a_terminal(columns: int, snapshot: SnapshotAssertion) -> None:
    """Wide and narrow."""
    assert render(week(), page=Page(columns)) == snapshot


def test_the_answer_is_on_the_first_screen() -> None:
    """Of 24 lines of 80 columns: three nutrients, balance, what to be careful about, the days."""
    screen = render(week(), page=Page(80)).splitlines()[:24]  # type: ignore[union-attr]

    assert max(map(len, screen)) <= 80
    for begins in ("Calcium", "Vitamin D", "Vitamin K2", "Balance", "Careful", "Sun 15", "Sat 21"):
        assert any(line.strip().startswith(begins) for line in screen), begins


def test_colour_adds_no_word() -> None:
    """With it and without, the same characters; of 16 colours, none that is hard to read."""
    coloured, plain = (render(week(), page=Page(80, colour=it)) for it in (True, False))
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", str(coloured)))

    assert re.sub(r"\x1b\[[0-9;]*m", "", str(coloured)).split() == str(plain).split()
    assert codes <= {"0", "1", "2", "36", "1;31", "1;32", "1;34", "1;35"}


def test_a_week_in_a_pipe(snapshot: SnapshotAssertion) -> None:
    """Uncut."""
    assert render(week()) == snapshot


def test_a_week_to_listen_to(snapshot: SnapshotAssertion) -> None:
    """Words instead of signs and columns."""
    assert render(week(), page=Page(plain_words=True)) == snapshot


def test_a_week_in_markdown(snapshot: SnapshotAssertion) -> None:
    """A table and lists."""
    assert render(week(), "markdown") == snapshot


def test_all_nutrients_on_a_terminal(snapshot: SnapshotAssertion) -> None:
    """What does not fit beside each other stands below each other."""
    assert render(week(), "table", ReportOptions(all_nutrients=True), page=Page(80)) == snapshot


def test_a_single_day_lists_its_foods(snapshot: SnapshotAssertion) -> None:
    """Today is useful before it is over."""
    assert render(report(WEEK, "day"), page=Page(80)) == snapshot


def test_a_year_has_a_line_per_month(snapshot: SnapshotAssertion) -> None:
    """Each the mean of its complete days."""
    assert render(report(WEEK, "year"), page=Page(80)) == snapshot


def test_a_decade_has_a_line_per_year() -> None:
    """Beyond three years."""
    window = between(date(2016, 1, 1), TODAY)
    made = build(kept(WEEK, window), today=TODAY, generated_at=GENERATED, catalogue="2026.1")

    assert re.search(r"^2026 .* 4 of 325 days$", render(made), re.MULTILINE)
    assert re.search(r"^2016 .* no entries$", render(made), re.MULTILINE)


def test_nothing_logged_says_what_to_do() -> None:
    """And in a form that can be copied."""
    assert render(report([])) == (
        "Nothing logged from 15 to 21 November 2026. Log something: k2log add natto 1tbsp\n"
    )
    assert render(report([], "day")).startswith("Nothing logged on Saturday 21 November 2026.")


def test_without_a_complete_day_there_is_no_mean() -> None:
    """Dashes rather than zeros, and why."""
    text = render(report([eaten(0, "natto", NATTO)]))

    assert "no complete day of 7" in text
    assert re.search(r"^mean +– +– +– +no complete day$", text, re.MULTILINE)


def test_a_skipped_day_is_called_skipped() -> None:
    """It was not forgotten."""
    text = render(report(WEEK, marks={ago(4): "skipped"}))

    assert re.search(r"^Tue 17 .*skipped$", text, re.MULTILINE)


@pytest.mark.parametrize("columns", [5, 20, 30, 40, 50, 80, 160])
@pytest.mark.parametrize("all_nutrients", [False, True])
def test_no_number_is_cut_on_any_terminal(columns: int, all_nutrients: bool) -> None:
    """Every cell of the uncut table stands whole in the narrow one."""
    text = render(week(), "table", ReportOptions(all_nutrients), page=Page(columns))

    table = report_table(week(), Style(all_nutrients))

    assert len(table.lines) > 7
    assert ("103 (9–127)" if all_nutrients else "103 (39–119)") in text
    assert {" ".join(filter(None, cell)) for line in table.lines for cell in line.cells} <= set(
        re.split(r"\s{2,}|\n| (?=[^+( ])", text)
    )


def test_a_mark_is_right_behind_its_number() -> None:
    """``116 +?`` can be searched for."""
    text = render(week())

    assert "108 +?" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_colour_only_where_it_is_wanted() -> None:
    """NO_COLOR terminals get the same text."""
    coloured = render(week(), page=Page(80, colour=True))
    plain = render(week(), page=Page(80))

    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_json_has_exactly_the_promised_keys() -> None:
    """The schema k2log.report/1."""
    made = json.loads("".join(render(week(), "json")))

    assert list(made) == (
        [
            "schema",
            "generated_at",
            "catalogue",
            "period",
            "profile",
            "nutrients",
            "days",
            "foods",
            "balance",
            "caveats",
        ]
    )
    assert made["schema"] == "k2log.report/1"
    assert made["generated_at"] == "2026-11-21T11:00:00Z"
    assert made["profile"] is None
    assert made["period"] == {
        "from": "2026-11-15",
        "to": "2026-11-21",
        "days": 7,
        "logged_days": 6,
        "complete_days": 3,
    }
    assert set(made["nutrients"]) == set(NUTRIENTS)
    assert list(made["nutrients"]["vitamin_k2"]) == (
        [
            "unit",
            "total",
            "by_kind_entries",
            "mean_per_complete_day",
            "likely",
            "food",
            "supplement",
            "references",
            "upper_levels",
        ]
    )
    assert list(made["days"][0]) == ["day", "status", "entries", "nutrients"]
    assert list(made["foods"][0]) == ["food", "entries", "nutrients"]
    assert list(made["caveats"][0]) == (
        ["id", "severity", "evidence", "message", "citations", "days", "entries", "data"]
    )


def test_json_writes_unknown_as_null() -> None:
    """Never as zero."""
    made = json.loads("".join(render(week(), "json")))

    assert made["days"][6]["nutrients"]["vitamin_k2"] == {
        "amount": 103.0,
        "low": 9.0,
        "high": None,
        "all_known": False,
        "unknown_entries": 1,
        "likely": {
            "low": made["days"][6]["nutrients"]["vitamin_k2"]["likely"]["low"],
            "high": None,
        },
    }
    assert 9 < made["days"][6]["nutrients"]["vitamin_k2"]["likely"]["low"] < 103
    assert made["balance"]["state"] == "not-looked-at"
    assert made["days"][4]["nutrients"]["vitamin_k2"]["all_known"] is True
    assert made["days"][2] == {
        "day": "2026-11-17",
        "status": "empty",
        "entries": 0,
        "nutrients": {},
    }


def test_json_without_a_complete_day_has_no_total() -> None:
    """Null, and no mean."""
    calcium = json.loads("".join(render(report(WEEK, "day"), "json")))["nutrients"]["calcium"]

    assert calcium["total"]["amount"] is None
    assert calcium["mean_per_complete_day"] is None


def test_csv_has_a_row_per_day_and_nutrient() -> None:
    """With food and supplement apart, and empty for unknown."""
    rows = list(csv.DictReader("".join(render(week(), "csv")).splitlines()))
    at: dict[Any, dict[str, str]] = {(row["day"], row["nutrient"]): row for row in rows}

    assert len(rows) == 7 * len(NUTRIENTS)
    assert at["2026-11-16", "vitamin_d3"]["supplement"] == "50"
    k2 = at["2026-11-21", "vitamin_k2"]
    assert (k2["best"], k2["low"], k2["high"]) == ("103", "9", "")
    assert (k2["complete"], k2["unknown_entries"], k2["status"]) == ("no", "1", "so far")
    assert at["2026-11-17", "calcium"]["best"] == ""


def test_names_that_look_like_markup_print_whole() -> None:
    """In every rendering for people."""
    made = report([eaten(0, "[red]milk[/red] [2%] :egg:", MILK)], "day")

    assert "[red]milk[/red] [2%] :egg:" in render(made)
    assert "[red]milk[/red] [2%] :egg:" in render(made, page=Page(80, colour=True))
    assert r"\[red\]milk\[/red\] \[2%\] :egg:" in render(made, "markdown")


def test_a_pipe_in_a_name_does_not_break_a_markdown_table() -> None:
    """It is escaped."""
    text = render(report([eaten(0, "a|b", MILK)], "day"), "markdown")

    assert r"| a\|b | 276 | 2.7 | 2.2 (0.2–2.4) |  |" in text


@given(
    rows_of_a_week,
    st.text(min_size=1, max_size=60),
    st.sampled_from([*FORMATS]),
    st.booleans(),
    st.sampled_from([None, 30, 80]),
    st.sampled_from(["day", "week", "year"]),
)
def test_any_diary_can_be_shown(
    rows: list[FoodDay], name: str, form: str, wordy: bool, columns: int | None, kind: str
) -> None:
    """Whatever the amounts and names are."""
    made = report([row._replace(food=name) for row in rows], kind)

    assert "".join(render(made, form, ReportOptions(wordy), page=Page(columns, wordy, wordy)))
