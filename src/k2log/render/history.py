"""Changes as text: what undo and redo did, and the list of all that was done."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from k2log.config import DOCUMENTS
from k2log.render.numbers import width
from k2log.render.page import Page
from k2log.text import count, safe, shown

if TYPE_CHECKING:
    from k2log.store.undo import Change, Touched

_GAP: Final = "  "
_LEAST: Final = 24
_INDENT: Final = "    "


def reverted_text(did: str, touched: "Touched") -> str:
    """Return what was taken back or done again: ``took back: rm 2  (entry 2, Egg)``."""
    what = "; ".join(_named(touched))
    return f"{did}: {shown(touched.change.command, 200)}{f'  ({safe(what)})' if what else ''}\n"


def _named(touched: "Touched") -> Iterator[str]:
    """Yield what of each kind was touched: by name where they are few."""
    change = touched.change
    if len(touched.entries) == 1:
        yield "entry {}, {}".format(*touched.entries[0])
    elif change.entries:
        few = ", ".join(f"{id_} {food}" for id_, food in touched.entries)
        yield f"entries {few}" if few else count(change.entries, "entry", "entries")
    if change.foods:
        named = " and ".join(touched.foods)
        yield named or count(change.foods, "food", "foods")
    if change.days:
        days = ", ".join(day.isoformat() for day in touched.days)
        yield f"the mark of {days}" if days else count(change.days, "day mark", "day marks")
    for key in touched.settings:
        yield DOCUMENTS.get(key, f"the setting {key}")


def history_text(changes: "Sequence[Change]", local: Callable[[str], datetime], page: Page) -> str:
    """Return a line a change; on a narrow page the command stands below it."""
    if not changes:
        return "Nothing was changed yet.\n"
    numbers = len(str(changes[0].id))
    touched = [_touched(change) for change in changes]
    wide = max(map(len, touched))
    return "".join(
        _line(f"{change.id:>{numbers}}{_GAP}{local(change.at):%Y-%m-%d %H:%M}{_GAP}", said, wide,
              safe(change.command), page)
        for change, said in zip(changes, touched, strict=True)
    )  # fmt: skip


def _line(head: str, said: str, wide: int, command: str, page: Page) -> str:
    start = f"{head}{said:<{wide}}{_GAP}"
    if page.columns is None:
        return f"{start}{command}\n"
    left = page.columns - len(start)
    if left >= min(_LEAST, width(command)):
        return f"{start}{_cut(command, left)}\n"
    above = wrap(f"{head}{said}", page.columns, subsequent_indent=_INDENT)
    return "\n".join([*above, f"{_INDENT}{_cut(command, page.columns - len(_INDENT))}", ""])


def _cut(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    while width(text) >= columns:
        text = text[:-1]
    return f"{text}…"


def _touched(change: "Change") -> str:
    counts = (
        (change.entries, "entry", "entries"),
        (change.foods, "food", "foods"),
        (change.days, "day", "days"),
        (change.settings, "setting", "settings"),
    )
    said = [count(*part) for part in counts if part[0]]
    undone = [f"undone by {change.undone_by}"] if change.undone_by else []
    undoes = [f"undoes {change.undoes}"] if change.undoes else []
    return ", ".join([*said, *undone, *undoes]) or "nothing"


def history_json(changes: "Sequence[Change]") -> str:
    """Return the changes as a JSON list; ``at`` is UTC."""
    return json.dumps([change._asdict() for change in changes], indent=2) + "\n"
