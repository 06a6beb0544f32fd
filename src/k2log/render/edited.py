"""What an edit changed, before and after."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from k2log.diary.editing import same
from k2log.diary.entry import Entry
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.render.entries import about
from k2log.render.numbers import clean, short_day, show, width
from k2log.render.page import Page

NOTHING_TO_CHANGE = "Nothing to change: it is so already.\n"


class Difference(NamedTuple):
    """One thing that an edit changed."""

    what: str
    before: str
    after: str


def edited_text(before: Sequence[Entry], after: Sequence[Entry], page: Page) -> str:
    """Return the entries that changed, and below each what was and what is."""
    pairs = zip(before, after, strict=True)
    return "".join(
        entry_text(old, new, list(_differences(old, new, page)), page)
        for old, new in pairs
        if not same(old, new)
    )


def entry_text(old: Entry, new: Entry, found: Sequence[Difference], page: Page) -> str:
    """Return an entry, before and after, and below it what differs."""
    return "\n".join([_head(old, new, page), *rows(found, page), ""])


def rows(found: Sequence[Difference], page: Page) -> list[str]:
    """Return a line each of what differs."""
    wide = max((len(each.what) for each in found), default=0)
    return [_row(each, wide, page) for each in found]


def _head(old: Entry, new: Entry, page: Page) -> str:
    before, after = (about(entry._replace(every_days=1)) for entry in (old, new))
    id_ = f"{new.id:>2}  "
    if before == after:
        return f"{id_}{after}"
    if page.plain_words:
        return f"{id_}{after} (was {before})"
    row = f"{id_}{before} → {after}"
    return row if _fits(row, page) else f"{id_}{before}\n{' ' * (len(id_) - 2)}→ {after}"


def _fits(row: str, page: Page) -> bool:
    return page.columns is None or width(row) <= page.columns


def _row(found: Difference, wide: int, page: Page) -> str:
    if page.plain_words:
        return f"    {found.what}: was {found.before}, now {found.after}"
    row = f"    {found.what:<{wide}}  {found.before} → {found.after}"
    return (
        row
        if _fits(row, page)
        else f"    {found.what}\n      {found.before}\n      → {found.after}"
    )


def _differences(old: Entry, new: Entry, page: Page) -> Iterator[Difference]:
    pairs = zip(_shown(old, page), _shown(new, page), strict=True)
    for (what, before), (_, after) in pairs:
        if before != after:
            yield Difference(what, before, after)


def _shown(entry: Entry, page: Page) -> Iterable[tuple[str, str]]:
    """Yield what an edit can change besides food and amount, in words."""
    for key in HEADLINE:
        kind = NUTRIENTS[key]
        said = show(entry.nutrients[key], kind.unit, with_unit=True, plain_words=page.plain_words)
        yield kind.short, said
    yield "day", f"{short_day(entry.day, month=True)} {entry.day.year}"
    yield "time", entry.time[11:16] if entry.time else "none"
    yield "meal", clean(entry.meal or "none")
    yield "note", clean(entry.note or "none")
    yield "lasts", f"{entry.every_days} days" if entry.every_days > 1 else "1 day"
