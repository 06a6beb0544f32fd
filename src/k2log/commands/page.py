"""Where the output goes: a terminal of some width, or uncut into a pipe."""

import os
import shutil
import sys

from k2log.views.lines import Page
from k2log.views.report import Terminal


def page(plain_words: bool) -> Page:
    """Return the page that lines are laid out on."""
    place = terminal()
    return Page(place.width if place else None, plain_words)


def terminal() -> Terminal | None:
    """Return the terminal that stdout is, with colour unless the user wants none; else None."""
    if not sys.stdout.isatty():
        return None
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(shutil.get_terminal_size().columns, colour)
