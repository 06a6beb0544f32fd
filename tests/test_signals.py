"""Signals: Ctrl-C at any moment, those that are ignored, and none that prints a traceback."""

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")

START = """
import os, signal, sys
for each in (signal.SIGHUP, signal.SIGQUIT):  # ignored under nohup and in the background
    signal.signal(each, signal.SIG_DFL)
signal.signal(signal.SIGINT, getattr(signal, {handler!r}))
class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Interrupting())
sys.argv[0] = "k2log"
from k2log.__main__ import main
main()
"""


def interrupted(module: str, name: str = "SIGINT", handler: str = "default_int_handler"):
    """Run ``add`` in a process that gets a signal when it begins to load a module."""
    script = START.format(module=module, signal=name, handler=handler)
    return subprocess.run(
        [sys.executable, "-c", script, "add", "egg 1"], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("module", "code", "err"),
    [
        ("k2log.__main__", -signal.SIGINT, ""),
        ("k2log.cli", -signal.SIGINT, ""),
        ("k2log.errors", -signal.SIGINT, ""),
        ("k2log.store.diary", 130, "k2log: interrupted.\n"),
        ("k2log.store.entries", 130, "k2log: interrupted.\n"),
    ],
)
def test_ctrl_c_prints_no_traceback(module, code, err, diary):
    """While k2log is still loading it ends without a word, then with one."""
    done = interrupted(module)

    assert (done.returncode, done.stdout, done.stderr) == (code, "", err)


def test_ctrl_c_in_a_destructor_is_not_lost(diary):
    """Python cannot raise there; k2log ends a moment later, and Python's complaint is not seen."""
    script = START.format(
        module="k2log.store.diary", signal="SIGINT", handler="default_int_handler"
    ).replace("os.kill(", "Dropped(); (lambda *_: None)(", 1)
    dropped = (
        "class Dropped:\n    def __del__(self):\n        os.kill(os.getpid(), signal.SIGINT)\n"
    )
    script = script.replace("class Interrupting", f"{dropped}class Interrupting")

    done = subprocess.run(
        [sys.executable, "-c", script, "add", "egg 1"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "k2log: interrupted.\n")


def test_a_program_in_the_background_ignores_ctrl_c_as_its_shell_has_it(diary):
    """A script's `k2log … &` is not for the keyboard."""
    done = interrupted("k2log.store.diary", handler="SIG_IGN")

    assert done.returncode == 0, done.stderr
    assert "Egg" in done.stdout


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGQUIT", "SIGUSR2", "SIGALRM"])
def test_a_signal_that_ends_a_program_ends_it_quietly(name, diary):
    """With the code that shells know."""
    done = interrupted("k2log.store.diary", name)

    assert (done.returncode, done.stdout, done.stderr) == (128 + getattr(signal, name), "", "")


def test_nohup_stays_nohup(diary):
    """A signal that is ignored when k2log starts stays ignored."""
    script = START.format(module="k2log.store.diary", signal="SIGHUP", handler="SIG_IGN")
    script = script.replace("class", "signal.signal(signal.SIGHUP, signal.SIG_IGN)\nclass")

    done = subprocess.run(
        [sys.executable, "-c", script, "add", "egg 1"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
