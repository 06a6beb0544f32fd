"""The user's routines, a JSON document among the settings; each change undoable."""

import json
from collections.abc import Callable
from typing import Final

from k2log.diary.routines import Routines, documents, routines_of
from k2log.store.diary import Diary
from k2log.store.settings import update_document

_ROUTINES: Final = "routines"


def all_routines(diary: Diary) -> Routines:
    """Return the routines there are, each under its key."""
    return diary.settings.read(_ROUTINES, routines_of)


def update_routines(
    diary: Diary, change: Callable[[Routines], Routines], command: str, at: str
) -> tuple[Routines, Routines]:
    """Change the routines as they are now, and return them before and after; alike is no change.

    None at all removes the setting.
    """

    def text(routines: Routines) -> str | None:
        return json.dumps(documents(routines), ensure_ascii=False) if routines else None

    return update_document(diary, _ROUTINES, all_routines, change, text, command, at)
