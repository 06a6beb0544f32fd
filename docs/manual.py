"""Write the manual from the commands: ``python docs/manual.py``.

``docs/commands.md`` is for reading in a browser, ``docs/k2log.1`` is the man page that the wheel
installs. A test holds both to what the commands declare.
"""

import re
from collections.abc import Iterator, Sequence
from enum import EnumMeta
from inspect import cleandoc
from pathlib import Path
from types import UnionType
from typing import Any, Final, NamedTuple

from k2log.cli import COMMANDS, INSTEAD, declared, root
from k2log.commands.declaration import (
    NEEDED,
    Argument,
    Command,
    Option,
    Parameter,
    parameters,
)

DOCS: Final = Path(__file__).parent
_FLAGS: Final = (bool, bool | None)

_INTRODUCTION: Final = """\
A diary of calcium, vitamin D and vitamin K2: what is eaten and swallowed, added up with the range \
of what is known. What is unknown is never counted as zero."""
_FILES: Final = """\
The diary is one SQLite file of your own, readable by you alone: `k2log path` prints where. \
`--db FILE` or `$K2LOG_DB` chooses another."""
_VARIABLES: Final = (
    ("K2LOG_DB", "The diary to use."),
    ("K2LOG_NOW", "A moment at which the clock stands still: 2026-11-21T12:00."),
    ("K2LOG_DEBUG", "Set to 1, a bug shows where it happened."),
    ("NO_COLOR", "Without colour, unless the setting colour says always."),
)
_CODES: Final = (
    ("0", "done"),
    ("1", "could not be done"),
    ("2", "an amount, a day, an option or another word cannot be read"),
    ("3", "a food is not known, or several are meant"),
    ("4", "the diary is newer, foreign, damaged or cannot be opened"),
    ("70", "a bug of k2log"),
    ("130", "interrupted"),
)


class Manual(NamedTuple):
    """What the manual says of one command: pairs are a word to type and what it means."""

    title: str
    usage: str
    examples: Sequence[str]
    paragraphs: Sequence[str]
    arguments: Sequence[tuple[str, str]]
    options: Sequence[tuple[str, str]]


def manuals(name: str) -> Iterator[Manual]:
    """Yield what there is to say of a command and of each of its subcommands."""
    app = declared(name)
    if app.alone:
        yield _manual(f"k2log {name}", next(iter(app.commands.values())))
        return
    about = _paragraphs(app.settings.get("help") or (app.before.run.__doc__ if app.before else ""))
    usage = f"k2log {name} {' | '.join(app.commands)}"
    options = _options(app.before) if app.before else ()
    yield Manual(f"k2log {name}", usage, (), about, (), options)
    for command in app.commands.values():
        yield _manual(f"k2log {name} {command.word}", command)


def _manual(title: str, command: Command) -> Manual:
    arguments = [
        (_metavar(each), _help(each))
        for each in parameters(command.run)
        if isinstance(each.declared, Argument)
    ]
    words = " ".join(name for name, _ in arguments)
    options = _options(command)
    usage = " ".join(filter(None, [title, "[OPTIONS]" if options else "", words]))
    about = _paragraphs(command.settings.get("help") or command.run.__doc__)
    return Manual(title, usage, command.examples, about, arguments, options)


def _paragraphs(text: str | None) -> Sequence[str]:
    return [" ".join(each.split()) for each in cleandoc(text or "").split("\n\n")]


def _options(command: Command) -> Sequence[tuple[str, str]]:
    return [
        (_spelling(each), _help(each))
        for each in parameters(command.run)
        if isinstance(each.declared, Option) and not each.declared.settings.get("hidden")
    ]


def _spelling(option: Parameter) -> str:
    """Return how an option is typed: ``-o, --output FILE``, ``--food / --supplement``."""
    assert option.declared
    flag = option.kind in _FLAGS
    usual = f"--{option.name.replace('_', '-')}"
    names = option.declared.names or (f"{usual}/--no-{usual[2:]}" if flag else usual,)
    typed = ", ".join(sorted(names, key=len)).replace("/", " / ")
    return typed if flag else f"{typed} {_metavar(option)}"


def _metavar(parameter: Parameter) -> str:
    """Return what stands for a value: its word, its choices, or what kind of value it is."""
    assert parameter.declared
    kind: Any = parameter.kind
    if isinstance(kind, UnionType):
        kind = kind.__args__[0]
    word = parameter.declared.settings.get("metavar")
    if word is None:
        choices = "|".join(each.value for each in kind) if isinstance(kind, EnumMeta) else ""
        word = choices or ("N" if kind is int else parameter.name.upper())
    needed = parameter.default is NEEDED or isinstance(parameter.declared, Option)
    return word if needed or word.startswith("[") else f"[{word}]"


def _help(parameter: Parameter) -> str:
    assert parameter.declared
    text = str(parameter.declared.settings.get("help", ""))
    default = parameter.default
    if parameter.kind in _FLAGS or default is NEEDED or default in (None, "", []):
        return text
    return f"{text} Else {getattr(default, 'value', default)}."


def _general() -> Sequence[tuple[str, str]]:
    return [
        *_options(Command("", root, {})),
        ("--install-completion", "Let the Tab key complete, in the shell you use."),
        ("-h, --help", "Help; behind a command, help on that."),
    ]


def _instead() -> Sequence[tuple[str, str]]:
    return [(word, " ".join(["k2log", *line])) for word, line in INSTEAD.items()]


def markdown() -> str:
    """Return the manual as Markdown."""
    lines = ["# Commands", "", "Made from the commands by `python docs/manual.py`.", ""]
    lines += [f"{_INTRODUCTION} {_FILES}", ""]
    lines += _table("option before a command", _general())
    lines += ["What people type instead is understood:", ""]
    lines += _table("typed", _instead())
    lines += _table("exit code", _CODES)
    group = ""
    for name, row in COMMANDS.items():
        if row.group != group:
            group = row.group
            lines += [f"## {group}", ""]
        for each in manuals(name):
            lines += [f"### `{each.title}`", "", *_block(each), *_joined(each.paragraphs)]
            lines += [*_table("argument", each.arguments), *_table("option", each.options)]
    return "\n".join(lines).rstrip() + "\n"


def _block(manual: Manual) -> Sequence[str]:
    return [f"    {manual.usage}", *(f"    k2log {each}" for each in manual.examples), ""]


def _joined(paragraphs: Sequence[str]) -> Sequence[str]:
    return [line for each in paragraphs for line in (each, "")]


def _table(head: str, pairs: Sequence[tuple[str, str]]) -> Sequence[str]:
    if not pairs:
        return []
    rows = [f"| `{word.replace('|', '¦')}` | {text.replace('|', '¦')} |" for word, text in pairs]
    return [f"| {head} | |", "| --- | --- |", *rows, ""]


def man_page() -> str:
    """Return the manual as a man page."""
    lines = [
        '.TH K2LOG 1 "" "k2log" "User Commands"',
        *_section("NAME", "k2log \\- a diary of calcium, vitamin D and vitamin K2"),
        *_section("SYNOPSIS", ".B k2log", "[--plain] [--db FILE] [COMMAND ...]"),
        *_section("DESCRIPTION", _roff(_INTRODUCTION), ".PP", _roff("Alone: today so far.")),
        *_section("OPTIONS", *_terms(_general())),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        for each in manuals(name):
            lines += [f".SS {_roff(each.usage)}"]
            lines += [line for text in each.paragraphs for line in (".PP", _roff(text))]
            if each.examples:
                lines += [".PP", ".EX", *(_roff(f"k2log {it}") for it in each.examples), ".EE"]
            lines += _terms([*each.arguments, *each.options])
    lines += _section("FILES", _roff(_FILES.replace("`", "")))
    lines += _section("ENVIRONMENT", *_terms(_VARIABLES))
    lines += _section("EXIT STATUS", *_terms(_CODES))
    return "\n".join(lines) + "\n"


def _section(name: str, *lines: str) -> Sequence[str]:
    return [f".SH {name}", *lines]


def _terms(pairs: Sequence[tuple[str, str]]) -> Sequence[str]:
    return [line for word, text in pairs for line in (".TP", f".B {_roff(word)}", _roff(text))]


def _roff(text: str) -> str:
    """Return text in which troff sees no command; a dash can be copied."""
    text = re.sub(r"`+([^`]*)`+", r"\1", text).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text[:1] in {".", "'"} else text.replace('"', r"\(dq")


def write() -> None:
    """Write both files."""
    (DOCS / "commands.md").write_text(markdown(), encoding="utf-8")
    (DOCS / "k2log.1").write_text(man_page(), encoding="utf-8")


if __name__ == "__main__":
    write()
