"""``k2log import``: entries from a file."""

from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def import_(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="What export wrote, or CSV with day, food, …; - is stdin."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
    update: Annotated[
        bool,
        typer.Option("--update", help="Take entries that differ here, or were removed here, too."),
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out rows that are wrong, and take the others.")
    ] = False,
) -> None:
    """Read entries from CSV or JSON Lines, all or nothing. Those already there are left alone."""
    from k2log.store.bulk import compare, snapshot, stage, take
    from k2log.store.diary import open_diary
    from k2log.transfer.files import opened
    from k2log.transfer.model import Moment
    from k2log.transfer.summary import BadRowsError, remarks, summary

    now = clock.now()
    path = diary_path(ctx.obj.db)
    with opened(file) as source, open_diary(path, for_writing=not dry_run) as diary:
        wrong = stage(diary, source.rows(Moment(diary.day_of(now), now)))
        for remark in remarks(wrong):
            note(remark)
        if wrong.total and not skip_bad:
            raise BadRowsError(wrong.total)
        if dry_run:
            with snapshot(diary):
                outcome = compare(diary)
        else:
            outcome = take(diary, update=update, command=f"import {file}", at=clock.utc(now))
    if not update:
        for remark in remarks(outcome.differences):
            note(remark)
    emit(summary(outcome, wrong.total, update=update, dry_run=dry_run), "the import was done")
