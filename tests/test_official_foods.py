"""The official tables that come with k2log: their figures, and how their foods are meant.

``fixtures/official-sample.csv`` holds 200 cells of the tables as they were published, chosen by
chance (``tools/compare_tables.py``, which compares all of them where the originals are at hand).
"""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from k2log.store import food_table

SAMPLE = Path(__file__).parent / "fixtures" / "official-sample.csv"
SALMON = "Fish, salmon, Atlantic, farmed, raw"
FDC_HEADS = {
    "food.csv": "fdc_id,data_type,description,food_category_id,publication_date\n",
    "nutrient.csv": "id,name,unit_name,nutrient_nbr,rank\n1087,Calcium,MG,301,1\n",
}


def cells() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def logged(result) -> list[dict]:
    assert result.code == 0, result.err
    return json.loads(result.out)


@pytest.fixture
def add(k2log):
    """Return what a line would log, entry by entry; or the refusal."""

    def understood(line: str) -> list[str]:
        result = k2log("add", line, "--dry-run", "--json")
        assert result.code in (0, 3), result.err
        return [it["food_key"] for it in json.loads(result.out)] if result.code == 0 else []

    return understood


def published(text: str) -> tuple[float, float, float]:
    """Return best, lowest and highest of a cell: SR28's ``56|54|58``, Ciqual's ``< 0,5``."""
    if text == "traces":
        return 0.25, 0, 0.5
    first, *ends = (float(part.lstrip("< ").replace(",", ".")) for part in text.split("|"))
    if text.startswith("<"):
        return first / 2, 0, first
    return (first, *ends) if ends else (first, first, first)  # type: ignore[return-value]


def test_200_figures_are_as_published():
    """Per 100 g, traces and limits as ranges; what is not published is not there."""
    with closing(sqlite3.connect(food_table.FILE)) as db:
        for cell in (held := cells()):
            row = db.execute(
                "SELECT best, low, high FROM foods JOIN figures ON food_id = foods.id"
                " WHERE key = ? AND name = ? AND nutrient = ? AND basis != 'by-kind'",
                (cell["key"], cell["name"], cell["nutrient"]),
            ).fetchone()
            if not cell["published"]:
                assert row is None, cell
            elif cell["nutrient"] == "vitamin_d":  # of which a total may have the range of D3
                assert row[0] == pytest.approx(published(cell["published"])[0]), cell
            else:
                assert row == pytest.approx(published(cell["published"])), cell
    assert len(held) == 200
    assert {cell["key"].partition(":")[0] for cell in held} == {"sr28", "ciqual"}


def test_all_of_both_tables_are_there():
    """8,789 foods of SR28 and 3,185 of Ciqual, besides the curated ones."""
    with closing(sqlite3.connect(food_table.FILE)) as db:
        counts = dict(db.execute("SELECT origin, count(*) FROM foods GROUP BY origin"))

    assert counts["sr28"] == 8789
    assert counts["ciqual2020"] == 3185
    assert counts["catalogue"] > 600


@pytest.mark.parametrize(
    "typed",
    [
        f"{SALMON} 100g",
        f"100 g {SALMON}",
        "farmed atlantic salmon raw 100g",
        "salmon, Atlantic, farmed, raw 100g",
        "raw farmed salmon atlantic 100 g",
        "food:sr28:15236 100g",
    ],
)
def test_an_official_food_is_meant_by_its_whole_name_in_any_order(typed, add):
    """With its commas or without, with its class (Fish) or without, the amount at either end."""
    assert add(typed) == ["sr28:15236"]


@pytest.mark.parametrize("typed", ["salmon raw 100g", "atlantic salmon raw 100g"])
def test_a_part_of_an_official_name_is_never_taken(typed, k2log):
    """It lists what it may be."""
    result = k2log("add", typed)

    assert result.code == 3
    assert "may be: " in result.err
    assert "almon" in result.err


def test_one_official_food_alone_is_still_only_listed(k2log):
    """Nothing else has the word, and yet it may be meant otherwise."""
    result = k2log("add", "feijoa 100g")

    assert result.code == 3
    assert '"feijoa" may be: ' in result.err


def test_a_full_name_stands_among_others(add):
    """From a list that was pasted: the longest name that is a food's is one item."""
    line = (
        'natto 1tbsp, Beef, chuck, arm pot roast, separable lean only, trimmed to 1/8" fat,'
        " all grades, cooked, braised 150g, 2 eggs and gouda 30g"
    )

    assert add(line) == ["natto", "sr28:23602", "egg", "gouda"]


@pytest.mark.parametrize("line", ["bread, egg", "Bread, egg 1", "frankfurter, chicken"])
def test_a_list_of_everyday_foods_is_no_official_food_of_that_name(line, add):
    """SR28 has a bread called "Bread, egg"; it has its key, and its words without the comma."""
    assert len(add(line)) == 2


@pytest.mark.parametrize(
    ("typed", "curated", "twin"),
    [
        ("Cheese, gouda 30g", "gouda", "sr28:01022"),
        ("Fish, salmon, Atlantic, farmed, cooked, dry heat 100g", "salmon", "sr28:15237"),
        ("salmon, Atlantic, farmed, cooked, dry heat 100g", "salmon", "sr28:15237"),
        ("Milk, semi-skimmed, pasteurised 200ml", "eu-semi-skimmed-milk", "ciqual:19042"),
    ],
)
def test_a_curated_food_stands_for_the_row_it_was_made_of(typed, curated, twin, add, k2log):
    """Its name means the curated food, no search lists it beside that, its key means itself."""
    assert add(typed) == [curated]
    name, _, _ = typed.rpartition(" ")
    found = [each["key"] for each in json.loads(k2log("foods", "search", name, "--json").out)]
    assert curated in found
    assert twin not in found
    assert add(f"food:{twin} 30g") == [twin]


@pytest.mark.parametrize(
    ("region", "key"),
    [(None, "sr28:15039"), ("us", "sr28:15039"), ("eu", "ciqual:26011"), ("uk", "ciqual:26011")],
)
def test_the_official_table_of_the_region_comes_first(region, key, add, k2log):
    """Where no region is set, it is said which was taken."""
    if region:
        k2log("config", "set", "region", region)

    assert add("atlantic herring raw 100g") == [key]
    assert ("US, assumed" in k2log("add atlantic herring raw 100g --dry-run").out) == (not region)
    found = [it["key"] for it in json.loads(k2log("foods search atlantic herring raw --json").out)]
    assert found[0] == key
    assert {"sr28:15039", "ciqual:26011"} <= set(found)


def test_names_of_the_same_words_are_told_by_how_they_are_spelt(add):
    """Oranges with their peel, or the peel: the parts between commas may change places."""
    assert add("Oranges, raw, with peel 100g") == ["sr28:09205"]
    assert add("orange peel, raw 6g") == ["orange-zest"]


def test_a_food_of_ones_own_and_an_alias_come_before_official_foods(add, k2log):
    """Whatever they are called."""
    k2log("foods", "alias", "Fish, tuna, fresh, bluefin, raw", "natto")
    k2log("foods", "add", "atlantic herring raw", "--calcium", "10mg", "--yes")

    assert add("Fish, tuna, fresh, bluefin, raw 100g") == ["natto"]
    assert add("atlantic herring raw 100g") == ["own:atlantic-herring-raw"]


def test_an_official_food_can_be_given_a_name_held_in_a_recipe_and_undone(add, k2log):
    """Though the diary has no copy of it."""
    assert k2log("foods", "alias", "losos", SALMON).code == 0
    assert add("losos 100g") == ["sr28:15236"]
    assert k2log("recipe", "add", "bowl", "losos 100g", "natto 50g").code == 0
    assert "Fish, salmon, Atlantic" in k2log("recipe show bowl").out
    assert "losos" in k2log("foods show losos").out

    k2log("undo")
    k2log("undo")
    assert add("losos 100g") == []
    k2log("redo")
    assert add("losos 100g") == ["sr28:15236"]
    assert k2log("foods alias losos --rm").code == 0
    assert add("losos 100g") == []


def test_an_imported_food_stands_in_place_of_the_packages_with_its_key(add, k2log, tmp_path):
    """What the user brought themselves is meant; taken back, the package's is meant again."""
    (tmp_path / "sr").mkdir()
    for name, line in (
        ("FOOD_DES.txt", "~15236~^~1500~^~Fish, salmon, Atlantic, farmed, raw~^~X~^^^~Y~^^0^^^^^"),
        ("NUT_DATA.txt", "~15236~^~301~^77^1^^~1~^^^^^^^^^^^^"),
        ("WEIGHT.txt", "~15236~^1^1^~fillet~^200^^"),
    ):
        (tmp_path / "sr" / name).write_text(f"{line}\r\n", encoding="latin-1")
    k2log("foods", "alias", "losos", SALMON)

    imported = k2log("foods", "import", str(tmp_path / "sr"))
    assert imported.code == 0, imported.err
    for typed in ("losos 100g", f"{SALMON} 100g", "food:sr28:15236 100g"):
        (entry,) = logged(k2log("add", typed, "--dry-run", "--json"))
        assert (entry["food_key"], entry["nutrients"]["calcium"]["amount"]) == ("sr28:15236", 77)
    found = json.loads(k2log("foods", "search", SALMON, "--json").out)
    assert [each["key"] for each in found].count("sr28:15236") == 1

    assert k2log("undo").code == 0
    (entry,) = logged(k2log("add", "losos 100g", "--dry-run", "--json"))
    assert entry["nutrients"]["calcium"]["amount"] == 9


def test_of_two_imported_foods_of_one_name_the_newer_tables_is_meant(add, k2log, tmp_path):
    """Foundation Foods before SR Legacy; both have their keys."""
    rows = {
        "food.csv": FDC_HEADS["food.csv"]
        + "11,sr_legacy_food,Zorkberries,9,2019-04-01\n"
        + "12,foundation_food,Zorkberries,9,2024-04-01\n",
        "nutrient.csv": FDC_HEADS["nutrient.csv"],
        "food_nutrient.csv": "id,fdc_id,nutrient_id,amount,data_points,derivation_id,min,max\n"
        "1,11,1087,10,,,,\n2,12,1087,20,,,,\n",
    }
    for name, text in rows.items():
        (tmp_path / name).write_text(text)
    imported = k2log("foods", "import", str(tmp_path / "food.csv"))
    assert imported.code == 0, imported.err

    assert add("zorkberries 100g") == ["fdc:12"]
    assert add("food:fdc:11 100g") == ["fdc:11"]


@pytest.mark.slow
@pytest.mark.parametrize("start", range(4))
def test_every_official_name_with_an_amount_means_one_food(start, k2log):
    """Its own, the curated one made of it, or the other table's of that name; no name breaks."""
    with closing(sqlite3.connect(food_table.FILE)) as db:
        names = db.execute(
            "SELECT name, key, origin FROM foods WHERE origin <> 'catalogue' ORDER BY id"
        ).fetchall()[start * 37 :: 331]
    region = {"sr28": "us", "ciqual2020": "eu"}

    for name, key, origin in names:
        k2log("config", "set", "region", region[origin])
        entries = logged(k2log("add", f"{name} 100 g", "--yes", "--dry-run", "--json"))
        assert len(entries) == 1, name
        assert entries[0]["food_key"] == key or ":" not in entries[0]["food_key"], (name, entries)
