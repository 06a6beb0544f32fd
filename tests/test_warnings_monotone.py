"""A warning never goes away because somebody has one more condition, or takes one more medicine."""

import tomllib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import k2log.science
from diaries import TODAY, ago, entry, report
from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry
from k2log.science.caveats import Finding
from k2log.science.intakes import AUTHORITIES
from k2log.science.profile import Condition, Medicine, Profile
from k2log.science.rules import warnings

SCIENCE = Path(k2log.science.__file__).parent


def _listed(file: str) -> list[tuple[str, str]]:
    groups = tomllib.loads((SCIENCE / file).read_text(encoding="utf-8"))["group"]
    return [(name, group["kind"]) for group in groups for name in group["names"]]


_FIRST_OF_KIND = {kind: name for name, kind in reversed(_listed("medicines.toml"))}

CONDITIONS = [Condition(name, kind) for name, kind in _listed("conditions.toml")]
MEDICINES = [
    *(Medicine(name, kind) for kind, name in _FIRST_OF_KIND.items()),
    Medicine("warfarin", "vitamin-k-antagonist", until=TODAY - timedelta(days=30)),
    Medicine("levothyroxine", "levothyroxine", ("07:00",)),
    Medicine("alendronate", "oral-bisphosphonate", ("07:00",)),
    Medicine("Zorkin"),
    Medicine("Zorkin", until=TODAY - timedelta(days=2)),
]

milligrams = st.sampled_from([0, 300, 600, 1200, 2600, 4000]).map(float) | st.just(UNKNOWN)
micrograms = st.sampled_from([0, 5, 30, 110, 300]).map(float) | st.just(UNKNOWN)
eaten = st.builds(
    entry,
    st.integers(0, 6),
    st.sampled_from(["milk", "natto", "kale", "calcium", "d3", "mk7", "ciprofloxacin"]),
    pill=st.booleans(),
    at=st.none() | st.sampled_from(["07:10", "12:00"]),
    calcium=milligrams,
    vitamin_d3=micrograms,
    vitamin_k1=micrograms,
    mk7=micrograms,
    magnesium=milligrams,
)
people = st.builds(
    Profile,
    born=st.sampled_from([None, "1950", "1956-03-02", "1990", "2008", "2012", "2024-05-01"]),
    sex=st.sampled_from([None, "female", "male"]),
    life_stage=st.sampled_from([None, None, "pregnant", "breastfeeding"]),
    menopause=st.none(),
    authority=st.none() | st.sampled_from(sorted(AUTHORITIES)),
    medicines=st.none() | st.lists(st.sampled_from(MEDICINES), max_size=2).map(tuple),
    conditions=st.none() | st.lists(st.sampled_from(CONDITIONS), max_size=2).map(tuple),
    targets=st.sampled_from([{}, {"calcium": 1000.0}, {"vitamin_k2": 100.0}]),
)
day_by_day = st.lists(eaten, min_size=1, max_size=3).map(
    lambda entries: [
        it._replace(day=ago(days), time=None, uid=f"{it.uid}-{days}")
        for it in [*entries, entry(0, "supper")]
        for days in range(1, 7)
    ]
)
additions = st.sampled_from([*CONDITIONS, *MEDICINES])


def with_one_more(profile: Profile, more: Condition | Medicine) -> Profile:
    """Return the profile of somebody who has or takes one thing more."""
    if isinstance(more, Condition):
        return profile._replace(conditions=(*(profile.conditions or ()), more))
    return profile._replace(medicines=(*(profile.medicines or ()), more))


def warned(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Return what is warned of, and what calls for caution at least."""
    return {
        (it.id, least)
        for it in findings
        for least in ("caution", "warning")
        if it.severity in {least, "warning"}
    }


@given(people, additions, day_by_day | st.lists(eaten, min_size=1, max_size=8))
def test_a_warning_of_a_report_stays(
    profile: Profile, more: Condition | Medicine, days: list[Entry]
) -> None:
    """Whatever is added to the profile, known or not."""
    before = warned(report(days, profile=profile).findings)
    after = warned(report(days, profile=with_one_more(profile, more)).findings)

    assert before <= after


@given(people, additions, st.lists(eaten, min_size=1, max_size=3), st.lists(eaten, max_size=3))
def test_a_warning_at_logging_stays(
    profile: Profile, more: Condition | Medicine, new: list[Entry], around: list[Entry]
) -> None:
    """The same when something is logged."""
    before = warned(warnings(new, around, profile))
    after = warned(warnings(new, around, with_one_more(profile, more)))

    assert before <= after


WEEK_OF_MUCH = [
    it
    for day in range(1, 7)
    for it in (
        entry(day, "supper", calcium=900, vitamin_k1=300),
        entry(day, "calcium", pill=True, calcium=2600, at="07:10"),
        entry(day, "d3", pill=True, vitamin_d3=300, at="07:10"),
        entry(day, "natto", mk7=100),
    )
]


@pytest.mark.parametrize("more", [*CONDITIONS, *MEDICINES], ids=lambda it: it.name)
def test_much_of_everything_is_warned_of_with_every_condition_and_medicine(
    more: Condition | Medicine,
) -> None:
    """Above every upper level, of every authority: the warnings that a well person gets."""
    for authority, born in ((None, "1956-03-02"), ("UK", "1990"), ("EFSA", "2012")):
        profile = Profile(born=born, sex="female", authority=authority)
        before = warned(report(WEEK_OF_MUCH, profile=profile).findings)
        after = warned(report(WEEK_OF_MUCH, profile=with_one_more(profile, more)).findings)

        assert {("calcium-over-ul", "warning"), ("vitamin-d-over-ul", "warning")} <= before
        assert before <= after
