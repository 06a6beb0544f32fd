"""The page of all commands, in groups: ``k2log --help``."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

_HEAD: Final = """\
Usage: k2log [--plain] [--db FILE] COMMAND ...    more: k2log COMMAND --help

A diary of calcium, vitamin D and vitamin K2. k2log alone: today so far.
"""
_EXAMPLES: Final = (
    'k2log add "2 eggs, d3 2000IU"', "k2log report last week", "k2log explain calcium-paradox",
)  # fmt: skip
_OPTIONS: Final = ("--plain (words, not signs) · --version · --install-completion",)
_GROUPS, _NAMES, _FEWEST = 12, 20, 72


def help_page(commands: Mapping[str, Any], columns: int) -> str:
    """Return the page for so many columns; ``commands`` are rows with group, line and page.

    Commands without a line stand beside the one before. Raises ValueError where a group is torn.
    """
    groups = [
        (name, _shared(dict(rows)))
        for name, rows in groupby(commands.items(), key=lambda each: each[1].group)
    ]
    if len({name for name, _ in groups}) < len(groups):
        raise ValueError([name for name, _ in groups])
    lines = [line for name, rows in groups for line in _group(name, rows, columns)]
    lines += ["", *_group("Examples", [("", text) for text in _EXAMPLES], columns)]
    lines += _group("Options", [("", text) for text in _OPTIONS], columns)
    head = "\n".join(part for line in _HEAD.splitlines() for part in wrap(line, columns) or [""])
    return "\n".join([head, "", *lines, ""])


def _shared(rows: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return the lines of a group: the names that share one, and its text."""
    lines: list[tuple[str, str]] = []
    for name, row in rows.items():
        if row.page == "":
            names, text = lines.pop()
            lines.append((f"{names}, {name}", text))
        else:
            lines.append((name, row.page or row.line))
    return lines


def _group(group: str, rows: Sequence[tuple[str, str]], columns: int) -> Sequence[str]:
    """Return the lines of a group, its name beside the first; on a narrow page above them."""
    wide = columns >= _FEWEST
    lines = [] if wide else [group]
    for at, (names, text) in enumerate(rows):
        if wide:
            head = f"{'' if at else group:{_GROUPS}}{f'{names:{_NAMES}}' if names else ''}"
            indent = " " * len(head)
        else:
            head, indent = f"  {names}: " if names else "  ", "      "
        lines += wrap(head + text, columns, subsequent_indent=indent, break_on_hyphens=False)
    return lines
