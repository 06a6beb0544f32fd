"""The order in which a diary was typed never matters: proved once, for all that a report says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaries import entry, report, summed
from k2log.amounts import UNKNOWN, Amount
from k2log.diary.entry import Entry
from k2log.report.trend import trend_of
from k2log.science.profile import Profile
from test_report_build import report as report_of_rows
from test_report_build import rows_of_a_week
from test_report_by import every_grouping
from test_science_intake import WOMAN
from test_science_interactions import TAKEN

CLOCKS = ("00:10", "06:50", "07:20", "08:00", "09:59", "10:59", "12:00", "13:59", "23:50")
EATEN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Calcium", {"pill": True, "calcium": 600}),
    ("Calcium carbonate", {"pill": True, "calcium": 300}),
    ("Iron tablet", {"pill": True}),
    ("Minocycline", {"pill": True}),
    ("Vitamin D3", {"pill": True, "vitamin_d3": 250}),
    ("Milk", {"calcium": 280, "vitamin_k1": 7}),
    ("Natto", {"vitamin_k2": Amount.of(100, 9, 120)}),
    ("Eel", {"vitamin_d3": UNKNOWN, "vitamin_k2": UNKNOWN}),
    ("Supper", {"calcium": 1250, "vitamin_d3": 18, "magnesium": 330}),
)
entries_of_two_weeks = st.lists(
    st.builds(
        lambda days, clock, what: entry(days, what[0], at=clock, **what[1]),
        st.integers(0, 15),
        st.sampled_from([None, *CLOCKS]),
        st.sampled_from(EATEN),
    ),
    min_size=2,
    max_size=30,
    unique_by=lambda it: it.uid,
)
FRESH = ("calcium", "calcium-carbonate")


def everything(entries: list[Entry], profile: Profile) -> list[object]:
    """Return what a week says of a diary, but for the numbers of its entries."""
    made = report(entries, profile=profile, fresh=FRESH)
    findings = {
        (it.id, it.severity, it.message, tuple(it.days), str(it.data)) for it in made.findings
    }
    return [
        made._replace(findings=(), as_before=frozenset()),
        findings,
        trend_of(made),
        every_grouping(made, summed(entries)),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("profile", [Profile(), WOMAN, TAKEN], ids=["nobody", "woman", "medicines"])
@given(entries=entries_of_two_weeks, random=st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(profile, entries, random):
    """The same report, remarks, trend and groups, to the last digit, however they were typed."""
    shuffled = random.sample(entries, len(entries))

    assert everything(shuffled, profile) == everything(entries, profile)


@pytest.mark.slow
@given(rows=rows_of_a_week, random=st.randoms(use_true_random=False))
def test_the_order_of_any_amounts_never_matters(rows, random):
    """With figures that no food has, whose sums of floating-point numbers depend on their order."""
    shuffled = random.sample(rows, len(rows))
    made, other = report_of_rows(rows), report_of_rows(shuffled)

    assert other == made
    assert trend_of(other) == trend_of(made)
    assert every_grouping(other, shuffled) == every_grouping(made, rows)
