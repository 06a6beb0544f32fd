"""``k2log history``: the changes that were made."""

from datetime import datetime
from typing import Annotated

import typer

from k2log.commands.output import emit
from k2log.commands.page import page
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def history(
    ctx: typer.Context,
    most: Annotated[
        int, typer.Option("-n", metavar="COUNT", min=1, max=10**9, help="How many changes.")
    ] = 20,
    every: Annotated[bool, typer.Option("--all", help="Every change there is.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Show the changes that were made, newest first: what k2log undo N takes back."""
    from k2log.store.diary import open_diary
    from k2log.store.history import changes
    from k2log.views.history import history_json, history_text

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        found = changes(diary, None if every else most)
    emit(history_json(found) if as_json else history_text(found, _local, page(ctx.obj.plain)))


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone()
