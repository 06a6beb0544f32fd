"""What forgetting erases, in words."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from k2log.grammar.text import safe
from k2log.science.held import listed
from k2log.science.wording import count

if TYPE_CHECKING:
    from k2log.store.forget import Erasure


def erasure_text(found: "Erasure", before: date | None) -> str:
    """Return what goes: ``12 entries and 2 day marks from before 2026-01-01``."""
    parts = [
        (found.entries, "entry", "entries"),
        (found.removed, "removed entry", "removed entries"),
        (found.marks, "day mark", "day marks"),
        (found.foods, "food of your own", "foods of your own"),
        (found.names, "name of your own", "names of your own"),
        (
            found.settings,
            "setting (profile and routines too)",
            "settings (profile and routines too)",
        ),
    ]
    said = [count(*part) for part in parts if part[0]]
    when = f" from before {before}" if before else ""
    return f"{listed(said)}{when}" if said else f"nothing{when}"


def consequences(found: "Erasure") -> list[str]:
    """Return what is to be known before: what undo loses, and doses that still count."""
    lines = []
    if found.changes:
        lines.append(f"Undo loses {count(found.changes, 'change', 'changes')}.")
    if found.lasting:
        doses = count(found.lasting, "dose", "doses")
        lines.append(f"{doses} among it would have counted for later days too.")
    return lines


def backups_left(holding: Sequence[Path], way: str) -> list[str]:
    """Return which files still hold what is forgotten, and how to delete them."""
    if not holding:
        return []
    return [
        "These still hold it:",
        *(f"    {safe(str(file))}" for file in holding),
        f"To delete them, whole: {way}",
    ]


def deleted_text(files: int) -> str:
    """Return how many backups were or would be deleted."""
    return count(files, "backup file", "backup files")
