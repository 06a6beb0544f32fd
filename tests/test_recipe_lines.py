"""Lines as they stand in recipes, and words that are two foods."""

import json

import pytest


@pytest.fixture
def add(k2log):
    """Log a line; return its exit code, the food and grams of each entry, and what was said."""

    def command(line: str):
        done = k2log("add", "--", line)
        if done.code:
            return done.code, [], done.err
        logged = json.loads(k2log("log", "--json").out)
        ordered = sorted(logged, key=lambda entry: entry["id"])
        return 0, [(entry["food_key"], entry["grams"]) for entry in ordered], done.err

    return command


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        # The juice and the zest of fruits
        ("juice of 1 lemon", [("lemon-juice", 48)]),
        ("juice of ½ lime, plus wedges to serve", [("lime-juice", 22)]),
        ("juice 2 limes", [("lime-juice", 88)]),
        ("1 lime, juiced", [("lime-juice", 44)]),
        ("1 lemon, juice only", [("lemon-juice", 48)]),
        ("finely grated rind of 1 orange", [("orange-zest", 9)]),
        ("zest and juice of 1 lemon", [("lemon-zest", 6), ("lemon-juice", 48)]),
        ("2 lemons, zest and juice", [("lemon-zest", 12), ("lemon-juice", 96)]),
        # Measures without a number, and those of ginger
        ("small bunch fresh parsley, chopped", [("parsley", 30)]),
        ("small handful basil leaves", [("basil", 10)]),
        ("thumb-sized piece of fresh ginger, peeled", [("ginger", 20)]),
        ("a large thumb sized piece fresh ginger", [("ginger", 20)]),
        ("2.5cm piece ginger, grated", [("ginger", 11)]),
        ("1-inch piece of ginger", [("ginger", 11)]),
        # What clauses say
        ("4 salmon fillets, about 100 g each", [("salmon", 400)]),
        ("4 salmon fillets (about 100g each)", [("salmon", 400)]),
        ("3 carrots (about 300g), diced", [("carrots", 300)]),
        ("300 g leeks (about 2), thickly sliced", [("leeks", 300)]),
        ("2 large tomatoes, chopped", [("tomato", 364)]),
        ("1 sprig rosemary, leaves finely chopped", [("rosemary", 2)]),
        ("250 g skinless and boneless chicken thighs", [("chicken-thigh-skinless", 250)]),
        ("400g tin butter beans - don't drain!", [("butter-beans", 400)]),
        ("100g sardines in brine", [("sardines", 100)]),
        # One food or another
        ("1 tbsp vegetable or rapeseed oil", [("soybean-oil", 13.6)]),
        ("400 g fettuccine (or spaghetti)", [("pasta", 400)]),
        ("25 g grated Parmesan (or vegetarian alternative)", [("grated-parmesan", 25)]),
        # Words that are two foods
        ("chilli 1", [("red-chilli", 15)]),
        ("1 tsp pepper", [("black-pepper", 2.3)]),
        ("cloves 1 tsp", [("cloves", 2.1)]),
        ("salt and pepper", [("salt-pepper", 0.4)]),
        ("salad potatoes 200g", [("potato", 200)]),
        ("1 tbsp chopped fresh oregano", [("fresh-oregano", 3)]),
        # Dry weight is dry
        ("porridge oats 50g", [("raw-oats", 50)]),
        ("oats 50g", [("raw-oats", 50)]),
        ("bowl of oats", [("oatmeal", 234)]),
        ("dry spaghetti 100g", [("dry-pasta", 100)]),
        ("100g pasta (dry weight)", [("dry-pasta", 100)]),
        # A mug holds as much of what is measured by the cup
        ("0.5 mug grated Parmesan", [("grated-parmesan", 63.4)]),
    ],
)
def test_a_line_of_a_recipe_is_logged_as_it_is_meant(add, line, entries):
    code, logged, _ = add(line)
    assert (code, logged) == (0, [(key, pytest.approx(grams, rel=0.01)) for key, grams in entries])


@pytest.mark.parametrize(
    ("line", "foods"),
    [
        ("heart 100g", ["Beef heart", "Pork heart", "Chicken heart"]),
        ("2 cloves", ["Garlic"]),
        ("1 glass milk or water", ["Whole milk", "Water, tap"]),
        ("gouda or natto 50g", ["Gouda", "Natto"]),
    ],
)
def test_what_may_be_two_foods_is_asked(add, line, foods):
    code, _, said = add(line)
    assert code == 3
    assert all(food in said for food in foods)


def test_a_food_that_only_an_alias_calls_so_is_not_offered_beside_others(add):
    assert "Hemp" not in add("heart 100g")[2]


def test_which_of_two_foods_was_counted_is_said(add):
    assert (
        'of "1 tbsp vegetable or rapeseed oil" Soybean oil was counted'
        in add("1 tbsp vegetable or rapeseed oil")[2]
    )


@pytest.mark.parametrize("size", ["small", "medium", "large", "extra large"])
@pytest.mark.parametrize("part", ["egg", "egg yolk", "egg white"])
def test_eggs_and_their_parts_have_every_size(add, size, part):
    code, logged, said = add(f"2 {size} {part}s")
    assert code == 0
    assert logged[0][0] == part.replace(" ", "-")
    assert "has no" not in said
