"""Whose milk and bread are meant, and what becomes of entries where nobody had said."""

import json

import pytest


def logged(k2log) -> list[tuple[str, float]]:
    entries = json.loads(k2log("log --json").out)
    return [(entry["food"], round(entry["grams"])) for entry in entries]


@pytest.mark.parametrize(
    ("region", "milk", "bread", "pint"),
    [
        ("us", "Whole milk, fortified (US)", "White bread (US)", 488),
        ("uk", "Whole milk, unfortified (Europe)", "White bread, sliced (Europe)", 586),
        ("eu", "Whole milk, unfortified (Europe)", "White bread, sliced (Europe)", 488),
        ("jp", "Whole milk, unfortified (Europe)", "White bread, sliced (Europe)", 488),
    ],
)
def test_region_picks_breads_and_milks(region, milk, bread, pint, k2log):
    """And the pint of the United Kingdom, unless measures are set."""
    k2log("config", "set", "region", region)
    result = k2log("add", "pint of milk", "bread 2 slices")

    assert "differ by country" not in result.err
    assert logged(k2log)[0] == (milk, pytest.approx(pint, abs=2))
    assert logged(k2log)[1][0] == bread


def test_measures_that_are_set_come_before_those_of_the_region(k2log):
    """A US pint in the United Kingdom."""
    k2log("config set region uk")
    k2log("config set measures us")
    k2log("add", "pint of milk")

    assert logged(k2log) == [("Whole milk, unfortified (Europe)", 488)]


def test_the_first_entry_that_depends_on_it_says_so_once(k2log):
    """Not one that does not depend on it, and none after."""
    errs = [k2log("add", typed).err for typed in ("egg 1", "milk", "bread 1 slice", "milk")]

    assert ["differ by country" in err for err in errs] == [False, True, False, False]
    assert "k2log config set region" in errs[1]


def test_the_country_that_was_assumed_is_named(k2log):
    """Who types German is taken to eat what Germans do."""
    assert "those of Europe were taken" in k2log("add Milch 200ml").err


def test_the_country_is_the_us_for_english(k2log):
    """As long as nobody said."""
    assert "those of the US were taken" in k2log("add milk 200ml").err


def test_changing_it_offers_recalculate(k2log):
    """For the entries that assumed another, as one change that undo takes back."""
    k2log("add", "milk", "bread 2 slices", "egg 1")
    before = logged(k2log)
    result = k2log("config set region eu")
    assert result.err.splitlines() == [
        "2 entries hold the figures of before.",
        "  They come to, this week and month:",
        "    calcium  352 mg → 350 mg",
        "    D        3.2 µg → 0.2 µg (0–0.6)",
        "    K2       94 µg (51–137) → 2.4 µg (0.2–3.1)",
        "To have those of now in them: k2log recalculate --region",
    ]

    result = k2log("recalculate --region")

    assert result.code == 0, result.err
    assert "2 of 2 entries changed" in result.out
    assert logged(k2log) == [
        ("Whole milk, unfortified (Europe)", 248),
        ("White bread, sliced (Europe)", 60),
        ("Egg", 50),
    ]
    assert k2log("recalculate --region").out.startswith("Nothing to change")
    k2log("undo")
    assert logged(k2log) == before


def test_nothing_is_offered_where_the_assumption_was_right(k2log):
    """Or where nothing was assumed."""
    k2log("add milk")
    assert "recalculate" not in k2log("config set region us").err
    k2log("config set region eu")
    k2log("add milk")
    k2log("undo")

    assert "1 entry holds" in k2log("config set region uk").err


def test_a_meal_that_the_region_does_not_measure_stays(k2log):
    """It is told, and the rest is changed."""
    k2log("foods", "alias", "milky", "food:whole-milk")
    k2log("add", "milk", "2 tbsp milk")
    k2log("config set region jp")

    assert k2log("recalculate --region --dry-run").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("recalculate --region", "no region is set"),
        ("recalculate --region 1", "not several"),
        ("recalculate --region --week", "not several"),
        ("config set region mars", "us, uk, eu or jp"),
    ],
)
def test_what_is_refused(line, said, k2log):
    """One line, exit 2."""
    k2log("add milk")
    result = k2log(line)

    assert result.code == 2
    assert said in result.err
