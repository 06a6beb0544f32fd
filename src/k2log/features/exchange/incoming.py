"""What a transfer file holds once it is read, and what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from k2log.diary.entry import Entry, entry_of
from k2log.diary.jsonl import DayMark

T = TypeVar("T")
MOST_SHOWN = 20


class Row(NamedTuple):
    """An entry read from a file, as the values of its stored form.

    ``created`` is empty where the file has none. ``removed`` is when it was removed (UTC), or None.
    ``uid_made``: the uid was made from the content, so that the same row gets the same uid whenever
    the file is read.
    """

    line: int
    values: Sequence[Any]
    removed: str | None = None
    uid_made: bool = False

    @property
    def entry(self) -> Entry:
        """The entry that is stored so."""
        return entry_of(self.values)


class MarkRow(NamedTuple):
    """A mark of a day, read from a file."""

    line: int
    mark: DayMark


class Remark(NamedTuple):
    """Something to say about one line of the file."""

    line: int
    text: str


class Moment(NamedTuple):
    """When a file is read: the diary's today, and now. Nothing in a file may be later."""

    today: date
    now: datetime


class Listing(NamedTuple):
    """The first remarks of many, and how many there are."""

    shown: Sequence[Remark]
    total: int

    @classmethod
    def of(cls, remarks: Iterable[Remark]) -> "Listing":
        """Return all remarks counted and the first of them kept."""
        shown: list[Remark] = []
        total = 0
        for total, remark in enumerate(remarks, 1):
            if total <= MOST_SHOWN:
                shown.append(remark)
        return cls(shown, total)

    def plus(self, other: "Listing") -> "Listing":
        """Return both in the order of lines."""
        return Listing(sorted([*self.shown, *other.shown])[:MOST_SHOWN], self.total + other.total)


class Counted(Generic[T]):
    """Entries that are counted as they pass, in whatever form."""

    def __init__(self, entries: Iterable[T]) -> None:
        """Take the entries that will pass."""
        self.entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[T]:
        for entry in self.entries:
            self.count += 1
            yield entry


class Outcome(NamedTuple):
    """What an import did, or would do.

    ``entries`` and ``removals`` were new here, ``same`` were already there. ``different`` and
    ``removed_here`` have the same uid as an entry here; ``marked_otherwise`` are days with another
    mark here. Those three are taken only on request, and listed in ``differences``.
    """

    entries: int
    removals: int
    same: int
    different: int
    removed_here: int
    marked: int
    marked_otherwise: int
    differences: Listing
