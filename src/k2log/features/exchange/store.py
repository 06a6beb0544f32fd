"""The diary in bulk: read as a stream, and filled from a stream by way of temporary tables.

Rows are staged first, which locks nothing and keeps memory flat however long the file is; then they
are compared with the diary and taken over in one transaction and one change.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlite_utils import Database

from k2log.diary.entry import COLUMNS
from k2log.diary.jsonl import DayMark
from k2log.features.exchange.rows import EntryRow, ImportRow, LineRemark, Listing, MarkRow
from k2log.report.period import Period
from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, inserted, new_change
from k2log.text import shown

_BATCH: Final = 500
_CACHE_KIB: Final = 8_000
_REPLACED = tuple(column for column in COLUMNS if column != "uid")
_COMPARED = tuple(column for column in _REPLACED if column != "created")

_STAGE = f"""
CREATE TEMP TABLE staged (line INTEGER PRIMARY KEY, uid_made, removed, {", ".join(COLUMNS)});
CREATE TEMP TABLE staged_marks (line INTEGER PRIMARY KEY, day, status, changed);
CREATE TEMP TABLE matched (line INTEGER PRIMARY KEY, id, verdict);
"""
_STAGE_ROW = f"INSERT INTO staged VALUES ({', '.join('?' * (len(COLUMNS) + 3))})"
_NUMBER_MADE_UIDS = """
UPDATE staged
SET uid = staged.uid || '-' || counted.place
FROM (
  SELECT line, row_number() OVER (PARTITION BY uid ORDER BY line) AS place
  FROM staged
  WHERE uid_made AND uid IN (SELECT uid FROM staged GROUP BY uid HAVING count(*) > 1)
) AS counted
WHERE counted.line = staged.line AND counted.place > 1
"""
_SECOND_UIDS = """
SELECT line, uid, first
FROM (SELECT uid, min(line) AS first FROM staged GROUP BY uid HAVING count(*) > 1)
JOIN staged USING (uid)
WHERE line > first
"""
_SECOND_MARKS = """
SELECT line, day, first
FROM (SELECT line, day, min(line) OVER (PARTITION BY day) AS first FROM staged_marks)
WHERE line > first
"""
_MATCH = f"""
INSERT INTO matched (line, id, verdict)
SELECT staged.line, entries.id, CASE
  WHEN (staged.removed IS NULL) = (entries.removed IS NULL)
    AND coalesce(nullif(staged.created, ''), entries.created) = entries.created
    AND {" AND ".join(f"staged.{column} IS entries.{column}" for column in _COMPARED)}
  THEN 'same'
  WHEN staged.removed IS NULL AND entries.removed IS NOT NULL THEN 'removed here'
  ELSE 'different'
END
FROM staged CROSS JOIN entries ON entries.uid = staged.uid
"""
_NEW = "FROM staged WHERE line NOT IN (SELECT line FROM matched)"
_INSERT = f"""
INSERT INTO entries (changed, removed, created, {", ".join(("uid", *_COMPARED))})
SELECT :at, removed, coalesce(nullif(created, ''), :at), {", ".join(("uid", *_COMPARED))}
{_NEW}
ORDER BY line
"""
_BEFORE = f"""
SELECT entries.id, entries.removed, {", ".join(f"entries.{column}" for column in _REPLACED)}
FROM matched CROSS JOIN entries ON entries.id = matched.id
WHERE matched.verdict <> 'same'
ORDER BY matched.line
"""
_REPLACE = f"""
UPDATE entries
SET changed = :at, removed = staged.removed,
  created = coalesce(nullif(staged.created, ''), entries.created),
  {", ".join(f"{column} = staged.{column}" for column in _COMPARED)}
FROM matched JOIN staged ON staged.line = matched.line
WHERE entries.id = matched.id AND matched.verdict <> 'same'
"""
_DIFFERENCES = """
SELECT matched.line, entries.day, entries.food, matched.verdict, staged.removed IS NOT NULL
FROM matched
JOIN entries ON entries.id = matched.id
JOIN staged ON staged.line = matched.line
WHERE matched.verdict <> 'same'
ORDER BY matched.line
"""
_MARKS = """
SELECT staged_marks.line, staged_marks.day, staged_marks.status, staged_marks.changed,
  days.status, days.changed
FROM staged_marks LEFT JOIN days ON days.day = staged_marks.day
WHERE days.status IS NOT staged_marks.status
ORDER BY staged_marks.line
"""


class ImportOutcome(NamedTuple):
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

    def changes(self, *, update: bool) -> bool:
        """Whether anything of the diary changes; ``update`` takes the differences, too."""
        replaced = update and self.differences.total
        return bool(self.entries or self.removals or self.marked or replaced)


def _days(period: Period | None) -> tuple[str, str]:
    return (period.first.isoformat(), period.last.isoformat()) if period else ("0", "9999-12-31")


def stream_entries(diary: Diary, period: Period | None = None) -> Iterator[Sequence[Any]]:
    """Yield the live entries, of each the values for COLUMNS, by day, time and uid."""
    return diary.db.execute(
        f"SELECT {', '.join(COLUMNS)} FROM entries"
        " WHERE removed IS NULL AND day BETWEEN ? AND ? ORDER BY day, time, uid",
        _days(period),
    )


def stream_removals(
    diary: Diary, period: Period | None = None
) -> Iterator[tuple[Sequence[Any], str]]:
    """Yield the removed entries likewise, each with when it was removed (UTC)."""
    rows = diary.db.execute(
        f"SELECT {', '.join(COLUMNS)}, removed FROM entries"
        " WHERE removed IS NOT NULL AND day BETWEEN ? AND ? ORDER BY day, time, uid",
        _days(period),
    )
    return ((row[:-1], row[-1]) for row in rows)


def stream_marks(diary: Diary, period: Period | None = None) -> Iterator[DayMark]:
    """Yield what the user said of days, by day."""
    rows = diary.db.execute(
        "SELECT day, status, changed FROM days WHERE day BETWEEN ? AND ? ORDER BY day",
        _days(period),
    )
    return (DayMark(date.fromisoformat(day), status, changed) for day, status, changed in rows)


def stage(diary: Diary, items: Iterable[ImportRow]) -> Listing:
    """Put the good rows of a file beside the diary; return the remarks, repeated uids included.

    What a remark is about is not staged. A uid made from the content is numbered where the same
    content comes again.
    """
    diary.db.execute("PRAGMA cache_spill = ON")  # an upgrade just before had it off
    diary.db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    database = Database(diary.db, execute_plugins=False, recursive_triggers=False)
    with database.atomic():
        database.executescript(_STAGE)
        wrong = Listing.of(_staging(diary.db, items))
        diary.db.execute("CREATE INDEX staged_uid ON staged (uid, line)")
        diary.db.execute(_NUMBER_MADE_UIDS)
        wrong = wrong.plus(_repeated(diary.db, _SECOND_UIDS, "staged"))
        return wrong.plus(_repeated(diary.db, _SECOND_MARKS, "staged_marks"))


def _staging(db: sqlite3.Connection, items: Iterable[ImportRow]) -> Iterator[LineRemark]:
    waiting = iter(items)
    while batch := list(islice(waiting, _BATCH)):
        yield from (item for item in batch if isinstance(item, LineRemark))
        entries = [
            (item.line, item.uid_made, item.removed, *item.values)
            for item in batch
            if isinstance(item, EntryRow)
        ]
        db.executemany(_STAGE_ROW, entries)
        marks = [
            (item.line, item.mark.day.isoformat(), item.mark.status, item.mark.changed)
            for item in batch
            if isinstance(item, MarkRow)
        ]
        db.executemany("INSERT INTO staged_marks VALUES (?, ?, ?, ?)", marks)


def _repeated(db: sqlite3.Connection, query: str, table: str) -> Listing:
    """Take out the rows whose uid or day was there before, and return a remark on each."""
    remarks = (
        LineRemark(line, f'"{shown(key)}" is there already, on line {first}')
        for line, key, first in db.execute(f"{query} ORDER BY line")
    )
    listing = Listing.of(remarks)
    if listing.total:
        db.execute(f"DELETE FROM {table} WHERE line IN (SELECT line FROM ({query}))")
    return listing


def compare(diary: Diary) -> ImportOutcome:
    """Return what taking over the staged rows would do."""
    db = diary.db
    db.execute("DELETE FROM matched")
    db.execute(_MATCH)
    verdicts = dict(db.execute("SELECT verdict, count(*) FROM matched GROUP BY verdict"))
    entries, removals = db.execute(
        f"SELECT count(*) - count(removed), count(removed) {_NEW}"
    ).fetchone()
    marks = db.execute(_MARKS).fetchall()
    otherwise = sum(mark[4] is not None for mark in marks)
    return ImportOutcome(
        entries=entries,
        removals=removals,
        same=verdicts.get("same", 0),
        different=verdicts.get("different", 0),
        removed_here=verdicts.get("removed here", 0),
        marked=len(marks) - otherwise,
        marked_otherwise=otherwise,
        differences=Listing.of(_differences(db)).plus(Listing.of(_other_marks(marks))),
    )


def _differences(db: sqlite3.Connection) -> Iterator[LineRemark]:
    for line, day, food, verdict, removed in db.execute(_DIFFERENCES):
        known = f"{shown(food)} of {day}"
        if verdict == "removed here":
            yield LineRemark(line, f"{known} was removed here")
        else:
            yield LineRemark(line, f"{known} {'is removed there' if removed else 'differs'}")


def _other_marks(marks: Iterable[Sequence[Any]]) -> Iterator[LineRemark]:
    for line, day, status, _, here, _ in marks:
        if here is not None:
            yield LineRemark(line, f"{day} is {status}, here {here}")


def take(diary: Diary, *, update: bool, command: str, at: str) -> ImportOutcome:
    """Take over the staged rows as one change; what differs here only with ``update``."""
    with diary.writing() as db:
        outcome = compare(diary)
        if outcome.changes(update=update):
            change = new_change(db, command, at)
            _insert(db, change, at)
            if update:
                _replace(db, change, at)
            _mark_days(db, change, update=update)
    return outcome


def _insert(db: sqlite3.Connection, change: int, at: str) -> None:
    count = db.execute(_INSERT, {"at": at}).rowcount
    if count:
        (last,) = db.execute("SELECT max(id) FROM entries").fetchone()
        inserted(db, change, "entries", last - count + 1, last)


def _replace(db: sqlite3.Connection, change: int, at: str) -> None:
    names = ("removed", *_REPLACED)
    befores = (
        Image(
            "entries", id_, id_, json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        )
        for id_, *row in db.execute(_BEFORE)
    )
    add_rows(db, change, befores)
    db.execute(_REPLACE, {"at": at})


def _mark_days(db: sqlite3.Connection, change: int, *, update: bool) -> None:
    marks = [mark for mark in db.execute(_MARKS).fetchall() if update or mark[4] is None]
    add_rows(db, change, map(_day_before, marks))
    db.executemany(
        "INSERT INTO days (day, status, changed) VALUES (?, ?, ?)"
        " ON CONFLICT (day) DO UPDATE SET status = excluded.status, changed = excluded.changed",
        [mark[1:4] for mark in marks],
    )


def _day_before(mark: Sequence[Any]) -> Image:
    _, day, _, _, status, changed = mark
    before = None if status is None else json.dumps({"status": status, "changed": changed})
    place = date.fromisoformat(day).toordinal()
    return Image("days", place, place, before)
