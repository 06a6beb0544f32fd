"""One module a command: fetch, change, save, show."""

from collections.abc import Iterable

from k2log.errors import K2logError
from k2log.text import shown


class ManyError(K2logError):
    """More entries than one means by a slip, and nobody confirmed them."""


def refuse_unknown_options(words: Iterable[str]) -> None:
    """Refuse words that look like options, for a command whose words may begin with one dash.

    Raises typer.BadParameter.
    """
    for word in words:
        if word.startswith("--"):
            raise bad_parameter(f"no such option: {shown(word)}")


def bad_parameter(message: str) -> Exception:
    """Return the error of a value that cannot be taken; Typer adds which command's help to read."""
    from typer import BadParameter

    return BadParameter(message)


def consent(question: str) -> bool:
    """Ask on stderr whether to go on; only where somebody can answer."""
    import typer

    return typer.confirm(question, err=True)


def prompt(question: str, default: str = "", *, show_default: bool = True) -> str:
    """Ask on stderr for a text; only where somebody can answer."""
    import typer

    return str(typer.prompt(question, default=default, show_default=show_default, err=True))
