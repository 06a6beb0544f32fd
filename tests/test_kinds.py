"""Figures by kind: each has evidence, is worked out as said, and says that it is by kind."""

import json
import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from k2log.catalogue.kinds import FIGURES_FILE, load_kind_figures, load_kinds
from k2log.catalogue.read import FOLDER, load
from k2log.store import food_table

SCRIPT = Path(__file__).parents[1] / "tools" / "kind_figures.py"


def rows(sql: str) -> list[tuple]:
    """Return what the package's table of foods answers."""
    with closing(sqlite3.connect(food_table.FILE)) as db:
        return db.execute(sql).fetchall()


@pytest.mark.skipif(
    not (FOLDER / "sr28.tsv").exists(), reason="a wheel holds the table, not its text"
)
def test_the_figures_are_what_the_evidence_comes_to():
    """The file in the repository is what its script writes today."""
    worked_out = runpy.run_path(str(SCRIPT))["kind_figures"](FOLDER)
    assert (FOLDER / FIGURES_FILE).read_text(encoding="utf-8") == worked_out


def test_every_kind_with_a_figure_for_k2_names_its_evidence():
    """Each source is described, and a best lies in its range."""
    known = {source.key for source in load().sources}
    for key, figures in load_kind_figures().items():
        for nutrient, figure in figures.items():
            named = {part.partition(":")[0] for part in figure.source.split(", ")}
            assert named, (key, nutrient)
            assert named <= known, (key, nutrient)
            best, low, high, _ = figure.amount
            assert low <= best <= high, (key, nutrient)


def test_totals_with_vitamin_k1_or_unread_rows_are_no_evidence():
    """American totals of dairy are in no range with European ones."""
    for key, figures in load_kind_figures().items():
        if (k2 := figures.get("vitamin_k2")) and "fu2017" in k2.source:
            assert k2.source == "fu2017", key
            assert load_kinds().by_key[key].region == "us"


def test_nearly_every_food_of_the_tables_has_a_figure_for_k2_and_vitamin_d():
    """Of 12,500 foods: at most 3 % are left without K2, 1 % without vitamin D."""
    foods = rows("SELECT count(*) FROM foods WHERE kind = 'food'")[0][0]
    for nutrient, most in (("vitamin_k2", 0.03), ("vitamin_d", 0.01)):
        known = rows(
            "SELECT count(*) FROM figures JOIN foods ON id = food_id WHERE kind = 'food'"
            f" AND nutrient = '{nutrient}' AND high IS NOT NULL"
        )[0][0]
        assert foods - known <= most * foods, nutrient


def test_a_figure_by_kind_is_zero_only_where_the_kind_is():
    """Nothing is taken for zero because nobody measured it."""
    zeros = rows(
        "SELECT foods.key, figures.note FROM figures JOIN foods ON id = food_id"
        " WHERE basis = 'by-kind' AND nutrient = 'vitamin_k2' AND best = 0"
    )
    kinds = load_kinds()
    zero = {
        kinds.by_key[key].title
        for key, figures in load_kind_figures().items()
        if "vitamin_k2" in figures and figures["vitamin_k2"].amount.best == 0
    }
    for key, note in zeros:
        of_parts = note.startswith("sum of its parts")  # which are foods of kinds themselves
        in_kind = any(note.startswith(title) for title in zero)
        spanning = "; range over " in note  # of a kind that may be logged, as its most ordinary
        assert note.startswith("MK-4") or of_parts or in_kind or spanning, (key, note)


def test_no_total_is_below_its_forms():
    """Neither K2 nor vitamin D, of any food of the package."""
    assert not rows(
        """
        SELECT foods.key, whole.best, sum(part.best) FROM foods
        JOIN figures AS whole ON whole.food_id = foods.id AND whole.nutrient = 'vitamin_k2'
        JOIN figures AS part ON part.food_id = foods.id
          AND part.nutrient IN ('mk4', 'mk7', 'mk_other')
        GROUP BY foods.id HAVING whole.best < sum(part.best) - 0.11
        """
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Grandma's lasagne", "meal"),
        ("my oat milk", "plant-drink"),
        ("vegan cheese slices", "plant-cheese"),
        ("goat curry", "meal"),
        ("peanut butter", "nut-butter"),
        ("smoked eel", "eel"),
        ("thing", None),
    ],
)
def test_the_kind_of_a_name(name: str, kind: str | None):
    """Words say the kind, and what says none has none."""
    of_it = load_kinds().of([name])
    assert (of_it.key if of_it else None) == kind


def test_a_figure_by_kind_says_so(k2log):
    """In explain and foods show, with the kind and its sources."""
    for command in (["explain", "steak"], ["foods", "show", "steak"]):
        assert "by kind of food" in k2log(*command).out
    assert "beef, " in k2log("explain", "steak").out
    (entry,) = json.loads(k2log("add", "steak", "100g", "--json").out)
    k2 = entry["nutrients"]["vitamin_k2"]
    assert 0 < k2["low"] < k2["high"]
    assert "the range is that of its kind" in k2log("explain", "1").out


def test_a_report_counts_entries_by_kind(k2log):
    """Beside those without a figure, in JSON; a measured figure is none of them."""
    k2log("add", "steak 100g", "--on", "-1")
    k2log("add", "gouda 30g", "--on", "-1")
    k2log("day", "complete", "-1")
    nutrients = json.loads(k2log("report", "--json").out)["nutrients"]
    assert nutrients["vitamin_k2"]["by_kind_entries"] == 1
    assert nutrients["calcium"]["by_kind_entries"] == 0
