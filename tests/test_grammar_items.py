"""One item and its readings, as lines a user would type."""

import time as clock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k2log.grammar.items import explain_unreadable, lookup_key, name_typed, readings
from k2log.grammar.numbers import WORDS, written
from k2log.grammar.quantity import Reading
from k2log.grammar.units import UNITS, unit
from k2log.names import name_key

FOODS = (
    "egg, natto, gouda, milk, milk 2%, avocado, sardine, kale, chopped kale, 7up, d3, mk7, "
    "calcium, calcium citrate, omega 3, vitamin d3, half and half, macaroni and cheese, "
    "sea salt, bread, olive oil, steak"
)
KNOWN = {name_key(name) for name in FOODS.split(", ")}


def understood(text):
    """Return the first reading that names a known food."""
    return next((r for r in readings(text) if lookup_key(r.food) in KNOWN), None)


@pytest.mark.parametrize(
    ("typed", "food", "amount", "measure"),
    [
        ("gouda", "gouda", None, None),
        ("gouda 30g", "gouda", 30, "g"),
        ("30g gouda", "gouda", 30, "g"),
        ("30 g of the gouda", "gouda", 30, "g"),
        ("gouda 3 slices", "gouda", 3, "slice"),
        ("3 slices gouda", "gouda", 3, "slice"),
        ("2 eggs", "eggs", 2, None),
        ("egg 1", "egg", 1, None),
        ("two eggs", "eggs", 2, None),
        ("2 large eggs", "eggs", 2, "large"),
        ("eggs 2 large", "eggs", 2, "large"),
        ("natto 1tbsp", "natto", 1, "tbsp"),
        ("natto 1 tbsp.", "natto", 1, "tbsp"),
        ("half an avocado", "avocado", 0.5, None),
        ("half avocado", "avocado", 0.5, None),
        ("1/2 of an avocado", "avocado", 0.5, None),
        ("avocado ½", "avocado", 0.5, None),
        ("avocado half", "avocado", 0.5, None),
        ("half a cup of milk", "milk", 0.5, "cup"),
        ("a glass of milk", "milk", 1, "glass"),
        ("1½ cups milk", "milk", 1.5, "cup"),
        ("1 1/2 cups milk", "milk", 1.5, "cup"),
        ("milk 1 1/2cup", "milk", 1.5, "cup"),
        ("milk 1,5 dl", "milk", 1.5, "dl"),
        ("milk 8 fl oz", "milk", 8, "fl oz"),
        ("8 fl. oz. milk", "milk", 8, "fl oz"),
        ("milk 2% 1 cup", "milk 2%", 1, "cup"),
        ("1 cup 2% milk", "2% milk", 1, "cup"),
        ("1 can of sardines", "sardines", 1, "can"),
        ("a tin of sardines", "sardines", 1, "can"),
        ("sardines x2", "sardines", 2, None),
        ("sardines x 2", "sardines", 2, None),
        ("2 x eggs", "eggs", 2, None),
        ("2 x 200ml milk", "milk", 400, "ml"),
        ("2x200ml milk", "milk", 400, "ml"),
        ("milk 2 × 200 ml", "milk", 400, "ml"),
        ("milk 200 ml x 2", "milk", 400, "ml"),
        ("7up 1 can", "7up", 1, "can"),
        ("omega 3 2 capsules", "omega 3", 2, "capsule"),
        ("d3 2000IU", "d3", 2000, "IU"),
        ("2000 IU d3", "d3", 2000, "IU"),
        ("d3 2,000 IU", "d3", 2000, "IU"),
        ("d3 1.000 I.E.", "d3", 1000, "IU"),
        ("mk7 100mcg", "mk7", 100, "µg"),
        ("mk-7 100 μg", "mk-7", 100, "µg"),
        ("calcium 500mg", "calcium", 500, "mg"),
        ("calcium citrate 500mg", "calcium citrate", 500, "mg"),
        ("kale 1 cup chopped", "kale", 1, "cup chopped"),
        ("kale 2 cups chopped", "kale", 2, "cup chopped"),
        ("1 cup chopped kale", "chopped kale", 1, "cup"),
        ("milk 2 sploshes", "milk", 2, "sploshes"),
        ("1 splosh of milk", "milk", 1, "splosh"),
        ("macaroni and cheese 1 cup", "macaroni and cheese", 1, "cup"),
        ("half and half 1 tbsp", "half and half", 1, "tbsp"),
        ("sea salt 2g", "sea salt", 2, "g"),
    ],
)
def test_item_is_understood(typed, food, amount, measure):
    """The longest known name, and its amount on either side."""
    assert understood(typed) == Reading(food, amount, measure)


@pytest.mark.parametrize(
    ("typed", "form", "amount"),
    [
        ("calcium 500mg as citrate", "elemental", 500),
        ("500 mg calcium as citrate", "elemental", 500),
        ("calcium 500mg as calcium citrate", "elemental", 500),
        ("calcium citrate 500 mg as citrate", "elemental", 500),
        ("calcium citrate salt 2370mg", "salt", 2370),
        ("2370 mg calcium citrate salt", "salt", 2370),
        ("calcium citrate 2370 mg salt", "salt", 2370),
    ],
)
def test_a_salt_may_be_explicit(typed, form, amount):
    """Whether the element or the salt was weighed is part of the reading."""
    found = understood(typed)

    assert (found.form, found.amount, found.measure) == (form, amount, "mg")
    assert name_key(found.food) == "calcium citrate"


def test_words_before_a_name_may_be_a_measure_or_the_name():
    """A cup of chopped kale is read both ways; the second only if kale has such a cup."""
    found = readings("1 cup chopped kale")

    assert Reading("chopped kale", 1, "cup") in found
    assert Reading("kale", 1, "cup chopped", tentative=True) in found


def test_every_word_is_accounted_for():
    """Two unicorn steaks are not two steaks, unless steak is measured in unicorns."""
    found = [r for r in readings("2 unicorn steak") if r.food == "steak"]

    assert found == [Reading("steak", 2, "unicorn", tentative=True)]
    assert understood("unicorn steak 200g") is None
    assert understood("200g unicorn steak") is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("2 tbsp", '"2 tbsp" is only an amount: 2 tbsp of what'),
        ("30g", "of what"),
        ("half", "of what"),
        ("2 eggs 100g", "two amounts"),
        ("100g 2 eggs", "two amounts"),
        ("milk 1 cup 200 ml", "two amounts"),
        ("milk 2 200ml", "multiply, like 2 x 200ml"),
        ("-2 eggs", '"-2" is negative'),
        ("eggs -2", "negative"),
        ("2-3 eggs", '"2-3" is a range'),
        ("eggs 2-3", "range"),
        ("2 or 3 eggs", "range"),
        ("1/0 eggs", "fraction"),
        ("0 eggs", "nothing to log"),
        ("gouda 0g", "nothing to log"),
        ("a few eggs", '"a few" is no amount'),
        ("some milk", "no amount"),
        ("a couple of eggs", "a couple"),
        ("1e3 eggs", "plain digits"),
        ("milk 2,000 ml", "could be 2000 or 2"),
        ("milk 1.000ml", "could be 1000 or 1"),
        ("milk 1 000 ml", "two ways"),
        ("٣ eggs", "digits 0 to 9"),
    ],
)
def test_what_cannot_be_read_is_explained(typed, reason):
    """No known food is read from it, and one line with the user's words says why."""
    assert understood(typed) is None
    error = explain_unreadable(typed)
    assert reason in str(error)
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("unicorn steak 200g", "unicorn steak"),
        ("200 g of unicorn steak", "unicorn steak"),
        ("2 unicorn steaks", "unicorn steaks"),
        ("9up 1 can", "9up"),
        ("unicorn milk 3% 1 cup", "unicorn milk 3%"),
        ("unicorn 2,000 IU", "unicorn"),
        ("omega 9", "omega"),
        ("unicorn", "unicorn"),
    ],
)
def test_an_unknown_food_is_only_unknown(typed, name):
    """Nothing is wrong with its amount, which is no part of the name it is reported by."""
    assert explain_unreadable(typed) is None
    assert name_typed(typed) == name


def test_food_keys_are_looked_up_as_they_stand():
    """``food:KEY`` picks exactly."""
    assert {lookup_key(r.food) for r in readings("food:gouda-cheese 30g")} >= {"food:gouda-cheese"}


_NAME = st.from_regex(r"[a-z]{3,9}( [a-z]{3,9}){0,2}", fullmatch=True)
_AMOUNT = st.floats(0.01, 1e5) | st.integers(1, 5000)


@given(_NAME, _AMOUNT, st.sampled_from(sorted(UNITS)), st.sampled_from(["", " "]))
def test_amount_may_stand_on_either_side(food, amount, measure, space):
    """Food first and amount first are the same reading."""
    assume(not {"and", "with", "the"} & set(food.split()))
    assume(food.split()[0] not in WORDS and not any(unit(word) for word in food.split()))
    typed = written(amount)

    expected = Reading(food, float(typed), measure)
    assert expected in readings(f"{food} {typed}{space}{measure}")
    assert expected in readings(f"{typed}{space}{measure} {food}")
    assert expected in readings(f"{typed}{space}{measure} of {food}")


@given(
    st.text(max_size=200) | st.text("12½/.,x- agofnd", max_size=200) | st.lists(
        st.sampled_from(["1", "2,000", "x", "egg", "of", "half", "cup", "as", "salt", "-", "g"])
    ).map(" ".join)
)  # fmt: skip
def test_any_text_has_readings(text):
    """Amounts are positive, names never empty, nothing is raised."""
    for reading in readings(text):
        assert reading.food
        assert reading.amount is None or 0 < reading.amount < 1e30
    assert explain_unreadable(text) is None or str(explain_unreadable(text))
    assert isinstance(name_typed(text), str)


@pytest.mark.parametrize("piece", ["1 ", "x ", "1x", "a ", "1/", "half ", "1 1/2 cups ", "(", "½"])
def test_hostile_text_takes_no_time(piece):
    """A thousand characters are read in milliseconds."""
    text = (piece * 1000)[:1000]

    start = clock.perf_counter()
    readings(text)
    explain_unreadable(text)
    assert clock.perf_counter() - start < 0.5
