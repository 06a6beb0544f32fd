"""``k2log backup``: a verified copy of the diary."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.errors import UnreadableError
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.store.backup import Step

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
    from k2log.views.backups import made_text

    if output and keep:
        raise UnreadableError("--keep counts the backups in backups/; leave out either -o or it.")
    path, now = diary_path(ctx.obj.db), clock.now()
    check_diary(path)
    with watched("backing up") as step:
        if output:
            made = back_up_to(path, output, now, replace=force, step=step)
        else:
            made = back_up(path, now, keep=keep or KEPT, step=step)
    emit(made_text(made), "the backup was made")


@contextmanager
def watched(what: str) -> "Iterator[Step | None]":
    """Show on a terminal how far copying is."""
    if not sys.stderr.isatty():
        yield None
        return
    from k2log.views.progress import bar

    with bar() as shown:
        at: list[int] = []

        def step(left: int, pages: int) -> None:
            if not at:
                shown.begin(what, pages)
                at.append(pages)
            shown.advance(at.pop() - left)
            at.append(left)

        yield step
