"""The program: the ``k2log`` script, and ``python -m k2log``."""

import gc
import sys

gc.disable()  # a daily command ends before there is garbage; looking for it costs 5 ms


def main() -> None:
    """Run the command line of this process and exit."""
    from k2log.cli import run  # noqa: PLC0415 - loads Typer, which must come after gc.disable

    code = run()
    gc.freeze()  # nor is any looked for at the end, another 7 ms
    sys.exit(code)


if __name__ == "__main__":
    main()
