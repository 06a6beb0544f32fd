"""Stable, unguessable ids that sort by the time they were made (UUID version 7)."""

import os
from datetime import datetime
from uuid import UUID, uuid5

from k2log.errors import UnreadableError
from k2log.grammar.text import shown

LONGEST = 100
_NAMESPACE = UUID("7d1f0e0a-4f0e-5b8c-9d43-6b326c6f6721")


def new_uid(now: datetime, position: int = 0) -> str:
    """Return a fresh UUIDv7 for this moment; items of one command sort by their position."""
    milliseconds = int(now.timestamp() * 1000)
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = milliseconds << 80 | 0x7 << 76 | (position & 0xFFF) << 64 | 0x2 << 62 | random
    return str(UUID(int=value))


def is_uid(text: str) -> bool:
    """Whether a text from outside can be a uid: one plain word of ASCII."""
    return 0 < len(text) <= LONGEST and all("!" <= char <= "~" for char in text)


def checked_uid(given: str) -> str:
    """Return a uid from outside as it is. Raises UnreadableError if it cannot be one."""
    if not is_uid(given):
        raise UnreadableError(
            f'"{shown(given)}" cannot be a uid: 1 to {LONGEST} ASCII characters without spaces'
        )
    return given


def given_uid(given: str, position: int, items: int) -> str:
    """Return the uid of one item of a command that was given a uid, the same on every retry."""
    return given if items == 1 else str(uuid5(_NAMESPACE, f"{given}/{position}"))
