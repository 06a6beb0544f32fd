"""The Tab key: through the protocol of each shell, and in a real bash; and ``foods names``."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer._click.shell_completion import get_completion_class
from typer._completion_classes import completion_init
from typer.main import get_command

from k2log.cli import declared, root, typer_program
from k2log.commands.plain_lines import NotPlainError
from k2log.commands.tab import tab_answer
from terminals import Terminal

SHELLS = ["bash", "zsh", "fish"]


@pytest.fixture
def foods(k2log):
    """Keep a diary with foods, a routine and names of one's own."""
    k2log("add natto 1tbsp")
    k2log("routine", "add", "morning", "2 eggs")
    k2log("foods", "alias", "breakfast-cheese", "gouda")


def offered(shell: str, line: str, **more: str) -> str:
    """Return what a shell is told when Tab is typed behind a line."""
    # Bash hands over the place of the word as well; what is in quotes is one.
    before, quote, _ = line.partition('"')
    place = len(before.split()) - (not quote)
    asked = {
        "_K2LOG_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(place),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": line.split(" ")[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run(
        [sys.executable, "-m", "k2log"],
        env={**os.environ, **asked, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def names(line: str) -> list[str]:
    """Return what bash is told, one a line."""
    return [name for name in offered("bash", line).splitlines() if name]


@pytest.mark.long
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("k2log rec", "recalculate"),
        ("k2log add gou", "gouda"),
        ("k2log add --dry", "--dry-run"),
        ("k2log config set reg", "region"),
        ("k2log config set region u", "uk"),
        ("k2log config set colour n", "never"),
        ("k2log config set default-milk oat", "oat milk"),
        ("k2log explain calcium-p", "calcium-paradox"),
        ("k2log explain gou", "gouda"),
        ("k2log foods show breakf", "breakfast-cheese"),
        ("k2log report --we", "--week"),
    ],
)
def test_each_shell_is_offered_what_can_be_typed(shell, line, name, foods):
    """Commands, options, settings and their values, topics, foods, names of one's own."""
    assert name in offered(shell, line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("k2log profile set --authority ", ["NASEM", "EFSA", "UK", "JAPAN-MHLW", "both"]),
        ("k2log profile set --sex ", ["female", "male"]),
        ("k2log profile set --life-stage p", ["pregnant"]),
        ("k2log profile set --medicine warf", ["warfarin"]),
        ("k2log profile set --condition osteop", ["osteoporosis", "osteopenia"]),
        ("k2log add natto --meal ", ["breakfast", "lunch", "dinner", "snack"]),
        ("k2log add natto --on y", ["yesterday"]),
        ("k2log repeat y", ["yesterday"]),
        ("k2log day complete tod", ["today"]),
        ("k2log report y", ["year", "yesterday"]),
        ("k2log report --to y", ["yesterday"]),
        ("k2log report --format h", ["html"]),
        ("k2log export --format ", ["csv", "jsonl"]),
        ("k2log import x.csv --date-order ", ["dmy", "mdy"]),
        ("k2log foods add bar --kind choc", ["chocolate"]),
        ("k2log foods add bar --like goud", ["gouda", "goudse\\ kaas", "gouda\\ cheese"]),
        ("k2log add natto 1tb", ["1tbsp"]),
        ("k2log add natto 2 p", ["pack"]),
        ("k2log add 2 eggs cottage cheese 1/2c", ["1/2cup"]),
        ("k2log edit 1 gou", ["gouda", "goulash", "goudse kaas", "gouda cheese"]),
    ],
)
def test_every_option_that_has_a_list_offers_it(line, words, foods):
    """And what is counted is offered the measures of the food before it."""
    place = str(len(line.split(" ")) - 1)
    told = offered("bash", line, COMP_CWORD=place).splitlines()

    assert [word.split("  ")[0] for word in told] == words


def test_ids_are_offered_with_what_they_are(foods, k2log):
    """The last first; in bash where there are several, for a single one is put on the line."""
    k2log("add", "gouda 30g", "--meal", "second breakfast")

    assert offered("bash", "k2log edit ", COMP_CWORD="2") == "2  Gouda 30 g\n1  Natto 1 tbsp\n"
    assert offered("bash", "k2log rm 2", COMP_CWORD="2") == "2\n"
    assert '"2":"Gouda 30 g"' in offered("zsh", "k2log recalculate ")
    assert offered("fish", "k2log edit ") == "2\tGouda 30 g\n1\tNatto 1 tbsp\n"
    assert "second breakfast" in offered("fish", "k2log add natto --meal s")


@pytest.mark.parametrize(
    ("line", "files"),
    [
        *(("k2log add --file ", True), ("k2log import ", True), ("k2log --db ", True)),
        *(("k2log restore ", True), ("k2log export -o ", True), ("k2log foods import ", True)),
        *(("k2log add ", False), ("k2log add natto --note ", False), ("k2log edit 99", False)),
        *(("k2log add qqq", False), ("k2log undo ", False), ("k2log add natto --on q", False)),
    ],
)
def test_files_are_offered_only_where_one_is_meant(line, files, foods):
    """In the words of each shell."""
    place = str(len(line.split(" ")) - 1)
    bash = offered("bash", line, COMP_CWORD=place, _K2LOG_FILES="1")

    assert bash == (":files\n" if files else "\n")
    assert offered("zsh", line) == ("_files\n" if files else "\n")
    assert offered("bash", line, COMP_CWORD=place) == "\n"


def test_a_name_of_several_words_goes_on_where_it_was_left(foods):
    """What is missing behind the words typed."""
    assert "cheese" in names("k2log add cottage ch")
    assert "cheese" in names("k2log add 2 eggs cottage ch")
    assert "cottage cheese" in names('k2log add "cottage ch')


def test_bash_is_given_one_word_where_one_is_taken(foods):
    """Zsh and fish see to the space themselves."""
    assert r"cottage\ cheese" in names("k2log edit 1 --food cott")
    assert '"cottage cheese"' in offered("zsh", "k2log edit 1 --food cott")
    assert "cottage cheese" in offered("fish", "k2log edit 1 --food cott").splitlines()


@pytest.mark.parametrize("line", ["k2log add aub", "k2log add emm", "k2log add ta"])
def test_no_name_that_a_shell_stumbles_over_is_offered(line, foods):
    """Of a food there is always a plain name."""
    assert names(line)
    assert not set("()'\"$`;&|<>*?[]{}!#~") & set("".join(names(line)))


@pytest.mark.parametrize("line", ["k2log add 100%", "k2log add _", "k2log add \\\\", "k2log add é"])
def test_signs_are_only_signs(line, foods):
    """None of them stands for any text."""
    assert names("k2log add gou")
    assert names(line) == []


def test_routines_are_offered_behind_their_sign(foods):
    """Bash hands the sign over as a word of its own."""
    assert "@morning" in offered("zsh", "k2log add @mor")
    assert "@morning" in offered("fish", "k2log add @mor")
    assert names("k2log add @ mor") == ["@morning"]


@pytest.mark.parametrize("line", ["k2log add gou", "k2log explain gou", "k2log add @m"])
def test_without_a_diary_nothing_is_offered_and_none_is_made(line, diary):
    """Looking makes no file."""
    assert "gouda" not in offered("bash", line)
    assert names(line) == []
    assert not diary.exists()


def test_a_diary_that_cannot_be_read_is_passed_over(diary):
    """No message in the middle of a line."""
    diary.write_bytes(b"not a diary" * 100)

    assert names("k2log add gou") == []


def test_completion_loads_nothing_heavy(foods):
    """It has as long as a key."""
    script = (
        "import sys; from k2log.cli import run; code = run();"
        "heavy = {'rich', 'sqlite_utils', 'rapidfuzz', 'tomllib', 'k2log.catalogue.read'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    asked = {
        "_K2LOG_COMPLETE": "complete_bash", "COMP_WORDS": "k2log add gou", "COMP_CWORD": "2",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv = ['k2log']; {script}"],
        env={**os.environ, **asked}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "gouda" in done.stdout
    assert done.stderr == "[]\n"


@pytest.fixture
def bash(tmp_path, foods):
    """Start an interactive bash with completion installed as k2log itself installs it."""
    program = shutil.which("bash")
    if program is None:
        pytest.skip("there is no bash here")
    folder = Path(tmp_path) / "bin"
    folder.mkdir()
    k2log = folder / "k2log"
    k2log.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m k2log "$@"\n')
    k2log.chmod(0o755)
    env = {"PATH": f"{folder}:{os.environ['PATH']}", "TERM": "dumb", "PS1": "$ "}
    script = subprocess.run(
        [k2log], env={**os.environ, **env, "_K2LOG_COMPLETE": "source_bash"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    (folder / "k2log.sh").write_text(script)
    (folder / "rc").write_text(f"PS1='$ '; bind 'set bell-style none'; source {folder}/k2log.sh\n")
    return Terminal([program, "--noprofile", "--rcfile", str(folder / "rc"), "-i"], env)


@pytest.mark.parametrize(
    ("keys", "logged"),
    [
        ("k2log add gouda\\ ch\t 30g", "Gouda · 30 g"),
        ("k2log add cottage ch\t 30g", "Cottage cheese · 30 g"),
        ("k2log add 'cottage ch\t' 30g", "Cottage cheese · 30 g"),
        ("k2log add @mor\t", "Egg · 2 = 100 g"),
        ("k2log add mozzar\t 30g", "ozzarella"),
    ],
)
def test_a_real_bash_completes_a_line_that_can_be_run(keys, logged, bash):
    """What Tab makes of it is what is logged."""
    bash.wait_for(r"\$ ")
    before, _, after = keys.partition("\t")
    bash.type(f"{before}\t")
    bash.type(f"{after} --dry-run; exit\r")

    assert logged in bash.end().screen.replace("\n", " ")


def test_names_are_listed_one_a_line_your_own_first(foods, k2log):
    """For scripts; those that the prefix begins."""
    listed = k2log("foods names").out.splitlines()

    assert listed[0] == "breakfast-cheese"
    assert {"Gouda", "Natto", "Cottage cheese"} <= {*listed}
    assert len(listed) == len(set(listed)) > 1000
    assert k2log("foods names BREAKFAST-").out == "breakfast-cheese\n"


def test_every_name_listed_is_a_food(foods, k2log):
    """Any of them can be shown."""
    listed = k2log("foods names gou").out.splitlines()
    assert "Gouda" in listed
    for name in listed:
        assert k2log("foods", "show", name).code == 0, name


def test_no_name_begins_so(k2log):
    """Nothing is nothing, and no error."""
    assert k2log("foods names qqq") == (0, "", "")


HOSTILE = (
    r"y\$(touch PWNED)", "y$(touch PWNED)", "y`touch PWNED`", "y;touch PWNED", "y|touch PWNED",
    'y"$(touch PWNED)"', "y'\"$(touch PWNED)\"'", "y&touch PWNED", "y\ntouch PWNED\n", "y>PWNED",
    "y\r\ntouch PWNED", "y!!", "y\x1b]0;PWNED\x07", "y*", "y~", "y{a,b}", "y\u202etouch", "y[a]",
    r"y\\$(touch PWNED)", "y:$(touch PWNED)", "y)) $(touch PWNED) ((", "y$PATH", "y<(touch PWNED)",
)  # fmt: skip
"""What a diary of somebody else may hold as names; each begins with y, as what is typed does."""


@pytest.fixture
def hostile(diary, foods):
    """Put such names where another program can: routines, foods, names of one's own."""
    with closing(sqlite3.connect(diary)) as db, db:
        routines = {name: {"items": ["egg 1"]} for name in HOSTILE}
        db.execute("UPDATE settings SET value = ? WHERE key = 'routines'", [json.dumps(routines)])
        db.executemany(
            "INSERT INTO food_names (food_id, position, name, name_key, own)"
            " SELECT id, 900 + ?, ?, ?, 1 FROM foods WHERE key LIKE '%gouda%' LIMIT 1",
            [(place, name, name) for place, name in enumerate(HOSTILE)],
        )
        db.executemany(
            "INSERT INTO entries (uid, day, food, meal, created, changed)"
            " SELECT uid || ?, day, ?, ?, created, changed FROM entries WHERE id = 1",
            [(place, name, name) for place, name in enumerate(HOSTILE)],
        )
    return diary


@pytest.mark.parametrize("shell", [*SHELLS, "powershell"])
@pytest.mark.parametrize(
    "line",
    [
        *("k2log add y", "k2log add @y", "k2log routine show y", "k2log foods show y"),
        *("k2log explain y", "k2log edit 1 --food y", "k2log config set default-milk y"),
        *("k2log recipe show y", "k2log import y", r"k2log --db y\\$(touch PWNED)"),
        "k2log add natto --meal y",
    ],
)
def test_no_shell_is_given_what_it_would_evaluate(line, shell, hostile):
    """Neither a routine nor a food nor a file: what stands in the diary was not typed here."""
    told = offered(shell, line).replace("_arguments '*: :((", "").replace("))'", "")
    assert "PWNED" not in told
    assert not set("$`;&|<>!*~{}[]()\x1b\r\u202e") & set(told)


@pytest.mark.parametrize(
    ("keys", "offered_one"),
    [("add --note pain", False), ("add --file pain", True), ("add pain", False)],
)
def test_a_real_bash_offers_files_only_where_one_is_meant(keys, offered_one, bash, tmp_path):
    """As its script asks."""
    (tmp_path / "painters.txt").write_text("egg 1\n")
    bash.wait_for(r"\$ ")
    bash.type(f"cd {tmp_path}; echo at home\r")
    bash.wait_for("home\n")
    bash.type(f"k2log {keys}\t")
    bash.type(" </dev/null; exit\r")

    assert ("painters.txt" in bash.end().screen) == offered_one


@pytest.mark.parametrize("shell", [*SHELLS, "powershell"])
@pytest.mark.parametrize("line", ["k2log edit 1", "k2log rm 2"])
def test_what_an_entry_is_is_told_without_a_sign(line, shell, hostile):
    """Its food may be called anything; only its words are shown."""
    told = offered(shell, line).replace("_arguments '*: :((", "").replace("))'", "")
    assert "touch PWNED" in told
    assert not set("$`;&|<>!*~{}[]()\x1b\r\u202e") & set(told)


@pytest.mark.parametrize("keys", ["add @y", "add y", "routine show y", "foods show y", "edit 1"])
def test_a_real_bash_runs_nothing_of_a_strange_diary(keys, hostile, bash, tmp_path):
    """Not at Tab, and not with what Tab made of the line."""
    bash.wait_for(r"\$ ")
    bash.type(f"cd {tmp_path}; echo at home\r")
    bash.wait_for("home\n")
    bash.type(f"k2log {keys}\t\t")
    bash.type(" </dev/null\r")
    bash.type("exit\r")
    bash.end()
    assert not list(tmp_path.rglob("PWNED*"))


VALUES = (
    "k2log add gou", "k2log add 2 eggs cottage ch", 'k2log add "cottage ch', "k2log add @mor",
    "k2log add @ mor", "k2log add natto 1tbsp, gou", "k2log edit 1 --food cott",
    "k2log --plain add gou", "k2log explain gou", "k2log explain calcium-p",
    "k2log config set region u", "k2log config set default-milk oat", "k2log foods show breakf",
    "k2log foods alias x gou", "k2log routine add morning nat", "k2log recipe show x",
    "k2log chart vit", "k2log caveats hide me",
)  # fmt: skip
OTHERS = (
    "k2log rec", "k2log report --we", "k2log zork x", "k2log add --on=gou", "k2log add -- gou",
    "k2log foods zork x", "k2log day com", "k2log edit 1 --food",
)  # fmt: skip


@pytest.mark.parametrize("action", ["get-args", "is-args"])
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("line", VALUES)
def test_what_is_offered_without_typer_is_what_typer_offers(
    line, shell, action, foods, diary, monkeypatch
):
    """The same words, in the form of each shell."""
    asked = {
        "_K2LOG_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "_TYPER_COMPLETE_ARGS": line,
        "COMP_CWORD": str(len(line.partition('"')[0].split()) - ('"' not in line)),
        "_TYPER_COMPLETE_FISH_ACTION": action, "K2LOG_DB": str(diary),
    }  # fmt: skip
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    completion_init()
    program = get_command(typer_program())
    typer = get_completion_class(shell)(program, {}, "k2log", "_K2LOG_COMPLETE")
    code = 0
    text = ""
    try:
        text = typer.complete()
    except SystemExit as ended:
        code = ended.code

    if text in ("", "_files"):  # where Typer knows no word, files are offered; here are none meant
        text, code = "", 0

    assert tab_answer(root, declared) == (text, code)


@pytest.mark.parametrize("line", OTHERS)
def test_all_else_is_left_to_typer(line, foods, monkeypatch):
    """Commands, options, and what cannot be read."""
    monkeypatch.setenv("_K2LOG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))

    with pytest.raises(NotPlainError):
        tab_answer(root, declared)
