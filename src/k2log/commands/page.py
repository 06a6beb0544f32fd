"""Where the output of a command goes."""

import os
import shutil
import sys

from k2log.views.page import Page


def page(plain_words: bool) -> Page:
    """Return the page that stdout is: its width, and colour unless the user wants none."""
    if not sys.stdout.isatty():
        return Page(None, plain_words)
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(shutil.get_terminal_size().columns, plain_words, colour)
