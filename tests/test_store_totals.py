"""What SQLite sums up is what the entries add up to, one by one in plain Python."""

import json
import sqlite3
import subprocess
import sys
from collections import defaultdict
from datetime import date
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diaries import FoodDay, day_parts, food_parts, summed
from k2log.amounts import Sums, add_up
from k2log.diary.days import spreads_of
from k2log.diary.entry import Entry, FoodPart
from k2log.nutrients import NUTRIENTS
from k2log.store import diary as store
from k2log.store import totals
from k2log.store.diary import open_diary
from k2log.store.entries import entries_between

FIRST, NOW, LAST = date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 21)
LOGGED = (
    ("natto 1tbsp, gouda 30g, d3 1000IU", "--on", "-1", "--meal", "dinner"),
    ("natto 50g, gouda 30g", "--on", "-1", "--meal", "lunch"),
    ("eel 100g, 2 eggs, spinach 80g", "--on", "-2", "--meal", "Dinner"),
    ("mk7 100mcg, calcium 500mg", "--on", "-3"),
    ("gouda 20g, salmon 150g", "--on", "-9"),
    ("d3 20000IU", "--every", "7d", "--on", "-4"),
    ("d3 50000IU", "--every", "30d", "--on", "-40"),
    ("k2 200mcg", "--every", "3d", "--on", "-8"),
    ("2 eggs",),
)  # fmt: skip


@pytest.fixture(params=[totals.AT_ONCE_DAYS, 3])
def at_once(request, monkeypatch) -> None:
    """Read the two weeks at once, or by three days as a life is read by years."""
    monkeypatch.setattr(totals, "AT_ONCE_DAYS", request.param)


@pytest.fixture
def entries(k2log, diary, at_once) -> list[Entry]:
    """Log two weeks with lasting doses, and return all entries; one was removed."""
    for arguments in LOGGED:
        assert k2log("add", *arguments, "--yes").code == 0
    k2log("add", "gouda 500g", "--on", "-2")
    k2log("undo")
    with open_diary(diary) as held:
        return [*entries_between(held, date(2026, 1, 1), LAST)]


def rows_of(entries: list[Entry]) -> list[FoodDay]:
    """Return the two weeks by food and day."""
    return [row for row in summed(entries) if FIRST <= row.day <= LAST]


def alike(one: Sums, other: Sums) -> bool:
    """Whether two sums are the same but for rounding."""
    pairs = [(one[id_], other[id_]) for id_ in NUTRIENTS]
    return all(
        left[:3] == pytest.approx(right[:3], abs=1e-5) and left.unknown == right.unknown
        for left, right in pairs
    )


def test_the_parts_of_days_add_up(entries, diary):
    """Food and supplements apart, lasting doses on each of their days."""
    with open_diary(diary) as held:
        found = list(totals.day_parts(held, FIRST, LAST))

    made: dict[tuple[date, bool], list] = defaultdict(list)
    seen: dict[tuple[date, bool], list] = defaultdict(list)
    for parts, into in ((day_parts(rows_of(entries)), made), (found, seen)):
        for part in parts:
            into[part.day, part.supplement].append(part)

    assert made.keys() == seen.keys()
    for key, parts in made.items():
        assert sum(it.entries for it in parts) == sum(it.entries for it in seen[key]), key
        assert alike(*(add_up([it.nutrients for it in each]) for each in (parts, seen[key]))), key


def by_food(parts: list[FoodPart]) -> dict[str, tuple[int, set[int], Sums]]:
    """Return what each food adds up to."""
    groups = defaultdict(list)
    for part in parts:
        groups[part.food].append(part)
    return {
        food: (
            sum(it.entries for it in group),
            {ordinal for it in group for ordinal in it.ordinals},
            add_up([it.nutrients for it in group]),
        )
        for food, group in groups.items()
    }


@pytest.mark.parametrize("left_out", [[], [date(2026, 11, 20), date(2026, 11, 12)]])
@pytest.mark.parametrize("first", [FIRST, NOW])
def test_foods_add_up(entries, diary, left_out, first):
    """Over the days that count."""
    with open_diary(diary) as held:
        seen = by_food(totals.food_parts(held, first, LAST, left_out))

    window = [row for row in rows_of(entries) if row.day >= first and row.day not in left_out]
    made = by_food(food_parts(window, {row.day for row in window}))
    assert made.keys() == seen.keys()
    for food, (count, counted, sums) in made.items():
        assert (count, counted) == seen[food][:2], food
        assert alike(sums, seen[food][2]), food


def test_how_it_was_measured_says_how_well_a_portion_is_known(k2log, diary):
    """Weighed, a whole piece, a household measure, and a serving that nobody stated."""
    for item in ("gouda 100g", "egg 1 large", "milk 1 cup", "cheddar", "calcium 500mg"):
        k2log("add", item, "--on", "-1")
    with open_diary(diary) as held:
        parts = totals.food_parts(held, FIRST, LAST, [])

    deviations = [
        round(part.portions[0] ** 0.5 / (part.nutrients["calcium"].best or 1), 6) for part in parts
    ]
    assert sorted(deviations) == [0.02, 0.02, 0.1, 0.25, 0.4]


def test_a_day_knows_how_far_from_the_truth_it_may_be(k2log, diary):
    """Two entries of a food share the error of its figure; two foods do not; portions never do."""
    for item in ("natto 10g", "natto 20g", "gouda 50g"):
        k2log("add", item, "--on", "-1")
    with open_diary(diary) as held:
        (spreads,) = totals.day_spreads(held, FIRST, LAST).values()
        parts = totals.food_parts(held, FIRST, LAST, [])

    made, k2 = spreads_of(parts)["vitamin_k2"], [part.nutrients["vitamin_k2"] for part in parts]
    assert spreads["vitamin_k2"] == pytest.approx(made)
    assert made.below == pytest.approx(sum((it.best - it.low) ** 2 for it in k2))
    at = list(NUTRIENTS).index("vitamin_k2")
    assert made.portions == pytest.approx(sum(part.portions[at] for part in parts))


def test_a_part_holds_entries_of_which_the_same_is_known(k2log, diary):
    """A food that once had a figure and once had none is in two parts."""
    k2log("foods", "add", "my bar", "--per", "100g", "--calcium", "100mg")
    k2log("add", "my bar 40g", "--on", "-1")
    k2log("foods", "edit", "my bar", "--k2", "3mcg")
    k2log("add", "my bar 40g, my bar 20g", "--on", "-1")
    with open_diary(diary) as held:
        parts = totals.food_parts(held, FIRST, LAST, [])

    known = {part.nutrients["vitamin_k2"].known: part.entries for part in parts}
    assert known == {False: 1, True: 2}


def test_meals_add_up_over_the_days_that_count(entries, diary):
    """As they were spelled, with the number of their days."""
    with open_diary(diary) as held:
        found = totals.meal_parts(held, FIRST, LAST, [date(2026, 11, 20)])

    eaten = {part.meal: (part.days, part.entries) for part in found if part.meal}
    assert eaten == {"Dinner": (1, 3)}


def test_a_report_is_of_one_moment(k2log, diary, monkeypatch):
    """What another program logs between two statements is in none of it."""
    k2log("add", "gouda 30g", "--on", "2026-11-20")
    logged: list[int] = []

    def log_meanwhile(statement: str) -> None:
        if "group_concat" in statement and not logged:
            command = [sys.executable, "-m", "k2log", "add", "gouda 500g", "--yes"]
            on = ["--on", "2026-11-20"]
            logged.append(subprocess.call([*command, *on], stdout=subprocess.DEVNULL))

    def watched(path) -> sqlite3.Connection:
        db = connect(path)
        db.set_trace_callback(log_meanwhile)
        return db

    connect = store.connect
    monkeypatch.setattr(store, "connect", watched)
    made = json.loads(k2log("report", "--json").out)

    assert logged == [0]
    assert [food["nutrients"]["calcium"]["amount"] for food in made["foods"]] == [210]
    assert made["nutrients"]["calcium"]["total"]["amount"] == 210


numbers = st.one_of(st.none(), st.floats(0, 1e6, allow_subnormal=False))
rows_of_sums = st.lists(
    st.lists(st.tuples(numbers, numbers), min_size=len(NUTRIENTS), max_size=len(NUTRIENTS)),
    max_size=5,
)


def sums_of(row: list[tuple[float | None, float | None]]) -> Sums:
    """Return a row whose low is its best figure, and which lacks a high where one is drawn None."""
    bests = [inf if best is None else best for best, _ in row]
    highs = [
        inf if more is None else best + more for best, (_, more) in zip(bests, row, strict=True)
    ]
    return Sums([*bests, *bests, *highs, *(high == inf for high in highs)])


@settings(max_examples=50)
@given(rows_of_sums, st.randoms())
def test_order_never_matters(rows, random):
    """Of whatever is added, two rows or more."""
    sums = [sums_of(row) for row in rows]
    shuffled = sorted(sums, key=lambda _: random.random())

    assert add_up(sums) == add_up(shuffled)


@settings(max_examples=10)
@given(rows_of_sums)
def test_a_life_of_days_adds_up_as_a_week_does(rows):
    """However many rows are added up at a time."""
    sums = [sums_of(row) for row in rows]
    whole, part = add_up(sums * 300), add_up(sums)

    for id_ in NUTRIENTS:
        assert whole[id_].unknown == 300 * part[id_].unknown
        for many, few in zip(whole[id_][:3], part[id_][:3], strict=True):
            assert (many is None) == (few is None)
            assert many is None or many == pytest.approx(300 * few, rel=1e-9, abs=1e-3)


@given(rows_of_sums)
def test_one_unknown_part_leaves_a_sum_without_a_high(rows):
    """And only unknown parts leave it without a figure."""
    whole = add_up([sums_of(row) for row in rows])

    for place, id_ in enumerate(NUTRIENTS):
        column = [row[place] for row in rows]
        assert whole[id_].known == all(None not in pair for pair in column)
        assert (whole[id_].best is None) == (
            bool(column) and all(best is None for best, _ in column)
        )
        assert whole[id_].unknown == sum(None in pair for pair in column)
