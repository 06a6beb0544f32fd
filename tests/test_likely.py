"""The likely range: nine of ten truths lie in it, and it follows the published one."""

from collections.abc import Callable

import pytest
from benchmarks.likely import NUTRIENTS, WINDOWS, inside
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from diaries import daily, entry, report
from k2log.amounts import UNKNOWN, ZERO, Amount, Spread, likely


@pytest.mark.long
@pytest.mark.parametrize("nutrient", NUTRIENTS)
@pytest.mark.parametrize("days", WINDOWS.values(), ids=list(WINDOWS))
def test_nine_of_ten_truths_lie_in_the_likely_range(nutrient: str, days: int) -> None:
    """Of 2,000 made-up diaries, over the package's own foods with their skewed ranges."""
    assert 0.87 <= inside(nutrient, days) <= 0.93


numbers = st.integers(0, 10**12).map(lambda millionths: millionths / 10**6)


def test_a_few_diaries_tell_as_much() -> None:
    """The same in a second: of 200 weeks."""
    assert 0.83 <= inside("vitamin_k2", 7, 200) <= 0.97


@given(numbers, numbers, numbers, numbers)
def test_a_likely_range_holds_the_best_figure(
    best: float, below: float, above: float, portions: float
) -> None:
    """It never goes below zero, and without any spread it is the figure itself."""
    made = likely(Amount.of(best), Spread(below, above, portions))

    assert 0 <= (made.low or 0) <= best <= (made.high or 0) + 1e-6
    assert likely(Amount.of(best), Spread())[:3] == pytest.approx((best, best, best), abs=1e-6)


def test_what_is_unknown_stays_unknown() -> None:
    """Nothing known has no range; where a part is unknown the upper end stays open."""
    assert likely(UNKNOWN, Spread(1, 1, 1)) == UNKNOWN
    assert likely(ZERO, Spread()) == ZERO
    partial = likely(Amount.partial(20, 10), Spread(100, 100))
    assert partial.high is None
    assert 10 < (partial.low or 0) < 20


def test_the_error_of_a_food_is_one_and_foods_are_independent() -> None:
    """Six days of one food are as uncertain as six times it; of six foods much less."""
    one = report(daily(range(1, 7), "natto", vitamin_k2=Amount.of(60, 20, 120)))
    six = report(
        [entry(day, f"food {day}", vitamin_k2=Amount.of(60, 20, 120)) for day in range(1, 7)]
    )

    def width(made: object) -> float:
        _, low, high, _ = made.nutrients["vitamin_k2"].likely  # type: ignore[attr-defined]
        return high - low

    assert width(one) == pytest.approx(0.68 * 100)
    assert width(six) == pytest.approx(0.68 * 100 / 6**0.5)


def test_what_makes_a_range_wide_is_named(k2log: Callable[..., Result]) -> None:
    """``explain week`` says which food, and how well portions are known."""
    for day in range(1, 7):
        k2log("add", "natto 50g, gouda 30g", "--on", f"-{day}")
    said = k2log("explain", "week").out

    assert "from Natto" in said
    assert "lowest to highest figure" in said
    assert "weigh the first food" in said


def test_a_window_without_a_complete_day_has_nothing_to_explain(
    k2log: Callable[..., Result],
) -> None:
    """Today alone is no mean."""
    k2log("add", "natto 50g")

    assert "no complete day" in k2log("explain", "report").out
