"""The profile in the diary: one JSON document among the settings."""

import json
from typing import Any, Final

from k2log.science.profile import NOBODY, Profile
from k2log.store.diary import Diary
from k2log.store.settings import change_setting

_KEY: Final = "profile"
_STATED_EMPTY: Final = ("medicines", "conditions")


def held_profile(diary: Diary) -> Profile:
    """Return what the user told of themselves."""
    held = diary.settings.get(_KEY)
    return Profile.of(json.loads(held)) if held else NOBODY


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
