"""``k2log undo``: take back a change."""

from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def undo(
    ctx: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[N]", min=1, max=10**15, help="A change that k2log history lists."),
    ] = None,
) -> None:
    """Take back the newest change; again, the one before; or change N.

    All of a change is taken back, or nothing: not what a later change has touched.
    """
    from k2log.store.diary import open_diary
    from k2log.store.undo import undo as take_back
    from k2log.views.history import reverted_text

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        undone = take_back(diary, clock.utc(clock.now()), number)
    emit(reverted_text("took back", undone), "it was taken back")
