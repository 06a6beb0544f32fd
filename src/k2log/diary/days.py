"""Calendar days: their status, and their sums of food and of supplements.

Only complete days count in sums and means. A day is over when it lies before today.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from math import inf
from operator import add

from k2log.amounts import NO_AMOUNTS, SIZE, Spread, Sums, add_up, width
from k2log.diary.entry import DayPart, FoodPart
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS


class DayRow(NamedTuple):
    """One calendar day: its status, entries, and amounts (none where nothing was logged).

    ``status`` is complete, so far, supplements-only, incomplete or empty; ``mark`` is what the user
    said of the day (complete, incomplete, skipped), or None.
    """

    day: date
    status: str
    entries: int
    food: Sums = NO_AMOUNTS
    supplement: Sums = NO_AMOUNTS
    mark: str | None = None

    @property
    def nutrients(self) -> Sums:
        """The sum of food and supplements."""
        return add_up([self.food, self.supplement])


def summed(rows: Iterable[DayRow]) -> Sums:
    """Return the sum of days of which each has amounts."""
    return add_up([part for row in rows for part in (row.food, row.supplement)])


def spreads_of(foods: Iterable[FoodPart]) -> Mapping[str, Spread]:
    """Return how far the truth of the sum of each nutrient may lie from its best figure."""
    by_food: dict[tuple[str, bool], list[float]] = {}
    portions = [0.0] * SIZE
    for part in foods:
        key, sides = (part.food, part.supplement), [*_sides(part.nutrients)]
        by_food[key] = [*map(add, by_food[key], sides)] if key in by_food else sides
        portions = [*map(add, portions, part.portions)]
    squares = [
        sum(side * side for side in column) for column in zip(*by_food.values(), strict=True)
    ]
    if not squares:
        return dict.fromkeys(NUTRIENTS, Spread())
    spreads = map(Spread, squares[:SIZE], squares[SIZE:], portions)
    return dict(zip(NUTRIENTS, spreads, strict=True))


def _sides(sums: Sums) -> Iterator[float]:
    """Yield how far each nutrient's best figure is from the lowest, then from the highest."""
    numbers = sums.numbers()
    bests, lows, highs = (numbers[at : at + SIZE] for at in range(0, 3 * SIZE, SIZE))
    for ends in (lows, highs):
        for best, end in zip(bests, ends, strict=True):
            yield abs(best - end) if best < inf > end else 0.0


class Doubt(NamedTuple):
    """How much of the width of a likely range is due to one food, as a part of all."""

    food: str
    share: float


def doubt_by_food(foods: Sequence[FoodPart], nutrient: str) -> list[Doubt]:
    """Return the foods by how wide they make the likely range of a nutrient, the first the most."""
    groups: dict[str, list[FoodPart]] = {}
    for part in foods:
        groups.setdefault(part.food, []).append(part)
    widths = {food: width(spreads_of(parts)[nutrient]) for food, parts in groups.items()}
    whole = sum(widths.values())
    ranked = sorted(widths.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Doubt(food, square / whole) for food, square in ranked if square]


def by_day(parts: Iterable[DayPart], marks: Mapping[date, str], today: date) -> dict[date, DayRow]:
    """Return the days that have any part; the parts come by day."""
    return {
        day: day_row(day, today, marks.get(day), list(group))
        for day, group in groupby(parts, lambda part: part.day)
    }


def every_day(
    days: Iterable[date], logged: Mapping[date, DayRow], marks: Mapping[date, str], today: date
) -> list[DayRow]:
    """Return a row for each of these days, logged or not."""
    return [logged.get(day) or day_row(day, today, marks.get(day), ()) for day in days]


def status(day: date, today: date, mark: str | None, parts: Sequence[DayPart]) -> str:
    """Return complete, so far, supplements-only, incomplete or empty.

    The share of a dose that was logged on another day makes no day a logged one.
    """
    if mark == "complete":
        return "complete"
    if mark == "skipped" or not any(part.entries for part in parts):
        return "empty"
    if mark == "incomplete":
        return "incomplete"
    if day >= today:
        return "so far"
    eaten = any(part.entries and not part.supplement for part in parts)
    return "complete" if eaten else "supplements-only"


def day_row(day: date, today: date, mark: str | None, parts: Sequence[DayPart]) -> DayRow:
    """Return one day of the report; an empty day has no amounts."""
    kind = status(day, today, mark, parts)
    entries = sum(part.entries for part in parts)
    if kind == "empty":
        return DayRow(day, kind, entries, mark=mark)
    food = add_up([part.nutrients for part in parts if not part.supplement])
    supplement = add_up([part.nutrients for part in parts if part.supplement])
    return DayRow(day, kind, entries, food, supplement, mark)
