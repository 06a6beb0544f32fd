"""``k2log path``: where the diary lives."""

from k2log.commands.declaration import App, Context
from k2log.commands.output import emit
from k2log.paths import diary_path

app = App()


@app.command()
def path(ctx: Context) -> None:
    """Print where the diary lives."""
    emit(f"{diary_path(ctx.obj.db)}\n")
