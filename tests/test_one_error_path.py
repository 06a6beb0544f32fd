"""Every command, whatever is wrong around it: one line, a sensible exit code, never a bug."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import typer

from forks import Ended, forked
from k2log.cli import load, typer_program

USUAL = {
    "add": ["egg 1"], "edit": ["1", "egg 2"], "rm": ["1"], "repeat": ["yesterday"],
    "explain": ["yesterday"], "day complete": ["yesterday"], "day show": ["yesterday"],
    "routine add": ["noon", "egg 1"], "routine show": ["morning"], "routine rm": ["morning"],
    "routine edit": ["morning", "egg 2"], "recipe add": ["toast", "egg 1"],
    "recipe show": ["bowl"], "recipe rm": ["bowl"], "recipe edit": ["bowl", "--serves", "2"],
    "foods search": ["cheese"], "foods show": ["gouda"], "foods names": ["go"],
    "foods add": ["mine", "--per", "100 g", "--calcium", "1mg"], "foods rm": ["own food"],
    "foods alias": ["brekkie", "egg"], "foods edit": ["own food", "--calcium", "1mg"],
    "profile set": ["--sex", "female"], "profile clear": ["sex"], "config get": ["region"],
    "config set": ["region", "eu"], "config unset": ["region"], "forget": ["--all", "--dry-run"],
    "caveats hide": ["k1-is-not-k2", "--for", "9d"], "report": ["--all"], "recalculate": ["--week"],
}  # fmt: skip
READING = ("import", "foods import", "add --file", "restore --yes", "--db")
WRITING = (
    "export --format csv -o",
    "report --format markdown -o",
    "chart -o",
    "backup -o",
    "doctor --export",
)
NO_PLACE = "No such file or directory|Not a directory|File name too long"
ODD = [["--zork"], ["-Z", "--", "--zork"], ["zork", "zork"], [""], ["\udcff"], ["9" * 25]]


def commands() -> Iterator[str]:
    """Yield all commands and subcommands there are."""
    for name in typer.main.get_command(typer_program()).list_commands(None):
        command = load(name)
        below = getattr(command, "commands", {})
        yield from (f"{name} {each}" for each in below)
        if not below or getattr(command, "invoke_without_command", False):
            yield name


COMMANDS = tuple(commands())
ORDINARY = tuple([*name.split(), *USUAL.get(name, [])] for name in COMMANDS)


def checked(ended: Iterable[Ended], codes: Iterable[int] = range(5)) -> list[Ended]:
    """Return how command lines ended, none of them badly."""
    held = list(ended)
    assert [end for end in held if not _good(end, codes)] == []
    return held


def _good(end: Ended, codes: Iterable[int]) -> bool:
    if end.code not in codes or "Traceback" in end.err + end.out:
        return False
    lines = end.err.splitlines()
    one_line = [line for line in lines if line.startswith("k2log: ")] == lines[-1:]
    return not end.code or one_line or _told_more(end)


def _told_more(end: Ended) -> bool:
    """Whether it is help, or a list of faults."""
    return end.err.startswith("Usage: ") or end.line.startswith("doctor")


@pytest.fixture
def used(k2log, diary) -> Path:
    """Make a diary with something of everything in it."""
    for line in (
        ["add", "natto 1tbsp, egg 2", "--on", "yesterday"],
        ["routine", "add", "morning", "d3 1000IU"],
        ["recipe", "add", "bowl", "natto 50g", "egg 1"],
        ["foods", "add", "own food", "--per", "100 g", "--calcium", "10mg"],
        ["config", "set", "region", "us"],
    ):
        assert k2log(*line).code == 0, line
    return diary


def test_the_ordinary_lines_work(used):
    """Each command has a line here that it can do: other tests take away what that needs."""
    ended = checked(forked(ORDINARY))
    working = [end.line for end in ended if end.code == 0]

    assert set(USUAL) <= set(COMMANDS)
    assert len(working) > len(ORDINARY) // 2
    assert {*(end.line for end in ended)} - {*working} == {
        "recipe add toast egg 1", "caveats unhide", "foods import", "import",
    }  # fmt: skip
    assert "Egg · 1 = 50 g" in next(end.out for end in ended if end.line == "log")


@pytest.mark.long
@pytest.mark.parametrize("odd", [[], *ODD], ids=repr)
def test_odd_arguments_are_refused_or_read(used, odd):
    """Nothing at all, nonsense, an unknown option, an empty word, a broken one, a huge number."""
    ended = checked(forked([[*name.split(), *odd] for name in ("", *COMMANDS)]))

    if odd == ["--zork"]:
        assert {end.code for end in ended} <= {2, 3}


def test_every_command_has_help():
    """The page goes to stdout, names the command, and fits a terminal of 100 columns."""
    for end in checked(forked([[*name.split(), "--help"] for name in COMMANDS]), [0]):
        assert end.err == ""
        assert f"Usage: k2log {end.line.removesuffix(' --help')}" in end.out
        assert max(map(len, end.out.splitlines())) <= 100


@pytest.mark.long
@pytest.mark.parametrize("command", READING)
def test_a_file_that_is_none(used, tmp_path, command):
    """It is missing, a folder, empty, or may not be read."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "secret.csv").touch(mode=0)
    names = ["missing.csv", "folder", "folder/missing", "empty.csv", "empty.csv/x", "x" * 300]
    names += ["secret.csv"] if os.geteuid() else []  # root may read anything

    ended = checked(forked([[*command.split(), str(tmp_path / name)] for name in names]))

    assert all(end.code for end in ended if command != "--db")


@pytest.mark.long
@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_cannot_be_written(used, tmp_path, command):
    """It is a folder, in none, below a file, too long, a device, or the diary itself."""
    names = [".", "missing/x.svg", f"{used.name}/x.svg", f"{'x' * 300}.svg", used.name]
    lines = [[*command.split(), str(tmp_path / name)] for name in names]

    before = used.read_bytes()
    ended = checked(forked([*lines, [*command.split(), "/dev/full"]]), range(1, 5))

    assert used.read_bytes() == before
    assert [end.err for end in ended[1:4] if not re.search(NO_PLACE, end.err)] == []


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY)")
    db.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()


def shortened(share: float):
    return lambda path: os.truncate(path, int(path.stat().st_size * share))


def overwritten(share: float):
    def spoil(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(int(path.stat().st_size * share))
            file.write(b"\xa5" * 40_000)

    return spoil


def alone(path: Path) -> Path:
    """Return a diary without a log of what is still to be written into it."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    return path


SPOILED = {
    "a picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" * 999),
    "a text": lambda path: path.write_text("2 eggs\n" * 99, encoding="utf-8"),
    "one byte": lambda path: path.write_bytes(b"S"),
    "newer": newer,
    "the first page only": lambda path: os.truncate(path, 4096),
    "the header only": lambda path: os.truncate(path, 100),
}


@pytest.mark.long
@pytest.mark.parametrize("how", SPOILED)
def test_a_diary_that_is_none_is_left_as_it_is(used, how):
    """Another file, a newer diary or a stump of one: exit 4 wherever a diary is needed."""
    SPOILED[how](alone(used))
    before = used.read_bytes()
    free = ("path", "explain sources", "doctor", "backup", "restore", "forget", "caveats hide")

    ended = checked(forked(ORDINARY))

    assert used.read_bytes() == before
    assert {end.line: end.code for end in ended if end.code not in (4, 2) and
            not end.line.startswith(free)} == {}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("share", [0.05, 0.6, 0.9])
@pytest.mark.parametrize("spoil", [shortened, overwritten], ids=["short", "overwritten"])
def test_a_damaged_diary_is_told_as_such(used, share, spoil):
    """Part of it is missing or rubbish: a command does without that part, or says so."""
    spoil(share)(alone(used))

    ended = checked(forked(ORDINARY))

    told = [end for end in ended if end.code == 4]
    assert told
    assert all(end.err for end in told)
    assert [end.code for end in ended if end.line == "doctor"] == [1]


@pytest.mark.long
def test_a_foreign_database_is_left_as_it_is(diary):
    """A database of another program is not a diary, whatever its tables are called."""
    foreign(diary)
    before = diary.read_bytes()

    ended = checked(forked(ORDINARY))

    assert diary.read_bytes() == before
    assert {end.code for end in ended if end.line.startswith(("add", "report", "log"))} == {4}


@pytest.mark.long
@pytest.mark.parametrize("stdout", ["closed", "full"])
def test_output_that_goes_nowhere(used, stdout):
    """Stdout is closed, or its disk is full: exit 1 where there was something to say."""
    shutil.copy(used, f"{used}.before")

    ended = checked(forked([*ORDINARY, ["--help"], ["--version"]], stdout=stdout))

    said = {end.line: end.code for end in ended}
    assert [said[line] for line in ("add egg 1", "log", "report --all", "--help")] == [1, 1, 1, 1]


@pytest.mark.long
def test_no_input_at_all(used):
    """Stdin is closed: nothing is asked and nothing waits."""
    lines = [*ORDINARY, ["add", "-"], ["import", "-"], ["add", "pie 100g"]]

    ended = checked(forked(lines, stdin="closed"))

    assert [end.code for end in ended[-3:]] == [2, 2, 3]
    assert '"pie" may be' in ended[-1].err
    assert [end.code for end in ended if end.line == "add egg 1"] == [0]


@pytest.mark.long
@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "dumb", "COLUMNS": "1"},
        {"TERM": None, "COLUMNS": "7", "TZ": "Nowhere/Zork"},
        {"COLUMNS": "100000", "NO_COLOR": "1"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"HOME": None, "XDG_DATA_HOME": None, "LANG": "zork"},
        {"HOME": "/nowhere", "COLUMNS": "-3"},
    ],
    ids=str,
)
def test_odd_terminals(used, env):
    """A terminal that is dumb, as narrow as can be, speaks ASCII, or belongs to nobody."""
    ended = checked(forked(ORDINARY, stdout="terminal", env=env))

    shown = {end.line: end.out for end in ended}
    colourless = "NO_COLOR" in env or env.get("TERM", "xterm") != "xterm"
    assert re.search(r"Egg (·|-) 2 = 100 g", shown["explain yesterday"])
    assert re.search(r"mean of 1 day\b", shown["report --all"])
    assert ("\x1b[" in shown["report --all"]) is not colourless
    assert "".join(shown.values()).isascii() is ("PYTHONIOENCODING" in env)


def test_a_home_that_nobody_has(k2log, monkeypatch):
    """A path below the home of an unknown user is refused like any other."""
    monkeypatch.setenv("K2LOG_DB", "~zork/diary.db")

    result = k2log("report")

    assert (result.code, result.err.count("\n")) == (4, 1)
    assert "There is no home folder for ~zork/diary.db" in result.err
