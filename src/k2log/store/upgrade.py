"""Bring a diary to the current schema and catalogue.

Migrations are plain SQL files, run by sqlite-utils inside one immediate transaction, so that many
first starts at once all succeed and a failure leaves the old file. An existing diary is backed up
first, through a second connection: on the locked one a backup would wait for itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from k2log import clock
from k2log.catalogue import EDITION
from k2log.errors import DiaryError
from k2log.store.file import APPLICATION_ID, BUSY_SECONDS, refuse_newer, schema_of
from k2log.store.schema import (
    SCHEMA,
    Definitions,
    ForeignSchemaError,
    definitions,
)

_HERE = Path(__file__).parents[1]
INDEXED = 4
"""The first schema whose tables have indexes of their wrong rows."""

_SHIPPED = _HERE / "migrations"  # inside an installed wheel
FOLDER = _SHIPPED if _SHIPPED.is_dir() else _HERE.parents[1] / "migrations"


def migration_files(folder: Path) -> list[Path]:
    """Return the migrations in order; none found means a broken installation."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    if not files:
        raise DiaryError(f"the migrations are missing from {folder}: please reinstall k2log.")
    return files


def upgrade(db: sqlite3.Connection, path: Path | None, folder: Path | None = None) -> None:
    """Apply what is pending, if anything still is once the lock is held. ``path``: None in memory.

    Raises DiaryError if the diary is newer than this k2log.
    """
    files = migration_files(folder or FOLDER)
    db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 12_000)}")  # a first start may be slow
    db.execute("PRAGMA cache_spill = OFF")  # page 1 and all others reach the file at commit only
    db.execute("BEGIN IMMEDIATE")
    try:
        current = schema_of(db)
        refuse_newer(current, path, newest=len(files))
        if current < len(files):
            if current and path:
                from k2log.store.backup import back_up  # a new diary has nothing to back up

                back_up(path, clock.now(), f"schema-{len(files)}")
            _migrate(db, files)
        row = db.execute("SELECT value FROM settings WHERE key = 'catalogue'").fetchone()
        if row is None or edition_key(row[0]) < edition_key(EDITION):
            from k2log.catalogue.read import load  # all foods; once an edition
            from k2log.store.food_rows import store_catalogue

            store_catalogue(db, load())
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _migrate(db: sqlite3.Connection, files: list[Path]) -> None:
    from sqlite_utils import Database, Migrations

    from k2log.store.cells import make_indexes
    from k2log.store.views import make_views

    migrations = Migrations("k2log")
    for file in files:

        def run(database: Any, file: Path = file) -> None:
            for statement in _statements(file.read_text(encoding="utf-8")):
                database.execute(statement)

        migrations(name=file.stem)(run)
    migrations.apply(Database(db, execute_plugins=False, recursive_triggers=False))
    make_views(db)
    make_indexes(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {len(files)}")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, of which each ends a line.

    ``executescript`` of the standard library would commit, and that of sqlite-utils looks at every
    character, 45 ms of a first start.
    """
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if sqlite3.complete_statement(statement := "\n".join(lines)):
            lines.clear()
            yield statement


def definitions_at(schema: int) -> Definitions:
    """Return what a diary of that schema defines, as the migrations make it."""
    from k2log.store.cells import make_indexes
    from k2log.store.views import make_views

    db = sqlite3.connect(":memory:", isolation_level=None)
    with closing(db):
        for file in migration_files(FOLDER)[:schema]:
            for statement in _statements(file.read_text(encoding="utf-8")):
                db.execute(statement)
        make_views(db)
        if schema >= INDEXED:
            make_indexes(db)
        db.execute(f"PRAGMA user_version = {schema}")
        return definitions(db)


def refuse_foreign(there: Definitions, path: Path | None) -> None:
    """Raise ForeignSchemaError where the definitions are not those of k2log at that schema."""
    if there.known or not 0 < there.schema <= SCHEMA:
        return
    raise ForeignSchemaError(path, next(foreign(there), "other definitions"))


def foreign(there: Definitions) -> Iterator[str]:
    """Yield what is not as k2log makes it at that schema, in words."""
    ours = {(each.kind, each.name): each for each in definitions_at(there.schema).all}
    for each in there.all:
        own = ours.pop((each.kind, each.name), None)
        if own is None:
            yield f'the {each.kind} "{each.name}"'
        elif own != each:
            yield f"another {each.kind} {each.name}"
    for kind, name in ours:
        yield f"no {kind} {name}"


def edition_key(edition: str) -> tuple[int, ...]:
    """Return an edition in comparable form: ``2026.10`` comes after ``2026.9``.

    What is no edition comes before all, so that the catalogue is stored anew.
    """
    parts = str(edition).split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
