"""Rules on single doses of calcium, on food with supplements, and on iron and zinc near calcium."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from k2log.amounts import UNKNOWN, Amount, total
from k2log.diary.entry import Entry
from k2log.grammar.units import unit
from k2log.names import name_words
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.spacing import (
    LABEL_WINS,
    Apart,
    Dose,
    Window,
    compare_times,
    holds,
    in_order,
    moment,
    plain_water,
    spacing_remark,
)
from k2log.text import figure

SINGLE_DOSE_MG: Final = 500.0
"""The dose of calcium above which a smaller share is absorbed."""

WITH_FOOD: Final = timedelta(minutes=60)
"""How near to food a supplement is taken with it."""

IRON_ZINC_WINDOW: Final = Window(
    minds=lambda entry: entry.supplement,
    too_near=Apart(before=2 * 60, after=2 * 60).too_near,
    verdict="less than 2 hours apart",
    advice="Calcium can lower how much iron or zinc is absorbed at the same time; labels advise at "
    "least 2 hours between them, although long-term iron status seems little affected.",
    works="smpc cook1991 lynch2000 lonnerdal1999",
)

_IRON_OR_ZINC: Final = frozenset({"iron", "ferrous", "ferric", "ferrum", "zinc"})
_LESS_ABSORBED: Final = "of single doses above about 500 mg a smaller share is absorbed"


@rule("calcium-single-dose-over-500", "info", "moderate", "iom2011 odsca")
def calcium_single_dose_over_500(facts: Facts) -> Judged:
    """Speak where a product new in this window gave more than 500 mg of calcium at once."""
    all_occasions = _occasions(facts.supplements)
    occasions = [each for each in all_occasions if _at_once(each) > SINGLE_DOSE_MG]
    if not occasions:
        return "no more than 500 mg of calcium from supplements was logged at once"
    fresh = [each for each in occasions if any(it.food_key in facts.fresh for it in each)]
    if not fresh:
        return f"said in reports when a product is new: {_LESS_ABSORBED}"
    largest = max(fresh, key=lambda each: (_at_once(each), each[0].day, each[0].uid))
    return Remark(
        f"{figure(_at_once(largest), 'mg')} mg of calcium from supplements at once "
        f"({_when(largest[0])}{_of_the_day(largest, all_occasions)}): {_LESS_ABSORBED}, and "
        f"splitting them is the usual advice. {LABEL_WINS}",
        days=sorted({each[0].day for each in fresh}),
        entries=[it.id for each in fresh for it in each],
        data={"largest_dose_mg": _at_once(largest), "doses": len(fresh)},
        gist=", ".join(_foods(it for each in fresh for it in each)),
    )


def _of_the_day(largest: Sequence[Entry], occasions: Iterable[Sequence[Entry]]) -> str:
    """Return that it was not all of that day, where so: ``, of 1200 mg that day``."""
    day = largest[0].day
    whole = total(_dose(it) for each in occasions for it in each if it.day == day).best or 0
    return f", of {figure(whole, 'mg')} mg that day" if whole > _at_once(largest) else ""


def _occasions(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return what was taken at the same time; what has no time, each by itself."""
    groups: dict[tuple[date, str], list[Entry]] = {}
    for entry in in_order(entries):
        if holds(entry, "calcium"):
            groups.setdefault((entry.day, entry.time or entry.uid), []).append(entry)
    return list(groups.values())


def _at_once(occasion: Sequence[Entry]) -> float:
    return total(_dose(entry) for entry in occasion).best or 0


def _dose(entry: Entry) -> Amount:
    """Return the calcium; of several pieces without a time that of one, for who knows when."""
    calcium, pieces = entry.nutrients.get("calcium", UNKNOWN), entry.amount or 1
    measure = unit((entry.measure or "").partition(" ")[0])
    counted = measure is None or measure.kind == "count"
    apart = entry.time is None and pieces > 1 and counted
    return calcium.times(1 / pieces) if apart else calcium


def _when(entry: Entry) -> str:
    at = moment(entry)
    day = at or entry.day
    return f"{f'{at:%H:%M} on ' if at else ''}{day.day} {day:%b}"


@rule("supplement-with-food", "info", "moderate", "odsca iom2011")
def supplement_with_food(facts: Facts) -> Judged:
    """Speak where a new product that food helps was logged with a time, and no food near it."""
    meals = [
        (entry.day, at)
        for entry in facts.logged
        if not entry.supplement and not plain_water(entry) and (at := moment(entry))
    ]
    alone = [
        entry
        for entry in in_order(facts.supplements)
        if entry.food_key in facts.fresh and _better_with_food(entry) and _alone(entry, meals)
    ]
    if not alone:
        return "no new product that food helps was logged more than an hour from food"
    return Remark(
        f"{alone[0].food} ({_when(alone[0])}) has no food within an hour of it in the log. Calcium "
        "carbonate is absorbed better with food, and vitamins D and K with a meal that has some "
        f"fat; calcium citrate needs neither. {LABEL_WINS}",
        days=sorted({entry.day for entry in alone}),
        entries=[entry.id for entry in alone],
        data={"foods": _foods(alone)},
        gist=", ".join(_foods(alone)),
    )


def _better_with_food(entry: Entry) -> bool:
    words = name_words(f"{entry.food} {entry.measure or ''}")
    return "carbonate" in words or holds(entry, "vitamin_d") or holds(entry, "vitamin_k2")


def _alone(entry: Entry, meals: Iterable[tuple[date, datetime]]) -> bool:
    """Whether no food was near; without a time of eating on that day nobody can tell."""
    at = moment(entry)
    return (
        at is not None
        and any(day == entry.day for day, _ in meals)
        and all(abs(eaten - at) > WITH_FOOD for _, eaten in meals)
    )


@rule("calcium-iron-zinc-spacing", "info", "moderate", IRON_ZINC_WINDOW.works)
def calcium_iron_zinc_spacing(facts: Facts) -> Judged:
    """Speak where a calcium supplement was logged within 2 hours of iron or zinc."""
    calcium = [entry for entry in facts.supplements if holds(entry, "calcium")]
    medicines = facts.taking("iron")
    logged = [
        Dose(entry.food, "iron", moment(entry), entry)
        for entry in facts.supplements
        if _IRON_OR_ZINC.intersection(name_words(entry.food))
        and not holds(entry, "calcium")  # then both are in the same tablet
    ]
    if not calcium or not (medicines or logged):
        return "calcium and iron or zinc were not both logged"
    return spacing_remark(
        compare_times(calcium, medicines, logged, lambda _: (IRON_ZINC_WINDOW,)),
        "no calcium supplement was logged within 2 hours of iron or zinc",
    )


def _foods(entries: Iterable[Entry]) -> list[str]:
    return sorted({entry.food for entry in entries})


RULES: Final = (calcium_single_dose_over_500, supplement_with_food, calcium_iron_zinc_spacing)
