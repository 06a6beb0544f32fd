"""Diaries as values, for tests of rules and reports: no database, one line per entry."""

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import Any, NamedTuple

from k2log.amounts import UNKNOWN, ZERO, Amount, Spread, Sums, add_up, total
from k2log.diary.days import spreads_of
from k2log.diary.entry import DayPart, Entry, FoodPart
from k2log.nutrients import NUTRIENTS
from k2log.report.build import ReportData, Window, build
from k2log.report.build import window as days_of
from k2log.report.model import Report
from k2log.report.period import Period, before, period
from k2log.science.caveats import Finding

TODAY = date(2026, 11, 21)  # a Saturday
GENERATED = datetime(2026, 11, 21, 11, 0, 0, 5, tzinfo=UTC)


def ago(days: int) -> date:
    """Return a day before today."""
    return TODAY - timedelta(days=days)


def entry(
    days: int,
    food: str = "supper",
    *,
    at: str | None = None,
    pill: bool = False,
    every: int = 1,
    key: str | None = None,
    measure: str | None = None,
    **amounts: float | Amount,
) -> Entry:
    """Return an entry of so many days ago; nutrients by id, what is not given is a known zero."""
    given = {
        id_: amount if isinstance(amount, Amount) else Amount.of(amount)
        for id_, amount in amounts.items()
    }
    for part in ("vitamin_d3", "vitamin_d2"):
        if part in given:
            given.setdefault("vitamin_d", given[part])
    for part in ("mk4", "mk7"):
        if part in given:
            given.setdefault("vitamin_k2", given[part])
    day = ago(days)
    return Entry(
        id=None, uid=f"{day}-{food}-{at}", day=day, time=f"{day}T{at}+01:00" if at else None,
        meal=None, food=food, food_key=key or food.lower().replace(" ", "-"), amount=1,
        measure=measure, grams=None if pill else 100, supplement=pill, every_days=every, note=None,
        created="2026-11-21T11:00:00Z", nutrients={**dict.fromkeys(NUTRIENTS, ZERO), **given},
        working={},
    )  # fmt: skip


def daily(days: Iterable[int], food: str = "supper", **said: object) -> list[Entry]:
    """Return the same entry on each of these days."""
    return [entry(day, food, **said) for day in days]  # type: ignore[arg-type]


class FoodDay(NamedTuple):
    """All entries of one food on one day, summed; of lasting doses that day's share."""

    day: date
    food: str
    supplement: bool
    entries: int
    nutrients: Mapping[str, Amount]


def summed(entries: Iterable[Entry]) -> list[FoodDay]:
    """Return the entries by food and day, doses spread over theirs."""
    groups: dict[tuple[date, str, bool], list[tuple[bool, Entry]]] = defaultdict(list)
    for it in entries:
        for place in range(it.every_days):
            key = (it.day + timedelta(days=place), it.food, it.supplement)
            groups[key].append((place == 0, it))
    return [
        FoodDay(
            *key,
            sum(logged for logged, _ in group),
            {
                id_: total(it.nutrients[id_].times(1 / it.every_days) for _, it in group)
                for id_ in NUTRIENTS
            },
        )
        for key, group in groups.items()
    ]


def sums(amounts: Mapping[str, Amount]) -> Sums:
    """Return amounts as the diary sums them; what is not named is unknown."""
    held = [amounts.get(id_, UNKNOWN) for id_ in NUTRIENTS]
    numbers = [number for column in zip(*held, strict=True) for number in column]
    return Sums([inf if number is None else number for number in numbers])


def day_parts(rows: Iterable[FoodDay]) -> list[DayPart]:
    """Return the parts of days, by day."""
    groups: dict[tuple[date, bool], list[FoodDay]] = defaultdict(list)
    for row in rows:
        groups[row.day, row.supplement].append(row)
    return [
        DayPart(*key, sum(it.entries for it in group), add_up([sums(it.nutrients) for it in group]))
        for key, group in sorted(groups.items())
    ]


def food_parts(rows: Iterable[FoodDay], days: Container[date]) -> list[FoodPart]:
    """Return each food over these days, apart where other figures are known."""
    groups: dict[tuple[object, ...], list[FoodDay]] = defaultdict(list)
    for it in rows:
        if it.day in days:
            known = [(amount.best is None, amount.known) for amount in sums(it.nutrients).values()]
            groups[it.food, it.supplement, *known].append(it)
    return [
        FoodPart(
            group[0].food,
            group[0].supplement,
            sum(it.entries for it in group),
            array("i", {it.day.toordinal() for it in group}),
            add_up([sums(it.nutrients) for it in group]),
        )
        for group in groups.values()
    ]


def kept(
    rows: Iterable[FoodDay], window: Period, marks: Mapping[date, str] | None = None, **more: Any
) -> ReportData:
    """Return what a diary of these rows holds for a report."""
    held = list(rows)
    now, earlier = (
        days_of(period, day_parts(it for it in held if period.first <= it.day <= period.last),
                marks or {}, TODAY)
        for period in (window, before(window))
    )  # fmt: skip
    foods = food_parts(held, {row.day for row in now.counted})
    reaches_back = any(row.day < window.first for row in held) or any(
        day < window.first for day in marks or {}
    )
    return ReportData(
        now._replace(foods=foods, spreads=_spreads(held, now)),
        earlier.days if reaches_back else (),
        **more,
    )


def _spreads(rows: Sequence[FoodDay], window: Window) -> dict[date, Mapping[str, Spread]]:
    """Return how far the sums of each day may be from the truth, where portions are exact."""
    return {
        row.day: spreads_of(food_parts(rows, {row.day})) for row in window.days if row.nutrients
    }


def report(
    entries: Iterable[Entry],
    kind: str = "week",
    marks: Mapping[date, str] | None = None,
    *,
    fresh: Iterable[str] = (),
    **more: Any,
) -> Report:
    """Return the report of the window that ends today; entries get ids from 1."""
    logged = [it._replace(id=number) for number, it in enumerate(entries, 1)]
    held = kept(
        summed(logged), period(kind, TODAY), marks, entries=logged, fresh=frozenset(fresh), **more
    )
    return build(held, today=TODAY, generated_at=GENERATED, catalogue="2026.1")


def found(*entries: Entry, **said: object) -> dict[str, Finding]:
    """Return what the rules find in the week, by id."""
    return {each.id: each for each in report(entries, **said).findings}  # type: ignore[arg-type]
