"""``k2log foods import``."""

import json
import sqlite3
import sys
from contextlib import closing

import pytest

FOODS = """\
~01123~^~0100~^~Egg, whole, raw, fresh~^~EGG~^^^~Y~^~Shell~^12^^6.25^4.36^9.02^3.68
~16113~^~1600~^~Natto~^~NATTO~^^^^^0^^5.71^3.47^8.37^4.07
"""
FIGURES = """\
~01123~^~301~^56^6^0.697^~1~^~A~^^^1^54^58^5^54.074^57.660^~2, 3~^08/2010^
~16113~^~301~^217^1^^~1~^^^^^^^^^^^12/1986^
"""
PORTIONS = "~01123~^1^1^~large~^50^^\n~16113~^1^1^~cup~^175^^\n"
CALCIUM = """
SELECT best FROM figures JOIN foods ON foods.id = food_id WHERE key = ? AND nutrient = 'calcium'
"""


@pytest.fixture
def table(tmp_path):
    """Write a small SR28 folder; return its path as typed."""

    def write(foods=FOODS, figures=FIGURES, portions=PORTIONS):
        folder = tmp_path / "sr28"
        folder.mkdir(exist_ok=True)
        files = {"FOOD_DES.txt": foods, "NUT_DATA.txt": figures, "WEIGHT.txt": portions}
        for name, text in files.items():
            (folder / name).write_bytes(text.replace("\n", "\r\n").encode("latin-1"))
        return str(folder)

    return write


@pytest.fixture
def stored(diary):
    """Ask the diary's tables."""

    def ask(query, *values):
        with closing(sqlite3.connect(diary)) as db:
            return db.execute(query, values).fetchall()

    return ask


def test_an_imported_food_can_be_logged(k2log, table):
    result = k2log("foods", "import", table())
    assert result == (0, "imported 2 foods from USDA SR28: 2 new, 0 changed, 0 unchanged\n", "")

    added = json.loads(k2log("add", "food:sr28:01123 2 large", "--json").out)
    assert added[0]["grams"] == 100
    assert added[0]["nutrients"]["calcium"]["amount"] == 56


def test_importing_again_changes_nothing(k2log, table, stored):
    k2log("foods", "import", table())
    changes = stored("SELECT count(*) FROM changes")

    assert "0 new, 0 changed, 2 unchanged" in k2log("foods", "import", table()).out
    assert stored("SELECT count(*) FROM changes") == changes


def test_a_corrected_figure_is_taken_and_only_that_food_is_written(k2log, table, stored):
    k2log("foods", "import", table())
    before = stored("SELECT digest FROM foods WHERE key = 'sr28:16113'")

    result = k2log("foods", "import", table(figures=FIGURES.replace("^56^", "^57^")))
    assert "0 new, 1 changed, 1 unchanged" in result.out
    assert stored("SELECT digest FROM foods WHERE key = 'sr28:16113'") == before
    assert stored(CALCIUM, "sr28:01123") == [(57.0,)]


def test_undo_takes_an_import_back_and_importing_again_brings_it_back(k2log, table, stored):
    live = "SELECT count(*) FROM foods WHERE origin = 'sr28' AND retired IS NULL"
    k2log("foods", "import", table())

    assert k2log("undo").code == 0
    assert stored(live) == [(0,)]
    assert "2 brought back" in k2log("foods", "import", table()).out
    assert stored(live) == [(2,)]
    assert stored("SELECT count(*) FROM foods WHERE origin = 'sr28'") == [(2,)]
    assert k2log("undo").code == 0
    assert stored(live) == [(0,)]


def test_undo_of_a_changed_food_gives_its_old_figures_back(k2log, table, stored):
    k2log("foods", "import", table())
    k2log("foods", "import", table(figures=FIGURES.replace("^217^", "^999^")))

    k2log("undo")
    assert stored(CALCIUM, "sr28:16113") == [(217.0,)]


def test_a_food_that_was_undone_and_then_corrected_comes_back_corrected(k2log, table, stored):
    k2log("foods", "import", table())
    k2log("undo")

    assert "1 changed, 1 brought back" in (
        k2log("foods", "import", table(foods=FOODS.replace("Natto", "Natto, plain"))).out
    )
    assert stored("SELECT name, retired FROM foods WHERE key = 'sr28:16113'") == [
        ("Natto, plain", None)
    ]


def test_an_alias_outlives_a_newer_edition(k2log, table, stored):
    k2log("foods", "import", table())
    assert k2log("foods", "alias", "hen fruit", "food:sr28:01123").code == 0

    k2log("foods", "import", table(foods=FOODS.replace("Egg, whole", "Eggs, whole")))
    names = "SELECT food_names.name, own FROM food_names JOIN foods ON foods.id = food_id"
    assert stored(f"{names} WHERE key = 'sr28:01123' ORDER BY own") == [
        ("Eggs, whole, raw, fresh", 0),
        ("hen fruit", 1),
    ]


def test_the_catalogue_and_own_foods_are_left_alone(k2log, table, stored):
    k2log("foods", "add", "my cheese", "--per", "100g", "--calcium", "700mg")
    others = "SELECT * FROM foods WHERE origin <> 'sr28' ORDER BY id"
    before = stored(others)

    k2log("foods", "import", table())
    assert stored(others) == before


def test_a_dry_run_says_what_would_happen_and_makes_no_diary(k2log, table, diary):
    result = k2log("foods", "import", "--dry-run", table())

    assert result.out == "would import 2 foods from USDA SR28: 2 new, 0 changed, 0 unchanged\n"
    assert not diary.exists()


def test_rows_that_cannot_be_true_are_skipped_and_counted(k2log, table):
    figures = FIGURES + "~16113~^~304~^-1^1^^~1~^^^^^^^^^^^12/1986^\n"
    figures += "~99999~^~301~^5^1^^~1~^^^^^^^^^^^12/1986^\n"
    result = k2log("foods", "import", table(figures=figures))

    assert result.code == 0
    assert result.out.endswith("; 2 rows skipped\n")
    assert "NUT_DATA.txt, line 3: magnesium -1 is negative" in result.err
    assert "NUT_DATA.txt, line 4: no food 99999 is there" in result.err


def test_a_broken_table_changes_nothing(k2log, table, stored):
    k2log("foods", "import", table())
    result = k2log("foods", "import", table(figures=FIGURES.replace("^56^", "^99^")[:-30]))

    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert "NUT_DATA.txt, line 2: " in result.err
    assert stored(CALCIUM, "sr28:01123") == [(56.0,)]


def test_an_unknown_table_names_the_tables_known(k2log, tmp_path):
    (tmp_path / "foods.csv").write_text("food,calcium\nmilk,120\n")
    result = k2log("foods", "import", str(tmp_path / "foods.csv"))

    assert result.code == 2
    for known in ("FoodData Central", "SR28", "Ciqual"):
        assert known in result.err


def test_an_unknown_format_names_the_formats_known(k2log, table):
    result = k2log("foods", "import", "--format", "xml", table())

    assert result.code == 2
    assert "fdc, sr28, ciqual" in result.err


def test_a_path_that_is_not_there_is_said_in_one_line(k2log):
    result = k2log("foods", "import", "nowhere.zip")

    assert result.code == 2
    assert result.err == "k2log: cannot read nowhere.zip: No such file or directory.\n"


def test_progress_is_shown_on_a_terminal_only(k2log, table, monkeypatch):
    path = table()
    assert k2log("foods", "import", path).err == ""

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "writing" in k2log("foods", "import", path).err
