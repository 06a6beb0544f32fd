"""The program: the ``k2log`` script, and ``python -m k2log``.

How a process ends is settled here. What it was doing is left by way of every ``finally``, so that
no temporary file stays behind, whichever signal asks it to end; a second one does not interrupt
that. Before there is anything to leave, and after, no signal makes it say a word.
"""

import _signal  # type: ignore[import-not-found]  # signal itself takes longer to load
import gc
import os
import sys

gc.disable()  # a daily command ends before there is garbage; looking for it costs 5 ms

_ENDING = (
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGVTALRM",
    "SIGPROF", "SIGXCPU", "SIGPOLL", "SIGPWR", "SIGSTKFLT", "SIGBREAK",
)  # fmt: skip
"""The signals that end a process unless it sees to them; not every system has all."""


_ended_by: list[int] = []
"""The signal that came. While SQLite is at work it stops that, but what it raises is lost there."""


def main() -> None:
    """Run the command line of this process and exit."""
    try:
        from k2log.cli import run  # noqa: PLC0415 - loads much, which must come after gc.disable

        _open_standard_streams()
        signals = _end_in_order()
        code = run()
        _ignore(signals)
        code = 128 + _ended_by[0] if _ended_by else code
    except KeyboardInterrupt:  # in the moment before
        code = 128 + _signal.SIGINT
    gc.freeze()  # nor is any looked for at the end, another 7 ms
    sys.exit(code)


def _end_in_order() -> list[int]:
    """Have each signal that would end this process at once raise instead; return these signals.

    Those that are ignored, as nohup has it, stay so.
    """
    numbers = [getattr(_signal, name) for name in _ENDING if hasattr(_signal, name)]
    at_once = (_signal.SIG_DFL, _signal.default_int_handler)  # the latter where k2log is imported
    signals = [each for each in numbers if _signal.getsignal(each) in at_once]

    def end(number: int, _: object) -> None:
        _ignore(signals)
        _ended_by.append(number)
        if _ended_by[0] == _signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + _ended_by[0])

    def end_soon(lost: "sys.UnraisableHookArgs") -> None:
        """Raise again in a moment what Python drops where it cannot raise, as in a destructor."""
        if not _ended_by or not isinstance(lost.exc_value, KeyboardInterrupt | SystemExit):
            sys.__unraisablehook__(lost)
        elif hasattr(_signal, "setitimer"):
            _signal.signal(_signal.SIGALRM, end)
            _signal.setitimer(_signal.ITIMER_REAL, 0.001)

    for each in signals:
        _signal.signal(each, end)
    sys.unraisablehook = end_soon
    return signals


def _ignore(signals: list[int]) -> None:
    for each in signals:
        _signal.signal(each, _signal.SIG_IGN)


def _open_standard_streams() -> None:
    """Give each stream that is closed a file in its place, before a diary takes its number.

    Nothing comes from that stdin, and nothing can be written to that stdout, as is to be told.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: SIM115 - for good


if __name__ == "__main__":
    main()
