"""Sums over entries, made by SQLite. A dose with an interval counts on each of its days."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from k2log.diary.entry import Entry, FoodDay
from k2log.food.amount import Amount
from k2log.food.nutrients import NUTRIENTS
from k2log.store.columns import summed, sums
from k2log.store.diary import Diary
from k2log.store.entries import SELECT, entry_from

LONGEST_INTERVAL_DAYS = 366

_EATEN = """
WITH RECURSIVE
  calendar (on_day) AS (
    VALUES (:first)
    UNION ALL
    SELECT date(on_day, '+1 day') FROM calendar WHERE on_day < :last
  ),
  eaten AS (
    SELECT day AS on_day, 1 AS logged, entries.*
    FROM entries
    WHERE removed IS NULL AND every_days = 1 AND day BETWEEN :first AND :last
    UNION ALL
    SELECT on_day, on_day = day, entries.*
    FROM entries CROSS JOIN calendar
    WHERE removed IS NULL AND every_days > 1 AND day BETWEEN :earliest AND :last
      AND date(day, '+' || (every_days - 1) || ' days') >= :first
      AND on_day BETWEEN day AND date(day, '+' || (every_days - 1) || ' days')
  )
"""

_COUNTING = f"""
{SELECT}
WHERE id IN (
  SELECT id FROM entries WHERE removed IS NULL AND day = :first
  UNION ALL
  SELECT id FROM entries
  WHERE removed IS NULL AND every_days > 1 AND day BETWEEN :earliest AND :first
    AND date(day, '+' || (every_days - 1) || ' days') >= :first
)
ORDER BY day, time, uid
"""
_TELLING = f"""
{SELECT}
WHERE (supplement OR time IS NOT NULL OR :foods) AND id IN (
  SELECT entries.id
  FROM json_each(:spans) AS span CROSS JOIN entries
    ON day BETWEEN json_extract(span.value, '$[0]') AND json_extract(span.value, '$[1]')
  WHERE removed IS NULL
)
ORDER BY day, time, uid
"""


def _window(first: date, last: date) -> dict[str, str]:
    earliest = first - timedelta(days=LONGEST_INTERVAL_DAYS - 1)
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "earliest": earliest.isoformat(),
    }


def food_days(diary: Diary, first: date, last: date) -> list[FoodDay]:
    """Return the sums of each food on each of these days, in the order of days and names."""
    rows = diary.db.execute(
        f"{_EATEN} SELECT on_day, food, max(food_key), supplement, sum(logged), {sums(NUTRIENTS)}"
        " FROM eaten GROUP BY on_day, food, supplement ORDER BY on_day, food, supplement",
        _window(first, last),
    )
    return [
        FoodDay(
            date.fromisoformat(day), food, key, bool(supplement), logged, summed(NUTRIENTS, values)
        )
        for day, food, key, supplement, logged, *values in rows
    ]


def meal_days(
    diary: Diary, first: date, last: date
) -> list[tuple[date, str | None, int, dict[str, Amount]]]:
    """Return the sums of each meal on each of these days: day, its name, entries, amounts."""
    rows = diary.db.execute(
        f"{_EATEN} SELECT on_day, meal, sum(logged), {sums(NUTRIENTS)}"
        " FROM eaten GROUP BY on_day, meal ORDER BY on_day, meal",
        _window(first, last),
    )
    return [
        (date.fromisoformat(day), meal, logged, summed(NUTRIENTS, values))
        for day, meal, logged, *values in rows
    ]


def day_total(diary: Diary, day: date, nutrients: Sequence[str]) -> tuple[int, dict[str, Amount]]:
    """Return how many entries one day has so far, and their sum with the doses that last."""
    sql = f"{_EATEN} SELECT coalesce(sum(logged), 0), {sums(nutrients)} FROM eaten"
    entries, *values = diary.db.execute(sql, _window(day, day)).fetchone()
    return entries, summed(nutrients, values)


def entries_counting_on(diary: Diary, day: date) -> list[Entry]:
    """Return the entries that count on a day, its own and doses that last until then."""
    rows = diary.db.execute(_COUNTING, _window(day, day))
    return [entry_from(row) for row in rows]


def telling_entries(
    diary: Diary, spans: Sequence[tuple[date, date]], *, foods: bool
) -> list[Entry]:
    """Return the entries of these spans that rules look at one by one, by day and time.

    Those are supplements and what has a time of eating; with ``foods`` all others too.
    """
    texts = json.dumps([[day.isoformat() for day in span] for span in spans])
    rows = diary.db.execute(_TELLING, {"spans": texts, "foods": foods})
    return [entry_from(row) for row in rows]


def not_logged_before(diary: Diary, keys: Iterable[str], day: date) -> frozenset[str]:
    """Return those of the foods that have no entry before a day."""
    rows = diary.db.execute(
        "SELECT value FROM json_each(?) AS wanted WHERE NOT EXISTS (SELECT 1 FROM entries"
        " WHERE removed IS NULL AND food_key = wanted.value AND day < ?)",
        (json.dumps(sorted(keys)), day.isoformat()),
    )
    return frozenset(key for (key,) in rows)


def day_marks(diary: Diary, first: date, last: date) -> dict[date, str]:
    """Return the days that the user marked as complete, incomplete or skipped."""
    rows = diary.db.execute(
        "SELECT day, status FROM days WHERE day BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(day): status for day, status in rows}


def first_day(diary: Diary) -> date | None:
    """Return the earliest day with an entry."""
    (day,) = diary.db.execute("SELECT min(day) FROM entries WHERE removed IS NULL").fetchone()
    return date.fromisoformat(day) if day else None
