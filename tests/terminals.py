"""A real terminal for tests: k2log, or a shell, and someone who types into it."""

import os
import pty
import re
import select
import signal
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

K2LOG = (sys.executable, "-m", "k2log")
INTERRUPT = "\x03"
_PATIENCE_SECONDS = 30.0
_MOMENT_SECONDS = 0.2


class Seen(NamedTuple):
    """How a program ended, and all that its terminal showed."""

    code: int
    screen: str


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Start the program."""
        self.screen = ""
        self.decoder = getincrementaldecoder("utf-8")("replace")  # a read may end within a sign
        self.read_to = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], list(argv), {**os.environ, "COLUMNS": "80", **(env or {})})

    def wait_for(self, pattern: str) -> str:
        """Read until the terminal shows something new that fits; return what is new."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while not re.search(pattern, self.screen[self.read_to :]):
            self._read_before(until, f"no {pattern!r}")
        new, self.read_to = self.screen[self.read_to :], len(self.screen)
        return new

    def type(self, keys: str) -> None:
        """Type keys; a line ends in a carriage return.

        Nobody stops a program in the moment between a prompt and the wait for an answer. Python
        would see a signal of that moment only with the next key.
        """
        if keys == INTERRUPT:
            time.sleep(_MOMENT_SECONDS)
        os.write(self.fd, keys.encode())

    def end(self) -> Seen:
        """Read to the end of the program."""
        until = time.monotonic() + _PATIENCE_SECONDS
        with suppress(EOFError):
            while True:
                self._read_before(until, "no end")
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return Seen(os.waitstatus_to_exitcode(status), self.screen)

    def _read_before(self, until: float, what: str) -> None:
        """Read a little; give up, and end the program, when it takes too long."""
        if time.monotonic() > until:
            os.kill(self.pid, signal.SIGKILL)
            raise AssertionError(f"{what} in {self.screen!r}")
        if not self._read():
            raise EOFError(f"{what} in {self.screen!r}")

    def _read(self) -> bool:
        if not select.select([self.fd], [], [], 1.0)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.screen += self.decoder.decode(data).replace("\r\n", "\n")
        return bool(data)


def talk(*arguments: str, replies: Sequence[tuple[str, str]]) -> Seen:
    """Run k2log in a terminal; wait for each question and type the reply to it."""
    terminal = Terminal([*K2LOG, *arguments])
    for question, reply in replies:
        terminal.wait_for(question)
        terminal.type(reply)
    return terminal.end()
