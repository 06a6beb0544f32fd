"""How the figures of an entry came about.

What each entry adds to a day, so that a total can be disputed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from k2log.amounts import ZERO, Amount
from k2log.diary.entry import Entry
from k2log.diary.recalculation import Recalculation, Unworkable
from k2log.food.food import BY_KIND, PUBLISHED, Source
from k2log.grammar.units import plural
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS
from k2log.render.entries import LEGEND, about, day_title, exact_cell, exactly, plain_number
from k2log.render.foods import basis_words, citations
from k2log.render.layout import columns, width, wrapped
from k2log.render.numbers import Cell, align, clean, show_with_form
from k2log.render.page import Page
from k2log.text import shown


class _Base(NamedTuple):
    """How much was eaten, and what its figures are for: 28 g, 100 g."""

    quantity: float
    per: float
    unit: str


class _Origin(NamedTuple):
    """How a figure was obtained, and where it is from."""

    basis: str
    source: str


def entry_working(today: Recalculation | Unworkable, sources: Iterable[Source], page: Page) -> str:
    """Return an entry opened up: as typed, its food and amount, each figure, what changed since."""
    entry = today.entry if isinstance(today, Unworkable) else today.before
    origins = _origins(entry)
    figures: list[str] = []
    zeros, unknown = [], []
    for key, kind in NUTRIENTS.items():
        amount, origin = entry.nutrients[key], origins.get(key)
        if amount.best is None:
            unknown.append(kind.name)
        elif origin and origin.basis == "assumed-zero" and amount[:3] == ZERO[:3]:
            zeros.append(kind.name)
        else:
            figures += _figure(key, entry, today, origin, plain_words=page.plain_words)
    rest = [
        *([f"Assumed zero: {'; '.join(zeros)}."] if zeros else []),
        *(
            ["Where these figures are from was not kept."]
            if not origins and len(unknown) < len(NUTRIENTS)
            else []
        ),
        *([f"No figure: {'; '.join(unknown)}. Unknown, not zero."] if unknown else []),
    ]
    blocks = [
        list(_circumstances(entry)),
        figures,
        rest,
        _since(today),
        citations((origin.source for origin in origins.values()), sources),
    ]
    texts = ("\n".join(wrapped(block, page.columns)) for block in blocks if block)
    return "\n\n".join(texts) + "\n"


def _origins(entry: Entry) -> dict[str, _Origin]:
    """Return where the figure of each nutrient is from, as the entry keeps it.

    An imported entry may keep anything, or nothing.
    """
    kept = entry.working.get("from")
    return {
        nutrient: _Origin(row[0], row[1])
        for row in (kept if isinstance(kept, list) else [])
        if isinstance(row, list) and len(row) == 3 and all(isinstance(part, str) for part in row)
        for nutrient in row[2].split()
    }


def _circumstances(entry: Entry) -> Iterator[str]:
    """Yield what an entry is about: its day, what was typed, food, amount, note."""
    working = entry.working
    time = entry.time and entry.time[11:16]
    yield clean(
        ", ".join(filter(None, [f"Entry {entry.id}", day_title(entry.day), time, entry.meal]))
    )
    if typed := working.get("typed"):
        yield f"  typed: {shown(str(typed), 200)}"
    yield f"  food: {clean(entry.food)}{f' (food:{entry.food_key})' if entry.food_key else ''}"
    if working.get("region"):
        yield "  which country's was assumed: k2log config set region"
    yield f"  amount: {_amount(entry)}"
    if entry.every_days > 1:
        yield f"  lasts {entry.every_days} days: 1/{entry.every_days} counts on each"
    if entry.note:
        yield f"  note: {clean(entry.note)}"


def _amount(entry: Entry) -> str:
    """Return how much was eaten and how that is known: ``1 slice = 28 g (US measures)``."""
    working, amounts, how = entry.working, [], []
    if entry.amount is not None:
        measure = plural(entry.measure or "") if entry.amount > 1 else entry.measure or ""
        amounts.append(f"{plain_number(entry.amount)} {measure}".rstrip())
    if entry.grams is not None:
        amounts.append(f"{plain_number(entry.grams)} g")
    if working.get("how"):
        how.append(shown(str(working["how"])))
    if working.get("measures"):
        how.append(f"{shown(str(working['measures']))} measures")
    if working.get("assumed"):
        how.append("assumed, for none was typed")
    eaten = " = ".join(dict.fromkeys(amounts)) or "none"
    return clean(f"{eaten} ({', '.join(how)})" if how else eaten)


def _figure(
    key: str,
    entry: Entry,
    today: Recalculation | Unworkable,
    origin: _Origin | None,
    *,
    plain_words: bool,
) -> Iterator[str]:
    """Yield the sum of one nutrient, its origin, and what it would be today.

    The sum is a product where there is something to multiply: ``28 g × 700 mg per 100 g = 196 mg``.
    """
    kind, amount, product = NUTRIENTS[key], entry.nutrients[key], ""
    base = _base(entry, today)
    if base and base.quantity:
        figure = amount.times(base.per / base.quantity)
        per = base.unit if base.per == 1 else _count(base.per, base.unit)
        times = "times" if plain_words else "×"
        per_base = f"{exactly(figure, kind.unit, plain_words=plain_words)} per {per}"
        product = f"{_count(base.quantity, base.unit)} {times} {per_base} = "
    yield f"{kind.name}: {product}{exactly(amount, kind.unit, plain_words=plain_words)}"
    if origin:
        yield f"  {basis_words(origin.basis)} [{clean(origin.source)}]"
    if amount.high is None:
        yield "  a part has no figure, so this is not all"
    elif amount.low != amount.high and origin and origin.basis == BY_KIND:
        yield "  no source gives a figure of this food: the range is that of its kind"
    elif amount.low != amount.high and origin and origin.basis in PUBLISHED:
        yield "  the range runs from the lowest to the highest published figure"
    if not isinstance(today, Unworkable) and today.after.nutrients[key][:3] != amount[:3]:
        now = exactly(today.after.nutrients[key], kind.unit, plain_words=plain_words)
        yield f"  by today's figures: {now}"


def _base(entry: Entry, today: Recalculation | Unworkable) -> _Base | None:
    """Return how many grams, tablets or ml an entry is; None where a nutrient itself is weighed."""
    if entry.grams is not None:
        return _Base(entry.grams, 100.0, "g")
    if isinstance(today, Unworkable) or today.food.active is not None or today.food.unit == "g":
        return None
    return _Base(today.quantity, today.food.per, today.food.unit)


def _count(quantity: float, unit: str) -> str:
    return f"{plain_number(quantity)} {plural(unit) if quantity > 1 else unit}"


def _since(today: Recalculation | Unworkable) -> list[str]:
    """Return what the figures of today change about an entry; nothing where they change nothing."""
    if isinstance(today, Unworkable):
        return [f"By today's figures it cannot be worked out: {shown(today.why, 200)}."]
    if not today.changed:
        return []
    old, new = today.before.grams, today.after.grams
    weighs = f" Today it is {plain_number(new)} g." if new is not None and new != old else ""
    way = f"To take today's: k2log recalculate {today.before.id}"
    return [f"The figures of the food have changed since.{weighs} {way}"]


# What each entry adds to a day


_ROUNDED: Final = "Amounts are rounded to two decimals here, and further where k2log sums up."


class _Addend(NamedTuple):
    """A line of a sum: the entry's id at the right of its column, what it is, how much it adds."""

    id: str
    about: str
    amount: Cell


def day_working(
    day: date,
    entries: Sequence[Entry],
    total: Mapping[str, Amount],
    keys: Iterable[str],
    page: Page,
) -> str:
    """Return what each entry adds to a day, nutrient by nutrient, and the sums."""
    if not entries:
        return f"Nothing counts on {day_title(day)}.\n"
    many = "1 entry counts" if len(entries) == 1 else f"{len(entries)} entries count"
    blocks = [_sum(key, day, entries, total, page) for key in keys]
    unclear = any("+?" in line or line.endswith(" ?") for block in blocks for line in block)
    below = [*([LEGEND] if unclear else []), *wrapped([_ROUNDED], page.columns)]
    head = [f"{day_title(day)}: {many}"]
    return "\n\n".join("\n".join(block) for block in [head, *blocks, below]) + "\n"


def _sum(
    key: str, day: date, entries: Sequence[Entry], total: Mapping[str, Amount], page: Page
) -> list[str]:
    """Return the sum of one nutrient, and below it a line per entry that holds any."""
    kind = NUTRIENTS[key]
    head = show_with_form(total, key, plain_words=page.plain_words)
    none, addends = [], []
    for entry in entries:
        if entry.nutrients[key][:3] == ZERO[:3]:
            none.append(str(entry.id))
            continue
        words, days = about(entry._replace(every_days=1)), entry.every_days
        if days > 1:
            words += f": 1/{days} of entry {entry.id}, day {(day - entry.day).days + 1} of {days}"
        amount = entry.nutrients[key].times(1 / days)
        cell = exact_cell(amount, kind.unit, plain_words=page.plain_words)
        addends.append(_Addend(f"{entry.id:>2}", words, cell))
    if not addends:
        return [f"{kind.name}: {head}", "    no entry holds any"]
    cell = exact_cell(total[key], kind.unit, plain_words=page.plain_words)
    lines = _laid_out([*addends, _Addend("", "in all", cell)], page)
    if none:
        lines += wrapped([f"    none from {', '.join(none)}"], page.columns)
    return [f"{kind.name}: {head}", *lines]


def _laid_out(addends: Sequence[_Addend], page: Page) -> list[str]:
    """Return a line each; where one is too wide for the page, the amounts stand below."""
    if page.plain_words:
        rows = [(it.id, f"{it.about}: {' '.join(filter(None, it.amount))}") for it in addends]
        return [line.rstrip() for line in columns(rows, right={0})]
    amounts = align([it.amount for it in addends])
    rows3 = [(it.id, it.about, to) for it, to in zip(addends, amounts, strict=True)]
    lines = [line.rstrip() for line in columns(rows3, right={0})]
    if page.columns is None or max(map(width, lines)) <= page.columns:
        return lines
    ids = max(len(it.id) for it in addends)
    indent = " " * (ids + 2)
    stacked = []
    for it, amount in zip(addends, amounts, strict=True):
        first, *rest = wrapped([it.about], page.columns - len(indent))
        stacked += [f"{it.id:>{ids}}  {first}", *(f"{indent}{line}" for line in rest)]
        stacked.append(f"{indent}  {amount.rstrip()}")
    return stacked
