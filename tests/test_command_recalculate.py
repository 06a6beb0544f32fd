"""``k2log recalculate``: entries by the figures that their foods have today."""

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from k2log.diary.entry import Entry
from k2log.diary.recalculation import Recalculation, recalculate, recalculation_totals
from k2log.features.recalculate.command import recalculation_text
from k2log.food.food import EDITION, Food
from k2log.food.measure import food_amount
from k2log.paths import diary_path
from k2log.render.page import Page
from k2log.store.diary import open_diary
from k2log.store.entries import entries_between
from k2log.store.foods import foods_of_keys
from terminals import K2LOG, Terminal

BAR = ("foods", "add", "my bar", "--per", "100g", "--calcium", "100mg", "--portion", "piece=40g")
RICHER = ("foods", "edit", "my bar", "--per", "100g", "--calcium", "300mg", "--k2", "3mcg")


@pytest.fixture
def bars(k2log):
    """Keep a diary with bars whose figures were corrected since, and with other entries."""
    k2log(*BAR)
    k2log("add", "my bar 2 pieces", "gouda 30g", "d3 2000IU", "my bar 50g")
    k2log(*RICHER)


def rows(diary) -> list[tuple]:
    with closing(sqlite3.connect(diary)) as db:
        return db.execute("SELECT * FROM entries ORDER BY id").fetchall()


def held(k2log, id_: int) -> dict:
    return {entry["id"]: entry for entry in json.loads(k2log("log --json").out)}[id_]


def test_entries_get_the_figures_of_today(bars, k2log):
    """Each that changes is shown before and after, and their sum."""
    result = k2log("recalculate --day")

    assert result.code == 0, result.err
    assert result.out.splitlines() == [
        " 1  my bar · 2 pieces = 80 g",
        "    calcium  80 mg → 240 mg",
        "    K2       ? → 2.4 µg",
        " 4  my bar · 50 g",
        "    calcium  50 mg → 150 mg",
        "    K2       ? → 1.5 µg",
        "",
        "2 of 4 entries changed; in all:",
        "    calcium  130 mg → 390 mg",
        "    K2       ? → 3.9 µg",
    ]
    assert held(k2log, 4)["nutrients"]["calcium"]["amount"] == 150


def test_a_portion_that_changed_changes_the_grams(k2log):
    """The amount stays as it was typed."""
    k2log(*BAR)
    k2log("add", "my bar 2 pieces")
    k2log("foods", "edit", "my bar", "--portion", "piece=50g")
    result = k2log("recalculate 1")

    assert " 1  my bar · 2 pieces = 80 g → my bar · 2 pieces = 100 g\n" in result.out
    assert (held(k2log, 1)["amount"], held(k2log, 1)["grams"]) == (2, 100)


def test_only_what_was_chosen_is_recalculated(bars, k2log):
    """Ids and ranges."""
    k2log("recalculate 2-4")

    assert held(k2log, 1)["nutrients"]["calcium"]["amount"] == 80
    assert held(k2log, 4)["nutrients"]["calcium"]["amount"] == 150


@pytest.mark.parametrize(
    ("window", "chosen"),
    [
        ("--day", "0 of 1 entry"),
        ("--week", "2 of 3 entries"),
        ("--on yesterday", "1 of 1 entry"),
        ("--from -9 --to -2", "2 of 2 entries"),
        ("--month", "3 of 4 entries"),
        ("--year", "3 of 4 entries"),
    ],
)
def test_a_window_chooses_the_entries_of_its_days(window, chosen, k2log):
    """As in log and report."""
    k2log(*BAR)
    for line in ("my bar 40g --on -8", "my bar 40g --on -3", "my bar 40g --on -1", "gouda 30g"):
        k2log("add", *line.split())
    k2log(*RICHER)
    said = k2log(f"recalculate {window} --dry-run").out

    assert f"{chosen} would change; in all:" in said or ("0 of" in chosen and "Nothing" in said)


def test_a_trial_run_writes_nothing(bars, k2log, diary):
    """It says what would change."""
    before = rows(diary)
    result = k2log("recalculate --day --dry-run")

    assert "2 of 4 entries would change; in all:" in result.out
    assert rows(diary) == before


def test_undo_brings_the_old_figures_back(bars, k2log, diary):
    """All of them, with how they came about, in one step; redo does it again."""
    before = [row[:15] + row[16:] for row in rows(diary)]
    k2log("recalculate --day")
    after = [row[:15] + row[16:] for row in rows(diary)]
    undone = k2log("undo")

    assert undone.out == "took back: recalculate --day  (entries 1 my bar, 4 my bar)\n"
    assert [row[:15] + row[16:] for row in rows(diary)] == before
    k2log("redo")
    assert [row[:15] + row[16:] for row in rows(diary)] == after != before


def test_nothing_to_change_writes_nothing(k2log, diary):
    """Not even a line in the history."""
    k2log("add", "gouda", "2 eggs", "d3 2000IU", "calcium 500mg as citrate", "milk 1 cup")
    before, history = rows(diary), k2log("history").out
    result = k2log("recalculate --day")

    assert result.out == "Nothing to change: the figures are those of today.\n"
    assert (rows(diary), k2log("history").out) == (before, history)


def test_what_cannot_be_measured_any_more_is_listed_and_left(bars, k2log):
    """The others change."""
    k2log(*(*BAR[:2], "bread roll of mine", *BAR[3:]))
    k2log("add", "bread roll of mine 1 piece")
    k2log("foods", "rm", "bread roll of mine")
    result = k2log("recalculate --day")

    assert result.code == 0, result.err
    assert "2 of 5 entries changed" in result.out
    assert result.out.endswith(
        "\nleft as they are:\n"
        " 5  bread roll of mine · 1 piece = 40 g:"
        " its food is not one that k2log knows figures of\n"
    )


def test_an_amount_that_was_assumed_stays_one(k2log):
    """And stays as much of the measure as it was."""
    k2log("add gouda")
    k2log("recalculate 1")

    assert "1 slice = 28 g (assumed)" in k2log("log").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("", 2, "which entries?"),
        ("1 --week", 2, "either"),
        ("gouda", 2, "not an entry id"),
        ("--week --month", 2, "two windows"),
        ("99", 1, "no entry 99"),
        ("1 --food gouda", 2, "not several"),
        ("--region --food gouda", 2, "not several"),
        ("--food unicorn", 3, 'no food called "unicorn"'),
        ("1 50-60", 1, "no entry 50-60"),
    ],
)
def test_what_names_no_entries_is_refused(words, code, said, bars, k2log, diary):
    """In one line; nothing is written."""
    before = rows(diary)
    result = k2log(*["recalculate", *words.split()])

    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert result.err.count("\n") == 1
    assert rows(diary) == before


def test_editing_a_food_says_what_it_changes_in_what_was_logged(k2log):
    """How many entries, and what they come to this week and month, before and after."""
    k2log(*BAR)
    for day in ("today", "-3", "-20", "-40"):
        k2log("add", "my bar 50g", "gouda 30g", "--on", day)
    result = k2log(*RICHER)

    assert result.err.splitlines() == [
        "4 entries hold the figures of before.",
        "  They come to, this week:",
        "    calcium  100 mg → 300 mg",
        "    K2       ? → 3 µg",
        "  They come to, this month:",
        "    calcium  150 mg → 450 mg",
        "    K2       ? → 4.5 µg",
        'To have those of now in them: k2log recalculate --food "my bar"',
    ]
    assert "4 of 4 entries changed" in k2log("recalculate", "--food", "my bar").out
    assert "recalculate --food" in k2log("undo").out
    assert held(k2log, 1)["nutrients"]["calcium"]["amount"] == 50


@pytest.mark.parametrize(
    "named",
    [
        ("foods", "alias", "cheese", "brie"),
        ("foods", "add", "cheese", "--per", "100g", "--calcium", "100mg", "-y"),
    ],
)
def test_a_name_newly_known_offers_the_entries_that_were_typed_by_it(named, k2log):
    """They were logged as something else; nothing of them changes by itself."""
    k2log("add", "cheese 100g", "goat cheese 30g", "30g cheese")
    before = [held(k2log, id_)["food"] for id_ in (1, 2, 3)]

    result = k2log(*named)

    assert result.code == 0, result.err
    assert result.err.startswith("2 entries hold the figures of before.")
    assert result.err.endswith("k2log recalculate --food cheese\n")
    assert [held(k2log, id_)["food"] for id_ in (1, 2, 3)] == before
    k2log("recalculate --food cheese")
    foods = [held(k2log, id_)["food"] for id_ in (1, 2, 3)]
    assert foods[0] == foods[2] != before[0]
    assert foods[1] == before[1]
    assert k2log("undo").code == 0
    assert [held(k2log, id_)["food"] for id_ in (1, 2, 3)] == before


def test_a_new_edition_of_the_foods_says_what_it_changes_at_the_next_entry(k2log, diary):
    """Once; nothing changes by itself."""
    k2log("add", "gouda 100g", "egg 1")
    k2log("add", "gouda 100g", "--on", "-40")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE _sqlite_migrations SET name = '2020.1' WHERE migration_set = 'foods'")
        db.execute(
            "UPDATE entries SET calcium_mg = 600, calcium_mg_low = 600, calcium_mg_high = 600"
        )

    result = k2log("add egg 1")

    assert result.err.splitlines() == [
        f"k2log has new figures of foods (edition {EDITION}).",
        "2 entries hold the figures of before.",
        "  They come to, this week and month:",
        "    calcium  1200 mg → 728 mg",
        "To have those of now in them: k2log recalculate --month",
    ]
    assert held(k2log, 1)["nutrients"]["calcium"]["amount"] == 600
    assert k2log("add egg 1").err == ""
    assert "2 of 4 entries changed" in k2log("recalculate --month --yes").out
    assert k2log("undo").code == 0
    assert held(k2log, 1)["nutrients"]["calcium"]["amount"] == 600


def test_a_new_diary_knows_the_edition_of_today(k2log):
    """What is logged first has nothing before it."""
    assert k2log("add gouda 30g").err == ""


@pytest.fixture
def many(k2log):
    """Keep more entries with new figures than one changes by a slip."""
    k2log(*BAR)
    k2log("add", ", ".join(["my bar 40g"] * 21))
    k2log(*RICHER)


def test_many_changes_need_a_yes(many, k2log, diary):
    """Where nobody can be asked."""
    before = rows(diary)
    refused = k2log("recalculate --day")

    assert refused.code == 1
    assert "21 entries would be changed" in refused.err
    assert "--yes" in refused.err
    assert rows(diary) == before
    result = k2log("recalculate --day --yes")
    assert "21 of 21 entries changed" in result.out
    assert "    and 1 more: --all lists them\n" in result.out
    assert k2log("undo").code == 0
    assert rows(diary)[20][16:] == before[20][16:]


@pytest.mark.parametrize(("reply", "code"), [("y", 0), ("n", 1), ("\x03", 130)])
def test_in_a_terminal_many_changes_are_asked_about(reply, code, many, diary):
    """After they were shown."""
    before = rows(diary)
    terminal = Terminal([*K2LOG, "recalculate", "1-21"])
    shown = terminal.wait_for("Go on")
    terminal.type(f"{reply}\r")

    assert terminal.end().code == code
    assert "21 of 21 entries would change" in shown
    assert (rows(diary) == before) is (code != 0)


def test_all_lists_every_entry(many, k2log):
    """On request."""
    assert k2log("recalculate --day --dry-run --all").out.count(" → ") == 2 * 21 + 2


def test_plain_words_for_listening(bars, k2log):
    """No arrows, no question marks."""
    said = k2log("--plain recalculate 1 --dry-run").out

    assert "K2: was unknown, now 2.4 µg" in said
    assert not set("→?–") & set(said)


_KEYS = "SELECT key FROM package.foods UNION SELECT key FROM main.foods"


def _held(k2log) -> tuple[list[Entry], dict[str, Food]]:
    """Return the entries of today, and every food there is."""
    with open_diary(diary_path()) as diary:
        keys = [key for (key,) in diary.with_foods().execute(_KEYS)]
        day = date(2026, 11, 21)
        return [*entries_between(diary, day, day)], foods_of_keys(diary, keys, retired=False)


def test_on_a_narrow_terminal_lines_wrap(bars, k2log):
    """What was and what is stand below each other."""
    entries, foods = _held(k2log)
    found = recalculation_totals(
        (recalculate(each, foods.get(each.food_key)) for each in entries), 20
    )
    text = recalculation_text(found, Page(40), done=True)

    assert found.changed == 2
    assert max(map(len, text.splitlines())) <= 40


def test_every_food_in_every_measure_comes_to_the_same_again(bars, k2log):
    """What is logged today changes nothing when it is recalculated today."""
    (entry, *_), foods = _held(k2log)
    assert len(foods) > 100
    for food in foods.values():
        for measure in (*food.portions, "IU" if food.active == "vitamin_d3" else food.unit):
            typed = food_amount(food, 2, measure, form="salt" if food.salt else None)
            one = entry._replace(amount=typed.amount, measure=typed.measure, grams=typed.grams)
            again = recalculate(one, food)
            assert isinstance(again, Recalculation), (food.name, measure, again)
            assert again.after.grams == typed.grams, (food.name, measure)
            assert again.quantity == typed.quantity, (food.name, measure)
