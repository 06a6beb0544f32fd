"""``k2log forget``: entries erased for good.

What forgetting erases, in words.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note
from k2log.errors import UnreadableError
from k2log.features.care.restore import agree
from k2log.paths import diary_path
from k2log.science.references import listed
from k2log.text import count, safe

if TYPE_CHECKING:
    from k2log.features.care.erasure import Erasure
    from k2log.store.diary import Diary


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


app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def forget(
    ctx: typer.Context,
    before: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="All days before this one: 2024-01-01, yesterday."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Everything: your foods, profile and settings too.")
    ] = False,
    backups: Annotated[
        bool, typer.Option("--backups", help="Delete the backups that hold it, too, whole.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Erase entries for good, with day marks and what undo kept of them.

    Not a byte of them stays in the diary's file, and k2log undo cannot bring them back. To take
    entries out so that it can: k2log rm
    """
    from k2log.features.care.erasure import erasure, holding
    from k2log.features.care.erasure import forget as erase
    from k2log.store.diary import open_diary

    path = diary_path(ctx.obj.db)
    with open_diary(path) as diary:
        day = _day(diary, before, every=every)
        found, held = erasure(diary, day), holding(path, day)
        what = erasure_text(found, day)
        doomed = held if backups else []
        if dry_run:
            emit(f"would erase {what}\n", "")
        else:
            if not yes and (any(found) or doomed):
                _confirm(what, found, doomed)
            erase(diary, day)
            emit(f"erased {what}\n", "the entries were erased")
    _tell(held, doomed, before, dry_run=dry_run)


def _day(diary: "Diary", before: str | None, *, every: bool) -> date | None:
    """Return the day before which all goes; None if everything does. Raises UnreadableError."""
    from k2log.grammar.days import day

    if (before is None) != every:
        raise UnreadableError("what is to go? For example: k2log forget --before 2024-01-01")
    return None if before is None else day(before, diary.day_of(clock.now()))


def _confirm(what: str, found: "Erasure", doomed: list[Path]) -> None:
    """Say what goes for good, and ask. Raises UnconfirmedError where the answer is no."""
    lines = [f"This erases {what}, for good.", *consequences(found)]
    if doomed:
        lines.append(f"It deletes {deleted_text(len(doomed))}, whole.")
    agree(lines, "Erase it?", "nothing was erased.")


def _tell(held: list[Path], doomed: list[Path], before: str | None, *, dry_run: bool) -> None:
    """Delete the doomed backups, or say which still hold what is forgotten."""
    if doomed and not dry_run:
        for file in doomed:
            file.unlink(missing_ok=True)
        note(f"deleted {deleted_text(len(doomed))}")
        return
    which = f"--before {before}" if before else "--all"
    for line in backups_left(held, f"k2log forget {which} --backups"):
        note(line)
