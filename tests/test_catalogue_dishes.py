"""Dishes are the sum of their parts, in every nutrient and by country."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from k2log.catalogue.model import CatalogueError, CatalogueFood
from k2log.catalogue.read import FOLDER, load
from k2log.food.food import Food
from k2log.store.food_table import FILE
from k2log.store.food_table_build import build, package_foods, twins_of

pytestmark = pytest.mark.skipif(
    not (FOLDER / "sr28.tsv").exists(), reason="a wheel holds the table, not its text"
)
HEADLINE = ("calcium", "vitamin_d", "vitamin_k2", "vitamin_k1", "magnesium")


@pytest.fixture(scope="module")
def dishes() -> list[CatalogueFood]:
    return [each for each in load().foods if each.dish]


@pytest.fixture(scope="module")
def foods() -> Mapping[str, Food]:
    return {each.food.key: each.food for each in package_foods(load().foods, FOLDER)}


@pytest.fixture(scope="module")
def keys() -> Mapping[str, str]:
    """Return the key of the food that stands for a row of an official table."""
    with closing(sqlite3.connect(FILE)) as db:
        rows = db.execute("SELECT key FROM foods WHERE origin IN ('sr28', 'ciqual2020')")
        of = {"sr28": "usda_sr28", "ciqual": "ciqual2020"}
        own = {f"{of[key.split(':')[0]]}:{key.split(':')[1]}": key for (key,) in rows}
    return own | twins_of(load().foods)


def test_a_dish_holds_what_its_parts_hold(dishes, foods, keys):
    """Per 100 g of what it weighs, best, low and high, added up once more by hand."""
    assert len(dishes) > 150
    for each in dishes:
        for nutrient in HEADLINE:
            of_dish = foods[each.food.key].figures[nutrient].amount
            for end in range(3):
                held = 0.0
                for part in each.dish.parts:
                    food = foods[keys.get(part.food, part.food)]
                    assert nutrient in food.figures, (each.food.key, part.food)
                    per_g = food.figures[nutrient].amount[end] / food.per
                    held += per_g * part.grams / (food.density or 1 if food.unit == "ml" else 1)
                assert of_dish[end] == pytest.approx(held * 100 / each.dish.weight_g, abs=0.006)


def test_every_dish_has_figures_of_what_is_reported(dishes, foods):
    """None makes a sum unknown."""
    for each in dishes:
        for nutrient in HEADLINE:
            assert foods[each.food.key].figures[nutrient].amount.known, each.food.key


def test_a_dish_with_milk_is_american_or_european(foods):
    """The figures are those of its milk, and no range is over both."""
    american, european = foods["milkshake"], foods["eu-milkshake"]

    assert american.name == "Milkshake (US)"
    assert european.name == "Milkshake (Europe)"
    assert american.figures["vitamin_k2"].amount.low > 10
    assert european.figures["vitamin_k2"].amount.high < 5
    assert american.figures["vitamin_d"].amount.best > european.figures["vitamin_d"].amount.best


@pytest.mark.parametrize(("region", "key"), [("us", "milkshake"), ("uk", "eu-milkshake")])
def test_the_region_picks_the_dish(region, key, k2log):
    k2log("config", "set", "region", region)

    added = k2log("add", "milkshake", "--json")

    assert added.code == 0, added.err
    assert f'"food_key": "{key}"' in added.out


def test_a_figure_by_kind_of_a_part_is_said(foods):
    """With the part's name."""
    figure = foods["cobb-salad"].figures["vitamin_k2"]

    assert (figure.basis, figure.note) == ("by-kind", "sum of its parts; by kind: bacon")
    assert foods["cobb-salad"].figures["calcium"].basis == "calculated"


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ("parts.egg = 100", 'the part "egg" must be [grams, "food"]'),
        ('parts.egg = [0, "here"]', 'the part "egg" must be [grams, "food"]'),
        ('parts.egg = [10, "egg"]\ncalcium_mg = 5', 'unknown key "calcium_mg"'),
        ('parts.egg = [10, "egg"]\nweight_g = "much"', "weight_g must be a number"),
    ],
)
def test_a_dish_that_cannot_be_added_up_is_refused(parts, wrong, tmp_path):
    """With the file and the dish."""
    for name in ("sources.toml", "zeros.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    text = f'[omelette]\nname = "Omelette"\nserving = "100 g"\n{parts}\n'
    (tmp_path / "things.toml").write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError) as refused:
        load(tmp_path)

    assert str(refused.value) == f"catalogue file things.toml, [omelette]: {wrong}"


def test_a_part_that_is_no_food_is_refused(dishes):
    """When the table is made."""
    dish = dishes[0].dish
    odd = dish.parts[0]._replace(food="usda_sr28:99999")
    broken = dishes[0]._replace(dish=dish._replace(parts=(odd,)))

    with pytest.raises(CatalogueError, match="is no food: usda_sr28:99999"):
        list(package_foods([broken], FOLDER))


def test_the_table_of_this_checkout_has_the_dishes(tmp_path: Path, dishes):
    """As a wheel has."""
    build(tmp_path / "foods.db")
    with closing(sqlite3.connect(tmp_path / "foods.db")) as db:
        keys = {key for (key,) in db.execute("SELECT key FROM foods")}

    assert {each.food.key for each in dishes} <= keys
