"""A line that is read without Typer calls its command with exactly what Typer would pass."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.main import get_command

from k2log import cli
from k2log.cli import COMMANDS, declared, root
from k2log.commands.declaration import (
    NEEDED,
    App,
    Argument,
    Command,
    Context,
    Option,
    Parameter,
    parameters,
)
from k2log.commands.plain_lines import NotPlainError, calls, carry_out, options_of, spellings
from k2log.errors import UnreadableError

Seen = list[tuple[str, dict[str, Any]]]


def told(app: App) -> tuple[App, Seen]:
    """Return an app declared alike, whose commands only tell what they were called with."""
    seen: Seen = []

    def telling(command: Command) -> Command:
        def run(**values: Any) -> None:
            context = values.pop("ctx", None)
            about = (context.info_name, context.invoked_subcommand) if context else ()
            seen.append((command.run.__name__, values | {"ctx": about}))

        run.__doc__ = command.run.__doc__
        vars(run)["parameters"] = parameters(command.run)
        return command._replace(run=run)

    copy = App(otherwise=app.otherwise, **app.settings)
    copy.commands = {word: telling(command) for word, command in app.commands.items()}
    copy.before = telling(app.before) if app.before else None
    return copy, seen


def by_typer(name: str, words: Sequence[str]) -> Seen | None:
    """Return what Typer calls for the words of a command; None where it refuses them."""
    from k2log.commands.typer_tree import typer_command

    app, seen = told(declared(name))
    try:
        typer_command(name, app).main(list(words), prog_name=name, standalone_mode=False)
    except Exception:  # noqa: BLE001 - whatever Typer says of it
        return None
    return seen


def by_us(name: str, words: Sequence[str]) -> Seen | None:
    """Return what a plain line calls; None for a line that is left to Typer."""
    app, seen = told(declared(name))
    try:
        plain = list(calls(app, name, words))
    except NotPlainError:
        return None
    carry_out(plain)
    return seen


def commands_of(name: str) -> list[tuple[list[str], list[Parameter]]]:
    """Return a command's lines, its subcommands' or its own, each with its parameters."""
    app = declared(name)
    if app.alone:
        return [([], parameters(next(iter(app.commands.values())).run))]
    return [([word], parameters(command.run)) for word, command in app.commands.items()]


LINES = [(name, *line) for name in COMMANDS for line in commands_of(name)]
ODD = [
    "",
    "-",
    "--",
    "---",
    "-3",
    "-y",
    "-yn",
    "--yes=1",
    "--no-yes",
    "--on=",
    "=",
    "--json=",
    "-n5",
]
VALUES = st.one_of(
    st.sampled_from(
        [*ODD, "mon", "2026-11-19", "5", " 5 ", "1_0", "999999999999", "0x1", "csv", "html"]
    ),
    st.text(alphabet="ab -=@,\u00fc1\u00bd", max_size=5),
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a command and words made of its own options, values and odd ones, in any order."""
    name, words, declared_ones = draw(st.sampled_from(LINES))
    spelt = [way for each in declared_ones for way, _ in spellings(each)]
    parts: list[list[str]] = []
    for _ in range(draw(st.integers(0, 5))):
        value = draw(VALUES)
        option = draw(st.sampled_from(spelt)) if spelt else "--zork"
        parts.append(
            draw(st.sampled_from([[option], [option, value], [f"{option}={value}"], [value]]))
        )
    return name, [*words, *(word for part in parts for word in part)]


@given(lines())
@example(("add", ["natto", "--on", "-3", "1tbsp", "-y", "--note=a=b"]))
@example(("edit", ["1", "--amount", "--yes"]))
@example(
    ("profile", ["set", "--menopause", "--medicine", "a", "--no-menopause", "--medicine", "b"])
)
@example(("suggest", ["-n", "0"]))
@example(("foods", ["alias", "a", "b", "c"]))
def test_what_is_read_is_what_typer_reads(line):
    """Values, order, repeated options, dashes: equal; what is not understood is left to Typer."""
    name, words = line

    try:
        ours = by_us(name, words)
    except UnreadableError:  # of an empty option, which both refuse once it is carried out
        assert by_typer(name, words) is None
        return

    assert ours is None or ours == by_typer(name, words)


@pytest.mark.parametrize(("name", "words", "declared_ones"), LINES)
def test_ordinary_lines_need_no_typer(name, words, declared_ones):
    """Every option once, with a value of its type, and every argument: all commands are read so."""
    line = list(words)
    checked = False
    for each in declared_ones:
        if each.declared is None or (isinstance(each.declared, Option) and each.default is NEEDED):
            continue
        checked = checked or "callback" in each.declared.settings
        if isinstance(each.declared, Argument):
            line.append(_usual(each))
        elif "callback" not in each.declared.settings:
            way = next(iter(spellings(each)))[0]
            line += [way] if each.kind in (bool, bool | None) else [way, _usual(each)]

    ours = by_us(name, line)

    assert (ours is None) == checked
    assert checked or ours == by_typer(name, line)
    assert any(each.kind is Context for each in declared_ones)


def _usual(parameter: Parameter) -> str:
    kind = getattr(parameter.kind, "__args__", (parameter.kind,))[0]
    if kind is int:
        return str(parameter.declared.settings.get("min", 3) if parameter.declared else 3)
    return str(next(iter(kind)).value) if isinstance(kind, type(Enum)) else "natto"


@given(
    st.lists(
        st.sampled_from(["--db", "--db=x", "--plain", "x", "log", "--version", "--", "-h"]),
        max_size=4,
    )
)
def test_the_options_of_k2log_itself_are_read_as_typer_reads_them(words):
    """Those before the command, and no others."""
    try:
        values, rest = options_of(parameters(root), words, first=True)
    except NotPlainError:
        return
    if not rest or rest[0] != "log" or "version" in values:
        return
    context = get_command(cli.typer_program()).make_context("k2log", list(words))

    assert context.params["plain"] == values.get("plain", False)
    assert context.params["db"] == values.get("db")
