"""Which editions of the package's foods a diary has met, among its migrations."""

import sqlite3
from typing import Final

from k2log.food.food import EDITION

_MET: Final = """
SELECT EXISTS (SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'foods' AND name = ?)
"""
_MEET: Final = """
INSERT OR IGNORE INTO _sqlite_migrations (migration_set, name, applied_at)
VALUES ('foods', ?, ?)
"""


def has_met_edition(db: sqlite3.Connection) -> bool:
    """Whether something was logged, or the diary begun, with the edition of today."""
    (met,) = db.execute(_MET, (EDITION,)).fetchone()
    return bool(met)


def meet_edition(db: sqlite3.Connection, at: str) -> None:
    """Keep that the diary has met the edition of today, at a moment (UTC)."""
    db.execute(_MEET, (EDITION, at))
