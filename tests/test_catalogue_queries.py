"""What people say and the food they mean, written from how people speak, not from the table."""

from collections.abc import Iterator

import pytest

from k2log.catalogue.model import REGIONS
from k2log.catalogue.read import Catalogue, load
from k2log.diary.understanding import Unasked, understand
from k2log.food.chooser import Chooser
from k2log.names import name_key
from k2log.store.diary import open_diary
from k2log.store.foods import StoredFoods

MEANT = {
    "2 boiled eggs": "boiled-egg",
    "a soft-boiled egg": "boiled-egg",
    "poached egg": "boiled-egg",
    "scrambled eggs": "scrambled-egg",
    "3 egg whites": "egg-white",
    "a glass of milk": "whole-milk",
    "glass of oat milk": "oat-milk",
    "cup of skimmed milk": "skim-milk",
    "200ml semi-skimmed milk": "milk-2-percent",
    "almond milk 1 cup": "almond-milk",
    "soya milk 250ml": "soy-milk",
    "unsweetened soy milk 1 glass": "soy-milk-unsweetened",
    "a mug of hot chocolate": "hot-chocolate",
    "buttermilk 200ml": "buttermilk",
    "kefir 1 glass": "kefir",
    "pot of yogurt": "yogurt",
    "natural yoghurt 150g": "yogurt",
    "greek yoghurt 100g": "greek-yogurt",
    "fat-free greek yogurt 170g": "greek-yogurt-nonfat",
    "strawberry yoghurt 1": "fruit-yogurt",
    "soya yoghurt 125g": "soy-yogurt",
    "single cream 50ml": "single-cream",
    "double cream 2 tbsp": "cream",
    "whipped cream 2 tbsp": "canned-whipped-cream",
    "soured cream 1 tbsp": "sour-cream",
    "2 scoops of ice cream": "ice-cream",
    "slice of gouda": "gouda",
    "30g mature cheddar": "cheddar",
    "2 slices of swiss cheese": "emmental",
    "grated parmesan 1 tbsp": "grated-parmesan",
    "a ball of mozzarella": "mozzarella",
    "feta 50g": "feta",
    "cottage cheese 100g": "cottage-cheese",
    "philadelphia": "cream-cheese",
    "cream cheese 1 tbsp": "cream-cheese",
    "goat's cheese 30g": "goat-cheese",
    "ricotta 1/2 cup": "ricotta",
    "brie 40g": "brie",
    "stilton 30g": "blue-cheese",
    "roquefort 20g": "roquefort",
    "babybel": "babybel",
    "cheese slices 2": "american-cheese",
    "slice of toast": "white-bread",
    "slice of wholemeal toast": "whole-wheat-bread",
    "2 slices of white bread": "white-bread",
    "rye bread 1 slice": "rye-bread",
    "a bagel": "bagel",
    "a croissant": "croissant",
    "half a baguette": "french-bread",
    "pitta bread": "pita",
    "bread roll": "roll",
    "crackers 4": "crackers",
    "crispbread 2": "crispbread",
    "rice cakes 2": "rice-cake",
    "porridge": "oatmeal",
    "bowl of porridge": "oatmeal",
    "bowl of cornflakes": "corn-flakes",
    "bowl of muesli": "granola",
    "bran flakes 40g": "bran-flakes",
    "granola 50g": "granola",
    "pancakes 3": "pancake",
    "plate of pasta": "pasta",
    "spaghetti 200g": "pasta",
    "spaghetti bolognese 300g": "spaghetti-bolognese",
    "lasagne 300g": "lasagna",
    "mac and cheese 1 cup": "mac-and-cheese",
    "bowl of rice": "rice",
    "brown rice 1 cup": "brown-rice",
    "basmati rice 150g": "basmati",
    "couscous 100g": "couscous",
    "quinoa 1 cup": "quinoa",
    "boiled potatoes 200g": "potato",
    "jacket potato": "baked-potato",
    "mashed potato 150g": "mashed-potatoes",
    "mash": "mashed-potatoes",
    "roast potatoes 3": "roast-potatoes",
    "oven chips 150g": "oven-fries",
    "packet of crisps": "crisps",
    "handful of crisps": "crisps",
    "handful of almonds": "almonds",
    "handful of walnuts": "walnuts",
    "10 cashews": "cashews",
    "peanut butter 1 tbsp": "peanut-butter",
    "tahini 1 tbsp": "tahini",
    "sesame seeds 1 tbsp": "sesame",
    "chia seeds 2 tbsp": "chia",
    "tin of sardines": "sardines",
    "can of tuna": "tuna",
    "tuna steak": "tuna-steak",
    "salmon fillet": "salmon",
    "smoked salmon 50g": "smoked-salmon",
    "tinned salmon 100g": "canned-salmon",
    "mackerel 100g": "mackerel",
    "smoked mackerel 80g": "smoked-mackerel",
    "kippers 1": "kippers",
    "fish fingers 4": "fish-fingers",
    "cod fillet": "cod",
    "prawns 100g": "shrimp",
    "mussels 200g": "mussels",
    "anchovies 4": "anchovies",
    "roast chicken 150g": "chicken",
    "chicken breast 150g": "chicken-breast",
    "a chicken thigh": "chicken-leg",
    "2 chicken drumsticks": "chicken-drumstick",
    "chicken nuggets 6": "chicken-nuggets",
    "turkey breast 100g": "turkey-breast",
    "mince 100g": "ground-beef",
    "beef mince 150g": "ground-beef",
    "steak 200g": "steak",
    "roast beef 100g": "roast-beef",
    "a burger": "hamburger",
    "cheeseburger": "cheeseburger",
    "pork chop": "pork-chop",
    "2 rashers of bacon": "bacon",
    "2 sausages": "sausage",
    "hot dog": "frankfurter",
    "slice of ham": "ham",
    "parma ham 3 slices": "parma-ham",
    "salami 5 slices": "salami",
    "leberwurst 30g": "liver-sausage",
    "leg of lamb 150g": "lamb",
    "duck 150g": "duck",
    "tofu 100g": "tofu",
    "silken tofu 100g": "silken-tofu",
    "tempeh 100g": "tempeh",
    "veggie burger": "veggie-burger",
    "falafel 4": "falafel",
    "hummus 2 tbsp": "hummus",
    "baked beans 200g": "baked-beans",
    "kidney beans 1/2 cup": "kidney-beans",
    "chickpeas 100g": "chickpeas",
    "lentils 1 cup": "lentils",
    "edamame 1/2 cup": "edamame",
    "natto 1 pack": "natto",
    "natto 50g": "natto",
    "bowl of tomato soup": "tomato-soup",
    "chicken soup 1 bowl": "chicken-soup",
    "vegetable soup 1 bowl": "vegetable-soup",
    "an apple": "apple",
    "half an avocado": "avocado",
    "2 bananas": "banana",
    "a handful of blueberries": "blueberries",
    "bunch of grapes": "grapes",
    "10 grapes": "grapes",
    "2 satsumas": "mandarin",
    "half a grapefruit": "grapefruit",
    "slice of watermelon": "watermelon",
    "5 prunes": "prunes",
    "2 dried figs": "dried-figs",
    "dried apricots 5": "dried-apricots",
    "raisins 1 handful": "raisins",
    "2 kiwis": "kiwi",
    "strawberries 100g": "strawberries",
    "side salad": "lettuce",
    "caesar salad": "caesar-salad",
    "2 tomatoes": "tomato",
    "5 cherry tomatoes": "cherry-tomato",
    "half a cucumber": "cucumber",
    "2 carrots": "carrots",
    "grated carrot 50g": "carrots",
    "broccoli 100g": "broccoli",
    "brussels sprouts 100g": "brussels-sprouts",
    "cauliflower 100g": "cauliflower",
    "spinach 100g": "spinach",
    "kale 100g": "kale",
    "swede 100g": "swede",
    "parsnips 100g": "parsnip",
    "courgettes 2": "courgette",
    "aubergine 100g": "aubergine",
    "red pepper": "red-pepper",
    "corn on the cob": "sweetcorn",
    "peas 100g": "peas",
    "mange tout 50g": "mangetout",
    "spring greens 100g": "spring-greens",
    "gherkin": "gherkins",
    "olives 5": "olives",
    "clove of garlic": "garlic",
    "an onion": "onion",
    "mushrooms 100g": "mushrooms",
    "sauerkraut 100g": "sauerkraut",
    "kimchi 50g": "kimchi",
    "butter 10g": "butter",
    "margarine 1 tsp": "margarine",
    "olive oil 1 tbsp": "olive-oil",
    "mayo 1 tbsp": "mayonnaise",
    "ketchup 1 tbsp": "ketchup",
    "mustard 1 tsp": "mustard",
    "soy sauce 1 tbsp": "soy-sauce",
    "honey 1 tsp": "honey",
    "marmalade 1 tbsp": "jam",
    "nutella 1 tbsp": "hazelnut-spread",
    "teaspoon of sugar": "sugar",
    "square of dark chocolate": "dark-chocolate",
    "dark chocolate 20g": "dark-chocolate",
    "bar of milk chocolate": "milk-chocolate",
    "2 chocolate chip cookies": "cookies",
    "apple pie 1 slice": "apple-pie",
    "slice of cheesecake": "cheesecake",
    "doughnut": "doughnut",
    "muffin": "muffin",
    "brownie": "brownie",
    "cup of black coffee": "coffee",
    "cup of tea": "tea",
    "cappuccino": "latte",
    "latte 350ml": "latte",
    "espresso": "espresso",
    "green tea 2 cups": "green-tea",
    "peppermint tea": "herbal-tea",
    "glass of water": "water",
    "pint of water": "water",
    "bottle of evian": "evian",
    "sparkling water 250ml": "mineral-water",
    "orange juice 200ml": "orange-juice",
    "glass of apple juice": "apple-juice",
    "can of coke": "cola",
    "diet coke": "diet-cola",
    "pint of beer": "beer",
    "glass of red wine": "red-wine",
    "glass of white wine": "white-wine",
    "shot of whisky": "spirits",
    "smoothie 250ml": "smoothie",
    "slice of pizza": "pizza",
    "pepperoni pizza 2 slices": "salami-pizza",
    "2 biscuits": "any-biscuit",
    "crusty roll": "roll",
    "ham and cheese sandwich": "plain-ham-cheese-sandwich",
    "tuna sandwich": "tuna-salad-sandwich",
    "quiche 1 slice": "quiche",
    "shepherd's pie 300g": "shepherds-pie",
    "chilli con carne 1 bowl": "chili",
    "chicken curry 300g": "chicken-curry",
    "sushi 6 pieces": "sushi",
    "spring roll": "spring-roll",
    "vitamin d3 2000 iu": "vitamin-d3",
    "d3 25mcg": "vitamin-d3",
    "vitamin d 3 1000IU": "vitamin-d3",
    "vitamin d-3 1000IU": "vitamin-d3",
    "vit d 3 400IU": "vitamin-d3",
    "vitamin d 10mcg": "vitamin-d",
    "mk-7 100mcg": "vitamin-k2-mk7",
    "k 2 mk 7 90mcg": "vitamin-k2-mk7",
    "vitamin k2 mk-7 180 mcg": "vitamin-k2-mk7",
    "k2 100mcg": "vitamin-k2",
    "calcium 500mg": "calcium",
    "cod liver oil 1 tsp": "cod-liver-oil",
    "magnesium 300mg": "magnesium",
}

MEANT_IN_EUROPE = {
    "milk": "whole-milk-unfortified",
    "a glass of milk": "whole-milk-unfortified",
    "semi-skimmed milk 200ml": "eu-semi-skimmed-milk",
    "1% milk": "eu-low-fat-milk",
    "skimmed milk": "eu-skimmed-milk",
    "bread 2 slices": "eu-white-bread",
    "slice of toast": "eu-white-bread",
    "wholemeal bread": "eu-whole-wheat-bread",
    "rye bread": "eu-rye-bread",
    "baguette": "eu-french-bread",
    "margarine 10g": "eu-margarine",
    "corn flakes": "eu-corn-flakes",
    "bran flakes": "eu-bran-flakes",
    "muesli 50g": "eu-muesli",
    "soy milk 1 glass": "eu-soy-milk",
    "unfortified soy milk": "eu-soy-milk-plain",
    "almond milk": "eu-almond-milk",
    "rice milk": "eu-rice-milk",
    "orange juice": "eu-orange-juice",
    "kefir": "eu-kefir",
    "oat milk": "oat-milk",
    "egg": "egg",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def foods(tmp_path_factory) -> Iterator[StoredFoods]:
    """Return the foods of a diary that nothing is ever logged in."""
    path = tmp_path_factory.mktemp("queries") / "diary.db"
    with open_diary(path, create=True) as diary:
        yield StoredFoods(diary)


def meant(foods: StoredFoods, typed: str, region: str | None = None) -> list[str]:
    """Return the keys of the foods that are logged where nobody can be asked."""
    items = understand([typed], Chooser(foods, Unasked(), region))
    return [item.food.key for item in items]


def test_there_are_two_hundred():
    assert len(MEANT) >= 200


@pytest.mark.parametrize(("typed", "key"), MEANT.items())
def test_what_people_say_is_what_they_mean(typed, key, foods):
    assert meant(foods, typed) == [key]


@pytest.mark.parametrize(("typed", "key"), MEANT_IN_EUROPE.items())
@pytest.mark.parametrize("region", ["eu", "uk"])
def test_an_everyday_word_is_the_food_of_the_region(typed, key, region, foods):
    """The UK has the European foods until there are British figures."""
    assert meant(foods, typed, region) == [key]


def test_gin_and_tonic_is_one_drink(foods):
    assert meant(foods, "gin and tonic") == ["gin-tonic"]


def test_every_name_resolves_to_its_own_food(foods, catalogue):
    """Through the diary, in one query; a family shares a name, one food for each region."""
    bearers: dict[str, set[tuple[str, str | None]]] = {}
    for known in catalogue.foods:
        for name in (*known.names, *known.regional_names):
            bearers.setdefault(name_key(name), set()).add((known.food.key, known.region))
    stored = foods.named(bearers)

    for name, expected in bearers.items():
        assert {(food.key, food.region) for food in stored[name]} == expected, name
        regions = sorted(region for _, region in expected if region)
        by_order = name in ("chocolate milk", "oat porridge", "potato salad", "salad tomato")
        assert len(expected) == 1 or by_order or regions == sorted(REGIONS), name
