"""Rules on K2 beside calcium and vitamin D: the contested "calcium paradox" pattern.

They never do more than inform. To somebody who takes a vitamin K antagonist nothing is said of
little K2, nor of what K2 supplements might do.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from k2log.amounts import UNKNOWN, Amount, Spread, likely, total
from k2log.diary.days import doubt_by_food
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.compare import ENOUGH_COVERAGE, ENOUGH_DAYS, Standing
from k2log.science.intakes import AUTHORITIES
from k2log.science.profile import ANTAGONIST, UNRECOGNISED, Profile, names
from k2log.science.references import (
    OWN,
    amount,
    listed,
    references,
    sentence,
    too_few_days,
    why_none,
)
from k2log.text import span, verb

TRACE_UG: Final = 1
"""A food with less K2 than this on a day, as bread, is no food with K2; our choice."""

_PARADOX_WORKS: Final = (
    "geleijnse2004 zwakenberg2019 diederichsen2022 hasific2023 vlasschaert2020 li2023"
)
_DUTCH_QUARTERS: Final = "beulens2010"
_MEETING: Final = ("calcium", "vitamin_d")
_ANTAGONIST: Final = (
    "a vitamin K antagonist, or a medicine that may be one, is in the profile, and amounts of K2 "
    "are not remarked on"
)


class Balance(NamedTuple):
    """Whether the "calcium paradox" pattern is there: calcium and vitamin D enough, little K2.

    ``state`` is there, not-there, cannot-tell or not-looked-at; ``words`` say so, and why.
    """

    state: str
    words: str


THERE: Final = "there"
_NOT_THERE: Final = "not-there"
_CANNOT_TELL: Final = "cannot-tell"
NOT_LOOKED_AT: Final = "not-looked-at"
NOT_TOLD: Final = Balance(NOT_LOOKED_AT, "")
"""Of a report that nobody asked about balance."""


def balance(facts: Facts) -> Balance:
    """Return whether the pattern is there, by the likely ranges of the means.

    What is unknown in a few entries does not silence it: K2 is then counted without them.
    """
    why = _not_looked_at(facts)
    if why:
        return Balance(NOT_LOOKED_AT, why)
    below = [f"{NUTRIENTS[id_].word} is below {_whose(facts, id_)}" for id_ in _MEETING
             if _enough(facts, id_) is False]  # fmt: skip
    k2, little_ug = facts.likely("vitamin_k2") or UNKNOWN, facts.informal_k2_ug or 0
    if (k2.low or 0) >= little_ug:
        below.append(f"K2 counted {_ug(k2)} a day is not little")
    if below and facts.complete_days >= ENOUGH_DAYS:
        return Balance(_NOT_THERE, f'no "calcium paradox" pattern: {below[0]}')
    if why := _cannot_tell(facts, k2, little_ug):
        return Balance(_CANNOT_TELL, f'the "calcium paradox" cannot be told: {why}')
    lacking = _lacking(facts, "vitamin_k2")
    more = f" ({lacking}, so it may be more)" if lacking else ""
    return Balance(
        THERE,
        f"calcium and vitamin D enough, K2 counted {_ug(k2)} a day{more}: the contested "
        '"calcium paradox" pattern; no reason to change anything',
    )


def _not_looked_at(facts: Facts) -> str:
    """Return why nobody is to look at the pattern; nothing if it can be looked at."""
    if facts.profile.may_be_on_antagonist:
        named = facts.profile.taking(ANTAGONIST, UNRECOGNISED, since=date.min)
        return f"not looked at: amounts of K2 are not judged beside {listed(names(named))}"
    why = ""
    if facts.informal_k2_ug is None:
        why = "the informal K2 figure is switched off"
    elif all(not _set_by_authorities(facts, id_) for id_ in _MEETING):
        why = why_none(facts)
    return f'the "calcium paradox" is not looked at: {why}' if why else ""


def _cannot_tell(facts: Facts, k2: Amount, little_ug: float) -> str:
    """Return what would have to be known to tell; nothing if it can be told."""
    if facts.complete_days < ENOUGH_DAYS:
        return too_few_days(facts, ENOUGH_DAYS)
    for id_ in _MEETING:
        if not _enough(facts, id_):
            doubt = _lacking(facts, id_) or _widest(facts, id_)
            open_ = f"{NUTRIENTS[id_].word} may or may not reach {_whose(facts, id_)}"
            return f"{open_} ({doubt})" if doubt else open_
    lacking = _lacking(facts, "vitamin_k2")
    if k2.best is None or (lacking and facts.coverage("vitamin_k2") < ENOUGH_COVERAGE):
        return lacking
    highest = _counted_high(facts) if lacking else k2.high or 0
    if highest < little_ug:
        return ""
    widest = _widest(facts, "vitamin_k2")
    ends = f"K2 may be {span(k2.low or 0, highest, 'µg')} µg a day"
    return f"{ends}, {widest}" if widest else ends


def _enough(facts: Facts, nutrient: str) -> bool | None:
    """Return whether a mean reaches each of its references, by its best figure where it is close.

    None where nobody can tell.
    """
    verdicts = [
        {"met": True, "below": False, "close": (row.share or 0) >= 1}.get(row.verdict or "")
        for row in _set_by_authorities(facts, nutrient)
    ]
    if False in verdicts:
        return False
    return None if None in verdicts or not verdicts else True


def _set_by_authorities(facts: Facts, nutrient: str) -> list[Standing]:
    return [row for row in references(facts, nutrient) if row.authority != OWN]


def _whose(facts: Facts, nutrient: str) -> str:
    """Return which reference is meant where there are several: ``its US reference``."""
    rows = _set_by_authorities(facts, nutrient)
    unmet = [row for row in rows if row.verdict != "met"]
    labels = list(dict.fromkeys(AUTHORITIES[row.authority].label for row in unmet))
    some = len({row.authority for row in rows}) > len(labels)
    return f"its {listed(labels)} reference" if some else "its reference"


def _lacking(facts: Facts, nutrient: str) -> str:
    """Return which foods have no figure: ``ham and 2 more have no figure``; nothing if all have."""
    parts = [part for part in facts.foods if not part.nutrients[nutrient].known]
    foods = list(dict.fromkeys(part.food for part in sorted(parts, key=lambda it: -it.entries)))
    if not foods:
        return ""
    more = f" and {len(foods) - 1} more" if len(foods) > 1 else ""
    return f"{foods[0]}{more} {verb(len(foods), 'has', 'have')} no figure"


def _widest(facts: Facts, nutrient: str) -> str:
    """Return which food most of the doubt is from: ``mostly for Gouda``; nothing if none."""
    doubts = doubt_by_food(facts.foods, nutrient)
    return f"mostly for {doubts[0].food}" if doubts and doubts[0].share >= 0.5 else ""


def _counted_high(facts: Facts) -> float:
    """Return the likely high end of K2 per day, of what has a figure."""
    known = total(amount for part in facts.foods if (amount := part.nutrients["vitamin_k2"]).known)
    spread = facts.spreads.get("vitamin_k2", Spread())
    return (likely(known, spread).high or 0) / len(facts.days)


@rule("calcium-paradox-pattern", "info", "contested", f"{_PARADOX_WORKS} {_DUTCH_QUARTERS}")
def calcium_paradox_pattern(facts: Facts) -> Judged:
    """Speak where calcium and vitamin D are enough and K2, as far as it is known, is little."""
    told = balance(facts)
    if told.state != THERE:
        return told.words
    k2 = facts.likely("vitamin_k2") or UNKNOWN
    traces = all(_k2(it.nutrients) < TRACE_UG * len(it.ordinals) for it in facts.foods)
    return Remark(
        _none_logged(facts) if traces else _little(facts, k2),
        days=facts.complete,
        data={
            "k2_mean_ug": k2.best,
            "k2_mean_high_ug": k2.high,
            "informal_k2_ug": facts.informal_k2_ug,
        },
        gist="traces" if traces else "little",
        citations=cited(*_PARADOX_WORKS.split(), *([] if traces else [_DUTCH_QUARTERS])),
    )


@rule("calcium-paradox-not-assessable", "info", "n/a")
def calcium_paradox_not_assessable(facts: Facts) -> Judged:
    """Speak where calcium and vitamin D are enough, but K2 cannot be told."""
    told = balance(facts)
    if told.state != _CANNOT_TELL or not all(_enough(facts, id_) for id_ in _MEETING):
        return told.words
    k2 = facts.likely("vitamin_k2") or UNKNOWN
    return Remark(
        f"{sentence(told.words)}.",
        days=facts.complete,
        data={
            "k2_coverage": round(facts.coverage("vitamin_k2"), 3),
            "k2_mean_low_ug": k2.low,
            "k2_mean_high_ug": k2.high,
        },
        gist="unknown" if k2.high is None else "range",
    )


def _little(facts: Facts, k2: Amount) -> str:
    lacking = _lacking(facts, "vitamin_k2")
    more = f"; {lacking}, so it may be more" if lacking else ""
    return (
        f"Calcium and vitamin D met their references; K2 was about {_ug(k2)} a day {facts.over}"
        f"{more} "
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


def pointer(profile: Profile, told: Balance) -> str:
    """Return what stands under a report in which nothing is said of the pattern."""
    return POINTER if told.state == NOT_LOOKED_AT and not profile.may_be_on_antagonist else ""


POINTER: Final = (
    'K2 has no target; the "calcium paradox" is contested: k2log explain calcium-paradox'
)


def standing_line(profile: Profile) -> str:
    """Return what stands under every report; beside an antagonist, nothing of little K2."""
    return f"{_NO_TARGET}." if profile.may_be_on_antagonist else PARADOX_LINE
