"""The ``k2log`` program: root options, commands that load when they run, errors to stderr."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from k2log.commands.declaration import ASKED, App, Command, Context, Option, parameters
from k2log.commands.output import complain, emit, note, silence_stdout
from k2log.commands.plain_lines import NotPlainError, call_of, calls, carry_out, options_of
from k2log.errors import K2logError, StoppedError, UnreadableError


class Row(NamedTuple):
    """A command: the module and the Typer app that carry it out, its line on the page of all.

    ``parts`` are subcommands that a feature adds to a group, each with the place of its function.
    """

    place: str
    line: str
    parts: Mapping[str, str] = MappingProxyType({})


COMMANDS: Final = {
    "add": Row("commands.add:app", "Log food and supplements."),
    "repeat": Row(
        "commands.repeat:app",
        "Log a day, a meal or single entries again: repeat yesterday --meal breakfast.",
    ),
    "routine": Row(
        "features.routine:app", "Keep items under a name, to log together: k2log add @NAME."
    ),
    "recipe": Row("features.recipe:app", "Foods made of foods: a dish of your own."),
    "day": Row(
        "features.day.command:app", "Say what days mean: complete, incomplete, or not tracked."
    ),
    "log": Row("commands.log:app", "Show entries with their ids: today, or a window."),
    "edit": Row(
        "commands.edit:app",
        'Correct entries: edit 41 --amount 40g, edit 12-15 --on yesterday, edit 41 "gouda 40g".',
    ),
    "rm": Row("commands.edit:rm_app", "Remove entries; k2log undo brings them back."),
    "undo": Row(
        "commands.undo:app", "Take back the newest change; again, the one before; or change N."
    ),
    "redo": Row(
        "commands.undo:redo_app",
        "Do again what the latest undo took back, while nothing was written since.",
    ),
    "history": Row(
        "commands.undo:history_app",
        "Show the changes that were made, newest first: what k2log undo N takes back.",
    ),
    "recalculate": Row(
        "features.recalculate.command:app",
        "Work entries out again: recalculate 12 14-16, recalculate --month.",
    ),
    "report": Row("commands.report:app", "Show totals, means, ranges and what is unknown."),
    "chart": Row(
        "commands.chart:app",
        "Draw each day's calcium, vitamin D and vitamin K2, with ranges and references.",
    ),
    "suggest": Row(
        "features.suggest.command:app",
        "Show usual servings that would close a gap to a reference or to a target of your own.",
    ),
    "caveats": Row(
        "commands.caveats:app",
        "Show every remark in full, with what it rests on, and why the other rules are silent.",
    ),
    "explain": Row(
        "features.explain.command:app",
        "Say what is known of a claim, how a figure came about, what makes up a day.",
    ),
    "foods": Row(
        "commands.foods:app",
        "Find foods, look at their figures, add your own.",
        {"import": "features.tables.command:import_foods"},
    ),
    "profile": Row(
        "features.profile.command:app",
        "Age, medicines and the like, which references and notes depend on.",
    ),
    "config": Row("commands.config:app", "Show and change settings."),
    "export": Row(
        "features.exchange.export:app", "Write the diary, or a window of it, as CSV or JSON Lines."
    ),
    "import": Row("features.exchange.import_:app", "Read entries from a file, all or nothing."),
    "backup": Row(
        "features.care.backup:app", "Copy the diary, verify the copy, and keep the newest ten."
    ),
    "restore": Row(
        "features.care.restore:app",
        "Make the diary what a backup holds; as it is now it is backed up first.",
    ),
    "doctor": Row(
        "features.care.doctor:app",
        "Check the diary's file, what is in it, its permissions and its backups.",
    ),
    "forget": Row(
        "features.care.forget:app",
        "Erase entries for good, with day marks and what undo kept of them.",
    ),
    "path": Row("commands.path:app", "Print where the diary lives."),
}

_BUG = 70
_INTERRUPTED = 130
_LIKE_A_COMMAND = 66  # percent; brie and rice are foods, and no slips of recipe


class Options(NamedTuple):
    """What the root options say."""

    db: Path | None
    plain: bool


class UnknownCommandError(K2logError):
    """A word that is no command; often a food, with ``add`` forgotten."""

    exit_code = 2

    def __init__(self, words: Sequence[str]) -> None:
        """Take what was typed after ``k2log``."""
        from k2log.names import nearest
        from k2log.text import pasted, shown

        near = nearest(words[0], COMMANDS, least=_LIKE_A_COMMAND)
        meant = next(iter(near), pasted("add", *" ".join(words).split()))
        super().__init__(f'no command "{shown(words[0])}". Perhaps: k2log {shown(meant)}')


def declared(name: str) -> App:
    """Import the module of a command; return what it declares. Raises KeyError for other names."""
    row = COMMANDS[name]
    app: App = _at(row.place)
    for word, place in row.parts.items():
        if word not in app.commands:
            app.command(word)(_at(place))
    return app


def _at(place: str) -> Any:
    """Return what a module of ours holds, the module imported now."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"k2log.{module}"), name)


def root(
    ctx: Context,
    db: Annotated[
        Path | None,
        Option(metavar="FILE", help="The diary to use. Else $K2LOG_DB, else your data folder."),
    ] = None,
    plain: Annotated[bool, Option("--plain", help="Words instead of signs and tables.")] = False,
    version: Annotated[bool, Option("--version", help="Show the version.")] = False,
) -> None:
    """Keep a diary of calcium, vitamin D3 and vitamin K2.

    Without a command: today so far.
    """
    ctx.obj = Options(db, plain)
    if version:
        from k2log import __version__

        emit(f"k2log {__version__}\n")
        raise SystemExit(0)
    if ctx.invoked_subcommand is None:
        from k2log.commands.today import today

        today(db, plain)


def load(name: str) -> Any:
    """Return a command as one of Typer's, which loads Typer. Raises KeyError for other names."""
    from k2log.commands.typer_tree import typer_command

    return typer_command(name, declared(name))


def typer_program() -> Any:
    """Return the whole program as an app of Typer."""
    from k2log.commands.typer_tree import program

    return program(root, COMMANDS, load, UnknownCommandError)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code. Every error becomes one line on stderr.

    Without arguments it is that of this process.
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        result = _tab() if ASKED in os.environ else _plain(words)
        if result is None:
            result = _by_typer(words)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
        return 0
    except (Exception, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001 - all in one line
        return _report(error, words)
    if result == _INTERRUPTED:
        complain("interrupted.")
    return result if isinstance(result, int) else 0


def _tab() -> int | None:
    """Tell a shell how a value goes on; return the exit code, None for what Typer answers."""
    from k2log.commands.tab import tab_answer

    try:
        answer = tab_answer(root, declared)
    except NotPlainError:
        return None
    emit(f"{answer.text}\n" if answer.text or not answer.code else "")
    return answer.code


def _plain(words: Sequence[str]) -> int | None:
    """Carry out a plain line; return its exit code, None for a line that Typer reads."""
    if os.name == "nt":  # where Typer expands *.csv
        return None
    try:
        options, rest = options_of(parameters(root), words, first=True)
        if rest and ("version" in options or rest[0] not in COMMANDS):
            return None
        before = words[: len(words) - len(rest)]
        called = [call_of(Command("", root, {}), "k2log", before)]
        if rest:
            called += calls(declared(rest[0]), rest[0], rest[1:])
    except NotPlainError:
        return None
    return carry_out(called) or 0


def _by_typer(words: Sequence[str]) -> Any:
    from typer.main import get_command

    if ASKED in os.environ:
        from k2log.commands.typer_tree import only_plain_words

        only_plain_words()
    return get_command(typer_program()).main(words, prog_name="k2log", standalone_mode=False)


def _report(error: BaseException, arguments: Sequence[str]) -> int:
    """Say on stderr what went wrong, help line by line and all else in one; return the exit code.

    What is neither ours nor one of Typer, SQLite or the system is a bug.
    """
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, KeyboardInterrupt):  # whether anything was written, nobody knows here
        complain("interrupted.")
        return _INTERRUPTED
    if type(error).__name__ == "Abort":  # of Typer's, where a question was asked
        error = StoppedError()
    usage = getattr(error, "format_message", None)  # of what Typer raises for wrong arguments
    if usage and type(error).__name__ == "NoArgsIsHelpError":
        for line in usage().splitlines():
            note(line)
        return UnreadableError.exit_code
    if usage:
        context = getattr(error, "ctx", None)
        help_page = f"{context.command_path if context else 'k2log'} --help"
        error = UnreadableError(f"{usage().rstrip('.')}. See: {help_page}")
    elif type(error).__module__ == "sqlite3":
        from k2log.store.file import user_error

        error = user_error(error) or error
    elif isinstance(error, OSError):
        silence_stdout()
        place = f": {error.filename}" if error.filename else ""
        error = K2logError(f"{error.strerror or error}{place}.")
    if not isinstance(error, K2logError):
        return _report_bug(error, arguments)
    complain(str(error))
    return error.exit_code


def _report_bug(error: BaseException, arguments: Sequence[str]) -> int:
    """Say that it is our fault, and write a report without personal data beside the diary."""
    if os.environ.get("K2LOG_DEBUG"):
        raise error
    from k2log.commands.bugs import report_bug
    from k2log.paths import diary_path

    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = Path(trace.tb_frame.f_code.co_filename).name if trace else ""
    pairs = pairwise((*arguments, ""))
    options = (each for each in pairs if each[0] == "--db" or each[0].startswith("--db="))
    diary = next((Path(word.partition("=")[2] or after) for word, after in options), None)
    command = next((word for word in arguments if word in COMMANDS), "")
    path = report_bug(error, command, diary_path(diary).parent)
    at = f" at {file}:{trace.tb_lineno}" if trace else ""
    report = f" A report without your data: {path}." if path else ""
    complain(f"a bug: {type(error).__name__}{at}.{report} K2LOG_DEBUG=1 shows more.")
    return _BUG
