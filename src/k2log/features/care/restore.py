"""``k2log restore``: the diary as a backup holds it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import copying, emit, interactive, note
from k2log.errors import K2logError
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class UnconfirmedError(K2logError):
    """A diary that nobody said should be replaced."""


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A backup. Nothing: which backups there are."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Make the diary what a backup holds; as it is now it is backed up first.

    The backup is checked before anything is touched. k2log undo does not take this back: restore
    the backup that was made first.
    """
    from k2log.features.care.backup import backups_text, plan_text, restored_text
    from k2log.features.care.restoring import plan
    from k2log.features.care.restoring import restore as carry_out
    from k2log.store.backup import backups

    path = diary_path(ctx.obj.db)
    if file is None:
        emit(backups_text(path, backups(path), datetime.astimezone))
        return
    planned = plan(path, file)
    if not yes:
        agree(plan_text(planned), "Restore the backup?", "the diary was left as it is.")
    with copying("restoring") as step:
        kept = carry_out(planned, clock.now(), step)
    emit(restored_text(planned, kept), "the diary was restored")


def agree(lines: Sequence[str], question: str, otherwise: str) -> None:
    """Say what would change, and ask. Raises UnconfirmedError where the answer is no."""
    if not interactive():
        raise UnconfirmedError(f"{' '.join(lines)} If that is right, add --yes.")
    for line in lines:
        note(line)
    if not typer.confirm(question, err=True):
        raise UnconfirmedError(otherwise)
