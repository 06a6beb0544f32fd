"""What a new user sees first: k2log alone, its page of help, and what they type instead."""

import re
import shlex
from contextlib import chdir
from itertools import groupby

import pytest

from k2log.cli import COMMANDS, INSTEAD, declared
from k2log.render.help_page import help_page

EXAMPLES = [
    example
    for name in COMMANDS
    for command in declared(name).commands.values()
    for example in command.examples
]


def test_the_page_of_help_fits_a_terminal(k2log):
    """Every command in its group, at most 30 lines of 80 columns, nothing cut."""
    page = k2log("--help").out

    assert len(page.splitlines()) <= 30
    assert max(map(len, page.splitlines())) <= 80
    assert "…" not in page
    assert all(re.search(rf"\b{name}\b", page) for name in COMMANDS)
    groups = re.findall(r"^([A-Z][a-z]+(?: up)?)  ", page, re.MULTILINE)
    assert groups == [*dict.fromkeys(row.group for row in COMMANDS.values()), "Examples", "Options"]


@pytest.mark.parametrize("columns", [24, 40, 50, 71, 72, 100])
def test_the_page_of_help_fits_any_width(columns):
    """Lines break between words."""
    assert max(map(len, help_page(COMMANDS, columns).splitlines())) <= columns


def test_a_torn_group_is_refused():
    """A row that is added in the wrong place is told of at once."""
    with pytest.raises(ValueError, match="Log"):
        help_page({**COMMANDS, "late": COMMANDS["add"]}, 80)
    assert len([*groupby(row.group for row in COMMANDS.values())]) == 6


@pytest.mark.parametrize(
    "command", [["add"], ["report"], ["foods", "add"], ["profile", "set"]], ids=" ".join
)
def test_help_begins_with_three_examples(command, k2log):
    """Behind the line of usage, before anything else."""
    usage, blank, *lines = k2log(*command, "--help").out.splitlines()

    assert usage.startswith("Usage: k2log ")
    assert not blank
    assert [line.startswith(f"  k2log {' '.join(command)}") for line in lines[:4]] == [
        True, True, True, False
    ]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_typed(example, k2log, tmp_path):
    """As it stands, in a diary of two days, and on a page of 80 columns."""
    k2log("add", "gouda 30g, d3 1000IU")
    k2log("add", "natto 1tbsp, 2 eggs", "--on", "yesterday", "--meal", "breakfast")
    if example.startswith("foods edit"):
        k2log("foods", "add", "my bread", "--per", "100g", "--calcium", "150mg")
    with chdir(tmp_path):
        result = k2log(*shlex.split(example))

    assert result.code == 0, result.err
    assert len(f"  k2log {example}") <= 80


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", ""), ("status", ""), ("list", "log"), ("list --week", "log --week"),
        ("yesterday", "log yesterday"), ("week", "report week"), ("month", "report --month"),
        ("help", "--help"), ("help add", "add --help"), ("help foods add", "foods add --help"),
        ("help calcium paradox", "explain calcium paradox"), ("version", "--version"),
        ("-V", "--version"), ("search gouda", "foods search gouda"),
        ("--plain today", "--plain"), ("report last 14", "report --days 14"),
        ("report week", "report --week"), ("report --last 14", "report --days 14"),
        ("report --csv", "report --format csv"), ("log yesterday", "log --on yesterday"),
        ("chart last 14 days calcium", "chart calcium --days 14"),
        ("report yesterday", "report --day --on yesterday"),
        ("export november -o -", "export --from 2026-11-01 -o -"),
    ],
)  # fmt: skip
def test_what_people_type_instead(typed, meant, k2log):
    """It does what it means."""
    k2log("add", "gouda 30g, d3 1000IU", "--on", "yesterday")
    k2log("add natto 1tbsp")

    result = k2log(*typed.split())

    assert result == (k2log(*meant.split()) if meant else k2log("--plain"))._replace(
        out=result.out if not meant else k2log(*meant.split()).out
    )
    assert result.code == 0


@pytest.mark.parametrize("word", ["delete", "remove", "del"])
def test_other_words_for_rm(word, k2log):
    """Removed, and undo brings it back."""
    k2log("add natto 1tbsp")

    assert "removed 1" in k2log(f"{word} 1").out
    assert "took back" in k2log("undo").out


def test_no_word_meant_otherwise_is_a_command():
    """A command of that name would never be reached; and each leads to one, or to none at all."""
    assert not set(INSTEAD) & set(COMMANDS)
    assert all(line[0] in COMMANDS or line == ("--version",) for line in INSTEAD.values() if line)


@pytest.mark.parametrize("typed", ["ate 2 eggs", "eat 2 eggs", "log 2 eggs", "2 eggs"])
def test_what_is_eaten_is_not_logged_by_a_word_that_is_no_command(typed, k2log):
    """Who forgets ``add`` is told the whole line, and nothing is written."""
    result = k2log(typed)

    assert result.code == 2
    assert "k2log add 2 eggs" in result.err
    assert k2log("log").out.startswith("Nothing logged")


def test_words_that_are_no_window_list_windows(k2log):
    """For every command that takes days in words."""
    for command in ("report", "log", "suggest", "export", "chart"):
        result = k2log(f"{command} fortnigt")
        assert result.code == 2
        assert "last month, october" in result.err


def test_two_windows_are_one_too_many(k2log):
    """Whatever they are typed as."""
    for words in ("week --month", "october --on mon", "week --days 3", "--days 3 --from mon"):
        result = k2log(f"report {words}")
        assert (result.code, "two windows" in result.err) == (2, True), words


def test_csv_and_json_are_two_formats(k2log):
    """Nobody guesses which."""
    assert "two formats" in k2log("report --csv --json").err


def test_foods_list_has_ones_own(k2log):
    """Foods and names of one's own; without any, what to type."""
    assert "No foods or names of your own yet" in k2log("foods list").out
    k2log("foods", "add", "my bread", "--per", "100 g", "--calcium", "150mg")
    k2log("foods", "alias", "breakfast cheese", "gouda")

    lines = k2log("foods list").out.splitlines()

    assert [line.split("  ")[0] for line in lines[1:3]] == ["Gouda", "my bread"]
    assert "breakfast cheese" in lines[1]


def test_bare_k2log_lists_today(k2log):
    """Entries with their ids, a line for each nutrient, and doses that last."""
    k2log("add", "d3 20000IU", "--every", "7d", "--on", "-3")
    k2log("add", "natto 1tbsp", "--at", "08:00")
    k2log("add gouda 30g")

    lines = k2log("--plain").out.splitlines()

    assert lines[0] == "Sat 21 Nov 2026 so far, 2 entries"
    assert lines[2].startswith(" 3  Gouda")
    assert lines[3].startswith(" 2  08:00 Natto")
    assert "a day's share of Vitamin D3 · 20000 IU, every 7 days" in lines[4]
    assert [line.split("  ")[0] for line in lines[6:9]] == ["Calcium", "Vitamin D", "Vitamin K2"]
    assert lines[7].endswith("72 µg")


def test_bare_k2log_says_what_to_be_careful_about(k2log):
    """Each warning that today's entries give rise to, its first sentence."""
    k2log("profile set --medicine levothyroxine@07:00")
    assert "Careful" not in k2log("add gouda 30g").out
    k2log("add calcium 500mg --at 08:00")

    text = k2log("--plain").out

    assert "\nCareful\n  warning, evidence strong: Calcium (elemental) at 08:00" in text
    assert text.endswith("  In full: k2log caveats --day\n")


def test_a_long_day_shows_its_newest_entries(k2log):
    """The rest is a command away; the sums are of all."""
    k2log("add", ", ".join(["gouda 30g"] * 15))

    text = k2log("--plain").out

    assert "… 3 before these: k2log log" in text
    assert "\n15  Gouda" in text
    assert "\n 3  Gouda" not in text
    assert "3150 mg" in text
