"""One module a command: fetch, change, save, show. Typer lives here, in cli.py and in features."""

from collections.abc import Iterable

import typer

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
            raise typer.BadParameter(f"no such option: {shown(word)}")
