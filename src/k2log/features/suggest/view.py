"""Suggestions as text, and for programs.

The JSON, ``k2log.suggest/1``, is a promise: period; ``nothing``, why there are no suggestions;
``first``, what to read before them; ``no_supplements``, why those asked for are left out; and
``nutrients``, each with its mean, its references (verdict: below, counted, close, met or
cannot-tell, where counted is below as far as known), the ``gap`` that counts, and ``suggestions``.
``early`` means fewer than 5 complete days. A ``share`` is a part of the gap; K2 has none.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any, Final

from k2log.features.suggest.suggestions import Gap, ReferenceGap, Suggestion, Suggestions
from k2log.food.measure import FoodAmount
from k2log.grammar.units import plural
from k2log.nutrients import HEADLINE, NUTRIENTS, REFERENCE_GROUPS
from k2log.render.entries import plain_number
from k2log.render.json import amount_json
from k2log.render.layout import wrapped
from k2log.render.numbers import clean, dates, mark, show
from k2log.render.page import Page
from k2log.science.compare import label
from k2log.text import count, figure, percent

_SEXES: Final = {"female": " for women", "male": " for men"}
_NO_K2: Final = (
    "Vitamin K2: no authority has set a reference intake, so nothing is suggested. For a figure of "
    "your own: k2log profile set --target k2=AMOUNT"
)
_SUN: Final = "Skin makes vitamin D in sunlight too, which a diary cannot see."
_NO_BIRTH: Final = (
    "{}: what is enough depends on age and sex, and no year of birth is recorded: "
    "k2log profile set --born 1964"
)
_RANGE: Final = "In brackets: the lowest to the highest published figure."
_PILLS: Final = "Before a new supplement, please ask a pharmacist or your doctor."
_END: Final = (
    "Foods differ from their figures, and this is no advice. What your doctor says comes first."
)
_READABLE: Final = 100


def suggestions_text(answer: Suggestions, page: Page) -> str:
    """Return what would close each gap, a line a food, and why where there is nothing."""
    if answer.nothing:
        blocks: list[list[str]] = [[*answer.nothing]]
    else:
        of_gaps = (_gap(gap, answer, page) for gap in answer.gaps)
        blocks = [[*answer.first], *of_gaps, *_without(answer), _end(answer)]
    columns = None if page.columns is None else min(page.columns, _READABLE)
    shown = [_title(answer, page), *(block for block in blocks if block)]
    return "\n\n".join("\n".join(wrapped(block, columns)) for block in shown) + "\n"


def _title(answer: Suggestions, page: Page) -> list[str]:
    report = answer.report
    over = dates(report.period, " to ") if page.plain_words else dates(report.period)
    days = f"{count(report.complete_days, 'complete day')} of {report.period.days}"
    return [f"{over}{', ' if page.plain_words else ' · '}{days}"]


def _without(answer: Suggestions) -> Iterator[list[str]]:
    """Yield why a nutrient has no gap; of K2 nothing is said beside a vitamin K antagonist."""
    shown = {gap.nutrient for gap in answer.gaps}
    for nutrient in HEADLINE:
        if (
            nutrient in REFERENCE_GROUPS
            and nutrient not in shown
            and answer.report.profile.born is None
        ):
            yield [_NO_BIRTH.format(NUTRIENTS[nutrient].title)]
    if "vitamin_k2" not in shown and not answer.report.profile.may_be_on_antagonist:
        yield [_NO_K2]


def _end(answer: Suggestions) -> list[str]:
    """Return what holds for all suggestions, where there are any."""
    shown = [(offer, gap.nutrient) for gap in answer.gaps for offer in gap.suggestions]
    marks = [mark(it.amounts[nutrient], NUTRIENTS[nutrient].unit) for it, nutrient in shown]
    return [
        *[_RANGE] * any(it.startswith("(") for it in marks),
        *[_PILLS] * any(offer.food.supplement for offer, _ in shown),
        *[_END] * bool(shown),
    ]


def _gap(gap: Gap, answer: Suggestions, page: Page) -> list[str]:
    unit = NUTRIENTS[gap.nutrient].unit
    mean = show(gap.mean, unit, with_unit=True, plain_words=page.plain_words)
    early = ", an early figure" if answer.early else ""
    head = f"{NUTRIENTS[gap.nutrient].title}: {mean} a day{early}; {_standing(gap)}."
    return [f"{head}{_remarks(gap)}", *_offers(gap, answer, page)]


def _standing(gap: Gap) -> str:
    met = [it for it in gap.against if it.verdict in {"met", "close"}]
    words = "; ".join(_against(it, gap.nutrient) for it in gap.against)
    return f"{words}: nothing to suggest" if len(met) == len(gap.against) else words


def _against(against: ReferenceGap, nutrient: str) -> str:
    standing = against.standing
    ages = f" at {standing.ages}" if standing.ages else ""
    named = f"{label(standing)}{_SEXES.get(standing.sex, '')}{ages}"
    unit = NUTRIENTS[nutrient].unit
    return {
        "met": f"meets {named}",
        "close": f"close to {named}",
        "below": f"{figure(against.gap or 0, unit)} {unit} below {named}",
        "counted": f"the counted part is {figure(against.gap or 0, unit)} {unit} below {named}",
    }.get(against.verdict, f"cannot tell against {named}")


def _remarks(gap: Gap) -> str:
    """Return what has to be known of a gap beside its size."""
    verdicts = {it.verdict for it in gap.against}
    sentences = []
    if gap.mean.best is None:
        sentences.append("No food logged has a figure, so nothing is suggested.")
    elif not gap.mean.known:
        sentences.append("Some foods have no figure, so there may be more than was counted.")
    elif verdicts == {"cannot-tell"}:
        sentences.append("The published figures differ too much to tell, so nothing is suggested.")
    if gap.nutrient == "vitamin_d" and gap.largest:
        sentences.append(_SUN)
    return "".join(f" {sentence}" for sentence in sentences)


def _offers(gap: Gap, answer: Suggestions, page: Page) -> Iterator[str]:
    """Yield the suggestions of a gap, and why there are none."""
    if gap.largest is None:
        return
    if gap.suggestions:
        yield f"Usual servings for the {_size(gap)}:" if _shared(gap) else "Usual servings:"
    else:
        yield "No food of the diary or the catalogue fits."
    for offer in gap.suggestions:
        yield f"  {_offer(offer, gap, page)}"
    if answer.no_supplements:
        yield f"Supplements are left out: {answer.no_supplements}."
    elif answer.wanted.supplements and not any(it.food.supplement for it in gap.suggestions):
        yield "No supplement fits."


def _size(gap: Gap) -> str:
    unit = NUTRIENTS[gap.nutrient].unit
    size = figure((gap.largest and gap.largest.gap) or 0, unit)
    part = "counted part of the " if gap.largest and gap.largest.verdict == "counted" else ""
    return f"{part}gap of {size} {unit}"


def _shared(gap: Gap) -> bool:
    return gap.nutrient != "vitamin_k2"


def _offer(offer: Suggestion, gap: Gap, page: Page) -> str:
    """Return ``Gouda, 1 slice = 28 g: calcium 196 mg, 41% of the gap; logged 5 times``."""
    amount, unit = offer.amounts[gap.nutrient], NUTRIENTS[gap.nutrient].unit
    shown = show(amount, unit, with_unit=True, plain_words=page.plain_words)
    share = f", {_share(offer.share)} of the gap" if _shared(gap) else ""
    why = [
        f"logged {'once' if offer.logged == 1 else f'{offer.logged} times'}" * bool(offer.logged),
        "an estimated figure" * offer.estimated,
        _note(offer),
    ]
    head = f"{_named(offer)}: {NUTRIENTS[gap.nutrient].word} {shown}{share}"
    return "; ".join(filter(None, [head, *why]))


def _named(offer: Suggestion) -> str:
    """Return the food and how much; a dose as it is typed: ``d3 800IU``."""
    food, served = offer.food, offer.serving
    if food.active is not None:
        typed = f"{NUTRIENTS[food.active].words[0]} {plain_number(served.amount)}{served.measure}"
        return f"{clean(food.name)}, typed as {typed}"
    return f"{clean(food.name)}, {_serving(served)}"


def _share(share: float) -> str:
    return "all" if share >= 1 else percent(share)


def _serving(served: FoodAmount) -> str:
    measure = served.measure or ""
    words = f"{plain_number(served.amount)} {plural(measure) if served.amount > 1 else measure}"
    if served.grams is None or measure == "g":
        return words.rstrip()
    return f"{words.rstrip()} = {figure(served.grams, 'mg')} g"


def _note(offer: Suggestion) -> str:
    """Return which kind of a food was taken, where that decides its figures."""
    return re.split("[;:]", offer.food.note)[0] if offer.food.announce else ""


def suggestions_json(answer: Suggestions) -> str:
    """Return the suggestions as ASCII JSON, which any encoding of a pipe carries unchanged."""
    report = answer.report
    generated = report.generated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return json.dumps({
        "schema": "k2log.suggest/1",
        "generated_at": f"{generated.isoformat()}Z",
        "period": {
            "from": report.period.first.isoformat(),
            "to": report.period.last.isoformat(),
            "days": report.period.days,
            "complete_days": report.complete_days,
        },
        "early": answer.early,
        "nothing": [*answer.nothing],
        "first": [*answer.first],
        "no_supplements": answer.no_supplements or None,
        "nutrients": {gap.nutrient: _gap_json(gap) for gap in answer.gaps},
    }, indent=2, allow_nan=False) + "\n"  # fmt: skip


def _gap_json(gap: Gap) -> dict[str, Any]:
    return {
        "unit": NUTRIENTS[gap.nutrient].unit,
        "mean_per_complete_day": amount_json(gap.mean),
        "references": [_against_json(it) for it in gap.against],
        "gap": gap.largest.gap if gap.largest else None,
        "suggestions": [_offer_json(it, gap) for it in gap.suggestions],
    }


def _against_json(against: ReferenceGap) -> dict[str, Any]:
    standing = against.standing
    return {
        "authority": standing.authority,
        "kind": standing.kind,
        "value": standing.value,
        "sex": standing.sex,
        "ages": standing.ages,
        "verdict": against.verdict,
        "gap": against.gap,
    }


def _offer_json(offer: Suggestion, gap: Gap) -> dict[str, Any]:
    return {
        "food": offer.food.name,
        "food_key": offer.food.key,
        "supplement": offer.food.supplement,
        "amount": offer.serving.amount,
        "measure": offer.serving.measure,
        "grams": offer.serving.grams,
        "nutrient": amount_json(offer.amounts[gap.nutrient]),
        "share": offer.share if _shared(gap) else None,
        "logged": offer.logged,
        "estimated": offer.estimated,
    }
