"""Thirty ordinary days of eating, logged as people type them: how much of the K2 is known."""

import json

import pytest

pytestmark = pytest.mark.slow

DAYS = {
    "American, eggs and coffee": """
        2 scrambled eggs, 2 slices white toast, butter 1 pat, coffee 2 cups, orange juice 1
        glass, turkey slices 3 slices, 2 slices whole wheat bread, lettuce 2 leaves, tomato
        3 slices, mayo 1 tbsp, apple, spaghetti 1 cup, tomato sauce 1/2 cup, ground beef
        100g, broccoli 1 cup, vanilla ice cream 1 scoop
    """,
    "American, on the go": """
        bagel, cream cheese 2 tbsp, coffee with milk 1 cup, banana, cheeseburger, fries,
        diet coke, handful of almonds, chicken breast 150g, baked potato, sour cream 2 tbsp,
        green beans 1 cup, water 2 glasses, chocolate chip cookies 2
    """,
    "American, cereal and salad": """
        bowl of corn flakes, 2% milk 1 cup, blueberries 1/2 cup, black coffee, romaine 2
        cups, grilled chicken 100g, cherry tomatoes 6, olive oil 1 tbsp, cucumber 1/2 cup,
        crackers 6, iced tea 1 can, steak 200g, sweet potato, asparagus 6 spears, red wine 1
        glass, d3 2000IU
    """,
    "American, vegetarian": """
        oatmeal 1 bowl, walnuts 1 handful, raisins 2 tbsp, soy milk 1 cup, coffee, black
        beans 1 cup, brown rice 1 cup, salsa 3 tbsp, guacamole 3 tbsp, corn tortilla 2,
        cheddar 1 slice, orange, lentils 1 cup, spinach 2 cups, quinoa 1 cup, dark chocolate
        20g
    """,
    "American, family dinner": """
        2 pancakes, maple syrup 2 tbsp, bacon 3 slices, milk 1 glass, coffee 1 mug, peanut
        butter 2 tbsp, jam 1 tbsp, white bread 2 slices, carrots 2, apple juice 1 glass,
        chicken thigh, mashed potatoes 1 cup, corn 1 ear, peas 1/2 cup, water 3 glasses
    """,
    "American, supplements": """
        greek yogurt 1 cup, strawberries 1 cup, honey 1 tbsp, tea, tuna sandwich, pretzels 1
        handful, apple, almonds 20, salmon 150g, white rice 1 cup, kale 2 cups, lemon juice
        1 tbsp, olive oil 1 tbsp, calcium 600 + d3 400 tablet, mk7 100mcg
    """,
    "Dutch, bread and cheese": """
        4 slices wholemeal bread, gouda 3 slices, butter 3 pats, ham 2 slices, coffee 3
        cups, buttermilk 1 glass, apple, jam 1 tbsp, yoghurt 150g, pear, boiled potatoes
        200g, cauliflower 150g, sausage, custard 1 bowl
    """,
    "Dutch, weekday": """
        muesli 1 bowl, yoghurt 200g, black tea 2 cups, 3 slices brown bread, peanut butter 1
        tbsp, edam 2 slices, milk 1 glass, mandarin 2, potatoes 3, brussels sprouts 1 cup,
        sausage, ketchup 1 tbsp, custard 1 bowl
    """,
    "Dutch, fish": """
        2 rusks, butter 1 pat, boiled egg, coffee 2 cups, semi-skimmed milk 1 glass, pickled
        herring 1 piece, onion 1 slice, 2 slices rye bread, gouda 2 slices, tomato, lentil
        soup 1 bowl, cola 1 can, pear, crisps 1 handful
    """,
    "Dutch, evening meal": """
        kwark 150g, blueberries 50g, coffee 2 cups, 2 slices wholemeal bread, gouda 2
        slices, cucumber 1/2 cup, tea 3 cups, rice 200g, chicken thigh, green beans 150g,
        peanuts 1 handful, beer 1 glass, orange, margarine 2 tsp
    """,
    "German, breakfast and supper": """
        2 bread rolls, butter 2 pats, jam 1 tbsp, boiled egg, coffee 2 cups, apple, potatoes
        250g, sauerkraut 150g, bratwurst 2, mustard 1 tsp, beer 500ml, 2 slices rye bread,
        emmental 1 slice, tilsiter 1 slice, gherkin 1, tea 1 cup
    """,
    "German, office": """
        muesli 60g, quark 100g, banana, coffee 2 mugs, pretzel, mineral water 500ml,
        schnitzel, potato salad 1 cup, green salad 1 bowl, vinaigrette 1 tbsp, apple juice 1
        glass, rye bread 2 slices, gouda 40g, tomato, radishes 5, white wine 1 glass
    """,
    "German, lentils": """
        2 slices country bread, butter 2 pats, honey 1 tbsp, espresso, pear, lentil soup 1
        bowl, frankfurter 1, white bread 1 slice, yoghurt 150g, hazelnuts 1 handful, carrots
        2, trout 150g, boiled potatoes 200g, spinach 150g, water 1l, d3 1000IU
    """,
    "German, sunday": """
        3 slices white bread, butter 3 pats, strawberry jam 2 tbsp, 1 boiled egg, coffee 3
        cups, orange juice 1 glass, roast pork 150g, red cabbage 150g, potatoes 3, apple pie
        1 slice, cream 2 tbsp, camembert 1 wedge, rye bread 1 slice, grapes 1 cup, red wine
        2 glasses
    """,
    "French, bistro": """
        croissant, café au lait, baguette 50g, butter 10g, steak 150g, fries, green salad 1
        bowl, vinaigrette 1 tbsp, camembert 40g, red wine 1 glass, apple, vegetable soup 1
        bowl, comté 30g, walnuts 1 handful, water 1 glass
    """,
    "French, home": """
        baguette 60g, butter 10g, apricot jam 1 tbsp, hot chocolate 1 mug, carrots 2,
        chicken leg, ratatouille 200g, rice 150g, yaourt nature, omelette, lettuce 1 cup,
        emmental 30g, pear, red wine 1 glass, espresso
    """,
    "French, seaside": """
        2 slices white bread, honey 1 tbsp, tea 1 cup, orange juice 1 glass, oysters 6,
        lemon 1 wedge, mackerel 120g, potatoes 200g, leeks 1, brie 30g, baguette 40g, white
        wine 2 glasses, raspberries 1 cup, dark chocolate 2 pieces, espresso
    """,
    "Japanese, natto breakfast": """
        natto 45g, rice 1 cup, soy sauce 1 tsp, miso 1 tbsp, tofu 100g, spring onion 1,
        green tea 2 cups, salmon 80g, nori 1 sheet, soba 1 cup, edamame 1/2 cup, mandarin 1,
        beer 1 can, shiitake 4, rice 1 cup
    """,
    "Japanese, family": """
        2 slices white bread, egg, milk 1 glass, miso 1 tbsp, wakame 2 tbsp, silken tofu
        100g, rice 2 cups, mackerel 100g, radishes 5, spinach 100g, sesame 1 tbsp, udon 1
        cup, green tea 3 cups, mandarin 2, soy sauce 2 tsp
    """,
    "Japanese, sushi": """
        natto 40g, rice 1 cup, green tea 1 cup, sushi 8 pieces, ginger 1 tsp, soy sauce 1
        tbsp, miso 1 tbsp, edamame 1 cup, cucumber 1/2 cup, persimmon 1, chicken thigh,
        cabbage 1 cup, rice 1 cup, tea 2 cups, k2 mk7 45mcg
    """,
    "British, full day": """
        2 slices wholemeal toast, butter 2 pats, baked beans 1 can, fried egg, tea 3 cups,
        semi-skimmed milk 100ml, cheddar 30g, 2 slices white bread, crisps 1 handful,
        satsuma, roast chicken 150g, roast parsnip 1/2 cup, jacket potato, peas 1 cup, gin 1
        shot, tonic 1 glass
    """,
    "British, porridge": """
        porridge 1 bowl, skimmed milk 150ml, honey 1 tbsp, cup of tea, banana, jacket
        potato, tin of tuna, sweetcorn 1/2 cup, mayonnaise 1 tbsp, side salad, apple, chilli
        con carne 1 bowl, rice 1 cup, natural yoghurt 100g, blackberries 1/2 cup, apple
        juice 1 glass
    """,
    "British, fish and chips": """
        cornflakes 1 bowl, whole milk 150ml, toast 1 slice, marmalade 1 tbsp, coffee 1 mug,
        egg mayo sandwich, orange, fish fingers 5, oven chips 150g, peas 1/2 cup, ketchup 1
        tbsp, lager 1 pint, shortbread 2, tea 2 mugs
    """,
    "British, sunday roast": """
        boiled egg 2, 2 slices toast, butter 2 pats, tea 2 mugs, lamb 150g, mint 1 tbsp,
        roast potatoes 200g, carrots 1/2 cup, cabbage 1/2 cup, cauliflower 1/2 cup, rhubarb
        100g, custard 100g, red wine 1 glass, stilton 30g, crackers 4, grapes 10
    """,
    "Vegan, American": """
        oatmeal 1 bowl, chia 1 tbsp, banana, almond milk 1 cup, coffee 1 mug, hummus 3 tbsp,
        pita 1, carrots 2, tofu 150g, broccoli 1 cup, brown rice 1 cup, tahini 1 tbsp,
        orange, dark chocolate 2 pieces, cashews 1 handful, vitamin d3 2000IU
    """,
    "Vegan, European": """
        muesli 60g, oat milk 200ml, apple, espresso, 2 slices rye bread, hummus 2 tbsp,
        tomato, falafel 5, lentils 1 cup, kale 100g, potatoes 200g, olive oil 1 tbsp, soy
        yogurt 1 pot, walnuts 1 handful, vegan cheese 2 slices, mk-7 100mcg
    """,
    "Vegan, quick": """
        peanut butter 2 tbsp, 2 slices wholemeal bread, soy milk 1 glass, tea, mandarin 2,
        chickpeas 1 cup, couscous 1 cup, courgette 1, red pepper 1, olive oil 1 tbsp, tempeh
        100g, soba 1 cup, soy sauce 1 tbsp, bok choy 1 cup, green tea 2 cups
    """,
    "Swiss, mountain": """
        muesli 60g, milk 200ml, apple, coffee 2 cups, 2 slices rye bread, gruyère 40g,
        raclette 150g, potatoes 300g, gherkin 1, white wine 1 glass, dark chocolate 20g,
        hazelnuts 30g, pear, tea 1 mug, emmental 30g
    """,
    "Italian": """
        cappuccino, biscotti 2, orange juice 1 glass, pasta 2 cups, tomato sauce 1 cup,
        parmesan 2 tbsp, olive oil 2 tbsp, rocket 1 bowl, mozzarella 60g, tomatoes 2, basil
        5 leaves, red wine 1 glass, peach, minestrone 1 bowl, espresso 2 cups, white bread 2
        slices
    """,
    "With supplements, at sixty": """
        plain yogurt 150g, prunes 5, oatmeal 1 bowl, coffee 2 cups, sardines 1 tin, rye
        bread 2 slices, butter 2 pats, tomato, goose 100g, cabbage 1 cup, potatoes 2, kiwi
        2, skim milk 1 glass, calcium 500 + d3 400 tablet, vitamin k2 mk7 100mcg, cod liver
        oil 1 tsp
    """,
}

MOST_UNCERTAIN = 0.25
A_DAYS_BOUNDS = {  # what a person can eat in a day without pills of more than 1000 mg or 100 µg
    "calcium": (150, 4000),
    "magnesium": (80, 1500),
    "vitamin_d": (0, 120),
    "vitamin_k1": (5, 3000),
    "vitamin_k2": (0, 1500),
}


def eaten(k2log, day: str) -> list[dict]:
    """Log a day as one list, as people type it."""
    result = k2log("add", " ".join(DAYS[day].split()), "--json")
    assert result.code == 0, (day, result.err)
    return json.loads(result.out)


def uncertain(entry: dict) -> bool:
    """Whether the K2 of an entry is unknown, or known in part only."""
    return entry["nutrients"]["vitamin_k2"]["high"] is None


def test_there_are_thirty_days():
    assert len(DAYS) == 30


def test_at_most_a_quarter_of_what_people_eat_has_uncertain_k2(k2log):
    """Unknown and partly known together, over all the entries of thirty days."""
    entries = [entry for day in DAYS for entry in eaten(k2log, day)]
    share = sum(map(uncertain, entries)) / len(entries)

    assert len(entries) >= 400
    assert share <= MOST_UNCERTAIN


def test_a_day_has_ten_entries_and_is_one_a_person_can_eat(k2log):
    for day in DAYS:
        entries = eaten(k2log, day)
        assert len(entries) >= 10, day
        for nutrient, (least, most) in A_DAYS_BOUNDS.items():
            best = sum(entry["nutrients"][nutrient]["amount"] or 0 for entry in entries)
            assert least <= best <= most, (day, nutrient)
        for entry in entries:
            assert entry["supplement"] or 0.1 <= entry["grams"] <= 1500, (day, entry["food"])
