"""Entries in and out of the diary."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from k2log.diary.entry import COLUMNS, Entry, entry_of, values_of
from k2log.errors import K2logError
from k2log.store.diary import Diary
from k2log.store.journal import edited, inserted, new_change
from k2log.text import shown

if TYPE_CHECKING:
    from k2log.grammar.ids import Span

_LAST = 500
_INSERT = (
    f"INSERT INTO entries (changed, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
)
SELECT = f"SELECT id, {', '.join(COLUMNS)} FROM entries"


_IN_SPANS = f"""
{SELECT}
WHERE removed IS NULL AND id IN (
  SELECT entries.id
  FROM json_each(?) AS span CROSS JOIN entries
    ON entries.id BETWEEN json_extract(span.value, '$[0]') AND json_extract(span.value, '$[1]')
)
ORDER BY id
LIMIT ?
"""


class NoEntryError(K2logError):
    """Ids that are not in the diary, or ranges that hold none."""

    def __init__(self, missing: "Iterable[Span | int]") -> None:
        """Take those ids and ranges."""
        ids = ", ".join(map(str, missing))
        super().__init__(f"no entry {ids} in the diary. See the ids: k2log log")


class ChangedMeanwhileError(K2logError):
    """An entry that another program changed between reading and writing it."""

    def __init__(self) -> None:
        """Say that nothing was lost."""
        super().__init__("the diary was changed meanwhile. Nothing was written; try again.")


def entry_from(row: Sequence[Any]) -> Entry:
    """Return the entry of a row that SELECT gave. Raises WrongCellError."""
    id_, *values = row
    try:
        return entry_of(values, id_)
    except (ValueError, TypeError, RecursionError):
        from k2log.store.cells import WrongCell, WrongCellError

        working = str(values[COLUMNS.index("working")])
        raise WrongCellError(WrongCell("entries", id_, "working", shown(working))) from None


def add_entries(
    diary: Diary, entries: Sequence[Entry], command: str, *, retry: bool = False
) -> list[Entry]:
    """Log entries as one change, all or none; return them with their ids.

    With ``retry`` their uids may be those of a command that already ran: then its entries are
    returned. Raises ReusedUidError.
    """
    with diary.writing() as db:
        if retry:
            from k2log.diary.uid import already_logged

            stored = entries_with_uids(diary, [entry.uid for entry in entries])
            if before := already_logged(entries, stored):
                return before
        at = entries[0].created
        ids = [db.execute(_INSERT, (at, *values_of(entry))).lastrowid or 0 for entry in entries]
        change = new_change(db, command, at)
        inserted(db, change, "entries", ids[0], ids[-1])
    return [entry._replace(id=id_) for entry, id_ in zip(entries, ids, strict=True)]


def has_entries(diary: Diary) -> bool:
    """Whether the diary holds any entry, live or removed."""
    return bool(diary.db.execute("SELECT EXISTS (SELECT 1 FROM entries)").fetchone()[0])


def entries_between(diary: Diary, first: date, last: date) -> Iterator[Entry]:
    """Yield the live entries of these days, by day, time and order of logging."""
    rows = diary.db.execute(
        f"{SELECT} WHERE removed IS NULL AND day BETWEEN ? AND ? ORDER BY day, time, uid",
        (first.isoformat(), last.isoformat()),
    )
    return map(entry_from, rows)


def region_was_assumed(diary: Diary) -> bool:
    """Whether one of the last entries assumed the country of its food, which was said then."""
    rows = diary.db.execute(
        "SELECT EXISTS (SELECT 1 FROM (SELECT working FROM entries WHERE removed IS NULL"
        f" ORDER BY id DESC LIMIT {_LAST}) WHERE json_extract(working, '$.region') = 'assumed')"
    )
    return bool(rows.fetchone()[0])


def entries_with_uids(diary: Diary, uids: Iterable[str]) -> dict[str, Entry]:
    """Return the live or removed entries that have these uids."""
    rows = diary.db.execute(
        f"{SELECT} WHERE uid IN (SELECT value FROM json_each(?))", (json.dumps(list(uids)),)
    )
    return {entry.uid: entry for entry in map(entry_from, rows)}


def entries_in(diary: Diary, spans: "Sequence[Span]", most: int) -> list[Entry]:
    """Return the live entries of these ids and ranges, the first ``most``. Raises NoEntryError.

    A single id must be there, a range must hold one.
    """
    rows = diary.db.execute(_IN_SPANS, (json.dumps(spans), most))
    entries = [entry_from(row) for row in rows]
    ids = [entry.id or 0 for entry in entries]
    missing = [span for span in spans if not any(span.first <= id_ <= span.last for id_ in ids)]
    if missing and len(entries) < most:
        raise NoEntryError(missing)
    return entries


def remove_entries(diary: Diary, ids: Sequence[int], command: str, at: str) -> list[Entry]:
    """Mark entries as removed, as one change, all or none. Raises NoEntryError."""
    with diary.writing() as db:
        entries = _with_ids(diary, ids)
        missing = [id_ for id_ in ids if id_ not in entries]
        if missing:
            raise NoEntryError(missing)
        change = new_change(db, command, at)
        edited(db, change, "entries", ids, ("removed",))
        db.execute(
            "UPDATE entries SET removed = ?, changed = ?"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (at, at, json.dumps(list(ids))),
        )
    return [entries[id_] for id_ in ids]


def save_edits(
    diary: Diary, before: Sequence[Entry], after: Sequence[Entry], command: str, at: str
) -> None:
    """Write entries anew, as one change, all or none; ``before`` is how they were read.

    Raises ChangedMeanwhileError.
    """
    ids = [entry.id or 0 for entry in before]
    with diary.writing() as db:
        if _with_ids(diary, ids) != {entry.id: entry for entry in before}:
            raise ChangedMeanwhileError
        old, new = ([_stored(entry) for entry in entries] for entries in (before, after))
        pairs = list(zip(old, new, strict=True))
        columns = [
            name for name in COLUMNS if any(one[name] != other[name] for one, other in pairs)
        ]
        edited(db, new_change(db, command, at), "entries", ids, columns)
        settings = ", ".join(f"{column} = ?" for column in ("changed", *columns))
        db.executemany(
            f"UPDATE entries SET {settings} WHERE id = ?",
            [(at, *map(row.__getitem__, columns), id_) for id_, row in zip(ids, new, strict=True)],
        )


def _stored(entry: Entry) -> dict[str, Any]:
    return dict(zip(COLUMNS, values_of(entry), strict=True))


def _with_ids(diary: Diary, ids: Sequence[int]) -> dict[int, Entry]:
    """Return the live ones of these entries, by id."""
    rows = diary.db.execute(
        f"{SELECT} WHERE removed IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(ids)),),
    )
    return {entry.id or 0: entry for entry in map(entry_from, rows)}
