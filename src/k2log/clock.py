"""The one place that reads the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the local time with its UTC offset."""
    return datetime.now().astimezone()


def local(naive: datetime) -> datetime:
    """Return a local time with the UTC offset that is valid on that date."""
    return naive.astimezone()


def utc(moment: datetime) -> str:
    """Return a moment in UTC, as it is stored: ``2026-11-21T11:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
