"""What the profile has to say of what is about to be logged: warnings, and doses to ask about.

Nothing is loaded for it where the profile has nothing to say: most of it costs 10 ms.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from k2log.diary.entry import Entry
from k2log.food.plausible import ADULT, DoseLimits
from k2log.store.diary import Diary
from k2log.store.totals import day_marks, day_parts, telling_entries

if TYPE_CHECKING:
    from k2log.catalogue.namesake import Namesake

_ONE_DAY = timedelta(days=1)
GROWN_UP_YEARS = 19
"""Who was born so many calendar years ago is no child, whatever the day."""


def dose_limits(diary: Diary, on: date) -> DoseLimits:
    """Return what a dose hardly ever exceeds for the person of the profile, on a day."""
    born = diary.settings.stated("born", lambda text: int(text[:4]) if text else None)
    if born is None or on.year - born >= GROWN_UP_YEARS:
        return ADULT
    from k2log.science.day_doses import limits_of
    from k2log.store.settings import profile_of

    return limits_of(profile_of(diary), on)


def warnings_of(diary: Diary, new: Sequence[Entry]) -> list[str]:
    """Return the warnings that entries about to be logged give rise to, if the profile has any."""
    if not new or "profile" not in diary.settings.stored:
        return []
    from k2log.store.settings import profile_of  # 1 ms

    profile = profile_of(diary)
    beside_food = profile.medicines or profile.conditions or profile.life_stage
    if not beside_food and not any(entry.supplement for entry in new):
        return []
    from k2log.diary.days import DayRow, by_day
    from k2log.report.notes import note as note_of  # these load all rules, 10 ms
    from k2log.science.rules import warnings
    from k2log.science.steady_k1 import USUAL_DAYS

    span = (min(it.day for it in new) - _ONE_DAY, max(it.day for it in new) + _ONE_DAY)
    near, _ = telling_entries(diary, span, span[0], foods=True)
    replaced = {entry.id for entry in new}
    around = [entry for entry in near if entry.id not in replaced]

    def days_before(day: date) -> list[DayRow]:
        first, last = day - USUAL_DAYS * _ONE_DAY, day - _ONE_DAY
        rows = by_day(day_parts(diary, first, last), day_marks(diary, first, last), day)
        return [row for row in rows.values() if row.status == "complete"]

    own: Mapping[str, Namesake] = {}
    if profile.life_stage:
        from k2log.store.namesakes import namesakes

        own = namesakes(diary)
    return [note_of(it).text for it in warnings(new, around, profile, days_before, own)]
