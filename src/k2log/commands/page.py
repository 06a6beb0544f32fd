"""Where the output of a command goes."""

import os
import shutil
import sys
from typing import Final

from k2log.views.page import Page

_NARROWEST: Final = 20  # a terminal narrower than that wraps lines itself


def page(plain_words: bool, colour: str = "auto") -> Page:
    """Return the page that stdout is: its width, and colour as the setting says."""
    if not sys.stdout.isatty():
        return Page(None, plain_words)
    columns = max(_NARROWEST, shutil.get_terminal_size().columns)
    return Page(columns, plain_words, _coloured(colour))


def _coloured(setting: str) -> bool:
    """Whether to colour; only of ``auto`` do NO_COLOR and TERM=dumb have a say."""
    if setting != "auto":
        return setting == "always"
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
