"""The README tells the truth: its session is what k2log prints, its commands are all there."""

import os
import re
import shlex
import subprocess
import sys
from contextlib import chdir

import pytest

from k2log.cli import COMMANDS
from readme import README, Step, marked, sessions


def played(steps: list[Step], k2log) -> list[Step]:
    results = [(step, k2log(*shlex.split(step.command)[1:])) for step in steps]
    return [Step(step.command, result.err + result.out) for step, result in results]


def test_its_session_is_what_k2log_prints(k2log, request):
    """Every console block, command by command. K2LOG_UPDATE_README=1 rewrites it."""
    text = README.read_text(encoding="utf-8")
    assert sum(map(len, sessions(text))) > 5
    for steps in sessions(text):
        real = played(steps, k2log)
        if os.environ.get("K2LOG_UPDATE_README"):
            text = text.replace(block(steps), block(real))
            README.write_text(text, encoding="utf-8")
        else:
            assert real == steps


def block(steps: list[Step]) -> str:
    return "".join(f"$ {step.command}\n{step.output}" for step in steps)


def test_its_other_commands_run(k2log, tmp_path):
    """The commands that take a diary away and bring it back."""
    k2log("add natto 1tbsp")
    with chdir(tmp_path):
        commands = marked(README.read_text(encoding="utf-8"), "smoke")
        assert len(commands) > 2
        for command in commands:
            result = k2log(*shlex.split(command)[1:])
            assert result.code == 0, (command, result)


def typed_examples() -> list[str]:
    """Return what the table of things to type shows, as arguments of ``add``."""
    table = README.read_text(encoding="utf-8").split("## What you can type")[1].split("\n\n")[1]
    examples = re.findall(r"`([^`]+)`", "\n".join(row.split("|")[2] for row in table.splitlines()))
    return [f"egg 1 {text}" if text.startswith("--") else text for text in examples]


@pytest.mark.parametrize("typed", typed_examples())
def test_what_it_says_can_be_typed_is_understood(typed, k2log):
    """Every example of the table, as a shell would hand it over."""
    result = k2log("add", *shlex.split(typed))

    assert result.code == 0, result.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told_and_has_help(command, k2log):
    """It stands in the README and explains itself."""
    result = k2log(command, "--help")

    assert f"`k2log {command}" in README.read_text(encoding="utf-8")
    assert result.code == 0
    assert "Usage: k2log" in result.out


def test_the_module_is_the_program():
    """``python -m k2log`` works like ``k2log``."""
    done = subprocess.run(
        [sys.executable, "-m", "k2log", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("k2log ")
