from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaries import FoodDay, kept
from k2log.amounts import UNKNOWN, ZERO, Amount, total
from k2log.nutrients import NUTRIENTS
from k2log.report.build import build
from k2log.report.model import Report
from k2log.report.period import period

TODAY = date(2026, 11, 21)
GENERATED = datetime(2026, 11, 21, 11, 0, 0, 5, tzinfo=UTC)
NATTO = {"calcium": Amount.of(24), "vitamin_k2": Amount.of(103, 9, 127)}
EEL = {
    "calcium": Amount.of(20),
    "vitamin_d3": UNKNOWN,
    "vitamin_d": UNKNOWN,
    "vitamin_k2": UNKNOWN,
}


def ago(days: int) -> date:
    """Return a day before today."""
    return TODAY - timedelta(days=days)


def eaten(
    days: int, food: str, amounts: Mapping[str, Amount], *, pill: bool = False, entries: int = 1
) -> FoodDay:
    """Return a food of so many days ago; what is not given is a known zero."""
    nutrients = {**dict.fromkeys(NUTRIENTS, ZERO), **amounts}
    return FoodDay(ago(days), food, pill, entries, nutrients)


def report(
    rows: Iterable[FoodDay],
    kind: str = "week",
    marks: Mapping[date, str] | None = None,
    **more: Any,
) -> Report:
    """Return the report of a window that ends today."""
    held = kept(rows, period(kind, TODAY), marks, **more)
    return build(held, today=TODAY, generated_at=GENERATED, catalogue="2026.1")


def status(rows: Iterable[FoodDay], day: date, mark: str | None = None) -> str:
    """Return what a day of this week is."""
    made = report(rows, marks={day: mark} if mark else {})
    return next(row.status for row in made.days if row.day == day)


PILL = {"vitamin_d3": Amount.of(50)}


@pytest.mark.parametrize(
    ("rows", "days", "mark", "expected"),
    [
        ([], 1, None, "empty"),
        ([], 0, None, "empty"),
        ([eaten(0, "natto", NATTO)], 0, None, "so far"),
        ([eaten(0, "natto", NATTO)], 0, "complete", "complete"),
        ([eaten(1, "natto", NATTO)], 1, None, "complete"),
        ([eaten(1, "D3", PILL, pill=True)], 1, None, "supplements-only"),
        ([eaten(1, "D3", PILL, pill=True)], 1, "complete", "complete"),
        ([eaten(1, "natto", NATTO)], 1, "incomplete", "incomplete"),
        ([eaten(1, "natto", NATTO)], 1, "skipped", "empty"),
        ([], 1, "complete", "complete"),
        ([], 1, "incomplete", "empty"),
        ([eaten(1, "D3", PILL, pill=True, entries=0)], 1, None, "empty"),
    ],
)
def test_a_day_has_one_meaning(
    rows: list[FoodDay], days: int, mark: str | None, expected: str
) -> None:
    """Empty, so far, supplements-only, incomplete or complete, as the diary and the user say."""
    assert status(rows, ago(days), mark) == expected


def test_the_mean_is_over_complete_days_only() -> None:
    """Today, empty days and pill days do not pull a mean down."""
    rows = [eaten(0, "natto", NATTO), eaten(1, "natto", NATTO), eaten(2, "D3", PILL, pill=True)]
    made = report(rows)

    assert made.complete_days == 1
    assert made.logged_days == 3
    assert made.nutrients["vitamin_k2"].mean == Amount(103, 9, 127)
    assert made.nutrients["vitamin_d3"].total == ZERO


def test_a_day_marked_complete_with_nothing_logged_is_a_true_zero() -> None:
    """Someone who ate nothing and says so is believed."""
    made = report([eaten(1, "natto", NATTO)], marks={ago(2): "complete"})

    assert made.nutrients["calcium"].mean == Amount(12, 12, 12)


def test_without_a_complete_day_there_is_no_sum_rather_than_zero() -> None:
    """No numbers and no mean, for nothing was summed."""
    calcium = report([eaten(0, "natto", NATTO)]).nutrients["calcium"]

    assert calcium.total == Amount(None, None, None)
    assert calcium.mean is None


def test_unknown_stays_unknown_through_every_sum() -> None:
    """One food without a figure leaves day, total and mean without a high."""
    made = report([eaten(1, "natto", NATTO), eaten(1, "eel", EEL)])

    for k2 in (made.days[5].nutrients["vitamin_k2"], made.nutrients["vitamin_k2"].total):
        assert k2 == Amount(103, 9, None, 1)
    assert report([eaten(1, "eel", EEL)]).nutrients["vitamin_k2"].total == UNKNOWN


def test_a_nutrient_that_a_row_does_not_name_is_unknown() -> None:
    """Nothing said is not zero."""
    made = report([FoodDay(ago(1), "soup", False, 1, {"calcium": Amount.of(10)})])

    assert made.nutrients["vitamin_k2"].total == UNKNOWN


def test_food_and_supplements_are_kept_apart() -> None:
    """The two parts of a total."""
    made = report([eaten(1, "natto", NATTO), eaten(1, "D3", PILL, pill=True)])

    assert made.nutrients["vitamin_d3"].supplement.best == 50
    assert made.nutrients["vitamin_d3"].food == ZERO
    assert made.days[5].food["calcium"].best == 24


def test_the_share_of_a_spread_dose_counts_but_is_no_entry() -> None:
    """A weekly dose counts on every logged day and makes no empty day a logged one."""
    share = {"vitamin_d3": Amount.of(20)}
    rows = [eaten(day, "D3", share, pill=True, entries=day == 2) for day in range(3)]
    made = report([*rows, eaten(1, "natto", NATTO)])

    assert made.days[6].nutrients == {}
    assert made.days[5].nutrients["vitamin_d3"].best == 20
    assert made.days[5].entries == 1


def test_foods_are_ordered_by_their_largest_share() -> None:
    """What gave most of any headline nutrient comes first; ties go by name."""
    rows = [
        eaten(1, "b", {"calcium": Amount.of(40)}),
        eaten(1, "a", {"calcium": Amount.of(40)}),
        eaten(1, "natto", {"calcium": Amount.of(20), "vitamin_k2": Amount.of(1)}),
        eaten(2, "natto", {"calcium": Amount.of(20)}),
    ]
    made = report(rows)

    assert [food.food for food in made.foods] == ["natto", "a", "b"]
    assert made.foods[0].entries == 2


def test_foods_are_those_of_complete_days_except_in_a_report_of_one_day() -> None:
    """Today alone still says what was eaten."""
    rows = [eaten(0, "natto", NATTO)]

    assert report(rows).foods == []
    assert [food.food for food in report(rows, "day").foods] == ["natto"]


def test_days_outside_the_window_change_no_sum() -> None:
    """Rows may reach back without being counted."""
    rows = [eaten(1, "natto", NATTO)]

    reaching_back = report([*rows, eaten(9, "eel", EEL)])
    assert reaching_back._replace(as_before=frozenset(), earlier=()) == report(rows)


numbers = st.integers(0, 5_000_000).map(lambda millionths: millionths / 1000)
amounts = st.one_of(
    st.just(UNKNOWN),
    st.lists(numbers, min_size=3, max_size=3).map(sorted).map(lambda n: Amount(n[1], n[0], n[2])),
    st.tuples(numbers, numbers).map(sorted).map(lambda n: Amount.partial(n[1], n[0])),
)
rows_of_a_week = st.lists(
    st.builds(
        eaten,
        st.integers(0, 8),
        st.sampled_from(["natto", "eel", "milk [2%]"]),
        st.dictionaries(st.sampled_from(list(NUTRIENTS)), amounts),
        pill=st.booleans(),
        entries=st.integers(0, 3),
    ),
    max_size=12,
)


@given(rows_of_a_week)
def test_a_day_is_the_sum_of_its_rows_and_the_total_the_sum_of_its_days(
    rows: list[FoodDay],
) -> None:
    """Sums agree on every level."""
    made = report(rows)
    for row in made.days:
        for id_, amount in row.nutrients.items():
            assert amount == total(each.nutrients[id_] for each in rows if each.day == row.day)
    complete = [row.nutrients for row in made.days if row.status == "complete"]
    if complete:
        for id_, part in made.nutrients.items():
            assert part.total == total(day[id_] for day in complete)
