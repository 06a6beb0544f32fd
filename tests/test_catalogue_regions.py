"""Foods that differ by country, and choices that change calcium several-fold."""

from pathlib import Path

import pytest

from k2log.catalogue.model import REGIONS
from k2log.catalogue.read import Catalogue, CatalogueError, CatalogueFood, load
from k2log.names import name_key

BOTH = [  # what fortification or salt makes another food
    *("whole milk", "2% milk", "1% milk", "skimmed milk"),
    *("white bread", "wholemeal bread", "rye bread", "margarine", "flour"),
    *("corn flakes", "bran flakes", "muesli"),
    *("soy milk", "almond milk", "rice milk", "orange juice"),
]

TAKEN = {  # the everyday word, and what the note says was taken
    "tofu": "tofu of unknown kind",
    "soy-milk": "soy milk with added calcium",
    "eu-soy-milk": "soy drink with added calcium",
    "almond-milk": "almond milk with added calcium",
    "oat-milk": "oat milk without added calcium",
    "eu-rice-milk": "rice drink without added calcium",
    "sardines": "sardines eaten with their bones",
    "canned-salmon": "canned salmon eaten with its bones",
    "mineral-water": "Perrier",
    "orange-juice": "plain orange juice",
    "oatmeal": "porridge made with water",
}

FEW = 50

GOOD = {
    "us": 'name = "Milk (US)"\nnames = ["milk"]\nregion = "us"\nfamily = "milk"',
    "eu": 'name = "Milk (EU)"\nregional_names = ["Milk"]\nregion = "eu"\nfamily = "milk"',
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def families(catalogue) -> dict[str, dict[str, CatalogueFood]]:
    found: dict[str, dict[str, CatalogueFood]] = {}
    for known in catalogue.foods:
        if known.family:
            found.setdefault(known.family, {})[known.region] = known
    return found


@pytest.fixture
def written(tmp_path: Path):
    """Load a catalogue of the given foods."""
    source = '[here]\ncitation = "C"\nyear = "2020"\nwhere = "W"\nnote = "N"\n'
    (tmp_path / "sources.toml").write_text(source, encoding="utf-8")
    (tmp_path / "zeros.toml").write_text("", encoding="utf-8")

    def loaded(**foods: str) -> Catalogue:
        rest = 'source = "here"\nserving = "30 g"\n'
        text = "".join(f"[{key}]\n{body}\n{rest}" for key, body in foods.items())
        (tmp_path / "things.toml").write_text(text, encoding="utf-8")
        return load(tmp_path)

    return loaded


def test_a_family_has_one_food_for_each_region(families):
    assert len(families) >= 20
    for family, foods in families.items():
        assert sorted(foods) == sorted(REGIONS), family


@pytest.mark.parametrize("word", BOTH)
def test_an_everyday_word_has_one_food_for_each_region(word, families):
    key = name_key(word)
    meant = [
        known.region
        for foods in families.values()
        for known in foods.values()
        if key in {name_key(name) for name in (*known.names, *known.regional_names)}
    ]

    assert sorted(meant) == sorted(REGIONS)


def test_european_figures_are_not_american_ones(families):
    for foods in families.values():
        if foods["eu"].dish:
            continue
        figures = foods["eu"].food.figures
        assert figures["calcium"].source.startswith("ciqual2020"), foods["eu"].food.key
        assert figures["calcium"] != foods["us"].food.figures["calcium"]


def test_european_milk_has_next_to_no_vitamin_d(families):
    for family in ("whole-milk", "milk-2-percent", "milk-1-percent", "skim-milk"):
        american, european = (families[family][region].food.figures for region in REGIONS)
        assert american["vitamin_d3"].amount.best >= 1
        assert european["vitamin_d3"].amount.high <= 0.25


@pytest.mark.parametrize(("key", "taken"), TAKEN.items())
def test_what_was_taken_of_very_unlike_kinds_is_said(key, taken, catalogue):
    known = next(known for known in catalogue.foods if known.food.key == key)

    assert known.say_note
    assert known.food.note.startswith(taken)


def test_few_notes_are_said(catalogue):
    """So that they are read."""
    said = [known for known in catalogue.foods if known.say_note]
    labels = [known for known in said if "k2log foods add" in known.food.note]

    assert len(said) - len(labels) <= FEW
    assert all(" taken" in known.food.note for known in said)


def test_what_a_note_says_to_log_can_be_logged(catalogue):
    """The names in its quotes are names of foods."""
    names = {name_key(name) for known in catalogue.foods for name in known.names}
    advised = [
        name
        for known in catalogue.foods
        if known.say_note
        for name in known.food.note.split('"')[1::2]
    ]

    assert len(advised) >= 10
    assert not [name for name in advised if name_key(name) not in names]


def test_an_open_choice_is_a_range(catalogue):
    calcium = {known.food.key: known.food.figures.get("calcium") for known in catalogue.foods}

    assert calcium["tofu"].amount[:3] == (350, 32, 683)
    assert calcium["sardines"].amount[:3] == (382, 108, 382)
    assert calcium["eu-almond-milk"].amount[:3] == (54, 12, 54)


def test_a_family_shares_a_name(written):
    american, european = written(**GOOD).foods

    assert (american.region, american.family, american.regional_names) == ("us", "milk", ())
    assert (european.region, european.family) == ("eu", "milk")
    assert european.regional_names == ("Milk",)
    assert not european.say_note


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"eu": GOOD["us"]}, '[eu]: the name "Milk (US)" belongs to [us]'),
        ({"eu": 'name = "Milk (EU)"'}, '[us]: "milk" has no food for eu'),
        ({"eu": GOOD["eu"].replace('"Milk"', '"soup"')}, 'name "soup" is no name of [us]'),
        ({"eu": GOOD["eu"].replace('["Milk"]', "[]")}, "regional_names are for every food"),
        ({"eu": GOOD["eu"].replace('"eu"', '"au"')}, 'must be us or eu, not "au"'),
        ({"eu": GOOD["eu"].replace('region = "eu"', "")}, "[eu]: region must be a text"),
        ({"eu": GOOD["eu"].replace('family = "milk"', "")}, "[eu]: family must be a text"),
        ({"more": GOOD["eu"].replace("(EU)", "2")}, '"milk" has a food for eu already'),
        ({"us": GOOD["us"] + '\nregional_names = ["milk"]'}, "but that for us"),
        ({"us": GOOD["us"] + '\nregional_names = ["soup"]'}, "but that for us"),
        ({"us": GOOD["us"] + "\nsay_note = true"}, "say_note needs a note"),
    ],
)
def test_a_flawed_family_is_refused(written, changed, wrong):
    with pytest.raises(CatalogueError) as caught:
        written(**GOOD | changed)

    assert wrong in str(caught.value)
