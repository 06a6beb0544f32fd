"""Vitamin K1 of one day against one's own usual, beside a vitamin K antagonist or what may be one.

It never says to eat more or less: what matters is that the clinic knows of a change.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from k2log.amounts import total
from k2log.diary.entry import Entry
from k2log.named_tuple import NamedTuple
from k2log.science.antagonists import K1_AT_ONCE_UG
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.compare import ENOUGH_DAYS
from k2log.science.intakes import intakes
from k2log.science.profile import ANTAGONIST, UNRECOGNISED, Medicine, Profile, names, taken_on
from k2log.science.references import amount, listed
from k2log.text import count

USUAL_DAYS: Final = 28
"""One's usual is the mean of the complete days among so many before."""

TIMES_USUAL: Final = 2.0
"""How many times the usual is far above it, if it is also ``K1_AT_ONCE_UG`` more: vitamin K1 of
ordinary days differs by less, and a portion of greens is more. A design choice, no limit."""

_ADULT_BORN: Final = "1970"


class _Usual(NamedTuple):
    """What a day is held against, in µg, and how that is called."""

    micrograms: float
    words: str
    own: bool


@rule("vka-k1-above-usual", "warning", "moderate", "odsk iom2001", at_logging=True)
def vka_k1_above_usual(facts: Facts) -> Judged:
    """Speak where what is logged brings K1 far above one's usual, beside an antagonist."""
    medicines = facts.taking(ANTAGONIST, UNRECOGNISED)
    if not medicines:
        return "the profile names no vitamin K antagonist, like warfarin, nor what may be one"
    if not facts.new:
        return "it is said when something is logged; reports tell how far days differ"
    usual = _usual(facts)
    high = [day for day in sorted({it.day for it in facts.new}) if _far_above(facts, day, usual)]
    high = [day for day in high if taken_on(medicines, day)]
    if not high:
        return "vitamin K1 is not far above what it is held against"
    day = high[-1]
    entries = _entries_of(facts, day)
    return Remark(
        f"{_comparison(_k1(entries), usual, entries)} {_meaning(medicines)}",
        days=high,
        entries=[it.id for it in facts.new if it.day in high],
        data={
            "medicines": names(medicines),
            "k1_ug": _k1(entries),
            "usual_k1_ug" if usual.own else "adequate_k1_ug": usual.micrograms,
        },
        gist=listed(names(medicines)),
        citations=cited("odsk") if usual.own else None,
    )


def brings_much_k1(new: Sequence[Entry], around: Sequence[Entry]) -> bool:
    """Whether a day gets so much K1 that it may be far above somebody's usual."""
    days = {it.day for it in new if _k1([it])}
    return any(
        _k1([it for it in (*around, *new) if it.day == day]) >= K1_AT_ONCE_UG for day in days
    )


def _entries_of(facts: Facts, day: date) -> list[Entry]:
    return [it for it in facts.logged if it.day == day]


def _k1(entries: Sequence[Entry]) -> float:
    """Return the K1 of entries as far as it has figures; of a dose that lasts, its share."""
    return total(it.on_a_day("vitamin_k1") for it in entries).best or 0


def _far_above(facts: Facts, day: date, usual: _Usual) -> bool:
    """Whether the new entries bring a day far above, or add much to one that was."""
    least = max(TIMES_USUAL * usual.micrograms, usual.micrograms + K1_AT_ONCE_UG)
    entries = _entries_of(facts, day)
    new = _k1([it for it in entries if it.id is None])
    before = _k1([it for it in entries if it.id is not None])
    return before + new >= least and new > 0 and (before < least or new >= K1_AT_ONCE_UG)


def _usual(facts: Facts) -> _Usual:
    """Return the mean of the days before; of too few, the US adequate intake."""
    mean = facts.mean("vitamin_k1")
    if mean is not None and mean.best is not None and facts.complete_days >= ENOUGH_DAYS:
        known = "" if mean.known else " as far as known"
        days = count(facts.complete_days, "complete day")
        of = (
            f"{amount('vitamin_k1', mean.best)}{known}, the mean of {days} in the four weeks before"
        )
        return _Usual(mean.best, of, own=True)
    adequate = _adequate(facts.profile, facts.last)
    return _Usual(adequate, amount("vitamin_k1", adequate), own=False)


def _adequate(profile: Profile, on: date) -> float:
    """Return the US adequate intake of vitamin K, the highest that may be the person's."""
    person = profile._replace(
        authority="NASEM", born=profile.born or _ADULT_BORN, medicines=(), conditions=()
    )
    rows = [it for it in intakes(person, on) if it.nutrient == "vitamin_k" and not it.upper]
    return max(it.value or 0 for it in rows)


def _comparison(reached: float, usual: _Usual, entries: Sequence[Entry]) -> str:
    times = reached / usual.micrograms if usual.micrograms >= 1 else None
    about = (
        f"{times:.0f}"
        if times and times >= 10
        else f"{times:.1f}".removesuffix(".0")
        if times
        else ""
    )
    latest = max(entries, key=lambda it: it.created)
    day = f"{latest.day.day} {latest.day:%b}"
    when = "today" if latest.created[:10] == latest.day.isoformat() else f"on {day}"
    whole = f"Vitamin K1 {when}, {amount('vitamin_k1', reached)} so far,"
    if not usual.own:
        return (
            f"{whole} is about {about} times the {usual.words} that count as adequate in the US; "
            f"what is usual for you k2log can tell from {ENOUGH_DAYS} complete days on."
        )
    far = f"about {about} times your usual" if about else "far above your usual"
    return f"{whole} is {far}: {usual.words}."


def _meaning(medicines: Sequence[Medicine]) -> str:
    known = [it for it in medicines if it.kind == ANTAGONIST]
    if known:
        return (
            f"With {listed(names(known))}, vitamin K is meant to stay steady. If such days are to "
            "come more often, please tell the clinic that checks your INR; one day calls for no "
            "change in other food or in a dose."
        )
    return (
        f"If {listed(names(medicines))} is a blood thinner of the warfarin kind, vitamin K is "
        "meant to stay steady: please ask your pharmacist or INR clinic. One day calls for no "
        "change in other food or in a dose."
    )


RULES: Final = (vka_k1_above_usual,)
