"""Entries as aligned lines: what ``add`` understood, what ``log`` holds, what was removed.

Where many are logged at once, their number and the sums of their days stand for them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from k2log.amounts import Amount, total
from k2log.diary.entry import Entry
from k2log.grammar.units import plural
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.render.layout import columns, width, wrapped
from k2log.render.numbers import Cell, clean, dates, show_with_form
from k2log.render.page import Page
from k2log.text import count

if TYPE_CHECKING:
    from k2log.report.period import Period

LEGEND: Final = "+? some foods have no figure"
MOST_DAYS: Final = 31
MOST_TODAY: Final = 12
IN_FULL: Final = "k2log caveats --day"

Row = Sequence[str]
"""A line in parts: its id, what it is about, and amounts that belong in columns."""


def added_text(
    entries: Sequence[Entry], total: Mapping[str, Amount], label: str, page: Page
) -> str:
    """Return what was understood, a line an entry, and the day so far."""
    return _aligned([*(_row(entry, page) for entry in entries), _total(label, total, page)], page)


def totals_text(totals: Iterable[tuple[str, Mapping[str, Amount]]], page: Page) -> str:
    """Return sums under each other, each behind its label."""
    return _aligned([_total(label, total, page) for label, total in totals], page)


def log_text(entries: Iterable[Entry], page: Page) -> Iterator[str]:
    """Yield the text of each day: its entries under its name."""
    above = ""
    for day, group in groupby(entries, key=lambda entry: entry.day):
        rows = [_row(entry, page, times=True) for entry in group]
        yield f"{above}{day_title(day)}\n{_aligned(rows, page)}"
        above = "\n"


def today_text(today: date, counting: Sequence[Entry], warned: Sequence[str], page: Page) -> str:
    """Return the entries of today, the newest ones; a line for each nutrient; what warnings say.

    ``counting`` has the doses of other days that last, too. Of each warning it is the first
    sentence.
    """
    entries = [entry for entry in counting if entry.day == today]
    listed = entries[-MOST_TODAY:]
    earlier = len(entries) - len(listed)
    lines = [f"{day_title(today)} so far, {count(len(entries), 'entry', 'entries')}", ""]
    lines += [f"… {earlier} before these: k2log log"] if earlier else []
    lines += _aligned([_row(entry, page, times=True) for entry in listed], page).splitlines()
    lasting = [f"{about(it)}, of {day_title(it.day)}" for it in counting if it.day != today]
    lines += wrapped([f"    and a day's share of {each}" for each in lasting], page.columns)
    shares = {
        key: total(entry.nutrients[key].times(1 / entry.every_days) for entry in counting)
        for key in NUTRIENTS
    }
    sums = [
        (NUTRIENTS[key].name, show_with_form(shares, key, plain_words=page.plain_words))
        for key in _nutrients(page)
    ]
    lines += ["", *columns(sums)]
    if warned:
        first = [re.split(r"(?<=[.]) (?=[A-Z(])", each, maxsplit=1)[0] for each in warned]
        careful = ["Careful", *(f"  {each}" for each in first), f"  In full: {IN_FULL}"]
        lines += ["", *wrapped(careful, page.columns)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def so_far(day: date, today: date, *, logged: bool) -> str:
    """Return what to call the sum of a day: ``today so far``, or the day itself."""
    name = "today so far" if day == today else f"{day_title(day)} in all"
    return name if logged else f"{name}, without this"


def nothing_logged(period: "Period") -> str:
    """Return what to say of days without entries."""
    return f"Nothing logged {'on' if period.days == 1 else 'in'} {dates(period)}.\n"


def removed_text(entries: Iterable[Entry]) -> str:
    """Return what was removed, and the way back."""
    lines = [f"removed {entry.id}  {about(entry)}  ({day_title(entry.day)})" for entry in entries]
    return "\n".join([*lines, "k2log undo brings back what was removed.", ""])


def day_title(day: date) -> str:
    """Return ``Fri 20 Nov 2026``."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def about(entry: Entry) -> str:
    """Return the food and how much of it: ``Gouda · 1 slice = 28 g (assumed)``."""
    amounts = []
    if entry.amount is not None:
        measure = plural(entry.measure or "") if entry.amount > 1 else entry.measure or ""
        amounts.append(f"{plain_number(entry.amount)} {measure}".rstrip())
    if entry.grams is not None:
        exact = entry.measure == "g" or entry.grams < 100
        amounts.append(f"{plain_number(entry.grams if exact else round(entry.grams + 1e-9))} g")
    eaten = " = ".join(dict.fromkeys(amounts))
    assumed = " (assumed)" if entry.working.get("assumed") else ""
    every = f", every {entry.every_days} days" if entry.every_days > 1 else ""
    food = entry.food
    if entry.working.get("region"):  # it differs by country, and nobody said which is meant
        country = "Europe" if entry.working.get("region_assumed") == "eu" else "US"
        food = f"{food.replace(f' ({country})', '')} ({country}, assumed)"
    return clean(f"{food} · {eaten}{assumed}{every}" if eaten else f"{food}{every}")


def plain_number(value: float) -> str:
    """Return a number as ``add`` reads it, with no more than four digits behind the point."""
    shown = f"{value:.4f}" if value < 1 else f"{value:.2f}"
    return shown.rstrip("0").rstrip(".") or "0"


def _row(entry: Entry, page: Page, *, times: bool = False) -> Row:
    """Return an entry in parts; with ``times`` its time, meal and note are among the words."""
    words = about(entry)
    if times:
        when = entry.time[11:16] if entry.time else ""
        meal = f"[{entry.meal}] " if entry.meal else ""
        note = f" “{entry.note}”" if entry.note else ""
        words = clean(f"{f'{when} {meal}'.lstrip()}{words}{note}")
    shown = _nutrients(page)
    cells = [_cell(key, entry.nutrients, page) for key in shown]
    if entry.supplement:  # of a pill only what is in it
        zeros = {key for key, amount in entry.nutrients.items() if amount.known and not amount.high}
        cells = ["" if key in zeros else it for key, it in zip(shown, cells, strict=True)]
        others = [
            _cell(key, entry.nutrients, page)
            for key in entry.nutrients
            if key not in shown and key not in zeros
        ]
        cells = cells if any(cells) else others
    return [str(entry.id or "-"), words, *cells]


def _nutrients(page: Page) -> Sequence[str]:
    return (*HEADLINE, "vitamin_k1") if page.vitamin_k1 else HEADLINE


def _total(label: str, total: Mapping[str, Amount], page: Page) -> Row:
    return ["", label, *(_cell(key, total, page) for key in _nutrients(page))]


def _cell(nutrient: str, amounts: Mapping[str, Amount], page: Page) -> str:
    words = show_with_form(amounts, nutrient, plain_words=page.plain_words)
    return f"{NUTRIENTS[nutrient].short} {words}"


def _aligned(rows: Sequence[Row], page: Page) -> str:
    """Return a line per row; where one is too wide for the page, its amounts go below it."""
    rows = [[f"{row[0]:>2}", *row[1:]] for row in rows]
    lines = columns(rows, right={0})
    ids = max(len(row[0]) for row in rows)
    if page.columns is not None and max(map(width, lines)) > page.columns:
        lines = [_stacked(row, ids, page.columns) for row in rows]
    if any("+?" in cell for row in rows for cell in row[2:]):
        lines.append(f"{' ' * ids}  {LEGEND}")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _stacked(row: Row, ids: int, to: int) -> str:
    from textwrap import wrap

    id_, words, *cells = row
    indent = " " * (ids + 2)
    amounts = "  ".join(cell.replace(" ", "\u00a0") for cell in cells if cell)
    parts = [*(wrap(words, to - len(indent)) or [""]), *wrap(amounts, to - len(indent))]
    return f"{id_:>{ids}}  " + f"\n{indent}".join(parts).replace("\u00a0", " ")


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
    logging = f"were logged: {entries[0].id}-{entries[-1].id}" if logged else "would be logged"
    more = days - len(totals)
    left_out = f"… and {count(more, 'more day')}\n" if more else ""
    first = f"{count(len(entries), 'entry', 'entries')} on {count(days, 'day')} {logging}\n"
    return f"{first}{totals_text(labelled, page)}{left_out}"


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
