"""The README and the guide as data: their sessions with the output, and marked commands."""

import re
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).parents[1] / "README.md"
DOCS = README.parent / "docs"
GUIDE = DOCS / "guide.md"
SMOKE = Path(__file__).parent / "smoke.txt"
"""Commands, a line each, that run in the order in which they stand."""


class Step(NamedTuple):
    """One command of a session and what it prints, stdout and stderr as they appear."""

    command: str
    output: str


def sessions(text: str) -> list[list[Step]]:
    """Return the steps of every console block."""
    return [_steps(block) for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)]


def _steps(block: str) -> list[Step]:
    steps = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [Step(*step.split("\n", 1)) for step in steps]


def marked(text: str, name: str) -> list[str]:
    """Return the indented commands below a ``<!-- name -->`` comment."""
    below = text.split(f"<!-- {name} -->\n", 1)[1]
    block = re.match(r"(?:    .*\n)+", below)
    assert block, f"no commands below {name}"
    return [line.strip() for line in block[0].splitlines()]
