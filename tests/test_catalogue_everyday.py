"""Foods that people type every day and no official table holds well: each is what it says."""

import pytest

from k2log.catalogue.read import FOLDER, load
from k2log.food.food import Food
from k2log.names import name_key
from k2log.store.food_table_build import package_foods

PER_100 = {  # name as typed: its food, and the bounds of calcium in mg per 100 g
    "halloumi": ("halloumi", 450, 900),
    "paneer": ("paneer", 200, 800),
    "manchego": ("manchego", 650, 1100),
    "havarti": ("havarti", 600, 800),
    "fontina": ("fontina", 500, 700),
    "appenzeller": ("appenzeller", 550, 1050),
    "vacherin": ("vacherin-mont-dor", 400, 700),
    "limburger": ("limburger", 450, 600),
    "burrata": ("burrata", 200, 550),
    "old gouda": ("aged-gouda", 700, 950),
    "cheese curds": ("cheese-curds", 600, 750),
    "handkäse": ("hand-cheese", 90, 200),
    "hard cheese": ("hard-cheese", 650, 1100),
    "aged cheese": ("aged-cheese", 650, 1200),
    "skyr": ("skyr", 90, 200),
    "labneh": ("labneh", 90, 200),
    "lassi": ("lassi", 50, 130),
    "ayran": ("ayran", 50, 130),
    "crème fraîche": ("creme-fraiche", 50, 110),
    "clotted cream": ("clotted-cream", 20, 80),
    "lactose-free milk": ("lactose-free-milk", 100, 135),
    "sheep milk": ("sheep-milk", 170, 220),
    "buffalo milk": ("buffalo-milk", 150, 200),
    "camel milk": ("camel-milk", 100, 140),
    "horlicks": ("malted-milk", 80, 150),
    "eggnog": ("eggnog", 100, 150),
    "infant formula": ("infant-formula", 40, 70),
    "whey": ("whey", 40, 110),
    "grass-fed butter": ("grass-fed-butter", 15, 35),
    "indian curd": ("yogurt", 100, 150),
    "salmon roe": ("salmon-roe", 5, 100),
    "sprats": ("sprats", 50, 420),
    "whitebait": ("whitebait", 60, 420),
    "pilchards": ("pilchards", 200, 400),
    "arctic char": ("arctic-char", 10, 60),
    "unagi": ("unagi", 15, 40),
    "lamb liver": ("lamb-liver", 3, 15),
    "calf's liver": ("calf-liver", 3, 15),
    "pork liver": ("pork-liver", 3, 15),
    "duck liver": ("duck-liver", 3, 15),
    "kidney": ("kidney", 8, 30),
    "ox heart": ("heart", 2, 20),
    "tripe": ("tripe", 60, 160),
    "organ meats": ("organ-meats", 3, 25),
    "chorizo": ("chorizo", 4, 40),
    "mortadella": ("mortadella", 10, 40),
    "black pudding": ("black-pudding", 5, 60),
    "goose fat": ("goose-fat", 0, 2),
    "bison": ("bison", 5, 20),
    "cheonggukjang": ("cheonggukjang", 100, 300),
    "doenjang": ("doenjang", 30, 100),
    "tofuyo": ("tofuyo", 30, 100),
    "marmite": ("marmite", 50, 100),
    "kombucha": ("kombucha", 0, 15),
    "naan": ("naan", 50, 120),
    "roti": ("chapati", 20, 140),
    "injera": ("injera", 60, 130),
    "idli": ("idli", 5, 40),
    "dosa": ("dosa", 10, 50),
    "masa": ("masa", 50, 220),
    "hijiki": ("hijiki", 100, 200),
    "choy sum": ("choy-sum", 90, 230),
    "leafy greens": ("leafy-greens", 18, 160),
    "weetabix": ("weetabix", 20, 80),
    "blackstrap molasses": ("blackstrap-molasses", 150, 1000),
    "san pellegrino": ("san-pellegrino", 15, 25),
    "käsespätzle": ("kaesespaetzle", 100, 300),
    "toad in the hole": ("toad-in-the-hole", 30, 120),
    "palak paneer": ("palak-paneer", 120, 350),
    "okonomiyaki": ("okonomiyaki", 20, 80),
    "fortified oat milk": ("fortified-oat-drink", 110, 150),
}

SUPPLEMENTS = {  # name as typed: its product, and the bounds of calcium in mg, of D3 in µg
    "multivitamin": ("multivitamin", (0, 250), (5, 25)),
    "centrum silver": ("multivitamin-50", (100, 250), (5, 25)),
    "prenatal": ("prenatal", (0, 300), (5, 25)),
    "caltrate": ("calcium-600-d3", (500, 600), (10, 20)),
    "adcal-d3": ("calcium-600-d3-chewable", (300, 600), (5, 10)),
    "citracal": ("calcium-citrate-d3", (200, 325), (6.25, 12.5)),
    "viactiv": ("calcium-soft-chew", (500, 650), (10, 25)),
    "d3 + k2 drops": ("d3-k2-drops", (0, 0), (12.5, 25)),
    "cal mag d": ("calcium-magnesium-d", (200, 500), (0, 10)),
}


@pytest.fixture(scope="module")
def by_name() -> dict[str, Food]:
    if not (FOLDER / "sr28.tsv").exists():
        pytest.skip("a wheel holds the table, not its text")
    foods: dict[str, Food] = {}
    for each in sorted(package_foods(load().foods, FOLDER), key=lambda it: it.food.region == "eu"):
        for name in each.names:
            foods.setdefault(name_key(name), each.food)
    return foods


@pytest.mark.parametrize(("typed", "expected"), PER_100.items())
def test_an_everyday_food_is_itself_and_holds_what_it_holds(by_name, typed, expected):
    key, least, most = expected
    food = by_name[name_key(typed)]
    amount = food.figures["calcium"].amount

    assert food.key == key
    assert least <= amount.best <= most
    assert amount.low <= amount.best <= (amount.high or amount.best)


@pytest.mark.parametrize(("typed", "expected"), SUPPLEMENTS.items())
def test_a_generic_supplement_has_the_range_of_ordinary_labels(by_name, typed, expected):
    key, calcium, d3 = expected
    food = by_name[name_key(typed)]

    assert food.key == key
    assert "check your label: k2log foods add" in food.note
    for nutrient, (low, high) in (("calcium", calcium), ("vitamin_d3", d3)):
        figure = food.figures[nutrient]
        assert (figure.amount.low, figure.amount.high) == (low, high)
        assert figure.basis == ("typical-label" if high else "assumed-zero")


@pytest.mark.parametrize(
    ("salt", "fraction"),
    [
        ("calcium lactate", 0.130),
        ("calcium gluconate", 0.0894),
        ("calcium citrate malate", 0.237),
        ("calcium phosphate", 0.388),
        ("calcium acetate", 0.253),
    ],
)
def test_a_salt_of_calcium_has_its_share_by_formula(by_name, salt, fraction):
    assert by_name[name_key(salt)].salt.fraction == fraction


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("multivitamin 1 tablet", "check your label: k2log foods add"),
        ("organ meats 100g", "name yours"),
        ("cheese curds 50g", "US, assumed"),
    ],
)
def test_what_was_taken_is_said(k2log, typed, says):
    result = k2log("add", typed)

    assert result.code == 0, result.err
    assert says in result.out + result.err


def test_curd_is_asked_about(k2log):
    """It may be of beans, of Cheddar or Indian yogurt."""
    result = k2log("add curd 100g")

    assert result.code == 3
    assert "Cheese curds" in result.err
    assert "yogurt" in result.err


def test_a_typical_label_is_shown_as_such(k2log):
    assert "typical label" in k2log("foods show multivitamin").out


def test_a_food_estimated_by_a_row_leaves_the_row_its_name(k2log):
    """Halloumi is estimated by queso blanco; whoever logs queso blanco does not get halloumi."""
    assert "Queso blanco" in k2log("add", "Cheese, white, queso blanco 30g").out
