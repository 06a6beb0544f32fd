"""The ``k2log`` program: root options, commands that load when they run, errors to stderr."""

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Final

from k2log.commands.declaration import ASKED, App, Command, Context, Option, parameters
from k2log.commands.output import complain, emit, note, silence_stdout
from k2log.commands.plain_lines import NotPlainError, call_of, calls, carry_out, options_of
from k2log.errors import K2logError, StoppedError, UnreadableError
from k2log.named_tuple import NamedTuple


class Row(NamedTuple):
    """A command: its group on the page of all, its module and app, its line of help.

    ``page`` is the line on the page of all where that speaks for the commands after it, too, which
    have none ("") there. ``parts`` are subcommands that a feature adds to a group, each with the
    place of its function.
    """

    group: str
    place: str
    line: str
    page: str | None = None
    parts: Mapping[str, str] = MappingProxyType({})


LOG, LOOK, UNDERSTAND = "Log", "Look", "Understand"
CORRECT, SET_UP, DATA = "Correct", "Set up", "Data"

COMMANDS: Final = {
    "add": Row(LOG, "commands.add:app", "Log food and supplements."),
    "repeat": Row(LOG, "commands.repeat:app", "Log a day, a meal or single entries again."),
    "routine": Row(
        LOG,
        "features.routine:app",
        "Keep items under a name, to log together: k2log add @NAME.",
        "What you take together; dishes of your own.",
    ),
    "recipe": Row(LOG, "features.recipe:app", "Foods made of foods: a dish of your own.", ""),
    "day": Row(LOG, "features.day.command:app", "Say whether a day is complete, or not tracked."),
    "log": Row(LOOK, "commands.log:app", "Show entries with their ids."),
    "report": Row(LOOK, "commands.report:app", "Show means, ranges and what is unknown."),
    "chart": Row(LOOK, "commands.chart:app", "Draw each day's calcium, vitamin D and K2."),
    "suggest": Row(LOOK, "features.suggest.command:app", "Show servings that would close a gap."),
    "explain": Row(
        UNDERSTAND, "features.explain.command:app", "Say what is known of a claim, a figure, a day."
    ),
    "caveats": Row(
        UNDERSTAND, "commands.caveats:app", "Show every remark in full, with its evidence."
    ),
    "edit": Row(
        CORRECT,
        "commands.edit:app",
        "Correct entries, by their ids.",
        "Correct entries, or remove them, by their ids.",
    ),
    "rm": Row(CORRECT, "commands.edit:rm_app", "Remove entries; k2log undo brings them back.", ""),
    "undo": Row(
        CORRECT,
        "commands.undo:app",
        "Take back the newest change, or change N.",
        "Take changes back, do them again, list them.",
    ),
    "redo": Row(CORRECT, "commands.undo:redo_app", "Do again what the latest undo took back.", ""),
    "history": Row(
        CORRECT, "commands.undo:history_app", "Show the changes made, newest first.", ""
    ),
    "recalculate": Row(
        CORRECT,
        "features.recalculate.command:app",
        "Work entries out again, by today's figures.",
    ),
    "profile": Row(
        SET_UP,
        "features.profile.command:app",
        "Age, sex, medicines: for references and notes.",
    ),
    "config": Row(SET_UP, "commands.config:app", "Show and change settings: region, measures."),
    "foods": Row(
        SET_UP,
        "commands.foods:app",
        "Find foods, look at figures, add your own.",
        parts={"import": "features.tables.command:import_foods"},
    ),
    "export": Row(
        DATA,
        "features.exchange.export:app",
        "Write the diary, or some days, to a file.",
        "Take entries out to a file, or in from one.",
    ),
    "import": Row(
        DATA, "features.exchange.import_:app", "Read entries from a file, all or nothing.", ""
    ),
    "backup": Row(
        DATA,
        "features.care.backup:app",
        "Copy the diary, and verify the copy.",
        "Copy the diary safely, or bring a copy back.",
    ),
    "restore": Row(DATA, "features.care.restore:app", "Make the diary what a backup holds.", ""),
    "doctor": Row(DATA, "features.care.doctor:app", "Check the diary and its backups."),
    "forget": Row(DATA, "features.care.forget:app", "Erase entries for good."),
    "path": Row(DATA, "commands.path:app", "Print where the diary lives."),
}

INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {
    "today": (), "status": (), "yesterday": ("log", "yesterday"),
    "list": ("log",), "ls": ("log",), "show": ("log",), "entries": ("log",),
    "week": ("report", "week"), "month": ("report", "month"), "year": ("report", "year"),
    "summary": ("report",), "stats": ("report",), "graph": ("chart",), "plot": ("chart",),
    "search": ("foods", "search"), "find": ("foods", "search"), "settings": ("config", "list"),
    "delete": ("rm",), "remove": ("rm",), "del": ("rm",), "version": ("--version",),
}  # fmt: skip
"""What people type instead of a command, and what it means."""

HELP: Final = "help"
_EATEN: Final = frozenset({"ate", "eat", "had", "took", "take", "drank", "drink", "new", "insert"})
"""What people type where ``add`` is meant; nothing is logged for it."""

_BUG = 70
_INTERRUPTED = 130
_LIKE_A_COMMAND = 66  # percent; brie and rice are foods, and no slips of recipe


class Options(NamedTuple):
    """What the root options say."""

    db: str | None
    plain: bool


class UnknownCommandError(K2logError):
    """A word that is no command; often a food, with ``add`` forgotten."""

    exit_code = 2

    def __init__(self, words: Sequence[str]) -> None:
        """Take what was typed after ``k2log``."""
        from k2log.names import nearest
        from k2log.text import pasted, shown

        near = nearest(words[0], COMMANDS, least=_LIKE_A_COMMAND)
        typed = " ".join(words[len(words) > 1 and words[0] in _EATEN :]).split()
        meant = (
            pasted("add", *typed) if words[0] in _EATEN else next(iter(near), pasted("add", *typed))
        )
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
    return getattr(__import__(f"k2log.{module}", fromlist=[name]), name)  # importlib takes 0.5 ms


def root(
    ctx: Context,
    db: Annotated[
        str | None,
        Option(metavar="FILE", help="The diary to use. Else $K2LOG_DB, else your data folder."),
    ] = None,
    plain: Annotated[bool, Option("--plain", help="Words instead of signs and tables.")] = False,
    version: Annotated[bool, Option("--version", "-V", help="Show the version.")] = False,
) -> None:
    """Keep a diary of calcium, vitamin D3 and vitamin K2. Without a command: today so far."""
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
    words = meant(sys.argv[1:] if arguments is None else arguments)
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


def meant(words: Sequence[str]) -> Sequence[str]:
    """Return a line with k2log's own words for what people type instead of a command."""
    try:
        _, rest = options_of(parameters(root), words, first=True)
    except NotPlainError:
        return words
    before, word = words[: len(words) - len(rest)], rest[0] if rest else ""
    if word == HELP:
        asked = rest[1:]
        if asked and asked[0] not in COMMANDS:
            return [*before, "explain", *asked]
        return [*before, *asked, "--help"]
    return [*before, *INSTEAD[word], *rest[1:]] if word in INSTEAD else words


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
    file = os.path.basename(trace.tb_frame.f_code.co_filename) if trace else ""
    pairs = pairwise((*arguments, ""))
    options = (each for each in pairs if each[0] == "--db" or each[0].startswith("--db="))
    diary = next((word.partition("=")[2] or after for word, after in options), None)
    command = next((word for word in arguments if word in COMMANDS), "")
    path = report_bug(error, command, os.path.dirname(diary_path(diary)))
    at = f" at {file}:{trace.tb_lineno}" if trace else ""
    report = f" A report without your data: {path}." if path else ""
    complain(f"a bug: {type(error).__name__}{at}.{report} K2LOG_DEBUG=1 shows more.")
    return _BUG
