"""Foods that are advised against in pregnancy: said when they are logged, and in reports."""

import json

import pytest

STAGES = {"pregnant": "--pregnant", "breastfeeding": "--breastfeeding"}
MERCURY, VITAMIN_A, LISTERIA = "the most mercury", "much vitamin A", "may carry listeria"


def being(k2log, stage: str = "pregnant"):
    """Tell of a woman in that stage."""
    assert k2log("profile", "set", "--born", "1995", "--sex", "female", STAGES[stage]).code == 0
    return k2log


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("beef liver 100g", VITAMIN_A),
        ("chicken liver 100g", VITAMIN_A),
        ("cod liver oil 1 tbsp", VITAMIN_A),
        ("liverwurst 30g", VITAMIN_A),
        ("swordfish 150g", MERCURY),
        ("brie 30g", LISTERIA),
        ("blue cheese 30g", LISTERIA),
        ("danablu 30g", LISTERIA),
        ("camembert 30g", LISTERIA),
        ("pâté 30g", LISTERIA),
        ("smoked salmon 50g", LISTERIA),
    ],
)
def test_it_is_said_at_add(k2log, item, words):
    """With who advises it, and calmly."""
    said = being(k2log)("add", item).err

    assert words in said
    assert "One meal is rarely a reason to worry" in said
    assert "NHS" in said or "FDA" in said


@pytest.mark.parametrize(
    "item", ["crab 100g", "blue mussels 100g", "gouda 30g", "milk 1 cup", "salmon 100g", "kale 80g"]
)
def test_other_food_is_logged_without_a_word(k2log, item):
    """Blue crab is no cheese."""
    assert "advise" not in being(k2log)("add", item).err


def test_while_breastfeeding_it_is_the_fish(k2log):
    """What the source says of it, and no more."""
    being(k2log, "breastfeeding")

    assert MERCURY in k2log("add", "swordfish 150g").err
    assert "warning" not in k2log("add", "beef liver 100g").err
    assert "warning" not in k2log("add", "brie 30g").err


def test_ones_own_food_counts_as_the_one_whose_name_it_bears(k2log):
    """By its own words, or by another name that it shares with the catalogue."""
    being(k2log)
    k2log("foods", "add", "danablu", "--per", "100g", "--calcium", "500mg", "--yes")
    k2log("foods", "add", "grilled shark", "--per", "100g", "--calcium", "10mg")
    k2log("foods", "alias", "monday supper", "beef liver")

    assert LISTERIA in k2log("add", "danablu 30g").err
    assert MERCURY in k2log("add", "grilled shark 100g").err
    assert VITAMIN_A in k2log("add", "monday supper 100g").err


def test_reports_say_it_too(k2log):
    """With the works that it rests on, whatever else was eaten."""
    being(k2log)
    k2log("add", "beef liver 100g, egg 1", "--on", "yesterday")

    findings = json.loads(k2log("report", "--json").out)["caveats"]
    [finding] = [it for it in findings if it["id"] == "pregnancy-food"]

    assert finding["severity"] == "warning"
    assert any("NHS" in work for work in finding["citations"])
    assert VITAMIN_A in k2log("report").out.replace("\n", " ")


def test_nobody_else_is_told(k2log):
    """Not even who does not say."""
    assert k2log("add", "beef liver 100g, swordfish 100g, brie 30g").err == ""
