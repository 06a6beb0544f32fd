"""``k2log forget``: entries erased for good."""

from datetime import date
from pathlib import Path
from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import emit, note
from k2log.errors import UnreadableError
from k2log.features.care import erasure
from k2log.features.care.restore import agree
from k2log.grammar.days import day as read_day
from k2log.paths import diary_path
from k2log.science.references import listed
from k2log.store.diary import open_diary
from k2log.text import count, safe

app = App()


@app.command()
def forget(
    ctx: Context,
    before: Annotated[
        str | None,
        Option(metavar="DAY", help="All days before this one: 2024-01-01, yesterday."),
    ] = None,
    every: Annotated[
        bool, Option("--all", help="Everything: your foods, profile and settings too.")
    ] = False,
    backups: Annotated[
        bool, Option("--backups", help="Delete the backups that hold it, too, whole.")
    ] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would go, and change nothing.")
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Erase entries for good.

    With the marks of their days, and what undo kept of them.

    Not a byte of them stays in the diary's file, and k2log undo cannot bring them back. To take
    entries out so that it can: k2log rm
    """
    if (before is None) != every:
        raise UnreadableError("what is to go? For example: k2log forget --before 2024-01-01")
    path = Path(diary_path(ctx.obj.db))
    with open_diary(path, despite_wrong_cells=True) as diary:
        day = None if before is None else read_day(before, diary.day_of(clock.now()))
        loss, holders = erasure.erasure(diary, day), erasure.holding(path, day)
        text = erasure_text(loss, day)
        doomed = holders if backups else []
        if dry_run:
            emit(f"would erase {text}\n", "")
        else:
            if not yes and (any(loss) or doomed):
                _confirm(text, loss, doomed)
            erasure.forget(diary, day)
            emit(f"erased {text}\n", "the entries were erased")
    if doomed and not dry_run:
        erasure.delete(path, doomed)
        note(f"deleted {count(len(doomed), 'backup file')}")
    elif holders:
        which = f"--before {before}" if before else "--all"
        note("These still hold it:")
        for file in holders:
            note(f"    {safe(str(file))}")
        note(f"To delete them, whole: k2log forget {which} --backups")


def erasure_text(loss: erasure.Erasure, before: date | None) -> str:
    """Return what goes: ``12 entries and 2 day marks from before 2026-01-01``."""
    many = "settings (profile and routines too)"
    parts = [
        (loss.entries, "entry", "entries"),
        (loss.removed, "removed entry", "removed entries"),
        (loss.marks, "day mark", "day marks"),
        (loss.foods, "food of your own", "foods of your own"),
        (loss.names, "name of your own", "names of your own"),
        (loss.settings, many.replace("settings", "setting"), many),
    ]
    counts = [count(*part) for part in parts if part[0]]
    when = f" from before {before}" if before else ""
    return f"{listed(counts)}{when}" if counts else f"nothing{when}"


def _confirm(text: str, loss: erasure.Erasure, doomed: list[Path]) -> None:
    """Say what goes for good, and ask. Raises UnconfirmedError where the answer is no."""
    lines = [f"This erases {text}, for good."]
    if loss.changes:
        lines.append(f"Undo loses {count(loss.changes, 'change')}.")
    if loss.lasting:
        lines.append(
            f"{count(loss.lasting, 'dose')} among it would have counted for later days too."
        )
    if doomed:
        lines.append(f"It deletes {count(len(doomed), 'backup file')}, whole.")
    agree(lines, "Erase it?", "nothing was erased.")
