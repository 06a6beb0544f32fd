"""``k2log backup``: a verified copy of the diary.

Backups as text: what was made, which there are, and what restoring one changes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from k2log import clock
from k2log.commands.output import copying, emit
from k2log.errors import UnreadableError
from k2log.paths import diary_path
from k2log.text import safe

if TYPE_CHECKING:
    from k2log.features.care.restoring import Plan
    from k2log.store.backup import Backup
    from k2log.store.file import Contents

_BEFORE: Final = {"import": "before an import", "restore": "before a restore"}


def made_text(backup: "Backup") -> str:
    """Return where a backup is, and what it holds."""
    held = held_text(backup.contents)
    return f"backed up {held}, {size_text(backup.size)}, to {safe(str(backup.path))}\n"


def backups_text(
    path: Path, backups: "Sequence[Backup]", local: Callable[[datetime], datetime]
) -> str:
    """Return a line for each backup, with its file below it."""
    if not backups:
        return f"There are no backups of {safe(str(path))}. To make one: k2log backup\n"
    listed = (
        f"{local(each.made):%Y-%m-%d %H:%M}  {_why(each.before)}, {held_text(each.contents)},"
        f" {size_text(each.size)}\n    {safe(str(each.path))}\n"
        for each in backups
    )
    return "".join([*listed, "To make the diary what one of them holds: k2log restore FILE\n"])


def _why(before: str) -> str:
    if before.startswith("schema-"):
        return f"before the upgrade to {before.replace('-', ' ')}"
    return _BEFORE.get(before, f"before {safe(before)}" if before else "by hand")


def held_text(held: "Contents | None") -> str:
    """Return how many entries there are, and of which day the last: ``2 entries, last …``."""
    if held is None:
        return "cannot be read"
    entries = f"{held.entries} {'entry' if held.entries == 1 else 'entries'}"
    return f"{entries}, the last of {held.last_day}" if held.last_day else entries


def size_text(size: int) -> str:
    """Return a size: ``1.2 MB``."""
    return f"{size / 1e6:,.1f} MB"


def plan_text(planned: "Plan") -> list[str]:
    """Return what restoring would change, in lines."""
    then = f"The backup holds {held_text(planned.then)}."
    if planned.fault:
        return [then, f"The diary is damaged ({safe(planned.fault)}), and would be set aside."]
    if planned.now is None:
        return [then, "There is no diary now."]
    return [then, f"The diary now holds {held_text(planned.now)}; a backup of it is made first."]


def restored_text(planned: "Plan", kept: Path | None) -> str:
    """Return what was restored, and where the diary as it was is kept."""
    lines = [f"restored {held_text(planned.then)}"]
    if planned.fault:
        lines += [
            f"the damaged diary is kept as {safe(str(kept))}",
            f"what can be read of it: k2log --db {safe(str(kept))} doctor --export FILE",
            "and to add that: k2log import FILE",
        ]
    elif planned.now:
        lines += [f"before, it held {held_text(planned.now)}: kept as {safe(str(kept))}"]
    return "".join(f"{line}\n" for line in lines)


app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def backup(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Else backups/ beside the diary."),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=10_000, help="How many made by hand stay in backups/; 10."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Copy the diary, verify the copy, and keep the newest ten.

    Works while other programs write. Bring one back: k2log restore FILE
    """
    from k2log.store.backup import KEPT, back_up, back_up_to, check_diary

    if output and keep:
        raise UnreadableError("--keep counts the backups in backups/; leave out either -o or it.")
    path, now = diary_path(ctx.obj.db), clock.now()
    check_diary(path)
    with copying("backing up") as step:
        if output:
            made = back_up_to(path, output, now, replace=force, step=step)
        else:
            made = back_up(path, now, keep=keep or KEPT, step=step)
    emit(made_text(made), "the backup was made")
