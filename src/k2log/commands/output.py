"""What commands write: results to stdout, talk to stderr, both safe for any terminal."""

import gc
import os
import sys
from collections.abc import Iterator
from typing import Final, TextIO

from k2log.errors import K2logError
from k2log.views.page import Text

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
    from k2log.grammar.text import safe_lines

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
    from k2log.grammar.text import safe

    _write(sys.stderr, f"{safe(message)}\n")
    sys.stderr.flush()


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        from k2log.views.numbers import encodable

        stream.write(encodable(text, stream.encoding))


def interactive() -> bool:
    """Whether a question can be asked: all ends are a terminal."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
