"""Suggestions as values: the whole catalogue against any mean and any person."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diaries import daily, report
from k2log.amounts import UNKNOWN, Amount
from k2log.catalogue.groups import load_groups
from k2log.catalogue.read import load
from k2log.errors import K2logError
from k2log.features.suggest.suggestions import (
    MOST_GRAMS,
    Gap,
    Suggestion,
    Suggestions,
    Wanted,
    suggested,
)
from k2log.features.suggest.suitability import kind_of, words_of
from k2log.features.suggest.view import suggestions_text
from k2log.food.food import Food
from k2log.render.page import Page
from k2log.science import name_lists
from k2log.science.interactions import APART
from k2log.science.name_lists import kinds_of_conditions, kinds_of_medicines
from k2log.science.profile import Condition, Medicine, Profile

pytestmark = pytest.mark.slow

WOMAN = Profile("1964-05-17", "female")
MANY = Wanted(50)
WARFARIN = (Medicine("warfarin", "vitamin-k-antagonist"),)

PEOPLE = st.builds(
    Profile,
    born=st.sampled_from(["1950", "1964-05-17", "1995-01-01", "2012-03-04", "2020-06-01"]),
    sex=st.sampled_from([None, "female", "male"]),
    authority=st.sampled_from([None, "NASEM", "EFSA", "UK", "JAPAN-MHLW"]),
    medicines=st.sampled_from([None, (), WARFARIN]),
    targets=st.sampled_from([{}, {"vitamin_k2": 90.0}, {"calcium": 1900.0, "vitamin_d": 99.0}]),
)
KEYS = ["whole-milk", "gouda", "natto", "vitamin-d3", "cooked-spinach"]
LOGGED = st.dictionaries(st.sampled_from(KEYS), st.integers(1, 9))
EATEN = st.fixed_dictionaries(
    {
        "calcium": st.integers(0, 2500),
        "vitamin_d": st.integers(0, 120),
        "vitamin_k2": st.integers(0, 100),
    }
)


@cache
def foods() -> Sequence[Food]:
    return [known.food for known in load().foods]


def made(
    profile: Profile = WOMAN,
    *,
    days: int = 6,
    logged: dict[str, int] | None = None,
    wanted: Wanted = MANY,
    table: Sequence[Food] | None = None,
    **eaten: float | Amount,
) -> Suggestions:
    """Return what is suggested to somebody who ate the same on some days."""
    held = report(daily(range(1, days + 1), **eaten), profile=profile)
    return suggested(held, foods() if table is None else table, logged or {}, wanted)


def offers(found: Suggestions) -> list[Suggestion]:
    return [offer for gap in found.gaps for offer in gap.suggestions]


def gap(found: Suggestions, nutrient: str) -> Gap:
    return next(gap for gap in found.gaps if gap.nutrient == nutrient)


@settings(max_examples=40)
@given(PEOPLE, EATEN, LOGGED)
def test_asking_for_supplements_adds_supplements_only(profile, eaten, logged):
    """The foods stay the same."""
    without = made(profile, logged=logged, wanted=Wanted(3), **eaten)
    with_ = made(profile, logged=logged, wanted=Wanted(3, supplements=True), **eaten)

    assert not any(offer.food.supplement for offer in offers(without))
    assert [it for it in offers(with_) if not it.food.supplement] == offers(without)


@settings(max_examples=40)
@given(PEOPLE, EATEN, LOGGED)
def test_nothing_leads_above_an_upper_level(profile, eaten, logged):
    """Neither in the nutrient that is lacking nor in another one."""
    found = made(profile, logged=logged, wanted=Wanted(50, supplements=True), **eaten)
    levels = [it for it in found.report.standings if it.upper and it.scope == "all" and it.value]

    for offer in offers(found):
        for level in levels:
            mean = found.report.nutrients[level.nutrient].mean
            added = offer.amounts[level.nutrient].high or 0
            assert not added or mean.high + added <= level.value, (offer.food.name, level)


@settings(max_examples=40)
@given(PEOPLE, EATEN, LOGGED)
def test_beside_an_antagonist_vitamin_k_is_little_and_known(profile, eaten, logged):
    """At most 25 µg of K1 and of K2 a serving, 5 µg of what is new, by the high end."""
    profile = profile._replace(medicines=WARFARIN)
    found = made(profile, logged=logged, wanted=Wanted(50, supplements=True), **eaten)

    assert not any(gap.nutrient == "vitamin_k2" for gap in found.gaps)
    for offer in offers(found):
        most = 0 if offer.food.supplement else 25 if offer.logged else 5
        assert offer.amounts["vitamin_k1"].high <= most
        assert offer.amounts["vitamin_k2"].high <= most
        assert "natto" not in offer.food.name.lower()


@settings(max_examples=25)
@given(st.randoms(use_true_random=True), LOGGED)
def test_the_order_of_the_tables_does_not_matter(random, logged):
    """The same diary gives the same suggestions."""
    table = list(foods())
    random.shuffle(table)
    wanted = Wanted(50, supplements=True)
    eaten = {"calcium": 400, "vitamin_d": 3}

    shuffled = made(logged=logged, wanted=wanted, table=table, **eaten)
    assert shuffled == made(logged=logged, wanted=wanted, **eaten)


@settings(max_examples=25)
@given(PEOPLE, EATEN)
def test_each_kind_is_suggested_once_and_never_by_the_kilo(profile, eaten):
    """Not five cheeses; no more than 400 g."""
    for gap in made(profile, **eaten).gaps:
        kinds = [offer.kind for offer in gap.suggestions]
        assert len(kinds) == len(set(kinds))
        assert all(offer.serving.quantity <= MOST_GRAMS for offer in gap.suggestions)


@settings(max_examples=40)
@given(PEOPLE, EATEN)
def test_a_gap_is_suggested_for_only_where_the_mean_is_below(profile, eaten):
    """Met, close and open ones get nothing."""
    for gap in made(profile, **eaten).gaps:
        verdicts = {it.verdict for it in gap.against}
        assert "below" in verdicts or not gap.suggestions
        assert all(it.gap is None or it.gap > 0 for it in gap.against)


def test_the_largest_gap_counts():
    """US and EU side by side: foods are for the larger one."""
    found = gap(made(calcium=700), "calcium")

    assert [it.gap for it in found.against] == [500, 250]
    assert found.largest == found.against[0]


def test_ones_own_target_takes_the_place_of_references():
    """A doctor's figure comes first."""
    found = gap(made(WOMAN._replace(targets={"calcium": 1000}), calcium=700), "calcium")

    assert [(it.standing.authority, it.gap) for it in found.against] == [("own", 300)]


@pytest.mark.parametrize(("days", "early"), [(2, None), (3, True), (4, True), (5, False)])
def test_few_days_give_nothing_or_an_early_figure(days, early):
    """Three are the least, five are enough."""
    found = made(days=days, calcium=300)

    assert bool(offers(found)) is (early is not None)
    assert found.early is (early is not False)


def test_what_is_unknown_is_no_gap_for_a_pill():
    """Where a part has no figure, foods may be named, supplements not."""
    found = made(wanted=Wanted(5, supplements=True), calcium=1500, vitamin_d=Amount.partial(3))
    lacking = gap(found, "vitamin_d")

    assert [it.verdict for it in lacking.against] == ["counted", "counted"]
    assert lacking.suggestions
    assert not any(offer.food.supplement for offer in lacking.suggestions)


def test_without_any_figure_nothing_is_suggested():
    """Unknown is not zero."""
    found = gap(made(vitamin_d=UNKNOWN), "vitamin_d")

    assert [it.verdict for it in found.against] == ["cannot-tell", "cannot-tell"]
    assert not found.suggestions


def test_a_range_across_the_reference_is_left_open():
    """The published figures do not tell whether it is below."""
    found = gap(made(calcium=Amount.of(800, 500, 1300)), "calcium")

    assert [it.verdict for it in found.against] == ["cannot-tell", "cannot-tell"]
    assert not found.suggestions


def test_a_food_counts_for_what_it_surely_gives():
    """Tofu of unknown kind has 27 mg at least: it does not stand before cheese."""
    found = gap(made(calcium=300, wanted=Wanted(50)), "calcium")

    assert "tofu" not in [offer.food.key for offer in found.suggestions]
    assert all(offer.sure_share >= 0.1 for offer in found.suggestions)


def test_what_was_logged_comes_first():
    """However little it gives, if a tenth of the gap at least."""
    found = gap(made(calcium=300, logged={"quark": 2}), "calcium")

    assert found.suggestions[0].food.key == "quark"
    assert [offer.logged for offer in found.suggestions[:2]] == [2, 0]


def test_an_estimated_figure_stands_behind_measured_ones():
    """And is marked."""
    held = next(food for food in foods() if food.key == "gouda")
    figure = held.figures["calcium"]._replace(basis="estimated")
    richer = figure._replace(amount=Amount.of(1400))
    guessed = held._replace(
        key="guessed-trout", name="Trout", figures=dict(held.figures) | {"calcium": richer}
    )
    found = gap(made(calcium=300, table=[guessed, held]), "calcium")

    assert [(it.food.key, it.estimated) for it in found.suggestions] == [
        ("gouda", False),
        ("guessed-trout", True),
    ]


@pytest.mark.parametrize(
    "word", ["spinach", "chard", "rhubarb", "beet-greens", "liver", "raw-milk", "pizza", "sandwich"]
)
def test_some_foods_are_never_suggested_for_calcium(word):
    """Oxalate binds it; liver, what is raw and dishes have reasons of their own."""
    found = gap(made(calcium=1070, wanted=Wanted(50)), "calcium")

    assert not any(word in offer.food.key for offer in found.suggestions)


def test_star_fruit_and_spinach_of_ones_own_count_as_such():
    """The words of a name decide, also of foods that the catalogue has not."""
    milk = next(food for food in foods() if food.key == "whole-milk")
    own = [
        milk._replace(key=f"own:{name}", name=name, origin="user")
        for name in ("star fruit juice", "spinach quiche", "milk of the farm")
    ]
    found = gap(made(calcium=300, table=own), "calcium")

    assert [offer.food.name for offer in found.suggestions] == ["milk of the farm"]


@pytest.mark.parametrize("stage", ["pregnant", "breastfeeding"])
@pytest.mark.parametrize("key", ["cod-liver", "cod-liver-oil", "tuna-in-oil", "smoked-salmon"])
def test_in_pregnancy_some_fish_is_left_out(stage, key):
    """And cod liver for everyone."""
    profile = Profile("1995-01-01", "female", stage)
    wanted = Wanted(50, supplements=True)
    found = made(profile, vitamin_d=1, logged={key: 5}, wanted=wanted)

    assert found.no_supplements
    assert offers(found)
    assert key not in [offer.food.key for offer in offers(found)]


@pytest.mark.parametrize(
    "conditions",
    [(Condition("dialysis", "kidney-disease"),), (Condition("CKD", "kidney-disease"),)],
)
def test_in_kidney_disease_nothing_is_suggested(conditions):
    """Not even against one's own target."""
    profile = WOMAN._replace(conditions=conditions, targets={"calcium": 800})
    found = made(profile, calcium=100)

    assert found.nothing
    assert not found.gaps


@pytest.mark.parametrize(
    "condition",
    [
        Condition("sarcoidosis", "high-blood-calcium"),
        Condition("hypercalciuria", "high-urine-calcium"),
        Condition("secondary hyperparathyroidism", "secondary-hyperparathyroidism"),
    ],
)
def test_where_calcium_and_vitamin_d_are_the_doctors_to_say_nothing_is_suggested(condition):
    """One calm line says why; a K2 figure of one's own would be eaten as cheese."""
    profile = WOMAN._replace(conditions=(condition,), targets={"vitamin_k2": 100})
    found = made(profile, calcium=100, wanted=Wanted(50, supplements=True))

    (why,) = found.nothing
    assert why == (
        f"With {condition.name}, how much calcium and vitamin D is right is for your doctor to "
        "say, so nothing is suggested."
    )
    assert not found.gaps


@pytest.mark.parametrize("key", ["almond-milk", "eu-almond-milk", "almonds", "bran-flakes"])
def test_with_kidney_stones_nothing_rich_in_oxalate_is_suggested(key):
    """Not even where it is eaten already; without them some of it is."""
    profile = WOMAN._replace(conditions=(Condition("kidney stones", "kidney-stones"),))
    found = made(profile, calcium=100, vitamin_d=1, logged={key: 9}, wanted=Wanted(50))

    assert offers(found)
    assert key not in {offer.food.key for offer in offers(found)}
    if key == "almond-milk":
        usual = made(WOMAN, calcium=100, logged={key: 9}, wanted=Wanted(50))
        assert key in {offer.food.key for offer in offers(usual)}


def test_an_unknown_medicine_that_has_ended_is_spoken_of():
    """What is left out because of it is not left out in silence, and there is a way out."""
    ended = Medicine("Zorkin", until=date(2026, 10, 1))
    found = made(WOMAN._replace(medicines=(ended,), targets={"vitamin_k2": 100}), calcium=100)

    assert not any(gap.nutrient == "vitamin_k2" for gap in found.gaps)
    (line,) = found.first
    assert "k2log does not know Zorkin, which has ended" in line
    assert line.endswith('k2log profile set --remove-medicine "Zorkin"')


def test_toddlers_are_suggested_nothing():
    """Usual servings are for grown-ups."""
    assert "grown-ups" in made(Profile("2025-01-01"), calcium=100).nothing[0]


def test_a_pill_holds_only_what_is_lacking():
    """Enough vitamin D: no tablet with D3 for calcium."""
    found = made(wanted=Wanted(50, supplements=True), calcium=700, vitamin_d=30)

    held = [offer.kind for offer in offers(found) if offer.food.supplement]
    assert held == ["calcium"]


@pytest.mark.parametrize(("eaten_ug", "doses"), [(2, [(800, "IU")]), (10, [(400, "IU")]), (11, [])])
def test_a_dose_is_not_far_beyond_the_gap(eaten_ug, doses):
    """The smallest usual one that closes it, at most twice the gap."""
    wanted = Wanted(50, supplements=True)
    found = gap(made(calcium=1300, vitamin_d=eaten_ug, wanted=wanted), "vitamin_d")

    held = [it.serving for it in found.suggestions if it.food.supplement]
    assert [(dose.amount, dose.measure) for dose in held] == doses


@pytest.mark.parametrize("columns", [50, 80, 160])
@pytest.mark.parametrize("plain_words", [False, True])
def test_no_line_is_wider_than_the_page(columns, plain_words):
    """Words wrap, nothing is cut."""
    profile = WOMAN._replace(medicines=WARFARIN, conditions=(Condition("osteoporosis", "bone"),))
    found = made(profile, logged={"whole-milk": 1}, calcium=300, vitamin_d=Amount.partial(2))
    text = suggestions_text(found, Page(columns, plain_words))

    assert max(map(len, text.splitlines())) <= columns
    assert " ".join(text.split()) == " ".join(
        suggestions_text(found, Page(None, plain_words)).split()
    )


def test_most_of_the_catalogue_has_a_kind_that_fits():
    """Families go by the words of a name."""
    groups = load_groups()
    kinds = {food.key: kind_of(food, groups) for food in foods()}

    assert kinds["gouda"] == kinds["blue-cheese"] == kinds["sheep-feta"] == "cheese"
    assert kinds["skim-milk"] == kinds["buttermilk"] == "milk"
    assert kinds["soy-milk"] == kinds["eu-almond-milk"] == "plant drink"
    assert kinds["tuna"] == "tuna"
    assert kinds["pizza"] is None
    assert kinds["milk-chocolate"] is None
    assert kinds["cream-cheese"] is None


@pytest.mark.parametrize("group", load_groups().avoided, ids=lambda group: group.name)
def test_a_group_lists_the_catalogue_foods_that_its_phrases_name(group):
    """By keys there are; a food of blue cheese that is new in the catalogue is listed too."""
    names = {food.key: [words_of(food)] for food in foods()}
    named = {key for key in names if group._replace(foods=frozenset()).holds(names[key], ())}

    assert group.foods <= names.keys()
    if group.name == "raw":  # those of one's own may be cooked
        assert not group.foods
    else:
        assert named == group.foods


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ('avoided_by = "everyone"\nphrases = ["x"]', "why must be given"),
        ('why = "x"\navoided_by = "nobody"\nphrases = ["x"]', "avoided_by must be one of"),
        ('why = "x"\navoided_by = "everyone"', "phrases must be given"),
        ('why = "x"\navoided_by = "everyone"\nphrases = ["x"]\nfood = []', 'unknown key "food"'),
        ('why = "x"\navoided_by = "everyone"\nphrases = ["x"]\nunless = "y"', "must be a kind"),
    ],
)
def test_a_group_that_lacks_anything_is_refused(tmp_path, table, wrong):
    """With the file and the group."""
    file = tmp_path / "groups.toml"
    file.write_text(f"[kinds]\nmilk = ['milk']\n[avoid.odd]\n{table}\n", encoding="utf-8")

    with pytest.raises(K2logError, match=rf"groups\.toml, \[odd\]: .*{wrong}"):
        load_groups(file)


def test_medicines_that_rules_keep_apart_are_kept_apart_in_suggestions():
    """What calcium is spaced from is no neighbour of a suggested calcium tablet either."""
    assert kinds_of_medicines("apart-from-calcium") == {*APART, "oral-bisphosphonate", "iron"}
    assert kinds_of_medicines("ask-pharmacist") == {
        *("thiazide", "cardiac-glycoside", "lithium", "integrase-inhibitor", "active-vitamin-d"),
        *("calcium-binder", "calcimimetic", "verapamil"),
    }
    assert kinds_of_conditions("doctor-decides") == {
        *("kidney-disease", "kidney-stones", "high-urine-calcium", "high-blood-calcium"),
        *("secondary-hyperparathyroidism", "hypoparathyroidism", "low-vitamin-d"),
    }


def test_every_advice_on_supplements_is_one_there_is():
    """A misspelt one would be lost silently."""
    for file in ("medicines.toml", "conditions.toml"):
        tables = tomllib.loads((name_lists._FOLDER / file).read_text(encoding="utf-8"))
        said = {group["supplements"] for group in tables["group"] if "supplements" in group}
        assert said <= set(name_lists.SUPPLEMENT_ADVICE)
