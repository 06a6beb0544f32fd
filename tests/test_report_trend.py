"""``k2log report --trend``: a window against the one before."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from diaries import GENERATED, FoodDay, kept
from k2log.amounts import UNKNOWN, Amount
from k2log.nutrients import NUTRIENTS
from k2log.render.page import PIPE, Page, ReportOptions
from k2log.render.report_formats import render
from k2log.render.report_trend import AgainstBefore
from k2log.report.build import build
from k2log.report.period import Period
from k2log.report.trend import Trend, trend_of
from test_report_build import EEL, NATTO, TODAY, ago, amounts, eaten, report
from test_science_wording import forbidden

MONTH = range(1, 60)
BEFORE = range(7, 14)
NOW = range(1, 7)
BARE = ReportOptions(caveats="none")


def held(
    rows: Iterable[FoodDay], kind: str = "week", marks: Mapping[date, str] | None = None
) -> Trend:
    """Return the trend of the window that ends today."""
    return trend_of(report(rows, kind, marks))


def meals(days: Iterable[int], **given_amounts: float | Amount) -> list[FoodDay]:
    """Return the same supper on each of these days."""
    found = {
        id_: it if isinstance(it, Amount) else Amount.of(it) for id_, it in given_amounts.items()
    }
    return [eaten(day, "supper", found) for day in days]


def drawn(rows: list[FoodDay], kind: str = "week", page: Page = PIPE) -> str:
    """Return the trend as people read it."""
    return render(
        report(rows, kind), "table", BARE, page=page, look=AgainstBefore(held(rows, kind))
    )


def change(rows: Iterable[FoodDay], nutrient: str) -> tuple[str, float | None]:
    """Return how the mean of a week moved."""
    return held(rows).changes[nutrient]


# Up, down, or not to be told


def test_a_mean_without_ranges_goes_up_and_down_by_its_difference():
    """Today is not yet in it."""
    rows = [
        *meals(BEFORE, calcium=700, magnesium=90),
        *meals(NOW, calcium=820, magnesium=60),
        *meals([0], calcium=9000),
    ]

    assert change(rows, "calcium") == ("up", 120)
    assert change(rows, "magnesium") == ("down", -30)
    assert "Calcium: up 120 mg; " in drawn(rows)


def test_no_difference_is_called_the_same():
    """And a very small one about the same."""
    same = [*meals(BEFORE, calcium=700), *meals(NOW, calcium=700)]
    hardly = [*meals(BEFORE, calcium=700), *meals(NOW, calcium=702)]

    assert "Calcium: the same; " in drawn(same)
    assert "Calcium: about the same; " in drawn(hardly)


def test_ranges_that_overlap_leave_it_open():
    """The difference may be in the foods' figures alone."""
    rows = [
        *meals(BEFORE, vitamin_k2=Amount.of(50, 20, 80)),
        *meals(NOW, vitamin_k2=Amount.of(70, 60, 90)),
    ]

    assert change(rows, "vitamin_k2") == ("cannot-tell", None)
    assert "Vitamin K2: within the published ranges: cannot tell; " in drawn(rows)


def test_ranges_apart_tell():
    """The lowest now is above the highest before."""
    rows = [
        *meals(BEFORE, vitamin_k2=Amount.of(50, 20, 80)),
        *meals(NOW, vitamin_k2=Amount.of(170, 90, 190)),
    ]

    assert change(rows, "vitamin_k2") == ("up", 120)


def test_what_has_no_figure_leaves_a_fall_open():
    """The part without a figure may be any amount."""
    rows = [*meals(BEFORE, vitamin_d=20), *meals(NOW, vitamin_d=5), eaten(1, "eel", EEL)]

    assert change(rows, "vitamin_d") == ("cannot-tell", None)
    assert "Vitamin D: some foods have no figure: cannot tell; " in drawn(rows)


def test_a_rise_is_told_as_far_as_it_is_known():
    """What has no figure can only add to it."""
    rows = [*meals(BEFORE, vitamin_d=5), *meals(NOW, vitamin_d=20), eaten(1, "eel", EEL)]

    assert change(rows, "vitamin_d")[0] == "up"
    assert "Vitamin D: up 15 µg, as far as it is known; " in drawn(rows)


def test_k2_known_for_different_shares_is_not_compared():
    """Whatever the figures are; other nutrients are."""
    rows = [
        *meals(BEFORE, vitamin_k2=5, calcium=700),
        *meals(NOW, vitamin_k2=50, calcium=800),
        *(eaten(day, "eel", {"vitamin_k2": UNKNOWN}) for day in range(1, 4)),
    ]

    assert change(rows, "vitamin_k2") == ("too-different", None)
    assert change(rows, "mk7") == ("same", 0)
    assert change(rows, "calcium")[0] == "up"
    assert (
        "Vitamin K2: known for 66% of entries now and 100% before: too different to compare"
        in drawn(rows)
    )


def test_ten_points_apart_is_still_compared():
    """More than ten is too much."""
    supper = [*meals(BEFORE, vitamin_k2=5), *meals([1, 2, 3], vitamin_k2=50)]
    eel = eaten(2, "eel", {"vitamin_k2": UNKNOWN})
    nine_in_ten, eight_in_nine = (eaten(1, "milk", {}, entries=number) for number in (6, 5))

    assert change([*supper, eel, nine_in_ten], "vitamin_k2") == ("up", 45)
    assert change([*supper, eel, eight_in_nine], "vitamin_k2") == ("too-different", None)


@pytest.mark.parametrize(("now", "before"), [(2, 7), (6, 2), (0, 7), (2, 0)])
def test_fewer_than_three_complete_days_are_not_compared(now, before):
    """In either window; it says how many there are."""
    rows = [
        *meals(NOW[:now], calcium=800),
        *meals(BEFORE[:before], calcium=400),
        *meals([0], calcium=100),
    ]
    text = drawn(rows)

    assert change(rows, "calcium") == ("too-few-days", None)
    assert re.search(r"Means: not compared: .* now, .* before; 3 in each are needed", text)
    assert "up " not in text


# Single days


def test_the_lowest_and_the_highest_day_are_named():
    """With their ranges."""
    rows = [eaten(3, "natto", NATTO), *meals([2, 1], vitamin_k2=20)]

    assert (
        "Vitamin K2: lowest day 20 µg on Thu 19 Nov, highest 103 µg (9–127) on Wed 18 Nov"
        in drawn(rows)
    )


def test_days_with_unknown_parts_are_neither_lowest_nor_highest():
    """Their sum is not known; they are counted."""
    rows = [*meals([3, 2], vitamin_k2=20), *meals([1], vitamin_k2=2), eaten(1, "eel", EEL)]
    varied = held(rows).variations["vitamin_k2"]

    assert (varied.days, varied.left_out) == (2, 1)
    assert "20 µg on each of 2 days; 1 day with unknown parts left out" in drawn(rows)


def test_vitamin_k_is_told_from_one_day_to_the_next():
    """The mean difference of neighbouring complete days, in neutral words."""
    rows = [
        *meals([6], vitamin_k1=900),
        *meals([3], vitamin_k1=100),
        *meals([2], vitamin_k1=160),
        *meals([1], vitamin_k1=120),
    ]
    varied = held(rows).variations["vitamin_k1"]

    assert (varied.step, varied.steps) == (50, 2)
    assert (
        "K1, day to day: lowest day 100 µg on Wed 18 Nov, highest 900 µg on Sun 15 Nov; "
        "from one day to the next it differs by 50 µg on average (2 pairs of days)"
    ) in drawn(rows)


def test_days_apart_say_nothing_of_one_day_to_the_next():
    """Where no two complete days follow each other."""
    assert "no two complete days in a row with every figure known" in drawn(
        meals([1, 3, 5], vitamin_k1=100)
    )


# Weeks of a month, months of a year


def test_a_month_is_told_week_by_week():
    """Its last four weeks."""
    made = held(meals(MONTH, calcium=700), "month")

    assert [part.period for part in made.parts] == [
        Period(date(2026, 10, 25), date(2026, 10, 31)),
        Period(date(2026, 11, 1), date(2026, 11, 7)),
        Period(date(2026, 11, 8), date(2026, 11, 14)),
        Period(date(2026, 11, 15), date(2026, 11, 21)),
    ]
    assert [len(part.complete) for part in made.parts] == [7, 7, 7, 6]


def test_a_year_is_told_month_by_month():
    """Its last twelve calendar months."""
    parts = held(meals([1], calcium=700), "year").parts

    assert len(parts) == 12
    assert parts[0].period == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert parts[-1].period == Period(date(2026, 11, 1), TODAY)


def test_a_week_has_no_parts():
    """Its days are the report."""
    assert held(meals(NOW, calcium=700)).parts == []


# Through the front door


@pytest.fixture
def fortnight(k2log):
    """Two weeks of milk, the second with a second cup."""
    for day in range(1, 14):
        k2log("add", "whole milk", "2 cup" if day < 7 else "1 cup", "--on", f"-{day}")
    return k2log


def test_this_week_stands_under_the_week_before(fortnight):
    """Means per complete day, and how many days they are of."""
    result = fortnight("report --trend")

    assert result.code == 0, result.err
    assert result.out.startswith(
        "15–21 November 2026 · 6 complete days of 7 · against 8–14 November 2026, 7 complete days"
    )
    assert re.search(r"^7 days before +276 .*mean of 7 days$", result.out, re.MULTILINE)
    assert re.search(r"^these 7 days +551 .*mean of 6 days$", result.out, re.MULTILINE)
    assert "Calcium: up 276 mg; 551 mg on each of 6 days" in result.out


def test_marked_days_of_the_window_before_count_as_marked(fortnight):
    """A day that the user calls incomplete is not in its mean."""
    fortnight("day incomplete -10")

    assert "8–14 November 2026, 6 complete days" in fortnight("report --trend").out


def test_json_has_one_key_more(fortnight):
    """Verdict and figures of every nutrient; the rest is as without."""
    made = json.loads(fortnight("report --trend --json").out)
    told = made.pop("trend")

    assert made == json.loads(fortnight("report --json").out)
    assert list(told) == ["now", "before", "parts", "nutrients"]
    assert list(told["nutrients"]) == list(NUTRIENTS)
    calcium = told["nutrients"]["calcium"]
    assert (calcium["verdict"], calcium["pairs_of_days"]) == ("up", 5)
    assert calcium["change"] == pytest.approx(
        told["now"]["mean_per_complete_day"]["calcium"]["amount"]
        - told["before"]["mean_per_complete_day"]["calcium"]["amount"]
    )


def test_csv_has_a_row_per_window_and_nutrient(fortnight):
    """Weeks of a month too."""
    header, *rows = fortnight("report --trend --month --format csv").out.splitlines()

    assert header.startswith("window,from,to,complete_days,nutrient,unit,best,low,high")
    assert [row.split(",")[0] for row in rows[:: len(NUTRIENTS)]] == (
        ["before", "part", "part", "part", "part", "now"]
    )
    assert rows[0].endswith(",calcium,mg,,,,,")


def test_an_empty_window_says_so(k2log):
    """As every report does."""
    assert k2log("report --trend").out.startswith("Nothing logged from 15 to 21")


def test_k1_is_a_column_for_who_takes_a_vitamin_k_antagonist(fortnight):
    """As in every table."""
    fortnight("profile set --medicine warfarin")
    text = fortnight("report --trend --caveats none").out

    assert "Vitamin K1 µg" in text
    assert re.search(r"^  Vitamin K1: ", text, re.MULTILINE)
    assert re.search(r"^  K1, day to day: from one day to the next", text, re.MULTILINE)


# What is seen


VARIED = [
    row
    for day in range(1, 60)
    for row in (
        eaten(day, "milk", {"calcium": Amount.of(500 + 37 * day % 410)}),
        eaten(day, "natto", NATTO if day % 3 else {"vitamin_k1": Amount.of(40 + day)}),
        eaten(day, "eel", EEL if day % 20 == 9 else {}),
    )
]


@pytest.mark.parametrize("columns", [50, 80, 160])
def test_a_trend_on_a_terminal(columns: int, snapshot: SnapshotAssertion) -> None:
    """Narrow, usual and wide."""
    assert drawn(VARIED, page=Page(columns)) == snapshot


def test_a_month_on_a_terminal(snapshot: SnapshotAssertion) -> None:
    """Week by week."""
    assert drawn(VARIED, "month", Page(80)) == snapshot


def test_a_year_in_a_pipe(snapshot: SnapshotAssertion) -> None:
    """Month by month."""
    assert drawn(VARIED, "year") == snapshot


def test_a_trend_to_listen_to(snapshot: SnapshotAssertion) -> None:
    """Words instead of signs."""
    assert drawn(VARIED, page=Page(plain_words=True)) == snapshot


@pytest.mark.parametrize("kind", ["day", "week", "month", "year"])
def test_nothing_is_alarming_or_a_percentage_of_k2(kind: str) -> None:
    """No diagnosis, no advice, no colour that means good or bad."""
    rows = [*VARIED, eaten(0, "natto", NATTO)]
    text = drawn(rows, kind)
    coloured = drawn(rows, kind, Page(80, colour=True))

    assert "Vitamin K2" in text
    assert "\x1b[" in coloured
    assert forbidden(text) == []
    assert "%" not in text
    assert not re.search(r"\x1b\[[0-9;]*3[1-6]m", coloured)


# What always holds


rows_of_two_weeks = st.lists(
    st.builds(
        eaten,
        st.integers(0, 15),
        st.sampled_from(["natto", "eel", "milk"]),
        st.dictionaries(st.sampled_from(["calcium", "vitamin_k2", "vitamin_k1"]), amounts),
        entries=st.integers(1, 3),
    ),
    max_size=30,
)


@given(rows_of_two_weeks, st.sampled_from(NOW))
def test_what_has_no_figure_never_makes_a_mean_fall(rows: list[FoodDay], day: int) -> None:
    """One unknown entry in the window, and nothing is down."""
    for nutrient in NUTRIENTS:
        unknown = eaten(day, "something", {nutrient: UNKNOWN})
        assert change([*rows, unknown], nutrient)[0] != "down"


@given(rows_of_two_weeks)
def test_the_trend_agrees_with_the_report(rows: list[FoodDay]) -> None:
    """The mean of this window is the report's."""
    made, seen = report(rows), held(rows)

    assert len(seen.now.complete) == made.complete_days
    for id_, mean in seen.now.mean.items():
        assert mean == made.nutrients[id_].mean


@given(rows_of_two_weeks, st.sampled_from(["day", "week", "month", "year"]), st.booleans())
def test_any_diary_has_a_trend_to_show(rows: list[FoodDay], kind: str, words: bool) -> None:
    """Whatever is in it."""
    for form in ("table", "json", "csv", "markdown"):
        look = AgainstBefore(held(rows, kind))
        shown = render(report(rows, kind), form, BARE, page=Page(80, words), look=look)
        assert "".join(shown)


def test_the_first_days_of_the_calendar_have_a_trend() -> None:
    """There is hardly a window before."""
    made = build(
        kept([], Period(date.min, date.min)), today=TODAY, generated_at=GENERATED, catalogue=""
    )

    assert trend_of(made).changes["calcium"].verdict == "too-few-days"


def test_neighbours_are_days_in_a_row_not_rows_in_a_list() -> None:
    """A day between two complete ones that does not count parts them."""
    rows = meals([1, 2, 3], calcium=100)

    assert held(rows).variations["calcium"].steps == 2
    assert held(rows, marks={ago(2): "incomplete"}).variations["calcium"].steps == 0
