"""The changes that were made, what each touched, and taking them back, or back again.

Taking a change back is itself a change. It keeps what it overwrites, as any change does, so that
taking *it* back is to redo. Inserted rows are marked as removed, so ids are never used twice.
"""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from math import inf
from typing import Any, Final

from k2log.diary.changes import ChangeRecord, Touched
from k2log.errors import DiaryError, K2logError
from k2log.store.diary import Diary
from k2log.store.journal import Image, add_rows, images, new_change, put_setting
from k2log.text import shown

MOST_NAMED: Final = 3

_CHANGES = """
SELECT
  wanted.id, at, command, undoes, undone_by,
  coalesce(sum((last_id - first_id + 1) * (table_name = 'entries')), 0),
  coalesce(sum((last_id - first_id + 1) * (table_name = 'foods')), 0),
  coalesce(sum(table_name = 'days'), 0),
  coalesce(sum(table_name = 'settings'), 0)
FROM ({which}) AS wanted LEFT JOIN change_rows ON change_id = wanted.id
GROUP BY wanted.id
ORDER BY wanted.id DESC
"""
_NEWEST_CHANGES = _CHANGES.format(which="SELECT * FROM changes ORDER BY id DESC LIMIT ?")
_ONE = _CHANGES.format(which="SELECT * FROM changes WHERE id = ?")
_NAMES = """
SELECT {table}.id, {column}
FROM change_rows CROSS JOIN {table} ON {table}.id BETWEEN first_id AND last_id
WHERE change_id = ? AND table_name = '{table}'
ORDER BY {table}.id
"""
_DAYS = "SELECT first_id FROM change_rows WHERE change_id = ? AND table_name = 'days' ORDER BY 1"
_SETTINGS = """
SELECT json_extract(before, '$.key')
FROM change_rows
WHERE change_id = ? AND table_name = 'settings'
ORDER BY position
"""


class WrongJournalError(DiaryError):
    """What undo kept of a change is not what k2log keeps."""

    def __init__(self) -> None:
        """Say that nothing was changed."""
        super().__init__(
            "what undo kept cannot be read: another program wrote it. Nothing was changed."
            " What can be done: k2log doctor"
        )


@contextmanager
def _from_journal() -> Iterator[None]:
    """Where the journal is read: what k2log did not write is refused as such."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        raise WrongJournalError from None
    except sqlite3.DatabaseError as error:
        by_values = sqlite3.ProgrammingError | sqlite3.IntegrityError
        if isinstance(error, by_values) or "malformed JSON" in str(error):
            raise WrongJournalError from None
        raise
    except sqlite3.InterfaceError:
        raise WrongJournalError from None


@_from_journal()
def changes(diary: Diary, most: int | None) -> list[ChangeRecord]:
    """Return the newest changes, or with None all, newest first."""
    rows = diary.db.execute(_NEWEST_CHANGES, (-1 if most is None else most,))
    return [ChangeRecord(*row) for row in rows]


@_from_journal()
def touched(db: sqlite3.Connection, number: int) -> Touched:
    """Return what a change touched."""
    change = ChangeRecord(*db.execute(_ONE, (number,)).fetchone())

    def few(count: int, query: str) -> list[tuple[int, str]]:
        return db.execute(query, (number,)).fetchall() if 0 < count <= MOST_NAMED else []

    entries = few(change.entries, _NAMES.format(table="entries", column="food"))
    foods = few(change.foods, _NAMES.format(table="foods", column="name"))
    days = few(change.days, _DAYS)
    settings = few(change.settings, _SETTINGS)
    return Touched(
        change,
        entries,
        [name for _, name in foods],
        [date.fromordinal(place) for place, *_ in days],
        [str(key) for key, *_ in settings],
    )


_STANDING = "undoes IS NULL AND undone_by IS NULL"
_NEWEST_STANDING = f"SELECT id FROM changes WHERE {_STANDING} ORDER BY id DESC LIMIT 1"
_LAST_COMMAND = "SELECT id, command FROM changes WHERE undoes IS NULL ORDER BY id DESC LIMIT 1"
_ROWS = """
SELECT table_name, first_id, last_id, before
FROM change_rows
WHERE change_id = ?
ORDER BY position DESC
"""
_UNDO_TO_REDO = """
SELECT undo.id, undone.id
FROM changes AS undo JOIN changes AS undone ON undone.id = undo.undoes
WHERE undo.id > ? AND undo.undone_by IS NULL AND undone.undoes IS NULL
ORDER BY undo.id DESC
LIMIT 1
"""
_UNDONE_BEFORE = "SELECT 1 FROM changes WHERE undoes IS NULL AND undone_by < ? LIMIT 1"
_PLACE = """
CASE table_name
  WHEN 'settings' THEN 'settings ' || json_extract(before, '$.key')
  ELSE table_name
END
"""
_SPANS = f"SELECT {_PLACE}, first_id, last_id FROM change_rows WHERE change_id = ?"
_LATER_SPANS = f"""
SELECT changes.id, command, {_PLACE}, first_id, last_id
FROM changes CROSS JOIN change_rows ON change_id = changes.id
WHERE {_STANDING} AND changes.id > ?
ORDER BY changes.id DESC
"""


class NothingToUndoError(K2logError):
    """Every change was taken back, or there is none."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("there is nothing to undo.")


class NoChangeError(K2logError):
    """A number that is no change's."""

    def __init__(self, number: int) -> None:
        """Take the number."""
        super().__init__(f"there is no change {number}. See them: k2log history")


class UndoneAlreadyError(K2logError):
    """A change that was taken back before."""

    def __init__(self, number: int, by: int) -> None:
        """Take the change and the one that took it back."""
        super().__init__(f"change {number} is undone already, by change {by}.")


class IsUndoError(K2logError):
    """A change that is an undo or a redo itself."""

    def __init__(self, number: int, command: str) -> None:
        """Take its number and what it was."""
        super().__init__(
            f'change {number} is "{shown(command)}" itself. The way back from an undo is'
            " k2log redo, from a redo k2log undo."
        )


class LaterChangeError(K2logError):
    """A change that touched the same rows later and still stands."""

    def __init__(self, number: int, later: int, command: str) -> None:
        """Take the change to undo, and the later one with its command."""
        super().__init__(
            f"change {number} stays: change {later}, {shown(command)}, came later and touches the"
            f" same. Undo that first: k2log undo {later}"
        )


class NothingToRedoError(K2logError):
    """No undo to take back, or something was written since."""

    def __init__(self, since: tuple[int, str] | None) -> None:
        """Take the change that was made since the latest undo, if there is one."""
        super().__init__(
            f"there is nothing to redo: change {since[0]}, {shown(since[1])}, was made since the"
            " last undo."
            if since
            else "there is nothing to redo."
        )


@_from_journal()
def undo(diary: Diary, at: str, number: int | None = None) -> Touched:
    """Take back one change, or without a number the newest not yet undone; all or nothing.

    Raises NothingToUndoError, NoChangeError, UndoneAlreadyError, IsUndoError, LaterChangeError,
    WrongJournalError.
    """
    with diary.writing() as db:
        if number is not None:
            _check(db, number)
        elif (row := db.execute(_NEWEST_STANDING).fetchone()) is not None:
            (number,) = row
        else:
            raise NothingToUndoError
        _revert(db, number, f"undo {number}", at)
        diary.refuse_wrong_rows()
        return touched(db, number)


@_from_journal()
def redo(diary: Diary, at: str) -> Touched:
    """Take the latest undo back, while nothing was written since. Raises NothingToRedoError."""
    with diary.writing() as db:
        last, command = db.execute(_LAST_COMMAND).fetchone() or (0, "")
        pair = db.execute(_UNDO_TO_REDO, (last,)).fetchone()
        if pair is None:
            undone_before = db.execute(_UNDONE_BEFORE, (last,)).fetchone()
            raise NothingToRedoError((last, command) if undone_before else None)
        undo_number, number = pair
        _revert(db, undo_number, f"redo {number}", at)
        db.execute("UPDATE changes SET undone_by = NULL WHERE id = ?", (number,))
        diary.refuse_wrong_rows()
        return touched(db, number)


def _check(db: sqlite3.Connection, number: int) -> None:
    """Refuse what cannot be taken back alone."""
    row = db.execute(
        "SELECT command, undoes, undone_by FROM changes WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise NoChangeError(number)
    command, undoes, undone_by = row
    if undoes is not None:
        raise IsUndoError(number, command)
    if undone_by is not None:
        raise UndoneAlreadyError(number, undone_by)
    spans = sorted(db.execute(_SPANS, (number,)))
    for later, command, *span in db.execute(_LATER_SPANS, (number,)):
        if _touches(spans, *span):
            raise LaterChangeError(number, later, command)


def _touches(spans: Sequence[tuple[str, int, int]], place: str, first: int, last: int) -> bool:
    """Whether a range meets one of the sorted ranges; those of one change never overlap."""
    at = bisect_right(spans, (place, last, inf)) - 1
    return at >= 0 and spans[at][0] == place and spans[at][2] >= first


def _revert(db: sqlite3.Connection, number: int, command: str, at: str) -> None:
    """Give all rows of a change back what they held, the last first, as a change of its own."""
    by = new_change(db, command, at, undoes=number)
    images_before = (Image(*row) for row in db.execute(_ROWS, (number,)))
    add_rows(
        db, by, (now for image in images_before for now in _BY_TABLE[image.table](db, image, at))
    )
    db.execute("UPDATE changes SET undone_by = ? WHERE id = ?", (by, number))


def _entries(db: sqlite3.Connection, image: Image, at: str) -> list[Image]:
    before = json.loads(image.before) if image.before else {"removed": at}
    return _columns(db, image, before, {"changed": at})


def _foods(db: sqlite3.Connection, image: Image, at: str) -> list[Image]:
    before = json.loads(image.before) if image.before else {"retired": at}
    if "food" not in before:
        return _columns(db, image, before, {"changed": at})
    from k2log.store.food_rows import DOCUMENT, restore_food

    food = image.first
    (now,) = db.execute(f"SELECT {DOCUMENT} FROM foods WHERE id = ?", (food,)).fetchone()
    restore_food(db, food, image.before or "", at)
    return [image._replace(before=now)]


def columns_written(table: str) -> frozenset[str]:
    """Return the columns of a table that undo may write back one by one."""
    from k2log.diary.entry import COLUMNS

    return frozenset({"retired"} if table == "foods" else {*COLUMNS, "removed"})


def _columns(
    db: sqlite3.Connection, image: Image, before: Mapping[str, Any], besides: Mapping[str, Any]
) -> list[Image]:
    """Write the columns as before, and some besides; return what the former hold until now.

    Raises LookupError where a name is no column that k2log changes, or there is none.
    """
    unknown = {*before} - columns_written(image.table)  # anybody could have written its keys
    if unknown or not before:
        raise LookupError(*unknown)
    now = list(images(db, image.table, image.first, image.last, tuple(before)))
    values = {**before, **besides}
    settings = ", ".join(f"{column} = ?" for column in values)
    db.execute(
        f"UPDATE {image.table} SET {settings} WHERE id BETWEEN ? AND ?",
        (*values.values(), image.first, image.last),
    )
    return now


def _day(db: sqlite3.Connection, image: Image, _: str) -> list[Image]:
    day = date.fromordinal(image.first).isoformat()
    mark = db.execute("SELECT status, changed FROM days WHERE day = ?", (day,)).fetchone()
    now = json.dumps({"status": mark[0], "changed": mark[1]}) if mark else None
    db.execute("DELETE FROM days WHERE day = ?", (day,))
    if image.before:
        before = json.loads(image.before)
        db.execute(
            "INSERT INTO days (day, status, changed) VALUES (?, ?, ?)",
            (day, before["status"], before["changed"]),
        )
    return [image._replace(before=now)]


def _setting(db: sqlite3.Connection, image: Image, at: str) -> list[Image]:
    before = json.loads(image.before or "{}")
    row = db.execute("SELECT value FROM settings WHERE key = ?", (before["key"],)).fetchone()
    put_setting(db, before["key"], before["value"], at)
    return [image._replace(before=json.dumps(before | {"value": row[0] if row else None}))]


# How rows of a table get back what they held before; each returns what they held until now.
_BY_TABLE: Final[Mapping[str, Callable[[sqlite3.Connection, Image, str], list[Image]]]] = {
    "entries": _entries,
    "foods": _foods,
    "days": _day,
    "settings": _setting,
}
