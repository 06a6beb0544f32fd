"""Rules on vitamin K antagonists, like warfarin: they speak only where the profile names one.

They apply to K1 as well as to K2, and never suggest to eat or take more or less of either.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry
from k2log.names import name_words
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.profile import ANTAGONIST, names, taken_on
from k2log.science.references import listed
from k2log.science.spacing import holds, in_order
from k2log.text import count, span, verb

_VITAMIN_K: Final = ("vitamin_k1", "vitamin_k2")
_MOST_NAMED: Final = 3

K2_AS_IN_NATTO_UG: Final = 50.0
"""From how much K2 at once a food counts as natto does, whatever it is called: a dish that holds
natto has more, a slice of cheese or an egg has less. A design choice, no safe amount."""


class _Counted(NamedTuple):
    """The complete days with a figure for one nutrient, and the least and most of them."""

    days: Sequence[date]
    lowest_ug: float | None
    highest_ug: float | None


@rule("vka-vitamin-k-consistency", "warning", "strong", "odsk schurgers2000")
def vka_vitamin_k_consistency(facts: Facts) -> Judged:
    """Speak wherever the profile names a vitamin K antagonist."""
    medicines = facts.taking(ANTAGONIST)
    if not medicines:
        return "the profile names no vitamin K antagonist, like warfarin"
    k1, k2 = (_counted(facts, nutrient) for nutrient in _VITAMIN_K)
    without = [_without_figure(facts, nutrient) for nutrient in _VITAMIN_K]
    return Remark(
        f"With {listed(names(medicines))}, vitamin K is meant to stay steady from day to day. "
        f"{_from_day_to_day(facts, k1, k2)}{_lacking(*without)} Please do not change food, "
        "supplements or a dose because of these totals; the clinic that checks your INR decides.",
        days=k1.days,
        data={
            "medicines": names(medicines),
            **_extremes("k1", k1),
            **_extremes("k2", k2),
            "entries_without_k1": without[0],
            "entries_without_k2": without[1],
        },
        gist=listed(names(medicines)),
    )


def _counted(facts: Facts, nutrient: str) -> _Counted:
    held = {day: it.best for day, it in facts.daily(nutrient) if it.best is not None}
    return _Counted([*held], min(held.values(), default=None), max(held.values(), default=None))


def _without_figure(facts: Facts, nutrient: str) -> int:
    return sum(part.entries for part in facts.foods if not part.nutrients[nutrient].known)


def _from_day_to_day(facts: Facts, k1: _Counted, k2: _Counted) -> str:
    if not k1.days:
        return "No complete day has a K1 figure yet."
    days = count(facts.complete_days, "complete day")
    over = days if len(k1.days) == facts.complete_days else f"{len(k1.days)} of {days}"
    both = f" and {_range(k2)} µg of K2" if len(k2.days) == len(k1.days) else ""
    return f"Counted over {over}: {_range(k1)} µg of K1{both} a day."


def _range(held: _Counted) -> str:
    return span(held.lowest_ug or 0, held.highest_ug or 0, "µg")


def _lacking(k1: int, k2: int) -> str:
    parts = [f"{number} ({name})" for number, name in ((k1, "K1"), (k2, "K2")) if number]
    return f" Entries without a full figure: {', '.join(parts)}." if parts else ""


def _extremes(name: str, held: _Counted) -> dict[str, float | None]:
    return {
        f"{name}_lowest_day_ug": held.lowest_ug,
        f"{name}_highest_day_ug": held.highest_ug,
    }


@rule(
    "vka-k2-supplement",
    "warning",
    "moderate",
    "theuwissen2013 schurgers2007 mahtani2014",
    at_logging=True,
)
def vka_k2_supplement(facts: Facts) -> Judged:
    """Speak where vitamin K supplements or natto were logged with a vitamin K antagonist."""
    medicines = facts.taking(ANTAGONIST)
    if not medicines:
        return "the profile names no vitamin K antagonist, like warfarin"
    held = [entry for entry in facts.logged if taken_on(medicines, entry.day) and _vitamin_k(entry)]
    if not held:
        return "no supplement with vitamin K, and no natto, was logged"
    # While something is being logged, what was logged before it is no news.
    told = in_order([entry for entry in held if entry.id is None] or held)
    foods = sorted({entry.food for entry in told})
    return Remark(
        f"Your profile lists {listed(names(medicines))}, and {_what_holds(told)} Supplement doses "
        "as small as 10 µg of MK-7 a day lowered the INR of some volunteers on acenocoumarol, a "
        "medicine of this kind. Please tell your INR clinic before starting or stopping such a "
        "product; keep your usual foods steady.",
        days=sorted({entry.day for entry in told}),
        entries=[entry.id for entry in told],
        data={"medicines": names(medicines), "foods": foods},
        gist=f"{listed(names(medicines))}: {', '.join(foods)}",
    )


def _vitamin_k(entry: Entry) -> bool:
    """Whether it is natto or a supplement that holds, or may hold, vitamin K."""
    return _natto(entry) or (entry.supplement and (_surely(entry) or _perhaps(entry)))


def _natto(entry: Entry) -> bool:
    named = "natto" in name_words(f"{entry.food} {entry.food_key or ''}")
    return named or holds(entry, "vitamin_k2", K2_AS_IN_NATTO_UG)


def _surely(entry: Entry) -> bool:
    return _natto(entry) or any(holds(entry, nutrient) for nutrient in _VITAMIN_K)


def _perhaps(entry: Entry) -> bool:
    return not all(entry.nutrients.get(nutrient, UNKNOWN).known for nutrient in _VITAMIN_K)


def _what_holds(entries: Sequence[Entry]) -> str:
    sure = {entry.food for entry in entries if _surely(entry)}
    perhaps = {entry.food for entry in entries} - sure
    contain = verb(len(sure), "contains", "contain")
    parts = [f"{_few(sorted(sure))} {contain} vitamin K"] if sure else []
    parts += [f"{_few(sorted(perhaps))} may contain vitamin K (no figure)"] if perhaps else []
    return f"{'; '.join(parts)}."


def _few(foods: Sequence[str]) -> str:
    more = len(foods) - _MOST_NAMED
    return listed([*foods[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])


RULES: Final = (vka_vitamin_k_consistency, vka_k2_supplement)
