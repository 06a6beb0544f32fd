import re
from collections.abc import Mapping
from datetime import date

import pytest

from diaries import FoodDay
from k2log.amounts import UNKNOWN, Amount
from k2log.science.caveats import Finding
from k2log.science.pattern import PARADOX_LINE
from k2log.science.rules import RULES
from test_report_build import EEL, NATTO, ago, eaten, report

MK4_ONLY = {
    "vitamin_k2": Amount.partial(8.6),
    "mk4": Amount.of(8.6),
    "mk7": UNKNOWN,
    "mk_other": UNKNOWN,
}
MUSHROOMS = {"vitamin_d": Amount.of(7), "vitamin_d2": Amount.of(7)}
FULL = [eaten(day, "kale", {"calcium": Amount.of(100)}) for day in range(1, 7)]


def found(
    *rows: FoodDay, kind: str = "week", marks: Mapping[date, str] | None = None
) -> dict[str, Finding]:
    """Return what is found in the week, by id."""
    return {each.id: each for each in report(rows, kind, marks).findings}


def test_entries_without_a_k2_figure_are_counted() -> None:
    """How many of how many, and over which days the sum is."""
    finding = found(*FULL, eaten(1, "natto", NATTO), eaten(1, "eel", EEL))["k2-lower-bound"]

    assert finding.message == (
        "K2: 1 of 8 entries has no figure to use (missing, or too far apart) and is not counted; "
        "about 103 µg was counted over 6 complete days."
    )
    assert finding.days == [ago(1)]


def test_without_a_complete_day_the_logged_days_are_counted() -> None:
    """And it says that they are not complete."""
    message = found(eaten(0, "eel", EEL, entries=2))["k2-lower-bound"].message

    assert message == (
        "K2: 2 of 2 entries have no figure to use (missing, or too far apart) and are not counted; "
        "nothing was counted over 1 logged day (not complete)."
    )


def test_a_food_known_in_part_is_not_called_unknown() -> None:
    """A recipe with an unknown ingredient is counted for what is known of it."""
    stew = {"vitamin_k2": Amount.partial(3), "mk4": UNKNOWN, "mk7": UNKNOWN, "mk_other": UNKNOWN}
    message = found(eaten(1, "stew", stew))["k2-lower-bound"].message

    assert "1 of 1 entry is known only in part; about 3 µg was counted" in message


def test_the_share_of_a_spread_dose_is_no_entry_without_figure() -> None:
    """Entries are counted where they were logged."""
    share = eaten(1, "pill", {"vitamin_k2": UNKNOWN}, pill=True, entries=0)

    assert "k2-lower-bound" not in found(*FULL, share)


def test_foods_measured_for_mk4_only_are_named_so() -> None:
    """Their other forms are missing, not zero."""
    findings = found(*FULL, eaten(1, "cheddar", MK4_ONLY))

    assert findings["k2-form-coverage"].message == (
        "For 1 food only MK-4 was measured; other forms of K2 are not counted."
    )
    assert "k2-lower-bound" not in findings


def test_a_published_range_is_summed_over_the_foods_that_have_one() -> None:
    """Lows to lows and highs to highs, without more digits than they have."""
    rows = [*FULL, eaten(1, "natto", NATTO), eaten(2, "natto", NATTO)]

    assert found(*rows)["k2-estimate-range"].message == (
        "The K2 figure is an estimate: published values for the foods logged give 18–254 µg "
        "over 6 complete days."
    )
    assert "foods that have them" in found(*rows, eaten(1, "eel", EEL))["k2-estimate-range"].message


def test_days_left_out_are_said_not_to_be_zero() -> None:
    """Empty and incomplete days that are over; today is not missing yet."""
    finding = found(*FULL[1:], marks={ago(2): "incomplete"})["days-without-entries"]

    assert finding.message == (
        "2 of 7 days have no or incomplete entries and are left out of means, not counted as zero."
    )
    assert finding.days == [ago(2), ago(1)]


def test_k1_is_never_added_to_k2() -> None:
    """It is called a vitamin K all the same."""
    findings = found(*FULL, eaten(1, "spinach", {"vitamin_k1": Amount.of(494)}))

    assert "About 494 µg of vitamin K1" in findings["k1-is-not-k2"].message
    assert "k1-is-not-k2" not in found(*FULL)


@pytest.mark.parametrize(
    ("amounts", "micrograms"),
    [
        (MUSHROOMS, "7 µg"),
        ({"vitamin_d": Amount.of(5), "vitamin_d3": UNKNOWN, "vitamin_d2": UNKNOWN}, "5 µg"),
        ({"vitamin_d": Amount.of(5), "vitamin_d3": Amount.of(5)}, None),
    ],
)
def test_vitamin_d_that_is_not_d3_is_said(
    amounts: Mapping[str, Amount], micrograms: str | None
) -> None:
    """D2, or a form that nobody stated."""
    finding = found(*FULL, eaten(1, "food", amounts)).get("d2-d3-form")

    assert (finding.message.split(" of ")[0] if finding else None) == micrograms


def test_k2_has_no_reference_wherever_it_is_shown() -> None:
    """And an empty week says nothing."""
    assert "k2-no-reference-value" in found(eaten(0, "natto", NATTO))
    assert "k2-no-reference-value" not in found()


def test_every_rule_is_fully_described() -> None:
    """Ids are unique; severity and evidence are of the words there are."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.severity in {"info", "caution", "warning"}
        assert rule.evidence in {"strong", "moderate", "limited", "contested", "n/a"}


def test_no_message_alarms_or_prescribes() -> None:
    """No deficiency, no risk, no target percentage, no advice to change anything."""
    rows = [*FULL[1:], eaten(1, "x", {**MK4_ONLY, **MUSHROOMS}), eaten(2, "eel", EEL)]
    messages = " ".join(each.message for each in found(*rows).values()) + PARADOX_LINE

    assert not re.search(r"deficien|\brisk|should|your arter|%", messages)


def test_the_standing_line_calls_the_paradox_contested() -> None:
    """What it is, how it stands, and why there is no target."""
    for word in ("contested", "hypothesis", "mixed", "no authority", "90 and 120 µg"):
        assert word in PARADOX_LINE
