"""A report as a table of texts: what every rendering for people is drawn from.

Up to 31 days have a line each. Longer windows have a line per calendar month, beyond three years
per calendar year: its mean per complete day. A report of a single day lists its foods instead.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from k2log.amounts import Amount, Amounts, add_up, per_day, total
from k2log.diary.days import DayRow
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, NUTRIENTS, READING_ORDER, TOLD_FORMS, Nutrient
from k2log.render.answers import Answer, answers
from k2log.render.numbers import (
    NO_DATA,
    UNSTATED,
    Cell,
    align,
    clean,
    dates,
    differs,
    mark,
    month_name,
    number,
    readable,
    short_day,
    spans_months,
    unstated,
    without_signs,
)
from k2log.render.profile import person
from k2log.render.references import Comparison, against, heading
from k2log.report.model import FoodTotal, Report
from k2log.report.notes import Note, notes
from k2log.report.period import LISTED_DAYS
from k2log.science.pattern import pointer
from k2log.science.profile import ANTAGONIST, UNRECOGNISED
from k2log.text import count

LISTED_MONTHS: Final = 36
NOTHING_LOGGED: Final = "nothing logged"
_MOST_FOODS: Final = 3

LIKELY: Final = "nine of ten truths lie here"
SPAN: Final = "lowest to highest figure, published or judged, portion error not included"
_DASH: Final[Cell] = (NO_DATA, "")


class TableLine(NamedTuple):
    """One line: a label, a cell per nutrient, words, and what kind of line.

    ``kind``: counted, apart (not in the mean), sum, or part (of the sum).
    """

    label: str
    cells: Sequence[Cell]
    words: str = ""
    kind: str = "counted"


class ReportTable(NamedTuple):
    """A report in words. ``empty`` says so where nothing was logged, and all else is empty then.

    ``answers`` come before the table: enough, balanced, careful. ``day_by_day`` are drawings for a
    terminal, or with plain words sentences instead of them.
    """

    title: str
    answers: Sequence[Answer] = ()
    headers: Sequence[str] = ()
    lines: Sequence[TableLine] = ()
    day_by_day: Sequence[tuple[str, str]] = ()
    most_from: Sequence[tuple[str, str]] = ()
    references: Sequence[Comparison] = ()
    references_heading: str = ""
    legend: Sequence[str] = ()
    notes: Sequence[Note] = ()
    standing: str = ""
    empty: str = ""

    def columns(self) -> list[list[str]]:
        """Return the cells of each column as texts of one width, decimal points in line."""
        return [align(cells) for cells in zip(*(it.cells for it in self.lines), strict=True)]


class Style(NamedTuple):
    """What to show and in which words.

    ``every_note`` shortens no note; ``caveats`` is all, warnings or none; ``beside`` are nutrients
    shown beside the headline ones; ``shortened`` sums up the groups beyond those that are read at
    once; ``likely`` says that ranges are likely ones.
    """

    all_nutrients: bool = False
    plain_words: bool = False
    every_note: bool = False
    caveats: str = "all"
    cited: bool = True
    beside: Collection[str] = ()
    shortened: bool = False
    likely: bool = False

    @property
    def nutrients(self) -> list[Nutrient]:
        """The nutrients to show."""
        wanted = READING_ORDER if self.all_nutrients else {*HEADLINE, *self.beside}
        return [NUTRIENTS[id_] for id_ in READING_ORDER if id_ in wanted]

    def name(self, nutrient: Nutrient) -> str:
        """Return what a nutrient is called where several are under or beside each other."""
        told = not self.all_nutrients and nutrient.id in TOLD_FORMS.values()
        return f"of which {nutrient.short}" if told else nutrient.name

    @property
    def headers(self) -> list[str]:
        """The head of each nutrient's column."""
        return [f"{self.name(nutrient)} {nutrient.unit}" for nutrient in self.nutrients]

    def cell(self, amount: Amount, unit: str) -> Cell:
        """Return a number and its mark."""
        amount = readable(amount) if self.likely else amount
        return (
            number(amount, unit, plain_words=self.plain_words),
            mark(amount, unit, plain_words=self.plain_words),
        )

    def cells(self, amounts: Mapping[str, Amount]) -> list[Cell]:
        """Return a cell per nutrient, a dash where there is no amount."""
        return [self._cell_of(nutrient, amounts) for nutrient in self.nutrients]

    def _cell_of(self, nutrient: Nutrient, amounts: Mapping[str, Amount]) -> Cell:
        if nutrient.id not in amounts:
            return _DASH
        if unstated(amounts, nutrient.id):
            return (UNSTATED, "")
        return self.cell(amounts[nutrient.id], nutrient.unit)


def report_table(report: Report, style: Style, *, split: bool = False) -> ReportTable:
    """Return the report, day by day, as a table of texts.

    For one that is to be ``split`` otherwise, without its first lines and with published spans.
    """
    if empty := empty_words(report):
        return ReportTable(dates(report.period), empty=empty)
    shown = shown_amounts(report)
    style = style._replace(beside=beside(report, shown), likely=not (split or style.all_nutrients))
    one = report.period.days == 1
    lines = _foods_of_day(report, style) if one else _days_of_window(report, style)
    remarks = notes(report, every=style.every_note, show=style.caveats, cited=style.cited)
    first = [] if split else answers(report, caveats=style.caveats)
    if style.plain_words:
        remarks = [it._replace(message=without_signs(it.message)) for it in remarks]
        first = [it.without_signs() for it in first]
    shares = (
        (nutrient.name, _most_from(report.foods, nutrient.id))
        for nutrient in style.nutrients
        if style.name(nutrient) == nutrient.name  # of a form beside its whole nothing more
    )
    return ReportTable(
        title=own_title(report, plain_words=style.plain_words),
        answers=first,
        headers=style.headers,
        lines=lines,
        day_by_day=() if one else _day_by_day(report, style),
        most_from=() if one else [(name, foods) for name, foods in shares if foods],
        references=()
        if style.likely
        else against(report, all_nutrients=style.all_nutrients, plain_words=style.plain_words),
        references_heading=heading(report),
        legend=[*legend(lines, style), *_all_of_one_form(shown, style)],
        notes=remarks,
        standing=pointer(report.profile, report.balance),
    )


def title(report: Report, *about: str, plain_words: bool) -> str:
    """Return which days, what is said of them, and whose they are: parts joined by dots."""
    when = dates(report.period, " to " if plain_words else "–")
    return " · ".join(filter(None, (when, *about, person(report.profile, report.today))))


def own_title(report: Report, *, plain_words: bool) -> str:
    """Return the title of a report by days: how many of them are complete."""
    return title(report, _about(report), plain_words=plain_words)


def beside(report: Report, shown: Iterable[Amounts]) -> list[str]:
    """Return what to show beside the headline nutrients, where these amounts are shown.

    Vitamin K1 for who needs it, and a form that is told where not all of an amount is that form.
    """
    rows = [amounts for amounts in shown if amounts]
    forms = [form for whole, form in TOLD_FORMS.items() if any(differs(row, whole) for row in rows)]
    return [*forms, *["vitamin_k1"] * needs_k1(report)]


def shown_amounts(report: Report) -> list[Amounts]:
    """Return the amounts of the days; where these are too many to list, their mean."""
    if report.period.days <= LISTED_DAYS:
        return [row.nutrients for row in report.days]
    means = {id_: part.mean for id_, part in report.nutrients.items()}
    return [{id_: mean for id_, mean in means.items() if mean is not None}]


def needs_k1(report: Report) -> bool:
    """Whether vitamin K1 belongs into every table: for who takes, or may take, an antagonist."""
    return bool(report.profile.taking(ANTAGONIST, UNRECOGNISED, since=report.period.first))


def empty_words(report: Report) -> str:
    """Return what to say where nothing was logged; nothing where something was."""
    if report.logged_days or report.complete_days:
        return ""
    when = f"{'on' if report.period.days == 1 else 'from'} {dates(report.period, ' to ')}"
    return f"Nothing logged {when}. Log something: k2log add natto 1tbsp"


def complete_days(number: int) -> str:
    """Return ``3 complete days``, or that there is none."""
    return count(number, "complete day") if number else "no complete day"


def _about(report: Report) -> str:
    if report.period.days == 1:
        return day_words(report.days[0], report)[0] or "complete"
    text = f"{complete_days(report.complete_days)} of {report.period.days}"
    listed = report.period.days <= LISTED_DAYS
    return text if listed else f"{text} · each line is the mean of its complete days"


# A single day: its foods


def _foods_of_day(report: Report, style: Style) -> list[TableLine]:
    day = report.days[0]
    foods = [
        TableLine(
            clean(food.food),
            style.cells(food.nutrients),
            f"{food.entries} times" * (food.entries > 1)
            if food.entries
            else "share of a dose logged on another day",
        )
        for food in report.foods
    ]
    label = "total so far" if day.status == "so far" else "total"
    whole = amounts_of(day, report, style)
    return [*foods, *_sum_and_parts(label, style, whole, day.food, day.supplement)]


def _day_by_day(report: Report, style: Style) -> Sequence[tuple[str, str]]:
    """Return the days in words for listening or, with all nutrients, drawn."""
    if style.likely and not style.plain_words:
        return ()
    from k2log.render.spark import day_by_day

    return day_by_day(report, plain_words=style.plain_words)


def amounts_of(day: DayRow, report: Report, style: Style) -> Amounts:
    """Return the amounts of a day with the ranges that are shown."""
    return report.likely.get(day.day, day.nutrients) if style.likely else day.nutrients


def _sum_and_parts(
    label: str, style: Style, whole: Mapping[str, Amount], *parts: Mapping[str, Amount]
) -> list[TableLine]:
    food, supplements = parts
    return [
        TableLine(label, style.cells(whole), kind="sum"),
        TableLine("  food", style.cells(food), kind="part"),
        TableLine("  supplements", style.cells(supplements), kind="part"),
    ]


# A window: its days, months or years


def _days_of_window(report: Report, style: Style) -> list[TableLine]:
    if report.period.days <= LISTED_DAYS:
        lines = [_day(row, report, style) for row in report.days]
    else:
        by_month = report.period.days <= LISTED_MONTHS * LISTED_DAYS
        calendar = groupby(report.days, lambda row: (row.day.year, by_month and row.day.month))
        lines = [_month_or_year(list(days), style, by_month=by_month) for _, days in calendar]
    days, totals = report.complete_days, report.nutrients
    if not days:
        return [*lines, TableLine("mean", style.cells({}), "no complete day", "sum")]
    means = {id_: part.likely if style.likely else part.mean for id_, part in totals.items()}
    mean = {id_: amount for id_, amount in means.items() if amount is not None}
    food = {id_: part.food.times(1 / days) for id_, part in totals.items()}
    supplement = {id_: part.supplement.times(1 / days) for id_, part in totals.items()}
    label = f"mean of {count(days, 'day')}"
    if style.likely:
        return [*lines, TableLine(label, style.cells(mean), kind="sum")]
    return [*lines, *_sum_and_parts(label, style, mean, food, supplement)]


def _day(row: DayRow, report: Report, style: Style) -> TableLine:
    label = short_day(row.day, month=spans_months(report.period))
    so_far, words = day_words(row, report)
    kind = "counted" if row.status == "complete" else "apart"
    label = f"{label} {so_far}" if row.status == "so far" else label
    return TableLine(label, style.cells(amounts_of(row, report, style)), words, kind)


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


def _month_or_year(days: Sequence[DayRow], style: Style, *, by_month: bool) -> TableLine:
    label = month_name(days[0].day) if by_month else str(days[0].day.year)
    complete = [row.nutrients for row in days if row.status == "complete"]
    if not complete:
        lacking = "complete day" if any(row.entries for row in days) else "entries"
        return TableLine(label, style.cells({}), f"no {lacking}", "apart")
    mean = per_day(add_up(complete), len(complete))
    if style.likely:
        mean = {id_: amount.without_range() for id_, amount in mean.items()}
    return TableLine(label, style.cells(mean), f"{len(complete)} of {count(len(days), 'day')}")


# Below the table


def _most_from(foods: Sequence[FoodTotal], nutrient: str) -> str:
    """Return the three foods that gave most and their shares, or nothing where none gave any."""
    whole = total(food.nutrients[nutrient] for food in foods)
    if not foods or not whole.best:
        return ""
    ranked = sorted(
        ((food.nutrients[nutrient].best or 0, food.food) for food in foods),
        key=lambda pair: (-pair[0], pair[1]),
    )
    shares = [(best / whole.best, food) for best, food in ranked[:_MOST_FOODS] if best > 0]
    named = [
        f"{clean(food)} {f'{100 * share:.0f}%' if share >= 0.01 else 'under 1%'}"
        for share, food in shares
    ]
    return " · ".join(named) + ("" if whole.known else ", of what was counted")


def _all_of_one_form(shown: Iterable[Amounts], style: Style) -> list[str]:
    """Return of which nutrients all that was counted is of one form, where no column says it."""
    if style.all_nutrients:
        return []
    rows = [amounts for amounts in shown if amounts]
    return [
        f"{NUTRIENTS[whole].word}: all that was counted is {NUTRIENTS[form].short}"
        for whole, form in TOLD_FORMS.items()
        if any(row[form].best for row in rows) and not any(differs(row, whole) for row in rows)
    ]


def legend(lines: Sequence[TableLine], style: Style) -> list[str]:
    """Return what the signs in these lines mean, a range by an example; words need no legend."""
    cells = [cell for line in lines for cell in line.cells]
    if style.plain_words or not cells:
        return []
    numbers, marks = zip(*cells, strict=True)
    forms = any(nutrient.id in TOLD_FORMS.values() for nutrient in style.nutrients)
    lacking = "have no figure, or do not state the form" if forms else "have no figure"
    ranges = [mark for mark in marks if mark.startswith("(")]
    meanings = {
        f"+? some foods {lacking}": "+?" in marks,
        "? nothing eaten has a figure": "?" in numbers,
        f"{UNSTATED} vitamin D whose form is not stated": UNSTATED in numbers,
        f"{ranges[0] if ranges else ''} {LIKELY if style.likely else SPAN}": bool(ranges),
        f"{NO_DATA} nothing logged": any(line.words == NOTHING_LOGGED for line in lines),
    }  # fmt: skip
    return [text for text, occurs in meanings.items() if occurs]
