"""``k2log import``: entries from a file, k2log's own or another program's."""

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from k2log import clock
from k2log.commands import bad_parameter
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.offers import one_of
from k2log.commands.output import copying, emit, note, page, progress
from k2log.errors import K2logError
from k2log.features.exchange.cells import DAY_ORDERS, Moment
from k2log.features.exchange.definition_store import names_meaning_two
from k2log.features.exchange.foreign import Tally
from k2log.features.exchange.formats import (
    ORIGINS,
    import_options,
    import_source,
    programs,
    readable,
)
from k2log.features.exchange.rows import Listing
from k2log.features.exchange.store import ImportOutcome, compare, days_to_come, stage, take
from k2log.paths import diary_path
from k2log.store.backup import back_up
from k2log.store.diary import Diary, open_diary
from k2log.store.entries import has_entries
from k2log.text import count, pasted

app = App()

_HELP = f"""Read entries from a file, all or nothing.

From {readable()}. What a file does not say stays unknown. Entries that are already there are left
alone. Before anything changes, the diary is backed up.
"""


class BadRowsError(K2logError):
    """A file with rows that cannot be read."""

    def __init__(self, number: int) -> None:
        """Take how many rows are bad."""
        rows = "1 row is" if number == 1 else f"{number} rows are"
        super().__init__(
            f"{rows} wrong, so nothing was imported. Correct the file, or leave out what is wrong:"
            " --skip-bad"
        )


def _origin(value: str | None) -> str | None:
    return _one_of(value, ORIGINS)


def _date_order(value: str | None) -> str | None:
    return _one_of(value, DAY_ORDERS)


def _one_of(value: str | None, choices: Iterable[str]) -> str | None:
    if value is not None and value not in choices:
        raise bad_parameter(f"'{value}' is none of {', '.join(choices)}")
    return value


@app.command(help=_HELP)
def import_(
    ctx: Context,
    file: Annotated[
        str,
        Argument(
            metavar="FILE",
            help=f"What {', '.join(programs()[:-1])} or {programs()[-1]} wrote, or any CSV;"
            " - is stdin.",
        ),
    ],
    origin: Annotated[
        str | None,
        Option(
            "--from",
            metavar="PROGRAM",
            callback=_origin,
            autocompletion=one_of(*ORIGINS),
            help=f"{', '.join(ORIGINS[:-1])} or {ORIGINS[-1]}; else told from the columns.",
        ),
    ] = None,
    maps: Annotated[
        list[str] | None,
        Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What a column holds: Date=day, Item=food, Ca=calcium_mg, D=vitamin_d_iu."
            " Repeatable.",
        ),
    ] = None,
    percents: Annotated[
        list[str] | None,
        Option(
            "--percent-of",
            metavar="NUTRIENT=AMOUNT",
            help="What 100 % are in a column without a unit: calcium=1300mg. Repeatable.",
        ),
    ] = None,
    date_order: Annotated[
        str | None,
        Option(
            metavar="ORDER",
            callback=_date_order,
            autocompletion=one_of("dmy", "mdy"),
            help="dmy or mdy, for days like 03/04/2026 where the file does not tell.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
    update: Annotated[
        bool,
        Option(
            "--update",
            help="Take entries that differ here, or were removed here, unless that was later.",
        ),
    ] = False,
    skip_bad: Annotated[
        bool, Option("--skip-bad", help="Leave out rows that are wrong, and take the others.")
    ] = False,
    no_backup: Annotated[
        bool, Option("--no-backup", help="Make no backup of the diary first.")
    ] = False,
) -> None:
    """Read entries from a file, all or nothing; what is read is said in the registry of formats."""
    gc.enable()  # a large file makes garbage
    options = import_options(origin, maps or [], percents or [], date_order)
    path = diary_path(ctx.obj.db)
    with (
        import_source(file, options) as source,
        open_diary(path, create=not dry_run) as diary,
    ):
        now = clock.now()
        with progress() as watch:
            wrong = stage(diary, source.rows(Moment(diary.day_of(now), now, clock.local), watch))
        if ahead := days_to_come(diary, diary.day_of(now)):
            rows = count(ahead, "row is of a day", "rows are of days")
            note(f"{rows} to come by this clock; another clock or time zone wrote so")
        _list(wrong)
        if wrong.total and not skip_bad:
            raise BadRowsError(wrong.total)
        if not (dry_run or no_backup):
            _back_up(diary, update=update)
        if dry_run:
            with diary.snapshot():
                outcome = compare(diary)
        else:
            command, at = pasted("import", file), clock.utc(clock.now())
            outcome = take(diary, update=update, command=command, at=at)
            if outcome.foods or outcome.redefined:
                for remark in names_meaning_two(diary):
                    note(f"{remark}; k2log will ask which")
    _list(outcome.differences)
    if outcome.is_empty and not wrong.total:
        note("the file holds no rows, only the names of columns")
    for remark in source.tally.remarks() if source.tally else ():
        note(remark)
    result = summary(outcome, wrong.total, update=update, dry_run=dry_run)
    if dry_run:
        result += _first_entries(source.tally, plain_words=ctx.obj.plain)
    emit(result, "the import was done")


def _back_up(diary: Diary, *, update: bool) -> None:
    """Back a diary up that has entries, where the staged rows change anything."""
    if not (diary.path and has_entries(diary)):
        return
    with diary.snapshot():
        changes = compare(diary).changes(update=update)
    if changes:
        with copying("backing up") as step:
            back_up(Path(diary.path), clock.now(), "import", step=step)


def _list(listing: Listing) -> None:
    """Write the first remarks to stderr, and how many more there are."""
    for remark in listing.shown:
        note(f"line {remark.line}: {remark.text}")
    if listing.total > len(listing.shown):
        note(f"and {listing.total - len(listing.shown)} more")


def summary(outcome: ImportOutcome, bad: int, *, update: bool, dry_run: bool) -> str:
    """Return what was imported; or with ``dry_run``, what would be. ``bad`` rows were left out."""
    done = "would import" if dry_run else "imported"
    changed = " replaced" if update else " different (use --update)"
    taken = " and replaced" if update else " (use --update)"
    redefined = "foods and settings"
    here = "brought back" if update else "removed here (use --update)"
    marks = outcome.marked_otherwise
    parts = [
        (1, f"{done} {count(outcome.entries, 'entry', 'entries')}"),
        (outcome.removals, count(outcome.removals, "removal")),
        (outcome.marked, count(outcome.marked, "day mark")),
        (outcome.foods, count(outcome.foods, "food")),
        (outcome.settings, count(outcome.settings, "setting")),
        (outcome.same, f"{outcome.same} already there"),
        (outcome.different, f"{outcome.different}{changed}"),
        (outcome.corrected, f"{outcome.corrected} corrected there{taken}"),
        (outcome.removed_here, f"{outcome.removed_here} {here}"),
        (marks, count(marks, "day mark") + changed),
        (outcome.redefined, count(outcome.redefined, "food or setting", redefined) + changed),
        (outcome.newer_here, f"{outcome.newer_here} newer here"),
        (bad, count(bad, "bad row left out", "bad rows left out")),
    ]
    return ", ".join(text for number, text in parts if number) + "\n"


def _first_entries(tally: Tally | None, *, plain_words: bool) -> str:
    """Return how the first entries of another program's table were understood."""
    if tally is None or not tally.first:
        return ""
    from k2log.render.entries import log_text  # only --dry-run shows entries

    return "".join(["\nThe first read:\n", *log_text(tally.first, page(plain_words))])
