"""Six people and what they log in a week: who they are, and a line of items a day."""

from collections.abc import Sequence
from typing import Final, NamedTuple


class Persona(NamedTuple):
    """Somebody who keeps a diary: settings, profile, and what is logged day by day, in turns."""

    name: str
    settings: Sequence[str]
    profile: str
    meals: Sequence[str]
    every_day: Sequence[str] = ()


PERSONAS: Final = (
    Persona(
        "osteoporosis",
        ("region uk",),
        "--born 1959 --sex female --menopause --condition osteoporosis"
        " --medicine alendronate@mon,07:00",
        (
            "porridge 200g, milk 150ml, tea 2 cups, ham 2 slices, wholemeal bread 2 slices",
            "muesli 60g, milk 200ml, cheddar 30g, bread 2 slices, apple, chicken breast 120g",
            "yogurt 150g, banana, salmon 120g, potatoes 200g, peas 80g, tea 2 cups",
        ),
        ("calcium 600mg", "calcium 600mg", "d3 800IU"),
    ),
    Persona(
        "warfarin",
        ("region us",),
        "--born 1968 --sex male --medicine warfarin",
        (
            "2 eggs, toast 2 slices, coffee, turkey 80g, lettuce 40g, rice 200g",
            "oatmeal 250g, milk 200ml, cooked kale 150g, chicken breast 150g, potatoes 200g",
            "yogurt 150g, spinach 60g, beef steak 150g, pasta 200g",
        ),
    ),
    Persona(
        "pregnant-vegan",
        ("region us",),
        "--born 1997 --sex female --pregnant --no-medicines",
        (
            "soy milk 300ml, muesli 60g, banana, tofu 150g, rice 200g, broccoli 150g",
            "oatmeal 250g, soy milk 200ml, lentils 200g, bread 2 slices, peanut butter 30g",
            "soy milk 300ml, chickpeas 150g, cooked spinach 100g, pasta 200g, almonds 30g",
        ),
        ("d2 1000IU",),
    ),
    Persona(
        "natto",
        (),
        "--born 1981 --sex male --no-medicines",
        (
            "natto 50g, rice 200g, miso soup 200ml, egg, green tea 2 cups",
            "rice 250g, salmon 100g, natto 50g, tofu 100g",
            "udon 250g, egg, natto 40g, spinach 80g",
        ),
    ),
    Persona(
        "levothyroxine",
        ("region eu",),
        "--born 1975 --sex female --medicine levothyroxine@06:30",
        (
            "bread 2 slices, gouda 30g, coffee, quark 150g, apple, potatoes 200g",
            "muesli 60g, milk 150ml, quark 200g, chicken breast 120g, rice 180g",
            "bread 2 slices, butter 10g, egg, yogurt 150g, pasta 200g, emmental 20g",
        ),
    ),
    Persona(
        "keto",
        ("region us",),
        "--born 1988 --sex male --no-medicines",
        (
            "4 eggs, bacon 40g, cheddar 60g, beef steak 250g, butter 20g",
            "salmon 200g, cooked spinach 150g, gouda 60g, avocado, pork chop 200g",
            "chicken thigh 250g, broccoli 150g, heavy cream 60ml, cheddar 50g",
        ),
        ("d3 10000IU", "mk7 200mcg", "magnesium 400mg"),
    ),
)
