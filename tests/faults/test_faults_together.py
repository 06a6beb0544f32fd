"""Several programs that change the same thing in the same moment: what each was told, is there."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from judge import flaws
from started import Ended, must, run


def together(diary: Path, commands: list[tuple[str, ...]]) -> list[Ended]:
    """Run commands, each a process of its own, all at once."""
    with ThreadPoolExecutor(len(commands)) as pool:
        return [*pool.map(lambda words: run(diary, *words), commands)]


@pytest.fixture
def diary(tmp_path) -> Path:
    """Keep a diary with a food, a recipe and a routine of one's own."""
    path = tmp_path / "diary.db"
    must(path, "foods", "add", "house bread", "--calcium", "20mg")
    must(path, "recipe", "add", "house soup", "milk 200g", "rice 100g")
    must(path, "routine", "add", "usual", "egg 1")
    return path


def document(diary: Path, key: str) -> dict:
    """Return a JSON document of the settings."""
    with closing(sqlite3.connect(diary)) as db:
        (value,) = db.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
    return json.loads(value)


def test_ten_routines_made_at_once_are_ten(diary):
    """Each was acknowledged; and each is taken back alone, the others staying."""
    commands = [("routine", "add", f"r{number}", "egg 1") for number in range(10)]

    assert [each.code for each in together(diary, commands)] == [0] * 10
    assert set(document(diary, "routines")) == {"usual", *(f"r{number}" for number in range(10))}
    must(diary, "undo")
    assert len(document(diary, "routines")) == 10
    must(diary, "redo")
    assert len(document(diary, "routines")) == 11
    assert flaws(diary) == []


def test_of_ten_routines_of_one_name_one_is_made(diary):
    """The others are told that there is one."""
    codes = [
        each.code
        for each in together(diary, [("routine", "add", "same", f"egg {n + 1}") for n in range(10)])
    ]
    assert sorted(codes) == [0] + [1] * 9


def test_every_fact_told_at_once_is_kept(diary):
    """Above all the medicine, on which warnings rest."""
    facts = [
        ("--medicine", "warfarin"),
        ("--born", "1950"),
        ("--sex", "female"),
        ("--target", "calcium=1000mg"),
        ("--condition", "osteoporosis"),
    ]

    codes = [each.code for each in together(diary, [("profile", "set", *it) for it in facts])]

    profile = document(diary, "profile")
    assert codes == [0] * 5
    assert [each["name"] for each in profile["medicines"]] == ["warfarin"]
    assert {*profile} == {"medicines", "born", "sex", "targets", "conditions"}


def test_hidden_remarks_are_hidden_all(diary):
    """One does not bring another back."""
    ids = [*json.loads(must(diary, "caveats", "--json").out)["silent"]][:4]

    results = together(diary, [("caveats", "hide", id_) for id_ in ids])

    assert [each.code for each in results] == [0] * 4
    assert set(document(diary, "hidden-caveats")) == {*ids}


def test_edits_of_one_food_are_kept_all(diary):
    """Each gives another figure."""
    edits = [("--calcium", "30mg"), ("--mk7", "2mcg"), ("--d3", "1mcg"), ("--portion", "slice=28g")]

    results = together(diary, [("foods", "edit", "house bread", *it) for it in edits])

    shown = must(diary, "foods", "show", "house bread").out
    assert [each.code for each in results] == [0] * 4
    assert "30 mg" in shown
    assert "slice" in shown
    with closing(sqlite3.connect(diary)) as db:
        stated = db.execute("SELECT nutrient FROM figures WHERE source = 'own-label'").fetchall()
    assert {"calcium", "mk7", "vitamin_d3"} <= {nutrient for (nutrient,) in stated}


def test_edits_of_one_recipe_are_kept_all(diary):
    """Servings and weight."""
    edits = [("--serves", "4"), ("--yield", "250g")]

    results = together(diary, [("recipe", "edit", "house soup", *it) for it in edits])

    with closing(sqlite3.connect(diary)) as db:
        kept = db.execute("SELECT serves, yield_grams FROM recipes").fetchone()
    assert [each.code for each in results] == [0, 0]
    assert kept == (4, 250)


@pytest.mark.parametrize("kind", ["foods", "recipe"])
def test_a_new_name_is_given_once(kind, diary):
    """The food that was acknowledged is not written over by the next."""
    what = ["--calcium"] if kind == "foods" else []
    commands = [
        (kind, "add", "new dish", *what, f"{number + 1}0{'mg' if what else 'g milk'}")
        for number in range(6)
    ]

    results = together(diary, commands)

    assert sorted(each.code for each in results) == [0] + [3] * 5, results
    must(diary, "undo")
    assert run(diary, "foods", "show", "new dish").code == 3
