import html
import re
import sys

import pytest

from terminals import K2LOG, Terminal
from test_startup import modules_after


@pytest.fixture
def logged(k2log):
    """Log two days of food and a supplement."""
    k2log("add", "whole milk 2 cups, gouda 30g", "--on", "yesterday")
    k2log("add", "natto 1tbsp, d3 2000IU")
    return k2log


def seen(*arguments: str, columns: int = 80, **env: str) -> str:
    done = Terminal([*K2LOG, *arguments], {"COLUMNS": str(columns), **env}).end()
    assert done.code == 0, done.screen
    return done.screen


def uncoloured(screen: str) -> list[str]:
    """Return the lines of a screen without escape sequences and trailing blanks."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", screen)
    return [line.rstrip() for line in plain.splitlines()]


def test_a_chart_of_the_week(logged):
    """In a terminal: calcium, vitamin D in all forms, K2."""
    screen = seen("chart")

    heads = ["Calcium mg", "Vitamin D µg", "Vitamin K2 µg"]
    assert [line for line in screen.splitlines() if line in heads] == heads
    assert "▇ food" in screen
    assert "▒ supplements" in screen


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("chart k2", ["Vitamin K2"]),
        ("chart vitamin d3", ["Vitamin D3"]),
        ("chart MK-7,magnesium", ["K2 as MK-7", "Magnesium"]),
        ("chart vitamin_k1 k1", ["Vitamin K1"]),
        ("chart calcium vitamin d --month", ["Calcium", "Vitamin D"]),
    ],
)
def test_nutrients_are_named_as_people_name_them(words, names, logged):
    """In the order asked for, each once."""
    blocks = logged(words).out.split("\n\n")

    assert [block.splitlines()[0] for block in blocks[1:]] == names


@pytest.mark.parametrize("words", [["zinc"], ["calcium", "zinc"], ["vitamin"], [""], ["k3\x1b"]])
def test_a_nutrient_that_is_none_is_refused(words, logged):
    """Exit 2, one line, and the list."""
    result = logged("chart", *words)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("k2log: no nutrient ")
    assert "calcium, d, d3, d2, k2, k1, mk-4, mk-7" in result.err
    assert result.err.count("\n") == 1


def test_a_pipe_gets_words(logged):
    """What is missing, and every figure."""
    out = logged("chart").out

    assert "Nothing logged: Sun 15, Mon 16, Tue 17, Wed 18, Thu 19." in out
    assert "Not in the mean: Sat 21 (so far)." in out
    assert "Sat 21 so far: 103 µg (9 to 127)." in out
    assert "▇" not in out


def test_plain_is_words_in_a_terminal_too(logged):
    """For screen readers."""
    screen = seen("--plain", "chart")

    assert screen.split() == logged("--plain", "chart").out.split()
    assert "Sat 21 so far: 103 µg (9 to 127)." in screen


@pytest.mark.parametrize(
    "words", ["--on 2020-01-01", "--day --on 2020-01-01", "--year --on 2020-01-01"]
)
def test_without_entries_it_says_what_the_report_says(words, logged):
    """The same sentence."""
    result = logged(f"chart {words}")

    assert result.code == 0
    assert result.out == logged(f"report {words}").out
    assert result.out.startswith("Nothing logged ")


def test_windows_are_those_of_the_report(logged):
    """Two at once are refused."""
    assert logged("chart --week --month").code == 2
    assert "Friday 20 November 2026" in logged("chart --day --on yesterday").out
    assert "20 to 21 November 2026" in logged("chart --from yesterday").out


@pytest.mark.parametrize("columns", [30, 50, 80, 160])
def test_no_line_is_wider_than_the_terminal(columns, logged):
    """From drawings to words."""
    lines = seen("chart", columns=columns).splitlines()
    bars = [line.count("▇") for line in lines if re.match("Fri 20 .*▇.* 761$", line)]

    assert max(map(len, lines)) <= columns
    if columns == 30:
        assert "Fri 20: 761 mg." in lines
    else:
        assert len(bars) == 1
        assert columns / 3 < bars[0] < columns


def test_nothing_depends_on_colour(logged, k2log):
    """NO_COLOR and colour see the same characters."""
    k2log("profile set --born 1960 --sex female")
    for command, figure in (("chart", "761"), ("report", "761")):
        coloured = seen(command, TERM="xterm")
        assert ("\x1b[34m" if command == "chart" else "\x1b[1m") in coloured
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            plain = seen(command, **{"TERM": "xterm"} | env)
            assert "\x1b" not in plain
            assert figure in plain
            assert plain.splitlines() == uncoloured(coloured)


def test_an_ascii_terminal_gets_ascii_bars(logged):
    """Legible, and in columns."""
    screen = seen("chart", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")

    assert screen.isascii()
    assert "# food" in screen
    assert "= supplements" in screen
    assert re.search(r"^Fri 20 +#+ +761$", screen, re.MULTILINE)
    assert re.search(r"^Sat 21 so far \* +=+ +50$", screen, re.MULTILINE)
    assert "\\u" not in screen


def test_a_chart_needs_no_rich(logged, diary):
    """It is drawn with letters."""
    script = "import sys; from k2log.cli import run; run(['chart']); print('rich' in sys.modules)"
    screen = Terminal([sys.executable, "-c", script]).end().screen

    assert "▇ food" in screen
    assert screen.endswith("\nFalse\n")
    assert "rich" not in modules_after(diary, "chart")


def test_a_report_of_all_nutrients_has_sparklines_in_a_terminal(logged):
    """In the signs that the terminal has."""
    report = ["report", "--all"]
    assert re.search("^  Calcium +–––––█. +highest 761 mg", seen(*report), re.MULTILINE)
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    assert re.search("^  Calcium +-----@: +highest 761 mg", seen(*report, **env), re.MULTILINE)


def test_a_k2_figure_of_ones_own_is_drawn_in_every_chart(k2log, tmp_path):
    """On the terminal, in a picture and on the page; and no reference exists all the same."""
    k2log("profile set --target k2=200mcg")
    for day in ("-1", "-2"):
        k2log("add", "natto 1tbsp", "--on", day)
    picture, web = tmp_path / "week.svg", tmp_path / "week.html"
    k2log("chart", "k2", "-o", str(picture))
    k2log("report", "--format", "html", "-o", str(web))

    assert "200 µg; no reference intake" in k2log("chart k2").out
    for file in (picture, web):
        text = html.unescape(file.read_text("utf-8"))
        assert "Lines: your figure 200 µg." in text
        assert "no reference exists" in text
