"""Full disks, closed pipes, interrupts, terminals that cannot show µ: the real program."""

import os
import pty
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "k2log"]
PIPE_BYTES = 65_536


def program(*arguments: str, **more) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, check=False, **more)


def test_output_lost_after_the_commit_says_what_stands():
    """A full disk under stdout: exit 1, and the entry is there."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, "add", "natto", "1tbsp"], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert b"k2log: entry 1 was logged, but the output could not be written" in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert "Natto" in program("log").stdout.decode()


@pytest.mark.parametrize("command", ["report", "log", "export", "--help", "--version"])
def test_output_to_a_full_disk_is_one_line(command, k2log):
    """No command prints a traceback when its output cannot be written."""
    k2log("add natto 1tbsp --on yesterday")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PROGRAM, command], stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 1, done
    assert done.stderr.count(b"\n") == 1, done.stderr
    assert b"could not be written" in done.stderr or b"No space left" in done.stderr


@pytest.mark.parametrize("share", [4, 16, 64])
def test_a_full_disk_under_the_diary_writes_nothing(share, k2log, diary):
    """The diary cannot grow: exit 1, one line, and what was there is whole."""
    k2log("add egg 1")
    size = sum(path.stat().st_size for path in diary.parent.glob("diary.db*"))

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // share, size // share))

    items = ", ".join(["natto 1tbsp"] * 50)
    done = program("add", items, "--on", "2026-01-02", preexec_fn=limited)
    many = [program("add", items, preexec_fn=limited) for _ in range(3)]

    results = (done, *many)
    uncertain = [result for result in results if b"may be in it or not" in result.stderr]
    assert {result.returncode for result in results} <= {0, 1}, results
    assert many[-1].returncode == 1, results
    assert share < 64 or {result.returncode for result in results} == {1}, results
    surely = sum(result.returncode == 0 for result in results)
    there = len(k2log("log", "--from", "2026-01-01", "--json").out.split('"uid"')) - 2
    assert share < 64 or (there, uncertain) == (0, [])
    assert there in {50 * number for number in range(surely, surely + len(uncertain) + 1)}
    for result in results:
        if result.returncode:
            assert result.stderr.count(b"\n") == 1, result.stderr
            assert result in uncertain or b"Nothing was written" in result.stderr


def test_what_cannot_be_done_is_no_success_though_nobody_listens(tmp_path):
    """A closed pipe is an end of what is shown, not of the work."""
    path = tmp_path / "bad.csv"
    path.write_text("day,food\nnever,egg\n")
    nobody, pipe = os.pipe()
    os.close(nobody)
    code = subprocess.call([*PROGRAM, "import", str(path)], stdout=pipe, stderr=pipe)
    os.close(pipe)

    assert code not in {0, 70}
    assert program("export").stdout.count(b"\n") == 1


@pytest.mark.parametrize("command", ["log --from 2026-01-01", "export", "report --year --json"])
def test_a_pipe_that_closes_early_is_quiet(command, k2log, tmp_path):
    """``k2log report | head -1`` prints no complaint."""
    days = [f"2026-{1 + number % 10:02}-{1 + number % 28:02}" for number in range(2000)]
    table = tmp_path / "long.csv"
    table.write_text("day,food,calcium_mg\n" + "".join(f"{day},cheese,70\n" for day in days))
    assert k2log("import", str(table)).code == 0
    assert len(k2log(command).out) > PIPE_BYTES
    shell = f"set -o pipefail; '{sys.executable}' -m k2log {command} | head -1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1
    assert done.stdout.startswith((b"Thu 1 Jan 2026\n", b"uid,day,", b"{\n"))


def asked(*arguments: str) -> tuple[subprocess.Popen[bytes], int]:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdin=follower, stdout=follower, stderr=follower,
        start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    return process, leader


def interrupted(process: subprocess.Popen[bytes]) -> int:
    """Press Ctrl-C until it is heard: once may fall just before the terminal is read."""
    for _ in range(40):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return process.wait(0.5)
    process.kill()
    return process.wait()


def test_an_interrupt_ends_with_130_and_no_traceback(diary):
    """Ctrl-C while a question is asked: one line, nothing written."""
    process, terminal = asked("add", "cheese 30g")
    with process:
        seen = read_until(terminal, b"Which one?")
        code = interrupted(process)
        seen += read_rest(terminal)

    assert code == 130, seen
    assert b"nothing was written" in seen
    assert b"Traceback" not in seen


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("cheese 30g", b"30 g"), ("calcium citrate 500mg", b"calcium 500 mg")],
)
def test_a_terminal_is_asked_what_is_meant(typed, understood):
    """Which food, or whether a mass is the element's: a numbered choice; the answer is logged."""
    process, terminal = asked("add", typed)
    with process:
        seen = read_until(terminal, b"Which one?")
        os.write(terminal, b"1\n\n")  # the first of them; and no, it need not be remembered
        code = process.wait(10)
        seen += read_rest(terminal)

    assert code == 0, seen
    assert understood in seen


def read_until(descriptor: int, words: bytes, seconds: float = 10) -> bytes:
    seen = b""
    deadline = time.monotonic() + seconds
    while words not in seen and time.monotonic() < deadline:
        seen += os.read(descriptor, 4096)
    return seen


def read_rest(descriptor: int) -> bytes:
    seen = b""
    try:
        while more := os.read(descriptor, 4096):
            seen += more
    except OSError:
        pass
    os.close(descriptor)
    return seen


@pytest.mark.parametrize("command", ["add natto 1tbsp", "report", "log", "report --json"])
def test_an_ascii_terminal_gets_plain_letters(command, k2log):
    """µ becomes u, – becomes -; nothing is lost and nothing fails."""
    k2log("add natto 1tbsp")
    env = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = program(*command.split(), env=env)

    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode("ascii")
    for figure in {
        "report": ["Vitamin K2 ug", "so far today ("],
        "report --json": ['"logged_days": 1', "\\u00b5g"],
    }.get(command, ["Natto - 1 tbsp = 11 g", "103 ug (9-127)"]):
        assert figure in shown


def test_a_bug_is_one_line_with_exit_70(k2log, monkeypatch):
    """Never a traceback, never somebody's diary: where it happened, and how to see more."""
    monkeypatch.setattr("k2log.commands.path.diary_path", lambda _: 1 / 0)

    result = k2log("path")

    assert result.code == 70
    assert result.err.startswith("k2log: a bug: ZeroDivisionError at ")
    assert result.err.count("\n") == 1


def test_an_unwritable_folder_is_told(monkeypatch, k2log):
    """Not even root may make files there: exit 4, one line."""
    if not Path("/sys/kernel").is_dir():
        pytest.skip("no /sys here")
    monkeypatch.setenv("K2LOG_DB", "/sys/kernel/k2log/diary.db")

    result = k2log("add natto 1tbsp")

    assert result.code == 4, result
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["add", "x\x1b[31m", "y"],
        ["foods", "search", "zz\x1b[31mzz"],
        ["foods", "show", "zz\x1b[31mzz"],
        ["foods", "add", "zz\x1b[31m", "--calcium", "1mg"],
        ["foods", "rm", "zz\x1b]0;t\x07"],
        ["explain", "zz\x1b[31mzz"],
        ["config", "get", "zz\x1b[31m"],
        ["report", "--on", "\x1b[31m"],
        ["\x1b[31mcommand"],
        ["log", "--\x1b[31m"],
        ["rm", "\x1b[31m"],
        ["import", "\x1b[31m.csv"],
        ["foods", "import", "\x1b[31m.zip"],
        ["--db", "/dev/null/\x1b[31m/x/y.db", "add", "egg"],
    ],
)
def test_nothing_typed_reaches_the_terminal_raw(words, k2log):
    """Escape sequences are shown, never obeyed."""
    result = k2log(*words)

    assert r"\x1b" in result.err
    assert "\x1b" not in result.out + result.err
    assert "\x07" not in result.out + result.err
    assert "Traceback" not in result.err
