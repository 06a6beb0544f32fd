"""``k2log report --by``: what gave how much, instead of a line per day."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from diaries import FoodDay, sums
from k2log.amounts import total
from k2log.diary.entry import MealPart
from k2log.nutrients import NUTRIENTS
from k2log.render.page import Page, ReportOptions
from k2log.render.report_by import MOST_LINES, ByGroup
from k2log.render.report_formats import render
from k2log.report.grouping import Grouping, grouped, uncounted
from k2log.report.model import Report
from test_report_build import ago, eaten, report, rows_of_a_week
from test_startup import modules_after
from test_views_report import MILK, week

KINDS = ("food", "meal", "source", "weekday")


@pytest.fixture
def eating(k2log):
    """Two complete days: food, supplements, meals with names and without."""
    k2log("add", "whole milk 1 cup", "--on", "-2", "--meal", "breakfast")
    k2log("add", "whole milk 1 cup", "--on", "-1", "--meal", "Breakfast")
    k2log("add", "natto 1tbsp", "--on", "-1", "--meal", "dinner")
    k2log("add", "gouda 30g, d3 1000IU", "--on", "-1")
    k2log("add", "eel 100g")
    return k2log


def by(k2log, kind: str, *options: str) -> dict[str, dict]:
    """Return the groups of the week as JSON, under their names."""
    result = k2log("report", "--json", "--by", kind, *options)
    assert result.code == 0, result.err
    return {group["name"]: group for group in json.loads(result.out)["by"]["groups"]}


def test_every_food_has_a_line_with_its_mean_per_complete_day(eating):
    """Not only the three that gave most; today's eel is not in the mean."""
    lines = eating("report --by food").out.splitlines()

    assert lines[0] == (
        "15–21 November 2026 · 2 complete days of 7 · by food, mean per complete day"
    )
    labels = [re.split(r"\s{2,}", line)[0] for line in lines[3 : lines.index("", 3)]]
    assert sorted(labels[:4]) == ["Gouda", "Natto", "Vitamin D3", "Whole milk, fortified (US)"]
    assert labels[4:] == ["mean of 2 days", "", ""]


def test_shares_are_told_of_calcium_and_vitamin_d_only(eating):
    """Of K2 there is no percentage."""
    text = eating("report --by food --all").out
    assert re.search("share", text, re.IGNORECASE)
    assert "K2 share" not in text
    assert set(by(eating, "food")["Gouda"]["share"]) == {"calcium", "vitamin_d3", "vitamin_d"}


def test_meals_are_as_named_however_capitalised(eating):
    """What was logged without a meal is called so."""
    meals = by(eating, "meal")

    assert set(meals) == {"Breakfast", "dinner", None}
    assert meals["Breakfast"]["entries"] == 2
    assert "no meal named" in eating("report --by meal").out


def test_sources_are_all_food_and_each_supplement(eating):
    """By name."""
    sources = by(eating, "source")

    assert {name: group["supplement"] for name, group in sources.items()} == {
        "food": False,
        "Vitamin D3": True,
    }
    assert sources["Vitamin D3"]["mean_per_complete_day"]["vitamin_d3"]["amount"] == 12.5


def test_weekdays_are_means_of_their_own_complete_days(eating):
    """Each says of how many; one that has none says that."""
    weekdays = by(eating, "weekday", "--month")

    assert list(weekdays) == (
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    )
    assert weekdays["Friday"]["complete_days"] == 1
    assert weekdays["Saturday"]["mean_per_complete_day"] is None
    assert re.search(r"Friday .* 1 day$", eating("report --by weekday").out, re.MULTILINE)
    assert re.search(
        r"Saturday .* no complete day$", eating("report --by weekday").out, re.MULTILINE
    )


def test_a_dose_that_lasts_counts_in_its_meal_on_each_day(k2log):
    """A share a day."""
    k2log("add", "d3 7000IU", "--every", "7d", "--on", "-3", "--meal", "breakfast")
    for day in ("-3", "-2"):
        k2log("add", "natto 1tbsp", "--on", day)

    breakfast = by(k2log, "meal")["breakfast"]

    assert breakfast["mean_per_complete_day"]["vitamin_d3"]["amount"] == 25
    assert breakfast["entries"] == 1


def test_a_single_day_is_split_before_it_is_over(k2log):
    """As its report lists it."""
    k2log("add", "natto 1tbsp", "--meal", "lunch")
    k2log("add", "d3 1000IU")

    for kind, label in (("food", "Natto"), ("meal", "lunch"), ("source", "food")):
        text = k2log("report", "--day", "--by", kind).out
        assert re.search(rf"^{label} +24 ", text, re.MULTILINE), text
        assert re.search(r"^total so far +24 ", text, re.MULTILINE), text
    lunch = by(k2log, "meal", "--day")["lunch"]
    assert lunch["total"]["calcium"]["amount"] > 0
    assert lunch["mean_per_complete_day"] is None


def test_other_keys_of_the_json_are_as_without_by(eating):
    """One key more."""
    plain = json.loads(eating("report --json").out)
    split = json.loads(eating("report --json --by food").out)

    assert split.pop("by")["kind"] == "food"
    assert split == plain


def test_csv_has_a_row_per_group_and_nutrient_and_runs_nothing(k2log):
    """A name that a spreadsheet would run gets an apostrophe."""
    k2log("add", "natto 1tbsp", "--on", "-1", "--meal", "=2+3")

    header, *rows = k2log("report --by meal --format csv").out.splitlines()

    assert header.startswith("by,name,supplement,complete_days,entries,nutrient,unit,best,low,high")
    assert len(rows) == len(NUTRIENTS)
    assert rows[0].startswith("meal,'=2+3,,1,1,calcium,mg,")
    assert rows[0].endswith(",100")


def test_an_empty_window_says_so(k2log):
    """As every report does."""
    for kind in KINDS:
        assert k2log("report", "--by", kind).out.startswith("Nothing logged from 15 to 21")


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_complete_day_nothing_is_split(k2log, kind):
    """Dashes rather than zeros."""
    k2log("add natto 1tbsp")

    text = k2log("report", "--by", kind).out

    assert re.search(r"^mean +–", text, re.MULTILINE), text


def test_an_unknown_kind_is_refused_with_those_there_are(k2log):
    """Exit code 2."""
    result = k2log("report --by colour")

    assert result.code == 2
    assert "'food', 'meal', 'source', 'weekday'" in result.err


def test_by_and_trend_are_two_tables(k2log):
    """One at a time."""
    result = k2log("report --by food --trend")

    assert (result.code, result.out) == (2, "")
    assert result.err == "k2log: --by and --trend are two tables; choose one.\n"


def test_a_page_is_not_split(k2log):
    """It holds the days."""
    result = k2log("report --by food --format html")

    assert (result.code, result.out) == (2, "")


def test_a_report_by_days_loads_neither_groups_nor_trend(k2log, diary):
    """Nor runs a statement for them."""
    k2log("add egg 1")

    loaded = modules_after(diary, "report", "--week")

    assert "k2log.render.report_formats" in loaded
    assert not any(
        name.endswith((".grouping", ".report_by", ".trend", ".report_trend")) for name in loaded
    )


# The table


BARE = ReportOptions(caveats="none")


def drawn(kind: str, page: Page, made: Report | None = None, wanted: ReportOptions = BARE) -> str:
    """Return a week by food, source or weekday."""
    made = made or week()
    return render(made, "table", wanted, page=page, look=ByGroup(grouped(made, kind)))


@pytest.mark.parametrize("columns", [50, 80, 160])
def test_foods_on_a_terminal(columns: int, snapshot: SnapshotAssertion) -> None:
    """Narrow, usual and wide."""
    assert drawn("food", Page(columns)) == snapshot


def test_weekdays_on_a_narrow_terminal(snapshot: SnapshotAssertion) -> None:
    """How many days stand under the weekday."""
    assert drawn("weekday", Page(50)) == snapshot


def test_sources_to_listen_to(snapshot: SnapshotAssertion) -> None:
    """Words instead of signs and columns."""
    assert drawn("source", Page(plain_words=True)) == snapshot


def test_foods_in_markdown(snapshot: SnapshotAssertion) -> None:
    """A table and lists."""
    made = week()
    assert render(made, "markdown", BARE, look=ByGroup(grouped(made, "food"))) == snapshot


def test_shares_say_what_they_are_of_where_a_figure_is_missing() -> None:
    """Eel has no figure for vitamin D."""
    assert "shares are of what was counted" in drawn("food", Page())
    assert "shares are of" not in drawn("food", Page(), report([eaten(1, "milk", MILK)]))
    assert "shares are of" not in drawn("weekday", Page())


def test_a_terminal_sums_up_what_is_beyond_thirty_lines() -> None:
    """A pipe is uncut."""
    many = report([eaten(1, f"food {number:02}", MILK) for number in range(MOST_LINES + 12)])

    shown = drawn("food", Page(80), many)
    assert re.search(r"^12 more +3312 ", shown, re.MULTILINE)
    assert "food 30" not in shown
    assert "food 41" in drawn("food", Page(), many)


@pytest.mark.parametrize("columns", [20, 50, 80, 160])
@pytest.mark.parametrize("kind", ["food", "source", "weekday"])
def test_no_line_is_wider_than_the_terminal(kind: str, columns: int) -> None:
    """Where a table fits at all."""
    text = drawn(kind, Page(columns), wanted=ReportOptions(all_nutrients=True))

    assert columns < 50 or max(map(len, text.splitlines())) <= columns
    assert "Calcium" in text
    assert {"food": "natto", "source": "D3 2000", "weekday": "Mon"}[kind] in text


# What always holds


def meals_of(made: Report, rows: list[FoodDay]) -> list[MealPart]:
    """Return the rows that count as meals, named by how much of a food there was."""
    names, left_out = ("breakfast", "Breakfast", None), uncounted(made)
    window = [row for row in rows if row.day in {day.day for day in made.days}]
    return [
        MealPart(names[row.entries % 3], 1, row.entries, sums(row.nutrients))
        for row in window
        if row.day not in left_out
    ]


def every_grouping(made: Report, rows: list[FoodDay]) -> list[Grouping]:
    """Return a report by everything there is."""
    return [grouped(made, kind, meals_of(made, rows)) for kind in KINDS]


@given(rows_of_a_week, st.sampled_from(["day", "week", "year"]))
def test_groups_add_up_to_the_whole(rows: list[FoodDay], window: str) -> None:
    """To the report's total, with what is unknown and with both ends of ranges."""
    made = report(rows, window)

    for grouping in every_grouping(made, rows):
        parts = [group.total for group in grouping.groups if group.total]
        for id_, whole in grouping.whole.items():
            if parts:
                assert total(part[id_] for part in parts) == whole
        if made.complete_days:
            assert grouping.whole == {id_: it.total for id_, it in made.nutrients.items()}


@given(rows_of_a_week)
def test_means_add_up_to_the_mean(rows: list[FoodDay]) -> None:
    """But for rounding, and except of weekdays, which have days of their own."""
    made = report(rows)

    for grouping in every_grouping(made, rows)[:3]:
        for id_, part in made.nutrients.items():
            means = [group.mean[id_].best or 0 for group in grouping.groups if group.mean]
            if means and part.mean:
                assert sum(means) == pytest.approx(part.mean.best or 0, abs=1e-5)


@given(rows_of_a_week)
def test_shares_add_up_to_one(rows: list[FoodDay]) -> None:
    """Of what was counted."""
    made = report(rows)

    for grouping in every_grouping(made, rows):
        shares = [grouping.share(group.total, "calcium") for group in grouping.groups]
        told = [share for share in shares if share is not None]
        assert not told or sum(told) == pytest.approx(1)


def test_days_that_do_not_count_are_in_no_meal() -> None:
    """Incomplete and skipped days, and today."""
    rows = [eaten(day, "milk", MILK) for day in range(4)]
    made = report(rows, marks={ago(1): "incomplete", ago(2): "skipped"})

    (meal,) = grouped(made, "meal", meals_of(made, rows)).groups

    assert meal.total == rows[3].nutrients
    assert rows[3].day == date(2026, 11, 18)


def test_a_long_window_begins_with_the_diary(k2log):
    """The years before the first entry are no part of it; a year is always a year."""
    k2log("add", "gouda 30g", "--on", "2026-09-10")

    long = json.loads(k2log("report", "--from", "1990-01-01", "--json").out)
    year = json.loads(k2log("report", "--year", "--json").out)

    assert long["period"] == {
        "from": "2026-09-10", "to": "2026-11-21", "days": 73, "logged_days": 1, "complete_days": 1,
    }  # fmt: skip
    assert year["period"]["days"] == 365


@pytest.mark.parametrize("kind", KINDS)
def test_a_skipped_day_has_no_groups(k2log, kind):
    """Its entries are kept, not counted, whatever a report of that day is split by."""
    k2log("add", "natto 1tbsp", "--on", "yesterday", "--meal", "lunch")
    command = ("report", "--day", "--on", "yesterday", "--by", kind, "--json")
    before = json.loads(k2log(*command).out)["by"]["groups"]
    k2log("day", "skip", "yesterday")

    result = k2log(*command)

    assert sum(group["entries"] for group in before) == 1
    assert result.code == 0, result.err
    assert sum(group["entries"] for group in json.loads(result.out)["by"]["groups"]) == 0
