"""``k2log undo``: take back a change.

``k2log redo``: take back the latest undo.

``k2log history``: the changes that were made.
"""

from datetime import datetime
from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, page
from k2log.paths import diary_path
from k2log.render.history import history_json, history_text, reverted_text
from k2log.store.diary import open_diary
from k2log.store.undo import changes
from k2log.store.undo import redo as do_again
from k2log.store.undo import undo as take_back

app = App()


@app.command(examples=("undo", "undo 1"))
def undo(
    ctx: Context,
    number: Annotated[
        int | None,
        Argument(metavar="[N]", min=1, max=10**15, help="A change that k2log history lists."),
    ] = None,
) -> None:
    """Take back the newest change, or change N.

    Again, and the one before is taken back.

    All of a change is taken back, or nothing: not what a later change has touched.
    """
    with open_diary(diary_path(ctx.obj.db)) as diary:
        undone = take_back(diary, clock.utc(clock.now()), number)
    emit(reverted_text("took back", undone), "it was taken back")


redo_app = App()


@redo_app.command()
def redo(ctx: Context) -> None:
    """Do again what the latest undo took back.

    While nothing was written since.

    Once more, the undo before that.
    """
    with open_diary(diary_path(ctx.obj.db)) as diary:
        redone = do_again(diary, clock.utc(clock.now()))
    emit(reverted_text("done again", redone), "it was done again")


history_app = App()


@history_app.command()
def history(
    ctx: Context,
    most: Annotated[
        int, Option("-n", metavar="COUNT", min=1, max=10**9, help="How many changes.")
    ] = 20,
    every: Annotated[bool, Option("--all", help="Every change there is.")] = False,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Show the changes made, newest first.

    k2log undo N takes one back.
    """
    with open_diary(diary_path(ctx.obj.db)) as diary:
        newest = changes(diary, None if every else most)
    emit(history_json(newest) if as_json else history_text(newest, _local, page(ctx.obj.plain)))


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone()
