"""Entries before and after: what an edit or other figures changed about them."""

from collections.abc import Iterable, Iterator, Sequence

from k2log.amounts import UNKNOWN, Amount, Amounts
from k2log.diary.editing import same_entry
from k2log.diary.entry import Entry
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.render.entries import about, exactly
from k2log.render.layout import columns, width
from k2log.render.numbers import clean, short_day, show, show_with_form
from k2log.render.page import Page

NOTHING_TO_CHANGE = "Nothing to change: it is so already.\n"


class Difference(NamedTuple):
    """One thing that is not as before, in words."""

    what: str
    before: str
    after: str


def edited_text(before: Sequence[Entry], after: Sequence[Entry], page: Page) -> str:
    """Return the entries that changed, and below each what was and what is."""
    blocks = []
    for old, new in zip(before, after, strict=True):
        if not same_entry(old, new):
            pairs = zip(_editable(old, page), _editable(new, page), strict=True)
            differences = [
                Difference(what, was, now) for (what, was), (_, now) in pairs if was != now
            ]
            blocks.append(entry_text(old, new, differences, page))
    return "".join(blocks)


def entry_text(old: Entry, new: Entry, differences: Sequence[Difference], page: Page) -> str:
    """Return an entry, before and after, and below it what differs."""
    before, after = (about(entry._replace(every_days=1)) for entry in (old, new))
    id_ = f"{new.id:>2}  "
    row = f"{id_}{before} → {after}"
    if before == after:
        head = f"{id_}{after}"
    elif page.plain_words:
        head = f"{id_}{after} (was {before})"
    elif _fits(row, page):
        head = row
    else:
        head = f"{id_}{before}\n{' ' * (len(id_) - 2)}→ {after}"
    return "\n".join([head, *difference_lines(differences, page), ""])


def differences(
    before: Amounts, after: Amounts, page: Page, nutrients: Iterable[str] = NUTRIENTS
) -> list[Difference]:
    """Return what differs, with more digits where the usual ones show no difference."""

    def usual(amount: Amount, unit: str) -> str:
        return show(amount, unit, with_unit=True, plain_words=page.plain_words)

    def exact(amount: Amount, unit: str) -> str:
        return exactly(amount, unit, plain_words=page.plain_words)

    unlike = []
    for id_ in nutrients:
        old, new = before.get(id_, UNKNOWN), after.get(id_, UNKNOWN)
        if old[:3] != new[:3]:
            unit = NUTRIENTS[id_].unit
            style = exact if usual(old, unit) == usual(new, unit) else usual
            unlike.append(Difference(NUTRIENTS[id_].short, style(old, unit), style(new, unit)))
    return unlike


def difference_lines(differences: Sequence[Difference], page: Page) -> list[str]:
    """Return a line each of what differs; what does not fit the page takes three."""
    if page.plain_words:
        return [f"    {it.what}: was {it.before}, now {it.after}" for it in differences]
    rows = [(f"    {it.what}", f"{it.before} → {it.after}") for it in differences]
    return [
        line.rstrip()
        if _fits(line.rstrip(), page)
        else f"    {it.what}\n      {it.before}\n      → {it.after}"
        for line, it in zip(columns(rows), differences, strict=True)
    ]


def _fits(row: str, page: Page) -> bool:
    return page.columns is None or width(row) <= page.columns


def _editable(entry: Entry, page: Page) -> Iterator[tuple[str, str]]:
    """Yield what an edit can change besides food and amount, in words."""
    for key in HEADLINE:
        amount = show_with_form(entry.nutrients, key, plain_words=page.plain_words)
        yield NUTRIENTS[key].short, amount
    yield "day", f"{short_day(entry.day, month=True)} {entry.day.year}"
    yield "time", entry.time[11:16] if entry.time else "none"
    yield "meal", clean(entry.meal or "none")
    yield "note", clean(entry.note or "none")
    yield "lasts", f"{entry.every_days} days" if entry.every_days > 1 else "1 day"
