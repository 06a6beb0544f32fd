"""What each entry adds to a day, so that a total can be disputed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from k2log.diary.entry import Entry
from k2log.food.amount import ZERO, Amount
from k2log.food.nutrients import NUTRIENTS
from k2log.views.columns import aligned, padded
from k2log.views.exact import exact_cell
from k2log.views.lines import LEGEND, about, day_title
from k2log.views.numbers import show, width, wrapped
from k2log.views.page import Page

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
