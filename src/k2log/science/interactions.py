"""Rules on medicines: they speak only where the profile names one (an antibiotic: or the log)."""

from collections.abc import Container, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from k2log.diary.entry import Entry, FoodPart
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.profile import names, taken_on
from k2log.science.references import listed
from k2log.science.spacing import (
    Advice,
    Apart,
    Dose,
    compare_times,
    holds,
    moment,
    plain_water,
    spacing_remark,
)
from k2log.text import verb

CALCIUM_AT_ONCE_MG: Final = 100.0
"""From how much calcium a food counts as dairy or fortified for an antibiotic.

A design choice: a cup of yogurt, a slice of cheese or a glass of fortified drink has more, milk in
tea and a slice of bread have less.
"""

MORNING: Final = time(4)
"""When a morning begins, for what comes before a bisphosphonate; what is eaten late is not."""


APART: Final[Mapping[str, Apart]] = {
    "levothyroxine": Apart(before=4 * 60, after=4 * 60),
    "tetracycline": Apart(before=2 * 60, after=4 * 60),
    "fluoroquinolone": Apart(before=2 * 60, after=6 * 60),
}

ANTIBIOTICS: Final[Mapping[str, str]] = {
    "doxycycline": "tetracycline",
    "minocycline": "tetracycline",
    "tetracycline": "tetracycline",
    "ciprofloxacin": "fluoroquinolone",
    "levofloxacin": "fluoroquinolone",
    "moxifloxacin": "fluoroquinolone",
}
"""The antibiotics that are known by their names in the log, and their kinds."""

_ANTIBIOTIC_WORKS: Final[Mapping[str, str]] = {
    "tetracycline": "smpc",
    "fluoroquinolone": "fluoroquinolone-labels",
}
_OTHER_WORKS: Final[Mapping[str, str]] = {
    "thiazide": "smpc",
    "cardiac-glycoside": "smpc",
    "lithium": "lithium-references",
    "integrase-inhibitor": "dolutegravir-label",
}


@rule(
    "calcium-levothyroxine-spacing",
    "warning",
    "strong",
    "smpc singh2000 zamfirescu2011",
    at_logging=True,
)
def calcium_levothyroxine_spacing(facts: Facts) -> Judged:
    """Speak where a calcium supplement was logged within 4 hours of levothyroxine."""
    medicines = facts.taking("levothyroxine")
    if not medicines:
        return "the profile does not name levothyroxine"
    calcium = [entry for entry in facts.supplements if holds(entry, "calcium")]
    advice = Advice(
        "less than 4 hours apart",
        "Calcium lowers how much levothyroxine is absorbed; labels advise at least 4 hours "
        "between them.",
        "no calcium supplement was logged within 4 hours of levothyroxine",
    )
    return spacing_remark(compare_times(calcium, medicines, (), _too_near), advice)


@rule(
    "calcium-antibiotic-spacing",
    "warning",
    "strong",
    " ".join(_ANTIBIOTIC_WORKS.values()),
    at_logging=True,
)
def calcium_antibiotic_spacing(facts: Facts) -> Judged:
    """Speak where calcium was logged too close to a tetracycline or a fluoroquinolone."""
    medicines = facts.taking(*_ANTIBIOTIC_WORKS)
    logged = []
    for entry in facts.logged:
        name = next((name for name in ANTIBIOTICS if name in entry.food.casefold()), None)
        if name:
            logged.append(Dose(name, ANTIBIOTICS[name], moment(entry), entry))
    if not medicines and not logged:
        return "neither the profile nor the log names a tetracycline or a fluoroquinolone"
    calcium = [
        entry
        for entry in facts.logged
        if holds(entry, "calcium", 0 if entry.supplement else CALCIUM_AT_ONCE_MG)
    ]
    comparison = compare_times(calcium, medicines, logged, _too_near)
    antibiotics = comparison.names
    advice = Advice(
        "closer than usually advised",
        f"Calcium, in dairy food too, binds {listed(antibiotics)} and can make "
        f"{verb(len(antibiotics), 'it', 'them')} work less well. The usual advice is at least "
        "2 hours before or 4–6 hours after calcium.",
        "nothing with much calcium was logged too close to the antibiotic",
        _works(_ANTIBIOTIC_WORKS, {it.kind for it in medicines} | {it.kind for it in logged}),
    )
    return spacing_remark(comparison, advice)


def _too_near(dose: Dose, taken: datetime, at: datetime) -> bool:
    return APART[dose.kind].too_near(taken, at)


@rule(
    "calcium-bisphosphonate-spacing",
    "warning",
    "strong",
    "bisphosphonate-labels smpc",
    at_logging=True,
)
def calcium_bisphosphonate_spacing(facts: Facts) -> Judged:
    """Speak where calcium, food or drink came before a bisphosphonate, or soon after it."""
    medicines = facts.taking("oral-bisphosphonate")
    if not medicines:
        return "the profile names no oral bisphosphonate, like alendronate"
    fast_enders = [
        entry
        for entry in facts.logged
        if (holds(entry, "calcium") if entry.supplement else not plain_water(entry))
    ]
    named, several = listed(names(medicines)), len(names(medicines))
    advice = Advice(
        "earlier than usually advised",
        f"{named[:1].upper()}{named[1:]} {verb(several, 'is', 'are')} taken first, with plain "
        "water; calcium and food come at least 30 minutes later (ibandronate 60; some calcium "
        "labels ask for 1–3 hours).",
        f"nothing was logged before {named} or too soon after",
    )
    return spacing_remark(compare_times(fast_enders, medicines, (), _not_after), advice)


def _not_after(dose: Dose, taken: datetime, at: datetime) -> bool:
    wait = timedelta(minutes=60 if "ibandron" in dose.name.casefold() else 30)
    morning = datetime.combine(taken.date(), MORNING, taken.tzinfo)
    return min(morning, taken) <= at < taken + wait


@rule("calcium-other-medicines", "caution", "moderate", " ".join(_OTHER_WORKS.values()))
def calcium_other_medicines(facts: Facts) -> Judged:
    """Speak where calcium or vitamin D supplements were logged with a medicine they can affect."""
    medicines = facts.taking(*_OTHER_WORKS)
    if not medicines:
        return "the profile names no thiazide, cardiac glycoside, lithium or integrase inhibitor"
    pill_days = {
        *facts.days_of(part for part in facts.foods if _pill(part)),
        *(entry.day for entry in facts.logged if _pill(entry)),
    }
    days = sorted(day for day in pill_days if taken_on(medicines, day))
    if not days:
        return "no calcium or vitamin D supplement was logged"
    return Remark(
        f"Calcium or vitamin D supplements can interact with {listed(names(medicines))}: please "
        "ask a pharmacist about timing or monitoring. What your prescriber says comes first.",
        days=days,
        data={"medicines": names(medicines)},
        gist=listed(names(medicines)),
        citations=_works(_OTHER_WORKS, {medicine.kind for medicine in medicines}),
    )


def _works(works: Mapping[str, str], kinds: Container[str]) -> tuple[str, ...]:
    """Return the citations for medicines of these kinds."""
    return cited(*(key for kind, key in works.items() if kind in kinds))


def _pill(item: FoodPart | Entry) -> bool:
    """Whether it is a supplement with calcium or vitamin D."""
    return item.supplement and (holds(item, "calcium") or holds(item, "vitamin_d"))


@rule("fat-absorption", "info", "moderate", "smpc margulies2015 pappa2008 odsk")
def fat_absorption(facts: Facts) -> Judged:
    """Speak where a medicine or condition keeps fat from being absorbed."""
    medicines = facts.taking("orlistat", "bile-acid-sequestrant")
    conditions = facts.profile.having("fat-malabsorption")
    items = names([*medicines, *conditions])
    if not items:
        return "the profile names nothing that keeps fat from being absorbed"
    if not facts.logged_days:
        return "nothing was logged"
    return Remark(
        f"Vitamins D and K may be absorbed less well with {listed(items)}; the totals show what "
        "was eaten, not what was absorbed.",
        data={"items": items},
        gist=", ".join(items),
        citations=cited(
            *["smpc"] * bool(medicines), *["margulies2015", "pappa2008", "odsk"] * bool(conditions)
        ),
    )


RULES: Final = (
    calcium_levothyroxine_spacing,
    calcium_antibiotic_spacing,
    calcium_bisphosphonate_spacing,
    calcium_other_medicines,
    fat_absorption,
)
