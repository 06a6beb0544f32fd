import pytest

from diaries import ago, daily, entry, found, report
from k2log.amounts import UNKNOWN
from k2log.science.citations import cited
from k2log.science.profile import Condition, Medicine, Profile

WOMAN = Profile(born="1961-03-02", sex="female", medicines=(), conditions=())
FOOD = daily(range(1, 6), calcium=900)
TABLET = entry(2, "tablet", pill=True, calcium=500)
SUPPLEMENT_RULES = {
    "kidney-stones": Condition("kidney stones", "kidney-stones"),
    "high-blood-calcium-conditions": Condition("sarcoidosis", "high-blood-calcium"),
}


def having(*conditions: Condition) -> Profile:
    """Return the woman with these conditions."""
    return WOMAN._replace(conditions=conditions)


def test_kidney_disease_is_told_what_the_figures_mean() -> None:
    """The kidney team's targets count; upper levels are a ceiling, references are left out."""
    made = report(FOOD, profile=having(Condition("dialysis", "kidney-disease")))
    finding = next(it for it in made.findings if it.id == "kidney-disease")

    assert finding.severity == "caution"
    assert finding.message == (
        "With dialysis, references for healthy people are not shown, and upper levels are no more "
        "than a ceiling. The targets of your kidney team come first."
    )
    assert made.standings
    assert all(it.upper for it in made.standings)
    assert made.silent["profile-incomplete"]


@pytest.mark.parametrize(
    ("name", "born", "told"),
    [
        ("chronic kidney disease", "1961-03-02", True),
        ("chronic kidney disease", "2012-03-02", False),
        ("chronic kidney disease", None, False),
        ("dialysis", "1961-03-02", False),
        ("kidney failure", "1961-03-02", False),
    ],
)
def test_what_a_guideline_suggests_before_dialysis_is_told_to_adults_it_is_for(
    name: str, born: str | None, told: bool
) -> None:
    """Nobody else."""
    profile = having(Condition(name, "kidney-disease"))._replace(born=born)
    finding = found(*FOOD, profile=profile)["kidney-disease"]

    assert ("800 to 1000 mg of calcium" in finding.message) is told
    assert (cited("kdoqi2020")[0] in finding.citations) is told


@pytest.mark.parametrize("rule", SUPPLEMENT_RULES)
def test_a_supplement_is_remarked_on_with_the_condition_it_matters_for(rule: str) -> None:
    """With the day and the entry."""
    finding = found(*FOOD, TABLET, profile=having(SUPPLEMENT_RULES[rule]))[rule]

    assert finding.days == [ago(2)]
    assert finding.entries == [6]
    assert "your doctor" in finding.message


@pytest.mark.parametrize("rule", SUPPLEMENT_RULES)
def test_food_is_no_supplement(rule: str) -> None:
    """Nor one with other things in it; what nobody knows is asked about where it matters most."""
    unknown = entry(1, "multi", pill=True, calcium=UNKNOWN, vitamin_d=UNKNOWN)
    other = entry(1, "mk7", pill=True, mk7=100)
    silent = report([*FOOD, other], profile=having(SUPPLEMENT_RULES[rule])).silent
    assert silent[rule] == "no supplement known to hold calcium or vitamin D was logged"

    made = report([*FOOD, unknown, other], profile=having(SUPPLEMENT_RULES[rule]))
    remark = {it.id: it for it in made.findings}.get(rule)
    assert (remark is not None) is (rule == "high-blood-calcium-conditions")
    if remark:
        assert "k2log has no figure for what was taken" in remark.message
        assert len(remark.entries) == 1


@pytest.mark.parametrize("rule", [*SUPPLEMENT_RULES, "kidney-disease", "pregnancy-lactation"])
def test_what_the_profile_does_not_name_is_not_spoken_of(rule: str) -> None:
    """Nothing is inferred from what is eaten or taken."""
    assert "the profile" in report([*FOOD, TABLET], profile=WOMAN).silent[rule]
    assert rule in report([*FOOD, TABLET]).silent


def test_the_share_of_an_earlier_dose_counts_as_a_supplement() -> None:
    """Logged before the window, spread into it."""
    monthly = entry(10, "monthly d3", pill=True, every=30, vitamin_d3=300)
    finding = found(*FOOD, monthly, profile=having(SUPPLEMENT_RULES["kidney-stones"]))

    assert finding["kidney-stones"].days == [ago(day) for day in range(5, 0, -1)]
    assert finding["kidney-stones"].entries == []


def test_a_condition_that_may_raise_blood_calcium_is_a_warning_that_names_it() -> None:
    """Sometimes at ordinary doses."""
    both = having(
        Condition("sarcoidosis", "high-blood-calcium"), Condition("TB", "high-blood-calcium")
    )
    finding = found(*FOOD, entry(1, "d3", pill=True, vitamin_d3=10), profile=both)

    assert finding["high-blood-calcium-conditions"].severity == "warning"
    assert finding["high-blood-calcium-conditions"].message.startswith(
        "With TB and sarcoidosis, supplements of calcium or vitamin D can raise calcium in the"
    )


@pytest.mark.parametrize(
    ("authority", "stage", "says"),
    [
        (None, "pregnant", "The US and EU references for calcium and vitamin D are the same"),
        ("EFSA", "breastfeeding", "The EU references for calcium and vitamin D are the same"),
        ("UK", "breastfeeding", "The UK adds 550 mg of calcium a day for breastfeeding. Little"),
        ("UK", "pregnant", "Little is known about K2 supplements in pregnancy"),
        ("JAPAN-MHLW", "pregnant", "Little is known about K2 supplements in pregnancy"),
    ],
)
def test_pregnancy_is_told_of_the_references_that_are_shown(
    authority: str | None, stage: str, says: str
) -> None:
    """And asked to agree any supplement."""
    profile = Profile(born="1992", sex="female", life_stage=stage, authority=authority)
    message = found(*FOOD, profile=profile)["pregnancy-lactation"].message

    assert message.startswith(says)
    assert message.endswith("Please agree any supplement with your midwife or doctor.")


@pytest.mark.parametrize(
    ("born", "fires"), [("2008-11-22", True), ("2008-11-21", False), ("2008", False)]
)
def test_under_18_is_the_age_on_the_last_day(born: str, fires: bool) -> None:
    """18 on the birthday; a year alone leaves it open and does not fire."""
    told = found(*FOOD, TABLET, profile=Profile(born=born))

    assert ("under-18" in told) is fires


def test_under_18_without_a_supplement_is_told_nothing() -> None:
    """Nor is somebody of unknown age."""
    assert "no supplement known" in report(FOOD, profile=Profile(born="2010")).silent["under-18"]
    assert "no year of birth" in report([TABLET]).silent["under-18"]


@pytest.mark.parametrize(
    ("profile", "command"),
    [
        (Profile(), "k2log profile set --born 1964 --sex female."),
        (Profile(sex="male"), "k2log profile set --born 1964."),
        (Profile(born="1961-03-02"), "k2log profile set --sex female."),
        (Profile(born="1975", sex="female"), "k2log profile set --born 1975-05-17."),
        (Profile(born="1975"), "k2log profile set --sex female --born 1975-05-17."),
    ],
)
def test_what_the_values_shown_depend_on_is_asked_for(profile: Profile, command: str) -> None:
    """By the command that says it."""
    assert found(*FOOD, profile=profile)["profile-incomplete"].message.endswith(command)


def test_nothing_is_asked_for_that_changes_no_value() -> None:
    """A year is enough where no birthday decides."""
    enough = Profile(born="1961", sex="female")

    assert "profile-incomplete" not in found(*FOOD, profile=enough)


def test_where_nothing_is_said_of_medicines_that_is_said_once() -> None:
    """It is neutral, and about the data."""
    finding = found(*FOOD)["medicines-not-recorded"]

    assert finding.about_data
    assert "k2log profile set --no-medicines" in finding.message


@pytest.mark.parametrize(
    "profile",
    [
        Profile(medicines=()),
        Profile(conditions=()),
        Profile(medicines=(Medicine("aspirin"),)),
    ],
)
def test_who_said_something_of_medicines_is_not_asked_again(profile: Profile) -> None:
    """None is an answer."""
    assert "medicines-not-recorded" not in found(*FOOD, profile=profile)


def test_an_empty_diary_is_not_asked_for_a_profile() -> None:
    """There is nothing yet to hold against anything."""
    assert not {"profile-incomplete", "medicines-not-recorded"} & found().keys()


@pytest.mark.parametrize(
    ("name", "works"),
    [
        ("sarcoidosis", ["iom1997", "smpc", "sarcoid1606", "bolland2013"]),
        ("hyperparathyroidism", ["iom1997", "smpc"]),
        ("leprosy", ["iom1997", "smpc", "sharma2000"]),
        ("Williams syndrome", ["iom1997", "smpc", "morris2020"]),
    ],
)
def test_studies_of_sarcoidosis_are_cited_with_sarcoidosis_alone(
    name: str, works: list[str]
) -> None:
    """They say nothing of other conditions."""
    finding = found(*FOOD, TABLET, profile=having(Condition(name, "high-blood-calcium")))

    assert finding["high-blood-calcium-conditions"].citations == cited(*works)


@pytest.mark.parametrize(
    ("stage", "authority", "works"),
    [
        ("pregnant", None, ["iom2011", "efsa2015ca", "efsa2017k"]),
        ("pregnant", "EFSA", ["efsa2015ca", "efsa2017k"]),
        ("breastfeeding", "UK", ["coma1991", "efsa2017k"]),
        ("pregnant", "JAPAN-MHLW", ["efsa2017k"]),
    ],
)
def test_pregnancy_cites_the_references_that_it_speaks_of(
    stage: str, authority: str | None, works: list[str]
) -> None:
    """And what is known of K2."""
    profile = WOMAN._replace(life_stage=stage, authority=authority)
    finding = found(*FOOD, profile=profile)["pregnancy-lactation"]

    assert finding.citations == cited(*works)


def test_osteoporosis_has_a_remark_of_its_own() -> None:
    """The doctor's target first; no word on supplements where the doctor decides on these."""
    bone = Condition("osteoporosis", "bone")
    finding = found(*FOOD, profile=having(bone))["osteoporosis-target"]
    ill = found(*FOOD, profile=having(bone, Condition("sarcoidosis", "high-blood-calcium")))

    assert finding.severity == "info"
    assert "(k2log profile set --target calcium=AMOUNT) comes before the general" in finding.message
    assert "an addition to bone medicines" in finding.message
    assert "addition" not in ill["osteoporosis-target"].message
    own = having(bone)._replace(targets={"calcium": 1000})
    assert "--target" not in found(*FOOD, profile=own)["osteoporosis-target"].message


@pytest.mark.parametrize(
    ("condition", "says", "work"),
    [
        (
            Condition("hypoparathyroidism", "hypoparathyroidism"),
            "active vitamin D",
            "bollerslev2015",
        ),
        (Condition("osteomalacia", "low-vitamin-d"), "a blood test tells more", "holick2011"),
        (
            Condition("secondary hyperparathyroidism", "secondary-hyperparathyroidism"),
            "depends on its cause",
            "kdigo2017",
        ),
    ],
)
def test_where_a_doctor_sets_the_amounts_that_is_said(
    condition: Condition, says: str, work: str
) -> None:
    """Each with what it rests on."""
    finding = found(*FOOD, profile=having(condition))["amounts-set-by-doctor"]

    assert says in finding.message
    assert finding.message.endswith("come first.") or finding.message.endswith("comes first.")
    assert finding.citations == cited(work)


def test_absorption_is_remarked_on_with_works_on_what_is_named() -> None:
    """A product label for a medicine, studies for a condition, both for both."""
    orlistat = (Medicine("orlistat", "orlistat"),)
    crohn = having(Condition("Crohn's disease", "fat-malabsorption"))
    works = [
        found(*FOOD, profile=profile)["fat-absorption"].citations
        for profile in (
            WOMAN._replace(medicines=orlistat),
            crohn,
            crohn._replace(medicines=orlistat),
        )
    ]

    assert works == [
        cited("smpc"),
        cited("margulies2015", "pappa2008", "odsk"),
        cited("smpc", "margulies2015", "pappa2008", "odsk"),
    ]
