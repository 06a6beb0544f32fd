"""What would close the gap between a mean and a reference, by usual servings.

Pure: a report and the foods of the diary in, suggestions out. A gap is to one's own target where
there is one, else to the reference of each authority; foods are for the largest. A food counts for
what it surely gives, the low end of its range, and must give a tenth of the gap. Eaten ones come
first. Where an amount is unknown it is taken as half an upper level, so that nothing leads above.
What may be suggested at all stands in ``suitability``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from k2log.amounts import UNKNOWN, Amount
from k2log.catalogue.groups import load_groups
from k2log.catalogue.namesake import Namesake
from k2log.errors import K2logError
from k2log.features.suggest.suitability import (
    MOST_K_UG,
    MOST_NEW_K_UG,
    apart_from_calcium,
    contents,
    keeps_vitamin_k_steady,
    kind_of,
    no_supplements,
    sold_in,
    suits,
)
from k2log.food.food import Food
from k2log.food.measure import FoodAmount, food_amount, nutrients, usual
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.report.model import Report
from k2log.science.compare import CLOSE, EARLY_DAYS, ENOUGH_DAYS, Standing, reference_verdict
from k2log.science.intakes import KIDNEY_DISEASE, ages, unfit
from k2log.science.profile import ANTAGONIST, UNRECOGNISED, names
from k2log.science.references import OWN, listed

MOST_GRAMS: Final = 400.0
"""The largest usual serving that is suggested."""

_LEAST_SHARE: Final = 0.1
_MOST_OF_GAP: Final = 2.0
_LEAST_YEARS: Final = 4
_DOSES: Final[Mapping[str, tuple[str, Sequence[float]]]] = {
    "vitamin_d3": ("IU", (400, 800, 1000, 2000)),
    "calcium": ("mg", (300, 500)),
}
_COUNTED: Final = "counted"


class Wanted(NamedTuple):
    """What is asked for: how many foods for each gap, supplements or not, region and measures."""

    most: int = 5
    supplements: bool = False
    region: str | None = None
    system: str = "us"


class ReferenceGap(NamedTuple):
    """A mean held against one reference, and how much a day there is between them.

    ``verdict`` is below, close, met or cannot-tell; or counted, where what has a figure is below
    and the rest is unknown. ``gap`` is in the nutrient's unit, None where there is none to close.
    """

    standing: Standing
    verdict: str
    gap: float | None


class Suggestion(NamedTuple):
    """A usual serving, or a dose, and how often the food was logged.

    ``kind`` is what it counts as: one of each is suggested. ``share`` is the best estimate as a
    part of the gap, ``sure_share`` the low end.
    """

    food: Food
    kind: str
    serving: FoodAmount
    amounts: Mapping[str, Amount]
    share: float
    sure_share: float
    logged: int
    estimated: bool


class Gap(NamedTuple):
    """One nutrient: its mean, the references, the one that counts, and what would close the gap."""

    nutrient: str
    mean: Amount
    against: Sequence[ReferenceGap]
    largest: ReferenceGap | None
    suggestions: Sequence[Suggestion] = ()

    @property
    def size(self) -> float:
        """How much a day is lacking, in the nutrient's unit; 0 where nothing is known to be."""
        return (self.largest and self.largest.gap) or 0


class Suggestions(NamedTuple):
    """All there is to say. ``nothing`` is why nothing is suggested, where that is so.

    ``first`` are remarks that come before everything; ``no_supplements`` is why supplements that
    were asked for are left out.
    """

    report: Report
    gaps: Sequence[Gap]
    nothing: Sequence[str]
    first: Sequence[str]
    wanted: Wanted
    no_supplements: str = ""

    @property
    def early(self) -> bool:
        """Whether the means are of so few days that they are early figures."""
        return self.report.complete_days < ENOUGH_DAYS


def gaps(report: Report) -> list[Gap]:
    """Return how the means stand to references, without suggestions yet; none if none are due."""
    if why_nothing(report):
        return []
    left_out = {"vitamin_k2"} if report.profile.may_be_on_antagonist else set()
    return [
        gap
        for nutrient in HEADLINE
        if nutrient not in left_out and (gap := _gap(report, nutrient)).against
    ]


def why_nothing(report: Report) -> list[str]:
    """Return why nothing can be suggested to this person for these days; [] if it can."""
    profile = report.profile
    if profile.having(KIDNEY_DISEASE):
        return ["In kidney disease the targets of your kidney team hold, so nothing is suggested."]
    if conditions := unfit(profile):
        why = "how much calcium and vitamin D is right is for your doctor to say"
        return [f"With {listed(names(conditions))}, {why}, so nothing is suggested."]
    if profile.born and min(ages(profile.born, report.today)) < _LEAST_YEARS:
        return ["Usual servings are those of grown-ups, so nothing is suggested at this age."]
    reasons = []
    if not any(_is_reference(standing) for standing in report.standings):
        sex = "" if profile.sex else " --sex female"
        reasons.append(
            "What is enough depends on age and sex, and no year of birth is recorded: "
            f"k2log profile set --born 1964{sex}"
        )
    if report.complete_days < EARLY_DAYS:
        reasons.append(
            f"It takes {EARLY_DAYS} complete days to suggest anything; there "
            f"{'is' if report.complete_days == 1 else 'are'} {report.complete_days} in this window."
        )
    return reasons


def _is_reference(standing: Standing) -> bool:
    return standing.nutrient in HEADLINE and not standing.upper and bool(standing.value)


def _gap(report: Report, nutrient: str) -> Gap:
    mean = report.nutrients[nutrient].mean or UNKNOWN
    rows = [it for it in report.standings if it.nutrient == nutrient and _is_reference(it)]
    own = [row for row in rows if row.authority == OWN]
    against = []
    for row in own or rows:
        value = row.value or 0
        verdict = _verdict(nutrient, mean, value)
        gap = round(value - (mean.best or 0), 6) if verdict in {"below", _COUNTED} else None
        against.append(ReferenceGap(row, verdict, gap))
    gaps_left = [it for it in against if it.gap]
    sure = [it for it in gaps_left if it.verdict == "below"]
    largest = max(sure or gaps_left, key=lambda it: it.gap or 0, default=None)
    return Gap(nutrient, mean, against, largest)


def _verdict(nutrient: str, mean: Amount, value: float) -> str:
    if mean.best is None:
        return "cannot-tell"
    if not mean.known and mean.best < CLOSE * value:
        return _COUNTED
    if nutrient == "vitamin_k2":
        return "met" if mean.best >= value else "below"
    return reference_verdict(mean, value)


def least_amounts(due: Iterable[Gap]) -> dict[str, float]:
    """Return how much of each nutrient that has a gap a serving must give to be suggested."""
    return {gap.nutrient: _LEAST_SHARE * gap.size for gap in due if gap.largest}


def suggested(
    report: Report,
    foods: Iterable[Food],
    logged: Mapping[str, int],
    wanted: Wanted,
    namesakes: Mapping[str, Namesake] | None = None,
) -> Suggestions:
    """Return what would close each gap.

    ``foods`` are those of the diary's tables, ``logged`` how often each was, ``namesakes`` those of
    one's own foods; all by the food's key.
    """
    due = gaps(report)
    answer = Suggestions(report, due, why_nothing(report), (), wanted)
    if not any(gap.largest for gap in due):
        return answer
    against_pills = no_supplements(report.profile, report.today, report.period.first)
    pills, groups = wanted.supplements and not against_pills, load_groups()
    servings = [
        (food, kind, served)
        for food in foods
        if (pills or not food.supplement)
        and (food.key in logged or sold_in(food, wanted.region))
        and (kind := kind_of(food, groups))
        for served in _servings(food, wanted.system)
    ]
    unknown, filled = Namesake(), []
    for gap in due:
        suitable = [
            (food, kind, served)
            for food, kind, served in servings
            if suits(
                food, gap.nutrient, report.profile, groups, (namesakes or {}).get(food.key, unknown)
            )
        ]
        filled.append(_fill(gap, suitable, logged, answer))
    return answer._replace(
        gaps=filled,
        first=list(_first(report)),
        no_supplements=against_pills if wanted.supplements else "",
    )


def _fill(
    gap: Gap,
    servings: Iterable[tuple[Food, str, FoodAmount]],
    logged: Mapping[str, int],
    answer: Suggestions,
) -> Gap:
    """Return a gap with what would close it: foods, then supplements, one of each kind."""
    offers = [
        _suggestion(food, kind, served, gap, logged.get(food.key, 0))
        for food, kind, served in servings
        if gap.size and _surely(food, served, gap.nutrient) >= _LEAST_SHARE * gap.size
    ]
    best = _best_of_each_kind(offer for offer in offers if _fits(offer, answer))
    eaten = [offer for offer in best if not offer.food.supplement]
    pills = [offer for offer in best if offer.food.supplement]
    most = answer.wanted.most
    return gap._replace(suggestions=[*eaten[:most], *pills[:most]])


def _first(report: Report) -> Iterable[str]:
    """Yield what has to be read before any suggestion."""
    profile, since = report.profile, report.period.first
    if bone := profile.having("bone"):
        way = "" if "calcium" in profile.targets else ": k2log profile set --target calcium=AMOUNT"
        yield f"With {listed(names(bone))}, a target from your doctor comes first{way}"
    if profile.on_antagonist:
        medicines = [it for it in profile.medicines or () if it.kind == ANTAGONIST]
        yield (
            f"With {listed(names(medicines))}, vitamin K (K1 and K2) is meant to stay steady: only "
            f"servings known to hold at most {MOST_K_UG:.0f} µg of each are listed, and "
            f"{MOST_NEW_K_UG:.0f} µg of foods that you have not logged before. The clinic that "
            "checks your INR decides."
        )
    if unrecognised := profile.taking(UNRECOGNISED, since=since):
        yield (
            f"k2log does not know {listed(names(unrecognised))}. In case it is a blood thinner of "
            "the warfarin kind, foods rich in vitamin K, K2 and supplements are left out: please "
            "ask your pharmacist."
        )
    ever = profile.taking(UNRECOGNISED, since=date.min)
    if ended := [it for it in ever if it not in unrecognised]:
        yield (
            f"k2log does not know {listed(names(ended))}, which has ended. In case it was a blood "
            "thinner of the warfarin kind, foods rich in vitamin K, K2 and supplements are still "
            f'left out; if not: k2log profile set --remove-medicine "{names(ended)[0]}"'
        )
    if apart := apart_from_calcium(profile, since):
        yield f"Calcium and {listed(apart)} are kept apart: please follow the medicine's label."


def _servings(food: Food, system: str) -> list[FoodAmount]:
    """Return the usual serving of a food, or the doses of what is taken by its own mass."""
    if food.active is not None:
        measure, doses = _DOSES.get(food.active, ("", ()))
        return [] if food.salt else [food_amount(food, amount, measure) for amount in doses]
    try:
        served = usual(food, system)
    except K2logError:
        return []
    return [served] if served.quantity <= MOST_GRAMS else []


def _surely(food: Food, served: FoodAmount, nutrient: str) -> float:
    """Return the low end of what a serving gives of a nutrient; 0 where nothing is known."""
    figure = food.figures.get(nutrient)
    low = figure.amount.low if figure else None
    return (low or 0) * served.quantity / food.per


def _suggestion(food: Food, kind: str, served: FoodAmount, gap: Gap, logged: int) -> Suggestion:
    amounts = nutrients(food, served.quantity)
    return Suggestion(
        food=food,
        kind=kind,
        serving=served,
        amounts=amounts,
        share=(amounts[gap.nutrient].best or 0) / gap.size,
        sure_share=_surely(food, served, gap.nutrient) / gap.size,
        logged=logged,
        estimated=food.figures[gap.nutrient].basis == "estimated",
    )


def _fits(offer: Suggestion, answer: Suggestions) -> bool:
    """Whether vitamin K, the dose of a product and upper levels let it be suggested."""
    food, profile = offer.food, answer.report.profile
    usual = bool(offer.logged)
    if profile.may_be_on_antagonist and not keeps_vitamin_k_steady(
        food, offer.amounts, usual=usual
    ):
        return False
    if food.supplement and not _usual_dose(offer, answer):
        return False
    return not _leads_above(offer.amounts, answer.report)


def _usual_dose(offer: Suggestion, answer: Suggestions) -> bool:
    """Whether all that a supplement holds is surely lacking, and it holds no more than usual."""
    lacking = {
        gap.nutrient: gap.size
        for gap in answer.gaps
        if gap.largest and gap.largest.verdict == "below"
    }
    present = contents(offer.food)
    if "calcium" in present and apart_from_calcium(
        answer.report.profile, answer.report.period.first
    ):
        return False
    return all(
        (offer.amounts[id_].best or 0)
        <= min(_MOST_OF_GAP * lacking.get(id_, 0), NUTRIENTS[id_].limits.suggested_dose)
        for id_ in present
    )


def _leads_above(amounts: Mapping[str, Amount], report: Report) -> bool:
    """Whether a serving on top of the mean may lie above an upper level."""
    for standing in report.standings:
        if standing.upper and standing.value and standing.scope == "all":
            high = amounts.get(standing.nutrient, UNKNOWN).high
            added = standing.value / 2 if high is None else high
            mean = report.nutrients[standing.nutrient].mean or UNKNOWN
            highest = mean.high if mean.high is not None else mean.best or 0
            if added > 0 and highest + added > standing.value:
                return True
    return False


def _rank(offer: Suggestion) -> tuple[object, ...]:
    """Return the order: eaten ones first, measured ones first, then by what is sure to be given."""
    food = offer.food
    load = offer.share if food.supplement else offer.serving.quantity
    score = -round(min(offer.sure_share, 1), 2)
    return not offer.logged, offer.estimated, score, load, food.active is None, food.name, food.key


def _best_of_each_kind(offers: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the first of each kind of food and of each kind of supplement, the best first."""
    kinds: dict[tuple[bool, str], Suggestion] = {}
    for offer in sorted(offers, key=_rank):
        kinds.setdefault((offer.food.supplement, offer.kind), offer)
    return list(kinds.values())
