"""Rules on vitamin K antagonists, like warfarin, where the profile names one, or may name one.

They apply to K1 as well as to K2, and never suggest to eat or take more or less of either.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Self

from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.profile import ANTAGONIST, UNRECOGNISED, names, taken_on
from k2log.science.references import listed
from k2log.science.spacing import holds, in_order, said_of
from k2log.text import count, span, verb

_VITAMIN_K: Final = ("vitamin_k1", "vitamin_k2")
_MOST_NAMED: Final = 3

CHANGING_INR: Final = (
    "antibiotic", "tetracycline", "fluoroquinolone", "azole-antifungal", "amiodarone",
    "enzyme-inducer", "vitamin-k",
)  # fmt: skip
"""The kinds of medicines that labels name as changing the INR beside a vitamin K antagonist."""

K2_AS_IN_NATTO_UG: Final = 50.0
"""From how much K2 at once a food counts as natto does, whatever it is called: a dish that holds
natto has more, a slice of cheese or an egg has less. A design choice, no safe amount."""

K1_AT_ONCE_UG: Final = 100.0
"""From how much K1 at once a food counts as rich in vitamin K, as a portion of kale, spinach or
broccoli has it. A design choice, no safe amount."""


class _DailyRange(NamedTuple):
    """The complete days with a figure for one nutrient, and the least and most of them, in µg.

    ``entries_without`` counts the entries without a full figure, on any day.
    """

    days: Sequence[date]
    lowest: float | None
    highest: float | None
    entries_without: int

    @classmethod
    def of(cls, facts: Facts, nutrient: str) -> Self:
        """Return that of one nutrient."""
        best = {day: it.best for day, it in facts.daily(nutrient) if it.best is not None}
        without = sum(part.entries for part in facts.foods if not part.nutrients[nutrient].known)
        lowest, highest = min(best.values(), default=None), max(best.values(), default=None)
        return cls([*best], lowest, highest, without)

    def __str__(self) -> str:
        return span(self.lowest or 0, self.highest or 0, "µg")


@rule(
    "vka-vitamin-k-consistency",
    "warning",
    "strong",
    "odsk schurgers2000",
    only_in_reports="it is about how days differ; of one day, vka-k1-above-usual speaks",
)
def vka_vitamin_k_consistency(facts: Facts) -> Judged:
    """Speak wherever the profile names a vitamin K antagonist."""
    medicines = facts.taking(ANTAGONIST)
    if not medicines:
        return "the profile names no vitamin K antagonist, like warfarin"
    k1, k2 = (_DailyRange.of(facts, nutrient) for nutrient in _VITAMIN_K)
    if k1.days:
        days = count(facts.complete_days, "complete day")
        over = days if len(k1.days) == facts.complete_days else f"{len(k1.days)} of {days}"
        both = f" and {k2} µg of K2" if len(k2.days) == len(k1.days) else ""
        figures = f"Counted over {over}: {k1} µg of K1{both} a day."
    else:
        figures = "No complete day has a K1 figure yet."
    lacking = [
        f"{it.entries_without} ({name})"
        for name, it in (("K1", k1), ("K2", k2))
        if it.entries_without
    ]
    without = f" Entries without a full figure: {', '.join(lacking)}." if lacking else ""
    return Remark(
        f"With {listed(names(medicines))}, vitamin K is meant to stay steady from day to day. "
        f"{figures}{without} Please do not change food, "
        "supplements or a dose because of these totals; the clinic that checks your INR decides.",
        days=k1.days,
        data={
            "medicines": names(medicines),
            "k1_lowest_day_ug": k1.lowest,
            "k1_highest_day_ug": k1.highest,
            "k2_lowest_day_ug": k2.lowest,
            "k2_highest_day_ug": k2.highest,
            "entries_without_k1": k1.entries_without,
            "entries_without_k2": k2.entries_without,
        },
        gist=listed(names(medicines)),
    )


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
    entries = [it for it in facts.logged if taken_on(medicines, it.day) and _vitamin_k(it)]
    if not entries:
        return "no supplement with vitamin K, and no natto, was logged"
    # While something is being logged, what was logged before it is no news.
    entries = in_order([entry for entry in entries if entry.id is None] or entries)
    foods = sorted({entry.food for entry in entries})
    sure = {entry.food for entry in entries if _surely(entry)}
    contain = verb(len(sure), "contains", "contain")
    what = [f"{_few(sorted(sure))} {contain} vitamin K"] if sure else []
    if perhaps := [food for food in foods if food not in sure]:
        what.append(f"{_few(perhaps)} may contain vitamin K (no figure)")
    return Remark(
        f"Your profile lists {listed(names(medicines))}, and {'; '.join(what)}. Supplement doses "
        "as small as 10 µg of MK-7 a day lowered the INR of some volunteers on acenocoumarol, a "
        "medicine of this kind. Please tell your INR clinic before starting or stopping such a "
        "product; keep your usual foods steady.",
        days=sorted({entry.day for entry in entries}),
        entries=[entry.id for entry in entries],
        data={"medicines": names(medicines), "foods": foods},
        gist=f"{listed(names(medicines))}: {', '.join(foods)}",
    )


@rule(
    "vka-other-medicines",
    "warning",
    "strong",
    "warfarin-label mhra2017",
    only_in_reports="it is about the profile alone, whatever is logged",
)
def vka_other_medicines(facts: Facts) -> Judged:
    """Speak where the profile names a vitamin K antagonist and a medicine that changes the INR."""
    medicines, others = facts.taking(ANTAGONIST), facts.taking(*CHANGING_INR)
    if not medicines:
        return "the profile names no vitamin K antagonist, like warfarin"
    if not others:
        return "the profile names no antibiotic, antifungal or other medicine that changes the INR"
    them = verb(len(names(others)), "it", "them")
    miconazole = any(medicine.name == "miconazole" for medicine in others)
    return Remark(
        f"{said_of('{Names} can change', names(others))} the INR beside "
        f"{listed(names(medicines))}: please make sure that the clinic that checks your INR knows "
        f"of {them}, and again when you stop {them}.",
        data={"medicines": names(medicines), "beside": names(others)},
        gist=f"{listed(names(medicines))}: {listed(names(others))}",
        citations=cited("warfarin-label", *(["mhra2017"] if miconazole else [])),
    )


@rule("unrecognised-medicine", "warning", "strong", "odsk", at_logging=True)
def unrecognised_medicine(facts: Facts) -> Judged:
    """Speak while the profile names a medicine that k2log does not know: it may be of this kind."""
    medicines = facts.taking(UNRECOGNISED)
    if not medicines:
        return "the profile names no medicine that k2log does not know"
    entries = [
        it
        for it in facts.logged
        if taken_on(medicines, it.day)
        and (_vitamin_k(it) or holds(it, "vitamin_k1", K1_AT_ONCE_UG))
    ]
    entries = in_order([entry for entry in entries if entry.id is None] or entries)
    foods = sorted({entry.food for entry in entries})
    which = f" {_few(foods)} may matter then." if foods else ""
    return Remark(
        f"k2log does not know {listed(names(medicines))}, so no note can be about it. Is it a "
        "blood thinner of the warfarin kind? With these, vitamin K from food and supplements is "
        f"meant to stay steady.{which} Please ask your pharmacist or INR clinic, and tell k2log "
        "its generic name: k2log profile set --medicine NAME",
        days=sorted({entry.day for entry in entries}),
        entries=[entry.id for entry in entries],
        data={"medicines": names(medicines), "foods": foods},
        gist=f"{listed(names(medicines))}: {', '.join(foods)}",
    )


def _vitamin_k(entry: Entry) -> bool:
    """Whether it is natto or a supplement that holds, or may hold, vitamin K."""
    known = all(entry.nutrients.get(nutrient, UNKNOWN).known for nutrient in _VITAMIN_K)
    return _natto(entry) or (entry.supplement and (_surely(entry) or not known))


def _natto(entry: Entry) -> bool:
    named = "natto" in name_words(f"{entry.food} {entry.food_key or ''}")
    return named or holds(entry, "vitamin_k2", K2_AS_IN_NATTO_UG)


def _surely(entry: Entry) -> bool:
    return _natto(entry) or any(holds(entry, nutrient) for nutrient in _VITAMIN_K)


def _few(foods: Sequence[str]) -> str:
    more = len(foods) - _MOST_NAMED
    return listed([*foods[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])


RULES: Final = (
    vka_vitamin_k_consistency,
    vka_k2_supplement,
    vka_other_medicines,
    unrecognised_medicine,
)
