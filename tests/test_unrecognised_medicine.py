"""A medicine that k2log does not know may be a blood thinner of the warfarin kind: it says so."""

import json
import sqlite3
from contextlib import closing

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


def test_own_k2_figure_is_held_against_nothing(taking):
    """Nobody is to take K2 up to a figure beside a medicine that may be such a blood thinner."""
    taking("profile", "set", "--target", "k2=100mcg")
    for ago in range(1, 7):
        taking("add", "egg 1, calcium 1000mg, d3 1000IU", "--on", f"-{ago}")

    report = json.loads(taking("report", "--json").out)

    assert "your figure" not in taking("report").out
    assert "not used with Zorkin" in taking("profile", "show").out
    assert not {each["id"] for each in report["caveats"]} & {"calcium-paradox-pattern"}


def test_it_is_left_out_of_suggestions_once_it_has_ended(k2log, set_now):
    """Who knows what it was, and whether it has."""
    k2log("profile", "set", "--born", "1956", "--sex", "male", "--medicine", "=Zorkin until 25 nov")
    set_now("2026-12-21T12:00:00+01:00")
    for ago in range(1, 7):
        k2log("add", "bread 1 slice", "--on", f"-{ago}")

    text = k2log("suggest", "--supplements").out

    assert "k2log does not know Zorkin" in text
    assert "atto" not in text


def test_a_medicine_that_came_into_the_list_is_known_at_once(k2log, diary):
    """What an older k2log kept as typed, or had no note on, is looked up again."""
    stored = {
        "medicines": [
            {"name": "Hyzaar"},
            {"name": "denosumab", "kind": "no-rule"},
            {"name": "moxifloxacin", "kind": "fluoroquinolone", "times": ["08:00"]},
            {"name": "Waran"},
        ]
    }
    k2log("profile set --medicine Zorkin")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE settings SET value = ? WHERE key = 'profile'", (json.dumps(stored),))

    shown = k2log("profile show").out
    logged = k2log("add", "mk7 100mcg, calcium 1200mg")

    assert "losartan with hydrochlorothiazide (Hyzaar)" in shown
    assert "warfarin (Waran)" in shown
    assert "denosumab: notes on having enough calcium" in shown
    assert "Your profile lists warfarin" in logged.err
    assert "interact with losartan with hydrochlorothiazide" in logged.err
    assert "moxifloxacin" not in logged.err
