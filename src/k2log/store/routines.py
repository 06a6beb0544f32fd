"""The user's routines, a JSON document among the settings; each change undoable."""

import json
from collections.abc import Callable
from typing import Final

from k2log.diary.routines import Routine, Routines, documents, routines_of
from k2log.store.diary import Diary
from k2log.store.settings import change_setting

_ROUTINES: Final = "routines"


def all_routines(diary: Diary) -> dict[str, Routine]:
    """Return the routines there are, each under its key."""
    return diary.settings.read(_ROUTINES, routines_of)


def update_routines(
    diary: Diary, change: Callable[[Routines], Routines], command: str, at: str
) -> tuple[Routines, Routines]:
    """Change the routines as they are now, and return them before and after; alike is no change.

    None at all removes the setting.
    """
    with diary.writing():
        diary.read_settings()
        before = all_routines(diary)
        after = change(before)
        if after != before:
            value = json.dumps(documents(after), ensure_ascii=False) if after else None
            change_setting(diary, _ROUTINES, value, command, at)
    return before, after
