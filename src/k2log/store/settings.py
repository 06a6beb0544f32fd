"""The user's settings, each change undoable.

The profile and the hidden caveats are JSON documents among them.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from k2log.science.profile import NOBODY, UNSETTLED, Profile
from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, new_change, put_setting

_HIDDEN: Final = "hidden-caveats"
_PROFILE: Final = "profile"
_STATED_EMPTY: Final = ("medicines", "conditions")
"""Of the profile: lists of which an empty one says that there are none."""


def change_setting(diary: Diary, name: str, value: str | None, command: str, at: str) -> None:
    """Set or, with None, unset one setting."""
    with diary.writing() as db:
        row = db.execute("SELECT value FROM settings WHERE key = ?", (name,)).fetchone()
        before = json.dumps({"key": name, "value": row[0] if row else None})
        add_rows(db, new_change(db, command, at), [Image("settings", 0, 0, before)])
        put_setting(db, name, value)


def hidden_caveats(diary: Diary) -> dict[str, date]:
    """Return the caveats that the user does not want to read, each with its last hidden day."""
    stored = diary.settings.document(_HIDDEN) or {}
    return {id_: date.fromisoformat(until) for id_, until in stored.items()}


def hide_caveats(diary: Diary, until: Mapping[str, date], command: str, at: str) -> None:
    """Store which caveats are hidden until when; none at all removes the setting."""
    value = json.dumps({id_: day.isoformat() for id_, day in until.items()}) if until else None
    change_setting(diary, _HIDDEN, value, command, at)


def profile_of(diary: Diary) -> Profile:
    """Return what the user told of themselves."""
    stored = diary.settings.document(_PROFILE)
    profile = NOBODY if stored is None else Profile.of(stored)
    if any(medicine.kind in UNSETTLED for medicine in profile.medicines or ()):
        from k2log.science.name_lists import known_today

        return known_today(profile)
    return profile


def keep_profile(diary: Diary, profile: Profile, command: str, at: str) -> bool:
    """Store a profile, as one change; return False where it is stored already.

    Only what the user stated is written; that there are no medicines or conditions is a statement.
    """
    if profile == profile_of(diary):
        return False
    stated = {}
    for key, value in profile.as_dict().items():
        if value is not None and key in _STATED_EMPTY:
            stated[key] = [{name: field for name, field in each.items() if field} for each in value]
        elif value is not None and value != {}:
            stated[key] = value
    text = json.dumps(stated, ensure_ascii=False, separators=(",", ":")) if stated else None
    change_setting(diary, _PROFILE, text, command, at)
    return True
