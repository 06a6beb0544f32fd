"""``k2log import``: entries from a file."""

import gc
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.diary.incoming import Listing, Outcome
    from k2log.store.diary import Diary
    from k2log.transfer.files import Source

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
    """Read entries from CSV or JSON Lines, all or nothing.

    Entries that are already there are left alone.
    """
    from k2log.store.diary import open_diary
    from k2log.transfer.files import opened
    from k2log.transfer.summary import summary

    gc.enable()  # a large file makes garbage
    path = diary_path(ctx.obj.db)
    with opened(file) as source, open_diary(path, for_writing=not dry_run) as diary:
        bad = _stage(diary, source, skip_bad)
        outcome = _take(diary, f"import {file}", update, dry_run)
    if not update:
        _list(outcome.differences)
    emit(summary(outcome, bad, update=update, dry_run=dry_run), "the import was done")


def _stage(diary: "Diary", source: "Source", skip_bad: bool) -> int:
    from k2log.diary.incoming import Moment
    from k2log.store.bulk import stage
    from k2log.transfer.summary import BadRowsError

    now = clock.now()
    wrong = stage(diary, source.rows(Moment(diary.day_of(now), now)))
    _list(wrong)
    if wrong.total and not skip_bad:
        raise BadRowsError(wrong.total)
    return wrong.total


def _take(diary: "Diary", command: str, update: bool, dry_run: bool) -> "Outcome":
    from k2log.store.bulk import compare, snapshot, take

    if not dry_run:
        return take(diary, update=update, command=command, at=clock.utc(clock.now()))
    with snapshot(diary):
        return compare(diary)


def _list(listing: "Listing") -> None:
    from k2log.transfer.summary import remarks

    for remark in remarks(listing):
        note(remark)
