"""Typer's commands, made from what commands declare: help, errors and completion are Typer's."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import Parameter as Typed
from inspect import Signature
from typing import Annotated, Any

import typer
from typer import _completion_shared
from typer._completion_classes import BashComplete
from typer.core import TyperCommand, TyperGroup

from k2log.commands.declaration import (
    NEEDED,
    App,
    Context,
    Option,
    Parameter,
    parameters,
    refuse_empty,
)
from k2log.commands.offers import offers_for
from k2log.commands.tab import BASH_SCRIPT, OFFERED
from k2log.render.help_page import help_page


def typer_app(app: App) -> typer.Typer:
    """Return an app for Typer, with the commands of one of ours."""
    settings = app.settings | ({"cls": _group(app.otherwise)} if app.otherwise else {})
    made = typer.Typer(rich_markup_mode=None, add_completion=False, **settings)
    for command in app.commands.values():
        shown = {"cls": _beginning_with(command.examples), **command.settings}
        made.command(command.word, **shown)(for_typer(command.run))
    if app.before:
        made.callback(**app.before.settings)(for_typer(app.before.run))
    return made


def program(
    root: Callable[..., Any],
    lines: Mapping[str, Any],
    load: Callable[[str], Any],
    unknown: Callable[[list[str]], Exception],
) -> typer.Typer:
    """Return the whole program: each command loads when it runs, the page of all shows ``lines``.

    ``load`` makes a command of Typer, ``unknown`` the error for a word that is none.
    """

    class Commands(TyperGroup):
        """The commands by name."""

        def list_commands(self, ctx: Any) -> list[str]:
            """Return the names in the order of the help page."""
            return list(lines)

        def format_help(self, ctx: Any, formatter: Any) -> None:
            """Write the page of all commands."""
            formatter.write(help_page(lines, formatter.width))

        def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
            """Return what help and completion show of a command, its name and line; else None."""
            row = lines.get(cmd_name)
            return TyperCommand(cmd_name, help=row.line) if row else None

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            """Return the command that the first word names. Raises an error for other words."""
            if args[0] in lines:
                return args[0], load(args[0]), args[1:]
            if args[0].startswith("--"):
                return super().resolve_command(ctx, args)
            raise unknown(args)

    BashComplete.source_template = _completion_shared._completion_scripts["bash"] = BASH_SCRIPT
    made = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_show_locals=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    made.callback(invoke_without_command=True)(for_typer(root))
    return made


def typer_command(name: str, app: App) -> Any:
    """Return a command of Typer, under the name that ``k2log`` has it by."""
    command = typer.main.get_command(typer_app(app))
    command.name = name
    return command


def for_typer(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that Typer can read; completion's functions take a context of Typer's."""
    known = parameters(function)
    declared = [_typed(each) for each in known]

    @wraps(function)
    def run(**values: Any) -> Any:
        refuse_empty(known, values)
        return function(**values)

    run.__signature__ = Signature(declared)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in declared}
    return run


def _typed(parameter: Parameter) -> Typed:
    name, kind, declared, default = parameter
    if declared is None:
        kind = typer.Context if kind is Context else kind
    else:
        make = typer.Option if isinstance(declared, Option) else typer.Argument
        settings = {**declared.settings, "autocompletion": for_typer(offers_for(parameter))}
        kind = Annotated[kind, make(*declared.names, **settings)]
    return Typed(
        name,
        Typed.KEYWORD_ONLY,
        default=Typed.empty if default is NEEDED else default,
        annotation=kind,
    )


def _beginning_with(examples: Sequence[str]) -> type[TyperCommand]:
    class Shown(TyperCommand):
        """A command whose help begins with examples."""

        def format_help_text(self, ctx: Any, formatter: Any) -> None:
            """Write the examples, each on a line of its own, and the help."""
            if examples:
                formatter.write("".join(["\n", *(f"  k2log {each}\n" for each in examples)]))
            super().format_help_text(ctx, formatter)

    return Shown


def _group(otherwise: str) -> type[TyperGroup]:
    class Group(TyperGroup):
        """Commands by their words; where none is typed, one of them is meant."""

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            """Return the command that the first word names, or the one meant otherwise."""
            words = args if args[0] in self.commands else [otherwise, *args]
            return super().resolve_command(ctx, words)

    return Group


def only_plain_words() -> None:
    """Let every shell be given only words that it takes as they are, wherever they come from."""
    base: Any = next(each for each in BashComplete.__mro__ if "get_completions" in vars(each))
    all_words = base.get_completions

    def plain_words(self: Any, args: list[str], incomplete: str) -> list[Any]:
        words = all_words(self, args, incomplete)
        return [word for word in words if re.fullmatch(OFFERED, word.value)]

    base.get_completions = plain_words
