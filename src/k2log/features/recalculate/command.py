"""``k2log recalculate``: entries by the figures that their foods have today."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from k2log import clock
from k2log.commands.edit import ManyError
from k2log.commands.output import emit, interactive, note, page
from k2log.commands.window import WindowOptions, with_window
from k2log.errors import UnreadableError
from k2log.paths import diary_path
from k2log.text import pasted

if TYPE_CHECKING:
    from k2log.store.diary import Diary

_SHOWN: Final = 20
_MANY: Final = 20

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
@with_window
def recalculate(
    ctx: typer.Context,
    *,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Entry ids, as `k2log log` shows: 12 14-16"),
    ] = None,
    window: WindowOptions,
    every: Annotated[
        bool, typer.Option("--all", help=f"List every entry, not the first {_SHOWN}.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=f"Change more than {_MANY}, too.")
    ] = False,
) -> None:
    """Work entries out again: recalculate 12 14-16, recalculate --month.

    Food and amount stay as they were typed; the figures become those the foods have today. An
    entry whose food is gone stays as it is. One change, which k2log undo takes back.
    """
    from k2log.diary.recalculation import recalculation_totals
    from k2log.features.recalculate.store import recalculations, save_recalculated
    from k2log.features.recalculate.view import recalculated_text
    from k2log.store.diary import open_diary

    command = _command(ids or [], window)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        chosen = _chosen(diary, ids or [], window)
        found = recalculation_totals(recalculations(diary, chosen), None if every else _SHOWN)
        writing = bool(found.changed) and not dry_run
        if writing and found.changed > _MANY and not yes:
            _confirm(recalculated_text(found, page(ctx.obj.plain), done=False), found.changed)
        if writing:
            save_recalculated(diary, chosen, found.changed, command, clock.utc(clock.now()))
    text = recalculated_text(found, page(ctx.obj.plain), done=writing)
    emit(text, "the entries were changed" if writing else "")


def _command(ids: list[str], window: WindowOptions) -> str:
    """Return what was typed. Raises UnreadableError unless it names entries in one way."""
    options = [*window.typed()]
    if ids and options:
        raise UnreadableError("give either entry ids or a window, not both.")
    if not ids and not options:
        raise UnreadableError(
            "which entries? Give ids or a window: k2log recalculate 12 14-16, or --week, or"
            " --from 1nov"
        )
    return pasted("recalculate", *ids, *options)


def _chosen(diary: "Diary", ids: list[str], window: WindowOptions) -> list[int]:
    from k2log.features.recalculate.store import ids_between, ids_in
    from k2log.grammar.ids import entry_spans

    if ids:
        return ids_in(diary, entry_spans(ids))
    return ids_between(diary, window.period(diary.day_of(clock.now()), "day"))


def _confirm(text: str, changed: int) -> None:
    """Ask before many entries are changed. Raises ManyError where the answer is no."""
    many = f"{changed} entries would be changed."
    if not interactive():
        raise ManyError(f"{many} If that is right, add --yes; --dry-run shows them.")
    for line in text.splitlines():
        note(line)
    if not typer.confirm(f"{many} Go on?", err=True):
        raise ManyError(f"{many} Nothing was written.")
