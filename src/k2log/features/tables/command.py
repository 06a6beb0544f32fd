"""``k2log foods import``: an official food table that the user has downloaded."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from k2log import clock
from k2log.commands import bad_parameter
from k2log.commands.declaration import Argument, Context, Option
from k2log.commands.offers import one_of
from k2log.commands.output import emit, note, progress
from k2log.features.tables.formats import FORMATS, NAMES, find_table, listed, table_files
from k2log.paths import diary_path
from k2log.store.diary import open_diary
from k2log.text import count, pasted

if TYPE_CHECKING:
    from k2log.features.tables.model import FoodCounts, Leftovers


def _format_name(value: str | None) -> str | None:
    if value is not None and value not in NAMES:
        raise bad_parameter(f"'{value}' is none of {', '.join(NAMES)}")
    return value


def import_foods(  # noqa: D103 - its docstring is made below
    ctx: Context,
    path: Annotated[
        Path,
        Argument(metavar="PATH", help="The table as downloaded: a folder, zip or CSV file."),
    ],
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
    format_: Annotated[
        str | None,
        Option(
            "--format",
            metavar="FORMAT",
            callback=_format_name,
            autocompletion=one_of(*NAMES),
            help=f"{listed(NAMES, 'or')}; else told from the files.",
        ),
    ] = None,
    maps: Annotated[
        list[str] | None,
        Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="Any other table, per 100 g: Naam=name, Calcium (mg)=calcium_mg. Repeatable.",
        ),
    ] = None,
    yes: Annotated[
        bool, Option("--yes", "-y", help="Take figures that look like those of another unit.")
    ] = False,
) -> None:
    from k2log.features.tables.files import open_place  # loads zipfile: k2log foods needs none
    from k2log.features.tables.store import compare, prepare, stage, take

    with ExitStack() as stack:
        if maps:
            from k2log.features.tables.mapped import mapped_source

            source = mapped_source(path, maps, sure=yes)
        else:
            source = find_table(stack.enter_context(open_place(path, table_files())), format_)
        with (
            open_diary(diary_path(ctx.obj.db), create=not dry_run) as diary,
            progress() as watch,
        ):
            leftovers = stage(diary, source, source.read(watch))
            titles = prepare(diary, source, watch)
            watch.begin("writing", 0)
            if dry_run:
                with diary.snapshot():
                    counts = compare(diary)
            else:
                command = pasted("foods", "import", str(path))
                counts = take(diary, source, command=command, at=clock.utc(clock.now()))
    for remark in _remarks(leftovers):
        note(remark)
    emit(_summary(titles, counts, leftovers.total, dry_run=dry_run), "the import was done")


# the help, of which the registry of tables says a part
_TITLES = listed(tuple(each.title for each in FORMATS), "or")
import_foods.__doc__ = f"""Read an official food table: {_TITLES}.

Or, with --map, any other table as CSV or Excel (.xlsx): NEVO, CoFID, CNF, Fineli, BLS and the like,
also in several files as a zip or folder. All or nothing. Foods that are there already are brought
up to date.
"""


def _remarks(leftovers: "Leftovers") -> Iterator[str]:
    """Yield a line on each of the first rows skipped, and how many there are more."""
    for skipped in leftovers.shown:
        yield f"skipped {skipped.file}, line {skipped.line}: {skipped.why}"
    if leftovers.total > len(leftovers.shown):
        yield f"and {leftovers.total - len(leftovers.shown)} more skipped rows"


def _summary(titles: Iterable[str], counts: "FoodCounts", skipped: int, *, dry_run: bool) -> str:
    """Return what was imported; or with ``dry_run``, what would be."""
    done = "would import" if dry_run else "imported"
    back = f", {counts.back} brought back" if counts.back else ""
    left_out = f"; {count(skipped, 'row')} skipped" if skipped else ""
    return (
        f"{done} {count(counts.total, 'food')} from {' and '.join(titles)}: {counts.new} new,"
        f" {counts.changed} changed{back}, {counts.unchanged} unchanged{left_out}\n"
    )
