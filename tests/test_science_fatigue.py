import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from conftest import Result

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)
FIRST_WEEK, FOURTH_WEEK = "2026-10-30", "2026-11-20"

TABLETS = ("calcium 500mg", "d3 1000IU", "mk7 100mcg")
ORDINARY = (
    "muesli 60g, milk 200ml, banana, coffee 2 cups",
    "whole wheat bread 2 slices, gouda 30g, apple, tea 2 cups",
    "chicken breast 150g, broccoli 150g, potato 200g, olive oil 1 tbsp",
    "2 eggs, rye bread 2 slices, butter 10g, yogurt 150g",
    "salmon 120g, rice 180g, spinach 100g",
    "lentil soup 300g, cheddar 20g, orange",
    "pork chop 120g, carrot 100g, pasta 200g, beer 300ml",
)
VEGAN = (
    "soy milk 400ml, muesli 60g, banana, coffee 2 cups",
    "calcium tofu 150g, rice 200g, cooked kale 130g, olive oil 1 tbsp",
    "lentils 200g, whole wheat bread 3 slices, almonds 40g, apple",
    "d3 1000IU",
)

Run = Callable[..., Result]


def log(k2log: Run, days: int, *items: str) -> None:
    """Log the same on each of so many days until yesterday."""
    for ago in range(days, 0, -1):
        logged = k2log("add", *items, "--on", str(TODAY - timedelta(days=ago)))
        assert logged.code == 0, logged.err


def ordinary_weeks(k2log: Run) -> None:
    """Log four weeks of tablets and three ordinary meals a day, in turns."""
    for ago in range(28, 0, -1):
        meals = [ORDINARY[(ago + turn) % len(ORDINARY)] for turn in range(3)]
        logged = k2log("add", *TABLETS, *meals, "--on", str(TODAY - timedelta(days=ago)))
        assert logged.code == 0, logged.err


def notes(k2log: Run, on: str) -> Sequence[str]:
    """Return the notes under the report of the week that ends then."""
    _, _, after = k2log("report", "--on", on).out.partition("\nNotes\n")
    return [line for line in after.partition("\n\n")[0].splitlines() if "caveats)" not in line]


@pytest.mark.parametrize(
    "profile", [(), ("--born", "1958-04-01", "--sex", "female", "--no-medicines")]
)
def test_who_takes_tablets_and_eats_as_usual_is_told_little_and_ever_less(
    k2log: Run, profile: Sequence[str]
) -> None:
    """At most five notes in the first week, three in the second; with a profile and without."""
    ordinary_weeks(k2log)
    if profile:
        assert k2log("profile", "set", *profile).code == 0

    assert 1 <= len(notes(k2log, FIRST_WEEK)) <= 5
    assert len(notes(k2log, FOURTH_WEEK)) <= 3


def test_a_vegan_who_meets_her_references_is_told_nothing_alarming(k2log: Run) -> None:
    """No warning, no caution; K1 is called vitamin K too."""
    log(k2log, 7, *VEGAN)
    assert k2log("profile", "set", "--born", "1990-04-01", "--sex", "female").code == 0
    told = json.loads(k2log("report", "--json", "--on", "yesterday").out)

    for nutrient in ("calcium", "vitamin_d"):
        references = told["nutrients"][nutrient]["references"]
        assert {each["verdict"] for each in references} <= {"met", "close"}
    assert {each["severity"] for each in told["caveats"]} == {"info"}
    paradox = [it["message"] for it in told["caveats"] if it["id"] == "calcium-paradox-pattern"]
    assert "K1 is vitamin K too" in paradox[0]


BUY_K2 = r"\b(little|low|more|enough|too few|lack\w*|take|buy|add|try|raise|benefit\w*) \w* ?K2"
GOOD_FOR = r"fracture|arter|bone|blood marker|Popular articles"
DROP_FOODS = (
    r"\b(avoid|cut|limit|reduce|drop|skip|less|fewer|stop|replace|instead of)\b[^.;\n]*"
    r"\b(K1|vitamin K|kale|spinach|broccoli|natto|cheese|greens?|vegetables?)\b"
)


@pytest.mark.parametrize(
    "tablets", [("calcium 600mg", "d3 5000IU"), ("calcium 600mg", "d3 1000IU", "mk7 100mcg")]
)
def test_beside_warfarin_no_sentence_sells_k2_or_takes_usual_foods_away(
    k2log: Run, tablets: Sequence[str]
) -> None:
    """In reports and in every remark and reason of ``k2log caveats``."""
    log(k2log, 7, *tablets, "spinach 100g, gouda 60g, milk 500ml", "kale 80g, natto 1 tbsp")
    assert k2log("profile", "set", "--born", "1958", "--medicine", "warfarin").code == 0
    told = [
        k2log("report", *options).out
        for options in (["--on", "yesterday"], ["--all"], ["--month"], ["--day"])
    ]
    told += [k2log("caveats", *options).out for options in (["--on", "yesterday"], ["--month"])]
    text = "\n".join(told)

    assert "keep your usual foods steady" in text
    for sold_or_taken in (BUY_K2, GOOD_FOR, DROP_FOODS):
        assert not re.search(sold_or_taken, text, re.IGNORECASE)


def test_beside_warfarin_k2_is_not_remarked_on_where_little_of_it_is_eaten(k2log: Run) -> None:
    """The same days bring up the contested pattern for somebody else."""
    log(k2log, 7, *VEGAN)
    assert k2log("profile", "set", "--born", "1990-04-01", "--sex", "female").code == 0
    before = k2log("caveats", "--on", "yesterday").out
    assert k2log("profile", "set", "--medicine", "warfarin").code == 0
    after = k2log("caveats", "--on", "yesterday").out

    assert "trace of K2 was logged" in before
    assert "trace of K2 was logged" not in after
