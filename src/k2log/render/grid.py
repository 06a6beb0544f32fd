"""A report as a table of texts: what every rendering for people is drawn from.

Up to 31 days have a line each. Longer windows have a line per calendar month, beyond three years
per calendar year: its mean per complete day. A report of a single day lists its foods instead.

Numbers under each other: decimal points in one column, marks behind them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from k2log.amounts import Amount, added, per_day, total
from k2log.diary.days import DayRow
from k2log.nutrients import HEADLINE, NUTRIENTS, Nutrient
from k2log.render.numbers import (
    NO_DATA,
    clean,
    dates,
    mark,
    month_name,
    number,
    short_day,
    spoken,
    width,
)
from k2log.render.profile import person
from k2log.render.references import Against, against, heading
from k2log.render.spark import day_by_day
from k2log.report.model import FoodTotal, Report
from k2log.report.notes import notes
from k2log.science.pattern import standing_line
from k2log.science.profile import ANTAGONIST
from k2log.text import count

LISTED_DAYS: Final = 31
LISTED_MONTHS: Final = 36
NOTHING_LOGGED: Final = "nothing logged"
_MOST: Final = 3

Cell = tuple[str, str]
_DASH: Final[Cell] = (NO_DATA, "")


class Line(NamedTuple):
    """One line: a label, a cell (number, mark) per nutrient, words, and what kind of line.

    ``kind``: counted, apart (not in the mean), sum, or part (of the sum).
    """

    label: str
    cells: Sequence[Cell]
    words: str = ""
    kind: str = "counted"


class Grid(NamedTuple):
    """A report in words. ``empty`` says so where nothing was logged, and all else is empty then.

    ``day_by_day`` are drawings for a terminal, or with plain words sentences instead of them.
    """

    title: str
    headers: Sequence[str] = ()
    lines: Sequence[Line] = ()
    day_by_day: Sequence[tuple[str, str]] = ()
    most_from: Sequence[tuple[str, str]] = ()
    references: Sequence[Against] = ()
    references_heading: str = ""
    legend: Sequence[str] = ()
    notes: Sequence[str] = ()
    standing: str = ""
    empty: str = ""


class Style(NamedTuple):
    """What to show and in which words.

    ``every_note`` shortens no note; ``caveats`` is all, warnings or none.
    """

    all_nutrients: bool = False
    plain_words: bool = False
    every_note: bool = False
    caveats: str = "all"
    cited: bool = True
    vitamin_k1: bool = False

    @property
    def nutrients(self) -> list[Nutrient]:
        """The nutrients to show."""
        shown = (*HEADLINE, "vitamin_k1") if self.vitamin_k1 else HEADLINE
        return [NUTRIENTS[id_] for id_ in (NUTRIENTS if self.all_nutrients else shown)]

    def cell(self, amount: Amount, unit: str) -> Cell:
        """Return a number and its mark."""
        return (
            number(amount, unit, plain_words=self.plain_words),
            mark(amount, unit, plain_words=self.plain_words),
        )

    def cells(self, amounts: Mapping[str, Amount]) -> list[Cell]:
        """Return a cell per nutrient, a dash where there is no amount."""
        return [
            self.cell(amounts[nutrient.id], nutrient.unit) if nutrient.id in amounts else _DASH
            for nutrient in self.nutrients
        ]


def grid(report: Report, style: Style) -> Grid:
    """Return the report as a table of texts."""
    if empty := empty_words(report):
        return Grid(dates(report.period), empty=empty)
    style = style._replace(vitamin_k1=steady_k1(report))
    one = report.period.days == 1
    lines = _day_lines(report, style) if one else _window_lines(report, style)
    every, show, cited = style.every_note, style.caveats, style.cited
    said = [*notes(report, every=every, show=show, cited=cited), standing_line(report.profile)]
    *shown, standing = map(spoken, said) if style.plain_words else said
    return Grid(
        title=title(report, plain_words=style.plain_words),
        headers=[f"{nutrient.name} {nutrient.unit}" for nutrient in style.nutrients],
        lines=lines,
        day_by_day=() if one else day_by_day(report, plain_words=style.plain_words),
        most_from=() if one else _most_from(report, style),
        references=against(
            report, all_nutrients=style.all_nutrients, plain_words=style.plain_words
        ),
        references_heading=heading(report),
        legend=() if style.plain_words else signs(lines),
        notes=shown,
        standing=standing,
    )


def title(report: Report, *, plain_words: bool) -> str:
    """Return which days, how many of them are complete, and whose."""
    when = dates(report.period, " to " if plain_words else "–")
    who = person(report.profile, report.today)
    return " · ".join(filter(None, (when, _about(report), who)))


def steady_k1(report: Report) -> bool:
    """Whether vitamin K1 belongs into every table: for who takes a vitamin K antagonist."""
    return bool(report.profile.taking(ANTAGONIST, since=report.period.first))


def empty_words(report: Report) -> str:
    """Return what to say where nothing was logged; nothing where something was."""
    if report.logged_days or report.complete_days:
        return ""
    joined = f"{'on' if report.period.days == 1 else 'from'} {dates(report.period, ' to ')}"
    return f"Nothing logged {joined}. Log something: k2log add natto 1tbsp"


def _about(report: Report) -> str:
    if report.period.days == 1:
        return day_words(report.days[0], report)[0] or "complete"
    days = (
        count(report.complete_days, "complete day") if report.complete_days else "no complete day"
    )
    text = f"{days} of {report.period.days}"
    if report.period.days <= LISTED_DAYS:
        return text
    return f"{text} · each line is the mean of its complete days"


# A single day: its foods


def _day_lines(report: Report, style: Style) -> list[Line]:
    day = report.days[0]
    foods = [
        Line(clean(food.food), style.cells(food.nutrients), _times(food)) for food in report.foods
    ]
    label = "total so far" if day.status == "so far" else "total"
    return [*foods, Line(label, style.cells(day.nutrients), kind="sum"), *_parts(day, style)]


def _times(food: FoodTotal) -> str:
    if not food.entries:
        return "share of a dose logged on another day"
    return f"{food.entries} times" if food.entries > 1 else ""


def _parts(row: DayRow, style: Style) -> list[Line]:
    return [
        Line("  food", style.cells(row.food), kind="part"),
        Line("  supplements", style.cells(row.supplement), kind="part"),
    ]


# A window: its days, months or years


def _window_lines(report: Report, style: Style) -> list[Line]:
    if report.period.days <= LISTED_DAYS:
        lines = [_day_line(row, report, style) for row in report.days]
    elif report.period.days <= LISTED_MONTHS * LISTED_DAYS:
        lines = _blocks(report.days, style, 7)
    else:
        lines = _blocks(report.days, style, 4)
    return [*lines, *_means(report, style)]


def _day_line(row: DayRow, report: Report, style: Style) -> Line:
    first, last = report.period
    label = short_day(row.day, month=(first.year, first.month) != (last.year, last.month))
    so_far, words = day_words(row, report)
    kind = "counted" if row.status == "complete" else "apart"
    label = f"{label} {so_far}" if row.status == "so far" else label
    return Line(label, style.cells(row.nutrients), words, kind)


def day_words(row: DayRow, report: Report) -> tuple[str, str]:
    """Return what the day is, and what a line of it says."""
    if row.status == "empty" and row.mark == "skipped":
        return "skipped", "skipped"
    if row.status == "empty" and row.day >= report.today:
        return "nothing logged yet", "nothing logged yet"
    return {
        "empty": (NOTHING_LOGGED, NOTHING_LOGGED),
        "so far": ("so far", "not in the mean"),
        "supplements-only": ("supplements only", "supplements only, not in the mean"),
        "incomplete": ("marked incomplete", "marked incomplete, not in the mean"),
    }.get(row.status, ("", ""))


def _blocks(days: Iterable[DayRow], style: Style, key: int) -> list[Line]:
    """Return a line per month (the first 7 characters of a date) or year (4)."""
    groups = (list(group) for _, group in groupby(days, lambda row: row.day.isoformat()[:key]))
    return [_block(group, style, key) for group in groups]


def _block(days: Sequence[DayRow], style: Style, key: int) -> Line:
    label = month_name(days[0].day) if key > 4 else str(days[0].day.year)
    complete = [row.nutrients for row in days if row.status == "complete"]
    if not complete:
        logged = any(row.entries for row in days)
        return Line(
            label, style.cells({}), f"no {'complete day' if logged else 'entries'}", "apart"
        )
    mean = per_day(added(complete), len(complete))
    return Line(label, style.cells(mean), f"{len(complete)} of {count(len(days), 'day')}")


def _means(report: Report, style: Style) -> list[Line]:
    days = report.complete_days
    if not days:
        return [Line("mean", style.cells({}), "no complete day", "sum")]
    totals = report.nutrients
    mean = {id_: part.mean for id_, part in totals.items() if part.mean is not None}
    food = {id_: part.food.times(1 / days) for id_, part in totals.items()}
    supplement = {id_: part.supplement.times(1 / days) for id_, part in totals.items()}
    return [
        Line(f"mean of {count(days, 'day')}", style.cells(mean), kind="sum"),
        Line("  food", style.cells(food), kind="part"),
        Line("  supplements", style.cells(supplement), kind="part"),
    ]


# Below the table


def _most_from(report: Report, style: Style) -> list[tuple[str, str]]:
    shares = ((nutrient, _shares(report.foods, nutrient.id)) for nutrient in style.nutrients)
    return [(nutrient.name, text) for nutrient, text in shares if text]


def _shares(foods: Sequence[FoodTotal], nutrient: str) -> str:
    """Return the three foods that gave most and their shares, or nothing where none gave any."""
    whole = total(food.nutrients[nutrient] for food in foods)
    if not foods or not whole.best:
        return ""
    gave = sorted(
        ((food.nutrients[nutrient].best or 0, food.food) for food in foods),
        key=lambda pair: (-pair[0], pair[1]),
    )
    named = [
        f"{clean(food)} {_percent(best / whole.best)}" for best, food in gave[:_MOST] if best > 0
    ]
    return " · ".join(named) + ("" if whole.known else ", of what was counted")


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share >= 0.01 else "under 1%"


def signs(lines: Sequence[Line]) -> list[str]:
    """Return what the signs in the table mean, the range by an example from it."""
    numbers, marks = zip(*(cell for line in lines for cell in line.cells), strict=True)
    ranges = [mark for mark in marks if mark.startswith("(")]
    said = {
        "+? some foods have no figure": "+?" in marks,
        "? nothing eaten has a figure": "?" in numbers,
        f"{ranges[0]} lowest to highest published, portion error not included"
        if ranges
        else "": bool(ranges),
        f"{NO_DATA} nothing logged": any(line.words == NOTHING_LOGGED for line in lines),
    }
    return [text for text, occurs in said.items() if occurs]


def aligned(cells: Sequence[Cell]) -> list[str]:
    """Return the cells of one column as texts of one width, each mark right behind its number."""
    parts = [_split(" ".join(filter(None, cell))) for cell in cells]
    whole = max(len(first) for first, _ in parts)
    rest = max(len(second) for _, second in parts)
    return [f"{first:>{whole}}{second:<{rest}}" for first, second in parts]


def columns(grid: Grid) -> list[list[str]]:
    """Return the cells of every column of the table as texts of one width per column."""
    return [aligned(column) for column in zip(*(line.cells for line in grid.lines), strict=True)]


def padded(text: str, to: int) -> str:
    """Return the text filled to ``to`` columns of a terminal."""
    return text + " " * (to - width(text))


def _split(text: str) -> tuple[str, str]:
    """Return what stands before the decimal point or the mark, and the rest."""
    whole = re.split("[. ]", text, maxsplit=1)[0]
    return whole, text[len(whole) :]
