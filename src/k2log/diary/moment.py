"""Which diary day, and which local time, an entry belongs to.

A diary day may begin later than midnight: a time of eating before that falls on the next calendar
date. Nothing is ever logged in the future.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from k2log.errors import UnreadableError


def clock_time(
    day: date, at: time, now: datetime, day_starts: time, local: Callable[[datetime], datetime]
) -> str:
    """Return the local timestamp, with offset, of a time of eating on a diary day.

    ``local`` attaches the offset that is valid at that local time. Raises UnreadableError if the
    moment is still to come.
    """
    calendar = day + timedelta(days=1) if at < day_starts else day
    moment = local(datetime.combine(calendar, at))
    if moment > now:
        raise UnreadableError(
            f"{at:%H:%M} on {calendar:%a} {calendar.day} {calendar:%b} is still to come."
            f" For the day before: --on {(day - timedelta(days=1)).isoformat()}"
        )
    return moment.isoformat(timespec="minutes")
