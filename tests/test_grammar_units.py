"""The vocabulary of units."""

import pytest

from k2log.config import MEASURES
from k2log.grammar.units import UNITS, millilitres, plural, unit, volume


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ("g gr gram grams G g.", "g"),
        ("kg kilo kilos", "kg"),
        ("mg milligrams MG", "mg"),
        ("µg μg ug mcg microgram Μg", "µg"),
        ("oz oz. ounces", "oz"),
        ("lb lbs pound", "lb"),
        ("l litre liter litres L", "l"),
        ("ml millilitres mL", "ml"),
        ("tsp tsp. teaspoon teaspoons", "tsp"),
        ("tbsp tbs tablespoons Tbsp.", "tbsp"),
        ("cup cups", "cup"),
        ("IU iu I.U. i.e. IE UI U.I.", "IU"),
        ("tin tins can cans", "can"),
        ("softgel softgels capsule caps", "capsule"),
        ("packets package pack", "pack"),
        ("glasses glass", "glass"),
        ("leaves leaf", "leaf"),
        ("cookies cookie", "cookie"),
        ("portions serving", "serving"),
        ("LARGE large", "large"),
    ],
)
def test_spellings_lead_to_one_name(spellings, name):
    """Plural, dotted, British and upper case."""
    assert {unit(text).name for text in spellings.split()} == {name}


@pytest.mark.parametrize("text", ["fl oz", "fl. oz.", "fluid ounces", "Fluid Ounce"])
def test_fluid_ounces_have_two_words(text):
    """They are not ounces of weight."""
    assert unit(text).name == "fl oz"


def test_international_units_may_be_written_out():
    """As on labels."""
    assert unit("international units").name == "IU"


@pytest.mark.parametrize("text", ["splosh", "", ".", "chopped", "x", "ee"])
def test_other_words_are_no_units(text):
    """A food may still know them."""
    assert unit(text) is None


@pytest.mark.parametrize("name", UNITS)
def test_every_name_spells_itself(name):
    """So stored measures can be read again."""
    assert unit(name).name == name


@pytest.mark.parametrize(
    ("name", "system", "ml"),
    [
        ("cup", "us", 236.588),
        ("cup", "metric", 250),
        ("cup", "uk", 250),
        ("tbsp", "us", 236.588 / 16),
        ("tsp", "us", 236.588 / 48),
        ("tbsp", "metric", 15),
        ("fl oz", "us", 236.588 / 8),
        ("fl oz", "uk", 28.4131),
        ("pint", "uk", 568.261),
        ("l", "us", 1000),
    ],
)
def test_volumes_depend_on_the_system(name, system, ml):
    """Exact ratios within a system."""
    assert millilitres(name, system) == ml


def test_every_system_knows_every_volume():
    """No look-up can fail."""
    volumes = [one.name for one in UNITS.values() if one.kind == "volume"]

    assert all(millilitres(name, system) > 0 for name in volumes for system in MEASURES)


@pytest.mark.parametrize(
    ("measure", "split"),
    [("cup chopped", ("cup", "chopped")), ("fl oz", ("fl oz", "")), ("slice", (None, ""))],
)
def test_a_volume_may_have_a_state(measure, split):
    """A cup of chopped kale is not a cup of kale."""
    assert volume(measure) == split


@pytest.mark.parametrize(
    ("measure", "several"),
    [("spray", "sprays"), ("gummy", "gummies"), ("patty", "patties"), ("leaf", "leaves")],
)
def test_a_measure_is_written_in_the_plural(measure, several):
    """A y after a vowel stays."""
    assert plural(measure) == several
