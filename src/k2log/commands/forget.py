"""``k2log forget``: entries erased for good."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note
from k2log.commands.restore import agree
from k2log.errors import UnreadableError
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.store.diary import Diary
    from k2log.store.forget import Erasure

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
    from k2log.store.diary import open_diary
    from k2log.store.forget import erasure, holding
    from k2log.store.forget import forget as erase
    from k2log.views.forget import erasure_text

    path = diary_path(ctx.obj.db)
    with open_diary(path, for_writing=False) as diary:
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
    from k2log.views.forget import consequences, deleted_text

    lines = [f"This erases {what}, for good.", *consequences(found)]
    if doomed:
        lines.append(f"It deletes {deleted_text(len(doomed))}, whole.")
    agree(lines, "Erase it?", "nothing was erased.")


def _tell(held: list[Path], doomed: list[Path], before: str | None, *, dry_run: bool) -> None:
    """Delete the doomed backups, or say which still hold what is forgotten."""
    from k2log.views.forget import backups_left, deleted_text

    if doomed and not dry_run:
        for file in doomed:
            file.unlink(missing_ok=True)
        note(f"deleted {deleted_text(len(doomed))}")
        return
    which = f"--before {before}" if before else "--all"
    for line in backups_left(held, f"k2log forget {which} --backups"):
        note(line)
