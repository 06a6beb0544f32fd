"""Stable, unguessable ids that sort by the time they were made (UUID version 7)."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime

from k2log.diary.entry import Entry
from k2log.errors import K2logError, UnreadableError
from k2log.text import shown

LONGEST = 100
_NAMESPACE = "7d1f0e0a-4f0e-5b8c-9d43-6b326c6f6721"


class ReusedUidError(K2logError):
    """A uid that already belongs to another entry."""

    def __init__(self, uid: str, food: str) -> None:
        """Take the uid and the food that is logged under it."""
        super().__init__(f"the uid {uid} is already used, for {food}; nothing was written.")


def new_uid(now: datetime, position: int = 0) -> str:
    """Return a fresh UUIDv7 for this moment; items of one command sort by their position."""
    milliseconds = int(now.timestamp() * 1000)
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = milliseconds << 80 | 0x7 << 76 | (position & 0xFFF) << 64 | 0x2 << 62 | random
    digits = f"{value:032x}"  # of a UUID, whose module would take longer to load than all else here
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def is_uid(text: str) -> bool:
    """Whether a text from outside can be a uid: one plain word of ASCII."""
    plain = text.isascii() and text.isprintable() and " " not in text
    return plain and 0 < len(text) <= LONGEST


def checked_uid(text: str) -> str:
    """Return a uid from outside as it is. Raises UnreadableError if it cannot be one."""
    if not is_uid(text):
        raise UnreadableError(
            f'"{shown(text)}" cannot be a uid: 1 to {LONGEST} ASCII characters without spaces'
        )
    return text


def item_uid(command_uid: str, position: int, items: int) -> str:
    """Return the uid of one item of a command that was given a uid, the same on every retry."""
    if items == 1:
        return command_uid
    from uuid import UUID, uuid5  # noqa: PLC0415 - 3 ms, for a command that was given a uid

    return str(uuid5(UUID(_NAMESPACE), f"{command_uid}/{position}"))


def already_logged(entries: Sequence[Entry], stored: Mapping[str, Entry]) -> list[Entry] | None:
    """Return the stored entries if a command with these uids already ran; None if it did not.

    Raises ReusedUidError where a uid stands for something else.
    """
    if not stored:
        return None
    for entry in entries:
        other = stored.get(entry.uid)
        if other is None or other.working.get("typed") != entry.working["typed"]:
            raise ReusedUidError(entry.uid, other.food if other else "part of another command")
    return [stored[entry.uid] for entry in entries]
