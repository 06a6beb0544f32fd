"""What k2log promises: no network, files for the user alone, no personal data in what it says."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from k2log import cli
from k2log.cli import COMMANDS

ALONE = """
import json, sys

def refuse(event, arguments):
    if event.startswith(("socket.", "http.", "urllib.", "ftplib.", "smtplib.")):
        sys.stderr.write(f"NETWORK {event}\\n")
        raise RuntimeError(event)

sys.addaudithook(refuse)
from k2log.cli import run
for words in json.load(sys.stdin):
    print("$", *words, file=sys.stderr, flush=True)
    print("=", run(words), file=sys.stderr, flush=True)
"""
SESSION = (
    "add|natto 1tbsp, gouda 30g", "add|egg 1|--on|yesterday", "repeat|yesterday",
    "routine|add|morning|d3 1000IU", "routine|list", "recipe|add|bowl|natto 50g|egg 1",
    "recipe|show|bowl", "day|skip|-3", "day|show|-3", "log|--week", "edit|2|--note|lunch", "rm|3",
    "undo", "redo", "history", "recalculate|--week|--yes", "report|--week", "report|--format|json",
    "chart", "suggest", "caveats", "explain", "explain|gouda", "explain|sources",
    "foods|search|cheese", "foods|show|natto", "foods|names",
    "foods|add|pill|--per|1 tablet|--calcium|500mg", "foods|alias|kaas|gouda",
    "profile|set|--born|1964|--medicine|warfarin", "profile|show", "config|set|region|eu",
    "config|list", "export|-o|out.csv", "export|--format|jsonl|-o|out.jsonl", "import|out.csv",
    "import|table.csv", "backup", "backup|-o|copy.db", "restore", "restore|copy.db|--yes",
    "doctor|--fix", "doctor|--export|saved.jsonl", "forget|--before|-1|--yes", "path", "|",
)  # fmt: skip
REFUSED = (  # what writes nothing, a program that was stopped, a diary of none
    "add|ambrosia 1", "report|--format|xml", "restore|out.csv|--yes", "nonsense",
)  # fmt: skip


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """Run commands in one process that may not open a connection; return what it said."""
    monkeypatch.delenv("K2LOG_DB")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text("day,food\n2026-01-05,coffee\n")

    def run(lines, umask: int = 0o022) -> str:
        words = [[word for word in line.split("|") if word] for line in lines]
        done = subprocess.run(
            [sys.executable, "-c", ALONE], input=json.dumps(words), capture_output=True,
            text=True, check=True, umask=umask,
        )  # fmt: skip
        return done.stderr

    return run


def modes(folder: Path) -> dict[str, int]:
    """Return the permissions of what k2log has made."""
    ours = [path for path in folder.rglob("*") if path.name != "table.csv"]
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in ours}


def test_no_command_opens_a_connection(alone):
    """Every command there is, in a process where a socket cannot be made."""
    said = alone(SESSION + REFUSED)

    assert {line.split("|")[0] for line in SESSION} >= set(COMMANDS)
    assert "NETWORK" not in said
    assert "= 70" not in said, said
    codes = re.findall(r"^= (\d+)$", said, re.MULTILINE)
    assert codes[: len(SESSION)] == ["0"] * len(SESSION), said
    assert len(codes) == len(SESSION + REFUSED)
    assert "0" not in codes[len(SESSION) :], said


def test_a_connection_would_be_seen(alone, tmp_path, monkeypatch):
    """In the process of these tests; else nothing would have been looked for."""
    (tmp_path / "sitecustomize.py").write_text(
        "import k2log.store.entries as store, socket\n"
        "store.entries_between = lambda *_: socket.create_connection(('127.0.0.1', 9))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert "NETWORK socket." in alone(["add|egg 1", "log"])


@pytest.mark.parametrize("umask", [0, 0o077, 0o027])
def test_what_k2log_writes_is_for_the_user_alone(umask, alone, tmp_path):
    """The diary, its backups, exports: files 0600 in folders 0700, whatever the umask."""
    alone(SESSION, umask)

    found = modes(tmp_path)
    folders = {name for name in found if (tmp_path / name).is_dir()}
    assert {"data/k2log/diary.db", "data/k2log/backups", "out.csv", "copy.db"} <= set(found)
    assert {name: mode for name, mode in found.items() if name in folders and mode != 0o700} == {}
    assert {
        name: mode for name, mode in found.items() if name not in folders and mode != 0o600
    } == {}


def test_no_temporary_file_stays(alone, tmp_path):
    """After all that was done, and all that was refused."""
    alone(SESSION + REFUSED)

    assert "data/k2log/diary.db" in modes(tmp_path)
    assert [
        name for name in modes(tmp_path) if "part" in name or name.endswith(("-wal", "-shm"))
    ] == []


def test_an_export_that_is_terminated_leaves_nothing(k2log, tmp_path):
    """SIGTERM in the midst of writing: the temporary file goes."""
    k2log("add egg 1")
    script = (
        "import sys, time; from k2log.features.exchange import own; inner = own.csv_lines;"
        "own.csv_lines = lambda entries: (print('here', flush=True), time.sleep(60));"
        "from k2log.__main__ import main; main()"
    )
    command = [sys.executable, "-c", script, "export", "-o", str(tmp_path / "out.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGTERM)
        code = process.wait(20)

    assert code == 143
    assert [path.name for path in tmp_path.iterdir()] == ["diary.db"]


def fail(*_: object) -> None:
    secret = "ambrosia for breakfast"
    raise LookupError(f"{secret} in {Path.home()}")


@pytest.fixture
def broken(monkeypatch):
    """Make ``k2log log`` fail with a bug that has personal data all over it."""
    monkeypatch.setattr("k2log.commands.log.entries_between", fail)


def test_a_bug_is_one_line_and_a_report_without_personal_data(k2log, broken, diary):
    """Exit 70; the report has places and versions, no words, no values, no paths."""
    result = k2log("log", "--on", "2026-11-19")

    report = diary.with_name("k2log-bug.txt")
    text = report.read_text()
    assert result.code == 70
    assert result.err.count("\n") == 1
    assert str(report) in result.err
    assert "ambrosia" not in result.err
    assert text.startswith("k2log ")
    assert "\ncommand: log\n" in text
    assert "\nLookupError\n" in text
    assert "  commands/log.py:" in text
    assert not any(word in text for word in ("ambrosia", str(diary.parent), "2026-11-19", "/home"))
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_second_bug_takes_the_place_of_the_first(k2log, broken, diary):
    """A command that runs every hour does not fill the disk."""
    k2log("log")
    k2log("log")

    assert [path.name for path in diary.parent.iterdir()] == ["k2log-bug.txt"]


@pytest.mark.parametrize("option", ["--db {}", "--db={}"])
def test_a_report_lies_beside_the_diary_that_was_chosen(option, k2log, broken, tmp_path):
    """However --db is written."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    k2log(f"{option.format(folder / 'diary.db')} log")

    assert [path.name for path in folder.iterdir()] == ["k2log-bug.txt"]


def test_a_report_that_cannot_lie_there_is_a_temporary_file(
    k2log, broken, diary, tmp_path, monkeypatch
):
    """It is private there too."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    diary.with_name("k2log-bug.txt").mkdir()

    result = k2log("log")

    (report,) = tmp_path.glob("k2log-bug-*.txt")
    assert (result.code, str(report) in result.err) == (70, True)
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_report_is_not_written_through_a_link(k2log, broken, diary, tmp_path, monkeypatch):
    """What somebody else put in its place is left alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    target = tmp_path / "precious"
    target.write_text("mine")
    diary.with_name("k2log-bug.txt").symlink_to(target)

    assert k2log("log").code == 70
    assert target.read_text() == "mine"


def test_a_traceback_shows_no_values(diary):
    """K2LOG_DEBUG=1: Python's own traceback, without what variables hold."""
    script = (
        "import k2log.store.entries as store, sys\n"
        "def fail(*_):\n    secret = 'ambro' + 'sia'\n    raise LookupError('x')\n"
        "store.entries_between = fail\n"
        "from k2log.cli import run; sys.exit(run())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "log"], capture_output=True, text=True, check=False,
        env={**os.environ, "K2LOG_DEBUG": "1"},
    )  # fmt: skip

    assert "LookupError: x" in done.stderr
    assert "ambrosia" not in done.stderr
    assert cli.typer_program().pretty_exceptions_show_locals is False
