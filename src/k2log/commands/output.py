"""What commands write: results to stdout, talk to stderr, both safe for any terminal."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
from typing import TYPE_CHECKING, Final, TextIO

from k2log.errors import K2logError
from k2log.render.page import Page, Text
from k2log.text import safe, safe_lines

if TYPE_CHECKING:
    from k2log.files import Watch
    from k2log.store.backup import Step
    from k2log.store.diary import Diary

_MANY_PIECES: Final = 1000


class OutputLostError(K2logError):
    """The result could not be written, though the work was done."""

    def __init__(self, done: str, why: str) -> None:
        """Take what was done before the output failed, and the system's reason."""
        super().__init__(f"{done}the output could not be written: {why}.")


def emit(text: Text, done: str = "") -> None:
    """Write a result to stdout, whole or as it comes; who reads it may have enough before its end.

    ``done`` says what stands even if the output is lost.
    """
    styled = sys.stdout.isatty()
    try:
        for piece in pieces_of(text):
            _write(sys.stdout, safe_lines(piece, styled=styled))
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        raise OutputLostError(f"{done}, but " if done else "", error.strerror or "") from None


def pieces_of(text: Text) -> Iterator[str]:
    """Yield a text, or its pieces; from many on, the garbage that they make is collected."""
    for number, piece in enumerate([text] if isinstance(text, str) else text):
        if number == _MANY_PIECES:
            gc.freeze()
            gc.enable()
        yield piece


def silence_stdout() -> None:
    """Let what is still buffered go nowhere, so that the end of the process is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    """Write one line to stderr, named as ours."""
    note(f"k2log: {message}")


def note(message: str) -> None:
    """Write talk, not a result, to stderr."""
    _write(sys.stderr, f"{safe(message)}\n")
    sys.stderr.flush()


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        from k2log.render.layout import encodable

        stream.write(encodable(text, stream.encoding))


def interactive() -> bool:
    """Whether a question can be asked: all ends are a terminal."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


_NARROWEST: Final = 20  # a terminal narrower than that wraps lines itself
_USUAL: Final = 80


def page(plain_words: bool, colour: str = "auto") -> Page:
    """Return the page that stdout is: its width, and colour as the setting says.

    Only of the setting ``auto`` do NO_COLOR and TERM=dumb have a say.
    """
    if not sys.stdout.isatty():
        return Page(None, plain_words)
    columns = max(_NARROWEST, _terminal_columns())
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(columns, plain_words, wanted if colour == "auto" else colour == "always")


def _terminal_columns() -> int:
    """Return how wide the terminal is: as ``shutil`` finds it, which takes longer to load."""
    with suppress(ValueError):
        if (stated := int(os.environ.get("COLUMNS", ""))) > 0:
            return stated
    with suppress(OSError, ValueError):
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL
    return _USUAL


def diary_page(diary: "Diary", plain_words: bool, since: date) -> Page:
    """Return the page for entries from a day on: with vitamin K1 where it is to stay steady.

    That is for who takes a vitamin K antagonist, or a medicine that may be one.
    """
    shown = page(plain_words)
    if not diary.settings.stated("medicines", bool):
        return shown
    from k2log.science.profile import ANTAGONIST, UNRECOGNISED
    from k2log.store.settings import profile_of

    steady = profile_of(diary).taking(ANTAGONIST, UNRECOGNISED, since=since)
    return shown._replace(vitamin_k1=bool(steady))


def progress() -> "AbstractContextManager[Watch]":
    """Return who is told how far long work is: a bar on a terminal, else nobody."""
    if sys.stderr.isatty():
        from k2log.render.progress import bar  # Rich

        return bar()
    from k2log.files import Unwatched

    return nullcontext(Unwatched())


@contextmanager
def copying(what: str) -> "Iterator[Step | None]":
    """Show on a terminal how far the copying of a diary is; yield whom the copying tells."""
    if not sys.stderr.isatty():
        yield None
        return
    with progress() as bar:
        last: int | None = None

        def step(left: int, pages: int) -> None:
            nonlocal last
            if last is None:
                bar.begin(what, pages)
            bar.advance((pages if last is None else last) - left)
            last = left

        yield step
