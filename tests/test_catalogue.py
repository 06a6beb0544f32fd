"""The food table: what ships is whole and sourced, what follows from it, what is refused."""

from pathlib import Path

import pytest

from k2log.amounts import ZERO, Amount
from k2log.catalogue.derive import Traits, derive
from k2log.catalogue.kinds import load_kind_figures
from k2log.catalogue.model import Zero
from k2log.catalogue.read import Catalogue, CatalogueError, load
from k2log.errors import K2logError
from k2log.food.food import BASES, EDITION, Figure, Food
from k2log.names import name_key, name_words
from k2log.nutrients import K2_FORMS, NUTRIENTS

VOLUMES = {"cup", "tbsp", "tsp"}

SPOONED = [
    *("butter", "chia", "cocoa", "flour", "honey", "jam", "ketchup", "mayonnaise", "miso", "natto"),
    *("oatmeal", "peanut-butter", "rice", "salt", "sesame", "sugar", "tahini", "yogurt"),
]

SANE = {  # per 100 g: baking powder, cod liver oil, hikiwari natto and hemp are the extremes
    "calcium": 9000,
    "vitamin_d": 250,
    "vitamin_d3": 250,
    "vitamin_d2": 80,
    "vitamin_k2": 1350,
    "mk4": 70,
    "mk7": 1100,
    "mk_other": 120,
    "vitamin_k1": 1800,
    "magnesium": 720,
}

RESOLVES = {
    "egg": "egg",
    "eggs": "egg",
    "egg yolk": "egg-yolk",
    "milk": "whole-milk",
    "2% milk": "milk-2-percent",
    "semi-skimmed milk": "milk-2-percent",
    "skimmed milk": "skim-milk",
    "yoghurt": "yogurt",
    "yogurt": "yogurt",
    "Greek yoghurt": "greek-yogurt",
    "gouda": "gouda",
    "edam": "edam",
    "brie": "brie",
    "camembert": "camembert",
    "cheddar": "cheddar",
    "emmental": "emmental",
    "emmenthal": "emmental",
    "Emmenthaler": "emmental",
    "swiss cheese": "emmental",
    "gruyère": "gruyere",
    "gruyere": "gruyere",
    "parmesan": "parmesan",
    "parmigiano": "parmesan",
    "mozzarella": "mozzarella",
    "feta": "feta",
    "cottage cheese": "cottage-cheese",
    "cream cheese": "cream-cheese",
    "ricotta": "ricotta",
    "quark": "quark",
    "blue cheese": "blue-cheese",
    "kefir": "kefir",
    "cream": "cream",
    "sour cream": "sour-cream",
    "ice cream": "ice-cream",
    "sardines": "sardines",
    "salmon": "salmon",
    "tuna": "tuna",
    "mackerel": "mackerel",
    "herring": "herring",
    "trout": "trout",
    "cod": "cod",
    "eel": "eel",
    "anchovies": "anchovies",
    "shrimp": "shrimp",
    "prawns": "shrimp",
    "natto": "natto",
    "nattō": "natto",
    "tofu": "tofu",
    "firm tofu": "firm-tofu",
    "silken tofu": "silken-tofu",
    "tempeh": "tempeh",
    "miso": "miso",
    "soy milk": "soy-milk",
    "soya milk": "soy-milk",
    "plain soy milk": "soy-milk-plain",
    "almond milk": "almond-milk",
    "oat milk": "oat-milk",
    "rice milk": "rice-milk",
    "kale": "kale",
    "spinach": "spinach",
    "broccoli": "broccoli",
    "collards": "collards",
    "bok choy": "bok-choy",
    "pak choi": "bok-choy",
    "cabbage": "cabbage",
    "lettuce": "lettuce",
    "carrots": "carrots",
    "tomatoes": "tomato",
    "potato": "potato",
    "onion": "onion",
    "scallions": "spring-onion",
    "spring onion": "spring-onion",
    "courgette": "courgette",
    "zucchini": "courgette",
    "aubergine": "aubergine",
    "eggplant": "aubergine",
    "cilantro": "coriander",
    "coriander": "coriander",
    "arugula": "rocket",
    "rocket": "rocket",
    "beetroot": "beetroot",
    "sweetcorn": "sweetcorn",
    "mushrooms": "mushrooms",
    "sauerkraut": "sauerkraut",
    "kimchi": "kimchi",
    "apple": "apple",
    "banana": "banana",
    "orange": "orange",
    "orange juice": "orange-juice",
    "calcium-fortified orange juice": "orange-juice-calcium",
    "avocado": "avocado",
    "figs": "figs",
    "prunes": "prunes",
    "almonds": "almonds",
    "walnuts": "walnuts",
    "hazelnuts": "hazelnuts",
    "peanuts": "peanuts",
    "sesame": "sesame",
    "chia": "chia",
    "tahini": "tahini",
    "bread": "white-bread",
    "white bread": "white-bread",
    "wholemeal bread": "whole-wheat-bread",
    "whole wheat bread": "whole-wheat-bread",
    "rye bread": "rye-bread",
    "pasta": "pasta",
    "rice": "rice",
    "oats": "raw-oats",
    "oatmeal": "oatmeal",
    "porridge": "oatmeal",
    "quinoa": "quinoa",
    "chicken": "chicken",
    "chicken breast": "chicken-breast",
    "chicken leg": "chicken-leg",
    "chicken thigh": "chicken-leg",
    "beef": "ground-beef",
    "ground beef": "ground-beef",
    "mince": "ground-beef",
    "steak": "steak",
    "pork chop": "pork-chop",
    "ham": "ham",
    "bacon": "bacon",
    "salami": "salami",
    "beef liver": "beef-liver",
    "chicken liver": "chicken-liver",
    "pâté": "pate",
    "lamb": "lamb",
    "turkey": "turkey",
    "duck": "duck",
    "goose": "goose",
    "butter": "butter",
    "margarine": "margarine",
    "olive oil": "olive-oil",
    "mayonnaise": "mayonnaise",
    "honey": "honey",
    "jam": "jam",
    "sugar": "sugar",
    "dark chocolate": "dark-chocolate",
    "cocoa": "cocoa",
    "coffee": "coffee",
    "tea": "tea",
    "water": "water",
    "mineral water": "mineral-water",
    "beer": "beer",
    "red wine": "red-wine",
    "wine": "red-wine",
    "cola": "cola",
    "lentils": "lentils",
    "chickpeas": "chickpeas",
    "black beans": "black-beans",
    "kidney beans": "kidney-beans",
    "white beans": "white-beans",
    "baked beans": "baked-beans",
    "peas": "peas",
    "hummus": "hummus",
    "pizza": "pizza",
    "hamburger": "hamburger",
    "cheeseburger": "cheeseburger",
    "fries": "french-fries",
    "crisps": "crisps",
    "potato chips": "crisps",
    "lasagna": "lasagna",
    "mac and cheese": "mac-and-cheese",
    "chicken soup": "chicken-soup",
    "d3": "vitamin-d3",
    "vitamin D3": "vitamin-d3",
    "cholecalciferol": "vitamin-d3",
    "vit d": "vitamin-d",
    "mk-7": "vitamin-k2-mk7",
    "MK7": "vitamin-k2-mk7",
    "menatetrenone": "vitamin-k2-mk4",
    "k2": "vitamin-k2",
    "k1": "vitamin-k1",
    "calcium": "calcium",
    "calcium citrate": "calcium-citrate",
    "calcium 600 + d3 400": "calcium-600-d3-400-tablet",
    "cod liver oil": "cod-liver-oil",
}

AMBIGUOUS = ("cheese", "fish", "meat", "beans", "nuts", "juice", "chips", "oil")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def foods(catalogue) -> dict[str, Food]:
    return {food.key: food for food, *_ in catalogue.foods}


@pytest.fixture(scope="module")
def by_name(catalogue) -> dict[str, str]:
    return {name_key(name): food.key for food, names, *_ in catalogue.foods for name in names}


@pytest.fixture
def flawed(tmp_path: Path):
    """Load a catalogue of one source, one reason for zero and the given food file."""
    source = '[here]\ncitation = "C"\nyear = "2020"\nwhere = "W"\nnote = "N"\n'
    (tmp_path / "sources.toml").write_text(source, encoding="utf-8")
    (tmp_path / "zeros.toml").write_text(
        '[plant]\nnutrients = ["vitamin_k2_ug"]\nsource = "here"\nwhy = "Y"\n', encoding="utf-8"
    )

    def refusal(lines: str, key: str = "thing") -> str:
        good = {"name": '"Thing"', "source": '"here"', "serving": '"30 g"', "calcium_mg": "1"}
        good |= dict(line.split(" = ", 1) for line in lines.splitlines() if line)
        body = "\n".join(f"{name} = {value}" for name, value in good.items() if value != "-")
        (tmp_path / "things.toml").write_text(f"[{key}]\n{body}\n", encoding="utf-8")
        with pytest.raises(CatalogueError) as caught:
            load(tmp_path)
        return str(caught.value)

    return refusal


def figure(best: float, low: float | None = None, high: float | None = None) -> Figure:
    return Figure(Amount.of(best, low, high), "measured", "here")


def k2(foods: dict[str, Food], key: str) -> tuple[float | None, float | None, float | None]:
    best, low, high, _ = foods[key].figures["vitamin_k2"].amount
    return best, low, high


def all_figures(catalogue: Catalogue):
    for food, *_ in catalogue.foods:
        for nutrient, one in food.figures.items():
            yield food, nutrient, one


def test_has_its_edition_and_enough_to_eat(catalogue):
    """450 foods and 40 supplements at the least."""
    supplements = sum(food.supplement for food, *_ in catalogue.foods)

    assert catalogue.edition == EDITION
    assert len(catalogue.foods) - supplements >= 450
    assert supplements >= 40


def test_every_figure_has_a_known_source_and_basis(catalogue):
    known = {source.key for source in catalogue.sources}

    for food, nutrient, one in all_figures(catalogue):
        sources = {key.partition(":")[0] for key in one.source.split(", ")}
        assert sources <= known, (food.key, nutrient)
        assert one.basis in BASES, (food.key, nutrient)


def test_every_source_is_used_and_says_what_it_measured(catalogue, foods):
    used = {
        key.partition(":")[0]
        for _, _, one in all_figures(catalogue)
        for key in one.source.split(", ")
    } | {food.salt.source for food in foods.values() if food.salt}
    by_kind = {
        key.partition(":")[0]
        for figures in load_kind_figures().values()
        for figure in figures.values()
        for key in figure.source.split(", ")
    }

    assert {source.key for source in catalogue.sources} == used | by_kind
    assert all(all(source) for source in catalogue.sources)


def test_every_amount_is_ordered_and_not_negative(catalogue):
    for food, nutrient, one in all_figures(catalogue):
        best, low, high, _ = one.amount
        assert 0 <= low <= best, (food.key, nutrient)
        assert high is None or best <= high, (food.key, nutrient)


def test_every_food_amount_is_within_what_foods_hold(catalogue):
    for food, nutrient, one in all_figures(catalogue):
        assert nutrient in NUTRIENTS
        assert food.unit != "g" or (one.amount.high or 0) <= SANE[nutrient], food.key


def test_no_form_of_vitamin_d_is_more_than_all_of_it(foods):
    for food in foods.values():
        for form in {"vitamin_d2", "vitamin_d3"} & food.figures.keys():
            most = food.figures["vitamin_d"].amount.high
            assert food.figures[form].amount.best <= most, food.key


def test_no_two_foods_share_a_name(catalogue):
    """In this order of words: milk chocolate is another food than chocolate milk."""
    keys = [" ".join(name_words(name)) for _, names, *_ in catalogue.foods for name in names]

    assert len(keys) == len(set(keys))


def test_forms_of_k2_never_exceed_its_high(foods):
    """Where the total is their sum they add up to it; elsewhere none is more than it can be."""
    for food in foods.values():
        total, forms = food.figures.get("vitamin_k2"), food.figures.keys() & set(K2_FORMS)
        best = sum(food.figures[form].amount.best for form in forms)
        assert not forms or total, food.key
        if total and total.note == "sum of its forms":
            assert total.amount.best == pytest.approx(best), food.key
        assert not total or best <= (total.amount.high or best), food.key


def test_a_portion_is_neither_a_crumb_nor_a_feast(foods):
    for food in foods.values():
        for measure, grams in food.portions.items():
            assert food.unit != "g" or 0.1 <= grams <= 2000, (food.key, measure)


def test_every_food_can_be_served(foods):
    """A usual serving and portions, except where the nutrient's own mass is typed."""
    for food in foods.values():
        assert bool(food.serving) == bool(food.portions) == (food.active is None), food.key


def test_whatever_is_poured_has_a_volume(foods):
    for food in foods.values():
        if food.liquid:
            assert food.density or VOLUMES & food.portions.keys(), food.key


@pytest.mark.parametrize("key", SPOONED)
def test_whatever_is_spooned_has_a_volume(foods, key):
    assert VOLUMES & foods[key].portions.keys()


def test_portions_are_plain_words_and_no_units_of_mass(foods):
    for food in foods.values():
        for measure in food.portions:
            assert measure == measure.lower()
            assert measure not in ("g", "oz", "lb", "kg")


@pytest.mark.parametrize(("name", "key"), RESOLVES.items())
def test_an_everyday_word_is_the_everyday_food(by_name, name, key):
    assert by_name.get(name_key(name)) == key


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_an_ambiguous_word_belongs_to_no_food(by_name, word):
    assert name_key(word) not in by_name


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("natto", (937, 80, 1150)),
        ("natto-chopped", (937, 80, 1350)),
        ("gouda", (47.5, 0.3, 131.2)),
        ("cheddar", (21.7, 17.4, 26)),
        ("us-cheddar", (279.6, 269.6, 289.6)),
        ("emmental", (53.1, 25.7, 72)),
        ("raclette", (23.3, 2.3, 131.2)),
        ("brie", (56, 0.3, 80.2)),
        ("munster", (80, 0.3, 80.2)),
        ("butter", (15, 15, 22)),
        ("egg-yolk", (32, 15, 40)),
        ("egg-white", (0.9, 0, 1)),
        ("chicken-leg", (33.2, 24, 58)),
        ("chicken-breast", (10.5, 8.4, 15.5)),
        ("whole-milk-unfortified", (0.9, 0.1, 1)),
        ("yogurt", (0.68, 0.1, 0.68)),
        ("whole-milk", (37.8, 20.6, 55)),
        ("sauerkraut", (4.8, 3.6, 5.6)),
        ("miso", (0, 0, 10)),
        ("white-bread", (0.3, 0, 1)),
        ("salmon", (0.5, 0.5, 0.5)),
        ("goose", (31, 31, 31)),
    ],
)
def test_vitamin_k2_of(foods, key, expected):
    """Totals and ranges as the literature has them."""
    assert k2(foods, key) == expected


def test_a_whole_egg_is_its_yolk_and_white(foods):
    """17 g of yolk and 33 g of white in 50 g; hens on enriched feed lay the high end."""
    whole, yolk, white = (k2(foods, key) for key in ("egg", "egg-yolk", "egg-white"))
    parts = [(17 * y + 33 * w) / 50 for y, w in zip(yolk, white, strict=True)]

    assert whole == (11.5, 5.1, 25.5)
    assert list(whole[:2]) == pytest.approx(parts[:2], abs=0.1)
    assert whole[2] > parts[2]
    assert foods["egg"].figures["vitamin_k2"].basis == "calculated"


@pytest.mark.parametrize(
    "key", ["eel", "blue-cheese", "beef-liver", "goose-liver", "pork-chop", "kimchi", "kefir"]
)
def test_what_nobody_knows_is_unknown_and_not_zero(foods, key):
    assert "vitamin_k2" not in foods[key].figures


@pytest.mark.parametrize("key", ["cream-cheese", "pepperoni", "lasagna", "part-skim-mozzarella"])
def test_mk4_alone_is_only_part_of_the_total(foods, key):
    amount = foods[key].figures["vitamin_k2"].amount

    assert amount.best == foods[key].figures["mk4"].amount.best
    assert not amount.known


@pytest.mark.parametrize("key", ["kale", "olive-oil", "tofu", "water", "coffee", "sugar"])
def test_what_cannot_hold_k2_is_assumed_zero(foods, key):
    one = foods[key].figures["vitamin_k2"]

    assert (one.amount, one.basis) == (ZERO, "assumed-zero")


@pytest.mark.parametrize("key", ["beer", "red-wine", "cocoa"])
def test_yeast_and_cocoa_are_estimated_to_hold_next_to_none(foods, key):
    one = foods[key].figures["vitamin_k2"]

    assert (one.amount, one.basis) == (Amount.of(0, 0, 1), "estimated")


def test_tofu_of_unknown_kind_has_a_wide_range_of_calcium(foods):
    assert foods["tofu"].figures["calcium"].amount == Amount.of(350, 32, 683)


def test_a_tablespoon_of_natto_is_eleven_grams(foods):
    assert foods["natto"].portions["tbsp"] == 11


def test_vitamin_d_of_mushrooms_is_d2(foods):
    figures = foods["uv-mushrooms"].figures

    assert figures["vitamin_d2"].amount == figures["vitamin_d"].amount
    assert figures["vitamin_d"].amount.best == 26.2
    assert figures["vitamin_d3"].amount == ZERO


def test_vitamin_d_of_fortified_soy_milk_is_d2(foods):
    """As the American makers state."""
    figures = foods["soy-milk"].figures

    assert figures["vitamin_d2"].amount.best == 1.1
    assert figures["vitamin_d3"].amount == ZERO


def test_vitamin_d_of_salmon_is_d3(foods):
    assert foods["salmon"].figures["vitamin_d3"].amount.best == 13.1
    assert foods["salmon"].figures["vitamin_d3"].basis == "calculated"


def test_eel_has_no_vitamin_d_figure(foods):
    assert "vitamin_d3" not in foods["eel"].figures


def test_vitamin_d_of_no_stated_form_has_no_forms(foods):
    figures = foods["vitamin-d"].figures

    assert figures["vitamin_d"].amount.best == 1
    assert not {"vitamin_d2", "vitamin_d3"} & figures.keys()


def test_a_pill_holds_what_its_name_says_and_nothing_else(foods):
    """40 IU are 1 µg; what is not on the label is zero."""
    figures = foods["calcium-600-d3-400-tablet"].figures

    assert figures["calcium"].amount.best == 600
    assert figures["vitamin_d3"].amount.best == figures["vitamin_d"].amount.best == 10
    assert figures["vitamin_k2"].amount == ZERO
    assert figures.keys() == NUTRIENTS.keys()


def test_vitamin_k2_of_a_pill_is_the_sum_of_its_forms(foods):
    assert k2(foods, "d3-1000-mk7-90-capsule") == (90, 90, 90)


def test_salts_know_their_share_of_calcium(foods):
    shares = {key: foods[key].salt.fraction for key in ("calcium-carbonate", "calcium-citrate")}

    assert shares == {"calcium-carbonate": 0.4, "calcium-citrate": 0.211}


def test_no_vitamin_d_means_none_of_either_form():
    figures = derive({"vitamin_d": figure(0)})

    assert figures["vitamin_d3"].amount == figures["vitamin_d2"].amount == ZERO


def test_vitamin_d_of_an_animal_is_d3():
    figures = derive({"vitamin_d": figure(5)}, Traits(animal=True))

    assert figures["vitamin_d3"] == Figure(
        Amount.of(5), "calculated", "here", "in animals it is D3 in practice"
    )
    assert figures["vitamin_d2"].amount == ZERO


def test_vitamin_d_of_a_fungus_is_d2():
    figures = derive({"vitamin_d": figure(5, 1, 9)}, Traits(fungus=True))

    assert figures["vitamin_d2"].amount == Amount.of(5, 1, 9)
    assert figures["vitamin_d3"].amount == ZERO


def test_vitamin_d_of_unstated_form_stays_so():
    assert derive({"vitamin_d": figure(5)}).keys() == {"vitamin_d"}


def test_the_rest_of_vitamin_d_is_the_other_form():
    figures = derive({"vitamin_d": figure(5, 4, 6), "vitamin_d3": figure(3)})

    assert figures["vitamin_d2"].amount == Amount.of(2, 1, 3)


def test_a_rest_is_never_negative():
    figures = derive({"vitamin_d": figure(5), "vitamin_d3": figure(6)})

    assert figures["vitamin_d2"].amount == ZERO


def test_d3_and_d2_are_the_total():
    figures = derive({"vitamin_d3": figure(5), "vitamin_d2": figure(1)})

    assert figures["vitamin_d"].amount == Amount.of(6)


def test_d3_alone_is_the_total_of_an_animal_only():
    animal = derive({"vitamin_d3": figure(5)}, Traits(animal=True))

    assert animal["vitamin_d"].amount == Amount.of(5)
    assert "vitamin_d" not in derive({"vitamin_d3": figure(5)})


def test_all_forms_of_k2_are_its_total():
    figures = derive({form: figure(2, 1, 3) for form in K2_FORMS})

    assert figures["vitamin_k2"].amount == Amount.of(6, 3, 9)
    assert figures["vitamin_k2"].basis == "calculated"


def test_some_forms_of_k2_are_part_of_its_total():
    figures = derive({"mk4": figure(8, 7, 9)})

    assert figures["vitamin_k2"].amount == Amount.partial(8, 7)


def test_forms_are_never_added_to_a_total():
    figures = derive({"vitamin_k2": figure(21, 10, 25), "mk4": figure(8.6)})

    assert figures["vitamin_k2"].amount == Amount.of(21, 10, 25)


def test_a_reason_for_zero_never_touches_a_figure():
    reason = Zero("plant", ("vitamin_k2", "mk4"), "there", "why not")
    figures = derive({"mk4": figure(3)}, Traits(zeros=(reason,)))

    assert figures["mk4"].amount == Amount.of(3)
    assert figures["vitamin_k2"] == Figure(ZERO, "assumed-zero", "there", "why not")


def test_a_reason_with_a_high_end_is_an_estimate():
    figures = derive({}, Traits(zeros=(Zero("yeast", ("mk4",), "there", "why not", 1.0),)))

    assert figures["mk4"] == Figure(Amount.of(0, 0, 1), "estimated", "there", "why not")


def test_what_is_declared_unknown_stays_unknown():
    reason = Zero("label", ("vitamin_d3",), "there", "why not")
    unknown = frozenset({"vitamin_d3", "vitamin_d2"})

    assert derive({}, Traits(unknown=unknown, zeros=(reason,))) == {}


def test_nothing_follows_from_nothing():
    assert derive({}) == {}


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("calcium_ug = 5", 'unknown key "calcium_ug"'),
        ("calsium_mg = 5", 'unknown key "calsium_mg"'),
        ("source = -", "calcium_mg has no source"),
        ('source = "elsewhere"', 'the source "elsewhere", which is not in sources.toml'),
        ('source = "here, unsourced:1"', 'the source "unsourced:1"'),
        ("mk4_ug = { best = 1, low = 2 }", "mk4_ug must have low <= best <= high"),
        ("mk4_ug = { best = 1, high = 0.5 }", "mk4_ug must have low <= best <= high"),
        ("mk4_ug = { low = 1, high = 2 }", "mk4_ug must be a number"),
        ("mk4_ug = { best = 1, hihg = 2 }", 'unknown key "hihg"'),
        ('mk4_ug = { best = 1, basis = "unverified" }', 'the basis "unverified"'),
        ("mk4_ug = -1", "mk4_ug must be zero or more"),
        ("mk4_ug = nan", "mk4_ug must be zero or more"),
        ("mk4_ug = true", "mk4_ug must be a number"),
        ('mk4_ug = "much"', "mk4_ug must be a number"),
        ('calculated = ["mk7_ug"]', "mk7_ug has a basis but no figure"),
        ('assumed_zero = ["weather"]', 'no reason "weather"'),
        ('unknown = ["calcium_mg"]', "calcium_mg is declared unknown and has a figure"),
        ('unknown = ["vitamin_c_mg"]', '"vitamin_c_mg", which is no nutrient'),
        ("portions = { oz = 28 }", '"oz" cannot be a portion'),
        ("portions = { Cup = 28 }", '"Cup" cannot be a portion'),
        ("portions = { cup = 0 }", 'the portion "cup" must be more than zero'),
        ("portions = 3", "portions must be a table"),
        ("serving = -", "serving must be a text"),
        ('serving = "1 bucket"', '"bucket" is no portion'),
        ('serving = "some g"', 'a number and a measure, not "some"'),
        ('piece = "leaf"', 'the piece "leaf" is no portion'),
        ('active = "mk7"', 'active "mk7" is no nutrient with a figure here'),
        ('name = ""', "name must be a text"),
        ("name = -", "name must be a text"),
        ('names = "stuff"', "names must be a list of texts"),
        ('names = ["things"]', '"Thing" and "things" are the same name'),
        ('liquid = "yes"', "liquid must be true or false"),
        ('salt = { name = "x", fraction = 0.1, source = "lore" }', 'the source "lore"'),
        ('salt = { name = "x", fraction = 0.1, source = "here" }', "a salt needs the active"),
    ],
)
def test_a_flaw_is_named_with_its_file_and_food(flawed, lines, wrong):
    message = flawed(lines)

    assert message.startswith("catalogue file things.toml, [thing]: ")
    assert wrong in message


def test_a_name_that_belongs_to_another_food(flawed, tmp_path):
    other = '[other]\nname = "Stuff"\nsource = "here"\nserving = "30 g"\n'
    (tmp_path / "others.toml").write_text(other, encoding="utf-8")

    message = flawed('names = ["stuffs"]')

    assert message == 'catalogue file things.toml, [thing]: the name "stuffs" belongs to [other]'


def test_a_key_that_is_taken(flawed, tmp_path):
    other = '[thing]\nname = "Stuff"\nsource = "here"\nserving = "30 g"\n'
    (tmp_path / "others.toml").write_text(other, encoding="utf-8")

    assert "[thing]: the key is in others.toml too" in flawed("")


def test_a_food_that_is_no_table(flawed, tmp_path):
    (tmp_path / "odd.toml").write_text("gouda = 3\n", encoding="utf-8")

    assert "odd.toml, [gouda]: must be a table" in flawed("")


def test_a_file_that_is_no_toml(flawed, tmp_path):
    (tmp_path / "odd.toml").write_text("[gouda\n", encoding="utf-8")

    assert "odd.toml, [file]" in flawed("")


def test_a_folder_without_sources(tmp_path):
    with pytest.raises(K2logError, match=r"sources\.toml"):
        load(tmp_path)
