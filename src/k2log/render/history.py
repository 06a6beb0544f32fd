"""Changes as text: what undo and redo did, and the list of all that was done."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from textwrap import wrap
from typing import Final

from k2log.config import DOCUMENTS
from k2log.diary.changes import ChangeRecord, Touched
from k2log.render.layout import columns, width
from k2log.render.page import Page
from k2log.text import count, safe, shown

_LEAST: Final = 24
_INDENT: Final = "    "


def reverted_text(did: str, touched: Touched) -> str:
    """Return what was taken back or done again: ``took back: rm 2  (entry 2, Egg)``."""
    what = "; ".join(_names(touched))
    return f"{did}: {shown(touched.change.command, 200)}{f'  ({safe(what)})' if what else ''}\n"


def _names(touched: Touched) -> Iterator[str]:
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


def history_text(
    changes: Sequence[ChangeRecord], local: Callable[[str], datetime], page: Page
) -> str:
    """Return a line a change; on a narrow page the command stands below it."""
    if not changes:
        return "Nothing was changed yet.\n"
    heads = columns(
        [(str(it.id), f"{local(it.at):%Y-%m-%d %H:%M}", _counts(it)) for it in changes], right={0}
    )
    return "".join(
        _line(head, safe(change.command), page) for head, change in zip(heads, changes, strict=True)
    )


def _line(head: str, command: str, page: Page) -> str:
    if page.columns is None:
        return f"{head}  {command}\n"
    left = page.columns - len(head) - 2
    if left >= min(_LEAST, width(command)):
        return f"{head}  {_cut(command, left)}\n"
    above = wrap(head, page.columns, subsequent_indent=_INDENT)
    return "\n".join([*above, f"{_INDENT}{_cut(command, page.columns - len(_INDENT))}", ""])


def _cut(text: str, to: int) -> str:
    if width(text) <= to:
        return text
    while width(text) >= to:
        text = text[:-1]
    return f"{text}…"


def _counts(change: ChangeRecord) -> str:
    """Return how much of each kind a change touched, and which change it is the undoing of."""
    counts = (
        (change.entries, "entry", "entries"),
        (change.foods, "food", "foods"),
        (change.days, "day", "days"),
        (change.settings, "setting", "settings"),
    )
    parts = [count(*part) for part in counts if part[0]]
    parts += [f"undone by {change.undone_by}"] if change.undone_by else []
    parts += [f"undoes {change.undoes}"] if change.undoes else []
    return ", ".join(parts) or "nothing"


def history_json(changes: Sequence[ChangeRecord]) -> str:
    """Return the changes as a JSON list; ``at`` is UTC."""
    return json.dumps([change._asdict() for change in changes], indent=2) + "\n"
