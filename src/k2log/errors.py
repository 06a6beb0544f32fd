"""What can go wrong, each with its own words and exit code.

Exit codes: 1 could not be done, 2 unreadable, 3 food unknown or ambiguous, 4 diary not usable,
130 interrupted or stopped.
"""


class K2logError(Exception):
    """Something the user can be told in one line; ``exit_code`` is what the shell sees."""

    exit_code = 1


class UnreadableError(K2logError):
    """An amount, unit, date, time or text that cannot be read."""

    exit_code = 2


class FoodError(K2logError):
    """A food that is unknown or ambiguous."""

    exit_code = 3


class DiaryError(K2logError):
    """A diary file that is newer, foreign, damaged or cannot be opened."""

    exit_code = 4


class StoppedError(K2logError):
    """A question answered with no more than: stop."""

    exit_code = 130

    def __init__(self) -> None:
        """Say what came of it."""
        super().__init__("stopped; nothing was written.")
