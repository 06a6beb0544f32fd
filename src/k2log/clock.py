"""The one place that reads the clock."""

from datetime import datetime


def now() -> datetime:
    """Return the local time with its UTC offset."""
    return datetime.now().astimezone()
