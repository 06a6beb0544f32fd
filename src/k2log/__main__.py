"""The program: the ``k2log`` script, and ``python -m k2log``."""

import gc
import os
import sys

gc.disable()  # a daily command ends before there is garbage; looking for it costs 5 ms


def main() -> None:
    """Run the command line of this process and exit."""
    from k2log.cli import run  # noqa: PLC0415 - loads Typer, which must come after gc.disable

    _open_standard_streams()
    code = run()
    gc.freeze()  # nor is any looked for at the end, another 7 ms
    sys.exit(code)


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
