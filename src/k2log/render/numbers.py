"""How amounts, dates and names are shown to people.

``103``, ``116 +?`` (some part has no figure), ``?`` (nothing has), ``(9–127)`` lowest to highest
published. With ``plain_words``, for screen readers: ``116 plus unknown``, ``(9 to 127)``.

Numbers under each other have their decimal points in one column, and their marks behind them.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from k2log.amounts import Amount, Amounts
from k2log.nutrients import NUTRIENTS, TOLD_FORMS
from k2log.text import figure, span

if TYPE_CHECKING:
    from k2log.report.period import Period

NO_DATA: Final = "–"
Cell = tuple[str, str]
"""A number and the mark behind it: ``("116", "+?")``."""

UNKNOWN_WORD: Final = "unknown"
UNSTATED: Final = "unstated"
"""Stands for a form of which nothing is known, where its whole has a figure."""

_WIDE_RANGE: Final = 0.2
_WIDE: Final = 100
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_CONTROLS: Final = dict.fromkeys(
    [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029],
    " ",
)


def number(amount: Amount, unit: str, *, plain_words: bool = False) -> str:
    """Return the best estimate alone: ``103``; what nothing is known of: ``?``."""
    if amount.best is None:
        return UNKNOWN_WORD if plain_words else "?"
    text = figure(amount.best, unit)
    return without_signs(text) if plain_words else text


def mark(amount: Amount, unit: str, *, plain_words: bool = False) -> str:
    """Return what goes behind the number: ``+?``, a range worth showing, or nothing."""
    if amount.best is None:
        return ""
    if amount.high is None:
        return "plus unknown" if plain_words else "+?"
    low = amount.best if amount.low is None else amount.low
    if amount.high - low <= _WIDE_RANGE * amount.best:
        return ""
    text = span(low, amount.high, unit)
    if text == figure(amount.best, unit):
        return ""
    return f"({without_signs(text) if plain_words else text})"


def readable(amount: Amount) -> Amount:
    """Return an amount whose range has no more digits than its width allows: 900–1080, not 897."""
    best, low, high, unknown = amount
    if best is None or low is None or high is None or high - low < _WIDE:
        return amount
    return Amount(best, min(round(low, -1), best), max(round(high, -1), best), unknown)


def show(amount: Amount, unit: str, *, with_unit: bool = False, plain_words: bool = False) -> str:
    """Return number and mark: ``103 (9–127)``; with the unit ``103 µg (9–127)``."""
    best = number(amount, unit, plain_words=plain_words)
    named = unit if with_unit and amount.best is not None else ""
    return " ".join(filter(None, (best, named, mark(amount, unit, plain_words=plain_words))))


def form_words(amounts: Amounts, nutrient: str, *, plain_words: bool = False) -> str:
    """Return what is told of a form: ``of which D3 5 µg``, ``form not stated``.

    Nothing where all of the nutrient is of that form, or none is told of it.
    """
    told = TOLD_FORMS.get(nutrient)
    if told is None or not differs(amounts, nutrient):
        return ""
    if unstated(amounts, told):
        return "form not stated"
    kind, form = NUTRIENTS[told], amounts[told]
    if form.known or not amounts[nutrient].known:
        text = show(form, kind.unit, with_unit=True, plain_words=plain_words)
    else:
        text = f"at least {number(form, kind.unit, plain_words=plain_words)} {kind.unit}"
    return f"of which {kind.short} {text}"


def unstated(amounts: Amounts, form: str) -> bool:
    """Whether a nutrient has a figure, and none of it is known to be of the form that is told."""
    whole = NUTRIENTS[form].part_of
    if whole not in TOLD_FORMS or amounts[form].known:
        return False
    return bool(amounts[whole].best) and not amounts[form].best


def differs(amounts: Amounts, nutrient: str) -> bool:
    """Whether a nutrient and the form that is told of it are shown as different amounts."""
    whole, form = amounts[nutrient], amounts[TOLD_FORMS[nutrient]]
    if whole.high == 0:
        return False
    if form.best is None:
        return bool(whole.best)
    unit = NUTRIENTS[nutrient].unit
    return show(whole, unit) != show(form, unit)


def show_with_form(amounts: Amounts, nutrient: str, *, plain_words: bool = False) -> str:
    """Return an amount with its unit, and what is told of its form: ``25 µg, form not stated``."""
    unit = NUTRIENTS[nutrient].unit
    text = show(amounts[nutrient], unit, with_unit=True, plain_words=plain_words)
    return ", ".join(filter(None, [text, form_words(amounts, nutrient, plain_words=plain_words)]))


def align(cells: Sequence[Cell]) -> list[str]:
    """Return numbers and their marks, of one column, as texts of one width."""
    texts = [" ".join(filter(None, cell)) for cell in cells]
    # What stands before the decimal point or the mark, and the rest.
    wholes = [re.split("[. ]", text, maxsplit=1)[0] for text in texts]
    rests = [text[len(whole) :] for text, whole in zip(texts, wholes, strict=True)]
    before, behind = max(map(len, wholes)), max(map(len, rests))
    pairs = zip(wholes, rests, strict=True)
    return [f"{whole:>{before}}{rest:<{behind}}" for whole, rest in pairs]


def without_signs(text: str) -> str:
    """Return text without symbols that a screen reader stumbles over: ``9 to 127 µg``."""
    return re.sub(r"(?<=\d)–(?=[\d<])", " to ", text).replace("<", "less than ")


def clean(name: str) -> str:
    """Return a user's text on one line, without control and text-direction characters."""
    return name.translate(_CONTROLS)


def long_day(day: date) -> str:
    """Return ``Saturday 21 November 2026``."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, *, month: bool) -> str:
    """Return ``Sat 21`` or ``Sat 21 Nov``."""
    text = f"{_DAYS[day.weekday()][:3]} {day.day:2}"
    return f"{text} {_MONTHS[day.month - 1][:3]}" if month else text


def month_name(day: date) -> str:
    """Return ``November 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def dates(period: "Period", to: str = "–") -> str:
    """Return ``15–21 November 2026``, with as many months and years as it takes."""
    first, last = period
    if first == last:
        return long_day(last)
    ending = f"{last.day} {month_name(last)}"
    if first.year != last.year:
        return f"{first.day} {month_name(first)} {to.strip()} {ending}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} {to.strip()} {ending}"
    return f"{first.day}{to}{ending}"


def spans_months(period: "Period") -> bool:
    """Whether a day needs its month to be told from the others."""
    return period.first.isoformat()[:7] != period.last.isoformat()[:7]
