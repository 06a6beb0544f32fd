"""A medicine typed as a food: never logged, and where it belongs is said."""

import pytest


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("fosamax 70mg", '"fosamax" (alendronate)'),
        ("warfarin 5mg", '"warfarin"'),
        ("2 eggs, eliquis", '"eliquis" (apixaban)'),
        ("paracetamol", '"paracetamol"'),
        ("blood thinner", '"blood thinner"'),
    ],
)
def test_a_medicine_is_told_to_belong_to_the_profile(k2log, typed, name):
    """With the command that puts it there, and nothing is logged."""
    refused = k2log("add", typed)

    assert refused.code == 3
    assert f"{name} is a medicine" in refused.err
    assert "k2log profile set --medicine" in refused.err
    assert k2log("log --json").out.strip() == "[]"


def test_a_supplement_is_a_food_even_where_it_is_prescribed(k2log):
    """Calcium and vitamin D come in tablets of the pharmacy, too."""
    assert k2log("add", "adcal d3 1 tablet").code == 0


@pytest.mark.parametrize(
    "typed", ["mlik", "vitamine d druppels", "bone jelly mug", "unicorn water", "calcium for bones"]
)
def test_a_food_nobody_knows_is_no_medicine(typed, k2log):
    """Its refusal offers what comes near, though medicines are for bones, too."""
    refused = k2log("add", typed)

    assert refused.code == 3
    assert "medicine" not in refused.err
