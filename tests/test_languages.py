"""Names, measures and joining words of other languages: understood, or offered, never guessed."""

import json

import pytest

from k2log.store.diary import open_diary
from k2log.store.food_names import names_beginning


def foods(k2log, typed: str) -> list[str]:
    """Return what would be logged, as the foods' names."""
    result = k2log("add", "--dry-run", "--json", typed)
    assert result.code == 0, result.err
    return [entry["food"] for entry in json.loads(result.out)]


@pytest.mark.parametrize(
    ("typed", "food"),
    [
        ("Milch 200ml", "Whole milk"),
        ("ein Glas Milch", "Whole milk"),
        ("2 EL Olivenöl", "Olive oil"),
        ("2 EL Olivenoel", "Olive oil"),
        ("gekochtes Ei", "Egg, hard-boiled"),
        ("une tranche de pain complet", "Wholemeal bread"),
        ("pâtes 200g", "Pasta, cooked"),
        ("pâté 50g", "Pâté"),
        ("dos huevos", "Egg"),
        ("uovo sodo", "Egg, hard-boiled"),
        ("100 g broccoli en 2 eieren", "Broccoli"),
        ("牛乳２００ml", "Whole milk"),
        ("ぎゅうにゅう 200ml", "Whole milk"),
        ("納豆1パック", "Natto"),
        ("醤油大さじ1", "Soy sauce"),
        ("卵2個", "Egg"),
        ("ご飯と味噌汁", "White rice"),
        ("ひきわり納豆", "Natto, chopped"),
        ("納豆ご飯", "Natto on rice"),
        ("卵かけご飯", "Raw egg on rice"),
        ("1 EL Leinöl", "Linseed oil"),
        ("Apfelschorle 0,5l", "Apple juice with mineral water"),
        ("1 Scheibe Emmentaler", "Emmental"),
        ("un croissant", "Croissant"),
        ("30 g de comté", "Comté"),
        ("tartine beurre", "Toast with butter"),
        ("tortilla de patatas", "Spanish omelette"),
        ("rugbrød", "Rye bread (Europe)"),
        ("twaróg", "Quark"),
    ],
)
def test_all_languages_are_understood_where_none_is_set(k2log, typed, food):
    """Accents, umlauts written as ae, kana and full-width digits, measures, numbers."""
    assert foods(k2log, typed)[0].startswith(food)


def amounts(k2log, typed: str) -> list[tuple[str, float]]:
    """Return what would be logged, each food's name with its grams."""
    result = k2log("add", "--dry-run", "--json", typed)
    assert result.code == 0, result.err
    return [(entry["food"], entry["grams"]) for entry in json.loads(result.out)]


@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("3 Pellkartoffeln mit Quark", [("Potato, boiled", 501), ("Quark", 100)]),
        ("2 œufs avec du pain", [("Egg", 100), ("White bread, sliced (Europe)", 30)]),
        ("twee boterhammen met kaas", [("Bread with cheese (Europe)", 130)]),
        ("zwei Scheiben Brot mit Käse", [("Bread with cheese (Europe)", 130)]),
        ("pane e formaggio", [("Bread with cheese (Europe)", 65)]),
        ("Currywurst mit Pommes", [("Currywurst with fries", 350)]),
        ("2 packs of natto with rice", [("Natto", 90), ("White rice, cooked", 158)]),
        ("Mischbrot 2 Scheiben", [("Country bread", 90)]),
    ],
)
def test_what_stands_with_a_food_is_logged_and_a_count_is_of_its_own_food(k2log, typed, logged):
    """Three potatoes with quark are no three plates; fries are never left out."""
    k2log("config set region eu")

    assert amounts(k2log, typed) == logged


@pytest.mark.parametrize(
    ("language", "typed", "logged"),
    [
        ("de", "Schafskäse 50 g", [("Sheep's cheese (kind not stated)", 50)]),
        ("de", "Hering in Tomatensoße", [("Herring in tomato sauce, canned", 100)]),
        ("de", "Spinat 150g", [("Spinach, cooked", 150)]),
        ("de", "Feldsalat mit Walnüssen", [("Lamb's lettuce", 35), ("Walnuts", 28)]),
        ("de", "Leberwurstbrot", [("Bread with liver sausage (Europe)", 75)]),
        ("nl", "boerenkool met worst", [("Stamppot with kale and sausage", 446)]),
        ("nl", "kroket", [("Meat croquette (kroket)", 70)]),
        ("nl", "frietjes met mayonaise", [("French fries with mayonnaise", 180)]),
        ("fr", "deux yaourts", [("Plain yogurt (Europe)", 250)]),
        ("fr", "soupe à l'oignon", [("Onion soup with bread and cheese (Europe)", 363)]),
        ("fr", "biscottes beurre", [("Rusk with butter", 30)]),
        ("fr", "un quart de baguette", [("French bread, baguette (Europe)", 62.5)]),
        ("es", "croquetas", [("Ham croquettes (croquetas)", 120)]),
        ("es", "chocolate con churros", [("Churros with hot chocolate", 275)]),
        ("es", "un cortado", [("Cortado (espresso with a little milk) (Europe)", 70)]),
        ("it", "insalata di pomodori", [("Tomato salad with oil", 195)]),
        ("it", "pasta e fagioli", [("Pasta with beans", 300)]),
        ("ja", "さけ 1切れ", [("Salmon, Atlantic, farmed, cooked", 80)]),
        ("ja", "食パン 1枚", [("White bread, thick slice (shokupan)", 60)]),
        ("ja", "小魚", [("Small fish eaten whole (kind not stated)", 12)]),
        ("ja", "豆腐 半丁", [("Tofu", 175)]),
        ("ja", "小松菜のおひたし", [("Komatsuna ohitashi", 86)]),
    ],
)
def test_a_dish_is_the_one_of_the_country_and_its_amount_that_of_the_country(
    k2log, language, typed, logged
):
    """No Manchego, American pot or raw leaf; the whole dish comes before its words."""
    k2log(f"config set language {language}")
    k2log("config set region eu")

    assert amounts(k2log, typed) == logged


def test_soy_milk_is_not_fortified_in_japan(k2log):
    """What Europe sells is."""
    k2log("config set language ja")
    k2log("config set region jp")

    assert foods(k2log, "豆乳 200ml") == ["Soy drink, unfortified (Europe)"]


@pytest.mark.parametrize(
    ("typed", "nutrient", "amount"),
    [
        ("1 Brausetablette Calcium", "calcium", 500),
        ("2 Brausetabletten Calcium 500 mg", "calcium", 1000),
        ("Cacit", "calcium", 500),
        ("ZymaD 4 gouttes", "vitamin_d3", 30),
        ("Dibase 10 gocce", "vitamin_d3", 62.5),
    ],
)
def test_a_supplement_is_told_by_its_local_name_and_form(k2log, typed, nutrient, amount):
    """Cacit is no tzatziki; drops are counted by their own strength."""
    result = k2log("add", "--dry-run", "--json", typed)

    assert result.code == 0, result.err
    assert json.loads(result.out)[0]["nutrients"][nutrient]["amount"] == amount


def test_an_ampoule_for_months_is_asked_about(k2log):
    """A hundred thousand units at once are no daily dose."""
    result = k2log("add", "une ampoule UVEDOSE")

    assert result.code != 0
    assert "give --every" in result.err


def test_what_was_read_is_said_in_english_and_the_words_typed_are_kept(k2log):
    """On stderr; where the language is set, nobody needs to be told."""
    result = k2log("add", "--json", "2 EL Olivenöl")

    assert "read as German: 2 tbsp olive oil" in result.err
    assert "2 EL Olivenöl" in k2log("explain 1").out
    k2log("config set language de")
    assert "read as" not in k2log("add", "2 EL Olivenöl").err


def test_a_word_of_a_language_that_is_not_set_is_offered(k2log):
    """It is not logged, and not mended into something else."""
    k2log("config set language de")

    result = k2log("add", "jambon cru 50g")

    assert result.code == 3
    assert '"jambon cru" is French for parma ham' in result.err
    assert "set your language: k2log config set language fr" in result.err


def test_the_language_set_decides_what_a_word_means(k2log):
    """A raisin is a grape in French."""
    assert foods(k2log, "raisin 100g") == ["Raisins"]
    k2log("config set language fr")
    assert foods(k2log, "raisin 100g") == ["Grapes"]


def test_who_writes_in_a_language_of_europe_is_taken_to_eat_its_foods(k2log):
    """Milk that nobody fortified; assumed, and said; a region that is set decides."""
    assert "Whole milk, unfortified (Europe, assumed)" in k2log("add", "Milch 200ml").out
    k2log("config set region us")
    assert "Whole milk, fortified (US)" in k2log("add", "Milch 200ml").out


def test_a_name_of_ones_own_is_no_word_of_a_language(k2log):
    """Whatever it means elsewhere."""
    k2log("foods alias Käse gouda")

    assert foods(k2log, "Käse 30g") == ["Gouda"]
    k2log("config set language de")
    assert foods(k2log, "Käse 30g") == ["Gouda"]


def test_foods_are_found_and_completed_by_their_names_in_the_language_set(k2log, diary):
    """The search takes every language, the Tab key the one that is set."""
    assert "Parsley" in k2log("foods search Petersilie").out
    assert "Parsley" in k2log("foods show Petersilie").out
    k2log("config set language de")
    with open_diary(diary) as opened:
        assert "petersilie" in names_beginning(opened, "Petersi")
        assert "perejil" not in names_beginning(opened, "perej")
