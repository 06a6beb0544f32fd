"""The one place that reads the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the local time with its UTC offset."""
    return datetime.now().astimezone()


def local(naive: datetime) -> datetime:
    """Return a local time with the UTC offset that is valid on that date.

    Of an hour that the clocks repeat, the first is meant. In an hour that they skip, the moment is
    that of a clock not put forward yet: 02:30 is shown as 03:30.
    """
    moment = naive.astimezone()
    if moment.replace(tzinfo=None) == naive:
        return moment
    return naive.replace(fold=1).astimezone()


def utc(moment: datetime) -> str:
    """Return a moment in UTC, as it is stored: ``2026-11-21T11:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
