"""The user's routines, a JSON document among the settings; each change undoable."""

import json
from typing import Final

from k2log.diary.routines import Routine, Routines, documents, routines_of
from k2log.store.diary import Diary
from k2log.store.settings import change_setting

_ROUTINES: Final = "routines"


def all_routines(diary: Diary) -> dict[str, Routine]:
    """Return the routines there are, each under its key."""
    return routines_of(diary.settings.document(_ROUTINES) or {})


def keep_routines(diary: Diary, routines: Routines, command: str, at: str) -> None:
    """Store the routines, as one change; none at all removes the setting."""
    value = json.dumps(documents(routines), ensure_ascii=False) if routines else None
    change_setting(diary, _ROUTINES, value, command, at)
