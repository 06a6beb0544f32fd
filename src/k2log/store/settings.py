"""The user's settings, each change undoable.

Profile, routines and hidden caveats are JSON documents among them.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from k2log.diary.routines import Routine, Routines, documents, routines_of
from k2log.science.profile import NOBODY, Profile
from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, new_change, put_setting

_HIDDEN = "hidden-caveats"


def change_setting(diary: Diary, name: str, value: str | None, command: str, at: str) -> None:
    """Set or, with None, unset one setting."""
    with diary.writing() as db:
        row = db.execute("SELECT value FROM settings WHERE key = ?", (name,)).fetchone()
        before = json.dumps({"key": name, "value": row[0] if row else None})
        add_rows(db, new_change(db, command, at), [Image("settings", 0, 0, before)])
        put_setting(db, name, value)


def hidden_caveats(diary: Diary) -> dict[str, date]:
    """Return the caveats that the user does not want to read, each with its last hidden day."""
    held = diary.settings.document(_HIDDEN) or {}
    return {id_: date.fromisoformat(until) for id_, until in held.items()}


def hide_caveats(diary: Diary, until: Mapping[str, date], command: str, at: str) -> None:
    """Keep which caveats are hidden until when; none at all removes the setting."""
    held = json.dumps({id_: day.isoformat() for id_, day in until.items()}) if until else None
    change_setting(diary, _HIDDEN, held, command, at)


_KEY: Final = "profile"
_STATED_EMPTY: Final = ("medicines", "conditions")


def held_profile(diary: Diary) -> Profile:
    """Return what the user told of themselves."""
    held = diary.settings.document(_KEY)
    return NOBODY if held is None else Profile.of(held)


def keep_profile(diary: Diary, profile: Profile, command: str, at: str) -> bool:
    """Keep a profile, as one change; return False where it is kept already."""
    if profile == held_profile(diary):
        return False
    held = _lean(profile)
    value = json.dumps(held, ensure_ascii=False, separators=(",", ":")) if held else None
    change_setting(diary, _KEY, value, command, at)
    return True


def _lean(profile: Profile) -> dict[str, Any]:
    """Return what was said and nothing else; "none" of medicines or conditions was said."""
    said = {
        key: [_filled(each) for each in value] if key in _STATED_EMPTY else value
        for key, value in profile.as_dict().items()
        if value is not None
    }
    return {key: value for key, value in said.items() if value != {}}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


_KEY_ROUTINES: Final = "routines"


def held_routines(diary: Diary) -> dict[str, Routine]:
    """Return the routines there are, each under its key."""
    return routines_of(diary.settings.document(_KEY_ROUTINES) or {})


def keep_routines(diary: Diary, routines: Routines, command: str, at: str) -> None:
    """Keep the routines, as one change; none at all removes the setting."""
    held = json.dumps(documents(routines), ensure_ascii=False) if routines else None
    change_setting(diary, _KEY_ROUTINES, held, command, at)
