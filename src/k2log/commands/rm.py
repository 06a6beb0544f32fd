"""``k2log rm``: remove entries by their ids."""

from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.commands.selecting import selected
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def rm(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Entry ids, as `k2log log` shows: 12 14-16")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove more than 50, too.")] = False,
) -> None:
    """Remove entries; k2log undo brings them back.

    Of a range, those that are there. All are removed, or none.
    """
    from k2log.grammar.ids import entry_spans
    from k2log.store.diary import open_diary
    from k2log.store.entries import remove_entries
    from k2log.views.lines import removed_text

    spans = entry_spans(ids)
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        found = [entry.id or 0 for entry in selected(diary, spans, "removed", yes=yes)]
        command = f"rm {' '.join(ids)}"
        removed = remove_entries(diary, found, command, clock.utc(clock.now()))
    emit(removed_text(removed), "they were removed")
