"""What was done to a diary, as values: one change, and the names of what it touched."""

from collections.abc import Sequence
from datetime import date

from k2log.named_tuple import NamedTuple


class ChangeRecord(NamedTuple):
    """One change: its number, when (UTC), the command, and how much of each kind it touched.

    ``undoes`` is the change that it took back, ``undone_by`` the one that took it back.
    """

    id: int
    at: str
    command: str
    undoes: int | None
    undone_by: int | None
    entries: int
    foods: int
    days: int
    settings: int


class Touched(NamedTuple):
    """A change and the names of what it touched; of too many of a kind to be read, none."""

    change: ChangeRecord
    entries: Sequence[tuple[int, str]]
    foods: Sequence[str]
    days: Sequence[date]
    settings: Sequence[str]
