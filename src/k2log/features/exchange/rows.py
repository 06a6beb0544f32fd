"""What an import file holds: entries and marks of days, checked, and remarks on what is wrong.

What is not given is unknown. A figure without low and high has no published range: it is its own.
A figure with a low and no high is partial. Figures are rounded as all stored figures are.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from types import NoneType
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from k2log.diary.entry import FIGURES, Entry, entry_of
from k2log.diary.jsonl import DayMark
from k2log.errors import UnreadableError
from k2log.features.exchange import cells
from k2log.features.exchange.cells import Moment
from k2log.named_tuple import NamedTuple
from k2log.text import shown

T = TypeVar("T")
Triple = tuple[float | None, float | None, float | None]

MOST_SHOWN: Final = 20
STATUSES: Final = ("complete", "incomplete", "skipped")
_NAMES: Final = tuple(zip(*[iter(FIGURES)] * 3, strict=True))
_NOT_GIVEN: Final = ((None, None, None), ("", "", ""))
_UNKNOWN: Final = (None, None, None)
_MOST_MISSING: Final = len(FIGURES) // 2
_LONGEST_REMEMBERED: Final = 500
_NAMESPACE: Final = UUID("c2d0c1f4-9a35-5f0e-8a57-0d1e5f8b9f36")


class EntryRow(NamedTuple):
    """An entry read from a file: ``values`` are those of its COLUMNS, as they are stored.

    ``created`` is empty where the file has none. ``removed`` is when it was removed, ``changed``
    when it was last changed (UTC), or None. ``typed``: from a table, which people edit: what is
    otherwise there and not changed later was typed into it.
    ``uid_made``: the uid was made from the content, so that the same row gets the same uid whenever
    the file is read.
    """

    line: int
    values: Sequence[Any]
    removed: str | None = None
    uid_made: bool = False
    changed: str | None = None
    typed: bool = False

    @property
    def entry(self) -> Entry:
        """The entry that is stored so."""
        return entry_of(self.values)


class MarkRow(NamedTuple):
    """A mark of a day, read from a file."""

    line: int
    mark: DayMark


class DefinitionRow(NamedTuple):
    """A food, a source or a setting, read from a file.

    ``kind`` and ``key`` say which; ``changed`` is when it was last changed (UTC), None where nobody
    knows; ``document`` is what it says, as JSON of one form, so that alike is equal.
    """

    line: int
    kind: str
    key: str
    changed: str | None
    document: str


class LineRemark(NamedTuple):
    """Something to say about one line of the file."""

    line: int
    text: str


ImportRow = EntryRow | MarkRow | DefinitionRow | LineRemark


class Listing(NamedTuple):
    """The first remarks of many, and how many there are."""

    shown: Sequence[LineRemark]
    total: int

    @classmethod
    def of(cls, remarks: Iterable[LineRemark]) -> "Listing":
        """Return all remarks counted, with the first of them."""
        first: list[LineRemark] = []
        total = 0
        for total, remark in enumerate(remarks, 1):
            if total <= MOST_SHOWN:
                first.append(remark)
        return cls(first, total)

    def plus(self, other: "Listing") -> "Listing":
        """Return both in the order of lines."""
        return Listing(sorted([*self.shown, *other.shown])[:MOST_SHOWN], self.total + other.total)


class _RowValues:
    """The values of one row by name, and what is wrong with them."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self.raw = raw
        self.wrong: list[str] = []

    def get(self, name: str, read: Callable[[object, str], T]) -> T | None:
        """Return a value that ``read`` accepts; None if it is missing or wrong."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        try:
            return read(value, name)
        except UnreadableError as error:
            self.wrong.append(str(error).rstrip("."))
            return None

    def need(self, name: str, read: Callable[[object, str], T]) -> T | None:
        """Return a value that must be there."""
        if self.raw.get(name) in (None, ""):
            self.wrong.append(f"{name} is missing")
        return self.get(name, read)


def unknown_names(names: Iterable[str], expected: Sequence[str]) -> str:
    """Return the names that are not expected, the first few of them; empty if all are."""
    unknown = [name for name in names if name not in expected]
    more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
    return ", ".join(shown(name, 40) for name in unknown[:5]) + more


def row(line: int, raw: Mapping[str, object], moment: Moment) -> EntryRow | LineRemark:
    """Return the entry of a row by its column names; a removed one has a value ``removed``."""
    values = _RowValues(raw)
    removed = values.get("removed", cells.utc)
    changed = values.get("changed", cells.utc)
    if removed and not raw.get("uid"):
        values.wrong.append("a removal needs its uid")
    fields = _fields(values, moment)
    given = tuple(map(raw.get, FIGURES))
    figures, wrong = (_remembered_numbers if _may_come_again(given) else _numbers)(given)
    values.wrong += wrong
    working = values.get("working", cells.working) or "{}"
    if values.wrong:
        return LineRemark(line, "; ".join(values.wrong))
    entry = EntryRow(line, (*fields, working, *figures), removed, changed=changed)
    if fields[0]:
        return entry
    return with_made_uid(entry, entry.entry)


def with_made_uid(row: EntryRow, content: object) -> EntryRow:
    """Return the row with a uid made from what stands for it, the same for the same content."""
    uid = str(uuid5(_NAMESPACE, json.dumps(content, default=str, sort_keys=True)))
    return row._replace(values=(uid, *row.values[1:]), uid_made=True)


def _fields(values: _RowValues, moment: Moment) -> tuple[Any, ...]:
    """Return the values of FIELDS up to ``working``; they make sense only if nothing is wrong."""
    uid = values.get("uid", cells.uid) or ""
    day = values.need("day", partial(cells.past_day, moment=moment))
    food = values.need("food", cells.text)
    eaten = partial(cells.time_of_eating, day=day or moment.today, moment=moment)
    return (
        uid,
        (day or moment.today).isoformat(),
        values.get("time", eaten) if day else None,
        values.get("meal", cells.text),
        food,
        values.get("food_key", cells.text),
        values.get("amount", cells.number),
        values.get("measure", cells.text),
        values.get("grams", cells.number),
        values.get("supplement", cells.yes_or_no) or False,
        values.get("every_days", cells.whole_days) or 1,
        values.get("note", cells.text),
        values.get("created", cells.utc) or "",
    )


def _may_come_again(given: Sequence[object]) -> bool:
    """Whether figures are many, and all numbers, or all texts of sensible length."""
    if given.count(None) > _MOST_MISSING:  # these are read as fast as they are looked up
        return False
    kinds = {*map(type, given)} - {NoneType}
    if kinds == {str}:
        return sum(map(len, filter(None, given))) <= _LONGEST_REMEMBERED  # type: ignore[arg-type]
    return kinds == {float}


def _numbers(given: Sequence[object]) -> tuple[Sequence[float | None], Sequence[str]]:
    """Return the figures of all nutrients, and what is wrong with them."""
    wrong: list[str] = []
    numbers: list[float | None] = []
    for names, triple in zip(_NAMES, zip(*[iter(given)] * 3, strict=True), strict=True):
        numbers += _triple(names, triple, wrong)
    return numbers, wrong


_remembered_numbers = lru_cache(1024)(_numbers)  # the same foods in the same amounts come again


def _triple(names: Sequence[str], given: Sequence[object], wrong: list[str]) -> Triple:
    """Return the figure of a nutrient, its low and its high end."""
    if given in _NOT_GIVEN:
        return _UNKNOWN
    already_wrong = len(wrong)
    best = _figure(given[0], names[0], wrong)
    low = _figure(given[1], names[1], wrong)
    high = _figure(given[2], names[2], wrong)
    if len(wrong) > already_wrong or best is low is high is None:
        return _UNKNOWN
    if best is None or (low is None and high is not None):
        wrong.append(f"{names[0]} lacks {'its figure' if best is None else 'its low end'}")
        return _UNKNOWN
    if low is None:
        return best, best, best
    if not low <= best <= (best if high is None else high):
        wrong.append(f"{names[0]}: {best:g} is not between its low and high end")
    return best, low, high


def _figure(value: object, name: str, wrong: list[str]) -> float | None:
    if value is None or value == "":
        return None
    try:
        return cells.figure(value, name)
    except UnreadableError as error:
        wrong.append(str(error).rstrip("."))
        return None


def mark(line: int, raw: Mapping[str, object], moment: Moment) -> MarkRow | LineRemark:
    """Return what a row says of a whole day."""
    values = _RowValues(raw)
    day = values.need("day", partial(cells.past_day, moment=moment))
    changed = values.need("changed", cells.utc)
    status = values.need("mark", _status)
    if values.wrong or day is None or status is None or changed is None:
        return LineRemark(line, "; ".join(values.wrong))
    return MarkRow(line, DayMark(day, status, changed))


def _status(value: object, name: str) -> str:
    if value not in STATUSES:
        raise UnreadableError(f'{name} "{shown(str(value))}" is none of {", ".join(STATUSES)}')
    return str(value)
