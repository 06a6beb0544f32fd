"""Command lines in processes of their own, cheaply: ``forked`` starts one, which forks for each.

Streams are what a test wants them to be: closed, full, a terminal.
"""

import json
import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Ended(NamedTuple):
    """How a command line ended."""

    line: str
    code: int
    out: str
    err: str


def forked(
    lines: Sequence[Sequence[str]],
    *,
    stdin: str = "empty",
    stdout: str = "file",
    env: Mapping[str, str | None] | None = None,
) -> list[Ended]:
    """Run command lines; ``stdin`` may be closed, ``stdout`` closed, full or a terminal.

    An environment variable that is None is taken away.
    """
    asked = {"lines": lines, "stdin": stdin, "stdout": stdout, "env": env or {}}
    done = subprocess.run(
        [sys.executable, __file__], input=json.dumps(asked), capture_output=True, text=True,
        check=True, timeout=300,
    )  # fmt: skip
    ended = json.loads(done.stdout)
    return [Ended(" ".join(line), *how) for line, how in zip(lines, ended, strict=True)]


def _all(asked: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    import k2log.cli  # noqa: F401 - loaded once for all

    for name, value in asked["env"].items():
        os.environ.pop(name, None)
        os.environ.update({name: value} if value is not None else {})
    return [_one(line, asked["stdin"], asked["stdout"]) for line in asked["lines"]]


def _one(line: Sequence[str], stdin: str, stdout: str) -> tuple[int, str, str]:
    leader, follower = pty.openpty() if stdout == "terminal" else (-1, -1)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            place = {"file": out.fileno(), "terminal": follower, "full": _full(), "closed": None}
            _run(line, stdin, place[stdout], follower if stdout == "terminal" else err.fileno())
        shown = _shown(leader, follower) if stdout == "terminal" else ""
        _, status = os.waitpid(child, 0)
        said = [file.read().decode(errors="backslashreplace") for file in map(_rewound, (out, err))]
    code = os.waitstatus_to_exitcode(status)
    if stdout == "terminal":  # it shows both
        return (code, "", shown) if code else (code, shown, "")
    return code, said[0], said[1]


def _full() -> int:
    return os.open("/dev/full", os.O_WRONLY)


def _rewound(file: Any) -> Any:
    file.seek(0)
    return file


def _shown(leader: int, follower: int) -> str:
    os.close(follower)
    seen = b""
    try:
        while more := os.read(leader, 65536):
            seen += more
    except OSError:  # how a terminal says that its other end is gone
        pass
    os.close(leader)
    return seen.decode(errors="backslashreplace").replace("\r\n", "\n")


def _run(line: Sequence[str], stdin: str, stdout: int | None, stderr: int) -> None:
    """Be the program, as Python would start it; never returns."""
    from k2log.__main__ import main

    code = 120
    try:
        os.dup2(stderr, 2)
        _take(0, None if stdin == "closed" else os.open(os.devnull, os.O_RDONLY))
        _take(1, stdout)
        sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w")
        sys.argv = ["k2log", *line]
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        if sys.stdout:
            sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:  # noqa: BLE001 - it is to be told
        sys.stderr.write(f"Traceback: {error!r}\n")
        sys.stderr.flush()
    finally:
        os._exit(code)


def _stream(number: int, mode: str) -> Any:
    """Return the stream that Python makes of a descriptor; None of one that is closed."""
    try:
        return os.fdopen(
            number, mode, encoding=os.environ.get("PYTHONIOENCODING", "utf-8"),
            errors="backslashreplace" if number == 2 else "surrogateescape", closefd=False,
        )  # fmt: skip
    except OSError:
        return None


def _take(number: int, descriptor: int | None) -> None:
    if descriptor is None:
        os.close(number)
    else:
        os.dup2(descriptor, number)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_all(json.load(sys.stdin))))
