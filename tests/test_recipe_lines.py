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
        ("bowl of oats", [("raw-oats", 40)]),
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


@pytest.mark.parametrize(
    "line",
    [
        "3-4 tbsp olive oil, plus extra for drizzling",
        "2 to 3 cloves garlic, crushed",
        "400g-500g pork mince",
        "2-3 x 400g tins chopped tomatoes",
        "gouda 20-30g",
    ],
)
def test_a_range_is_refused(line, add):
    """Which of its ends was had, nobody says but who had it."""
    code, logged, notes = add(line)

    assert (code, logged) == (2, [])
    assert "is a range: give one number, your best guess" in notes


@pytest.mark.parametrize("line", ["1-1/2 cups sugar", "1-½ cups sugar", "1 1/2 cups sugar"])
def test_a_hyphen_before_a_fraction_is_no_range(line, add):
    """American recipes write one and a half so."""
    _, logged, notes = add(line)

    assert logged == [("sugar", 300)]
    assert "range" not in notes


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("1 medium cos lettuce", [("romaine", 626)]),
        ("1 iceberg lettuce, shredded", [("iceberg-lettuce", 539)]),
        ("1 lettuce", [("lettuce", 163)]),
        ("3 lettuce leaves", [("lettuce", 22.5)]),
        ("2 romaine hearts", [("romaine", 360)]),
        ("1 broccoli, cut into florets", [("broccoli", 350)]),
        ("3 broccoli florets", [("raw-broccoli", 33)]),
        ("1 savoy cabbage, core removed", [("spring-greens", 600)]),
        ("1 garlic bulb", [("garlic", 40)]),
        ("1 head garlic", [("garlic", 40)]),
        ("2 garlic cloves", [("garlic", 6)]),
        ("1 head celery", [("celery", 480)]),
        ("2 celery sticks, diced", [("celery", 80)]),
        ("1 bunch kale", [("kale", 130)]),
        ("2 pizza slices", [("pizza", 214)]),
    ],
)
def test_a_whole_vegetable_is_a_whole_one(line, entries, add):
    """Its leaves, cloves and florets are counted where they are named."""
    code, logged, _ = add(line)

    assert (code, logged) == (0, entries)


@pytest.mark.parametrize(
    ("line", "entry", "other"),
    [
        ("250 g spaghetti", ("pasta", 250), "dry pasta"),
        ("1 cup quinoa, rinsed", ("quinoa", 185), "dry quinoa"),
        ("200g red lentils", ("lentils", 200), "dry lentils"),
        ("300g basmati rice", ("basmati", 300), "dry white rice"),
    ],
)
def test_what_may_have_been_weighed_dry_is_said(line, entry, other, add, k2log):
    """Where it matters; the words that are offered mean the dry food."""
    code, logged, notes = add(line)

    assert (code, logged) == (0, [entry])
    assert f'was counted as cooked; what was weighed dry: "{other}"' in notes
    assert add(f"{other} 100g")[1][-1][0].startswith("dry-")


@pytest.mark.parametrize(
    "line",
    [
        "rice 150g", "2 cups cooked rice", "boiled rice 500g", "plate of pasta", "dry pasta 250g",
        "1 (15-ounce) can black beans, rinsed and drained",
    ],
)  # fmt: skip
def test_nothing_is_said_of_dry_weight_where_it_is_known_or_does_not_matter(line, add):
    """A plate is cooked, and a tin; of 150 g of rice either way counts for little."""
    code, _, notes = add(line)

    assert code == 0
    assert "dry" not in notes


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1 stick unsalted butter, softened", 0),
        ("2 sticks butter", 0),
        ("113g butter", 0),
        ("200g caster sugar", 0),
        ("1 small bunch coriander, leaves picked", 0),
        ("300ml pot soured cream", 0),
        ("2 cups half-and-half", 0),
        ("5 sticks butter", 1),
        ("501g butter", 1),
        ("cinnamon 60g", 1),
    ],
)
def test_what_is_cooked_with_is_no_slip(line, code, add):
    """Butter, sugar and cream are served by the spoon and bought by the half pound."""
    assert add(line)[0] == code


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("2 large eggs, beaten, plus 1 yolk", [("egg", 100), ("egg-yolk", 17)]),
        ("4 spring onions, sliced on the diagonal", [("spring-onion", 60)]),
        ("200g dark chocolate (70% cocoa solids), broken up", [("dark-chocolate", 200)]),
        ("1 lime, plus wedges to serve", [("lime", 67)]),
        ("2 tbsp olive oil, plus 1 tbsp extra for brushing", [("olive-oil", 27)]),
        ("1 tbsp cornflour mixed with 2 tbsp water", [("cornstarch", 8), ("water", 29.6)]),
        ("200 g apricots, dried", [("dried-apricots", 200)]),
        ("1 bunch spring onions (white and light green parts only)", [("spring-onion", 105)]),
        ("2 cloves garlic, minced", [("garlic", 6)]),
    ],
)
def test_what_a_cook_did_is_no_food(line, entries, add):
    """In a clause, in brackets or behind the name."""
    code, logged, _ = add(line)

    assert code == 0
    assert [(key, pytest.approx(grams, 0.01)) for key, grams in logged] == entries


def test_skimmed_behind_a_comma_is_kept(add):
    """Words that choose among variants are never dropped."""
    assert add("milk, skimmed, 200ml")[1][0][0] == "skim-milk"
