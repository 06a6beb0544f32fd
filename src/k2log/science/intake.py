"""Rules on intake: below a reference, much calcium from supplements, large doses of vitamin D."""

from collections.abc import Iterable
from typing import Final

from k2log.amounts import UNKNOWN, ZERO
from k2log.diary.entry import Entry
from k2log.names import name_words
from k2log.nutrients import NUTRIENTS, REFERRED
from k2log.science.caveats import Facts, Judged, Remark, Rule
from k2log.science.citations import cited
from k2log.science.compare import EARLY_DAYS, ENOUGH_DAYS, Standing
from k2log.science.references import (
    OWN,
    agreed,
    amount,
    authorities,
    figures,
    kind,
    listed,
    mean_words,
    named,
    over,
    references,
    sentence,
    too_few_days,
    why_none,
    works,
)
from k2log.text import verb

HIGH_SUPPLEMENT_CALCIUM_MG: Final = 1000
LARGE_DOSE_UG: Final = 100
VERY_LARGE_DOSE_UG: Final = 250
"""From here on what guidelines prefer is added; a choice of ours, no published limit."""

_ASSUMED_ADEQUATE: Final = ("AI", "SI")
_LITTLE_SUN: Final = {"NASEM", "EFSA"}
_CALCIFEDIOL: Final = {"calcifediol", "calcidiol"}


def intake_below_reference(facts: Facts) -> Judged:
    """Speak where a mean is below a reference, all of it known."""
    if facts.complete_days < ENOUGH_DAYS:
        return too_few_days(facts, ENOUGH_DAYS)
    below = {id_: agreed(references(facts, id_), "below") for id_ in REFERRED}
    below = {id_: rows for id_, rows in below.items() if rows}
    if not below:
        return _why_not_below(facts)
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
    covering = _kinds(row for row in rows if row.kind not in _ASSUMED_ADEQUATE)
    assumed = _kinds(row for row in rows if row.kind in _ASSUMED_ADEQUATE)
    said = []
    if covering:
        set_to = verb(len(covering), "is set to cover", "are set to cover")
        said.append(f"{listed(covering)} {set_to} nearly all healthy people")
    if assumed:
        said.append(f"{listed(assumed)} is an amount assumed to be adequate")
    if not said:
        return ""
    return sentence(f"{', '.join(said)}; being below does not by itself mean a deficiency.")


def _kinds(rows: Iterable[Standing]) -> list[str]:
    return list(dict.fromkeys(f"the {kind(row)}" for row in rows))


def _why_not_below(facts: Facts) -> str:
    said = [_not_below(facts, id_) for id_ in REFERRED if references(facts, id_)]
    return "; ".join(said) or why_none(facts)


def _not_below(facts: Facts, nutrient: str) -> str:
    rows = references(facts, nutrient)
    mean = mean_words(facts, nutrient)
    if any(row.verdict in {"below", "cannot-tell"} for row in rows):
        return f"whether {NUTRIENTS[nutrient].word}, {mean}, is below {named(rows)} is left open"
    return f"{NUTRIENTS[nutrient].word}, {mean}, is not below 90% of {named(rows)}"


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


def vitamin_d_large_single_dose(facts: Facts) -> Judged:
    """Speak where a supplement holds much vitamin D and no interval was given."""
    doses = large_doses(facts)
    if not doses:
        return f"no supplement without an interval holds {LARGE_DOSE_UG} µg of vitamin D or more"
    most = max(_vitamin_d(dose) for dose in doses)
    foods = sorted({dose.food for dose in doses})
    very = " Guidelines prefer lower daily doses to large infrequent ones."
    other = " Calcifediol is another substance than vitamin D3; it is not converted."
    return Remark(
        f"{_doses(len(doses), most)}, without an interval. If a dose lasts a week, log it with "
        "--every 7d. If it was prescribed, follow the prescription."
        + (very if most >= VERY_LARGE_DOSE_UG else "")
        + (other if any(_is_calcifediol(food) for food in foods) else ""),
        days=sorted({dose.day for dose in doses}),
        entries=[dose.id for dose in doses],
        data={"largest_ug": most, "foods": foods},
        gist=", ".join(foods),
    )


def large_doses(facts: Facts) -> list[Entry]:
    """Return the supplements that hold much vitamin D and have no interval."""
    single = (dose for dose in facts.supplements if dose.every_days == 1)
    return [dose for dose in single if _vitamin_d(dose) >= LARGE_DOSE_UG]


def _vitamin_d(dose: Entry) -> float:
    return dose.nutrients.get("vitamin_d", UNKNOWN).best or 0


def _doses(number: int, most: float) -> str:
    largest = amount("vitamin_d", most)
    if number == 1:
        return f"{largest} of vitamin D in one entry"
    return f"{number} entries hold {LARGE_DOSE_UG} µg of vitamin D or more, up to {largest}"


def _is_calcifediol(food: str) -> bool:
    return not _CALCIFEDIOL.isdisjoint(name_words(food))


RULES: Final = (
    Rule(
        "intake-below-reference",
        "info",
        "moderate",
        cited("iom2011", "efsa2015ca", "efsa2016d", "iom1997", "efsa2015mg"),
        intake_below_reference,
    ),
    Rule(
        "vitamin-d-sun-not-counted",
        "info",
        "strong",
        cited("iom2011", "efsa2016d"),
        vitamin_d_sun_not_counted,
    ),
    Rule(
        "calcium-supplement-high",
        "caution",
        "moderate",
        cited(
            "bolland2010", "bolland2011", "lewis2015", "kopecky2016", "anderson2016", "jackson2006"
        ),
        calcium_supplement_high,
    ),
    Rule(
        "vitamin-d-large-single-dose",
        "caution",
        "moderate",
        cited("sanders2010", "demay2024"),
        vitamin_d_large_single_dose,
    ),
)
