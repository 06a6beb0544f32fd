"""The routines in the diary: one JSON document among the settings."""

import json
from typing import Final

from k2log.diary.routines import Routine, Routines, documents, routines_of
from k2log.store.diary import Diary
from k2log.store.settings import change_setting

_KEY: Final = "routines"


def held_routines(diary: Diary) -> dict[str, Routine]:
    """Return the routines there are, each under its key."""
    return routines_of(json.loads(diary.settings.get(_KEY, "{}")))


def keep_routines(diary: Diary, routines: Routines, command: str, at: str) -> None:
    """Keep the routines, as one change; none at all removes the setting."""
    held = json.dumps(documents(routines), ensure_ascii=False) if routines else None
    change_setting(diary, _KEY, held, command, at)
