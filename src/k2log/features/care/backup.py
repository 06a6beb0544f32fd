"""``k2log backup``: a verified copy of the diary."""

from pathlib import Path
from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import copying, emit
from k2log.errors import UnreadableError
from k2log.paths import diary_path
from k2log.store.backup import KEEP, back_up, back_up_to, check_diary
from k2log.store.file import Contents
from k2log.text import count, megabytes, safe

app = App()


@app.command()
def backup(
    ctx: Context,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FILE", help="Else backups/ beside the diary."),
    ] = None,
    keep: Annotated[
        int | None,
        Option(metavar="N", min=1, max=10_000, help="How many made by hand stay in backups/; 10."),
    ] = None,
    force: Annotated[bool, Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Copy the diary, and verify the copy.

    The newest ten are kept.

    Works while other programs write. Bring one back: k2log restore FILE
    """
    if output and keep:
        raise UnreadableError("--keep counts the backups in backups/; leave out either -o or it.")
    path, now = Path(diary_path(ctx.obj.db)), clock.now()
    check_diary(path)
    with copying("backing up") as step:
        if output:
            copy = back_up_to(path, output, now, replace=force, step=step)
        else:
            copy = back_up(path, now, keep=keep or KEEP, step=step)
    what = f"{contents_text(copy.contents)}, {megabytes(copy.size)}"
    emit(f"backed up {what}, to {safe(str(copy.path))}\n", "the backup was made")


def contents_text(contents: Contents | None) -> str:
    """Return what a diary holds: ``2 entries, the last of 2026-11-21``."""
    if contents is None:
        return "cannot be read"
    entries = count(contents.entries, "entry", "entries")
    return f"{entries}, the last of {contents.last_day}" if contents.last_day else entries
