"""``python -m k2log``."""

from k2log.cli import main

main()
