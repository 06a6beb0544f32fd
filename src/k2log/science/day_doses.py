"""Rules on the supplements of one day, said when one of them is logged.

Upper levels are about long-term intake. To an adult, a day on which supplements are above one is
said when it comes about; a report looks at the mean. For a child, whose levels are lower, food of
the day counts too, and it stays a warning in reports. So does food where a condition makes of the
level a ceiling.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from k2log.amounts import total
from k2log.diary.entry import Entry
from k2log.food.plausible import ADULT, DoseLimits
from k2log.named_tuple import NamedTuple
from k2log.nutrients import IU_PER_UG, NUTRIENTS
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.compare import CLOSE, Standing
from k2log.science.conditions import less_may_be_too_much
from k2log.science.intakes import ADULT_YEARS, ages, ceilings, intakes
from k2log.science.profile import Profile
from k2log.science.references import amount, authorities, named, upper_levels, works
from k2log.science.spacing import holds, in_order

_LEVELS: Final = (("calcium", "all"), ("calcium", "supplement"), ("vitamin_d", "all"))
_LEVELS_OF_CHILDREN: Final = (*_LEVELS, ("magnesium", "supplement"))
"""What is held against upper levels day by day, and of what it has to be."""


class _DayAbove(NamedTuple):
    """A day on which supplements brought a nutrient to ``reached``, above (or close to) levels.

    ``by`` says what did so: one supplement alone, supplements together, or all that was logged.
    """

    nutrient: str
    day: date
    supplements: Sequence[Entry]
    reached: float
    by: str
    levels: Sequence[Standing]
    above: bool


_TIMES_OF_D: Final = 2.5
"""How many times an upper level of vitamin D a dose of an adult has to be to be asked about."""


def limits_of(profile: Profile, on: date) -> DoseLimits:
    """Return what a dose hardly ever exceeds: for a child by its upper levels, as for an adult."""
    if not under_age(profile, on):
        return ADULT
    values = {
        nutrient: max(
            it.value or 0 for it in intakes(profile, on) if it.upper and it.nutrient == nutrient
        )
        for nutrient in ("vitamin_d", "calcium")
    }
    return DoseLimits(
        _TIMES_OF_D * values["vitamin_d"], values["calcium"], " for a child of this age"
    )


def under_age(profile: Profile, on: date) -> bool:
    """Whether somebody is known to be a child on a day."""
    return profile.born is not None and all(it < ADULT_YEARS for it in ages(profile.born, on))


@rule(
    "dose-over-upper-level",
    "warning",
    "moderate",
    "iom2011 iom1997 efsa2012ca efsa2018d efsa2023d scf2001 nhs-ca nhs-d mhlw2020 mhlw2025",
    at_logging=True,
)
def dose_over_upper_level(facts: Facts) -> Judged:
    """Speak where supplements brought a day above an upper level: to adults, when logged."""
    child = under_age(facts.profile, facts.last)
    if facts.profile.born is None:
        return "upper levels depend on age, and no year of birth is recorded"
    if not child and not facts.new:
        return "to adults this is said when it is logged; a report looks at the mean"
    of = _LEVELS_OF_CHILDREN if child else _LEVELS
    days = [day for nutrient, scope in of for day in _days_above(facts, nutrient, scope)]
    if not days:
        return "no supplement is known to have brought a day above an upper level"
    gravest = {it.nutrient: it for it in sorted(days, key=lambda it: (it.above, it.reached))}
    levels = [row for it in gravest.values() for row in it.levels]
    return Remark(
        f"{' '.join(map(_sentence, gravest.values()))} {_meaning(facts, {*gravest}, child=child)}",
        days=sorted({it.day for it in days}),
        entries=list(dict.fromkeys(pill.id for it in days for pill in it.supplements)),
        data={f"{it.nutrient}_{NUTRIENTS[it.nutrient].ascii_unit}": it.reached for it in days},
        gist=f"{', '.join(gravest)}: {authorities(levels)}",
        citations=works(levels),
    )


def _days_above(facts: Facts, nutrient: str, scope: str) -> Iterator[_DayAbove]:
    """Yield the days on which supplements brought a nutrient above a level; to children, close."""
    levels = upper_levels(facts, nutrient, scope)
    child = under_age(facts.profile, facts.last)
    with_food = scope == "all" and facts.new and (child or nutrient in ceilings(facts.profile))
    for day, group in groupby(in_order(facts.logged), key=lambda it: it.day):
        entries = list(group)
        pills = [it for it in entries if it.supplement and holds(it, nutrient)]
        news = [it for it in pills if it.id is None] if facts.new else pills
        if not news:
            continue
        largest = max(news, key=lambda it: _share(nutrient, [it]))
        alone = _share(nutrient, [largest])
        together = _share(nutrient, entries if with_food else pills)
        words = (
            "All that was logged that day comes to"
            if with_food
            else "Supplements of that day come to"
        )
        looked_at = [(f"{largest.food} alone gives", alone, 1.0), (words, together, 1.0)]
        if child and (nutrient, scope) == ("calcium", "all"):  # it leaves little for food
            looked_at.append((f"{largest.food} alone gives", alone, CLOSE))
        for by, reached, least in looked_at:
            if near := [row for row in levels if reached > least * (row.value or 0)]:
                yield _DayAbove(nutrient, day, pills, reached, by, near, least == 1)
                break


def _share(nutrient: str, entries: Sequence[Entry]) -> float:
    """Return how much entries are known to give on their day; of a dose that lasts, its share."""
    return total(it.on_a_day(nutrient) for it in entries).low or 0


def _sentence(day: _DayAbove) -> str:
    gives = f"{amount(day.nutrient, day.reached)} of {NUTRIENTS[day.nutrient].word}"
    if day.nutrient == "vitamin_d":
        gives += f" ({day.reached * IU_PER_UG:.0f} IU)"
    where = "above" if day.above else "close to"
    food = "" if day.above else ", which counts food as well"
    return f"{day.by} {gives}, {where} {named(day.levels)} a day for this age{food}."


def _meaning(facts: Facts, nutrients: set[str], *, child: bool) -> str:
    """Return what a day above an upper level means for this person, and whom to ask."""
    if ceilings(facts.profile) & nutrients:
        return f"That level is for healthy people. {less_may_be_too_much(facts.profile)}"
    if child:
        return (
            "Please check with a doctor or pharmacist that this dose is meant for a child of this "
            "age; what was prescribed comes first."
        )
    return (
        "Upper levels are about every day for long, not about single days. If it was prescribed, "
        "follow the prescription."
    )


RULES: Final = (dose_over_upper_level,)
