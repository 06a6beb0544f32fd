"""The table of commands: each row leads to a command, the page of all is made of rows alone."""

import os
import re
import subprocess
import sys

import pytest
from typer.core import TyperCommand

from k2log.cli import COMMANDS, load
from k2log.commands.declaration import Context
from k2log.commands.window import WindowOptions, with_window

LOADED = (
    "import sys; from k2log.cli import run; run(sys.argv[1:]);"
    "print(*(name for name in sys.modules if name.startswith('k2log.')), file=sys.stderr)"
)
NEEDED = {
    "k2log.commands",
    *(f"k2log.commands.{name}" for name in ("declaration", "output", "plain_lines", "tab")),
    *(f"k2log.commands.{name}" for name in ("completing", "offers")),
    "k2log.commands.typer_tree",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_row_says_what_its_command_says(name):
    """A row without its module or app cannot be loaded; its line is how the command's help begins.

    Both are compared as they are cut for pages of any width.
    """
    command = load(name)
    row = TyperCommand(name, help=COMMANDS[name].line)

    assert COMMANDS[name].line.endswith(".")
    for width in (20, 45, 60, 80, 94):
        assert row.get_short_help_str(width) == command.get_short_help_str(width)


@pytest.mark.parametrize(
    "name", ["log", "report", "chart", "suggest", "caveats", "recalculate", "export"]
)
def test_every_command_with_a_window_has_all_its_options(name):
    """One that is added to ``WindowOptions`` is an option of them all, in its order."""
    names = [parameter.name for parameter in load(name).params]

    assert [each for each in names if each in WindowOptions._fields] == [*WindowOptions._fields]
    assert "window" not in names


def test_a_command_without_a_place_for_them_is_refused():
    """Who forgets the parameter is told at once, not by a user."""
    with pytest.raises(TypeError, match="forgetful"):
        with_window(forgetful)


def forgetful(ctx: Context) -> None: ...


def loaded_by(*arguments: str, **env: str) -> tuple[str, set[str]]:
    """Return what a command line prints, and the modules of commands and features it loads."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        env={**os.environ, **env}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    modules = set(done.stderr.split())
    assert "k2log.cli" in modules
    return done.stdout, {name for name in modules if re.match(r"k2log\.(commands|features)", name)}


def test_the_page_of_all_commands_loads_none():
    """What k2log itself needs is all that is imported."""
    page, modules = loaded_by("--help")

    assert all(re.search(rf"\b{name}\b", page) for name in COMMANDS)
    assert modules == NEEDED


def test_completion_of_a_command_loads_none():
    """The Tab key behind k2log offers the commands from the same rows."""
    page, modules = loaded_by(_K2LOG_COMPLETE="complete_bash", COMP_WORDS="k2log ", COMP_CWORD="1")

    assert page.split() == list(COMMANDS)
    assert modules == NEEDED
