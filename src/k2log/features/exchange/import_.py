"""``k2log import``: entries from a file, k2log's own or another program's.

What an import did, in one line, and the remarks that go before it.
"""

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import copying, emit, note, page, progress
from k2log.errors import K2logError
from k2log.features.exchange.incoming import Listing, Outcome
from k2log.paths import diary_path
from k2log.text import count, pasted

if TYPE_CHECKING:
    from k2log.features.exchange.columns import Asked
    from k2log.features.exchange.elsewhere import Seen
    from k2log.features.exchange.files import Source
    from k2log.store.diary import Diary


class BadRowsError(K2logError):
    """A file with rows that cannot be read."""

    def __init__(self, number: int) -> None:
        """Take how many rows are bad."""
        rows = "1 row is" if number == 1 else f"{number} rows are"
        super().__init__(
            f"{rows} wrong, so nothing was imported. Correct the file, or leave out what is wrong:"
            " --skip-bad"
        )


def remarks(listing: Listing) -> Iterator[str]:
    """Yield the first remarks, and how many more there are."""
    for remark in listing.shown:
        yield f"line {remark.line}: {remark.text}"
    if listing.total > len(listing.shown):
        yield f"and {listing.total - len(listing.shown)} more"


def summary(outcome: Outcome, bad: int, *, update: bool, dry_run: bool) -> str:
    """Return what was imported; or with ``dry_run``, what would be."""
    done = "would import" if dry_run else "imported"
    more = "" if update else " (use --update)"
    changed = f" {'replaced' if update else 'different'}{more}"
    parts = [
        f"{done} {count(outcome.entries, 'entry', 'entries')}",
        _some(outcome.removals, "removal", "removals"),
        _some(outcome.marked, "day mark", "day marks"),
        f"{outcome.same} already there" if outcome.same else "",
        f"{outcome.different}{changed}" if outcome.different else "",
        _removed_here(outcome.removed_here, update=update),
        _some(outcome.marked_otherwise, "day mark", "day marks", changed),
        _some(bad, "bad row left out", "bad rows left out"),
    ]
    return ", ".join(filter(None, parts)) + "\n"


def _removed_here(number: int, *, update: bool) -> str:
    said = "brought back" if update else "removed here (use --update)"
    return f"{number} {said}" if number else ""


def _some(number: int, one: str, many: str, after: str = "") -> str:
    return count(number, one, many) + after if number else ""


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
    from k2log.features.exchange.columns import asked
    from k2log.features.exchange.files import opened
    from k2log.store.diary import open_diary

    gc.enable()  # a large file makes garbage
    said: Asked = asked(origin, maps or [], percents or [], date_order)
    path = diary_path(ctx.obj.db)
    with (
        opened(file, said, clock.local) as source,
        open_diary(path, create=not dry_run) as diary,
    ):
        bad = _stage(diary, source, skip_bad)
        if not (dry_run or no_backup):
            _back_up(diary, update=update)
        outcome = _take(diary, pasted("import", file), update, dry_run)
    if not update:
        _list(outcome.differences)
    _tell(source.seen)
    result = summary(outcome, bad, update=update, dry_run=dry_run)
    first = _first(source.seen, plain_words=ctx.obj.plain) if dry_run else ""
    emit(result + first, "the import was done")


def _stage(diary: "Diary", source: "Source", skip_bad: bool) -> int:
    from k2log.features.exchange.incoming import Moment
    from k2log.features.exchange.store import stage

    now = clock.now()
    with progress() as watch:
        wrong = stage(diary, source.rows(Moment(diary.day_of(now), now), watch))
    _list(wrong)
    if wrong.total and not skip_bad:
        raise BadRowsError(wrong.total)
    return wrong.total


def _back_up(diary: "Diary", *, update: bool) -> None:
    """Back a diary up that has entries, where the staged rows change anything."""
    from k2log.features.exchange.store import compare
    from k2log.store.backup import back_up
    from k2log.store.entries import has_entries

    if not (diary.path and has_entries(diary)):
        return
    with diary.snapshot():
        outcome = compare(diary)
    replaced = update and outcome.differences.total
    if outcome.entries or outcome.removals or outcome.marked or replaced:
        with copying("backing up") as step:
            back_up(diary.path, clock.now(), "import", step=step)


def _take(diary: "Diary", command: str, update: bool, dry_run: bool) -> "Outcome":
    from k2log.features.exchange.store import compare, take

    if not dry_run:
        return take(diary, update=update, command=command, at=clock.utc(clock.now()))
    with diary.snapshot():
        return compare(diary)


def _list(listing: "Listing") -> None:

    for remark in remarks(listing):
        note(remark)


def _tell(seen: "Seen | None") -> None:
    for remark in seen.told() if seen else ():
        note(remark)


def _first(seen: "Seen | None", *, plain_words: bool) -> str:
    """Return how the first entries were understood."""
    if seen is None or not seen.first:
        return ""
    from k2log.render.entries import log_text

    return "".join(["\nThe first read:\n", *log_text(seen.first, page(plain_words))])
