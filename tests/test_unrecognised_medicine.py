"""A medicine that k2log does not know may be a blood thinner of the warfarin kind: it says so."""

import json

import pytest

UNKNOWN = ("profile", "set", "--born", "1956", "--sex", "male", "--medicine", "=Zorkin")
ASKED = "Is it a blood thinner of the warfarin kind?"


@pytest.fixture
def taking(k2log):
    """Tell of a man whose medicine no list has."""
    assert k2log(*UNKNOWN).code == 0
    return k2log


@pytest.mark.parametrize(
    "item", ["natto 1tbsp", "mk7 100mcg", "vitamin k1 100mcg", "kale cooked 300g", "spinach 100g"]
)
def test_what_is_rich_in_vitamin_k_is_asked_about_when_it_is_logged(taking, item):
    """Product or food."""
    result = taking("add", item)

    assert result.code == 0, result.err
    assert f"k2log does not know Zorkin, so no note can be about it. {ASKED}" in result.err


@pytest.mark.parametrize("item", ["egg 1", "calcium 500mg", "d3 1000IU", "gouda 30g"])
def test_other_food_is_logged_without_a_word(taking, item):
    """A warning that comes with everything is read by nobody."""
    result = taking("add", item)

    assert result.code == 0
    assert ASKED not in result.err


def test_every_report_asks(taking):
    """Week after week, whatever was eaten, and as a warning."""
    taking("add", "egg 1", "--on", "yesterday")
    taking("add", "egg 1", "--on", "-8")

    for on in ("today", "-7"):
        findings = json.loads(taking("report", "--json", "--on", on).out)["caveats"]
        [finding] = [each for each in findings if each["id"] == "unrecognised-medicine"]
        assert finding["severity"] == "warning"
        assert ASKED in " ".join(taking("report", "--on", on).out.split())


def test_nothing_with_vitamin_k_and_no_supplement_is_suggested(taking):
    """Natto and K2 capsules least of all, not even for a figure of one's own."""
    taking("profile", "set", "--target", "k2=100mcg")
    for ago in range(1, 7):
        taking("add", "egg 1, bread 1 slice", "--on", f"-{ago}")

    text = taking("suggest", "--supplements").out
    answer = json.loads(taking("suggest", "--supplements", "--json").out)

    foods = {each["food"] for gap in answer["nutrients"].values() for each in gap["suggestions"]}
    assert foods
    assert not [name for name in foods if "natto" in name.lower() or "K2" in name]
    assert "vitamin_k2" not in answer["nutrients"]
    assert "k2log does not know Zorkin, so a pharmacist comes first" in text


def test_it_is_quiet_once_the_medicine_is_known(taking):
    """By its generic name, or where none is left."""
    taking("profile", "clear", "medicines")
    taking("profile", "set", "--medicine", "paracetamol")

    assert ASKED not in taking("add", "natto 1tbsp").err
