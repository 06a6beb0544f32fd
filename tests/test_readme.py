"""The README tells the truth: its session is what k2log prints, its commands are all there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import chdir
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from k2log.cli import COMMANDS, load
from readme import DOCS, GUIDE, README, SMOKE, Step, sessions


def played(steps: list[Step], k2log) -> list[Step]:
    results = [(step, k2log(*shlex.split(step.command)[1:])) for step in steps]
    return [Step(step.command, result.err + result.out) for step, result in results]


@pytest.mark.parametrize(("file", "least"), [(README, 4), (GUIDE, 10)], ids=["readme", "guide"])
def test_its_session_is_what_k2log_prints(file, least, k2log):
    """Every console block, command by command. K2LOG_UPDATE_README=1 rewrites it."""
    text = file.read_text(encoding="utf-8")
    assert sum(map(len, sessions(text))) > least
    for steps in sessions(text):
        real = played(steps, k2log)
        if os.environ.get("K2LOG_UPDATE_README"):
            text = text.replace(block(steps), block(real))
            file.write_text(text, encoding="utf-8")
        else:
            assert real == steps


def block(steps: list[Step]) -> str:
    return "".join(f"$ {step.command}\n{step.output}" for step in steps)


def test_it_is_short():
    """A page that a newcomer reads to its end."""
    assert len(README.read_text(encoding="utf-8")) <= 8000


def test_other_commands_run(k2log, tmp_path):
    """One after the other, as CI runs them with the wheel installed."""
    k2log("add natto 1tbsp")
    with chdir(tmp_path):
        commands = SMOKE.read_text(encoding="utf-8").splitlines()
        assert len(commands) > 50
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
    """It stands in the manual and explains itself."""
    result = k2log(command, "--help")

    assert f"### `k2log {command}" in (DOCS / "commands.md").read_text(encoding="utf-8")
    assert result.code == 0
    assert "Usage: k2log" in result.out


def manual() -> ModuleType:
    """Return the program that writes the manual."""
    spec = spec_from_file_location("manual", DOCS / "manual.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["manual"] = module
    spec.loader.exec_module(module)
    return module


def test_the_manual_is_what_the_commands_declare():
    """Every command, argument and option. If not: python docs/manual.py."""
    written = manual()

    assert (DOCS / "commands.md").read_text(encoding="utf-8") == written.markdown()
    assert (DOCS / "k2log.1").read_text(encoding="utf-8") == written.man_page()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_manual_has_every_option_that_help_shows(command):
    """Typer's command and the manual are made of the same declarations."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    made = load(command)
    for each in [made, *getattr(made, "commands", {}).values()]:
        title = f"k2log {command}" if each is made else f"k2log {command} {each.name}"
        part = text.split(f"### `{title}`\n")[1].split("\n### ")[0]
        for parameter in each.params:
            shown = parameter.param_type_name == "option" and not parameter.hidden
            names = [*parameter.opts, *parameter.secondary_opts] if shown else []
            assert [name for name in names if name not in part] == [], title


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff")
def test_the_man_page_is_one():
    """Groff has nothing to say about it."""
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-K", "utf-8", "-ww", DOCS / "k2log.1"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert not done.stderr
    assert "EXIT STATUS" in re.sub(".\x08|\x1b\\[[0-9;]*m", "", done.stdout)


@pytest.mark.parametrize("file", sorted([README, *DOCS.glob("*.md")]), ids=lambda path: path.name)
def test_links_lead_somewhere(file):
    """Every relative link to a file, and to a heading in it."""
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", file.read_text(encoding="utf-8")):
        path, _, heading = target.partition("#")
        linked = file.parent / path if path else file
        assert linked.exists(), target
        titles = re.findall(r"^#+ (.*)", linked.read_text("utf-8"), re.MULTILINE) if heading else []
        assert not heading or heading in [re.sub(r"\W+", "-", it.lower()) for it in titles], target


def test_the_module_is_the_program():
    """``python -m k2log`` works like ``k2log``."""
    done = subprocess.run(
        [sys.executable, "-m", "k2log", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("k2log ")
