"""What recalculating entries changes, before and after."""

from collections.abc import Mapping, Sequence

from k2log.amounts import Amount
from k2log.diary.recalculation import Recalculation, RecalculationTotals
from k2log.nutrients import NUTRIENTS
from k2log.render.edits import Difference, difference_lines, entry_text
from k2log.render.entries import about, exactly
from k2log.render.numbers import show, wrapped
from k2log.render.page import Page
from k2log.text import shown

NOTHING_TO_CHANGE = "Nothing to change: the figures are those of today.\n"


def recalculated_text(found: RecalculationTotals, page: Page, *, done: bool) -> str:
    """Return each entry that changes, the sum of them all, and what stays as it is."""
    entries = [_entry(each, page) for each in found.shown]
    more = _more(found.changed - len(found.shown))
    parts = ["".join([*entries, *(f"{line}\n" for line in more)])]
    if found.changed:
        differences = _differences(found.before, found.after, page)
        parts.append(
            "\n".join([_counted(found, done=done), *difference_lines(differences, page), ""])
        )
    else:
        parts.append(NOTHING_TO_CHANGE)
    return "\n".join(filter(None, [*parts, _left(found, page)]))


def _entry(each: Recalculation, page: Page) -> str:
    old, new = each.before, each.after
    return entry_text(old, new, _differences(old.nutrients, new.nutrients, page), page)


def _differences(
    before: Mapping[str, Amount], after: Mapping[str, Amount], page: Page
) -> Sequence[Difference]:
    return [
        Difference(kind.short, *_both(before[key], after[key], kind.unit, page))
        for key, kind in NUTRIENTS.items()
        if before[key][:3] != after[key][:3]
    ]


def _both(before: Amount, after: Amount, unit: str, page: Page) -> tuple[str, str]:
    """Return two amounts, with more digits where the usual ones show no difference."""
    said = [
        show(amount, unit, with_unit=True, plain_words=page.plain_words)
        for amount in (before, after)
    ]
    if said[0] == said[1]:
        said = [exactly(amount, unit, plain_words=page.plain_words) for amount in (before, after)]
    return said[0], said[1]


def _more(count: int) -> list[str]:
    return [f"    and {count} more: --all lists them"] if count > 0 else []


def _counted(found: RecalculationTotals, *, done: bool) -> str:
    verb = "changed" if done else "would change"
    noun = "entry" if found.entries == 1 else "entries"
    return f"{found.changed} of {found.entries} {noun} {verb}; in all:"


def _left(found: RecalculationTotals, page: Page) -> str:
    if not found.left:
        return ""
    lines = [
        f"{each.entry.id:>2}  {about(each.entry)}: {shown(each.why, 200)}"
        for each in found.left_shown
    ]
    more = _more(found.left - len(lines))
    return "\n".join([*wrapped(["left as they are:", *lines, *more], page.columns), ""])
