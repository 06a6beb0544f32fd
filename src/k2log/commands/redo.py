"""``k2log redo``: take back the latest undo."""

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def redo(ctx: typer.Context) -> None:
    """Do again what the latest undo took back, while nothing was written since.

    Once more, the undo before that.
    """
    from k2log.store.diary import open_diary
    from k2log.store.undo import redo as do_again
    from k2log.views.history import reverted_text

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        redone = do_again(diary, clock.utc(clock.now()))
    emit(reverted_text("done again", redone), "it was done again")
