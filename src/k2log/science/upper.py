"""Rules on upper levels of calcium, vitamin D and, from supplements, magnesium.

Upper levels are about long-term intake: a mean is held against them from 3 complete days on, as an
early figure below 5, and a single day above one is no more than information.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from k2log.amounts import ZERO
from k2log.nutrients import IU_PER_UG, NUTRIENTS
from k2log.science.caveats import Facts, Judged, Remark, Rule
from k2log.science.citations import cited
from k2log.science.compare import EARLY_DAYS, Standing
from k2log.science.intake import large_doses
from k2log.science.references import (
    agreed,
    amount,
    authorities,
    by_authority,
    counted,
    figures,
    mean_words,
    named,
    over,
    too_few_days,
    unit,
    upper_levels,
    why_none,
    works,
)
from k2log.text import count


def calcium_over_ul(facts: Facts) -> Judged:
    """Speak where calcium is above an upper level: its mean, or else a single day."""
    above = _above(facts, "calcium")
    if not above:
        return _single_days(facts, "calcium")
    mean = facts.mean("calcium") or ZERO
    return Remark(
        f"Calcium averaged {counted('calcium', mean)} {over(facts)}, above {named(above)} for your "
        "age: the highest long-term intake judged unlikely to do harm.",
        days=facts.complete,
        data=figures("calcium", mean, above),
        gist=f"mean: {authorities(above)}",
        citations=works(above),
    )


def vitamin_d_over_ul(facts: Facts) -> Judged:
    """Speak where vitamin D is above an upper level: its mean, or else a single day."""
    above = _above(facts, "vitamin_d")
    if not above:
        return _single_days(facts, "vitamin_d", besides={dose.day for dose in large_doses(facts)})
    mean = facts.mean("vitamin_d") or ZERO
    iu = f"{(mean.best or 0) * IU_PER_UG:.0f} IU"
    return Remark(
        f"Vitamin D averaged {counted('vitamin_d', mean)} ({iu}) {over(facts)}, above "
        f"{named(above)} for long-term use. If it was prescribed, follow the prescription.",
        days=facts.complete,
        data=figures("vitamin_d", mean, above),
        gist=f"mean: {authorities(above)}",
        citations=works(above),
    )


def _above(facts: Facts, nutrient: str) -> list[Standing]:
    return agreed(upper_levels(facts, nutrient), "above")


def _single_days(facts: Facts, nutrient: str, besides: Collection[date] = ()) -> Judged:
    """Inform of complete days above an upper level, or say why there is nothing to say."""
    levels = upper_levels(facts, nutrient)
    if not levels:
        return why_none(facts)
    lows = {day: whole.low or 0 for day, whole in facts.daily(nutrient) if day not in besides}
    most = max(lows.values(), default=0)
    passed = [rows for rows in by_authority(levels) if most > _highest(rows)]
    if not passed:
        return _why_not_above(facts, nutrient, levels)
    lowest = min(map(_highest, passed))
    days = [day for day, low in lows.items() if low > lowest]
    rows = [row for group in passed for row in group]
    return Remark(
        f"{NUTRIENTS[nutrient].title} was above {named(rows)} on "
        f"{count(len(days), 'day')}, up to {amount(nutrient, most)}. Upper levels are about "
        "long-term intake, not about single days.",
        days=days,
        data={"days_above": len(days), f"highest_{unit(nutrient)}": most},
        gist=f"days: {authorities(rows)}",
        severity="info",
        citations=works(rows),
    )


def _highest(rows: Iterable[Standing]) -> float:
    return max(row.value or 0 for row in rows)


def _why_not_above(facts: Facts, nutrient: str, levels: Sequence[Standing]) -> str:
    if facts.complete_days < EARLY_DAYS:
        return too_few_days(facts, EARLY_DAYS)
    mean = f"the mean {facts.over}, {mean_words(facts, nutrient)},"
    if all(row.verdict == "not-above" for row in levels):
        return f"{mean} is not above {named(levels)}"
    return f"{mean} leaves open whether it is above {named(levels)}"


def magnesium_supplement_over_ul(facts: Facts) -> Judged:
    """Speak where magnesium from supplements is above the level set for them."""
    levels = upper_levels(facts, "magnesium")
    mean = facts.mean("magnesium", supplement=True)
    above = agreed(levels, "above")
    if not levels:
        return why_none(facts)
    if mean is None or facts.complete_days < EARLY_DAYS:
        return too_few_days(facts, EARLY_DAYS)
    if not above:
        taken = counted("magnesium", mean)
        return f"supplements gave {taken}, which is not known to be above {named(levels)}"
    return Remark(
        f"{amount('magnesium', mean.best or 0)} of magnesium a day came from supplements "
        f"{over(facts)}, above {named(above)} set for supplements and medicines because of "
        "diarrhoea. Magnesium in food does not count here.",
        days=facts.complete,
        data=figures("magnesium", mean, above),
        gist=authorities(above),
        citations=works(above),
    )


RULES: Final = (
    Rule(
        "calcium-over-ul",
        "warning",
        "moderate",
        cited("iom2011", "efsa2012ca"),
        calcium_over_ul,
    ),
    Rule(
        "vitamin-d-over-ul",
        "warning",
        "strong",
        cited("efsa2023d", "iom2011"),
        vitamin_d_over_ul,
    ),
    Rule(
        "magnesium-supplement-over-ul",
        "caution",
        "moderate",
        cited("iom1997", "scf2001"),
        magnesium_supplement_over_ul,
    ),
)
