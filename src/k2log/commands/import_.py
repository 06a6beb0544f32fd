"""``k2log import``: entries from a file, k2log's own or another program's."""

import gc
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.backup import watched
from k2log.commands.output import emit, note
from k2log.commands.page import page
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.diary.incoming import Listing, Outcome
    from k2log.store.diary import Diary
    from k2log.transfer.elsewhere.asked import Asked
    from k2log.transfer.elsewhere.seen import Seen
    from k2log.transfer.files import Source
    from k2log.transfer.tables.model import Watch

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_ORIGINS = ("cronometer", "myfitnesspal", "csv", "k2log")
_DATE_ORDERS = ("dmy", "mdy")


def _origin(value: str | None) -> str | None:
    return _one_of(value, _ORIGINS)


def _date_order(value: str | None) -> str | None:
    return _one_of(value, _DATE_ORDERS)


def _one_of(value: str | None, known: tuple[str, ...]) -> str | None:
    if value is not None and value not in known:
        raise typer.BadParameter(f"'{value}' is none of {', '.join(known)}")
    return value


@app.command()
def import_(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="What k2log export, Cronometer or MyFitnessPal wrote, or any CSV; - is stdin.",
        ),
    ],
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PROGRAM",
            callback=_origin,
            help="cronometer, myfitnesspal, csv or k2log; else told from the columns.",
        ),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What a column holds: Date=day, Item=food, Ca=calcium_mg, D=vitamin_d_iu."
            " Repeatable.",
        ),
    ] = None,
    percents: Annotated[
        list[str] | None,
        typer.Option(
            "--percent-of",
            metavar="NUTRIENT=AMOUNT",
            help="What 100 % are in a column without a unit: calcium=1300mg. Repeatable.",
        ),
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option(
            metavar="ORDER",
            callback=_date_order,
            help="dmy or mdy, for days like 03/04/2026 where the file does not tell.",
        ),
    ] = None,
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
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="Make no backup of the diary first.")
    ] = False,
) -> None:
    """Read entries from a file, all or nothing.

    From k2log's own CSV or JSON Lines; Cronometer's servings.csv; MyFitnessPal's nutrition
    summary; or any other CSV with --map. What a file does not say stays unknown. Entries that are
    already there are left alone. Before anything changes, the diary is backed up.
    """
    from k2log.store.diary import open_diary
    from k2log.transfer.elsewhere.asked import asked
    from k2log.transfer.files import opened
    from k2log.transfer.summary import summary

    gc.enable()  # a large file makes garbage
    said: Asked = asked(origin, maps or [], percents or [], date_order)
    path = diary_path(ctx.obj.db)
    with (
        opened(file, said, clock.local) as source,
        open_diary(path, for_writing=not dry_run) as diary,
    ):
        bad = _stage(diary, source, skip_bad)
        if not (dry_run or no_backup):
            _back_up(diary, update=update)
        outcome = _take(diary, f"import {file}", update, dry_run)
    if not update:
        _list(outcome.differences)
    _tell(source.seen)
    result = summary(outcome, bad, update=update, dry_run=dry_run)
    first = _first(source.seen, plain_words=ctx.obj.plain) if dry_run else ""
    emit(result + first, "the import was done")


def _stage(diary: "Diary", source: "Source", skip_bad: bool) -> int:
    from k2log.diary.incoming import Moment
    from k2log.store.bulk import stage
    from k2log.transfer.summary import BadRowsError

    now = clock.now()
    with _watched() as watch:
        wrong = stage(diary, source.rows(Moment(diary.day_of(now), now), watch))
    _list(wrong)
    if wrong.total and not skip_bad:
        raise BadRowsError(wrong.total)
    return wrong.total


def _watched() -> "AbstractContextManager[Watch]":
    if sys.stderr.isatty():
        from k2log.views.progress import bar

        return bar()
    from k2log.transfer.tables.model import Unwatched

    return nullcontext(Unwatched())


def _back_up(diary: "Diary", *, update: bool) -> None:
    """Back a diary up that has entries, where the staged rows change anything."""
    from k2log.store.backup import back_up, has_entries
    from k2log.store.bulk import compare

    if not (diary.path and has_entries(diary)):
        return
    with diary.snapshot():
        outcome = compare(diary)
    replaced = update and outcome.differences.total
    if outcome.entries or outcome.removals or outcome.marked or replaced:
        with watched("backing up") as step:
            back_up(diary.path, clock.now(), "import", step=step)


def _take(diary: "Diary", command: str, update: bool, dry_run: bool) -> "Outcome":
    from k2log.store.bulk import compare, take

    if not dry_run:
        return take(diary, update=update, command=command, at=clock.utc(clock.now()))
    with diary.snapshot():
        return compare(diary)


def _list(listing: "Listing") -> None:
    from k2log.transfer.summary import remarks

    for remark in remarks(listing):
        note(remark)


def _tell(seen: "Seen | None") -> None:
    for remark in seen.told() if seen else ():
        note(remark)


def _first(seen: "Seen | None", *, plain_words: bool) -> str:
    """Return how the first entries were understood."""
    if seen is None or not seen.first:
        return ""
    from k2log.views.lines import log_text

    return "".join(["\nThe first read:\n", *log_text(seen.first, page(plain_words))])
