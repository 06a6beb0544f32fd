from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

import pytest

from k2log.features.explain.topics import targets_text
from k2log.nutrients import REFERENCE_GROUPS
from k2log.science.citations import CITED
from k2log.science.intakes import (
    AUTHORITIES,
    Intake,
    ages,
    ages_months,
    intakes,
    table,
)
from k2log.science.profile import Condition, Medicine, Profile

TODAY = date(2026, 11, 21)
STAGES = ("general", "pregnant", "breastfeeding")
MONTHS_OF_A_LIFE = range(120 * 12 + 1)
BEGINS = {  # the first month of life with a value, where there is one; (reference, upper level)
    ("NASEM", "calcium"): (0, 0),
    ("NASEM", "vitamin_d"): (0, 0),
    ("NASEM", "vitamin_k"): (0, 0),
    ("NASEM", "magnesium"): (0, 0),
    ("EFSA", "calcium"): (7, 0),
    ("EFSA", "vitamin_d"): (7, 0),
    ("EFSA", "vitamin_k"): (7, 18 * 12),
    ("EFSA", "magnesium"): (7, 12),
    ("UK", "calcium"): (0, 19 * 12),
    ("UK", "vitamin_d"): (0, 0),
    ("UK", "vitamin_k"): (19 * 12, 19 * 12),
    ("UK", "magnesium"): (12, 19 * 12),
    ("JAPAN-MHLW", "calcium"): (0, 12),
    ("JAPAN-MHLW", "vitamin_d"): (0, 0),
    ("JAPAN-MHLW", "vitamin_k"): (18 * 12, 18 * 12),
    ("JAPAN-MHLW", "magnesium"): (None, None),
}


def born(months: int, on: date = TODAY) -> str:
    """Return the date of birth of somebody who is so many months old on that very day."""
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, on.day).isoformat()


def aged(years: int, **told: str) -> Profile:
    return Profile(born=born(years * 12), **told)


def rows(profile: Profile, nutrient: str, on: date = TODAY, *, upper: bool = False):
    found = intakes(profile, on)
    return [row for row in found if row.nutrient == nutrient and row.upper is upper]


def values(profile: Profile, nutrient: str, on: date = TODAY, *, upper: bool = False):
    return [row.value for row in rows(profile, nutrient, on, upper=upper)]


def fitting(authority: str, nutrient: str, upper: bool, stage: str) -> Sequence[Intake]:
    wanted = (authority, nutrient, upper, stage)
    return [row for row in table() if (row.authority, row.nutrient, row.upper, row.stage) == wanted]


@pytest.mark.parametrize(("authority", "nutrient"), BEGINS)
@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("upper", [False, True])
def test_every_month_of_a_life_has_one_row_or_none(authority, nutrient, sex, upper):
    """From the age the authority begins with until 120, without overlap or gap."""
    begins = BEGINS[authority, nutrient][upper]
    held = fitting(authority, nutrient, upper, "general")

    for month in MONTHS_OF_A_LIFE:
        expected = int(begins is not None and month >= begins)
        assert sum(row.fits(sex, month) for row in held) == expected, month


@pytest.mark.parametrize("stage", ["pregnant", "breastfeeding"])
def test_a_life_stage_has_one_row_at_most(stage):
    """For every authority and nutrient, in every month of age, and without a gap."""
    for authority, nutrient, upper in product(AUTHORITIES, REFERENCE_GROUPS, (False, True)):
        held = fitting(authority, nutrient, upper, stage)
        counts = [sum(row.fits("female", month) for row in held) for month in MONTHS_OF_A_LIFE]

        assert max(counts) <= 1
        assert "".join(map(str, counts)).strip("0").count("0") == 0


@pytest.mark.parametrize("row", table(), ids=lambda row: "-".join(map(str, row[:3])))
def test_every_row_is_reached(row):
    """By a person of its sex, stage and authority, in its first month and in its last."""
    stage = None if row.stage == "general" else row.stage
    sex = "male" if row.sex == "male" else "female"
    last = row.until_months or row.from_months + 1

    for months in (row.from_months, last - 1):
        person = Profile(born(months), sex, stage, authority=row.authority)
        found = [it._replace(note="") for it in intakes(person, TODAY)]
        assert row in found


def test_the_table_is_well_formed():
    """Known words only, every citation is known, every value is a positive number or none."""
    assert {row.authority for row in table()} == set(AUTHORITIES)
    for row in table():
        assert row.citation in CITED
        assert row.value is None or row.value > 0
        assert row.value_to is None or row.value_to > row.value
        assert row.kind in {"RDA", "AI", "PRI", "RNI", "SI", "UL", "GL"}
        assert row.stage in STAGES
        assert row.scope in {"all", "supplement", "k1"}


@pytest.mark.parametrize(
    ("years", "sex", "milligrams"),
    [
        (8, "female", 1000), (9, "female", 1300), (18, "male", 1300), (19, "male", 1000),
        (50, "female", 1000), (51, "female", 1200), (51, "male", 1000), (70, "male", 1000),
        (71, "male", 1200), (71, "female", 1200),
    ],
)  # fmt: skip
def test_the_us_calcium_allowance_by_age_and_sex(years, sex, milligrams):
    """Women from 51, men only from 71."""
    assert values(aged(years, sex=sex, authority="NASEM"), "calcium") == [milligrams]


@pytest.mark.parametrize(
    ("years", "milligrams"),
    [(8, 2500), (9, 3000), (18, 3000), (19, 2500), (50, 2500), (51, 2000), (71, 2000)],
)
def test_the_us_calcium_upper_level_is_lower_from_51(years, milligrams):
    """2000 mg, not the 2500 mg of younger adults."""
    assert values(aged(years, authority="NASEM"), "calcium", upper=True) == [milligrams]


def test_a_magnesium_upper_level_may_be_below_the_allowance():
    """It counts supplements only, and says so."""
    (upper,) = rows(aged(60, sex="male", authority="NASEM"), "magnesium", upper=True)

    assert values(aged(60, sex="male", authority="NASEM"), "magnesium") == [420]
    assert (upper.value, upper.scope) == (350, "supplement")
    assert "supplements and medicines only" in upper.note


def test_a_birthday_counts_from_the_day_itself():
    """The day before 51 is 50."""
    woman = Profile("1975-11-21", "female", authority="NASEM")

    assert values(woman, "calcium", TODAY - timedelta(days=1)) == [1000]
    assert values(woman, "calcium", TODAY) == [1200]


@pytest.mark.parametrize(
    ("on", "milligrams"),
    [("2027-02-28", 1000), ("2027-03-01", 1200), ("2028-02-28", 1200), ("2028-02-29", 1200)],
)
def test_who_is_born_on_29_february_turns_on_1_march(on, milligrams):
    """In a common year; here the 51st birthday."""
    woman = Profile("1976-02-29", "female", authority="NASEM")

    assert values(woman, "calcium", date.fromisoformat(on)) == [milligrams]


def test_in_a_leap_year_29_february_is_the_birthday():
    """52 years after 1976."""
    assert ages("1976-02-29", date(2028, 2, 28)) == (51,)
    assert ages("1976-02-29", date(2028, 2, 29)) == (52,)


@pytest.mark.parametrize(
    ("on", "us", "eu"),
    [
        ("2026-11-20", [200], []),
        ("2026-11-21", [260], []),
        ("2026-12-20", [260], []),
        ("2026-12-21", [260], [280]),
        ("2027-05-20", [260], [280]),
        ("2027-05-21", [700], [450]),
    ],
)
def test_infants_are_counted_in_months(on, us, eu):
    """A child of 21 May is 6 months on 21 November, 7 months on 21 December."""
    child = Profile("2026-05-21")

    assert values(child, "calcium", date.fromisoformat(on)) == [*us, *eu]


@pytest.mark.parametrize(
    ("year", "sex", "marked"),
    [
        ("1975", "female", [("age 50", 1000), ("age 51", 1200)]),
        ("1975", "male", [("", 1000)]),
        ("1955", "male", [("age 70", 1000), ("age 71", 1200)]),
        ("1955", "female", [("", 1200)]),
        ("1960", "female", [("", 1200)]),
    ],
)
def test_a_year_of_birth_gives_both_values_where_they_differ(year, sex, marked):
    """The year somebody turns 51 or 71 is never settled silently."""
    found = rows(Profile(year, sex, authority="NASEM"), "calcium")

    assert [(row.ages, row.value) for row in found] == marked


def test_a_year_of_birth_is_one_age_on_its_last_day():
    """On 31 December everybody has had the birthday."""
    woman = Profile("1975", "female", authority="NASEM")

    assert values(woman, "calcium", date(2026, 1, 1)) == [1000, 1200]
    assert values(woman, "calcium", date(2026, 12, 31)) == [1200]


def test_an_infant_by_year_alone_is_given_every_month_it_may_be_in():
    """With the months each value is for."""
    found = rows(Profile("2026"), "calcium")

    assert [(row.authority, row.ages, row.value) for row in found] == [
        ("NASEM", "age 0–5 months", 200),
        ("NASEM", "age 6–10 months", 260),
        ("EFSA", "age 7–10 months", 280),
    ]


def test_sex_unset_gives_both_values_where_they_differ():
    """And one where they do not."""
    person = aged(62, authority="NASEM")

    assert [(it.sex, it.value) for it in rows(person, "calcium")] == [
        ("female", 1200),
        ("male", 1000),
    ]
    assert [(it.sex, it.value) for it in rows(person, "vitamin_d")] == [("any", 15)]


def test_sex_and_age_may_both_be_open():
    """A man's value is the same at 50 and 51, a woman's is not."""
    found = rows(Profile("1975", authority="NASEM"), "calcium")

    assert [(row.sex, row.ages, row.value) for row in found] == [
        ("female", "age 50", 1000),
        ("female", "age 51", 1200),
        ("male", "", 1000),
    ]


def test_without_an_authority_us_and_eu_stand_side_by_side():
    """An authority chosen is the only one."""
    assert values(aged(62, sex="female"), "calcium") == [1200, 950]
    assert values(aged(62, sex="female", authority="UK"), "calcium") == [700]


@pytest.mark.parametrize(
    "nobody",
    [
        Profile(),
        Profile(sex="female", authority="NASEM"),
        Profile("2026-11-22"),
    ],
)
def test_some_have_no_references(nobody):
    """Without a birth year, or before they are born."""
    assert intakes(nobody, TODAY) == []


@pytest.mark.parametrize("authority", AUTHORITIES)
@pytest.mark.parametrize("condition", ["", "kidney-disease", "high-blood-calcium"])
def test_there_is_always_an_upper_level(authority, condition):
    """For everybody, of calcium and vitamin D; that of another authority where one has none."""
    conditions = (Condition("dialysis", condition),) if condition else ()
    for age in range(100):
        profile = aged(age, sex="female", authority=authority)._replace(conditions=conditions)
        rows = [row for row in intakes(profile, TODAY) if row.upper and row.scope == "all"]

        for nutrient in ("calcium", "vitamin_d"):
            assert any(row.value for row in rows if row.nutrient == nutrient), (age, nutrient)


def test_a_level_of_another_authority_is_called_so():
    """With its name, and why it is there."""
    rows = intakes(aged(62, authority="UK"), TODAY)
    (level,) = [row for row in rows if (row.nutrient, row.kind) == ("calcium", "UL")]

    assert (level.authority, level.value) == ("EFSA", 2500)
    assert level.note == "shown as the authority of the profile has none"


def test_pregnancy_has_rows_of_its_own():
    """Magnesium at 30: 350 mg in the US, not 310; and sex need not be told."""
    (row,) = rows(aged(30, life_stage="pregnant", authority="NASEM"), "magnesium")

    assert (row.value, row.stage, row.sex, row.note) == (350, "pregnant", "female", "")


@pytest.mark.parametrize(
    ("years", "authority", "nutrient", "milligrams"),
    [(17, "EFSA", "calcium", 1150), (51, "NASEM", "calcium", 1200), (30, "UK", "calcium", 700)],
)
def test_a_missing_pregnancy_value_falls_back_and_says_so(years, authority, nutrient, milligrams):
    """To the value of her age."""
    (row,) = rows(aged(years, life_stage="pregnant", authority=authority), nutrient)

    assert row.value == milligrams
    assert row.note == "no value for pregnancy at this age; the value for her age is shown"


def test_breastfeeding_in_the_uk_adds_calcium():
    """1250 mg, under 51."""
    assert values(aged(30, life_stage="breastfeeding", authority="UK"), "calcium") == [1250]
    (row,) = rows(aged(51, life_stage="breastfeeding", authority="UK"), "calcium")
    assert row.value == 700
    assert row.note.startswith("no value for breastfeeding at this age")


def test_not_determined_is_neither_zero_nor_absent():
    """No upper level for vitamin K could be set, and that is a row."""
    assert values(aged(62), "vitamin_k", upper=True) == [None, None]


def test_vitamin_k_values_are_no_k2_values():
    """The EU's is for K1, the others for vitamin K as a whole."""
    us, eu = rows(aged(62, sex="female"), "vitamin_k")

    assert (us.value, us.scope) == (90, "all")
    assert "not a K2 figure" in us.note
    assert (eu.value, eu.scope) == (70, "k1")
    assert "K1 only" in eu.note


def test_what_was_not_checked_says_so():
    """UK magnesium; UK calcium was checked."""
    person = aged(62, sex="female", authority="UK")

    assert "not checked against the source" in rows(person, "magnesium")[0].note
    assert rows(person, "calcium")[0].note == ""


def test_a_safe_intake_may_be_a_range():
    """8.5 to 10 µg of vitamin D for infants in the UK."""
    (row,) = rows(Profile(born(3), authority="UK"), "vitamin_d")

    assert (row.kind, row.value, row.value_to) == ("SI", 8.5, 10)


def test_ages_are_never_negative():
    """Nobody born this year is younger than nothing."""
    assert ages_months("2026", TODAY) == range(11)
    assert ages("1964", TODAY) == (61, 62)


# In words


def test_targets_are_told_with_their_source():
    """Value, unit, whom it is for, and the citation."""
    text = targets_text(aged(62, sex="female"), TODAY)

    assert "  US RDA: 1200 mg, women, ages 51 to 70 [1]\n" in text
    assert "  EU upper level: none determined, from 18" in text
    assert "RDA: recommended dietary allowance" in text
    assert "[1] IOM 2011" in text
    assert "No authority has set a reference intake or an upper level for K2." in text


def test_own_targets_come_first():
    """And a K2 figure is no target."""
    profile = aged(62, sex="female")._replace(targets={"calcium": 1000, "vitamin_k2": 100})
    text = targets_text(profile, TODAY)

    assert "Calcium: your target 1000 mg\n" in text
    assert "Vitamin K2: your figure 100 µg\n" in text
    assert text.index("your target") < text.index("US RDA")


def test_without_a_birth_year_it_says_what_is_needed():
    """And shows nobody else's values."""
    text = targets_text(Profile(), TODAY)

    assert "k2log profile set --born 1964 --sex female" in text
    assert "1200" not in text


def test_with_kidney_disease_it_says_why_there_are_none():
    """One's own stay."""
    kidneys = (Condition("dialysis", "kidney-disease"),)
    text = targets_text(aged(62)._replace(conditions=kidneys, targets={"calcium": 800}), TODAY)

    assert "kidney team" in text
    assert "your target 800 mg" in text
    assert "RDA" not in text


def test_beside_a_vitamin_k_antagonist_no_k2_figure_is_shown():
    """And that it is left out is said."""
    taking = (Medicine("warfarin", "vitamin-k-antagonist"),)
    text = targets_text(aged(62)._replace(medicines=taking, targets={"vitamin_k2": 100}), TODAY)

    assert "100 µg\n" not in text.split("\n\n")[1]
    assert "not shown beside a vitamin K antagonist" in text


def test_what_is_open_is_said_with_the_way_to_settle_it():
    """A date of birth, a sex, an authority."""
    text = targets_text(Profile("1975"), TODAY)

    assert "1200 mg at age 51, women" in text
    for way in ("--born 1975-05-17", "--sex female", "--authority EFSA"):
        assert f"k2log profile set {way}\n" in text


@pytest.mark.parametrize("columns", [50, 78])
@pytest.mark.parametrize("authority", [None, *AUTHORITIES])
@pytest.mark.parametrize("stage", [None, "pregnant"])
def test_targets_fit_the_page(columns, authority, stage):
    """Wrapped at 50 columns as at 78, a range and a value per kg among them."""
    for years in (0, 17, 30, 62):
        profile = Profile(born(years * 12 + 8), "female", stage, authority=authority)
        lines = targets_text(profile, TODAY, columns).splitlines()
        assert max(map(len, lines)) <= columns
