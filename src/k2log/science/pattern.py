"""Rules on K2 beside calcium and vitamin D: the contested "calcium paradox" pattern.

They never do more than inform. To somebody who takes a vitamin K antagonist nothing is said of
little K2, nor of what K2 supplements might do.
"""

from collections.abc import Mapping
from typing import Final

from k2log.amounts import UNKNOWN, Amount
from k2log.config import INFORMAL_K2_UG
from k2log.nutrients import NUTRIENTS
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.compare import ENOUGH_DAYS
from k2log.science.profile import Profile
from k2log.science.references import OWN, amount, named, references, too_few_days, why_none
from k2log.text import figure, span

TRACE_UG: Final = 1
"""A food with less K2 than this on a day, as bread, is no food with K2; our choice."""

_PARADOX_WORKS: Final = (
    "geleijnse2004 zwakenberg2019 diederichsen2022 hasific2023 vlasschaert2020 li2023"
)
_DUTCH_QUARTERS: Final = "beulens2010"
_MEETING: Final = ("calcium", "vitamin_d")
_OFF: Final = "the informal K2 figure is switched off (k2log config set informal-k2)"
_ANTAGONIST: Final = (
    "a vitamin K antagonist, or a medicine that may be one, is in the profile, and amounts of K2 "
    "are not remarked on"
)


@rule("calcium-paradox-pattern", "info", "contested", f"{_PARADOX_WORKS} {_DUTCH_QUARTERS}")
def calcium_paradox_pattern(facts: Facts) -> Judged:
    """Speak where calcium and vitamin D meet their references and K2, all known, is little."""
    informal_ug = facts.informal_k2_ug
    unmet = _unmet(facts)
    if unmet or informal_ug is None:
        return unmet or _OFF
    k2 = facts.mean("vitamin_k2") or UNKNOWN
    if k2.high is None:
        return "some entries have no K2 figure"
    if k2.high >= informal_ug:
        return f"K2, {_range(k2)} a day, is not wholly below {_informal(informal_ug)}"
    traces = all(_k2(it.nutrients) < TRACE_UG * len(it.ordinals) for it in facts.foods)
    return Remark(
        _none_logged(facts) if traces else _little(facts, k2),
        days=facts.complete,
        data={"k2_mean_ug": k2.best, "k2_mean_high_ug": k2.high, "informal_k2_ug": informal_ug},
        gist="traces" if traces else "little",
        citations=cited(*_PARADOX_WORKS.split(), *([] if traces else [_DUTCH_QUARTERS])),
    )


@rule("calcium-paradox-not-assessable", "info", "n/a")
def calcium_paradox_not_assessable(facts: Facts) -> Judged:
    """Speak where calcium and vitamin D meet their references, but K2 cannot be told."""
    informal_ug = facts.informal_k2_ug
    unmet = _unmet(facts)
    if unmet or informal_ug is None:
        return unmet or _OFF
    k2 = facts.mean("vitamin_k2") or UNKNOWN
    if k2.high is None:
        return Remark(
            "Some entries have no K2 figure, so nothing is said about K2 as a whole.",
            days=facts.complete,
            data={"k2_coverage": round(facts.coverage("vitamin_k2"), 3)},
            gist="unknown",
        )
    if (k2.low or 0) < informal_ug <= k2.high:
        return Remark(
            f"Published K2 figures for the foods logged differ too much, {_range(k2)} a day, to "
            "say anything about K2 as a whole.",
            days=facts.complete,
            data={"k2_mean_low_ug": k2.low, "k2_mean_high_ug": k2.high},
            gist="range",
        )
    side = "below" if k2.high < informal_ug else "not below"
    return f"K2, {_range(k2)} a day, can be told: it is {side} {_informal(informal_ug)}"


def _unmet(facts: Facts) -> str:
    """Return why the pattern's parts on calcium and vitamin D do not hold; nothing if they do."""
    if facts.profile.may_be_on_antagonist:
        return _ANTAGONIST
    if facts.complete_days < ENOUGH_DAYS:
        return too_few_days(facts, ENOUGH_DAYS)
    reasons = []
    for nutrient in _MEETING:
        rows = [row for row in references(facts, nutrient) if row.authority != OWN]
        if not rows:
            reasons.append(why_none(facts))
        elif unmet := [row for row in rows if row.verdict != "met"]:
            reasons.append(f"{NUTRIENTS[nutrient].word} is not known to meet {named(unmet)}")
    return "; ".join(dict.fromkeys(reasons))


def _range(k2: Amount) -> str:
    return f"{span(k2.low or 0, k2.high or 0, 'µg')} µg"


def _informal(micrograms: float) -> str:
    quoted = " that popular articles quote" if micrograms == INFORMAL_K2_UG else " of your setting"
    return f"the informal {figure(micrograms, 'µg')} µg{quoted}"


def _little(facts: Facts, k2: Amount) -> str:
    return (
        f"Calcium and vitamin D met their references; K2 was about {_ug(k2)} a day {facts.over} "
        "(quarters of a large Dutch study averaged 16 to 46 µg). Popular articles call this the "
        '"calcium paradox". Evidence in people is contested, K2 has no official target, and '
        "nothing in this pattern calls for a change."
    )


def _none_logged(facts: Facts) -> str:
    k1 = facts.mean("vitamin_k1") or UNKNOWN
    if not k1.best:
        also = "K1 is vitamin K too."
    else:
        part = "" if k1.known else "the part of it with figures "
        also = f"K1 is vitamin K too; {part or 'it '}averaged about {_ug(k1)} a day."
    return (
        f"No food known to hold more than a trace of K2 was logged {facts.over}. Whether that "
        f"matters is uncertain. {also}"
    )


def _ug(mean: Amount) -> str:
    return amount("vitamin_k2", mean.best or 0)


@rule(
    "k2-benefit-contested",
    "info",
    "contested",
    "knapen2013 emaus2010 binkley2009 mott2019 torgerson2018 hu2021",
)
def k2_benefit_contested(facts: Facts) -> Judged:
    """Speak in the window in which a product with K2 is first logged."""
    if facts.profile.may_be_on_antagonist:
        return _ANTAGONIST
    products = [entry for entry in facts.supplements if _k2(entry.nutrients)]
    if not products:
        return "no supplement with K2 was logged"
    fresh = [entry for entry in products if entry.food_key in facts.fresh]
    if not fresh:
        return "no supplement with K2 was logged for the first time"
    return Remark(
        "K2 supplements change blood markers of vitamin K. Whether they prevent fractures or slow "
        "the calcification of arteries is uncertain: trials disagree.",
        days=sorted({entry.day for entry in fresh}),
        entries=[entry.id for entry in fresh],
        data={"foods": sorted({entry.food for entry in fresh})},
    )


def _k2(nutrients: Mapping[str, Amount]) -> float:
    return nutrients.get("vitamin_k2", UNKNOWN).best or 0


RULES: Final = (calcium_paradox_pattern, calcium_paradox_not_assessable, k2_benefit_contested)


_NO_TARGET: Final = (
    "There is no K2 target here because no authority has set a reference intake for K2"
)
PARADOX_LINE: Final = (
    'The "calcium paradox" is a contested hypothesis: that plenty of calcium and vitamin D with '
    "little K2 lets calcium settle in artery walls rather than in bone; evidence in people is "
    f"mixed. {_NO_TARGET}: "
    "the 90 and 120 µg often quoted are US adequate intakes for vitamin K as a whole."
)


def standing_line(profile: Profile) -> str:
    """Return what stands under every report; beside an antagonist, nothing of little K2."""
    return f"{_NO_TARGET}." if profile.may_be_on_antagonist else PARADOX_LINE
