"""Entries as aligned lines: what ``add`` understood, what ``log`` holds, what was removed.

Many entries logged at once: how many, on which days, and what each day holds now.

Amounts to two decimals, so that a product or a sum can be checked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from k2log.amounts import Amount
from k2log.diary.entry import Entry
from k2log.grammar.units import plural
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.render.numbers import Cell, clean, dates, show, width
from k2log.render.page import Page

if TYPE_CHECKING:
    from k2log.report.period import Period

LEGEND = "+? some foods have no figure"
_GAP = "  "


class Line(NamedTuple):
    """One line in parts: its id, what it is about, and amounts that belong in columns."""

    mark: str
    about: str
    cells: Sequence[str]


def added_text(
    entries: Sequence[Entry], total: Mapping[str, Amount], label: str, page: Page
) -> str:
    """Return what was understood, a line an entry, and the day so far."""
    lines = [_entry_line(entry, page) for entry in entries]
    cells = [_cell(nutrient, total[nutrient], page) for nutrient in HEADLINE]
    return _aligned([*lines, Line("", label, cells)], page)


def today_text(total: Mapping[str, Amount], label: str, page: Page) -> str:
    """Return the day so far alone."""
    return totals_text([(label, total)], page)


def totals_text(totals: Iterable[tuple[str, Mapping[str, Amount]]], page: Page) -> str:
    """Return sums under each other, each behind its label."""
    lines = [
        Line("", label, [_cell(key, total[key], page) for key in HEADLINE])
        for label, total in totals
    ]
    return _aligned(lines, page)


def log_text(entries: Iterable[Entry], page: Page) -> Iterator[str]:
    """Yield the text of each day: its entries under its name."""
    above = ""
    for day, group in groupby(entries, key=lambda entry: entry.day):
        yield f"{above}{day_title(day)}\n{_logged(group, page)}"
        above = "\n"


def _logged(entries: Iterable[Entry], page: Page) -> str:
    return _aligned([_entry_line(entry, page, times=True) for entry in entries], page)


def so_far(day: date, today: date, *, logged: bool) -> str:
    """Return what to call the sum of a day: ``today so far``, or the day itself."""
    name = "today so far" if day == today else f"{day_title(day)} in all"
    return name if logged else f"{name}, without this"


def nothing_logged(period: "Period") -> str:
    """Return what to say of days without entries."""
    return (
        f"Nothing logged on {dates(period)}.\n"
        if period.days == 1
        else (f"Nothing logged in {dates(period)}.\n")
    )


def removed_text(entries: Iterable[Entry]) -> str:
    """Return what was removed, and the way back."""
    lines = [f"removed {entry.id}  {about(entry)}  ({day_title(entry.day)})" for entry in entries]
    return "\n".join([*lines, "k2log undo brings back what was removed.", ""])


def day_title(day: date) -> str:
    """Return ``Fri 20 Nov 2026``."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def about(entry: Entry) -> str:
    """Return the food and how much of it: ``Gouda · 1 slice = 28 g (assumed)``."""
    parts = dict.fromkeys(part for part in (_amount(entry), _grams(entry)) if part)
    eaten = " = ".join(parts)
    assumed = " (assumed)" if entry.working.get("assumed") else ""
    every = f", every {entry.every_days} days" if entry.every_days > 1 else ""
    food = _with_region(entry.food) if entry.working.get("region") else entry.food
    return clean(f"{food} · {eaten}{assumed}{every}" if eaten else f"{food}{every}")


def _with_region(food: str) -> str:
    """Return the name of a food that differs by country, where nobody said which is meant."""
    plain = food.replace(" (US)", "")
    return f"{plain} (US, assumed)"


def _amount(entry: Entry) -> str:
    if entry.amount is None:
        return ""
    measure = plural(entry.measure or "") if entry.amount > 1 else entry.measure or ""
    return f"{plain_number(entry.amount)} {measure}".rstrip()


def _grams(entry: Entry) -> str:
    if entry.grams is None:
        return ""
    exact = entry.measure == "g" or entry.grams < 100
    return f"{plain_number(entry.grams if exact else round(entry.grams + 1e-9))} g"


def plain_number(value: float) -> str:
    """Return a number as ``add`` reads it, with no more than four digits behind the point."""
    shown = f"{value:.4f}" if value < 1 else f"{value:.2f}"
    return shown.rstrip("0").rstrip(".") or "0"


def _entry_line(entry: Entry, page: Page, *, times: bool = False) -> Line:
    when = entry.time[11:16] if times and entry.time else ""
    meal = f"[{entry.meal}] " if times and entry.meal else ""
    said = f"{when} {meal}".lstrip() + about(entry)
    note = f" “{entry.note}”" if times and entry.note else ""
    return Line(str(entry.id or "-"), clean(said + note), _entry_cells(entry, page))


def _entry_cells(entry: Entry, page: Page) -> list[str]:
    shown = [_cell(key, entry.nutrients[key], page) for key in HEADLINE]
    if not entry.supplement:
        return shown
    cells = [
        "" if _is_zero(entry.nutrients[key]) else cell
        for key, cell in zip(HEADLINE, shown, strict=True)
    ]
    return cells if any(cells) else [*_others(entry, page)]


def _is_zero(amount: Amount) -> bool:
    return amount.known and not amount.high


def _others(entry: Entry, page: Page) -> Iterable[str]:
    for key, amount in entry.nutrients.items():
        if key not in HEADLINE and not _is_zero(amount):
            yield _cell(key, amount, page)


def _cell(nutrient: str, amount: Amount, page: Page) -> str:
    kind = NUTRIENTS[nutrient]
    shown = show(amount, kind.unit, with_unit=True, plain_words=page.plain_words)
    return f"{kind.short} {shown}"


def _aligned(lines: Sequence[Line], page: Page) -> str:
    marks = max(2, *(width(line.mark) for line in lines))
    abouts = max(width(line.about) for line in lines)
    columns = max(len(line.cells) for line in lines)
    widths = [
        max((width(line.cells[at]) for line in lines if at < len(line.cells)), default=0)
        for at in range(columns)
    ]
    whole = marks + len(_GAP) * (columns + 1) + abouts + sum(widths)
    if page.columns is not None and whole > page.columns:
        rows = [_stacked(line, marks, page.columns) for line in lines]
    else:
        rows = [_flat(line, marks, abouts, widths) for line in lines]
    unclear = any("+?" in cell for line in lines for cell in line.cells)
    return "".join(f"{row}\n" for row in [*rows, *([f"{' ' * marks}{_GAP}{LEGEND}"] * unclear)])


def _flat(line: Line, mark: int, about_width: int, widths: Sequence[int]) -> str:
    cells = [_padded(cell, size) for cell, size in zip(line.cells, widths, strict=False)]
    parts = [line.mark.rjust(mark), _padded(line.about, about_width), *cells]
    return _GAP.join(parts).rstrip()


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def _stacked(line: Line, mark: int, columns: int) -> str:
    from textwrap import wrap

    indent = " " * (mark + len(_GAP))
    head = wrap(line.about, columns - len(indent)) or [""]
    cells = wrap(_GAP.join(cell.replace(" ", "\u00a0") for cell in line.cells if cell),
                 columns - len(indent))  # fmt: skip
    rows = [row.replace("\u00a0", " ") for row in [*head, *cells]]
    return f"{line.mark.rjust(mark)}{_GAP}" + f"\n{indent}".join(rows)


MOST_DAYS: Final = 31


def summary(
    entries: Sequence[Entry],
    days: int,
    totals: Mapping[date, Mapping[str, Amount]],
    today: date,
    page: Page,
) -> str:
    """Return one line about the entries, and the sums of their first days under each other."""
    logged = entries[0].id is not None
    labelled = [(so_far(day, today, logged=logged), total) for day, total in totals.items()]
    on = "1 day" if days == 1 else f"{days} days"
    said = f"were logged: {entries[0].id}-{entries[-1].id}" if logged else "would be logged"
    more = days - len(totals)
    left_out = f"… and {more} more {'day' if more == 1 else 'days'}\n" if more else ""
    return f"{len(entries)} entries on {on} {said}\n{totals_text(labelled, page)}{left_out}"


def exactly(amount: Amount, unit: str, *, plain_words: bool) -> str:
    """Return an amount with its unit and its range: ``23.87 mg``, ``103.3 µg (9.35–126.5)``."""
    return " ".join(filter(None, exact_cell(amount, unit, plain_words=plain_words)))


def exact_cell(amount: Amount, unit: str, *, plain_words: bool) -> Cell:
    """Return number with unit, and mark."""
    if amount.best is None:
        return ("unknown" if plain_words else "?", "")
    best = f"{plain_number(amount.best)} {unit}"
    if amount.high is None:
        return (best, "plus unknown" if plain_words else "+?")
    if amount.low == amount.high or amount.low is None:
        return (best, "")
    to = " to " if plain_words else "–"
    return (best, f"({plain_number(amount.low)}{to}{plain_number(amount.high)})")
