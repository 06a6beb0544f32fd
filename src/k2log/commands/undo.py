"""``k2log undo``: take back the newest change."""

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.errors import K2logError
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def undo(ctx: typer.Context) -> None:
    """Take back the newest change; again, the one before."""
    from k2log.store.diary import open_diary
    from k2log.store.undo import undo as take_back

    with open_diary(diary_path(ctx.obj.db), for_writing=True) as diary:
        undone = take_back(diary, clock.utc(clock.now()))
    if undone is None:
        raise K2logError("there is nothing to undo.")
    entries = f"{undone.entries} {'entry' if undone.entries == 1 else 'entries'}"
    touched = f"  ({entries})" if undone.entries else ""
    emit(f"undone: {undone.command}{touched}\n", "it was undone")
