"""Sums over entries, made by SQLite. A dose with an interval counts on each of its days.

A window is summed year by year. SQLite groups by sorting rows with all their figures: of a diary of
500,000 entries summed at once, twice as much goes through temporary files.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from k2log.amounts import SIZE, Spread, Sums, add_up
from k2log.diary.entry import COLUMNS, DayPart, Entry, FoodPart, MealPart
from k2log.grammar.units import (
    ASSUMED_ERROR,
    COUNTED_ERROR,
    HOUSEHOLD_ERROR,
    MARKED_OR_WHOLE,
    WEIGHED_ERROR,
    WEIGHTS,
)
from k2log.nutrients import NUTRIENTS
from k2log.store.diary import Diary
from k2log.store.entries import SELECT, entry_from

LONGEST_INTERVAL_DAYS = 366
AT_ONCE_DAYS = 366


def _texts(words: Iterable[str]) -> str:
    """Return words as SQL texts with commas between them."""
    return ", ".join(f"'{word}'" for word in words)


_NAMES = [nutrient.column for nutrient in NUTRIENTS.values()]
_SUMS = ", ".join(
    [
        *(f"ifnull(sum({column} / every_days), 9e999)" for column in _NAMES),
        *(f"ifnull(sum({column}_low / every_days), 9e999)" for column in _NAMES),
        *(f"sum(ifnull({column}_high / every_days, 9e999))" for column in _NAMES),
        *(f"count(*) - count({column}_high)" for column in _NAMES),
    ]
)
"""Expressions for the numbers of ``Sums``; of a dose that lasts, one day's share.

SQLite reads 9e999 as infinity, which stands for what is unknown.
"""

_FIGURES_KNOWN = " + ".join(
    f"{2**place} * ({name} IS NULL)"
    for place, name in enumerate(f"{name}{end}" for name in _NAMES for end in ("", "_high"))
)
"""An expression that is the same for entries of which the same figures are known."""

_PORTION_VARIANCE = f"""
CASE
  WHEN supplement OR measure IN ({_texts(WEIGHTS)}) THEN {WEIGHED_ERROR**2}
  WHEN instr(working, '"assumed":true') THEN {ASSUMED_ERROR**2}
  WHEN measure IS NULL OR measure IN ({_texts(MARKED_OR_WHOLE)}) THEN {COUNTED_ERROR**2}
  ELSE {HOUSEHOLD_ERROR**2}
END
"""
"""The variance of how much was eaten, as a part of its square."""

_PORTIONS = [
    f"ifnull(sum({column} * {column} * portion_variance / (every_days * every_days)), 0)"
    for column in _NAMES
]
_SIDES = [
    *(f"ifnull(sum(({column} - {column}_low) / every_days), 0)" for column in _NAMES),
    *(f"ifnull(sum(({column}_high - {column}) / every_days), 0)" for column in _NAMES),
]
_MEASURED = f"(SELECT *, {_PORTION_VARIANCE} AS portion_variance FROM entries)"
"""The entries, and how well it is known how much of each was eaten."""

EATEN = """
WITH RECURSIVE
  later (entry_id, on_day, last_day) AS (
    SELECT
      id,
      max(date(day, '+1 day'), :first),
      min(date(day, '+' || (every_days - 1) || ' days'), :last)
    FROM entries
    WHERE removed IS NULL AND every_days > 1 AND day BETWEEN :earliest AND :last
      AND date(day, '+' || (every_days - 1) || ' days') >= :first
    UNION ALL
    SELECT entry_id, date(on_day, '+1 day'), last_day FROM later WHERE on_day < last_day
  ),
  eaten (entry_id, on_day) AS (
    SELECT id, day FROM entries WHERE removed IS NULL AND day BETWEEN :first AND :last
    UNION ALL
    SELECT entry_id, on_day FROM later WHERE on_day <= last_day
  )
"""
"""The days an entry counts on: its own and, of a dose that lasts, those that follow."""

_COUNTED = "on_day NOT IN (SELECT value FROM json_each(:left_out))"
_DAYS = f"""
{EATEN}
SELECT on_day, supplement, sum(on_day = day), {_SUMS}
FROM eaten CROSS JOIN entries ON id = entry_id
GROUP BY on_day, supplement ORDER BY on_day, supplement
"""
_FOODS = f"""
{EATEN}
SELECT
  food, supplement, {_FIGURES_KNOWN} AS known,
  sum(on_day = day), group_concat(on_day, ' '), {", ".join(_PORTIONS)}, {_SUMS}
FROM eaten CROSS JOIN {_MEASURED} ON id = entry_id
WHERE {_COUNTED}
GROUP BY food, supplement, known
"""
_SPREADS = f"""
{EATEN},
by_food AS (
  SELECT
    on_day,
    {", ".join(f"{side} AS side_{at}" for at, side in enumerate(_SIDES))},
    {", ".join(f"{portions} AS portions_{at}" for at, portions in enumerate(_PORTIONS))}
  FROM eaten CROSS JOIN {_MEASURED} ON id = entry_id
  GROUP BY on_day, food, supplement
)
SELECT
  on_day,
  {", ".join(f"sum(side_{at} * side_{at})" for at in range(len(_SIDES)))},
  {", ".join(f"sum(portions_{at})" for at in range(len(_PORTIONS)))}
FROM by_food GROUP BY on_day
"""
_MEALS = f"""
{EATEN}
SELECT meal, count(DISTINCT on_day), sum(on_day = day), {_SUMS}
FROM eaten CROSS JOIN entries ON id = entry_id
WHERE {_COUNTED}
GROUP BY meal
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
WITH
  telling (id) AS (
    SELECT id FROM entries
    WHERE day BETWEEN :first AND :last AND removed IS NULL
      AND (supplement OR time IS NOT NULL OR :foods)
  ),
  product (food_key) AS (
    SELECT DISTINCT food_key FROM entries WHERE id IN telling AND supplement
  ),
  fresh (food_key) AS (
    SELECT food_key FROM product
    WHERE NOT EXISTS (
      SELECT 1 FROM entries AS before
      WHERE before.removed IS NULL AND before.food_key = product.food_key AND before.day < :since
    )
  )
SELECT supplement AND food_key IN fresh, id, {", ".join(COLUMNS)}
FROM entries
WHERE id IN telling
ORDER BY day, time, uid
"""


def _window(first: date, last: date) -> dict[str, str]:
    """Return the parameters of a window; a dose of before can last into it from ``earliest``."""
    earliest = first - timedelta(days=LONGEST_INTERVAL_DAYS - 1)
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "earliest": earliest.isoformat(),
    }


def _years(first: date, last: date) -> Iterator[dict[str, str]]:
    """Yield the parameters of a window year by year."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1, AT_ONCE_DAYS):
        end = min(ordinal + AT_ONCE_DAYS - 1, last.toordinal())
        yield _window(date.fromordinal(ordinal), date.fromordinal(end))


def day_parts(diary: Diary, first: date, last: date) -> Iterator[DayPart]:
    """Yield the sums of food and of supplements on each of these days, by day."""
    for year in _years(first, last):
        for day, supplement, entries, *numbers in diary.db.execute(_DAYS, year):
            yield DayPart(date.fromisoformat(day), bool(supplement), entries, Sums(numbers))


def food_parts(diary: Diary, first: date, last: date, left_out: Iterable[date]) -> list[FoodPart]:
    """Return the sums of each food; the days ``left_out`` do not count."""
    from array import array  # of reports alone

    choice = {"left_out": _listed(left_out)}
    parts: dict[tuple[object, ...], FoodPart] = {}
    for year in _years(first, last):
        for food, supplement, known, entries, days, *numbers in diary.db.execute(
            _FOODS, year | choice
        ):
            ordinals = array("i", {date.fromisoformat(day).toordinal() for day in days.split()})
            portions, sums = array("d", numbers[:SIZE]), Sums(numbers[SIZE:])
            part = FoodPart(food, bool(supplement), entries, ordinals, sums, portions)
            key = (food, supplement, known)
            parts[key] = parts[key].joined(part) if key in parts else part
    return [*parts.values()]


def day_spreads(diary: Diary, first: date, last: date) -> dict[date, Mapping[str, Spread]]:
    """Return of each day with an amount how far the truth of each nutrient may lie from it."""
    rows = diary.db.execute(_SPREADS, _window(first, last))
    return {
        date.fromisoformat(day): dict(
            zip(
                NUTRIENTS,
                map(Spread, squares[:SIZE], squares[SIZE : 2 * SIZE], squares[2 * SIZE :]),
                strict=True,
            )
        )
        for day, *squares in rows
    }


def meal_parts(diary: Diary, first: date, last: date, left_out: Iterable[date]) -> list[MealPart]:
    """Return the sums of each meal; the days ``left_out`` do not count."""
    choice = _window(first, last) | {"left_out": _listed(left_out)}
    return [
        MealPart(meal, days, entries, Sums(values))
        for meal, days, entries, *values in diary.db.execute(_MEALS, choice)
    ]


def _listed(days: Iterable[date]) -> str:
    return json.dumps([day.isoformat() for day in days])


def day_total(diary: Diary, day: date) -> tuple[int, Sums]:
    """Return how many entries one day has so far, and their sum with the doses that last."""
    parts = list(day_parts(diary, day, day))
    return sum(part.entries for part in parts), add_up([part.nutrients for part in parts])


def entries_counting_on(diary: Diary, day: date) -> list[Entry]:
    """Return the entries that count on a day, its own and doses that last until then."""
    rows = diary.db.execute(_COUNTING, _window(day, day))
    return [entry_from(row) for row in rows]


def telling_entries(
    diary: Diary, span: tuple[date, date], since: date, *, foods: bool
) -> tuple[list[Entry], frozenset[str]]:
    """Return the entries of these days that rules look at one by one, by day and time.

    Those are supplements and what has a time of eating; with ``foods`` all others too. Also return
    the keys of those supplements that were not logged before the day ``since``.
    """
    choice = _window(*span) | {"foods": foods, "since": since.isoformat()}
    rows = [(new, entry_from(row)) for new, *row in diary.db.execute(_TELLING, choice)]
    fresh = frozenset(entry.food_key for new, entry in rows if new and entry.food_key)
    return [entry for _, entry in rows], fresh


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
