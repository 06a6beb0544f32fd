"""What people write around foods and amounts: sentences, quotes, brackets, colons, semicolons."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.grammar.wording import plain_words


@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("gouda (30g)", [("Gouda", 30)]),
        ("gouda: 30g", [("Gouda", 30)]),
        ("gouda = 30 g", [("Gouda", 30)]),
        ("eggs (2)", [("Egg", 100)]),
        ("eggs (x2)", [("Egg", 100)]),
        ("egg: 2", [("Egg", 100)]),
        ('"gouda 30g"', [("Gouda", 30)]),
        ("[gouda 30g]", [("Gouda", 30)]),
        ("gouda 30g; 2 eggs", [("Gouda", 30), ("Egg", 100)]),
        ("I had 2 eggs and gouda 30g", [("Egg", 100), ("Gouda", 30)]),
        ("just had gouda 30g", [("Gouda", 30)]),
        ("we ate 3 eggs", [("Egg", 150)]),
        ("eggs (2), 1 slice (30 g) gouda", [("Egg", 100), ("Gouda", 30)]),
        ("2 eggs (100g)", [("Egg", 100)]),
        ("food:ciqual:12110 30g", [("Comté cheese, from cow's milk", 30)]),
    ],
)
def test_food_and_amount_are_read(typed, logged, k2log):
    """As without them."""
    result = k2log("add", "--dry-run", "--json", "--", typed)

    assert result.code == 0, result.err
    entries = json.loads(result.out)
    assert [(each["food"], round(each["grams"])) for each in entries] == logged


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("launch: 2 eggs", "not a day, time or meal"),
        ("I had", "no food"),
        ("gouda (30g) 40g", "gouda (30g)"),
        ("(2)", "only an amount"),
    ],
)
def test_what_cannot_be_read_is_refused(typed, reason, k2log):
    """In the words that were typed."""
    result = k2log("add", "--", typed)

    assert result.code in (2, 3)
    assert reason in result.err


def test_the_numbers_of_a_list_are_no_amounts(k2log, tmp_path):
    """In a file; a date that looks like one stays a heading."""
    lines = tmp_path / "lines.txt"
    lines.write_text("20. Nov\n1. 2 eggs\n2) gouda 30g\n")

    logged = json.loads(k2log("add", "--dry-run", "--json", "--file", str(lines)).out)

    assert [(each["day"][5:], each["food"], each["amount"]) for each in logged] == [
        ("11-20", "Egg", 2),
        ("11-20", "Gouda", 30),
    ]


@given(st.text("abc ;:=()[]\"'0123,", max_size=30))
def test_reading_again_changes_nothing(text):
    """What was left out is not there a second time; commas stay apart."""
    once = plain_words(text)

    assert ";" not in once
    assert len(once) <= len(text) + 2 * text.count(";")
