"""What the diaries of the benchmark hold: meals that k2log itself logs once, then copied."""

from typing import Final

MEALS: Final = (
    ("--meal breakfast --at 07:40", "natto 1tbsp, 2 eggs, rice 150g, miso 1tbsp, green tea 1cup"),
    ("--meal breakfast --at 08:10", "oatmeal 1cup, whole milk 200ml, banana, almonds 20g"),
    ("--meal breakfast", "2 slices whole wheat bread, gouda 30g, butter 10g, orange juice 200ml"),
    ("--meal lunch --at 12:30", "natto 40g, brown rice 1cup, edamame 80g, nori 2g"),
    ("--meal lunch", "2 slices rye bread, brie 40g, tomato, lettuce 30g, olive oil 1tbsp"),
    ("--meal lunch --note canteen", "lentils 1cup, carrots 80g, feta 50g, apple, cola 330ml"),
    ("--meal dinner --at 18:45", "salmon 150g, potato 200g, broccoli 150g, butter 15g"),
    ("--meal dinner --at 19:20", "chicken thigh skinless 120g, pasta 180g, parmesan 20g"),
    ("--meal dinner", "ground beef 150g, cooked spinach 100g, sour cream 30g, red wine 150ml"),
    ("--note shared", "pizza 250g, mushrooms 50g, beer 330ml, ice cream 80g"),
    ("", "yogurt 150g, walnuts 25g, dark chocolate 20g, coffee 1cup, kefir 200ml"),
    ("", "gouda 60g, 2 eggs, natto 1tbsp, whole milk 250ml"),
    ("--at 08:00", "d3 2000IU, mk7 100mcg, calcium 500mg"),
    ("--at 21:30", "d3 1000IU, magnesium 200mg, k2 90mcg"),
    ("--every 7d", "d3 20000IU"),
)
