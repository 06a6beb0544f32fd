"""Items joined by words: one dish first, else its parts, all or nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

JOINS = ("with", "and", "&", "plus", "on", "in", ",", "+", "w/")


def items(k2log, typed):
    """Return (food, grams to the nearest) of what would be logged, and what is said."""
    result = k2log("add", "--dry-run", "--json", "--", typed)
    assert result.code == 0, result.err
    return [
        (each["food"], round(each["grams"] or 0)) for each in json.loads(result.out)
    ], result.err


@pytest.mark.parametrize("join", JOINS)
def test_parts_are_read_each(join, k2log):
    """Whatever joins them, with or without amounts."""
    foods, _ = items(k2log, f"gouda 30g {join} 2 eggs")

    assert foods == [("Gouda", 30), ("Egg", 100)]


@pytest.mark.parametrize(
    ("typed", "food"),
    [
        ("macaroni and cheese", "Macaroni and cheese"),
        ("mac n cheese", "Macaroni and cheese"),
        ("beans on toast", "Beans on toast (US)"),
        ("chili with beans", "Chili con carne with beans, canned"),
        ("toad in the hole", "Toad in the hole (US)"),
        ("steak and kidney pie", "Steak and kidney pie"),
        ("tuna in oil", "Tuna, light, canned in oil, drained"),
        ("fish and chips", "Fish and chips"),
        ("half and half", "Half and half"),
    ],
)
def test_a_dish_of_that_whole_name_comes_first(typed, food, k2log):
    """Its parts are not counted apart."""
    assert [name for name, _ in items(k2log, typed)[0]] == [food]


@pytest.mark.parametrize(
    ("typed", "foods"),
    [
        (
            "half a tin of sardines on toast",
            ["Sardines, canned in oil, drained", "White bread (US)"],
        ),
        (
            "can of tuna with mayo",
            ["Tuna, light, canned in water, drained", "Mayonnaise"],
        ),
        ("2 eggs on toast", ["Egg", "White bread (US)"]),
        (
            "3 sausages and mash",
            ["Pork sausage, pan-fried (US)", "Mashed potatoes with milk and margarine"],
        ),
        ("2 slices of toast with butter", ["Toast with butter (US)"]),
        ("2 cups of rice and beans", ["Rice and black beans"]),
        ("bagel, cream cheese 2 tbsp", ["Bagel (US)", "Cream cheese"]),
        ("milk tea", ["Bubble tea with milk (US)"]),
    ],
)
def test_an_amount_that_a_dish_has_not_is_that_of_what_stands_beside_it(typed, foods, k2log):
    """There is no can of toast, and what is counted in plates has no two eggs."""
    assert [name for name, _ in items(k2log, typed)[0]] == foods


@pytest.mark.parametrize(
    ("typed", "grams", "said"),
    [
        ("cup of tea with milk", [237, 31], "in tea: 31 g was counted"),
        ("tea and milk", [237, 31], "in tea"),
        ("2 mugs of tea with milk", [474, 62], "in tea: 62 g"),
        ("black coffee with half and half", [237, 31], "in coffee"),
        ("tea with 50ml milk", [237, 52], ""),
        ("tea, milk", [237, 248], ""),
        ("cornflakes with milk", [28, 129], "over cereal: 129 g"),
        ("cornflakes with a glass of milk", [28, 248], ""),
        ("spaghetti with parmesan", [124, 10], "grated over it: 10 g"),
        ("spaghetti with 30g parmesan", [124, 30], ""),
        ("raisin bran w/ milk", [59, 129], "over cereal: 129 g"),
    ],
)
def test_milk_beside_a_drink_is_a_splash_and_said(typed, grams, said, k2log):
    """Only where no amount was typed and no comma parts them."""
    foods, err = items(k2log, typed)

    assert [weight for _, weight in foods] == pytest.approx(grams, abs=12)
    assert said in err
    assert said or "counted" not in err.replace("was counted as", "")


@pytest.mark.parametrize(
    ("typed", "food", "said"),
    [
        ("horlicks made with milk", "Malted milk drink with whole milk", "not added"),
        ("mug of hot chocolate with skim milk", "Hot chocolate, with milk", "not added"),
        ("egg sandwich on brown bread", "Egg sandwich (US)", "not added"),
        ("ham and cheese sandwich on rye bread", "Ham and cheese sandwich (US)", "not added"),
        ("a tuna sandwich with lettuce on a bagel", "Tuna salad sandwich (US)", "not added"),
    ],
)
def test_what_a_food_holds_already_is_not_counted_twice(typed, food, said, k2log):
    """The milk of a drink that is made with it, the bread of a sandwich; and that is said."""
    foods, err = items(k2log, typed)

    assert foods[0][0] == food
    assert not [name for name, _ in foods[1:] if name != "Lettuce, butterhead"]
    assert said in err


@pytest.mark.parametrize(
    "typed",
    ["horlicks with 300ml milk", "cup of malted milk with oat milk", "milkshake with soy milk"],
)
def test_milk_of_another_kind_or_amount_is_asked_where_there_is_some_already(typed, k2log):
    """Neither sum is right."""
    result = k2log("add", "--dry-run", "--", typed)

    assert result.code == 3
    assert "cannot take its place" in result.err


@pytest.mark.parametrize(
    ("typed", "food"),
    [
        ("ham and chesse omelette", "Ham and cheese omelette"),
        ("suasage and mash", "Sausage and mash"),
        ("ham and chese sandwich", "Ham and cheese sandwich (US)"),
    ],
)
def test_a_slip_is_mended_in_the_whole_dish_before_its_parts(typed, food, k2log):
    """No ham beside a cheese omelette; what it was taken for is said."""
    foods, err = items(k2log, typed)

    assert [name for name, _ in foods] == [food]
    assert f"was taken for {food}" in err


@pytest.mark.parametrize(
    ("typed", "foods"),
    [
        ("tea with milk x5", [("Tea, black", 1185), ("Whole milk, fortified (US)", 155)]),
        ("beans on toast x2", [("Beans on toast (US)", 550)]),
        ("2 eggs on gouda x 2", [("Egg", 200), ("Gouda", 56)]),
        ("egg 1, butter on gouda × 2", [("Egg", 50), ("Butter, salted", 10), ("Gouda", 56)]),
        ("1 egg and gouda x2", [("Egg", 50), ("Gouda", 56)]),
    ],
)
def test_how_often_behind_what_was_joined_is_that_of_all_of_it(typed, foods, k2log):
    """Foods joined by "and" are had by themselves, and so are those of a list."""
    logged, _ = items(k2log, typed)

    assert [name for name, _ in logged] == [name for name, _ in foods]
    assert [grams for _, grams in logged] == pytest.approx([grams for _, grams in foods], rel=0.02)


def test_how_often_is_said(k2log):
    """Of each food."""
    _, err = items(k2log, "tea with milk x5")

    assert "Tea, black was counted 5 times" in err


@pytest.mark.parametrize(
    ("typed", "food"),
    [
        ("coffee without milk", "Coffee, black"),
        ("black coffee, no sugar", "Coffee, black"),
        ("2 coffees w/o milk", "Coffee, black"),
        ("tea with no milk", "Tea, black"),
        ("toast no butter", "White bread (US)"),
        ("hamburger, hold the mayonnaise", "Hamburger with condiments"),
        ("cobb salad without dressing", "Cobb salad"),
        ("sardines without bones", "Sardines, canned without bones, in olive oil"),
    ],
)
def test_what_was_left_out_is_no_food(typed, food, k2log):
    """The food is taken that cannot hold it, or with it for so little that it does not matter."""
    assert [name for name, _ in items(k2log, typed)[0]] == [food]


@pytest.mark.parametrize("typed", ["pizza without cheese", "latte no milk", "lasagna no cheese"])
def test_a_food_without_what_it_is_made_of_is_refused(typed, k2log):
    """It has no figures; the way on is said."""
    refused = k2log("add", typed)

    assert refused.code == 3
    assert "has no figures. Log its parts" in refused.err


@pytest.mark.parametrize(
    ("typed", "foods"),
    [
        ("1 avocado, peeled and diced", [("Avocado", 201)]),
        ("2 eggs, beaten, and 30g gouda", [("Egg", 100), ("Gouda", 30)]),
        ("butter 10g, plus more to taste", [("Butter, salted", 10)]),
        ("gouda, 30g", [("Gouda", 30)]),
        ("gouda (grated) 30g", [("Gouda", 30)]),
        ("30 g gouda (optional)", [("Gouda", 30)]),
        ("30g gouda, cut into 1-inch cubes", [("Gouda", 30)]),
        ("spinach 100g, cooked", [("Spinach, cooked", 100)]),
        ("1 cup spinach, cooked", [("Spinach, cooked", 180)]),
        ("30 g gouda for serving", [("Gouda", 30)]),
        ("12 cups apples - peeled, cored and diced", [("Apple with skin", 1500)]),
        ("1 orange, peel and pith removed, sliced into rounds", [("Orange", 131)]),
        ("110g/4oz provolone, or similar vegetarian alternative", [("Provolone", 110)]),
        ("6 egg whites, at room temperature", [("Egg white", 198)]),
        ("1/4 cup evaporated milk, plus more as needed", [("Evaporated milk, fortified (US)", 63)]),
        ("salmon poached in milk 100g", [("Salmon, Atlantic, farmed, cooked", 100)]),
        # what only sounds like it
        ("gouda 30g, jelly", [("Gouda", 30), ("Jellies", 21)]),
        ("gouda 30g, egg white", [("Gouda", 30), ("Egg white", 33)]),
    ],
)
def test_preparation_is_no_food(typed, foods, k2log):
    """Behind a comma or in brackets; how it was cooked chooses among variants."""
    assert items(k2log, typed)[0] == foods


@pytest.mark.parametrize(
    ("typed", "calcium", "d3"),
    [
        ("calcium 600mg and d3 400 IU tablets 2", 1200, 20),
        ("2 tablets calcium 600mg + d3 400 IU", 1200, 20),
        ("calcium 600mg, d3 400 IU tablets 2", 600, 20),
        ("calcium 600mg and d3 400 IU tablet", 600, 10),
    ],
)
def test_the_doses_of_one_tablet_share_its_count(typed, calcium, d3, k2log):
    """A comma parts two products."""
    result = k2log("add", "--dry-run", "--json", typed)

    first, second = json.loads(result.out)
    assert first["nutrients"]["calcium"]["amount"] == calcium
    assert second["nutrients"]["vitamin_d3"]["amount"] == d3


@pytest.mark.parametrize(
    "typed", ["gouda with unicorn", "unicorn and gouda", "egg, gouda on unicorn"]
)
def test_all_or_nothing(typed, k2log):
    """One part that is no food refuses the line."""
    result = k2log("add", typed)

    assert result.code == 3
    assert 'no food called "unicorn"' in result.err
    assert k2log("log").out.startswith("Nothing logged")


_PARTS = st.sampled_from(
    ["gouda 30g", "2 eggs", "natto 1 tbsp", "milk", "tea", "cornflakes", "d3 1000 IU", "avocado",
     "splash of milk", "walnuts 20g", "a cup of tea"]
)  # fmt: skip


@pytest.fixture(scope="module")
def totals(tmp_path_factory):
    """Return what gives the sums of a line, from one diary that stays empty."""
    from k2log.commands.asking import chooser
    from k2log.diary.understanding import understand
    from k2log.store.diary import open_diary

    with open_diary(tmp_path_factory.mktemp("swap") / "diary.db", create=True) as diary:
        settle = chooser(diary)

        def sums(typed):
            found = understand([typed], settle)
            return {
                key: round(sum(item.nutrients[key].best or 0 for item in found), 6)
                for key in ("calcium", "vitamin_d", "vitamin_k2")
            }

        yield sums


@given(
    st.lists(_PARTS, min_size=2, max_size=4),
    st.sampled_from(["with", "and", "&", "plus"]),
    st.randoms(),
)
def test_swapping_parts_around_a_join_never_changes_the_sum(totals, parts, join, random):
    """What is beside what counts, not which is typed first."""
    swapped = random.sample(parts, len(parts))

    assert totals(f" {join} ".join(parts)) == totals(f" {join} ".join(swapped))
