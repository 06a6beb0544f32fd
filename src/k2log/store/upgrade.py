"""Bring a diary to the current schema.

Migrations are plain SQL files, run inside one immediate transaction, so that many first starts at
once all succeed and a failure leaves the old file. Which ones were run is kept in the table that
sqlite-utils would keep it in; loading sqlite-utils would double the time of a first start. An
existing diary is backed up first, through a second connection: on the locked one a backup would
wait for itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from k2log import clock
from k2log.errors import DiaryError
from k2log.paths import StrPath
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
_APPLIED = (
    """CREATE TABLE IF NOT EXISTS "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
)""",
    """CREATE UNIQUE INDEX IF NOT EXISTS "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name")""",
)


def migration_files(folder: Path) -> list[Path]:
    """Return the migrations in order; none found means a broken installation."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    if not files:
        raise DiaryError(f"the migrations are missing from {folder}: please reinstall k2log.")
    return files


def upgrade(db: sqlite3.Connection, path: StrPath | None, folder: Path | None = None) -> None:
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

                back_up(Path(path), clock.now(), f"schema-{len(files)}")
            _migrate(db, files)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _migrate(db: sqlite3.Connection, files: list[Path]) -> None:
    """Run the migrations that this diary has not had, in order."""
    from k2log.store.cells import make_indexes
    from k2log.store.editions import meet_edition
    from k2log.store.views import make_views

    for statement in _APPLIED:
        db.execute(statement)
    names = {name for (name,) in db.execute("SELECT name FROM _sqlite_migrations")}
    for file in files:
        if file.stem in names:
            continue
        for statement in statements(file.read_text(encoding="utf-8")):
            db.execute(statement)
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            ("k2log", file.stem, clock.utc(clock.now())),
        )
    if not names:
        meet_edition(db, clock.utc(clock.now()))
    make_views(db)
    make_indexes(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {len(files)}")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, of which each ends a line.

    ``executescript`` of the standard library would commit.
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
            for statement in statements(file.read_text(encoding="utf-8")):
                db.execute(statement)
        make_views(db)
        if schema >= INDEXED:
            make_indexes(db)
        db.execute(f"PRAGMA user_version = {schema}")
        return definitions(db)


def refuse_foreign(there: Definitions, path: StrPath | None) -> None:
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
