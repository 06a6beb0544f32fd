"""The Tab key where a value is typed, asked for as Typer's shell scripts ask; without Typer.

What stands in a diary may have been written by anybody. zsh evaluates what it is offered, and bash
puts it on the command line as it is; so all words pass one filter, here and in ``typer_tree``.
"""

import os
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from k2log.commands.declaration import ASKED, App, Context, Parameter, parameters
from k2log.commands.plain_lines import FLAGS, NotPlainError, arguments_of, options_of, spellings
from k2log.named_tuple import NamedTuple

OFFERED: Final = r"--?[a-z][a-z0-9-]*|[\w@](?:[\w.,%+/@=-]|\\? )*"
"""An option, or a name that no shell evaluates or splits, its spaces escaped or not."""


class Answer(NamedTuple):
    """What the shell reads, and the exit code."""

    text: str
    code: int = 0


def tab_answer(root: Callable[..., Any], declared: Callable[[str], App]) -> Answer:
    """Return what a shell is told that asks for the rest of a value.

    ``declared`` imports a command, or raises KeyError. Raises NotPlainError for any other question,
    which is Typer's to answer.
    """
    shell = os.environ[ASKED].removeprefix("complete_")
    before, incomplete = _asked(shell)
    if incomplete.startswith("-") or "=" in incomplete:
        raise NotPlainError
    options, words = options_of(parameters(root), before, first=True)
    try:
        command, rest = declared(words[0]).called(words[1:])
    except LookupError:
        raise NotPlainError from None
    wanted, values = _wanted(parameters(command.run), rest)
    complete = wanted.declared.settings.get("autocompletion") if wanted.declared else None
    if complete is None:
        raise NotPlainError
    context = Context(None, command.word, values, Context(None, "k2log", options))
    told = {it.name: context if it.kind is Context else incomplete for it in parameters(complete)}
    offered = (word for word in complete(**told) if word.startswith(incomplete))
    return _answer(shell, [word for word in offered if re.fullmatch(OFFERED, word)])


def _asked(shell: str) -> tuple[list[str], str]:
    """Return the words before the one to be completed, and what is typed of that.

    Nothing of both where a shell asks in a form of its own.
    """
    variable = {"bash": "COMP_WORDS", "zsh": "_TYPER_COMPLETE_ARGS", "fish": "_TYPER_COMPLETE_ARGS"}
    line = os.environ.get(variable.get(shell, ""), "")
    words = _split(line)
    if shell == "bash":
        at = int(os.environ.get("COMP_CWORD", "0"))
        return words[1:at], words[at] if at < len(words) else ""
    if len(words) < 2 or line.endswith(" "):
        return words[1:], ""
    return words[1:-1], words[-1]


def _split(line: str) -> list[str]:
    """Return the words of a line that may end within quotes, as Typer splits it."""
    from shlex import shlex

    lexer = shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words


def _wanted(
    declared: Sequence[Parameter], words: Sequence[str]
) -> tuple[Parameter, dict[str, Any]]:
    """Return the parameter that is typed next, and the values of those before it.

    Raises NotPlainError where nothing can follow.
    """
    values: dict[str, Any] = {each.name: None for each in declared if each.declared}
    spelt = dict(pair for each in declared for pair in spellings(each))
    option = spelt.get(words[-1]) if words else None
    if option and option[0].kind not in FLAGS:
        return option[0], values | options_of(declared, words[:-1])[0]
    typed, rest = options_of(declared, words)
    arguments, argument = arguments_of(declared, rest)
    if argument is None:
        raise NotPlainError
    return argument, values | typed | arguments


def _answer(shell: str, words: Sequence[str]) -> Answer:
    if shell == "zsh":
        quoted = "\n".join(f'"{word}"' for word in words)
        return Answer(f"_arguments '*: :(({quoted}))'" if words else "_files")
    if shell == "fish" and os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return Answer("", 0 if words else 1)
    return Answer("\n".join(words))
