"""Words that are no food's exact name: what is taken, what is asked, what is refused."""

import pytest


@pytest.mark.parametrize(
    ("typed", "food"),
    [
        ("chedd 30g", "Cheddar"),
        ("chedder 30g", "Cheddar"),
        ("brocoli 100g", "Broccoli, cooked"),
        ("glass of milk", "Whole milk, fortified (US, assumed)"),
        ("eggs whole 2", "Egg"),
        ("Gruyere 20g", "Gruyère"),
    ],
)
def test_what_can_only_mean_one_food_is_logged(typed, food, k2log):
    """A beginning, a slip of one letter, another order of words, no accent."""
    result = k2log("add", typed)

    assert result.code == 0, result.err
    assert f"{food} ·" in result.out


@pytest.mark.parametrize(
    "typed", ["cheese 30g", "fish 100g", "beans 1 cup", "oil 1 tbsp", "nuts 30g"]
)
def test_what_may_mean_several_is_never_guessed(typed, k2log):
    """Not even where the catalogue has but one food with that word: fish is no fish sandwich."""
    result = k2log("add", typed)

    assert result.code == 3, result
    assert "may be" in result.err


@pytest.mark.parametrize(
    "typed", ["unicorn steak 200g", "gravel 10g", "vitamin c 500mg", "eg", "qqq"]
)
def test_what_is_not_known_is_refused(typed, k2log):
    """Every word typed must be accounted for."""
    assert k2log("add", typed).code == 3


def test_what_was_logged_before_is_offered_first(k2log):
    """Of the many foods a word may mean, those the diary already holds come first."""
    k2log("add tilsit 20g")

    assert '"cheese" may be: Tilsit; ' in k2log("add cheese 30g").err


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("gouda 2 slice", "2 slices = 56 g"),
        ("eggs 2 large", "2 large = 100 g"),
        ("whole milk 2 glasses", "2 glasses = 496 g"),
        ("whole milk 200ml", "200 ml = 206 g"),
        ("spinach 1 leaf", "1 leaf = 10 g"),
        ("gouda 1 slice", "1 slice = 28 g"),
    ],
)
def test_measures_read_as_people_say_them(typed, shown, k2log):
    """Slices, glasses, leaves; grams without digits that nobody weighs."""
    assert shown in k2log("add", typed).out
