"""A day's supplements against upper levels: for children always, for adults when logged."""

import pytest

from diaries import TODAY, daily, entry, found
from k2log.commands.precautions import GROWN_UP_YEARS
from k2log.food.plausible import ADULT
from k2log.science.day_doses import limits_of
from k2log.science.intakes import ADULT_YEARS
from k2log.science.profile import NOBODY, Condition, Profile
from k2log.science.rules import warnings

LEVEL = "dose-over-upper-level"
INFANT, CHILD, ADULT_BORN = "2026-05-01", "2022-02-01", "1990"


def d3(micrograms: float, **said: object):
    """Return vitamin D logged today."""
    return entry(0, "D3", pill=True, vitamin_d3=micrograms, **said)


def calcium(mg: float):
    """Return calcium logged today."""
    return entry(0, "Calcium", pill=True, calcium=mg)


def said(new, around=(), **person: object) -> str:
    """Return the warning about upper levels, or nothing."""
    around = [it._replace(id=number) for number, it in enumerate(around, 1)]
    findings = warnings(new, around, Profile(**person))
    return next((it.message for it in findings if it.id == LEVEL), "")


@pytest.mark.parametrize(
    ("born", "micrograms", "level"),
    [
        ("2026-08-01", 26, "25 µg"),
        (INFANT, 36, "EU upper level of 35 µg"),
        (INFANT, 39, "US upper level of 38 µg and the EU upper level of 35 µg"),
        (CHILD, 51, "EU upper level of 50 µg"),
        (CHILD, 225, "75 µg"),
        ("2012", 101, "100 µg"),
        (ADULT_BORN, 101, "100 µg"),
    ],
)
def test_a_dose_above_the_level_of_the_age_is_said(born, micrograms, level):
    """To the month in the first year."""
    assert level in said([d3(micrograms)], born=born)


@pytest.mark.parametrize(
    ("born", "micrograms"), [("2026-08-01", 10), (INFANT, 35), (CHILD, 50), (ADULT_BORN, 100)]
)
def test_a_dose_up_to_the_level_is_logged_without_a_word(born, micrograms):
    """What equals it is not above."""
    assert said([d3(micrograms)], born=born) == ""


def test_the_sum_of_the_day_counts_as_well():
    """Of supplements, and for a child of food too; it says which."""
    before = [d3(60), entry(0, "salmon", vitamin_d3=30)]

    assert "D3 alone gives 120 µg" in said([d3(120)], before, born=ADULT_BORN)
    assert "Supplements of that day come to 110 µg" in said([d3(50)], before, born=ADULT_BORN)
    assert said([d3(20)], before, born=ADULT_BORN) == ""
    assert "All that was logged that day comes to 110 µg" in said([d3(20)], before, born=CHILD)
    assert said([entry(0, "cod")], before, born=CHILD) == ""


def test_calcium_close_to_the_level_of_a_child_is_said():
    """For food adds to it; to an adult, 2400 of 2500 mg is not above."""
    assert "close to the US upper level of 2500 mg" in said([calcium(2400)], born=CHILD)
    assert said([calcium(2400)], born=ADULT_BORN) == ""


def test_a_dose_that_lasts_counts_with_its_share():
    """20,000 IU a week are 71 µg a day."""
    assert said([d3(500, every=7)], born=ADULT_BORN) == ""
    assert "71 µg" in said([d3(500, every=7)], born=CHILD)


def test_a_level_that_does_not_fit_is_a_ceiling():
    """With kidney disease food counts too, and less may be too much."""
    dialysis = (Condition("dialysis", "kidney-disease"),)
    message = said([d3(95)], [entry(0, vitamin_d3=10)], born="1950", conditions=dialysis)

    assert "less than that may be too much" in message
    assert "kidney team" in message


def test_the_uk_holds_calcium_of_supplements_against_its_guidance():
    """1,500 mg or less."""
    message = said([calcium(1600)], born="1970", authority="UK")

    assert "UK guidance level of 1500 mg" in message


def test_in_a_report_it_stays_for_children():
    """An adult's mean is looked at there instead."""
    doses = daily([1], "D3", pill=True, vitamin_d3=120)

    assert found(*doses, profile=Profile(born=CHILD))[LEVEL].severity == "warning"
    assert LEVEL not in found(*doses, profile=Profile(born=ADULT_BORN))


def test_nothing_is_said_where_no_age_is_known():
    """Upper levels depend on it."""
    assert said([d3(150)]) == ""


@pytest.mark.parametrize("born", [None, ADULT_BORN, "2008-11-01"])
def test_the_plausible_doses_of_an_adult_are_those_of_who_does_not_say(born):
    """Nobody is asked more than before."""
    assert limits_of(NOBODY._replace(born=born), TODAY) == ADULT


def test_the_plausible_doses_of_a_child_follow_its_levels():
    """Those of an infant change at six months."""
    young, older, child = (
        limits_of(Profile(born=born), TODAY) for born in ("2026-08-01", INFANT, CHILD)
    )

    assert young.vitamin_d_ug < older.vitamin_d_ug < child.vitamin_d_ug < ADULT.vitamin_d_ug
    assert (young.calcium_mg, older.calcium_mg, child.calcium_mg) == (1000, 1500, 2500)


def test_supplements_in_kidney_disease_are_said_when_they_are_logged():
    """And food is not."""
    profile = Profile(conditions=(Condition("dialysis", "kidney-disease"),))

    [finding] = warnings([calcium(500)], [], profile)

    assert finding.id == "kidney-disease-supplements"
    assert "your kidney team" in finding.message
    assert warnings([entry(0, "milk", calcium=500)], [], profile) == []


def test_nobody_is_taken_for_grown_up_who_may_be_a_child():
    """The shortcut by calendar years is never shorter than the age."""
    assert GROWN_UP_YEARS > ADULT_YEARS
