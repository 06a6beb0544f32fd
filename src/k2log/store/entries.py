"""Entries in and out of the diary."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from k2log.diary.entry import Entry
from k2log.diary.logging import already_logged
from k2log.errors import K2logError
from k2log.store.columns import flat, nutrient_columns, unflat
from k2log.store.diary import Diary
from k2log.store.journal import edited, inserted, new_change

_FIELDS = (
    "uid", "day", "time", "meal", "food", "food_key", "amount", "measure", "grams", "supplement",
    "every_days", "note", "created",
)  # fmt: skip
COLUMNS = (*_FIELDS, "working", *nutrient_columns())
_INSERT = (
    f"INSERT INTO entries (changed, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
)
SELECT = f"SELECT id, {', '.join(COLUMNS)} FROM entries"


class NoEntryError(K2logError):
    """An id that is not in the diary."""

    def __init__(self, missing: Sequence[int]) -> None:
        """Take the ids that were not found."""
        ids = ", ".join(map(str, missing))
        super().__init__(f"no entry {ids} in the diary. See the ids: k2log log")


def entry_row(entry: Entry) -> tuple[Any, ...]:
    """Return an entry's values for COLUMNS."""
    plain = entry._replace(day=entry.day.isoformat())._asdict()  # type: ignore[arg-type]
    working = json.dumps(entry.working, ensure_ascii=False, separators=(",", ":"))
    return (*(plain[field] for field in _FIELDS), working, *flat(entry.nutrients))


def entry_from(row: Sequence[Any]) -> Entry:
    """Return the entry of a row that SELECT gave."""
    fields = dict(zip(_FIELDS, row[1:], strict=False))
    rest = row[1 + len(_FIELDS) :]
    fields |= {"day": date.fromisoformat(fields["day"]), "supplement": bool(fields["supplement"])}
    return Entry(id=row[0], working=json.loads(rest[0]), nutrients=unflat(rest[1:]), **fields)


def add_entries(
    diary: Diary, entries: Sequence[Entry], command: str, *, retry: bool = False
) -> list[Entry]:
    """Log entries as one change, all or none; return them with their ids.

    With ``retry`` their uids may be those of a command that already ran: then its entries are
    returned. Raises ReusedUidError.
    """
    with diary.writing() as db:
        if retry:
            stored = entries_with_uids(diary, [entry.uid for entry in entries])
            if before := already_logged(entries, stored):
                return before
        at = entries[0].created
        ids = [db.execute(_INSERT, (at, *entry_row(entry))).lastrowid or 0 for entry in entries]
        change = new_change(db, command, at)
        inserted(db, change, "entries", ids[0], ids[-1])
    return [entry._replace(id=id_) for entry, id_ in zip(entries, ids, strict=True)]


def entries_between(diary: Diary, first: date, last: date) -> list[Entry]:
    """Return the live entries of these days, by day, time and order of logging."""
    rows = diary.db.execute(
        f"{SELECT} WHERE removed IS NULL AND day BETWEEN ? AND ? ORDER BY day, time, uid",
        (first.isoformat(), last.isoformat()),
    )
    return [entry_from(row) for row in rows]


def entries_with_uids(diary: Diary, uids: Iterable[str]) -> dict[str, Entry]:
    """Return the live or removed entries that have these uids."""
    rows = diary.db.execute(
        f"{SELECT} WHERE uid IN (SELECT value FROM json_each(?))", (json.dumps(list(uids)),)
    )
    return {entry.uid: entry for entry in map(entry_from, rows)}


def remove_entries(diary: Diary, ids: Sequence[int], command: str, at: str) -> list[Entry]:
    """Mark entries as removed, as one change, all or none. Raises NoEntryError."""
    with diary.writing() as db:
        rows = db.execute(
            f"{SELECT} WHERE removed IS NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        found = {entry.id: entry for entry in map(entry_from, rows)}
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:
            raise NoEntryError(missing)
        change = new_change(db, command, at)
        edited(db, change, "entries", ids, ("removed",))
        db.executemany(
            "UPDATE entries SET removed = ?, changed = ? WHERE id = ?",
            [(at, at, id_) for id_ in ids],
        )
    return [found[id_] for id_ in ids]
