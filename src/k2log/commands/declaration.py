"""What commands declare of their lines: options, arguments, subcommands. Typer is not loaded here.

Loading Typer takes two thirds of the time of a daily command. So a command states here what Typer
is told: ``typer_tree`` makes Typer's commands of it, for help, errors and completion, and
``plain_lines`` reads by it the lines that need none of those.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from k2log.errors import UnreadableError
from k2log.named_tuple import NamedTuple

Run = TypeVar("Run", bound=Callable[..., Any])
ASKED: Final = "_K2LOG_COMPLETE"
"""The variable by which a shell asks what can be typed: ``complete_bash``."""
NEEDED: Final = object()
"""The default of what has to be typed."""


class Declared:
    """An option or an argument: its names where not its parameter's, and what Typer shall know."""

    __slots__ = ("names", "settings")

    def __init__(self, *names: str, **settings: Any) -> None:
        """Take what ``typer.Option`` or ``typer.Argument`` takes behind ``Annotated``."""
        self.names = names
        self.settings = settings


class Option(Declared):
    """What is typed behind a name: ``--on mon``, or a flag: ``--yes``."""

    __slots__ = ()


class Argument(Declared):
    """What is typed without a name."""

    __slots__ = ()


class Context:
    """What a command knows beside its parameters; Typer's context has the same members.

    ``obj`` are the options of ``k2log`` itself. ``info_name`` is the word that called the command,
    ``invoked_subcommand`` that of the subcommand that will be called next, and ``params`` are the
    values of its parameters.
    """

    __slots__ = ("info_name", "invoked_subcommand", "obj", "params", "root")

    def __init__(
        self, obj: Any, info_name: str, params: Mapping[str, Any], root: "Context | None" = None
    ) -> None:
        """Take what is known once a line was read; ``root`` is the context of ``k2log`` itself."""
        self.obj = obj
        self.info_name = info_name
        self.params = params
        self.root = root
        self.invoked_subcommand: str | None = None

    def find_root(self) -> "Context":
        """Return the context of ``k2log`` itself."""
        return self.root or self


class Parameter(NamedTuple):
    """A parameter of a command: what may be typed for it, and what it is if nothing is.

    ``kind`` is the type it has, ``declared`` None for the context.
    """

    name: str
    kind: Any
    declared: Declared | None
    default: Any = NEEDED


def parameters(function: Callable[..., Any]) -> list[Parameter]:
    """Return the parameters of a command, as declared or as a decorator put them together."""
    given = getattr(function, "parameters", None)
    if given is not None:
        return list(given)
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    behind = function.__defaults__ or ()
    first = code.co_argcount - len(behind)
    defaults = dict(zip(names[first : code.co_argcount], behind, strict=True))
    defaults |= function.__kwdefaults__ or {}
    return [
        parameter(name, function.__annotations__[name], defaults.get(name, NEEDED))
        for name in names
    ]


def parameter(name: str, annotation: Any, default: Any = NEEDED) -> Parameter:
    """Return the parameter that an annotation declares."""
    declared = getattr(annotation, "__metadata__", (None,))[0]
    return Parameter(name, getattr(annotation, "__origin__", annotation), declared, default)


def refuse_empty(declared: Iterable[Parameter], values: Mapping[str, Any]) -> None:
    """Raise UnreadableError for an option that is empty, as one from an unset shell variable is.

    It is never taken as not given: that would log, or mark, on another day.
    """
    for name, _, it, _ in declared:
        value = values.get(name)
        if isinstance(it, Option) and isinstance(value, str) and not value.strip():
            typed = it.names[0] if it.names else f"--{name.replace('_', '-')}"
            help_line = it.settings.get("help") or ""
            raise UnreadableError(f"{typed} is empty: give a value, or leave it out. {help_line}")


class Command(NamedTuple):
    """A command: its word, the function that carries it out, and what Typer shall know of it.

    Its ``examples`` are lines to type behind ``k2log``, with which its help begins.
    """

    word: str
    run: Callable[..., Any]
    settings: Mapping[str, Any]
    examples: Sequence[str] = ()


class App:
    """What a module of commands offers: one command, or several that are called by their words.

    ``settings`` are those of Typer. ``otherwise`` is the word meant where none of them is typed.
    """

    def __init__(self, *, otherwise: str = "", **settings: Any) -> None:
        """Begin without commands."""
        self.settings = settings
        self.otherwise = otherwise
        self.commands: dict[str, Command] = {}
        self.before: Command | None = None

    @property
    def alone(self) -> bool:
        """Whether it is one command, called by no word of its own."""
        return self.before is None and len(self.commands) == 1

    def called(self, words: Sequence[str]) -> tuple[Command, Sequence[str]]:
        """Return the command that words call, and the words that are left to it.

        Raises LookupError where there are several and the first word is none of them.
        """
        if self.alone:
            return next(iter(self.commands.values())), words
        return self.commands[words[0]], words[1:]

    def command(
        self, word: str = "", *, examples: Sequence[str] = (), **settings: Any
    ) -> Callable[[Run], Run]:
        """Add a command, by its word or the name of its function."""

        def add(run: Run) -> Run:
            called = word or run.__name__.replace("_", "-")
            self.commands[called] = Command(called, run, settings, examples)
            return run

        return add

    def callback(self, **settings: Any) -> Callable[[Run], Run]:
        """Add what is called before any of the commands, and alone where none is typed."""

        def add(run: Run) -> Run:
            self.before = Command("", run, settings)
            return run

        return add
