"""Words that are no food's exact name: what is taken, what is asked, what is refused."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k2log.catalogue.words import load_words
from k2log.diary.understanding import Unasked, understand
from k2log.errors import K2logError
from k2log.food.chooser import Chooser
from k2log.food.slips import SHORTEST, meant
from k2log.food.words import NEUTRAL, ROLES, account, in_order, pattern, runs
from k2log.names import name_words, slips_allowed
from k2log.store.diary import open_diary
from k2log.store.foods import RememberedFoods

TAKEN = {  # typed: the key of the food that is logged
    "eggs whole 2": "egg",
    "yogurt greek 100g": "greek-yogurt",
    "Gruyere 20g": "gruyere",
    "100g chopped kale": "kale",
    "sauteed kale 1 cup": "cooked-kale",
    "stir fried broccoli 100g": None,
    "fresh organic spinach 50g": "spinach",
    "microwaved cauliflower 100g": "cauliflower",
    "1 small ripe banana": "banana",
    "my homemade lasagna": "lasagna",
    "cold milk 1 glass": "whole-milk",
    "leftover pizza 1 slice": "pizza",
    "crispy bacon 2 slices": "bacon",
    "grilled salmon 120g": "grilled-salmon",
    "pan fried cod 100g": "cod",
    "low fat cheddar 30g": "reduced-fat-cheddar",
    "unsweetened soy milk 1 cup": "soy-milk-unsweetened",
    "unfortified soya milk 1 cup": "soy-milk-plain",
    "milk chocolate 20g": "milk-chocolate",
    "chocolate milk 1 glass": "chocolate-milk",
    "organic milk choc 20g": "milk-chocolate",
    "wholemeal pasta 100g": "whole-wheat-pasta",
    "dried apricots 30g": "dried-apricots",
    "tinned peaches 100g": "canned-peaches",
    "grated carrot 50g": "carrots",
    "roasted chestnuts 50g": "chestnuts",
    "peeled prawns 80g": "shrimp",
    "ramen": "ramen-bowl",
    "tesco cheddar 30g": "cheddar",
    "heinz baked beans 200g": "baked-beans",
    "yoplait yogurt 125g": "yogurt",
    "chedder 30g": "cheddar",
    "brocoli 100g": "broccoli",
    "mozarela 30g": "mozzarella",
    "yoghrt 125g": "yogurt",
    "camenbert 30g": "camembert",
    "tomatoe soup 1 bowl": "tomato-soup",
    "cheese 30g": "any-cheese",
    "grated cheese 20g": None,
    "fish 100g": "any-fish",
    "nuts 30g": "any-nuts",
    "beans 1 cup": "any-beans",
    "oil 1 tbsp": "any-oil",
    "soup 1 bowl": "any-soup",
    "meat 100g": "any-meat",
    "fresh berries 100g": "any-berries",
    "chips 30g": "any-chips",
    "homemade cake": "any-cake",
    "plant milk 1 glass": "any-plant-drink",
    "salad potatoes 200g": "potato",
}
REFUSED = {  # typed: what the error names, or None where nothing comes near
    "chedd 30g": None,
    "unicorn steak 200g": "Beef steak",
    "keto cream cheese 30g": "Cream cheese",
    "keto bread 1 slice": "bread",
    "sugar free chocolate 20g": None,
    "imitation cheddar 30g": "mitation",
    "keto latte": "latte",
    "fortified cheddar 30g": "Cheddar",
    "ice water 200ml": None,
    "protein 30g": "Whey protein",
    "dough 100g": None,
    "raw milk 200ml": None,
    "raw salmon 100g": "almon",
    "smoked trout 100g": "rout",
    "freeze dried strawberries 20g": "trawberr",
    "gravel 10g": None,
    "vitamin c 500mg": None,
    "eg": None,
    "qqq": None,
    "beefy lord 100g": None,
}
WORTH_SAYING = {  # typed: the words of what is said
    "cheese 30g": "which cheese was not said",
    "tesco cheddar 30g": '"tesco" left out',
    "lean trout 100g": '"lean" left out',
    "chedder 30g": '"chedder" was taken for Cheddar',
    "frozen spinach 100g": '"frozen" left out',
}


@pytest.mark.parametrize(("typed", "key"), [(it, key) for it, key in TAKEN.items() if key])
def test_every_word_is_accounted_for_and_the_food_is_logged(typed, key, k2log):
    """States choose, neutral words and makers go, slips are mended, kinds are logged."""
    result = k2log("add", typed, "--json")

    assert result.code == 0, result.err
    assert [it["food_key"] for it in json.loads(result.out)] == [key]


@pytest.mark.parametrize(("typed", "named"), REFUSED.items())
def test_what_is_not_known_is_refused(typed, named, k2log):
    """What changes a food is never dropped, nor the order of words; the right food is offered."""
    result = k2log("add", typed)

    assert result.code != 0, result.out
    assert not result.out
    assert named is None or named in result.err


@pytest.mark.parametrize(("typed", "words"), WORTH_SAYING.items())
def test_what_was_left_out_or_assumed_is_said(typed, words, k2log):
    """On stderr, and the food is logged."""
    result = k2log("add", typed)

    assert result.code == 0, result.err
    assert words in result.err


def test_a_kind_holds_the_ordinary_ones_best_and_the_range_of_all(k2log):
    """Cheese of unknown kind is Cheddar, or anything from feta to Parmesan; Gouda in Europe."""
    calcium = {
        name: json.loads(k2log("add", f"{name} 100g", "--json").out)[0]["nutrients"]["calcium"]
        for name in ("cheese", "cheddar", "brie", "parmesan")
    }

    assert calcium["cheese"]["amount"] == calcium["cheddar"]["amount"]
    assert calcium["cheese"]["low"] <= calcium["brie"]["amount"]
    assert calcium["cheese"]["high"] >= calcium["parmesan"]["amount"]
    k2log("config set region eu")
    assert "counted as Gouda" in k2log("add cheese 30g").err


def test_a_kind_is_narrowed_later(k2log):
    """With the amount that was logged."""
    k2log("add cheese 30g")

    assert "Gouda · 30 g" in k2log("edit 1 gouda").out


def test_a_slip_mended_is_told_to_programs(k2log):
    """What was typed, and the name it was taken for."""
    (entry,) = json.loads(k2log("add", "chedder 30g", "--json").out)

    assert (entry["typed"], entry["corrected"]) == ("chedder 30g", "cheddar")
    assert "corrected" not in json.loads(k2log("add cheddar 30g --json").out)[0]


def test_what_was_logged_before_decides_nothing(k2log):
    """Vitamin K is no K2 because K2 was logged."""
    k2log("add", "K2 100mcg", "--yes")

    assert k2log("add", "vitamin k 100mcg").code == 3


@pytest.mark.parametrize(
    ("typed", "offered"), [("mlik", "milk"), ("bred", "bread"), ("chees", "cheese")]
)
def test_a_short_word_is_never_mended_but_what_it_may_be_is_offered(k2log, typed, offered):
    """Four letters are too few to log by; an s at the end may be no plural."""
    refused = k2log(f"add {typed} 100 g")

    assert refused.code == 3
    assert offered in refused.err.lower().partition("nearest: ")[2]


def test_no_slip_makes_a_word_one_that_counts_for_nothing(k2log):
    """A tastey scone is no tasty scone."""
    assert k2log("add", "tastey scone").code == 3


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("chedder", ["cheddar"]),
        ("brocolli", ["broccoli"]),
        ("suasage", ["sausage"]),
        ("sake", []),
        ("gravel", []),
        ("chedders2", []),
    ],
)
def test_a_slip_is_one_letter_or_one_doubled(word, mended):
    """Of words of five letters and more, and the first letter stays."""
    vocabulary = ["cheddar", "broccoli", "sausage", "shake", "gravy", "saussage"]
    slips = slips_allowed(word, SHORTEST)

    found = meant(word, vocabulary, slips) if slips else []
    assert found[:1] == mended or set(mended) <= set(found)


def test_order_of_words_counts_but_for_parts_between_commas():
    """Potato salad is none of salad potatoes; "cheddar cheese" is "Cheese, cheddar"."""
    assert in_order("cheddar cheese", "cheese , cheddar")
    assert not in_order("salad potato", "potato salad")


def test_a_role_is_one_of_those_there_are():
    """And every pattern has a core."""
    terms = load_words()

    assert {term.role for term in terms.values()} <= {*ROLES}
    for name in ("raw", "Kale, raw", "Skimmed", "Ramen (bowl)", "Milk, whole, 3.25% milkfat"):
        assert pattern(name, terms).core


FOODS = ("kale", "cheddar", "banana", "cheese", "milk", "chicken breast", "salmon", "almonds")
NEUTRALS = sorted(key for key, term in load_words().items() if term.role == NEUTRAL)
SOME = ("vegan", "grilled", "unicorn", "low fat", "tesco", "fresh", "large", "fortified", "canned")


@pytest.fixture(scope="module")
def chooser(tmp_path_factory):
    with open_diary(tmp_path_factory.mktemp("words") / "diary.db", create=True) as diary:
        yield Chooser(RememberedFoods(diary), Unasked())


@given(food=st.sampled_from(FOODS), words=st.lists(st.sampled_from(NEUTRALS), max_size=2))
def test_a_neutral_word_never_changes_what_is_logged(food, words, chooser):
    """However many of them; some are refused with other words, none makes another food."""
    assume(not any(chooser.exactly(f"{word} {food}") for word in words))  # as grated cheese is
    (plain,) = understand([f"{food} 100g"], chooser)
    try:
        items = understand([f"{' '.join(words)} {food} 100g".strip()], chooser)
    except K2logError:
        return

    assert [(it.food.key, it.amount.grams) for it in items] == [(plain.food.key, 100)]


@given(words=st.lists(st.sampled_from([*SOME, *FOODS, *NEUTRALS[:20]]), min_size=1, max_size=4))
def test_no_food_is_logged_some_word_of_which_was_not_accounted_for(words, chooser):
    """Each word is part of the food's names, or stands in a list of words that may be dropped."""
    text = " ".join(words)
    try:
        items = understand([f"{text} 100g"], chooser)
    except K2logError:
        return

    assert len(items) == 1
    (item,) = items
    typed = name_words(text)
    if not item.account:
        assert item.food.key in {
            food.key for food in chooser.foods.named([" ".join(sorted(typed))]).popitem()[1]
        }
        return
    assert item.account == account(typed, chooser.foods.terms(runs(typed)))
    assert [part for word in item.account for part in word.text.split()] == typed
    assert "vegan" not in typed or {"vegan", "plant"} & {*name_words(item.food.name)}
    assert "unicorn" not in typed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("gouda 2 slice", "2 slices = 56 g"),
        ("eggs 2 large", "2 large = 100 g"),
        ("whole milk 2 glasses", "2 glasses = 496 g"),
        ("whole milk 200ml", "200 ml = 206 g"),
        ("spinach 1 leaf", "1 leaf = 10 g"),
        ("gouda 1 slice", "1 slice = 28 g"),
    ],
)
def test_measures_read_as_people_say_them(typed, shown, k2log):
    """Slices, glasses, leaves; grams without digits that nobody weighs."""
    assert shown in k2log("add", typed).out
