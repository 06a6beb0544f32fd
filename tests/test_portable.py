"""k2log starts where Unix is not: none of its modules needs a module that only Unix has."""

import pkgutil
import subprocess
import sys

import pytest

import k2log

UNIX_ONLY = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
BLOCKED = f"""
import sys
import subprocess  # the standard library's own needs come first
for name in {UNIX_ONLY}:
    sys.modules[name] = None
"""


def test_every_module_can_be_imported_without_unix():
    """Each of them, in one program."""
    names = [each.name for each in pkgutil.walk_packages(k2log.__path__, "k2log.")]
    wanted = [name for name in names if not name.endswith("__main__")]
    script = f"{BLOCKED}\nfrom importlib import import_module\n[*map(import_module, {wanted})]"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert len(wanted) > 60
    assert done.stderr == ""


@pytest.mark.parametrize("words", [["add", "egg 1"], ["log"], ["report"], ["chart"], ["doctor"]])
def test_the_ordinary_commands_work_without_unix(words, k2log):
    """From the command line to the file and back."""
    assert k2log("add natto 1tbsp").code == 0
    script = f"{BLOCKED}\nfrom k2log.cli import run\nsys.exit(run({words}))"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout
