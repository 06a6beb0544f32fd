"""The views for people who open the diary with another program, made from the table of nutrients.

``diary_entries`` are the live entries. In ``daily_totals`` a dose with an interval is spread over
its days; a high end is NULL where an entry has none, and how many have none is told beside it.
"""

import sqlite3
from collections.abc import Mapping

from k2log.nutrients import NUTRIENTS

_ENTRIES = """CREATE VIEW diary_entries AS
SELECT
  id, day, time, meal, food, amount, measure, grams, supplement, every_days, note,
  {}
FROM entries
WHERE removed IS NULL"""
_TOTALS = """CREATE VIEW daily_totals AS
WITH RECURSIVE
  shares (share) AS (
    VALUES (0) UNION ALL SELECT share + 1 FROM shares WHERE share < 365
  ),
  eaten AS (
    SELECT day AS diary_day, 1 AS logged, entries.*
    FROM entries
    WHERE removed IS NULL AND every_days = 1
    UNION ALL
    SELECT date(day, '+' || share || ' days'), share = 0, entries.*
    FROM entries JOIN shares ON share < every_days
    WHERE removed IS NULL AND every_days > 1
  )
SELECT
  diary_day AS day,
  sum(logged) AS entries,
  {}
FROM eaten
GROUP BY diary_day"""
_TOTAL = """round(sum({0} / every_days), 6) AS {0},
  round(sum({0}_low / every_days), 6) AS {0}_low,
  CASE WHEN count({0}_high) = count(*) THEN round(sum({0}_high / every_days), 6) END AS {0}_high,
  count(*) - count({0}_high) AS {0}_unknown_entries"""


def views() -> Mapping[str, str]:
    """Return the statement that creates each view, by its name, as SQLite stores it."""
    columns = [nutrient.column for nutrient in NUTRIENTS.values()]
    figures = (f"{column}, {column}_low, {column}_high" for column in columns)
    return {
        "diary_entries": _ENTRIES.format(",\n  ".join(figures)),
        "daily_totals": _TOTALS.format(",\n  ".join(map(_TOTAL.format, columns))),
    }


def make_views(db: sqlite3.Connection) -> None:
    """Create anew those views of a diary that are not as the nutrients of this k2log want them."""
    for name, statement in views().items():
        stored = db.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", [name]
        )
        if stored.fetchone() != (statement,):
            db.execute(f"DROP VIEW IF EXISTS {name}")
            db.execute(statement)
