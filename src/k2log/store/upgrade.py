"""Bring a diary to the current schema and catalogue.

Migrations are plain SQL files, run by sqlite-utils inside one immediate transaction, so that many
first starts at once all succeed and a failure leaves the old file. An existing diary is backed up
first, through a second connection: on the locked one a backup would wait for itself.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from k2log import clock
from k2log.catalogue import EDITION
from k2log.errors import DiaryError
from k2log.store.file import APPLICATION_ID, BUSY_SECONDS, refuse_newer, schema_of

_HERE = Path(__file__).parents[1]
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

    from k2log.store.views import make_views

    migrations = Migrations("k2log")
    for file in files:

        def run(database: Any, file: Path = file) -> None:
            for statement in _statements(file.read_text(encoding="utf-8")):
                database.execute(statement)

        migrations(name=file.stem)(run)
    migrations.apply(Database(db, execute_plugins=False, recursive_triggers=False))
    make_views(db)
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


def edition_key(edition: str) -> tuple[int, ...]:
    """Return an edition in comparable form: ``2026.10`` comes after ``2026.9``."""
    return tuple(int(part) for part in edition.split("."))
