"""Rules on how much: below references, above upper levels, much from supplements or at once.

Upper levels are about long-term intake: a mean is held against them from 3 complete days on, as an
early figure below 5, and a single day above one is no more than information.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from k2log.amounts import UNKNOWN, ZERO
from k2log.diary.entry import Entry
from k2log.names import name_words
from k2log.nutrients import IU_PER_UG, NUTRIENTS, WITH_REFERENCES
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.compare import EARLY_DAYS, ENOUGH_DAYS, Standing
from k2log.science.conditions import less_may_be_too_much
from k2log.science.intakes import ceilings
from k2log.science.references import (
    OWN,
    agreed,
    amount,
    authorities,
    by_authority,
    counted,
    figures,
    kind,
    listed,
    mean_words,
    named,
    over,
    references,
    sentence,
    too_few_days,
    unit,
    upper_levels,
    why_none,
    works,
)
from k2log.text import count, verb

HIGH_SUPPLEMENT_CALCIUM_MG: Final = 1000
LARGE_DOSE_UG: Final = 100
VERY_LARGE_DOSE_UG: Final = 250
"""From here on what guidelines prefer is added; a choice of ours, no published limit."""

_ASSUMED_ADEQUATE: Final = ("AI", "SI")
_LITTLE_SUN: Final = {"NASEM", "EFSA"}
_CALCIFEDIOL: Final = {"calcifediol", "calcidiol"}


@rule(
    "intake-below-reference", "info", "moderate", "iom2011 efsa2015ca efsa2016d iom1997 efsa2015mg"
)
def intake_below_reference(facts: Facts) -> Judged:
    """Speak where a mean is below a reference, all of it known."""
    if facts.complete_days < ENOUGH_DAYS:
        return too_few_days(facts, ENOUGH_DAYS)
    below = {
        id_: rows for id_ in WITH_REFERENCES if (rows := agreed(references(facts, id_), "below"))
    }
    if not below:
        reasons = [_not_below(facts, id_) for id_ in WITH_REFERENCES if references(facts, id_)]
        return "; ".join(reasons) or why_none(facts)
    means = {id_: facts.mean(id_) or ZERO for id_ in below}
    parts = [
        f"{NUTRIENTS[id_].word} averaged {amount(id_, means[id_].best or 0)} a day, "
        f"below {named(rows)}"
        for id_, rows in below.items()
    ]
    return Remark(
        f"{sentence(facts.over)}, {'; '.join(parts)}. {_meaning(below.values())}".rstrip(),
        days=facts.complete,
        data={id_: figures(id_, means[id_], rows) for id_, rows in below.items()},
        gist="; ".join(f"{id_}: {authorities(rows)}" for id_, rows in below.items()),
        citations=works(row for rows in below.values() for row in rows),
    )


def _meaning(groups: Iterable[Iterable[Standing]]) -> str:
    """Say what it means to be below references of these kinds; nothing of one's own target."""
    rows = [row for group in groups for row in group if row.authority != OWN]
    kinds = list(dict.fromkeys((row.kind in _ASSUMED_ADEQUATE, f"the {kind(row)}") for row in rows))
    covering = [words for adequate, words in kinds if not adequate]
    assumed = [words for adequate, words in kinds if adequate]
    clauses = []
    if covering:
        set_to = verb(len(covering), "is set to cover", "are set to cover")
        clauses.append(f"{listed(covering)} {set_to} nearly all healthy people")
    if assumed:
        clauses.append(f"{listed(assumed)} is an amount assumed to be adequate")
    if not clauses:
        return ""
    return sentence(f"{', '.join(clauses)}; being below does not by itself mean a deficiency.")


def _not_below(facts: Facts, nutrient: str) -> str:
    rows = references(facts, nutrient)
    mean = mean_words(facts, nutrient)
    if any(row.verdict in {"below", "cannot-tell"} for row in rows):
        return f"whether {NUTRIENTS[nutrient].word}, {mean}, is below {named(rows)} is left open"
    return f"{NUTRIENTS[nutrient].word}, {mean}, is not below 90% of {named(rows)}"


@rule("vitamin-d-sun-not-counted", "info", "strong", "iom2011 efsa2016d")
def vitamin_d_sun_not_counted(facts: Facts) -> Judged:
    """Speak where vitamin D is below a reference: the skin makes it too."""
    below = agreed(references(facts, "vitamin_d"), "below")
    if facts.complete_days < ENOUGH_DAYS or not below:
        return "vitamin D is not known to be below a reference"
    little = {row.authority for row in below} <= _LITTLE_SUN
    assuming = "; the references assume very little sun" if little else ""
    return Remark(
        f"Skin makes vitamin D in sunlight too, which a diary cannot see{assuming}.",
        days=facts.complete,
        citations=works(below) if little else None,
    )


@rule(
    "calcium-supplement-high",
    "caution",
    "moderate",
    "bolland2010 bolland2011 lewis2015 kopecky2016 anderson2016 jackson2006",
)
def calcium_supplement_high(facts: Facts) -> Judged:
    """Speak where much calcium comes from supplements."""
    if facts.complete_days < EARLY_DAYS:
        return too_few_days(facts, EARLY_DAYS)
    mean = facts.mean("calcium", supplement=True) or UNKNOWN
    if (mean.best or 0) < HIGH_SUPPLEMENT_CALCIUM_MG:
        least = "" if mean.known else ", as far as known"
        return (
            f"supplements gave {amount('calcium', mean.best or 0)} of calcium a day "
            f"{facts.over}{least}, less than {HIGH_SUPPLEMENT_CALCIUM_MG} mg"
        )
    return Remark(
        f"About {amount('calcium', mean.best or 0)} of calcium a day came from supplements "
        f"{over(facts)}. In one large trial of calcium with vitamin D there were more kidney "
        "stones. An effect on the heart is contested, and has generally not been seen for calcium "
        "in food. If this was prescribed, please do not change it because of this note.",
        days=facts.complete,
        data={"supplement_calcium_mean_mg": mean.best},
    )


@rule("vitamin-d-large-single-dose", "caution", "moderate", "sanders2010 demay2024")
def vitamin_d_large_single_dose(facts: Facts) -> Judged:
    """Speak where a supplement holds much vitamin D and no interval was given."""
    doses = large_doses(facts)
    if not doses:
        return f"no supplement without an interval holds {LARGE_DOSE_UG} µg of vitamin D or more"
    most_ug = max(_vitamin_d_ug(dose) for dose in doses)
    largest = amount("vitamin_d", most_ug)
    foods = sorted({dose.food for dose in doses})
    very = " Guidelines prefer lower daily doses to large infrequent ones."
    other = " Calcifediol is another substance than vitamin D3; it is not converted."
    how_much = (
        f"{largest} of vitamin D in one entry"
        if len(doses) == 1
        else f"{len(doses)} entries hold {LARGE_DOSE_UG} µg of vitamin D or more, up to {largest}"
    )
    return Remark(
        f"{how_much}, without an interval.{_hint(doses)} If it was prescribed, follow the "
        "prescription."
        + (very if most_ug >= VERY_LARGE_DOSE_UG else "")
        + (other if any(_CALCIFEDIOL.intersection(name_words(food)) for food in foods) else ""),
        days=sorted({dose.day for dose in doses}),
        entries=[dose.id for dose in doses],
        data={"largest_ug": most_ug, "foods": foods},
        gist=", ".join(foods),
    )


def _hint(doses: Sequence[Entry]) -> str:
    """Return how a dose for a week is logged; nothing where it was taken two days running."""
    days = {dose.day.toordinal() for dose in doses}
    if any(day + 1 in days for day in days):
        return ""
    return " If a dose lasts a week, log it with --every 7d."


def large_doses(facts: Facts) -> list[Entry]:
    """Return the supplements that hold much vitamin D and have no interval."""
    single = (dose for dose in facts.supplements if dose.every_days == 1)
    return [dose for dose in single if _vitamin_d_ug(dose) >= LARGE_DOSE_UG]


def _vitamin_d_ug(dose: Entry) -> float:
    return dose.nutrients.get("vitamin_d", UNKNOWN).best or 0


_OF_MEANS: Final = "it needs a mean over days; of one day, dose-over-upper-level speaks"


@rule(
    "calcium-over-ul",
    "warning",
    "moderate",
    "iom2011 efsa2012ca",
    only_in_reports=_OF_MEANS,
)
def calcium_over_ul(facts: Facts) -> Judged:
    """Speak where calcium is above an upper level: its mean, or else a single day."""
    above = agreed(upper_levels(facts, "calcium"), "above")
    if not above:
        return _single_days(facts, "calcium")
    mean = facts.mean("calcium") or ZERO
    averaged = f"Calcium averaged {counted('calcium', mean)} {over(facts)}, above"
    meaning = "for your age: the highest long-term intake judged unlikely to do harm."
    return Remark(
        _above_ceiling(facts, "calcium", averaged, above) or f"{averaged} {named(above)} {meaning}",
        days=facts.complete,
        data=figures("calcium", mean, above),
        gist=f"mean: {authorities(above)}",
        citations=works(above),
    )


@rule(
    "vitamin-d-over-ul",
    "warning",
    "strong",
    "efsa2023d iom2011",
    only_in_reports=_OF_MEANS,
)
def vitamin_d_over_ul(facts: Facts) -> Judged:
    """Speak where vitamin D is above an upper level: its mean, or else a single day."""
    above = agreed(upper_levels(facts, "vitamin_d"), "above")
    if not above:
        return _single_days(facts, "vitamin_d", besides={dose.day for dose in large_doses(facts)})
    mean = facts.mean("vitamin_d") or ZERO
    iu = f"{(mean.best or 0) * IU_PER_UG:.0f} IU"
    averaged = f"Vitamin D averaged {counted('vitamin_d', mean)} ({iu}) {over(facts)}, above"
    prescribed = "If it was prescribed, follow the prescription."
    return Remark(
        _above_ceiling(facts, "vitamin_d", averaged, above)
        or f"{averaged} {named(above)} for long-term use. {prescribed}",
        days=facts.complete,
        data=figures("vitamin_d", mean, above),
        gist=f"mean: {authorities(above)}",
        citations=works(above),
    )


def _above_ceiling(facts: Facts, nutrient: str, averaged: str, above: Iterable[Standing]) -> str:
    """Return what is said of a mean above a level that does not fit the person; "" if it fits."""
    if nutrient not in ceilings(facts.profile):
        return ""
    return (
        f"{averaged} even {named(above)} for healthy people. {less_may_be_too_much(facts.profile)}"
    )


def _single_days(facts: Facts, nutrient: str, besides: Collection[date] = ()) -> Judged:
    """Inform of complete days above an upper level, or say why there is nothing to say."""
    levels = upper_levels(facts, nutrient)
    if not levels:
        return why_none(facts)
    lows = {day: whole.low or 0 for day, whole in facts.daily(nutrient) if day not in besides}
    most = max(lows.values(), default=0)
    highest = [(max(row.value or 0 for row in rows), rows) for rows in by_authority(levels)]
    exceeded = [(value, rows) for value, rows in highest if most > value]
    if not exceeded:
        return _why_not_above(facts, nutrient, levels)
    lowest = min(value for value, _ in exceeded)
    days = [day for day, low in lows.items() if low > lowest]
    rows = [row for _, group in exceeded for row in group]
    meaning = "Upper levels are about long-term intake, not about single days."
    if nutrient in ceilings(facts.profile):
        meaning = f"That level is for healthy people. {less_may_be_too_much(facts.profile)}"
    return Remark(
        f"{NUTRIENTS[nutrient].title} was above {named(rows)} on "
        f"{count(len(days), 'day')}, up to {amount(nutrient, most)}. {meaning}",
        days=days,
        data={"days_above": len(days), f"highest_{unit(nutrient)}": most},
        gist=f"days: {authorities(rows)}",
        severity="info",
        citations=works(rows),
    )


def _why_not_above(facts: Facts, nutrient: str, levels: Sequence[Standing]) -> str:
    if facts.complete_days < EARLY_DAYS:
        return too_few_days(facts, EARLY_DAYS)
    mean = f"the mean {facts.over}, {mean_words(facts, nutrient)},"
    if nutrient in ceilings(facts.profile):
        return f"{mean} is not known to be above {named(levels)}, set for healthy people"
    if all(row.verdict == "not-above" for row in levels):
        return f"{mean} is not above {named(levels)}"
    return f"{mean} leaves open whether it is above {named(levels)}"


@rule(
    "calcium-supplement-over-level",
    "warning",
    "moderate",
    "nhs-ca",
    only_in_reports=_OF_MEANS,
)
def calcium_supplement_over_level(facts: Facts) -> Judged:
    """Speak where calcium from supplements is above a level set for supplements."""
    return _supplements_above(
        facts,
        "calcium",
        "no level is set for calcium from supplements alone",
        "for supplements: up to that harm is judged unlikely. If it was prescribed, follow the "
        "prescription.",
    )


@rule("magnesium-supplement-over-ul", "caution", "moderate", "iom1997 scf2001")
def magnesium_supplement_over_ul(facts: Facts) -> Judged:
    """Speak where magnesium from supplements is above the level set for them."""
    return _supplements_above(
        facts,
        "magnesium",
        why_none(facts),
        "set for supplements and medicines because of diarrhoea. Magnesium in food does not count "
        "here.",
    )


def _supplements_above(facts: Facts, nutrient: str, none: str, meaning: str) -> Judged:
    """Judge the mean from supplements against the levels set for supplements alone.

    ``none`` is why nothing is said where there is no such level; ``meaning`` follows the levels
    that the mean is above.
    """
    levels = upper_levels(facts, nutrient, "supplement")
    mean = facts.mean(nutrient, supplement=True)
    above = agreed(levels, "above")
    if not levels:
        return none
    if mean is None or facts.complete_days < EARLY_DAYS:
        return too_few_days(facts, EARLY_DAYS)
    if not above:
        taken = counted(nutrient, mean)
        return f"supplements gave {taken}, which is not known to be above {named(levels)}"
    word = NUTRIENTS[nutrient].word
    came = f"{amount(nutrient, mean.best or 0)} of {word} a day came from supplements"
    return Remark(
        _above_ceiling(facts, nutrient, f"{came} {over(facts)}, above", above)
        or f"{came} {over(facts)}, above {named(above)} {meaning}",
        days=facts.complete,
        data=figures(nutrient, mean, above),
        gist=authorities(above),
        citations=works(above),
    )


RULES: Final = (
    intake_below_reference,
    vitamin_d_sun_not_counted,
    calcium_supplement_high,
    vitamin_d_large_single_dose,
    calcium_over_ul,
    vitamin_d_over_ul,
    calcium_supplement_over_level,
    magnesium_supplement_over_ul,
)
