"""The user's settings, each change undoable.

The profile, the routines and the hidden caveats are JSON documents among them. A document is read,
changed and written in one transaction, so that of two who change it at once none loses.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Final, TypeVar
from zlib import crc32

from k2log.errors import DiaryError
from k2log.science.profile import Profile, ShownNote
from k2log.store.diary import Diary
from k2log.store.documents import hidden_from, profile_from, shown_from
from k2log.store.journal import Image, add_rows, new_change, put_setting

T = TypeVar("T")

_HIDDEN: Final = "hidden-caveats"
_PROFILE: Final = "profile"
_SHOWN: Final = "shown-notes"
_STATED_EMPTY: Final = ("medicines", "conditions")
"""Of the profile: lists of which an empty one says that there are none."""


def change_setting(diary: Diary, name: str, value: str | None, command: str, at: str) -> None:
    """Set or, with None, unset one setting."""
    with diary.writing() as db:
        row = db.execute("SELECT value FROM settings WHERE key = ?", (name,)).fetchone()
        before = json.dumps({"key": name, "value": row[0] if row else None})
        add_rows(db, new_change(db, command, at), [Image("settings", 0, 0, before)])
        put_setting(db, name, value, at)


def update_document(
    diary: Diary,
    name: str,
    read: Callable[[Diary], T],
    change: Callable[[T], T],
    text: Callable[[T], str | None],
    command: str,
    at: str,
) -> tuple[T, T]:
    """Change one of ``DOCUMENTS`` as it is now; return what it says before and after.

    Alike is no change. ``text`` returns what is stored of it; None removes the setting.
    """
    with diary.writing():
        diary.read_settings()
        before = read(diary)
        after = change(before)
        if after != before:
            change_setting(diary, name, text(after), command, at)
    return before, after


def hidden_caveats(diary: Diary) -> dict[str, date]:
    """Return the caveats that the user does not want to read, each with its last hidden day."""
    return diary.settings.read(_HIDDEN, hidden_from)


def hide_caveat(diary: Diary, id_: str, until: date | None, command: str, at: str) -> None:
    """Hide one caveat until that day, or with None no longer; none at all removes the setting."""

    def change(hidden: dict[str, date]) -> dict[str, date]:
        others = {name: day for name, day in hidden.items() if name != id_}
        return others | ({} if until is None else {id_: until})

    def text(hidden: dict[str, date]) -> str | None:
        stored = {name: day.isoformat() for name, day in hidden.items()}
        return json.dumps(stored) if stored else None

    update_document(diary, _HIDDEN, hidden_caveats, change, text, command, at)


def profile_of(diary: Diary) -> Profile:
    """Return what the user told, with the references of the region where none were chosen."""
    return stated_profile(diary).in_region(diary.settings.region)


def stated_profile(diary: Diary) -> Profile:
    """Return what the user told of themselves, and nothing else."""
    profile = diary.settings.read(_PROFILE, profile_from)
    if not all(medicine.settled for medicine in profile.medicines or ()):
        from k2log.science.name_lists import known_today

        return known_today(profile)
    return profile


def notes_shown(diary: Diary, profile: Profile) -> dict[str, ShownNote]:
    """Return the notes that a person with this profile was shown in reports, by rule."""
    person, notes = diary.settings.read(_SHOWN, shown_from)
    return notes if person == _fingerprint(profile) else {}


def keep_shown(diary: Diary, profile: Profile, notes: Mapping[str, ShownNote]) -> None:
    """Keep which notes were shown; that is no change of the diary, and may fail in silence.

    A diary that nobody may write, or that somebody else is writing, is as good to read.
    """
    if not notes or diary.path is None:
        return
    with suppress(sqlite3.Error, DiaryError):
        diary.db.execute("PRAGMA busy_timeout = 100")  # in milliseconds
        with diary.writing() as db:
            diary.read_settings()
            kept = notes_shown(diary, profile) | dict(notes)
            shown = {id_: [note.until.isoformat(), note.gist] for id_, note in kept.items()}
            document = {"person": _fingerprint(profile), "notes": shown}
            put_setting(db, _SHOWN, json.dumps(document, ensure_ascii=False), None)


def _fingerprint(profile: Profile) -> str:
    """Return a text that changes with the profile, and tells nothing of it."""
    return f"{crc32((_profile_document(profile) or '').encode()):08x}"


def update_profile(
    diary: Diary, change: Callable[[Profile], Profile], command: str, at: str
) -> tuple[Profile, Profile]:
    """Change the profile as it is now, and return it before and after; alike is no change."""
    return update_document(diary, _PROFILE, stated_profile, change, _profile_document, command, at)


def _profile_document(profile: Profile) -> str | None:
    """Return what is stored of a profile; None for nothing.

    Only what the user stated is written; that there are no medicines or conditions is a statement.
    """
    stated = {}
    for key, value in profile.as_dict().items():
        if value is not None and key in _STATED_EMPTY:
            stated[key] = [{name: field for name, field in each.items() if field} for each in value]
        elif value is not None and value != {}:
            stated[key] = value
    return json.dumps(stated, ensure_ascii=False, separators=(",", ":")) if stated else None
