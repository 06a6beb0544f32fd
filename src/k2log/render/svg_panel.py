"""What a picture draws of one nutrient: bars, the lines of references, the scale and the legend.

Up to 92 days have a bar each. Longer windows have a bar for each calendar week, beyond three years
for each month: the mean of its complete days. Vitamin K2 has no line but a figure of
one's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from k2log.amounts import ZERO, Amount, Amounts, total
from k2log.diary.days import DayRow
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS, Nutrient
from k2log.render.numbers import mark, short_day
from k2log.render.references import reference_name, standings_of
from k2log.report.model import Report
from k2log.science.compare import Standing
from k2log.text import count, figure

_BY_DAY: Final = 92
_BY_WEEK: Final = 3 * 366
NO_REFERENCE: Final = "vitamin_k2"
_FEW: Final = 10
_HEADROOM: Final = 1.04
_FAR: Final = 2


class PanelBar(NamedTuple):
    """A day, or a week or month: its label, whether it counts in means, its amount, the two parts.

    ``first`` is its first day. ``amount`` is None where there is nothing to draw; ``ranged`` says
    whether the range is worth showing, as the table of days does.
    """

    name: str
    first: date
    counted: bool
    amount: Amount | None = None
    food: float = 0.0
    supplement: float = 0.0
    ranged: bool = False

    @property
    def top(self) -> float:
        """The highest value that is drawn."""
        high = self.amount.high if self.amount and self.ranged else None
        return max(self.food + self.supplement, high or 0)


class Level(NamedTuple):
    """A reference intake or an upper level as a line, with the names of all that stand there."""

    value: float
    upper: bool
    names: Sequence[str]


class Panel(NamedTuple):
    """One nutrient's part of a picture; ``beyond`` are the levels above the top of the scale.

    ``span`` is what a bar stands for: day, week or month. ``likely`` says that nine of ten truths
    lie in the ranges; else they run from the lowest to the highest figure published.
    """

    nutrient: Nutrient
    bars: Sequence[PanelBar]
    levels: Sequence[Level]
    beyond: Sequence[Level]
    most: float
    span: str
    likely: bool = False

    @property
    def title(self) -> str:
        """What the panel is of: ``Calcium, mg a day, means by week``."""
        means = "" if self.span == "day" else f", means by {self.span}"
        return f"{self.nutrient.name}, {self.nutrient.unit} a day{means}"

    @property
    def step(self) -> float:
        """A round distance that gives two to five grid lines."""
        power = 10.0 ** (len(str(int(self.most))) - 2) if self.most >= 1 else 0.1
        steps = (size * power for size in (0.5, 1, 2, 2.5, 5, 10, 20, 25, 50))
        return next(step for step in steps if self.most / step <= 5)


def panel(report: Report, nutrient: str) -> Panel:
    """Return what there is to draw of a nutrient."""
    kind, days = NUTRIENTS[nutrient], report.period.days
    span = "day" if days <= _BY_DAY else "week" if days <= _BY_WEEK else "month"
    if span == "day":
        few = len(report.days) <= _FEW
        bars = [_day(row, kind, report.likely.get(row.day, {}), few=few) for row in report.days]
    else:
        groups = groupby(
            report.days,
            lambda row: row.day.isocalendar()[:2] if span == "week" else row.day.timetuple()[:2],
        )
        bars = [_mean(list(group), kind) for _, group in groups]
    tallest = max(bar.top for bar in bars)
    levels = _levels(standings_of(report, nutrient))
    near = [level for level in levels if not level.upper or level.value <= _FAR * tallest]
    most = max([tallest, *(level.value for level in near)]) * _HEADROOM or 1
    beyond = [it for it in levels if it not in near]
    return Panel(kind, bars, near, beyond, most, span, span == "day" and bool(report.likely))


def _day(row: DayRow, kind: Nutrient, likely: Amounts, *, few: bool) -> PanelBar:
    name = short_day(row.day, month=False) if few else str(row.day.day)
    bar = PanelBar(name, row.day, row.status == "complete")
    if kind.id not in row.nutrients:
        return bar
    parts = row.food.get(kind.id), row.supplement.get(kind.id)
    return _with_amounts(bar, kind, likely.get(kind.id, row.nutrients[kind.id]), *parts)


def _mean(days: Sequence[DayRow], kind: Nutrient) -> PanelBar:
    """Return the mean of the complete days; without one there is nothing to draw."""
    complete = [row for row in days if row.status == "complete"]
    bar = PanelBar("", days[0].day, counted=True)
    if not complete:
        return bar
    parts = [(row.nutrients, row.food, row.supplement) for row in complete]
    means = (
        total(part.get(kind.id, ZERO) for part in each).times(1 / len(complete))
        for each in zip(*parts, strict=True)
    )
    return _with_amounts(bar, kind, *means)


def _with_amounts(
    bar: PanelBar, kind: Nutrient, amount: Amount, food: Amount | None, supplement: Amount | None
) -> PanelBar:
    parts = [(part.best or 0.0) if part else 0.0 for part in (food, supplement)]
    ranged = mark(amount, kind.unit).startswith("(")
    return bar._replace(amount=amount, food=parts[0], supplement=parts[1], ranged=ranged)


def _levels(standings: Iterable[Standing]) -> list[Level]:
    """Return the lines, highest first; those of one height are one."""
    alike: dict[tuple[float, bool], list[str]] = {}
    for it in standings:
        if it.value is not None and it.scope == "all":
            alike.setdefault((it.value, it.upper), []).append(reference_name(it))
    levels = [Level(*key, names) for key, names in alike.items()]
    return sorted(levels, key=lambda level: -level.value)


# In words


def legend(panel: Panel) -> Iterator[tuple[str, str]]:
    """Yield the signs that occur, and what they mean."""
    logged = [bar for bar in panel.bars if bar.amount]
    if any(bar.food for bar in logged):
        yield "food", "food"
    if any(bar.supplement for bar in logged):
        yield "pills", "supplements"
    if any(bar.ranged for bar in logged):
        yield "range", "nine of ten truths" if panel.likely else "lowest to highest published"
    if any(bar.amount and not bar.amount.known for bar in logged):
        yield "more", "part has no figure"
    if any(not bar.counted for bar in logged):
        yield "apart", "dashed: not in the mean"
    if len(logged) < len(panel.bars):
        yield "none", "nothing logged" if panel.span == "day" else "no complete day"


def panel_words(panel: Panel) -> str:
    """Return in words what a panel shows."""
    kind, bars, figures = panel.nutrient, panel.bars, "no figures"
    lines, beyond = (
        "; ".join(name for level in levels for name in level.names)
        for levels in (panel.levels, panel.beyond)
    )
    empty = sum(1 for bar in bars if bar.amount is None) or "none"
    if best := [bar.amount.best for bar in bars if bar.amount and bar.amount.best is not None]:
        low, high = (figure(value, kind.unit) for value in (min(best), max(best)))
        figures = f"best estimates from {low} to {high} {kind.unit}"
    sentences = [
        f"{kind.name}: {count(len(bars), panel.span)}, {empty} without a bar; {figures}.",
        f"Lines: {lines}." if lines else "",
        f"Above the top of the scale: {beyond}." if beyond else "",
    ]
    return " ".join(filter(None, sentences))
