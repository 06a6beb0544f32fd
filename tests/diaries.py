"""Diaries as values, for tests of rules and reports: no database, one line per entry."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from k2log.diary.entry import Entry, FoodDay
from k2log.food.amount import ZERO, Amount, total
from k2log.food.nutrients import NUTRIENTS
from k2log.report.build import Kept, build
from k2log.report.model import Report
from k2log.report.period import period
from k2log.science.caveats import INFORMAL_K2_UG, Finding
from k2log.science.profile import NOBODY, Profile

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


def summed(entries: Iterable[Entry]) -> list[FoodDay]:
    """Return the entries as the diary sums them: a row per food and day, doses spread."""
    groups: dict[tuple[date, str, str | None, bool], list[tuple[bool, Entry]]] = {}
    for it in entries:
        for place in range(it.every_days):
            key = (it.day + timedelta(days=place), it.food, it.food_key, it.supplement)
            groups.setdefault(key, []).append((place == 0, it))
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


def report(
    entries: Iterable[Entry],
    kind: str = "week",
    marks: Mapping[date, str] | None = None,
    *,
    profile: Profile = NOBODY,
    fresh: Iterable[str] = (),
    informal_k2_ug: float | None = INFORMAL_K2_UG,
) -> Report:
    """Return the report of the window that ends today; entries get ids from 1."""
    logged = [it._replace(id=number) for number, it in enumerate(entries, 1)]
    kept = Kept(summed(logged), marks or {}, logged, frozenset(fresh), profile, informal_k2_ug)
    return build(period(kind, TODAY), kept, today=TODAY, generated_at=GENERATED, catalogue="2026.1")


def found(*entries: Entry, **said: object) -> dict[str, Finding]:
    """Return what the rules find in the week, by id."""
    return {each.id: each for each in report(entries, **said).findings}  # type: ignore[arg-type]
