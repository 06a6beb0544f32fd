"""``k2log path``: where the diary lives."""

import typer

from k2log.commands.output import emit
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def path(ctx: typer.Context) -> None:
    """Print where the diary lives."""
    emit(f"{diary_path(ctx.obj.db).absolute()}\n")
