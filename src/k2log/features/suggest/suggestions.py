"""What would close the gap between a mean and a reference, by usual servings.

Pure: a report and the foods of the diary in, suggestions out. A gap is to one's own target where
there is one, else to the reference of each authority; foods are for the largest. A food counts for
what it surely gives, the low end of its range, and must give a tenth of the gap. Eaten ones come
first. Where an amount is unknown it is taken as half an upper level, so that nothing leads above.

Which foods and supplements may be suggested to a person at all.

Left out for everyone: dishes and sweets, as k2log knows no energy; what is raw, but for greens; and
liver and cod liver oil, whose vitamin A k2log does not count. The words of a name decide. In
pregnancy and while breastfeeding, a design choice on top: no smoked fish, tuna, roe, pâté, nor
cheese ripened with mould. What the limits of this module are is a choice of ours too.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from k2log.amounts import UNKNOWN, Amount
from k2log.errors import K2logError
from k2log.food.food import Food
from k2log.food.measure import Measured, measured, nutrients, usual
from k2log.names import name_words
from k2log.nutrients import HEADLINE_WHOLES, NUTRIENTS
from k2log.report.model import Report
from k2log.science.compare import CLOSE, EARLY_DAYS, ENOUGH_DAYS, Standing, reference_verdict
from k2log.science.conditions import ADULT_YEARS
from k2log.science.intakes import KIDNEY_DISEASE, ages
from k2log.science.profile import ANTAGONIST, Profile, names
from k2log.science.references import OWN, listed

MOST_GRAMS: Final = 400.0
MOST_K1_UG: Final = 25.0
"""The most vitamin K1, and K2, of a serving beside a vitamin K antagonist; a choice of ours."""
MOST_MK7_UG: Final = 10.0
"""From more than this on, K2 beside a vitamin K antagonist is like that of natto."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KINDS: Final = {
    "yogurt": _set("yogurt yoghurt kefir skyr quark fromage fermented"),
    "cheese": _set(
        "cheese gouda edam cheddar emmental gruyere parmesan raclette brie camembert munster"
        " mozzarella feta ricotta provolone monterey roquefort queso tilsit comte grana pecorino"
        " maasdam gorgonzola babybel"
    ),
    "salmon": _set("salmon"),
    "trout": _set("trout"),
    "mackerel": _set("mackerel"),
    "herring": _set("herring kipper"),
    "sardines": _set("sardine pilchard"),
    "tuna": _set("tuna"),
    "white fish": _set("cod haddock halibut plaice hake bream bass tilapia pollock perch"),
    "milk": _set("milk buttermilk"),
    "tofu": _set("tofu tempeh"),
    "natto": _set("natto"),
    "egg": _set("egg"),
    "mushrooms": _set("mushroom chanterelle maitake shiitake"),
    "greens": _set("kale collard rabe choy broccoli cabbage green watercress rocket okra"),
    "beans": _set("bean soybean chickpea lentil edamame"),
    "juice": _set("juice"),
    "mineral water": _set("mineral"),
    "cereal": _set("flake cheerio cereal"),
    "poultry": _set("chicken turkey duck goose"),
    "fat": _set("margarine butter"),
}
_PLANTS: Final = frozenset({"soy", "soya", "almond", "rice", "oat", "coconut"})
_GREENS: Final = _KINDS["greens"]
_DRINKS: Final = frozenset({"milk", "drink"})
_DISHES: Final = _set(
    "sandwich pizza soup burger hamburger cheeseburger burrito taco macaroni lasagne lasagna"
    " ravioli tortellini pie cake ice chocolate pudding dessert coffee sweetened condensed cream"
    " noodle salad pasta quiche pancake bread roll sushi nugget curry broth stew chili vegan veggie"
    " spread dressing smoothie"
)
_FOR_NOBODY: Final = frozenset({"liver", "foie", "antacid"})
_NOT_IN_PREGNANCY: Final = _set(
    "smoked kipper tuna swordfish caviar roe pate brie camembert munster roquefort gorgonzola blue"
    " queso gravlax"
)
_OXALATE: Final = _set("spinach chard rhubarb sorrel amaranth carambola starfruit purslane")
_OXALATE_PAIRS: Final = (
    {"beet", "green"},
    {"beetroot", "green"},
    {"beet", "leaf"},
    {"star", "fruit"},
)
_ABROAD: Final = {"us": "(Europe", "eu": "(US"}

_SUPPLEMENTED: Final = tuple(id_ for id_, it in NUTRIENTS.items() if it.part_of is None)
_APART: Final = ("levothyroxine", "tetracycline", "fluoroquinolone", "oral-bisphosphonate", "iron")
_ASK_FIRST: Final = ("thiazide", "cardiac-glycoside", "lithium", "integrase-inhibitor")


def words_of(food: Food) -> frozenset[str]:
    """Return the words of a food's name and key, as names are compared."""
    return frozenset(name_words(f"{food.name} {food.key.replace('-', ' ')}"))


def kind(food: Food, words: frozenset[str]) -> str | None:
    """Return the family of a food, for variety; None for what is not suggested.

    A food of one's own is suggested whatever it is; without a family it is one by itself.
    """
    if food.supplement:
        return " and ".join(held(food)) or None
    own = food.origin == "user"
    if words & _DISHES and not own:
        return None
    if words & _PLANTS and words & _DRINKS:
        return "plant drink"
    known = next((name for name, its in _KINDS.items() if words & its), None)
    return known or (food.key if own else None)


def suits(words: frozenset[str], nutrient: str, profile: Profile) -> bool:
    """Whether a food's words speak against nothing: oxalate, rawness, what the profile says."""
    barred = _FOR_NOBODY | ({"natto"} if profile.on_antagonist else frozenset())
    barred |= _NOT_IN_PREGNANCY if profile.life_stage else frozenset()
    raw = "raw" in words and not words & _GREENS
    return not (words & barred or raw or (nutrient == "calcium" and _binds_calcium(words)))


def _binds_calcium(words: frozenset[str]) -> bool:
    return bool(words & _OXALATE) or any(pair <= words for pair in _OXALATE_PAIRS)


def sold_in(food: Food, region: str | None) -> bool:
    """Whether a food is the one of that region (us, uk or eu; us where none is set)."""
    here = "us" if region in {None, "us"} else "eu"
    return food.region in {None, here} and _ABROAD[here] not in food.name


def keeps_vitamin_k_steady(food: Food, amounts: Mapping[str, Amount]) -> bool:
    """Whether a serving has little vitamin K, all of it known: beside a vitamin K antagonist."""
    k1, k2, mk7 = (amounts[id_] for id_ in ("vitamin_k1", "vitamin_k2", "mk7"))
    if food.supplement:
        return k1.high == 0 and k2.high == 0
    little = k1.high is not None and k1.high <= MOST_K1_UG
    return (
        little and k2.best is not None and k2.best <= MOST_K1_UG and (mk7.best or 0) <= MOST_MK7_UG
    )


def held(supplement: Food) -> list[str]:
    """Return what a product holds, if that is one nutrient, or calcium and vitamin D; else []."""
    figures = {id_: supplement.figures.get(id_) for id_ in _SUPPLEMENTED}
    holds = [id_ for id_, figure in figures.items() if figure is None or figure.amount.high != 0]
    return holds if len(holds) == 1 or holds == ["calcium", "vitamin_d"] else []


def no_supplements(profile: Profile, on: date, since: date) -> str:
    """Return why no supplement is suggested to this person, or ""."""
    if profile.life_stage:
        return f"while {profile.life_stage}, your midwife or doctor decides on them with you"
    if profile.born is None:
        return "they depend on age, and no year of birth is recorded"
    if min(ages(profile.born, on)) < ADULT_YEARS:
        return f"nobody under {ADULT_YEARS} is suggested any"
    conditions = profile.having("kidney-stones", "high-blood-calcium")
    if conditions:
        return f"with {listed(names(conditions))}, your doctor decides on them with you"
    medicines = profile.taking(*_ASK_FIRST, since=since)
    if medicines:
        return f"they can interact with {listed(names(medicines))}, so a pharmacist comes first"
    return ""


def apart_from_calcium(profile: Profile, since: date) -> list[str]:
    """Return the medicines that are taken some hours apart from calcium."""
    return names(profile.taking(*_APART, since=since))


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


class Against(NamedTuple):
    """A mean held against one reference, and how much a day there is between them.

    ``verdict`` is below, close, met or cannot-tell; or counted, where what has a figure is below
    and the rest is unknown. ``gap`` is in the nutrient's unit, None where there is none to close.
    """

    standing: Standing
    verdict: str
    gap: float | None


class Suggestion(NamedTuple):
    """A usual serving, or a dose, and how often the food was logged.

    ``kind`` is its family. ``share`` is the best estimate as a part of the gap, ``sure_share`` the
    low end.
    """

    food: Food
    kind: str | None
    serving: Measured
    amounts: Mapping[str, Amount]
    share: float
    sure_share: float
    logged: int
    estimated: bool


class Gap(NamedTuple):
    """One nutrient: its mean, the references, the one that counts, and what would close the gap."""

    nutrient: str
    mean: Amount
    against: Sequence[Against]
    largest: Against | None
    suggestions: Sequence[Suggestion] = ()


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
    return [gap for nutrient in HEADLINE_WHOLES if (gap := _gap(report, nutrient)).against]


def why_nothing(report: Report) -> list[str]:
    """Return why nothing can be suggested to this person for these days; [] if it can."""
    profile = report.profile
    if profile.having(KIDNEY_DISEASE):
        return ["In kidney disease the targets of your kidney team hold, so nothing is suggested."]
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
    return standing.nutrient in HEADLINE_WHOLES and not standing.upper and bool(standing.value)


def _gap(report: Report, nutrient: str) -> Gap:
    mean = report.nutrients[nutrient].mean or UNKNOWN
    rows = [it for it in report.standings if it.nutrient == nutrient and _is_reference(it)]
    own = [row for row in rows if row.authority == OWN]
    against = [_against(row, mean) for row in own or rows]
    open_ = [it for it in against if it.gap]
    sure = [it for it in open_ if it.verdict == "below"]
    return Gap(nutrient, mean, against, max(sure or open_, key=_size, default=None))


def _size(against: Against) -> float:
    return against.gap or 0


def _against(standing: Standing, mean: Amount) -> Against:
    value = standing.value or 0
    verdict = _verdict(standing, mean, value)
    gap = round(value - (mean.best or 0), 6) if verdict in {"below", _COUNTED} else None
    return Against(standing, verdict, gap)


def _verdict(standing: Standing, mean: Amount, value: float) -> str:
    if mean.best is None:
        return "cannot-tell"
    if not mean.known and mean.best < CLOSE * value:
        return _COUNTED
    if standing.nutrient == "vitamin_k2":
        return "met" if mean.best >= value else "below"
    return reference_verdict(mean, value)


def least(due: Iterable[Gap]) -> dict[str, float]:
    """Return how much of each nutrient that has a gap a serving must give to be suggested."""
    return {it.nutrient: _LEAST_SHARE * _size(it.largest) for it in due if it.largest}


def suggested(
    report: Report, foods: Iterable[Food], logged: Mapping[str, int], wanted: Wanted
) -> Suggestions:
    """Return what would close each gap: foods of the diary's tables, how often each was logged."""
    due = gaps(report)
    made = Suggestions(report, due, why_nothing(report), (), wanted)
    if not any(gap.largest for gap in due):
        return made
    none = no_supplements(report.profile, report.today, report.period.first)
    taken = wanted.supplements and not none
    servings = [
        (food, served)
        for food in foods
        if _wanted(food, taken, logged, wanted.region)
        for served in _servings(food, wanted.system)
    ]
    return made._replace(
        gaps=[_closed(gap, made, servings, logged) for gap in due],
        first=list(_first(report)),
        no_supplements=none if wanted.supplements else "",
    )


def _first(report: Report) -> Iterable[str]:
    """Yield what has to be read before any suggestion."""
    profile, since = report.profile, report.period.first
    if bone := profile.having("bone"):
        way = "" if "calcium" in profile.targets else ": k2log profile set --target calcium=AMOUNT"
        yield f"With {listed(names(bone))}, a target from your doctor comes first{way}"
    if conditions := profile.having("high-blood-calcium"):
        yield (
            f"With {listed(names(conditions))}, please ask your doctor before you change how much "
            "calcium or vitamin D you get."
        )
    if profile.on_antagonist:
        medicines = [it for it in profile.medicines or () if it.kind == ANTAGONIST]
        yield (
            f"With {listed(names(medicines))}, vitamin K is meant to stay steady: only servings "
            f"known to hold at most {MOST_K1_UG:.0f} µg of K1 are listed. The clinic that checks "
            "your INR decides."
        )
    if apart := apart_from_calcium(profile, since):
        yield f"Calcium and {listed(apart)} are kept apart: please follow the medicine's label."


def _wanted(food: Food, supplements: bool, logged: Mapping[str, int], region: str | None) -> bool:
    if food.supplement and not supplements:
        return False
    return food.key in logged or sold_in(food, region)


def _servings(food: Food, system: str) -> list[Measured]:
    """Return the usual serving of a food, or the doses of what is taken by its own mass."""
    if food.active is not None:
        measure, doses = _DOSES.get(food.active, ("", ()))
        return [] if food.salt else [measured(food, amount, measure) for amount in doses]
    try:
        served = usual(food, system)
    except K2logError:
        return []
    return [served] if served.quantity <= MOST_GRAMS else []


def _closed(
    gap: Gap,
    made: Suggestions,
    servings: Iterable[tuple[Food, Measured]],
    logged: Mapping[str, int],
) -> Gap:
    """Return a gap with what would close it: foods, then supplements, one of each kind."""
    size = gap.largest.gap if gap.largest else None
    if not size:
        return gap
    offers = [
        _suggestion(food, served, gap.nutrient, size, logged)
        for food, served in servings
        if _surely(food, served, gap.nutrient) >= _LEAST_SHARE * size
    ]
    ordered = sorted((it for it in offers if _fits(it, gap.nutrient, made)), key=_rank)
    foods, pills = (
        _varied(it for it in ordered if it.food.supplement is supplement)
        for supplement in (False, True)
    )
    return gap._replace(suggestions=[*foods[: made.wanted.most], *pills[: made.wanted.most]])


def _surely(food: Food, served: Measured, nutrient: str) -> float:
    """Return the low end of what a serving gives of a nutrient; 0 where nothing is known."""
    figure = food.figures.get(nutrient)
    low = figure.amount.low if figure else None
    return (low or 0) * served.quantity / food.per


def _suggestion(
    food: Food, served: Measured, nutrient: str, size: float, logged: Mapping[str, int]
) -> Suggestion:
    amounts = nutrients(food, served.quantity)
    return Suggestion(
        food=food,
        kind=kind(food, words_of(food)),
        serving=served,
        amounts=amounts,
        share=(amounts[nutrient].best or 0) / size,
        sure_share=_surely(food, served, nutrient) / size,
        logged=logged.get(food.key, 0),
        estimated=food.figures[nutrient].basis == "estimated",
    )


def _fits(offer: Suggestion, nutrient: str, made: Suggestions) -> bool:
    """Whether nothing speaks against it: its kind and name, the profile, doses, upper levels."""
    food, profile = offer.food, made.report.profile
    if offer.kind is None or not suits(words_of(food), nutrient, profile):
        return False
    if profile.on_antagonist and not keeps_vitamin_k_steady(food, offer.amounts):
        return False
    if food.supplement and not _usual_dose(offer, made):
        return False
    return not _leads_above(offer.amounts, made.report)


def _usual_dose(offer: Suggestion, made: Suggestions) -> bool:
    """Whether all that a supplement holds is surely lacking, and it holds no more than usual."""
    lacking = {
        gap.nutrient: gap.largest.gap or 0
        for gap in made.gaps
        if gap.largest and gap.largest.verdict == "below"
    }
    holds = held(offer.food)
    if "calcium" in holds and apart_from_calcium(made.report.profile, made.report.period.first):
        return False
    amounts = {id_: offer.amounts[id_].best or 0 for id_ in holds}
    return all(
        amount <= min(_MOST_OF_GAP * lacking.get(id_, 0), NUTRIENTS[id_].limits.suggested_dose)
        for id_, amount in amounts.items()
    )


def _leads_above(amounts: Mapping[str, Amount], report: Report) -> bool:
    """Whether a serving on top of the mean may lie above an upper level."""
    levels = [it for it in report.standings if it.upper and it.value and it.scope == "all"]
    return any(
        added > 0 and _highest(report, level.nutrient) + added > (level.value or 0)
        for level in levels
        if (added := _added(amounts.get(level.nutrient, UNKNOWN), level.value or 0)) is not None
    )


def _added(amount: Amount, level: float) -> float:
    return level / 2 if amount.high is None else amount.high


def _highest(report: Report, nutrient: str) -> float:
    mean = report.nutrients[nutrient].mean or UNKNOWN
    return mean.high if mean.high is not None else mean.best or 0


def _rank(offer: Suggestion) -> tuple[object, ...]:
    """Return the order: eaten ones first, measured ones first, then by what is sure to be given."""
    food = offer.food
    load = offer.share if food.supplement else offer.serving.quantity
    score = -round(min(offer.sure_share, 1), 2)
    return not offer.logged, offer.estimated, score, load, food.active is None, food.name, food.key


def _varied(offers: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the first of each kind."""
    kinds: dict[str | None, Suggestion] = {}
    for offer in offers:
        kinds.setdefault(offer.kind, offer)
    return list(kinds.values())
