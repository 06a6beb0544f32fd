"""``k2log add -`` and ``add --file``: many lines of items."""

import io
import json
import shlex
import sqlite3
import sys
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.diary.lines import TypedLine, WrongLine, read_lines
from k2log.store import diary as store

TODAY = date(2026, 11, 21)  # a Saturday
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def meals(tmp_path: Path, k2log):
    """Log a file of these lines."""

    def command(text: str | bytes, *options: str):
        path = tmp_path / "meals.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return k2log("add", "--file", str(path), *options)

    return command


def entries(k2log) -> list[dict]:
    return json.loads(k2log("log", "--year", "--json").out)


def by_id(k2log) -> list[dict]:
    return sorted(entries(k2log), key=lambda entry: entry["id"])


def told(k2log) -> list[tuple[str, str | None, str]]:
    return [
        (entry["day"], entry["time"] and entry["time"][11:16], entry["food"])
        for entry in sorted(entries(k2log), key=lambda entry: entry["id"])
    ]


def test_a_line_says_its_day_and_time(meals, k2log):
    """Or what it does not say is today, and no time."""
    result = meals(
        "2026-11-19 08:30 2 eggs, gouda 30g\n"
        "yesterday: natto 1tbsp\n"
        "08:30 d3 2000IU\n"
        "egg 1\n"
    )  # fmt: skip

    assert result.code == 0, result.err
    assert told(k2log) == [
        ("2026-11-19", "08:30", "Egg"),
        ("2026-11-19", "08:30", "Gouda"),
        ("2026-11-20", None, "Natto"),
        ("2026-11-21", "08:30", "Vitamin D3"),
        ("2026-11-21", None, "Egg"),
    ]


def test_a_heading_is_for_the_lines_below(meals, k2log):
    """Until the next; a line may say another day."""
    meals("2026-11-16:\negg 1\n8am egg 1\nyesterday: egg 1\n\n# lunch\ntue:\n\n  egg 1\r\n")

    assert [(day, at) for day, at, _ in told(k2log)] == [
        ("2026-11-16", None),
        ("2026-11-16", "08:00"),
        ("2026-11-20", None),
        ("2026-11-17", None),
    ]


@pytest.mark.parametrize(
    ("text", "day", "at", "items"),
    [
        ("2026-11-19 2 eggs", "2026-11-19", None, "2 eggs"),
        ("2026-11-19\t2 eggs", "2026-11-19", None, "2 eggs"),
        ("2026-11-19: 2 eggs", "2026-11-19", None, "2 eggs"),
        ("2026-11-19 8am: 2 eggs", "2026-11-19", "08:00", "2 eggs"),
        ("2026-11-19 noon: 2 eggs", "2026-11-19", "12:00", "2 eggs"),
        ("2026-11-19 8:30 pm 2 eggs", "2026-11-19", "20:30", "2 eggs"),
        ("yesterday natto 1tbsp", "2026-11-20", None, "natto 1tbsp"),
        ("Yesterday 20h natto 1tbsp", "2026-11-20", "20:00", "natto 1tbsp"),
        ("19 nov: 2 eggs", "2026-11-19", None, "2 eggs"),
        ("nov 19: 2 eggs", "2026-11-19", None, "2 eggs"),
        ("19 nov 08:30 2 eggs", "2026-11-19", "08:30", "2 eggs"),
        ("19 nov 2025 08:30 2 eggs", "2025-11-19", "08:30", "2 eggs"),
        ("-3: 2 eggs", "2026-11-18", None, "2 eggs"),
        ("mon: natto 1tbsp", "2026-11-16", None, "natto 1tbsp"),
        ("mon 2 eggs", "2026-11-16", None, "2 eggs"),
        ("mon half an avocado", "2026-11-16", None, "half an avocado"),
        ("mon @morning", "2026-11-16", None, "@morning"),
        ("monday 8am natto", "2026-11-16", "08:00", "natto"),
        ("08:30: 2 eggs", None, "08:30", "2 eggs"),
        ("8.30pm 2 eggs", None, "20:30", "2 eggs"),
        ("@morning", None, None, "@morning"),
        ("yesterday: food:gouda 30g", "2026-11-20", None, "food:gouda 30g"),
        ("natto yesterday", "2026-11-20", None, "natto"),
        ("natto 1tbsp on monday", "2026-11-16", None, "natto 1tbsp"),
        ("natto monday at 8am", "2026-11-16", "08:00", "natto"),
        ("natto at 8:30 pm yesterday", "2026-11-20", "20:30", "natto"),
        ("- 2 eggs", None, None, "2 eggs"),
        ("* 2 eggs", None, None, "2 eggs"),
        ("\u2022 2 eggs", None, None, "2 eggs"),
        ("- 08:30 2 eggs", None, "08:30", "2 eggs"),
        ("- [x] d3 2000IU", None, None, "d3 2000IU"),
        ("[ ] d3 2000IU", None, None, "d3 2000IU"),
        ("friday lunch: 2 eggs", "2026-11-20", None, "2 eggs"),
        ("breakfast 8am: 2 eggs", None, "08:00", "2 eggs"),
        ("breakfast - 2 eggs", None, None, "2 eggs"),
        ("dinner, 19 nov: 2 eggs", "2026-11-19", None, "2 eggs"),
        # what belongs to a food
        ("-2 eggs", None, None, "-2 eggs"),
        ("beans on toast", None, None, "beans on toast"),
        ("breakfast cereal", None, None, "breakfast cereal"),
        ("dinner roll", None, None, "dinner roll"),
        ("tea", None, None, "tea"),
        ("toast for two", None, None, "toast for two"),
        ("natto at home", None, None, "natto at home"),
        ("12 eggs", None, None, "12 eggs"),
        ("half an avocado", None, None, "half an avocado"),
        ("may 5 almonds", None, None, "may 5 almonds"),
        ("sat fat", None, None, "sat fat"),
        ("sun dried tomatoes 30g", None, None, "sun dried tomatoes 30g"),
        ("food:gouda 30g", None, None, "food:gouda 30g"),
        ("8.30 g natto", None, None, "8.30 g natto"),
        ("20 hazelnuts", None, None, "20 hazelnuts"),
        ("midnight moon 30g", None, None, "midnight moon 30g"),
        ("2 eggs 08:30", None, None, "2 eggs 08:30"),
        ("7up 1 can", None, None, "7up 1 can"),
    ],
)
def test_where_the_items_of_a_line_begin(text, day, at, items):
    """No word of a food is taken for a day or a time."""
    (line,) = read_lines([text], NOW, TODAY)

    assert isinstance(line, TypedLine), line
    assert (line.day and line.day.isoformat(), line.at and f"{line.at:%H:%M}", line.items) == (
        day, at, items,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("launch: 2 eggs", '"launch" is not a day, time or meal'),
        ("## launch", '"launch" is not a day, time or meal'),
        ("## 2026-13-20", "no day"),
        ("# Fridy", '"Fridy" is not a day'),
        ("# 2026-02-30", "no day"),
        ("natto at 8", "8am or 8pm"),
        ("tomorrow: 2 eggs", "yet to come"),
        ("tomorrow 2 eggs", "yet to come"),
        ("2026-12-24 2 eggs", "yet to come"),
        ("2026-02-30 2 eggs", "no day"),
        ("25:00 2 eggs", "not a time"),
        (": 2 eggs", "colon"),
        ("08:30", "no food"),
        ("2 eggs\x07", "control character"),
        ("e" * 2000, "1000 are the most"),
    ],
)
def test_what_is_wrong_with_a_line(text, said):
    """A day that cannot be read never becomes today."""
    (line,) = read_lines([text], NOW, TODAY)

    assert isinstance(line, WrongLine)
    assert said in str(line)


@given(st.lists(st.text(max_size=60)))
def test_any_text_gives_lines_or_says_what_is_wrong(rows):
    """Nothing typed brings it down; days are never to come."""
    for line in read_lines(rows, NOW, TODAY):
        assert 1 <= line.number <= len(rows)
        assert isinstance(line, WrongLine) or line.day is None or line.day <= TODAY


@given(st.times(), st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["", ":"]))
def test_a_written_day_and_time_come_back(at: clock_time, day: date, colon: str):
    """Every day and minute, with and without a colon."""
    (line,) = read_lines([f"{day} {at:%H:%M}{colon} 2 eggs"], NOW, TODAY)

    assert isinstance(line, TypedLine)
    assert (line.day, line.at, line.items) == (day, at.replace(second=0, microsecond=0), "2 eggs")


def test_headings_in_every_form(meals, k2log):
    """Markdown, a weekday alone, meals; until the next of their kind."""
    result = meals(
        "# my week\n## 2026-11-20\n### Breakfast\n- 2 eggs\n* gouda 30g\n"
        "Lunch:\nnatto 1tbsp\n\nThursday\negg 1\nWed:\n\u2022 egg 1\n19 nov dinner\negg 1\n"
    )

    assert result.code == 0, result.err
    assert [(each["day"][8:], each["meal"], each["food"]) for each in by_id(k2log)] == [
        ("20", "breakfast", "Egg"),
        ("20", "breakfast", "Gouda"),
        ("20", "lunch", "Natto"),
        ("19", None, "Egg"),
        ("18", None, "Egg"),
        ("19", "dinner", "Egg"),
    ]


@pytest.mark.parametrize(
    ("typed", "day", "at", "meal"),
    [
        ("add natto yesterday", "2026-11-20", None, None),
        ("add natto 1tbsp yesterday", "2026-11-20", None, None),
        ('add "natto 1tbsp" yesterday', "2026-11-20", None, None),
        ('add "natto 1tbsp yesterday"', "2026-11-20", None, None),
        ("add natto at 8am", "2026-11-21", "08:00", None),
        ("add natto on monday at noon", "2026-11-16", "12:00", None),
        ("add yesterday natto", "2026-11-20", None, None),
        ("add 8am natto", "2026-11-21", "08:00", None),
        ("add breakfast: natto", "2026-11-21", None, "breakfast"),
        ('add "late night: natto"', "2026-11-21", None, "late night"),
        ("add natto for lunch", "2026-11-21", None, "lunch"),
        ("add mon lunch: natto", "2026-11-16", None, "lunch"),
        ("add natto yesterday --on yesterday", "2026-11-20", None, None),
    ],
)
def test_items_say_when(typed, day, at, meal, k2log, monkeypatch):
    """As a line of a file does, where the rest is a food."""
    monkeypatch.setenv("K2LOG_NOW", "2026-11-21T12:30:00+00:00")
    result = k2log(*shlex.split(typed))

    assert result.code == 0, result.err
    (entry,) = entries(k2log)
    time = entry["time"] and entry["time"][11:16]
    assert (entry["food"], entry["day"], time, entry["meal"]) == ("Natto", day, at, meal)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("add natto yesterday --on mon", "--on says"),
        ("add natto at 8am --at 9am", "--at says"),
        ("add natto at 8", "8am or 8pm"),
        ("add natto tomorrow", "yet to come"),
        ("add launch: natto", "not a day, time or meal"),
        ("add unicorn yesterday", 'no food called "unicorn"'),
        ("add beans yesterday: natto", "not a day, time or meal"),
        ("add yesterday:", "what was eaten"),
    ],
)
def test_when_is_not_guessed(typed, said, k2log, monkeypatch):
    """What cannot be read, or is said twice, is refused."""
    monkeypatch.setenv("K2LOG_NOW", "2026-11-21T12:30:00+00:00")
    result = k2log(typed)

    assert result.code in (2, 3)
    assert said in result.err
    assert entries(k2log) == []


def test_options_count_where_a_line_does_not_say(meals, k2log):
    """--on, --at, --meal and --note."""
    meals("egg 1\nmon 7am: egg 1", "--on", "-2", "--at", "9am", "--meal", "lunch", "--note", "x")

    assert [(day, at) for day, at, _ in told(k2log)] == [
        ("2026-11-19", "09:00"),
        ("2026-11-16", "07:00"),
    ]
    assert {(entry["meal"], entry["note"]) for entry in entries(k2log)} == {("lunch", "x")}


def test_routines_in_lines(meals, k2log):
    """With their own time where the line has none."""
    k2log("routine", "add", "early", "d3 2000IU", "--at", "07:30")
    meals("@early\nyesterday: @early, 2 eggs\nmon 6am @early")

    assert told(k2log) == [
        ("2026-11-21", "07:30", "Vitamin D3"),
        ("2026-11-20", "07:30", "Vitamin D3"),
        ("2026-11-20", None, "Egg"),
        ("2026-11-16", "06:00", "Vitamin D3"),
    ]


def test_all_lines_are_one_change(meals, k2log):
    """One undo takes all of them back."""
    meals("egg 1\nyesterday: egg 1")
    k2log("undo")

    assert entries(k2log) == []


def test_all_or_nothing_with_every_wrong_line_told(meals, k2log):
    """Each with its number and text; the exit code is the first one's."""
    result = meals("egg 1\n2 zorgs\n\nunicorn 2g\nnatto 0g\n")
    *lines, last = result.err.splitlines()

    assert result.code == 3
    assert [line.split(":")[0] for line in lines] == [
        'line 2, "2 zorgs"', 'line 4, "unicorn 2g"', 'line 5, "natto 0g"',
    ]  # fmt: skip
    assert last == "k2log: 3 lines cannot be logged; nothing was written."
    assert entries(k2log) == []


def test_it_stops_after_twenty_wrong_lines(meals):
    """A file that is no diary is not read to its end."""
    result = meals("lorem ipsum\n" * 500)

    assert result.err.count("\n") == 21
    assert "20 lines and perhaps more" in result.err


def test_a_long_line_is_shortened_where_it_is_quoted(meals):
    """Control characters are not repeated either."""
    result = meals("yesterday: unicorn " + "\x1b[31mx" * 40)

    assert len(result.err.splitlines()[0]) < 250
    assert "\x1b" not in result.err


def test_a_doubtful_amount_needs_yes(meals, k2log):
    """As for a single item."""
    assert meals("egg 1\nmk7 1mg").code == 1
    assert entries(k2log) == []
    assert meals("egg 1\nmk7 1mg", "--yes").code == 0


def test_few_entries_are_shown_under_their_days(meals):
    """As add shows them, each day with its sum."""
    result = meals("egg 1\nyesterday: egg 2")

    assert "today so far" in result.out
    assert "Fri 20 Nov 2026 in all" in result.out
    assert result.out.count("Egg") == 2


def test_many_entries_are_summed_up(meals):
    """How many, their ids, and the sum of each day."""
    result = meals("\n".join(f"-{number % 5}: egg 1" for number in range(1, 39)))

    first, *days = result.out.splitlines()
    assert first == "38 entries on 5 days were logged: 1-38"
    assert len(days) == 5
    assert days[-1].split()[:3] == ["today", "so", "far"]


def test_a_dry_run_writes_nothing(meals, diary):
    """It says what would be logged, and makes no file."""
    result = meals("egg 1\n" * 30, "--dry-run")

    assert result.out.startswith("30 entries on 1 day would be logged\n")
    assert not diary.exists()


def test_as_json(meals):
    """The shape of add --json, in the order of the lines."""
    shown = json.loads(meals("egg 1\nyesterday: gouda 30g", "--json").out)

    assert [(entry["id"], entry["food"]) for entry in shown] == [(1, "Egg"), (2, "Gouda")]


def test_a_retry_with_the_same_uid_is_logged_once(meals, k2log):
    """The whole file again gives the same entries."""
    first = meals("egg 1\nyesterday: gouda 30g", "--uid", "week-1", "--json")

    assert meals("egg 1\nyesterday: gouda 30g", "--uid", "week-1", "--json").out == first.out
    assert len(entries(k2log)) == 2


def test_lines_from_a_pipe(k2log, monkeypatch):
    """A lone dash is stdin."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"egg 1\nnatto 1tbsp\n")))

    assert k2log("add -").code == 0
    assert len(entries(k2log)) == 2


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_from_windows(ending, meals, k2log):
    """A byte order mark and other line ends make no difference."""
    text = ending.join(["yesterday:", "egg 1", "nattō 11g"])

    assert meals(b"\xef\xbb\xbf" + text.encode()).code == 0
    assert len(entries(k2log)) == 2


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"", "nothing to log"),
        (b"# only a remark\n\n", "nothing to log"),
        (b"yesterday:\n", "nothing to log"),
        (b"egg 1\ncr\xe8me 30g", "line 2 is not UTF-8"),
        ("egg 1".encode("utf-16"), "UTF-8"),
        (b"egg 1\n" * 10_001, "more than 10000 lines"),
        (b"#" * 1_000_001, "more than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_taken(held, said, meals, k2log):
    """One line, exit 2, nothing written."""
    result = meals(held)

    assert result.code == 2, result
    assert said in result.err
    assert result.err.count("\n") == 1
    assert entries(k2log) == []


@pytest.mark.parametrize("name", ["missing.txt", ".", "/dev/zero"])
def test_what_is_no_file_of_lines(name, k2log, tmp_path, monkeypatch):
    """Not there, a folder, or without an end."""
    monkeypatch.chdir(tmp_path)

    assert k2log("add", "--file", name).code == 2


def test_items_and_a_file_are_one_too_many(meals):
    """Which is meant is not guessed."""
    assert meals("egg 1", "gouda").code == 2


def test_nothing_to_log_is_said(k2log):
    """Neither items nor a file."""
    result = k2log("add")

    assert result.code == 2
    assert "k2log add natto 1tbsp" in result.err


@pytest.mark.slow
def test_a_thousand_lines_take_few_looks(meals, k2log, monkeypatch):
    """The names of all lines are looked up at once."""
    k2log("add egg 1")
    reads: list[str] = []
    connect = store.connect

    def traced(path) -> sqlite3.Connection:
        db = connect(path)
        db.set_trace_callback(
            lambda sql: reads.append(sql) if sql.lstrip().startswith(("SELECT", "WITH")) else None
        )
        return db

    monkeypatch.setattr(store, "connect", traced)
    result = meals(
        "\n".join(f"yesterday: gouda {10 + at % 400}g, egg {1 + at % 7}" for at in range(1000))
    )

    assert result.code == 0, result.err
    assert len(reads) < 20
