"""Rules on conditions and life stages that the profile names, and on what it leaves unsaid."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry, FoodPart
from k2log.named_tuple import NamedTuple
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.intakes import (
    ADULT_YEARS,
    AUTHORITIES,
    HIGH_BLOOD_CALCIUM,
    HIGH_URINE_CALCIUM,
    KIDNEY_DISEASE,
    SECONDARY_HYPERPARATHYROIDISM,
    ages,
    unfit,
)
from k2log.science.profile import BREASTFEEDING, PREGNANT, Profile, names
from k2log.science.references import listed
from k2log.science.spacing import holds

_GRANULOMAS: Final = (
    "tuberculosis", "histoplasmosis", "coccidioidomycosis", "leprosy", "berylliosis",
    "granulomatous disease", "lymphoma",
)  # fmt: skip
_VITAMIN_D_ALONE: Final = (
    "CYP24A1 mutation",
    "too much vitamin D",
    "milk-alkali syndrome",
)
_BLOOD_CALCIUM_WORKS: Final[Mapping[str, Sequence[str]]] = {
    "sarcoidosis": ("sarcoid1606", "bolland2013"),
    **dict.fromkeys(_GRANULOMAS, ("sharma2000",)),
    **dict.fromkeys(_VITAMIN_D_ALONE, ("tebben2016",)),
    "Williams syndrome": ("morris2020",),
}
"""What tells of high calcium in the blood with a condition, beside a product label on all."""


class _SetByDoctor(NamedTuple):
    """What is said where a doctor sets the amounts of calcium or vitamin D, and its source."""

    words: str
    work: str


_SET_BY_DOCTOR: Final[Mapping[str, _SetByDoctor]] = {
    "hypoparathyroidism": _SetByDoctor(
        "treatment is often calcium with active vitamin D, and blood tests follow it. The amounts "
        "that your doctor has set come first",
        "bollerslev2015",
    ),
    "low-vitamin-d": _SetByDoctor(
        "the dose is for your doctor to set, and a blood test tells more than a diary. What was "
        "prescribed comes first",
        "holick2011",
    ),
    SECONDARY_HYPERPARATHYROIDISM: _SetByDoctor(
        "how much calcium and vitamin D is right depends on its cause. The figures of your doctor "
        "come first",
        "kdigo2017",
    ),
}

_NOT_ON_DIALYSIS: Final = "chronic kidney disease"
_KDOQI: Final = (
    "For adults not on dialysis a guideline suggests 800 to 1000 mg of calcium a day in all, from "
    "food, supplements and phosphate binders, for who takes no active vitamin D; and 15 to 20 µg "
    "(600 to 800 IU) of vitamin D."
)

_NO_SUPPLEMENT: Final = "no supplement known to hold {} was logged"
_UNCHANGED: Final[Mapping[str, Sequence[str]]] = {"NASEM": ["iom2011"], "EFSA": ["efsa2015ca"]}
"""The authorities whose references are the same in pregnancy and breastfeeding, and where."""


class _Taken(NamedTuple):
    """Supplements of a kind: their days, and the single entries."""

    days: Sequence[date]
    entries: Sequence[int | None]


def _taken(facts: Facts, *nutrients: str) -> _Taken | None:
    """Return the supplements known to hold any of these, in sums or as single entries."""
    return _supplements(facts, lambda it: any(holds(it, id_) for id_ in nutrients))


def _without_figure(facts: Facts, *nutrients: str) -> _Taken | None:
    """Return the supplements that may hold any of these, as their amount is not known."""
    return _supplements(
        facts, lambda it: any(it.nutrients.get(id_, UNKNOWN).best is None for id_ in nutrients)
    )


def _supplements(facts: Facts, counts: Callable[[Entry | FoodPart], bool]) -> _Taken | None:
    single = [it for it in facts.supplements if counts(it)]
    pills = [it for it in facts.foods if it.supplement and counts(it)]
    days = sorted({*facts.days_of(pills), *(entry.day for entry in single)})
    return _Taken(days, [entry.id for entry in single]) if days else None


def less_may_be_too_much(profile: Profile) -> str:
    """Return whom to ask about an amount above a level that does not fit the person."""
    who = "kidney team" if profile.having(KIDNEY_DISEASE) else "doctor"
    return (
        f"With {listed(names(unfit(profile)))} less than that may be too much: please talk to "
        f"your {who}."
    )


@rule("kidney-disease", "caution", "strong", "kdoqi2020 kdigo2017 neofytou2024")
def kidney_disease(facts: Facts) -> Judged:
    """Speak where the profile names kidney disease: what the figures shown mean then."""
    conditions = facts.profile.having(KIDNEY_DISEASE)
    if not conditions:
        return "the profile names no kidney disease"
    guideline = suggested_before_dialysis(facts.profile, facts.last)
    return Remark(
        f"With {listed(names(conditions))}, references for healthy people are not shown, and "
        f"upper levels are no more than a ceiling.{f' {guideline}' if guideline else ''} The "
        "targets of your kidney team come first.",
        gist=listed(names(conditions)),
        citations=cited("kdoqi2020", "kdigo2017") if guideline else cited("kdigo2017"),
    )


def suggested_before_dialysis(profile: Profile, on: date) -> str:
    """Return what a guideline suggests for this person's kidney disease, or ""."""
    grown = profile.born is not None and min(ages(profile.born, on)) >= ADULT_YEARS
    return _KDOQI if names(profile.having(KIDNEY_DISEASE)) == [_NOT_ON_DIALYSIS] and grown else ""


@rule("kidney-disease-supplements", "warning", "moderate", "smpc", at_logging=True)
def kidney_disease_supplements(facts: Facts) -> Judged:
    """Speak where the profile names kidney disease and a supplement was logged."""
    conditions = facts.profile.having(KIDNEY_DISEASE)
    if not conditions:
        return "the profile names no kidney disease"
    taken = _taken(facts, "calcium", "vitamin_d")
    if not taken:
        return _NO_SUPPLEMENT.format("calcium or vitamin D")
    return Remark(
        f"With {listed(names(conditions))}, please agree supplements of calcium or vitamin D with "
        "your kidney team: labels of calcium with vitamin D3 say that it is not for severe kidney "
        "disease, and call for caution where kidneys work less well.",
        *taken,
        gist=listed(names(conditions)),
    )


@rule("kidney-stones", "caution", "moderate", "iom2011 jackson2006")
def kidney_stones(facts: Facts) -> Judged:
    """Speak where the profile names kidney stones and a supplement was logged."""
    if not facts.profile.having("kidney-stones"):
        return "the profile names no kidney stones"
    taken = _taken(facts, "calcium", "vitamin_d")
    if not taken:
        return _NO_SUPPLEMENT.format("calcium or vitamin D")
    return Remark(
        "Calcium supplements have been linked with kidney stones; normal amounts of calcium in "
        "food have not. Please talk to your doctor about supplements, and before cutting down on "
        "calcium in food.",
        *taken,
    )


@rule(
    "high-blood-calcium-conditions",
    "warning",
    "strong",
    "iom1997 smpc sarcoid1606 bolland2013 sharma2000 tebben2016 morris2020",
    at_logging=True,
)
def high_blood_calcium_conditions(facts: Facts) -> Judged:
    """Speak where the profile names such a condition and a supplement was logged."""
    conditions = facts.profile.having(HIGH_BLOOD_CALCIUM)
    if not conditions:
        return "the profile names no condition that may raise calcium in the blood"
    taken = _taken(facts, "calcium", "vitamin_d")
    matter = taken or _without_figure(facts, "calcium", "vitamin_d")
    if not matter:
        return _NO_SUPPLEMENT.format("calcium or vitamin D")
    unknown = "" if taken else " k2log has no figure for what was taken."
    named = listed(names(conditions))
    special = [key for it in conditions for key in _BLOOD_CALCIUM_WORKS.get(it.name, ())]
    return Remark(
        f"With {named}, supplements of calcium or vitamin D can raise calcium in the blood, "
        f"sometimes at ordinary doses.{unknown} Please check them with your doctor.",
        *matter,
        data={"conditions": names(conditions)},
        gist=named,
        citations=cited("iom1997", "smpc", *special),
    )


@rule("high-urine-calcium", "warning", "moderate", "smpc", at_logging=True)
def high_urine_calcium(facts: Facts) -> Judged:
    """Speak where the profile names much calcium in the urine and a supplement was logged."""
    conditions = facts.profile.having(HIGH_URINE_CALCIUM)
    if not conditions:
        return "the profile names no condition with much calcium in the urine"
    taken = _taken(facts, "calcium", "vitamin_d")
    if not taken:
        return _NO_SUPPLEMENT.format("calcium or vitamin D")
    return Remark(
        f"With {listed(names(conditions))}: labels of calcium with vitamin D3 say that it is not "
        "for people with much calcium in the urine or stones in the kidneys. Please check "
        "supplements of either with your doctor.",
        *taken,
        data={"conditions": names(conditions)},
        gist=listed(names(conditions)),
    )


@rule("amounts-set-by-doctor", "caution", "moderate", "bollerslev2015 holick2011 kdigo2017")
def amounts_set_by_doctor(facts: Facts) -> Judged:
    """Speak where the profile names a condition in which a doctor sets calcium or vitamin D."""
    conditions = facts.profile.having(*_SET_BY_DOCTOR)
    if not conditions:
        return "the profile names no condition in which a doctor sets the amounts"
    if not facts.logged_days:
        return "nothing was logged"
    by_kind = {
        kind: names(it for it in conditions if it.kind == kind)
        for kind in dict.fromkeys(it.kind for it in conditions)
    }
    sentences = [
        f"With {listed(named)}, {_SET_BY_DOCTOR[kind].words}." for kind, named in by_kind.items()
    ]
    return Remark(
        " ".join(sentences),
        data={"conditions": names(conditions)},
        gist=listed(names(conditions)),
        citations=cited(*(_SET_BY_DOCTOR[kind].work for kind in by_kind)),
    )


@rule("osteoporosis-target", "info", "moderate", "smpc")
def osteoporosis_target(facts: Facts) -> Judged:
    """Speak where the profile names osteoporosis or osteopenia."""
    conditions = facts.profile.having("bone")
    if not conditions:
        return "the profile names neither osteoporosis nor osteopenia"
    if not facts.logged_days:
        return "nothing was logged"
    named = listed(names(conditions))
    addition = (
        " Labels name calcium with vitamin D as an addition to bone medicines for who gets too "
        "little of them; what you log here can help to tell whether that is so."
    )
    if unfit(facts.profile):
        addition = ""
    way = "" if facts.profile.targets else " (k2log profile set --target calcium=AMOUNT)"
    return Remark(
        f"With {named}, a target that your doctor or clinic has set{way} comes before the general "
        f"references.{addition}",
        data={"conditions": names(conditions)},
        gist=named,
    )


@rule("pregnancy-lactation", "info", "moderate", "iom2011 efsa2015ca coma1991 efsa2017k")
def pregnancy_lactation(facts: Facts) -> Judged:
    """Speak where the profile says pregnant or breastfeeding."""
    profile = facts.profile
    stage = profile.life_stage
    if stage not in {PREGNANT, BREASTFEEDING}:
        return "the profile says neither pregnant nor breastfeeding"
    shown = profile.authorities
    references, works = "", []
    if _UNCHANGED.keys() >= {*shown}:
        by = listed([AUTHORITIES[id_].label for id_ in shown])
        references = (
            f"The {by} references for calcium and vitamin D are the same in pregnancy and "
            "breastfeeding as before. "
        )
        works = [key for id_ in shown for key in _UNCHANGED[id_]]
    elif shown == ["UK"] and stage == BREASTFEEDING:
        references = "The UK adds 550 mg of calcium a day for breastfeeding. "
        works = ["coma1991"]
    return Remark(
        f"{references}Little is known about K2 supplements in pregnancy and breastfeeding. "
        "Please agree any supplement with your midwife or doctor.",
        gist=stage,
        citations=cited(*works, "efsa2017k"),
    )


@rule("under-18", "caution", "moderate", "iom2011 efsa2018d")
def under_18(facts: Facts) -> Judged:
    """Speak where the profile's age is under 18 and a supplement was logged."""
    born = facts.profile.born
    if born is None:
        return "no year of birth is recorded"
    if not all(age < ADULT_YEARS for age in ages(born, facts.last)):
        return f"the age is not known to be under {ADULT_YEARS}"
    taken = _taken(facts, "calcium", "vitamin_d", "vitamin_k2")
    if not taken:
        return _NO_SUPPLEMENT.format("calcium, vitamin D or K2")
    return Remark(
        "Upper levels differ for children and infants, and K2 supplements have hardly been tried "
        "in healthy children. Please ask a doctor or pharmacist about doses.",
        *taken,
    )


@rule("profile-incomplete", "info", "n/a")
def profile_incomplete(facts: Facts) -> Judged:
    """Speak where a reference or an upper level depends on what the profile does not say."""
    profile = facts.profile
    if not facts.logged_days:
        return "nothing was logged"
    open_ages = any(standing.ages for standing in facts.standings)
    open_sex = any(standing.sex != "any" for standing in facts.standings)
    if profile.having(KIDNEY_DISEASE):
        missing = ""
    elif profile.born is None:
        say = "" if profile.sex else " --sex female"
        missing = f"Reference values depend on age and sex: k2log profile set --born 1964{say}."
    elif open_ages or open_sex:
        on = listed([*["sex"] * open_sex, *["the day of birth"] * open_ages])
        options = [*["--sex female"] * open_sex, *[f"--born {profile.born}-05-17"] * open_ages]
        missing = f"Some reference values depend on {on}: k2log profile set {' '.join(options)}."
    else:
        missing = ""
    if not missing:
        return "no value shown depends on anything that the profile does not say"
    return Remark(missing, gist=missing)


@rule("medicines-not-recorded", "info", "n/a")
def medicines_not_recorded(facts: Facts) -> Judged:
    """Speak where nothing was said of medicines and conditions."""
    if not facts.logged_days:
        return "nothing was logged"
    if facts.profile.medicines is not None or facts.profile.conditions is not None:
        return "the profile says something of medicines or conditions"
    return Remark(
        "No medicines or conditions are recorded, so notes on interactions are not shown; if there "
        "are none: k2log profile set --no-medicines."
    )


RULES: Final = (
    kidney_disease,
    kidney_disease_supplements,
    kidney_stones,
    high_blood_calcium_conditions,
    high_urine_calcium,
    amounts_set_by_doctor,
    osteoporosis_target,
    pregnancy_lactation,
    under_18,
    profile_incomplete,
    medicines_not_recorded,
)
