"""Rules on what is known of the log: K2 without figures, ranges, forms, days without entries."""

from typing import Final

from k2log.amounts import total
from k2log.diary.entry import FoodPart
from k2log.nutrients import K2_FORMS, NUTRIENTS
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.text import count, figure, span, verb


def _forms(part: FoodPart) -> tuple[str, ...]:
    """Return the forms of K2 that were measured, where others were not; else nothing."""
    known = tuple(form for form in K2_FORMS if part.nutrients[form].known)
    return known if len(known) < len(K2_FORMS) else ()


def _partial(facts: Facts) -> list[FoodPart]:
    amounts = ((part, part.nutrients["vitamin_k2"]) for part in facts.foods)
    return [part for part, k2 in amounts if k2.best is not None and not k2.known]


@rule("k2-lower-bound", "info", "n/a", "booth2012 palmer2021")
def k2_lower_bound(facts: Facts) -> Judged:
    """Speak where an entry has no K2 figure, or only part of one for another reason than forms."""
    logged = [part for part in facts.foods if part.entries]
    without = [part for part in logged if part.nutrients["vitamin_k2"].best is None]
    parts = [part for part in _partial(facts) if part.entries and not _forms(part)]
    missing, partly = (sum(it.entries for it in group) for group in (without, parts))
    if not missing and not partly:
        return "every entry has a K2 figure"
    counted = facts.whole["vitamin_k2"].best
    about = "nothing" if counted is None else f"about {_ug(counted)}"
    of = f"of {count(facts.entries, 'entry', 'entries')}"
    if missing:
        none = verb(
            missing,
            "has no figure to use (missing, or too far apart) and is not counted",
            "have no figure to use (missing, or too far apart) and are not counted",
        )
        rest = f", {partly} more {verb(partly, 'is', 'are')} known only in part" if partly else ""
        lacks = f"{missing} {of} {none}{rest}"
    else:
        lacks = f"{partly} {of} {verb(partly, 'is', 'are')} known only in part"
    return Remark(
        f"K2: {lacks}; {about} was counted {facts.over}.",
        days=facts.days_of([*without, *parts]),
        data={
            "entries_without_figure": missing,
            "entries_known_in_part": partly,
            "entries": facts.entries,
            "counted_ug": counted,
            "foods": sorted({part.food for part in [*without, *parts]}),
        },
    )


def _ug(value: float) -> str:
    return f"{figure(value, 'µg')} µg"


@rule("k2-estimate-range", "info", "n/a", "walther2017 palmer2021 elder2006")
def k2_estimate_range(facts: Facts) -> Judged:
    """Speak where a K2 figure has a published range."""
    amounts = [(part, part.nutrients["vitamin_k2"]) for part in facts.foods]
    known = [(part, k2) for part, k2 in amounts if k2.known]
    ranged = [part for part, k2 in known if k2.low != k2.high]
    if not ranged:
        return "no K2 figure here has a published range"
    whole = total(k2 for _, k2 in known)
    foods = "the foods logged" if len(known) == len(amounts) else "the foods that have them"
    return Remark(
        f"The K2 figure is an estimate: published values for {foods} give "
        f"{span(whole.low or 0, whole.high or 0, 'µg')} µg {facts.over}.",
        days=facts.days_of(ranged),
        data={
            "low_ug": whole.low,
            "high_ug": whole.high,
            "foods": sorted({part.food for part in ranged}),
        },
    )


@rule("k2-form-coverage", "info", "n/a", "elder2006 koivu2000")
def k2_form_coverage(facts: Facts) -> Judged:
    """Speak where only some forms of K2 were measured in a food."""
    parts = [part for part in _partial(facts) if _forms(part)]
    if not parts:
        return "no food here was measured for some forms of K2 only"
    foods, forms = sorted({part.food for part in parts}), {_forms(part) for part in parts}
    named = [NUTRIENTS[form].short for form in forms.pop()] if len(forms) == 1 else []
    only = " and ".join(named) or "some forms"
    return Remark(
        f"For {count(len(foods), 'food')} only {only} {'was' if len(named) == 1 else 'were'} "
        "measured; other forms of K2 are not counted.",
        days=facts.days_of(parts),
        data={"foods": foods},
    )


@rule("days-without-entries", "info", "n/a")
def days_without_entries(facts: Facts) -> Judged:
    """Speak where a day that is over is empty or incomplete."""
    if not facts.missing:
        return "no day that is over is empty or incomplete"
    number, days = len(facts.missing), facts.calendar_days
    return Remark(
        f"{number} of {count(days, 'day')} {verb(number, 'has', 'have')} no or incomplete "
        f"entries and {verb(number, 'is', 'are')} left out of means, not counted as zero.",
        days=facts.missing,
        data={"days_left_out": number, "days": days},
    )


@rule("k1-is-not-k2", "info", "strong", "booth2012 efsa2017k")
def k1_is_not_k2(facts: Facts) -> Judged:
    """Speak where vitamin K1, or vitamin K of unstated form, was logged."""
    parts = [part for part in facts.foods if part.nutrients["vitamin_k1"].best]
    if not parts:
        return "no vitamin K1 was logged"
    k1 = facts.whole["vitamin_k1"].best or 0
    return Remark(
        f"About {_ug(k1)} of vitamin K1, or vitamin K of unstated form, was counted {facts.over}; "
        "it is vitamin K too, but it is never added to K2.",
        days=facts.days_of(parts),
        data={"k1_ug": k1},
    )


@rule("d2-d3-form", "info", "moderate", "jakobsen2018 tripkovic2012 efsa2023d")
def d2_d3_form(facts: Facts) -> Judged:
    """Speak where vitamin D is D2 or of unstated form."""
    amounts = [(part, _not_d3(part)) for part in facts.foods]
    parts = [part for part, amount in amounts if amount]
    if not parts:
        return "all vitamin D logged is D3"
    other = round(sum(amount for _, amount in amounts), 6)
    return Remark(
        f"{_ug(other)} of the vitamin D logged {facts.over} is D2 or of unstated form, and not in "
        "the D3 figure. References count D2 and D3 together, though D3 usually raises blood "
        "vitamin D more per µg.",
        days=facts.days_of(parts),
        data={"d2_or_unstated_ug": other, "foods": sorted({part.food for part in parts})},
    )


def _not_d3(part: FoodPart) -> float:
    forms = ("vitamin_d2", "vitamin_d3", "vitamin_d")
    d2, d3, whole = (part.nutrients[form].best or 0 for form in forms)
    return max(d2, round(whole - d3, 6), 0)


@rule("k2-no-reference-value", "info", "strong", "efsa2017k iom2001 vkm2017 bfr2023")
def k2_no_reference_value(facts: Facts) -> Judged:
    """Speak wherever a K2 total is shown."""
    if not facts.logged_days:
        return "nothing was logged"
    return Remark(
        "The authorities whose references k2log has set no daily target and no upper level for K2; "
        "the 90 and 120 µg often quoted are US adequate intakes for vitamin K as a whole. For "
        "supplements the German institute BfR advises at most 25 µg of K2 a day."
    )


RULES: Final = (
    k2_lower_bound,
    k2_estimate_range,
    k2_form_coverage,
    days_without_entries,
    k1_is_not_k2,
    d2_d3_form,
    k2_no_reference_value,
)
