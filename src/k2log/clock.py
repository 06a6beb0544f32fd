"""The one place that reads the clock."""

import os
from datetime import UTC, datetime

from k2log.errors import UnreadableError

SETTING = "K2LOG_NOW"
"""Names the environment variable that stops the clock at a moment, for tests. Its value is an ISO
date and time such as ``2026-11-21T12:00:00+01:00``; without an offset it is local time."""


def now() -> datetime:
    """Return the local time with its UTC offset: of the clock, or the moment in ``K2LOG_NOW``.

    Raises UnreadableError where that is no date and time, or ``TZ`` is no time zone.
    """
    stopped_at = os.environ.get(SETTING)
    moment = _moment(stopped_at) if stopped_at else datetime.now(UTC)
    try:
        return moment.astimezone()
    except OverflowError:
        raise _no_moment(stopped_at) from None
    except ValueError:  # an offset of a day or more
        raise UnreadableError(
            f"TZ is {os.environ.get('TZ', '')!r}, which is no time zone such as Europe/Amsterdam."
        ) from None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _no_moment(text) from None


def _no_moment(text: str | None) -> UnreadableError:
    return UnreadableError(
        f"{SETTING} is {text!r}, not a date and time such as 2026-11-21T12:00:00+01:00."
    )


def local(moment: datetime) -> datetime:
    """Return a local time with the UTC offset that is valid on that date.

    A moment that has an offset already is put into the time of this place.
    Of an hour that the clocks repeat, the first is meant. In an hour that they skip, the moment is
    that of a clock not put forward yet: 02:30 is shown as 03:30.
    """
    if moment.tzinfo:
        return moment.astimezone()
    first = moment.replace(fold=0).astimezone()
    if first.replace(tzinfo=None) == moment:
        return first
    # Versions of Python differ in which fold of a skipped hour is the later moment.
    return max(first, moment.replace(fold=1).astimezone())


def utc(moment: datetime) -> str:
    """Return a moment in UTC, as it is stored: ``2026-11-21T11:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
