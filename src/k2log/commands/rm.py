"""``k2log rm``: remove entries by their ids."""

from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def rm(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Entry ids, as `k2log log` shows: 12 14-16")
    ],
) -> None:
    """Remove entries; k2log undo brings them back."""
    from k2log.grammar.ids import entry_ids
    from k2log.store.diary import open_diary
    from k2log.store.entries import remove_entries
    from k2log.views.lines import removed_text

    wanted = entry_ids(ids)
    with open_diary(diary_path(ctx.obj.db), for_writing=True) as diary:
        command = f"rm {' '.join(ids)}"
        removed = remove_entries(diary, wanted, command, clock.utc(clock.now()))
    emit(removed_text(removed), "they were removed")
