"""The diary in bulk: read as a stream, and filled from a stream by way of temporary tables.

Rows are staged first, which locks nothing and keeps memory flat however long the file is; then they
are compared with the diary and taken over in one transaction and one change.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from k2log.diary.entry import COLUMNS
from k2log.features.exchange.definition_store import (
    SECOND,
    STAGE,
    Definitions,
    compare_definitions,
    date_definitions,
    stage_definitions,
    take_definitions,
)
from k2log.features.exchange.definitions import FOOD, SETTING
from k2log.features.exchange.rows import (
    DefinitionRow,
    EntryRow,
    ImportRow,
    LineRemark,
    Listing,
    MarkRow,
)
from k2log.named_tuple import NamedTuple
from k2log.report.period import Period
from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, edited, inserted, new_change
from k2log.text import shown

_BATCH: Final = 500
_CACHE_KIB: Final = 8_000
_REPLACED = tuple(column for column in COLUMNS if column != "uid")
_COMPARED = tuple(column for column in _REPLACED if column != "created")

_STAGE = f"""
CREATE TEMP TABLE staged (
  line INTEGER PRIMARY KEY, uid_made, removed, changed, typed, {", ".join(COLUMNS)}
);
CREATE TEMP TABLE staged_marks (line INTEGER PRIMARY KEY, day, status, changed);
CREATE TEMP TABLE matched (line INTEGER PRIMARY KEY, id, verdict);
{STAGE}
"""
_STAGE_ROW = f"INSERT INTO staged VALUES ({', '.join('?' * (len(COLUMNS) + 5))})"
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
_CONTENT = "json_array({0}.removed IS NULL, " + ", ".join(f"{{0}}.{it}" for it in _COMPARED) + ")"
_MATCH = f"""
INSERT OR IGNORE INTO matched (line, id, verdict)
SELECT staged.line, entries.id, CASE
  WHEN (staged.removed IS NULL) = (entries.removed IS NULL)
    AND coalesce(nullif(staged.created, ''), entries.created) = entries.created
    AND {" AND ".join(f"staged.{column} IS entries.{column}" for column in _COMPARED)}
  THEN 'same'
  WHEN staged.changed < entries.changed
    OR staged.changed = entries.changed AND NOT staged.typed
    AND {_CONTENT.format("staged")} <= {_CONTENT.format("entries")}
  THEN 'newer here'
  WHEN staged.removed IS NULL AND entries.removed IS NOT NULL THEN 'removed here'
  ELSE 'different'
END
FROM staged CROSS JOIN entries ON {{}}
"""
_SAME_UID = "entries.uid = staged.uid"
# Spreadsheets round uids that are long numbers, and take zeros from their front.
_SAME_NUMBER = """
entries.removed IS NULL AND entries.day = staged.day
  AND entries.food = staged.food AND entries.created = staged.created
  AND staged.uid NOT GLOB '*[^0-9.,E+]*' AND entries.uid NOT GLOB '*[^0-9.E+]*'
  AND abs(replace(staged.uid, ',', '.') - entries.uid) <= entries.uid * 0.00001
WHERE staged.line NOT IN (SELECT line FROM matched)
  AND entries.id NOT IN (SELECT id FROM matched)
"""
# A row without a uid of its own, in the place of one that a file without uids brought before.
_MATCH_CORRECTED = """
INSERT INTO matched (line, id, verdict)
WITH there AS (
  SELECT line, day, time, food,
    row_number() OVER (PARTITION BY day, time, food ORDER BY line) AS place
  FROM staged
  WHERE uid_made AND removed IS NULL AND line NOT IN (SELECT line FROM matched)
), here AS (
  SELECT id, day, time, food,
    row_number() OVER (PARTITION BY day, time, food ORDER BY id) AS place
  FROM entries
  WHERE removed IS NULL AND uid LIKE '________-____-5___-____-____________%'
    AND day IN (SELECT day FROM there) AND id NOT IN (SELECT id FROM matched)
)
SELECT line, id, 'corrected'
FROM there JOIN here
  ON here.day = there.day AND here.time IS there.time AND here.food = there.food
  AND here.place = there.place
"""
_TO_REPLACE = "matched.verdict IN ('different', 'removed here')"
_TO_CORRECT = "SELECT line FROM matched WHERE verdict = 'corrected'"
_NEW = "FROM staged WHERE line NOT IN (SELECT line FROM matched)"
_INSERT = f"""
INSERT INTO entries (changed, removed, created, {", ".join(("uid", *_COMPARED))})
SELECT coalesce(changed, :at), removed, coalesce(nullif(created, ''), :at),
  {", ".join(("uid", *_COMPARED))}
{_NEW} OR :update AND line IN ({_TO_CORRECT})
ORDER BY line
"""
_BEFORE = f"""
SELECT entries.id, entries.removed, {", ".join(f"entries.{column}" for column in _REPLACED)}
FROM matched CROSS JOIN entries ON entries.id = matched.id
WHERE {_TO_REPLACE}
ORDER BY matched.line
"""
_REPLACE = f"""
UPDATE entries
SET removed = staged.removed,
  changed = CASE
    WHEN staged.typed AND staged.changed = entries.changed THEN :at
    ELSE coalesce(staged.changed, :at)
  END,
  created = coalesce(nullif(staged.created, ''), entries.created),
  {", ".join(f"{column} = staged.{column}" for column in _COMPARED)}
FROM matched JOIN staged ON staged.line = matched.line
WHERE entries.id = matched.id AND {_TO_REPLACE}
"""
_DATE_LATER = """
UPDATE entries SET changed = staged.changed, removed = staged.removed
FROM matched JOIN staged ON staged.line = matched.line
WHERE entries.id = matched.id AND matched.verdict = 'same' AND staged.changed > entries.changed
"""
_DATE_MARKS_LATER = """
UPDATE days SET changed = staged_marks.changed
FROM staged_marks
WHERE days.day = staged_marks.day AND days.status = staged_marks.status
  AND staged_marks.changed > days.changed
"""
_DIFFERENCES = """
SELECT matched.line, entries.day, entries.food, matched.verdict, staged.removed IS NOT NULL,
  entries.amount, entries.measure, staged.amount, staged.measure
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
    ``removed_here`` have the same uid as an entry here; ``corrected`` are in the place of one that
    an earlier file of that program had; ``marked_otherwise`` are days with another mark here;
    ``redefined`` are foods and settings that are otherwise here. Those are taken only on request.
    ``newer_here`` was changed here later and stays. All these are listed in ``differences``.
    """

    entries: int
    removals: int
    same: int
    different: int
    removed_here: int
    marked: int
    marked_otherwise: int
    differences: Listing
    corrected: int = 0
    newer_here: int = 0
    foods: int = 0
    settings: int = 0
    redefined: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the file said nothing at all."""
        return not (sum(self[:7]) + self.differences.total + sum(self[8:]))

    def changes(self, *, update: bool) -> bool:
        """Whether anything of the diary changes; ``update`` takes the differences, too."""
        new = self.entries or self.removals or self.marked or self.foods or self.settings
        replaced = update and self.differences.total - self.newer_here
        return bool(new or replaced)


def _days(period: Period | None) -> tuple[str, str]:
    return (period.first.isoformat(), period.last.isoformat()) if period else ("0", "9999-12-31")


def stream_entries(
    diary: Diary, period: Period | None = None, columns: Sequence[str] = COLUMNS
) -> Iterator[Sequence[Any]]:
    """Yield the live entries, of each the values for ``columns``, by day, time and uid."""
    return diary.db.execute(
        f"SELECT {', '.join(columns)} FROM entries"
        " WHERE removed IS NULL AND day BETWEEN ? AND ? ORDER BY day, time, uid",
        _days(period),
    )


def stream_removals(
    diary: Diary, period: Period | None = None, columns: Sequence[str] = COLUMNS
) -> Iterator[tuple[Sequence[Any], str]]:
    """Yield the removed entries likewise, each with when it was removed (UTC)."""
    rows = diary.db.execute(
        f"SELECT {', '.join(columns)}, removed FROM entries"
        " WHERE removed IS NOT NULL AND day BETWEEN ? AND ? ORDER BY day, time, uid",
        _days(period),
    )
    return ((row[:-1], row[-1]) for row in rows)


def stream_marks(diary: Diary, period: Period | None = None) -> Iterator[Sequence[Any]]:
    """Yield what the user said of days, by day: the day, its mark, and when that was said."""
    return diary.db.execute(
        "SELECT day, status, changed FROM days WHERE day BETWEEN ? AND ? ORDER BY day",
        _days(period),
    )


def stage(diary: Diary, rows: Iterable[ImportRow]) -> Listing:
    """Put the good rows of a file beside the diary; return the remarks, repeated uids included.

    What a remark is about is not staged. A uid made from the content is numbered where the same
    content comes again.
    """
    with diary.staging(_CACHE_KIB) as db:
        for statement in _STAGE.split(";"):
            db.execute(statement)
        wrong = Listing.of(_staging(db, rows))
        db.execute("CREATE INDEX staged_uid ON staged (uid, line)")
        db.execute(_NUMBER_MADE_UIDS)
        wrong = wrong.plus(_repeated(db, _SECOND_UIDS, "staged"))
        wrong = wrong.plus(_repeated(db, SECOND, "staged_definitions"))
        return wrong.plus(_repeated(db, _SECOND_MARKS, "staged_marks"))


def _staging(db: sqlite3.Connection, rows: Iterable[ImportRow]) -> Iterator[LineRemark]:
    """Stage entries and marks, a batch at a time; yield the remarks among them."""
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield from (row for row in batch if isinstance(row, LineRemark))
        entries = [
            (row.line, row.uid_made, row.removed, row.changed, row.typed, *row.values)
            for row in batch
            if isinstance(row, EntryRow)
        ]
        db.executemany(_STAGE_ROW, entries)
        marks = [
            (row.line, row.mark.day.isoformat(), row.mark.status, row.mark.changed)
            for row in batch
            if isinstance(row, MarkRow)
        ]
        db.executemany("INSERT INTO staged_marks VALUES (?, ?, ?, ?)", marks)
        stage_definitions(db, (row for row in batch if isinstance(row, DefinitionRow)))


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


class _NewMark(NamedTuple):
    """A staged mark that differs from what the diary says of the day, None if that is nothing."""

    line: int
    day: str
    status: str
    changed: str
    here: str | None
    changed_here: str | None

    @property
    def older(self) -> bool:
        """Whether what is said here is said later, and so stays."""
        here = (self.changed_here or "", self.here or "")
        return self.here is not None and here > (self.changed, self.status)


def _new_marks(db: sqlite3.Connection) -> list[_NewMark]:
    return [_NewMark._make(row) for row in db.execute(_MARKS)]


def days_to_come(diary: Diary, today: date) -> int:
    """Return how many staged entries and marks are of days after today."""
    (number,) = diary.db.execute(
        "SELECT (SELECT count(*) FROM staged WHERE day > :today)"
        " + (SELECT count(*) FROM staged_marks WHERE day > :today)",
        {"today": today.isoformat()},
    ).fetchone()
    return int(number)


def compare(diary: Diary) -> ImportOutcome:
    """Return what taking over the staged rows would do."""
    db = diary.db
    db.execute("DELETE FROM matched")
    db.execute(_MATCH.format(_SAME_UID))
    db.execute(_MATCH.format(_SAME_NUMBER))
    db.execute(_MATCH_CORRECTED)
    verdicts = dict(db.execute("SELECT verdict, count(*) FROM matched GROUP BY verdict"))
    entries, removals = db.execute(
        f"SELECT count(*) - count(removed), count(removed) {_NEW}"
    ).fetchone()
    marks = [mark for mark in _new_marks(db) if not mark.older]
    otherwise = [mark for mark in marks if mark.here is not None]
    definitions = compare_definitions(diary)
    older = [each for each in definitions.differences if each.document is None]
    return ImportOutcome(
        entries=entries,
        removals=removals,
        same=verdicts.get("same", 0),
        different=verdicts.get("different", 0),
        removed_here=verdicts.get("removed here", 0),
        marked=len(marks) - len(otherwise),
        marked_otherwise=len(otherwise),
        differences=_listed(db, otherwise, definitions),
        corrected=verdicts.get("corrected", 0),
        newer_here=verdicts.get("newer here", 0) + len(older),
        foods=definitions.number(FOOD),
        settings=definitions.number(SETTING),
        redefined=len(definitions.differences) - len(older),
    )


def _listed(db: sqlite3.Connection, marks: Iterable[_NewMark], definitions: Definitions) -> Listing:
    """Return a remark on all that the diary has otherwise than the file."""
    otherwise = (
        LineRemark(mark.line, f"{mark.day} is {mark.status}, here {mark.here}") for mark in marks
    )
    listing = Listing.of(_differences(db)).plus(Listing.of(otherwise))
    return listing.plus(Listing.of(definitions.remarks()))


def _differences(db: sqlite3.Connection) -> Iterator[LineRemark]:
    for line, day, food, verdict, removed, *amounts in db.execute(_DIFFERENCES):
        why = "is removed there" if removed else "differs"
        if verdict == "removed here":
            why = "was removed here"
        elif verdict == "newer here":
            why = "was changed here later and stays"
        elif verdict == "corrected":
            before, now = _eaten(*amounts[:2]), _eaten(*amounts[2:])
            why = f"was {before} before, which is no longer in this file; now it is {now}"
        yield LineRemark(line, f"{shown(food)} of {day} {why}")


def _eaten(amount: float | None, measure: str | None) -> str:
    return "one" if amount is None else f"{amount:g} {shown(measure or '')}".rstrip()


def take(diary: Diary, *, update: bool, command: str, at: str) -> ImportOutcome:
    """Take over the staged rows as one change; what differs here only with ``update``."""
    with diary.writing() as db:
        outcome = compare(diary)
        if update:  # what is alike is of the later of both times
            db.execute(_DATE_LATER)
            db.execute(_DATE_MARKS_LATER)
            date_definitions(db, compare_definitions(diary).later)
        if outcome.changes(update=update):
            change = new_change(db, command, at)
            values = {"at": at, "update": update}
            if count := db.execute(_INSERT, values).rowcount:
                (last,) = db.execute("SELECT max(id) FROM entries").fetchone()
                inserted(db, change, "entries", last - count + 1, last)
            if update:
                _replace(db, change, at)
            _mark_days(db, change, update=update)
            definitions = compare_definitions(diary)
            take_definitions(db, change, definitions, update=update)
            diary.read_settings()
    return outcome


def _replace(db: sqlite3.Connection, change: int, at: str) -> None:
    """Put staged entries in place of those that differ, of which the journal keeps what was."""
    names = ("removed", *_REPLACED)
    befores = (
        Image(
            "entries", id_, id_, json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        )
        for id_, *row in db.execute(_BEFORE)
    )
    add_rows(db, change, befores)
    db.execute(_REPLACE, {"at": at})
    rows = db.execute("SELECT id FROM matched WHERE verdict = 'corrected' ORDER BY id")
    ids = [id_ for (id_,) in rows]
    edited(db, change, "entries", ids, ("removed",))
    db.executemany(
        "UPDATE entries SET removed = ?, changed = ? WHERE id = ?", [(at, at, id_) for id_ in ids]
    )


def _mark_days(db: sqlite3.Connection, change: int, *, update: bool) -> None:
    """Mark days as staged: those without a mark here, with ``update`` the others too."""
    marks = [mark for mark in _new_marks(db) if mark.here is None or (update and not mark.older)]
    befores = []
    for mark in marks:
        before = None
        if mark.here is not None:
            before = json.dumps({"status": mark.here, "changed": mark.changed_here})
        place = date.fromisoformat(mark.day).toordinal()
        befores.append(Image("days", place, place, before))
    add_rows(db, change, befores)
    db.executemany(
        "INSERT INTO days (day, status, changed) VALUES (?, ?, ?)"
        " ON CONFLICT (day) DO UPDATE SET status = excluded.status, changed = excluded.changed",
        [(mark.day, mark.status, mark.changed) for mark in marks],
    )
