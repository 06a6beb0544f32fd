"""What commands write: results to stdout, talk to stderr, both safe for any terminal."""

import os
import sys
from typing import TextIO

from k2log.errors import K2logError


class OutputLostError(K2logError):
    """The result could not be written, though the work was done."""

    def __init__(self, done: str, why: str) -> None:
        """Take what was done before the output failed, and the system's reason."""
        super().__init__(f"{done}the output could not be written: {why}.")


def emit(text: str, done: str = "") -> None:
    """Write a result to stdout; ``done`` says what stands even if the output is lost."""
    from k2log.grammar.text import safe_lines

    try:
        _write(sys.stdout, safe_lines(text, styled=sys.stdout.isatty()))
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        raise OutputLostError(f"{done}, but " if done else "", error.strerror or "") from None


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


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        from k2log.views.numbers import encodable

        stream.write(encodable(text, stream.encoding))
    stream.flush()


def interactive() -> bool:
    """Whether a question can be asked: all ends are a terminal."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
