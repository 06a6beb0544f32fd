"""Reads a plain command line straight to its command, without Typer.

Plain is a line of options and words that the declarations understand wholly. What is not (help,
an unknown option, a missing word, a number out of bounds) is left to Typer, which says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, Final

from k2log.commands.declaration import (
    NEEDED,
    App,
    Argument,
    Command,
    Context,
    Option,
    Parameter,
    parameters,
    refuse_empty,
)
from k2log.named_tuple import NamedTuple

TEXTS: Final = (list[str], list[str] | None)
FLAGS: Final = (bool, bool | None)


class NotPlainError(Exception):
    """A line for Typer."""


class Call(NamedTuple):
    """A command and the values of its parameters; of those, ``context`` takes the context."""

    run: Callable[..., Any]
    values: Mapping[str, Any]
    context: str
    word: str


def calls(app: App, word: str, words: Sequence[str]) -> Iterator[Call]:
    """Yield what a command's words call, in order: what comes before a subcommand, and that.

    Raises NotPlainError.
    """
    try:
        command, rest = app.called(words)
    except LookupError:
        raise NotPlainError from None
    later = call_of(command, word if app.alone else command.word, rest)
    if app.before:
        yield call_of(app.before, word, [])
    yield later


def call_of(command: Command, word: str, words: Sequence[str]) -> Call:
    """Return the call of one command. Raises NotPlainError."""
    if not words and command.settings.get("no_args_is_help"):
        raise NotPlainError
    declared = parameters(command.run)
    values, rest = options_of(declared, words)
    values |= arguments_of(declared, rest)[0]
    for name, _, it, default in declared:
        if it is not None and name not in values:
            if default is NEEDED or "callback" in it.settings:
                raise NotPlainError
            values[name] = default
    context = next((name for name, kind, *_ in declared if kind is Context), "")
    return Call(command.run, values, context, word)


def carry_out(called: Sequence[Call]) -> Any:
    """Call the commands and return what the last one returns; each hands its ``obj`` on."""
    answer = obj = None
    for at, (run, values, name, word) in enumerate(called):
        context = Context(obj, word, dict(values))
        context.invoked_subcommand = called[at + 1].word if at + 1 < len(called) else None
        if any(isinstance(value, str) and not value.strip() for value in values.values()):
            refuse_empty(parameters(run), values)
        answer = run(**values, **({name: context} if name else {}))
        obj = context.obj
    return answer


def options_of(
    declared: Sequence[Parameter], words: Sequence[str], *, first: bool = False
) -> tuple[dict[str, Any], list[str]]:
    """Return the values of the options typed, and the words that are none.

    With ``first``, only of those before the first word that is none. Raises NotPlainError.
    """
    spelt = dict(pair for each in declared for pair in spellings(each))
    values: dict[str, Any] = {}
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "-" or not word.startswith("-"):
            rest.append(word)
            if first:
                break
            continue
        name, equals, value = word.partition("=")
        if name not in spelt or (equals and not name.startswith("--")):
            raise NotPlainError
        option, flag = spelt[name]
        if option.kind in FLAGS:
            if equals:
                raise NotPlainError
            values[option.name] = flag
            continue
        if not equals:
            value = next(left, "--")
            if value.startswith("--"):
                raise NotPlainError
        if option.kind in TEXTS:
            values.setdefault(option.name, []).append(value)
        else:
            values[option.name] = value_of(option, value)
    return values, [*rest, *left]


def spellings(parameter: Parameter) -> Iterator[tuple[str, tuple[Parameter, bool]]]:
    """Yield each way to type an option, and what a flag of that name says.

    None of one whose value Typer shall check.
    """
    declared, name = parameter.declared, parameter.name.replace("_", "-")
    if not isinstance(declared, Option) or "callback" in declared.settings:
        return
    usual = f"--{name}/--no-{name}" if parameter.kind in FLAGS else f"--{name}"
    for names in declared.names or (usual,):
        yes, _, no = names.partition("/")
        yield yes, (parameter, True)
        if no:
            yield no, (parameter, False)


def arguments_of(
    declared: Sequence[Parameter], words: Sequence[str]
) -> tuple[dict[str, Any], Parameter | None]:
    """Return the values of the arguments typed, and the argument that the next word is for.

    Raises NotPlainError where there are more words than arguments.
    """
    values: dict[str, Any] = {}
    left = list(words)
    wanted = [each for each in declared if isinstance(each.declared, Argument)]
    following = None
    for at, argument in enumerate(wanted):
        if argument.kind in TEXTS:
            if wanted[at + 1 :]:
                raise NotPlainError
            values |= {argument.name: left} if left else {}
            left, following = [], following or argument
        elif left:
            values[argument.name] = value_of(argument, left.pop(0))
        else:
            following = following or argument
    if left:
        raise NotPlainError
    return values, following


def value_of(parameter: Parameter, text: str) -> Any:
    """Return what a text is as a value of the parameter. Raises NotPlainError."""
    kind, settings = parameter.kind, parameter.declared.settings if parameter.declared else {}
    if isinstance(kind, UnionType):  # with None
        kind = kind.__args__[0]
    try:
        value = kind(text)  # a text, a path, a whole number or one of a few words
    except ValueError:
        raise NotPlainError from None
    if kind is int and not settings.get("min", value) <= value <= settings.get("max", value):
        raise NotPlainError
    return value
