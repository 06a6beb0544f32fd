"""``k2log recipe``: foods made of foods."""

import json
import sqlite3
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.amounts import Amount
from k2log.food.food import Figure, Food
from k2log.food.measure import nutrients
from k2log.food.recipe import Ingredient, Recipe, dish, holders, way_round

BOWL = ["natto 50g", "rice 150g", "egg 1"]


@pytest.fixture
def bowl(k2log):
    """Make a bowl for two."""
    assert k2log("recipe", "add", "natto bowl", *BOWL, "--serves", "2").code == 0


def logged(k2log, *items: str) -> dict:
    result = k2log("add", *items, "--dry-run", "--json")
    assert result.code == 0, result.err
    (one,) = json.loads(result.out)
    return one


def calcium(k2log, *items: str) -> float:
    return logged(k2log, *items)["nutrients"]["calcium"]["amount"]


def refused(result, code: int, *said: str) -> None:
    assert result.code == code, result
    assert result.err.count("\n") == 1, result.err
    for words in said:
        assert words in result.err
    assert result.out == ""


def rows(diary) -> tuple[int, int]:
    with closing(sqlite3.connect(diary)) as db:
        return (
            db.execute("SELECT count(*) FROM changes").fetchone()[0],
            db.execute("SELECT count(*) FROM recipes").fetchone()[0],
        )


def test_a_recipe_is_logged_by_the_serving(k2log, bowl):
    """Its name alone is one serving, and that is said to be assumed."""
    assert "natto bowl · 1 serving = 125 g (assumed)" in k2log("add", "natto bowl").out


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("natto bowl 1.5 servings", 187.5),
        ("2 natto bowls", 250),
        ("natto bowl 200g", 200),
        ("half a natto bowl", 62.5),
        ("food:own:natto-bowl 1 serving", 125),
    ],
)
def test_a_recipe_is_measured_as_any_food(typed, grams, k2log, bowl):
    """Servings, pieces that are servings, and grams."""
    assert logged(k2log, typed)["grams"] == grams


def test_the_whole_dish_holds_what_its_ingredients_hold(k2log, bowl):
    """Best, low and high of every nutrient, as if each was logged by itself."""
    parts = json.loads(k2log("add", *BOWL, "--dry-run", "--json").out)
    whole = logged(k2log, "natto bowl 2 servings")["nutrients"]

    for nutrient, amount in whole.items():
        for end in ("amount", "low", "high"):
            wanted = [part["nutrients"][nutrient][end] for part in parts]
            together = None if end == "high" and None in wanted else sum(filter(None, wanted))
            assert amount[end] == pytest.approx(together, abs=1e-5), (nutrient, end)


def test_what_an_ingredient_has_no_figure_for_stays_unknown(k2log):
    """Eel has no figure for K2: the sum is not complete, and not zero."""
    k2log("recipe", "add", "eel natto", "eel 100g", "natto 10g")
    k2log("recipe", "add", "just eel", "eel 100g")

    some, none = (
        logged(k2log, name)["nutrients"]["vitamin_k2"] for name in ("eel natto", "just eel")
    )

    assert some["amount"] > 90
    assert (some["high"], some["all_known"]) == (None, False)
    assert none["amount"] is None


def test_the_cooked_weight_makes_the_dish_denser(k2log):
    """What boils away takes no calcium with it."""
    k2log("recipe", "add", "stock", "whole milk 1000g", "--yield", "500g", "--serves", "4")

    assert logged(k2log, "stock 1 serving")["grams"] == 125
    assert calcium(k2log, "stock 100g") == pytest.approx(calcium(k2log, "whole milk 200g"))


def test_a_recipe_shows_its_ingredients_and_sums(k2log, bowl):
    """A line an ingredient, the whole, a serving."""
    lines = k2log("recipe", "show", "natto bowl").out.splitlines()

    assert lines[0] == "natto bowl  (food:own:natto-bowl)"
    assert [line.split("  ")[2] for line in lines[2:]] == [
        "Natto · 50 g",
        "White rice, cooked · 150 g",
        "Egg · 1 = 50 g",
        "in all = 250 g",
        "1 of 2 servings = 125 g",
    ]


def test_the_list_says_what_a_serving_holds(k2log, bowl):
    """One line a recipe."""
    k2log("recipe", "add", "egg duo", "2 eggs")

    lines = k2log("recipe list").out.splitlines()

    assert len(lines) == 2
    assert "natto bowl · 1 serving = 125 g" in lines[0]
    assert "calcium 56 mg" in lines[1]


def test_without_recipes_the_list_says_how_to_make_one(k2log):
    """Not an empty screen."""
    assert "k2log recipe add" in k2log("recipe list").out


def test_a_recipe_can_be_part_of_a_recipe(k2log, bowl):
    """By its serving, as any food."""
    k2log("recipe", "add", "lunch", "natto bowl", "apple 1")

    assert calcium(k2log, "lunch") == pytest.approx(
        calcium(k2log, "natto bowl") + calcium(k2log, "apple 1"), abs=1e-4
    )


def test_an_edited_recipe_takes_the_outer_ones_along(k2log, bowl):
    """In one change: undo takes both back, redo does both again."""
    k2log("recipe", "add", "lunch", "natto bowl", "apple 1")
    k2log("recipe", "add", "picnic", "lunch", "egg 1")
    before = [calcium(k2log, name) for name in ("natto bowl", "lunch", "picnic")]

    k2log("recipe", "edit", "natto bowl", "--serves", "1")
    after = [calcium(k2log, name) for name in ("natto bowl", "lunch", "picnic")]
    k2log("undo")
    undone = [calcium(k2log, name) for name in ("natto bowl", "lunch", "picnic")]
    k2log("redo")

    assert [new - old for new, old in zip(after, before, strict=True)] == pytest.approx(
        [before[0]] * 3, abs=1e-4
    )
    assert undone == before
    assert [calcium(k2log, name) for name in ("natto bowl", "lunch", "picnic")] == after


def test_an_edited_food_of_ones_own_takes_recipes_along(k2log):
    """A label that changed; undo brings back the food and the dish."""
    k2log("foods", "add", "oat base", "--calcium", "100mg")
    k2log("recipe", "add", "overnight", "oat base 200g")
    k2log("foods", "edit", "oat base", "--calcium", "120mg")

    assert calcium(k2log, "overnight") == 240
    k2log("undo")
    assert calcium(k2log, "overnight") == 200


def test_past_entries_stay_as_they_were_logged(k2log, bowl):
    """A recipe that is edited or removed changes no entry."""
    k2log("add", "natto bowl")
    before = k2log("log --json").out

    k2log("recipe", "edit", "natto bowl", "gouda 30g")
    assert k2log("log --json").out == before
    k2log("recipe", "rm", "natto bowl")
    assert k2log("log --json").out == before


def test_figures_of_the_catalogue_change_a_recipe_only_when_asked(k2log, bowl, newer_foods):
    """Its page says that they did; edit without more takes them over."""
    before = calcium(k2log, "natto bowl")
    newer_foods(
        "UPDATE figures SET best = best * 2, low = low * 2, high = high * 2"
        " WHERE nutrient = 'calcium' AND food_id = (SELECT id FROM foods WHERE key = 'natto')"
    )

    assert calcium(k2log, "natto bowl") == before
    assert 'k2log recipe edit "natto bowl"' in k2log("recipe", "show", "natto bowl").err
    assert k2log("recipe", "edit", "natto bowl").code == 0
    assert calcium(k2log, "natto bowl") == pytest.approx(before + 109 / 2, abs=0.5)
    assert k2log("recipe", "show", "natto bowl").err == ""


def test_an_edit_that_changes_nothing_is_no_change(k2log, bowl, diary):
    """Nothing for undo to take back."""
    before = rows(diary)

    assert "nothing to change" in k2log("recipe", "edit", "natto bowl").err
    assert rows(diary) == before


def test_new_ingredients_take_the_place_of_all_before(k2log, bowl):
    """What is not given stays: it is still for two."""
    k2log("recipe", "edit", "natto bowl", "gouda 30g", "egg 1")

    assert logged(k2log, "natto bowl")["grams"] == 40


def test_the_cooked_weight_stays_until_it_is_changed(k2log, bowl):
    """With new ingredients that is said."""
    k2log("recipe", "edit", "natto bowl", "--yield", "180g")
    kept = k2log("recipe", "edit", "natto bowl", "gouda 60g", "egg 1")
    heavy = logged(k2log, "natto bowl")["grams"]
    k2log("recipe", "edit", "natto bowl", "--yield", "none")

    assert "--yield" in kept.err
    assert heavy == 90
    assert logged(k2log, "natto bowl")["grams"] == 55


def test_a_renamed_recipe_keeps_its_key(k2log, bowl):
    """So entries and outer recipes still mean it."""
    k2log("recipe", "add", "lunch", "natto bowl", "apple 1")
    k2log("recipe", "edit", "natto bowl", "--name", "breakfast special")

    assert logged(k2log, "breakfast special")["food_key"] == "own:natto-bowl"
    assert "breakfast special · 1 serving" in k2log("recipe show lunch").out


def test_a_name_of_ones_own_for_a_recipe_outlives_an_edit(k2log, bowl):
    """An alias is no part of the recipe."""
    k2log("foods", "alias", "schaal", "natto bowl")
    k2log("recipe", "edit", "natto bowl", "--serves", "1")

    assert logged(k2log, "schaal")["food"] == "natto bowl"


def test_every_change_of_a_recipe_can_be_undone(k2log, bowl):
    """rm, edit and add, one after the other."""
    k2log("recipe", "edit", "natto bowl", "gouda 30g", "--serves", "3")
    k2log("recipe", "rm", "natto bowl")
    assert k2log("add", "natto bowl", "--dry-run").code == 3

    k2log("undo")
    assert logged(k2log, "natto bowl")["grams"] == 10
    k2log("undo")
    assert "Egg · 1 = 50 g" in k2log("recipe", "show", "natto bowl").out
    k2log("undo")
    assert k2log("recipe list").out.startswith("No recipes")
    k2log("redo")
    assert logged(k2log, "natto bowl")["grams"] == 125


def test_an_ingredient_no_longer_in_use_is_named(k2log, bowl):
    """The outer recipe keeps working."""
    k2log("recipe", "add", "lunch", "natto bowl", "apple 1")
    before = calcium(k2log, "lunch")
    k2log("recipe", "rm", "natto bowl")

    assert k2log("recipe show lunch").err == "natto bowl is no longer in use\n"
    assert k2log("recipe edit lunch --serves 2").code == 0
    assert calcium(k2log, "lunch") == pytest.approx(before / 2, abs=1e-4)


def test_a_removed_recipe_can_be_made_again(k2log, bowl):
    """Its name is free."""
    k2log("recipe", "rm", "natto bowl")
    again = k2log("recipe", "add", "natto bowl", "natto 40g")

    assert again.code == 0, again.err
    assert logged(k2log, "natto bowl")["grams"] == 40


def test_a_food_from_a_label_may_follow_a_recipe_of_its_name(k2log, bowl):
    """Then it is a recipe no longer, until undo."""
    k2log("recipe", "rm", "natto bowl")
    assert k2log("foods", "add", "natto bowl", "--calcium", "50mg").code == 0
    assert k2log("recipe", "show", "natto bowl").code == 3

    k2log("undo")
    k2log("undo")
    assert "Egg · 1 = 50 g" in k2log("recipe", "show", "natto bowl").out


@pytest.mark.parametrize(
    ("edit", "way"),
    [
        (["natto bowl", "natto bowl 1 serving"], "natto bowl holds natto bowl"),
        (["natto bowl", "lunch 1 serving"], "natto bowl holds lunch; lunch holds natto bowl"),
        (["natto bowl", "picnic"], "natto bowl holds picnic; picnic holds lunch; lunch holds"),
    ],
)
def test_a_recipe_never_holds_itself(edit, way, k2log, bowl, diary):
    """Directly or through others: refused, naming the way round."""
    k2log("recipe", "add", "lunch", "natto bowl", "apple 1")
    k2log("recipe", "add", "picnic", "lunch", "egg 1")
    before = rows(diary)

    refused(k2log("recipe", "edit", *edit), 1, way)
    assert rows(diary) == before


def test_a_recipe_made_again_never_holds_itself(k2log, bowl):
    """An outer recipe still holds the one that was removed."""
    k2log("recipe", "add", "lunch", "natto bowl", "apple 1")
    k2log("recipe", "rm", "natto bowl")

    refused(k2log("recipe", "add", "natto bowl", "lunch"), 1, "lunch holds natto bowl")


def test_an_undo_that_closes_a_circle_leaves_all_of_it_usable(k2log):
    """Two recipes that hold each other by way of undo: no endless round, and a way out."""
    k2log("recipe", "add", "aa", "egg 1")
    k2log("recipe", "add", "bb", "aa", "apple 1")
    k2log("recipe", "edit", "bb", "apple 1")
    k2log("recipe", "edit", "aa", "bb", "egg 1")
    k2log("undo 3")

    assert k2log("recipe show aa").code == 0
    assert k2log("add aa").code == 0
    assert k2log("recipe edit aa --serves 2").code == 1
    assert k2log("recipe", "edit", "aa", "egg 2").code == 0
    assert k2log("recipe edit bb").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["bone mix", "d3 2000IU", "natto 10g"], 1, "k2log routine add"),
        (["dish", "unicorn steak 5g", "natto 10g"], 3, "unicorn steak"),
        (["dish", "natto 10g", "apple 2 cans"], 1, "can"),
        (["dish", "natto 2,000g"], 2, "2,000"),
        (["dish", "-2 eggs"], 2, "negative"),
        (["dish", "--foo", "natto 10g"], 2, "--foo"),
        (["dish", "natto 10g", "--serves", "0"], 2, "0"),
        (["dish", "natto 10g", "--serves", "few"], 2, "few"),
        (["dish", "natto 10g", "--serves", "5000"], 2, "5000"),
        (["dish", "natto 10g", "--yield", "2 cups"], 2, "2 cups"),
        (["dish", "natto 10g", "--yield", "-5g"], 2, "-5g"),
        (["dish", "natto 10g", "--yield", "5"], 2, "850g"),
        (["dish", "natto 10g", "--yield", "1500g"], 1, "--yes"),
        (["dish", "natto 10g", "--yield", "200kg", "--yes"], 1, "100 kg"),
        (["dish", "natto 0.0000001g"], 1, "weigh"),
        (["dish", "natto 5kg"], 1, "--yes"),
        (["dish\x07", "natto 10g"], 2, "control character"),
        (["  ", "natto 10g"], 2, "empty"),
        (["!!!", "natto 10g"], 2, "letters"),
        (["natto bowl", "natto 10g"], 3, 'k2log recipe edit "natto bowl"'),
        (["Bowl of natto", "natto 10g"], 3, 'k2log recipe edit "natto bowl"'),
        (["oat base", "natto 10g"], 3, 'k2log foods edit "oat base"'),
        (["gouda", "edam 10g"], 3, "--yes"),
        (["schaal", "natto 10g"], 3, "is a food already"),
        (["schaal", "natto 10g", "--yes"], 3, 'k2log foods alias "schaal" --rm'),
    ],
)
def test_what_cannot_be_a_recipe_is_refused(arguments, code, said, k2log, bowl, diary):
    """One line that names the way on; nothing is written."""
    k2log("foods", "add", "oat base", "--calcium", "100mg")
    k2log("foods", "alias", "schaal", "gouda")
    before = rows(diary)

    refused(k2log("recipe", "add", *arguments), code, said)
    assert rows(diary) == before


def test_an_ingredient_without_a_weight_is_refused(k2log):
    """With the measures that it knows."""
    k2log("foods", "add", "oaty", "--per", "100 ml", "--calcium", "120mg")

    refused(k2log("recipe", "add", "muesli bowl", "oaty 200ml"), 1, "oaty has no weight", "ml")


def test_a_food_in_a_recipe_keeps_a_weight(k2log):
    """A label per 100 ml or for tablets would leave the recipe without figures."""
    k2log("foods", "add", "oaty", "--calcium", "120mg")
    k2log("recipe", "add", "muesli bowl", "oaty 200g")
    per_volume = k2log("foods", "edit", "oaty", "--per", "100 ml", "--calcium", "120mg")

    refused(per_volume, 1, 'part of the recipe "muesli bowl"')
    refused(k2log("foods", "edit", "oaty", "--supplement"), 2, "label")
    assert calcium(k2log, "oaty 100g") == 120


def test_a_name_of_the_catalogue_can_be_taken(k2log):
    """Then the recipe is meant."""
    made = k2log("recipe", "add", "greek yogurt", "milk 100g", "--yes")

    assert made.code == 0, made.err
    assert logged(k2log, "greek yogurt")["food_key"] == "own:greek-yogurt"


@pytest.mark.parametrize("name", ["natto bowl", "breakfast special"])
def test_a_recipe_is_not_edited_as_a_label(name, k2log, bowl):
    """Its figures come from its ingredients, under whatever name."""
    k2log("recipe", "edit", "natto bowl", "--name", name, "--serves", "1")

    refused(k2log("foods", "edit", name, "--calcium", "1mg"), 3, f'k2log recipe edit "{name}"')


@pytest.mark.parametrize("command", ["show", "edit", "rm"])
@pytest.mark.parametrize("name", ["gouda", "nosuchthing"])
def test_what_is_no_recipe_is_told_with_those_there_are(command, name, k2log, bowl):
    """Whether it is another food or none."""
    refused(k2log("recipe", command, name), 3, "is not a recipe", "natto bowl")


def test_the_region_that_was_assumed_is_said(k2log):
    """As add says it."""
    assert (
        "Whole milk, fortified (US) was taken" in k2log("recipe", "add", "shake", "milk 1 cup").err
    )


def test_what_a_recipe_is_made_of_is_kept_for_people_who_open_the_file(k2log, bowl, diary):
    """Key, amount and measure as typed, and grams."""
    with closing(sqlite3.connect(diary)) as db:
        (items,) = db.execute("SELECT items FROM recipes").fetchone()

    kept = ("key", "amount", "measure", "grams")
    assert [tuple(item[name] for name in kept) for item in json.loads(items)] == [
        ("natto", 50, "g", 50),
        ("rice", 150, "g", 150),
        ("egg", 1, None, 50),
    ]


def test_a_cup_stays_the_cup_that_it_was(k2log):
    """Whose measures one types later weighs no recipe anew."""
    k2log("recipe", "add", "shake", "whole milk 1 cup")
    k2log("config set measures metric")

    assert k2log("recipe show shake").err == ""
    assert "nothing to change" in k2log("recipe edit shake").err
    assert logged(k2log, "shake")["grams"] == 244


AMOUNTS = st.one_of(
    st.just(None),
    st.floats(0, 5000).map(lambda best: Amount.of(round(best, 3))),
    st.floats(0, 5000).map(lambda best: Amount.partial(round(best, 3))),
)
PARTS = st.lists(st.tuples(AMOUNTS, st.floats(1, 2000)), min_size=1, max_size=8)


@given(parts=PARTS, serves=st.integers(1, 12), shrunk=st.floats(0.3, 3))
def test_a_dish_never_loses_or_invents_a_nutrient(parts, serves, shrunk):
    """All servings together hold the sum of the parts; unknown parts make it partial or unknown."""
    foods = {
        str(at): Food(
            str(at), f"food {at}", "food", "g", 100.0,
            {"calcium": Figure(amount, "label", "own-label")} if amount else {}, {},
        )
        for at, (amount, _) in enumerate(parts)
    }  # fmt: skip
    items = tuple(Ingredient(str(at), "", grams, "g", grams) for at, (_, grams) in enumerate(parts))
    recipe = Recipe("dish", items, serves, sum(item.grams for item in items) * shrunk)

    whole = nutrients(dish("own:dish", recipe, foods), recipe.grams)["calcium"]

    known = [amount.best * grams / 100 for amount, grams in parts if amount]
    assert whole.known == all(amount and amount.known for amount, _ in parts)
    assert (whole.best is None) == (not known)
    assert (whole.best or 0) == pytest.approx(sum(known), rel=1e-4, abs=1e-3)


GRAPHS = st.dictionaries(
    st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefgxyz"), min_size=1, max_size=4)
)


@given(graph=GRAPHS, key=st.sampled_from("abcdefgxyz"))
def test_recipes_are_worked_out_from_the_inside_out(graph, key):
    """Each once, after what it holds; and any circle is found by the recipe that is on it."""
    recipes = {
        name: Recipe(name, tuple(Ingredient(held, held, 1, "g", 1) for held in inner))
        for name, inner in graph.items()
    }
    order = holders(recipes, key)

    assert len(set(order)) == len(order)
    assert key not in order
    circles = [name for name in recipes if way_round(recipes, name)]
    for name in circles:
        way = way_round(recipes, name)
        assert way[0] == way[-1] == name
        assert all(inner in graph[outer] for outer, inner in pairwise(way))
    if not circles:
        for at, outer in enumerate(order):
            assert not set(graph[outer]) & set(order[at:])
