import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaries import ago, daily, entry, found, report
from k2log.amounts import UNKNOWN, Amount
from k2log.diary.entry import Entry
from k2log.science.profile import Condition, Profile

WOMAN = Profile(born="1961-03-02", sex="female", medicines=(), conditions=())
WEEK = range(1, 7)  # six complete days


def meals(days: range = WEEK, **amounts: float | Amount) -> list[Entry]:
    """Return days that meet every reference of the woman but for what is given."""
    enough: dict[str, float | Amount] = {"calcium": 1250, "vitamin_d3": 18, "magnesium": 330}
    return daily(days, **{**enough, **amounts})


def tablets(days: range = WEEK, **amounts: float | Amount) -> list[Entry]:
    """Return a supplement on each day."""
    return daily(days, "tablet", pill=True, **amounts)


def silent(rule: str, *entries: Entry, profile: Profile = WOMAN) -> str:
    """Return why a rule has nothing to say."""
    return report(entries, profile=profile).silent[rule]


def test_a_mean_below_references_names_each_authority() -> None:
    """With the share of each, and what it means; an AI is worded as one."""
    finding = found(*meals(calcium=640, vitamin_d3=12), profile=WOMAN)["intake-below-reference"]

    assert finding.message == (
        "Over 6 complete days, calcium averaged 640 mg a day, below the US RDA of 1200 mg (53%) "
        "and the EU PRI of 950 mg (67%); vitamin D averaged 12 µg a day, below the US RDA of "
        "15 µg (80%) and the EU AI of 15 µg (80%). The RDA and the PRI are set to cover nearly "
        "all healthy people, the AI is an amount assumed to be adequate; being below does not by "
        "itself mean a deficiency."
    )
    assert finding.severity == "info"
    assert finding.days == [ago(day) for day in range(6, 0, -1)]
    assert finding.data["calcium"]["mean_mg"] == 640


def test_only_the_authority_that_a_mean_is_below_is_named() -> None:
    """1000 mg meets the EU's reference and is 83% of the US one."""
    message = found(*meals(calcium=1000), profile=WOMAN)["intake-below-reference"].message

    assert "below the US RDA of 1200 mg (83%). The RDA is set to cover" in message
    assert "EU" not in message


@pytest.mark.parametrize(("calcium", "fires"), [(1079.9, True), (1080, False)])
def test_ninety_per_cent_of_a_reference_is_close_to_it(calcium: float, fires: bool) -> None:
    """Not below."""
    assert ("intake-below-reference" in found(*meals(calcium=calcium), profile=WOMAN)) is fires


def test_just_below_ninety_per_cent_never_reads_as_ninety() -> None:
    """1079 mg would round to 90% of 1200 mg."""
    message = found(*meals(calcium=1079), profile=WOMAN)["intake-below-reference"].message

    assert "(89%)" in message


def test_four_complete_days_are_too_few_for_a_verdict() -> None:
    """A reference is about what is eaten day by day."""
    few = meals(range(1, 5), calcium=100)

    assert silent("intake-below-reference", *few) == "it takes 5 complete days; so far 4 days"


def test_what_is_unknown_is_never_below() -> None:
    """One meal without a figure leaves it open, and that is said."""
    rows = [*meals(calcium=100), entry(2, "stew", calcium=UNKNOWN)]

    assert "intake-below-reference" not in found(*rows, profile=WOMAN)
    assert silent("intake-below-reference", *rows).startswith(
        "whether calcium, 100 mg a day as far as known, is below"
    )


def test_without_a_birth_year_there_is_no_reference() -> None:
    """And every rule that needs one says so."""
    for rule in ("intake-below-reference", "calcium-over-ul", "vitamin-d-over-ul"):
        assert "no year of birth" in silent(rule, *meals(calcium=100), profile=Profile())


def test_with_the_sex_open_it_takes_being_below_in_every_row() -> None:
    """1000 mg for men of 60, 1200 for women."""
    anyone = Profile(born="1961-03-02", authority="NASEM")
    below_both = found(*meals(calcium=640), profile=anyone)["intake-below-reference"].message

    assert "the US RDA of 1200 mg (female, 53%) or 1000 mg (male, 64%)" in below_both
    assert "intake-below-reference" not in found(*meals(calcium=950), profile=anyone)


def test_a_target_of_ones_own_is_called_that() -> None:
    """It is nobody's reference, and there is nothing to explain about it."""
    mine = WOMAN._replace(targets={"calcium": 2000.0})

    assert found(*meals(), profile=mine)["intake-below-reference"].message == (
        "Over 6 complete days, calcium averaged 1250 mg a day, below your target of 2000 mg (62%)."
    )


def test_the_sun_is_named_beside_low_vitamin_d_only() -> None:
    """A diary cannot see it."""
    low = found(*meals(vitamin_d3=5), profile=WOMAN)["vitamin-d-sun-not-counted"].message

    assert "sunlight" in low
    assert "assume very little sun" in low
    assert "vitamin-d-sun-not-counted" not in found(*meals(calcium=100), profile=WOMAN)


def test_what_another_authority_assumes_of_the_sun_is_not_claimed() -> None:
    """Japan's reference counts on some."""
    japanese = WOMAN._replace(authority="JAPAN-MHLW")
    low = found(*meals(vitamin_d3=2), profile=japanese)["vitamin-d-sun-not-counted"].message

    assert "assume" not in low


def test_a_mean_above_the_upper_level_for_calcium_is_a_warning() -> None:
    """2000 mg from 51 on in the US; the EU's 2500 mg is not passed and not named."""
    finding = found(*meals(calcium=2100), profile=WOMAN)["calcium-over-ul"]

    assert finding.severity == "warning"
    assert finding.message == (
        "Calcium averaged 2100 mg a day over 6 complete days, above the US upper level of 2000 mg "
        "for your age: the highest long-term intake judged unlikely to do harm."
    )


def test_at_the_upper_level_is_not_above_it() -> None:
    """The reason for silence holds the figures."""
    assert silent("calcium-over-ul", *meals(calcium=2000)) == (
        "the mean over 6 complete days, 2000 mg a day, is not above the US upper level of 2000 mg "
        "and the EU upper level of 2500 mg"
    )


def test_three_days_above_an_upper_level_are_an_early_figure() -> None:
    """Two are single days."""
    early = found(*meals(range(1, 4), calcium=2100), profile=WOMAN)["calcium-over-ul"]
    single = found(*meals(range(1, 3), calcium=2100), profile=WOMAN)["calcium-over-ul"]

    assert early.severity == "warning"
    assert "over 3 complete days, an early figure, above" in early.message
    assert single.severity == "info"


def test_a_single_day_above_an_upper_level_is_information() -> None:
    """Upper levels are about long-term intake."""
    finding = found(*meals(), entry(3, "feast", calcium=800), profile=WOMAN)["calcium-over-ul"]

    assert finding.severity == "info"
    assert finding.days == [ago(3)]
    assert finding.message.startswith(
        "Calcium was above the US upper level of 2000 mg on 1 day, up to 2050 mg."
    )


def test_in_a_birthday_year_both_upper_levels_must_be_passed() -> None:
    """Born in 1975: 2500 mg at 50, 2000 mg at 51; it is not known which."""
    born_1975 = WOMAN._replace(born="1975", authority="NASEM")

    assert "calcium-over-ul" not in found(*meals(calcium=2200), profile=born_1975)
    assert found(*meals(calcium=2600), profile=born_1975)["calcium-over-ul"].severity == "warning"


def test_an_unknown_part_does_not_hide_what_is_above() -> None:
    """What is counted is above already."""
    rows = [*meals(calcium=2100), entry(2, "stew", calcium=UNKNOWN)]
    finding = found(*rows, profile=WOMAN)["calcium-over-ul"]

    assert "averaged 2100 mg a day as far as known over 6 complete days, above" in finding.message
    assert "leaves open" in silent("calcium-over-ul", *meals(), entry(2, "stew", calcium=UNKNOWN))


def test_vitamin_d_above_its_upper_level_is_given_in_both_units() -> None:
    """A prescription comes first."""
    finding = found(*meals(vitamin_d3=110), profile=WOMAN)["vitamin-d-over-ul"]

    assert finding.severity == "warning"
    assert "110 µg a day (4400 IU)" in finding.message
    assert "above the US and EU upper level of 100 µg for long-term use" in finding.message
    assert "If it was prescribed, follow the prescription." in finding.message
    assert "vitamin-d-over-ul" not in found(*meals(vitamin_d3=100), profile=WOMAN)


def test_a_weekly_dose_with_its_interval_is_not_above_anything() -> None:
    """5600 IU over seven days are 20 µg a day."""
    weekly = entry(7, "weekly", pill=True, every=7, vitamin_d3=140)
    found_ids = found(*meals(vitamin_d3=0), weekly, profile=WOMAN)

    assert "vitamin-d-over-ul" not in found_ids
    assert "vitamin-d-large-single-dose" not in found_ids


def test_a_large_dose_is_remarked_on_once() -> None:
    """Not as a dose and as a day above the upper level too."""
    findings = found(*meals(), entry(3, "d3", pill=True, vitamin_d3=250), profile=WOMAN)

    assert "vitamin-d-over-ul" not in findings
    assert findings["vitamin-d-large-single-dose"].message == (
        "250 µg of vitamin D in one entry, without an interval. If a dose lasts a week, log it "
        "with --every 7d. If it was prescribed, follow the prescription. Guidelines prefer lower "
        "daily doses to large infrequent ones."
    )
    assert findings["vitamin-d-large-single-dose"].entries == [7]


@pytest.mark.parametrize(
    ("micrograms", "fires"), [(99.9, False), (100, True), (249, True), (UNKNOWN, False)]
)
def test_a_large_dose_is_a_supplement_of_100_ug_or_more(
    micrograms: float | Amount, fires: bool
) -> None:
    """What guidelines prefer is said from 250 µg on."""
    finding = found(entry(1, "d3", pill=True, vitamin_d=micrograms)).get(
        "vitamin-d-large-single-dose"
    )

    assert bool(finding) is fires
    assert not finding or "Guidelines" not in finding.message


def test_a_large_fish_is_no_dose() -> None:
    """Food holds no doses."""
    assert "vitamin-d-large-single-dose" not in found(entry(1, "eel", vitamin_d3=120))


def test_calcifediol_is_said_not_to_be_converted() -> None:
    """It is another substance."""
    drug = entry(1, "Calcifediol 0.266 mg capsule", pill=True, vitamin_d=266)

    assert "not converted" in found(drug)["vitamin-d-large-single-dose"].message


def test_much_calcium_from_supplements_is_said_with_what_is_contested() -> None:
    """And whoever was prescribed it is told not to change it."""
    finding = found(*meals(), *tablets(calcium=1000))["calcium-supplement-high"]

    assert finding.severity == "caution"
    for words in ("About 1000 mg", "contested", "in food", "If this was prescribed, please do not"):
        assert words in finding.message


def test_calcium_in_food_is_not_calcium_from_supplements() -> None:
    """Nor are 999 mg 1000."""
    rows = [*meals(calcium=2000), *tablets(calcium=999)]

    assert silent("calcium-supplement-high", *rows) == (
        "supplements gave 999 mg of calcium a day over 6 complete days, less than 1000 mg"
    )


def test_a_supplement_without_a_calcium_figure_is_not_judged() -> None:
    """Its silence says as far as known."""
    rows = [*meals(), *tablets(calcium=UNKNOWN)]

    assert "as far as known" in silent("calcium-supplement-high", *rows)


def test_magnesium_from_supplements_has_a_level_of_its_own() -> None:
    """350 mg in the US, 250 mg in the EU; food does not count."""
    findings = found(*meals(), *tablets(magnesium=300), profile=WOMAN)
    message = findings["magnesium-supplement-over-ul"].message

    assert message.startswith("300 mg of magnesium a day came from supplements")
    assert "above the EU upper level of 250 mg set for supplements and medicines" in message
    assert "magnesium-supplement-over-ul" not in found(*meals(magnesium=900), profile=WOMAN)
    rows = [*meals(), *tablets(magnesium=250)]
    assert "not known to be above" in silent("magnesium-supplement-over-ul", *rows)
    unknown = [*meals(), *tablets(magnesium=UNKNOWN)]
    assert "as far as known" in silent("magnesium-supplement-over-ul", *unknown)


@pytest.mark.parametrize(
    ("condition", "who"),
    [
        (Condition("dialysis", "kidney-disease"), "kidney team"),
        (Condition("hypercalcaemia", "high-blood-calcium"), "doctor"),
        (Condition("nephrocalcinosis", "high-urine-calcium"), "doctor"),
        (Condition("secondary hyperparathyroidism", "secondary-hyperparathyroidism"), "doctor"),
    ],
)
def test_a_level_for_healthy_people_is_a_ceiling_for_who_is_ill(
    condition: Condition, who: str
) -> None:
    """As much of a warning as for anybody, and whom to ask; nothing is held against references."""
    ill = WOMAN._replace(conditions=(condition,))
    findings = found(*meals(calcium=9000, vitamin_d3=200), profile=ill)

    for rule in ("calcium-over-ul", "vitamin-d-over-ul"):
        assert findings[rule].severity == "warning"
        assert ", above even the " in findings[rule].message
        assert findings[rule].message.endswith(
            f" for healthy people. With {condition.name} less than that may be too much: please "
            f"talk to your {who}."
        )
    reason = silent("intake-below-reference", *meals(calcium=100, magnesium=900), profile=ill)
    assert reason.startswith("references are for healthy people") or "magnesium" in reason


def test_below_a_ceiling_nothing_is_called_safe() -> None:
    """Not among the reasons either; of a single day above it, it is said what it is."""
    ill = WOMAN._replace(conditions=(Condition("dialysis", "kidney-disease"),))
    day = found(*meals(), entry(2, "milk", calcium=3000), profile=ill)["calcium-over-ul"]

    assert "set for healthy people" in silent("calcium-over-ul", *meals(), profile=ill)
    assert day.severity == "info"
    assert "That level is for healthy people. With dialysis less than that may" in day.message


def test_much_calcium_from_supplements_is_above_the_uk_guidance_level() -> None:
    """And what comes from food too is held against the EU level, as the UK has none for it."""
    british = WOMAN._replace(authority="UK")
    pills = found(*meals(), *tablets(calcium=1600), profile=british)
    food = found(*meals(calcium=4000), profile=british)

    assert pills["calcium-supplement-over-level"].severity == "warning"
    assert pills["calcium-supplement-over-level"].message.startswith(
        "1600 mg of calcium a day came from supplements over 6 complete days, above the UK "
        "guidance level of 1500 mg for supplements"
    )
    assert "above the EU upper level of 2500 mg" in food["calcium-over-ul"].message
    assert "calcium-supplement-over-level" not in food
    magnesium = found(*meals(), *tablets(magnesium=450), profile=british)
    assert "UK guidance level of 400 mg" in magnesium["magnesium-supplement-over-ul"].message


milligrams = st.one_of(st.integers(0, 3000).map(float), st.just(UNKNOWN))
logged = st.lists(
    st.builds(
        entry,
        st.integers(1, 6),
        st.sampled_from(["soup", "d3", "eel"]),
        pill=st.booleans(),
        calcium=milligrams,
        vitamin_d3=milligrams,
        vitamin_k2=milligrams,
    ),
    max_size=12,
)


@given(logged, st.lists(st.integers(1, 6), max_size=6))
def test_a_glass_of_water_adds_nothing(entries: list[Entry], days: list[int]) -> None:
    """On a day with food, zeros change no sum."""
    rows = [*meals(), *entries]
    dry, wet = report(rows), report([*rows, *daily(days, "water")])

    assert {id_: it.total for id_, it in dry.nutrients.items()} == {
        id_: it.total for id_, it in wet.nutrients.items()
    }
