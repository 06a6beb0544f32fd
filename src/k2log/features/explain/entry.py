"""How the figures of an entry came about.

What each entry adds to a day, so that a total can be disputed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from k2log.amounts import ZERO, Amount
from k2log.diary.entry import Entry
from k2log.diary.recalculation import Left, Recalculation
from k2log.food.food import Source
from k2log.grammar.units import plural
from k2log.nutrients import NUTRIENTS
from k2log.render.entries import LEGEND, about, day_title, exact_cell, exactly, plain_number
from k2log.render.foods import basis_words, citations
from k2log.render.numbers import aligned, clean, padded, show, width, wrapped
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


class _Opened(NamedTuple):
    """An entry, by today's figures too if it has any, and where its own figures are from."""

    entry: Entry
    now: Entry | None
    base: _Base | None
    origins: Mapping[str, _Origin]
    plain_words: bool


def entry_working(today: Recalculation | Left, sources: Iterable[Source], page: Page) -> str:
    """Return an entry opened up: as typed, its food and amount, each figure, what changed since."""
    opened = _opened(today, plain_words=page.plain_words)
    entry, origins = opened.entry, opened.origins
    blocks = [
        [_head(entry), *_circumstances(entry)],
        [line for key in NUTRIENTS for line in _nutrient(key, opened)],
        _collapsed(entry, origins),
        _since(today),
        citations((origin.source for origin in origins.values()), sources),
    ]
    return _text(blocks, page)


def _opened(today: Recalculation | Left, *, plain_words: bool) -> _Opened:
    if isinstance(today, Left):
        entry, now, base = today.entry, None, None
    else:
        entry, now, base = today.before, today.after, _counted(today)
    if entry.grams is not None:
        base = _Base(entry.grams, 100.0, "g")
    return _Opened(entry, now, base, _origins(entry), plain_words)


def _counted(today: Recalculation) -> _Base | None:
    """Return how many tablets or ml an entry is; None where the nutrient itself is weighed."""
    food = today.food
    if food.active is not None or food.unit == "g":
        return None
    return _Base(today.quantity, food.per, food.unit)


def _text(blocks: Iterable[Sequence[str]], page: Page) -> str:
    texts = ["\n".join(wrapped(block, page.columns)) for block in blocks if block]
    return "\n\n".join(texts) + "\n"


def _head(entry: Entry) -> str:
    said = [f"Entry {entry.id}", day_title(entry.day), entry.time and entry.time[11:16], entry.meal]
    return clean(", ".join(part for part in said if part))


def _circumstances(entry: Entry) -> Iterator[str]:
    working = entry.working
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
    working = entry.working
    measure = plural(entry.measure or "") if (entry.amount or 0) > 1 else entry.measure or ""
    typed = f"{plain_number(entry.amount)} {measure}".rstrip() if entry.amount is not None else ""
    grams = f"{plain_number(entry.grams)} g" if entry.grams is not None else ""
    how = [
        shown(str(working["how"])) if working.get("how") else "",
        f"{shown(str(working['measures']))} measures" if working.get("measures") else "",
        "assumed, for none was typed" if working.get("assumed") else "",
    ]
    said = " = ".join(dict.fromkeys(filter(None, (typed, grams)))) or "none"
    because = ", ".join(filter(None, how))
    return clean(f"{said} ({because})" if because else said)


def _nutrient(key: str, opened: _Opened) -> Iterator[str]:
    """Yield the sum of one nutrient, its origin, and what it would be today."""
    amount = opened.entry.nutrients[key]
    if amount.best is None or _is_assumed_zero(key, amount, opened.origins):
        return
    said = f"{_product(key, opened)}{_said(key, amount, opened)}"
    yield f"{NUTRIENTS[key].name}: {said}"
    if origin := opened.origins.get(key):
        yield f"  {basis_words(origin.basis)} [{clean(origin.source)}]"
    if amount.high is None:
        yield "  a part has no figure, so this is not all"
    elif amount.low != amount.high:
        yield "  the range runs from the lowest to the highest published figure"
    if opened.now and opened.now.nutrients[key][:3] != amount[:3]:
        yield f"  by today's figures: {_said(key, opened.now.nutrients[key], opened)}"


def _product(key: str, opened: _Opened) -> str:
    """Return ``28 g × 700 mg per 100 g = ``, where there is something to multiply."""
    base = opened.base
    if base is None or not base.quantity:
        return ""
    figure = _said(key, opened.entry.nutrients[key].times(base.per / base.quantity), opened)
    per = base.unit if base.per == 1 else _count(base.per, base.unit)
    times = "times" if opened.plain_words else "×"
    return f"{_count(base.quantity, base.unit)} {times} {figure} per {per} = "


def _count(quantity: float, unit: str) -> str:
    return f"{plain_number(quantity)} {plural(unit) if quantity > 1 else unit}"


def _said(key: str, amount: Amount, opened: _Opened) -> str:
    return exactly(amount, NUTRIENTS[key].unit, plain_words=opened.plain_words)


def _is_assumed_zero(key: str, amount: Amount, origins: Mapping[str, _Origin]) -> bool:
    origin = origins.get(key)
    return amount[:3] == ZERO[:3] and origin is not None and origin.basis == "assumed-zero"


def _collapsed(entry: Entry, origins: Mapping[str, _Origin]) -> list[str]:
    """Return what needs no line of its own: what is assumed to be zero, and what is unknown."""
    zeros = [k for k in NUTRIENTS if _is_assumed_zero(k, entry.nutrients[k], origins)]
    unknown = [k for k in NUTRIENTS if entry.nutrients[k].best is None]
    lines = []
    if zeros:
        lines.append(f"Assumed zero: {_listed(zeros)}.")
    if not origins and len(unknown) < len(NUTRIENTS):
        lines.append("Where these figures are from was not kept.")
    if unknown:
        lines.append(f"No figure: {_listed(unknown)}. Unknown, not zero.")
    return lines


def _listed(keys: Iterable[str]) -> str:
    return "; ".join(NUTRIENTS[key].name for key in keys)


def _since(today: Recalculation | Left) -> list[str]:
    if isinstance(today, Left):
        return [f"By today's figures it cannot be worked out: {shown(today.why, 200)}."]
    if not today.changed:
        return []
    old, new = today.before.grams, today.after.grams
    weighs = f" Today it is {plain_number(new)} g." if new is not None and new != old else ""
    way = f"To take today's: k2log recalculate {today.before.id}"
    return [f"The figures of the food have changed since.{weighs} {way}"]


def _origins(entry: Entry) -> dict[str, _Origin]:
    """Return where the figure of each nutrient is from, as the entry keeps it."""
    held = entry.working.get("from")
    rows = held if isinstance(held, list) else []
    return {
        nutrient: _Origin(row[0], row[1])
        for row in rows
        if isinstance(row, list) and len(row) == 3 and all(isinstance(part, str) for part in row)
        for nutrient in row[2].split()
    }


_GAP: Final = "  "
_INDENT: Final = "    "
_ROUNDED: Final = "Amounts are rounded to two decimals here, and further where k2log sums up."


class _Part(NamedTuple):
    """A line of a sum: the entry's id, what it is, how much it adds."""

    mark: str
    said: str
    amount: Amount


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
    blocks = [_sum(key, day, entries, total[key], page) for key in keys]
    unclear = any("+?" in line or line.endswith(" ?") for block in blocks for line in block)
    below = [*([LEGEND] if unclear else []), *wrapped([_ROUNDED], page.columns)]
    head = [f"{day_title(day)}: {many}"]
    return "\n\n".join("\n".join(block) for block in [head, *blocks, below]) + "\n"


def _sum(key: str, day: date, entries: Sequence[Entry], total: Amount, page: Page) -> list[str]:
    kind = NUTRIENTS[key]
    adding = [entry for entry in entries if entry.nutrients[key][:3] != ZERO[:3]]
    parts = [_part(entry, key, day) for entry in adding]
    lines = _laid_out([*parts, _Part("", "in all", total)], kind.unit, page)
    none = [str(entry.id) for entry in entries if entry not in adding]
    if none and adding:
        lines += wrapped([f"{_INDENT}none from {', '.join(none)}"], page.columns)
    said = show(total, kind.unit, with_unit=True, plain_words=page.plain_words)
    return [f"{kind.name}: {said}", *(lines if adding else [f"{_INDENT}no entry holds any"])]


def _part(entry: Entry, key: str, day: date) -> _Part:
    said, days = about(entry._replace(every_days=1)), entry.every_days
    if days > 1:
        said += f": 1/{days} of entry {entry.id}, day {(day - entry.day).days + 1} of {days}"
    return _Part(str(entry.id), said, entry.nutrients[key].times(1 / days))


def _laid_out(parts: Sequence[_Part], unit: str, page: Page) -> list[str]:
    cells = [exact_cell(part.amount, unit, plain_words=page.plain_words) for part in parts]
    marks = max(2, *(len(part.mark) for part in parts))
    if page.plain_words:
        return [
            f"{part.mark:>{marks}}{_GAP}{part.said}: {' '.join(filter(None, cell))}"
            for part, cell in zip(parts, cells, strict=True)
        ]
    wide = max(width(part.said) for part in parts)
    amounts = aligned(cells)
    lines = [
        f"{part.mark:>{marks}}{_GAP}{padded(part.said, wide)}{_GAP}{amount}".rstrip()
        for part, amount in zip(parts, amounts, strict=True)
    ]
    if page.columns is None or max(map(width, lines)) <= page.columns:
        return lines
    return [line for part, amount in zip(parts, amounts, strict=True)
            for line in _stacked(part, amount.rstrip(), marks, page.columns)]  # fmt: skip


def _stacked(part: _Part, amount: str, marks: int, columns: int) -> Iterator[str]:
    """Yield what a line is about, and the amount below it, at the right margin of the words."""
    indent = " " * (marks + len(_GAP))
    said = wrapped([part.said], columns - len(indent))
    yield f"{part.mark:>{marks}}{_GAP}{said[0]}"
    yield from (f"{indent}{line}" for line in said[1:])
    yield f"{indent}{_GAP}{amount}"
