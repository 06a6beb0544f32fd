"""The Tab key where a value is typed, asked for as Typer's shell scripts ask; without Typer.

What stands in a diary may have been written by anybody. zsh evaluates what it is offered, and bash
puts it on the command line as it is; so all words pass one filter, here and in ``typer_tree``.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from k2log.commands.declaration import ASKED, App, Command, Context, Parameter, parameters
from k2log.commands.offers import file, offers_for
from k2log.commands.plain_lines import FLAGS, NotPlainError, arguments_of, options_of, spellings
from k2log.named_tuple import NamedTuple

OFFERED: Final = r"--?[a-z][a-z0-9-]*|[\w@](?:[\w.,%+/@=-]|\\? )*"
"""An option, or a name that no shell evaluates or splits, its spaces escaped or not."""


FILES: Final = ":files"
"""What bash is told to offer files, where its script asks by ``FILES_ASKED``."""
FILES_ASKED: Final = "_K2LOG_FILES"

BASH_SCRIPT: Final = f"""
%(complete_func)s() {{
    local IFS=$'\\n'
    COMPREPLY=( $( env COMP_WORDS="${{COMP_WORDS[*]}}" COMP_CWORD=$COMP_CWORD {FILES_ASKED}=1 \\
                   %(autocomplete_var)s=complete_bash $1 ) )
    if [[ ${{COMPREPLY[0]}} == {FILES} ]]; then
        COMPREPLY=()
        compopt -o default 2>/dev/null ||
            COMPREPLY=( $( compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}" ) )
    fi
    return 0
}}

complete -F %(complete_func)s %(prog_name)s
"""
"""How bash asks. Typer's script would offer files wherever k2log has no word."""


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
    try:
        options, words = options_of(parameters(root), before, first=True)
    except NotPlainError:  # as behind --db
        options, words = {}, []
    if words:
        command, rest = _called(declared, words)
        wanted, values = _wanted(parameters(command.run), rest)
        context = Context(None, command.word, values, Context(None, "k2log", options))
    else:
        wanted, values = _wanted(parameters(root), before)
        context = Context(None, "k2log", values)
    complete = offers_for(wanted)
    if complete is file:
        return _files(shell)
    told = {it.name: context if it.kind is Context else incomplete for it in parameters(complete)}
    offers = (it if isinstance(it, tuple) else (it, "") for it in complete(**told))
    return _answer(
        shell,
        {
            word: what
            for word, what in offers
            if word.startswith(incomplete) and re.fullmatch(OFFERED, word)
        },
    )


def _called(declared: Callable[[str], App], words: Sequence[str]) -> tuple[Command, Sequence[str]]:
    """Return the command that the first words call, and the rest. Raises NotPlainError."""
    try:
        return declared(words[0]).called(words[1:])
    except LookupError:
        raise NotPlainError from None


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


def _answer(shell: str, words: Mapping[str, str]) -> Answer:
    """Return the words and what each is, in the form that a shell reads; no files."""
    offers = [(word, what) if what else (word,) for word, what in words.items()]
    if shell == "zsh":
        quoted = "\n".join(":".join(f'"{part}"' for part in offer) for offer in offers)
        return Answer(f"_arguments '*: :(({quoted}))'" if offers else "")
    if shell == "fish":
        asked = os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"
        return Answer("" if asked else "\n".join(map("\t".join, offers)))
    # bash lists several as they are, and puts a single one on the line.
    return Answer("\n".join(map("  ".join, offers) if len(offers) > 1 else words))


def _files(shell: str) -> Answer:
    """Return that the shell is to offer its files."""
    if shell == "fish":
        return Answer("", os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args")
    asked = shell == "bash" and os.environ.get(FILES_ASKED)
    return Answer("_files" if shell == "zsh" else FILES if asked else "")
