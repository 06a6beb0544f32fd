"""``k2log history``: what was changed, newest first."""

import json
from datetime import datetime

import pytest

from k2log.diary.changes import ChangeRecord
from k2log.render.history import history_text
from k2log.render.layout import width
from k2log.render.page import Page

LONG = "add gouda 30g, 2 eggs, natto 1tbsp, whole milk 1 cup, d3 2000IU and more"


def test_nothing_was_changed_yet(k2log, diary):
    """No diary, no changes, no file."""
    assert k2log("history").out == "Nothing was changed yet.\n"
    assert k2log("history --json").out == "[]\n"
    assert not diary.exists()


def test_changes_are_listed_newest_first(k2log, set_now):
    """Number, local time, what it touched, the command; what was undone by what."""
    k2log("add", "gouda 30g, 2 eggs")
    set_now("2026-11-21T12:30:00+01:00")
    k2log("config set region eu")
    k2log("rm 2")
    k2log("undo")

    assert k2log("history").out.splitlines() == [
        "4  2026-11-21 12:30  1 entry, undoes 3     undo 3",
        "3  2026-11-21 12:30  1 entry, undone by 4  rm 2",
        "2  2026-11-21 12:30  1 setting             config set region eu",
        "1  2026-11-21 12:00  2 entries             add gouda 30g, 2 eggs",
    ]


def test_a_redone_change_stands_again(k2log):
    """The undo is what was undone."""
    k2log("add egg 1")
    k2log("undo")
    k2log("redo")
    redone, undone, added = json.loads(k2log("history --json").out)

    assert (added["undone_by"], undone["undone_by"], redone["undoes"]) == (None, 3, 2)


def test_twenty_are_shown_unless_more_are_asked_for(k2log):
    """-n and --all."""
    for _ in range(22):
        k2log("add egg 1")

    assert len(k2log("history").out.splitlines()) == 20
    assert len(k2log("history -n 3").out.splitlines()) == 3
    assert len(k2log("history --all").out.splitlines()) == 22


def test_json_has_counts_and_utc(k2log):
    """For scripts."""
    k2log("add", "gouda 30g, 2 eggs")

    assert json.loads(k2log("history --json").out) == [
        {
            "id": 1, "at": "2026-11-21T11:00:00Z", "command": "add gouda 30g, 2 eggs",
            "undoes": None, "undone_by": None, "entries": 2, "foods": 0, "days": 0, "settings": 0,
        }
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [30, 50, 80, 120])
def test_no_line_is_wider_than_the_page(columns):
    """The command is cut, never the numbers."""
    changes = [
        ChangeRecord(12_345, "", LONG, None, 12_346, 60, 1, 0, 2),
        ChangeRecord(7, "", "add 納豆 " * 20, None, None, 1, 0, 0, 0),
    ]
    text = history_text(changes, lambda _: datetime(2026, 11, 21, 12), Page(columns))

    lines = text.splitlines()
    assert all(width(line) <= columns for line in lines)
    assert "12345" in text
    assert "undone by 12346" in text
    assert any("…" in line for line in lines)


def test_in_a_pipe_nothing_is_cut(k2log):
    """The whole command, on one line."""
    changes = [ChangeRecord(1, "", LONG, None, None, 60, 0, 0, 0)]
    text = history_text(changes, lambda _: datetime(2026, 11, 21, 12), Page())

    assert text.endswith(f"{LONG}\n")
    assert text.count("\n") == 1


def test_what_was_typed_reaches_no_terminal_raw(k2log, tmp_path):
    """A file name may hold anything."""
    file = tmp_path / "a\x1b[31m.csv"
    file.write_text("day,food\n2026-11-20,milk\n")
    assert k2log("import", str(file)).code == 0

    for line in ("history", "undo"):
        shown = k2log(line).out
        assert "[31m.csv" in shown
        assert "\x1b" not in shown


@pytest.mark.parametrize("options", ["-n 0", "-n x", "-n -1"])
def test_a_count_that_is_none_is_refused(options, k2log):
    """Exit 2."""
    assert k2log(f"history {options}").code == 2
