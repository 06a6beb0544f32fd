"""``k2log foods import``: an official food table that the user has downloaded."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note, progress
from k2log.paths import diary_path
from k2log.text import pasted

if TYPE_CHECKING:
    from k2log.features.tables.model import Counts, Found
    from k2log.files import Watch
    from k2log.store.diary import Diary

_FORMATS = ("fdc", "sr28", "ciqual")


def _known_format(value: str | None) -> str | None:
    if value is not None and value not in _FORMATS:
        raise typer.BadParameter(f"'{value}' is none of {', '.join(_FORMATS)}")
    return value


def import_foods(
    ctx: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="The table as downloaded: a folder, zip or CSV file."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            callback=_known_format,
            help="fdc, sr28 or ciqual; else told from the files.",
        ),
    ] = None,
) -> None:
    """Read an official food table: USDA FoodData Central, USDA SR28 or Ciqual.

    All or nothing. Foods that are there already are brought up to date.
    """
    from k2log.features.tables.formats import TABLE_FILES, find
    from k2log.features.tables.place import opened_place
    from k2log.store.diary import open_diary

    with opened_place(path, TABLE_FILES) as place:
        found = find(place, format_)
        diary_file = diary_path(ctx.obj.db)
        with open_diary(diary_file, create=not dry_run) as diary, progress() as watch:
            said = _import(diary, found, watch, pasted("foods", "import", str(path)), dry_run)
    for remark in said[1:]:
        note(remark)
    emit(said[0], "the import was done")


def _import(
    diary: "Diary", found: "Found", watch: "Watch", command: str, dry_run: bool
) -> list[str]:
    from k2log.features.tables.compose import compose
    from k2log.features.tables.model import remarks, summary
    from k2log.features.tables.store import prepare, stage

    leftovers = stage(diary, found, found.read(watch))
    titles = prepare(diary, found, compose, watch)
    watch.begin("writing", 0)
    counts = _take(diary, found, command, dry_run)
    return [summary(titles, counts, leftovers.total, dry_run=dry_run), *remarks(leftovers)]


def _take(diary: "Diary", found: "Found", command: str, dry_run: bool) -> "Counts":
    from k2log.features.tables.store import compare, take

    if not dry_run:
        return take(diary, found, command=command, at=clock.utc(clock.now()))

    with diary.snapshot():
        return compare(diary)
