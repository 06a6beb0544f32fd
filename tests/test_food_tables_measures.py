"""A table's words for a portion, and the measures people type."""

import pytest

from k2log.features.tables.values import counted, household, measure_names


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("cup", "cup"),
        ("Cup (8 fl oz)", "cup"),
        ("cup, chopped or diced", "cup chopped or diced"),
        ("tablespoon", "tbsp"),
        ("fl oz", "fl oz"),
        ("package (10 oz) yields", "pack yields"),
        ("serving 1/2 cup", "serving"),
        ('pat (1" sq, 1/3" high)', "pat"),
        ("extra large", "extra large"),
        ("(half)", "(half)"),
        ("unit (yield from 1 lb", "unit"),
    ],
)
def test_known_measures_get_their_usual_name(words, measure):
    assert measure_names(words)[0] == measure


@pytest.mark.parametrize("words", ["oz", "lb", "g", "oz, boneless", "", "12", "()"])
def test_weights_and_numbers_are_no_portions(words):
    assert measure_names(words) is None


def test_a_plural_is_one_of_them_only_where_several_are_counted():
    assert measure_names("waffles", several=True)[0] == "waffle"
    assert measure_names("hash browns")[0] == "hash browns"


def test_what_stands_in_brackets_is_kept_in_full():
    assert measure_names("pancake (4 in dia)") == ("pancake", "pancake (4 in dia)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 cup", (1, "cup")),
        ("1/2 cup, sliced", (0.5, "cup, sliced")),
        ("1 1/2 cups", (1.5, "cups")),
        ("Guideline amount", (1, "Guideline amount")),
    ],
)
def test_a_portion_begins_with_its_amount(text, found):
    assert counted(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 Tbsp (30 ml)", (2, "tbsp")),
        ("0.25 cup", (0.25, "cup")),
        ("about 12 chips", None),
        ("1 ONZ", None),
        ("1 serving", None),
        ("", None),
    ],
)
def test_a_household_serving_counts_where_its_measure_is_known(text, found):
    assert household(text) == found
