"""``k2log export``: the diary as a file that other programs, and k2log, can read."""

import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import OutputLostError, note, silence_stdout
from k2log.commands.window import When, WindowOptions, with_window
from k2log.diary.jsonl import jsonl_lines
from k2log.errors import UnreadableError
from k2log.features.exchange.definition_store import definition_lines
from k2log.features.exchange.own import DATED, csv_lines
from k2log.features.exchange.store import stream_entries, stream_marks, stream_removals
from k2log.files import whole_file
from k2log.named_tuple import NamedTuple
from k2log.paths import diary_path
from k2log.report.period import Period
from k2log.store.diary import Diary, open_diary, open_rows
from k2log.store.schema import ForeignSchemaError
from k2log.text import count, shown

app = App()


class ExportFormat(StrEnum):
    """What ``--format`` accepts."""

    csv = "csv"
    jsonl = "jsonl"


_SUFFIXES = {
    ".csv": ExportFormat.csv, ".jsonl": ExportFormat.jsonl, ".ndjson": ExportFormat.jsonl,
}  # fmt: skip


class Contents(NamedTuple):
    """What is written: the days, None for all; whether foods and settings; the profile with them.

    Foods and settings are of no day, so they are written with the whole diary only.
    """

    period: Period | None = None
    foods: bool = True
    profile: bool = True


@app.command(examples=("export -o diary.csv", "export --format jsonl -o diary.jsonl"))
@with_window
def export(
    ctx: Context,
    *,
    when: When = None,
    output: Annotated[
        Path | None, Option("--output", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
    chosen: Annotated[
        ExportFormat | None,
        Option("--format", help="csv: entries. jsonl: the whole diary."),
    ] = None,
    window: WindowOptions,
    no_profile: Annotated[
        bool, Option("--no-profile", help="Leave out what you told of yourself.")
    ] = False,
    force: Annotated[bool, Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Write the diary, or some days, to a file.

    As CSV or JSON Lines. k2log import reads both. JSON Lines carries all: also what was removed,
    marks of days, your own foods, names, recipes and routines, settings and profile. Foods of
    imported tables only where you logged or named them.
    """
    gc.enable()  # a large diary makes garbage
    path = None if output == Path("-") else output
    form = chosen or _format_of(path)
    source = diary_path(ctx.obj.db)
    diary, whole = _opened(source)
    with diary:
        period = _period(window, diary.day_of(clock.now()), when)
        contents = Contents(period, whole and period is None, not no_profile)
        with _target(path, force, source) as file:
            number = _write(file, diary, form, contents)
    if path:
        note(f"exported {count(number, 'entry', 'entries')} to {path}")


def _opened(path: str) -> tuple[Diary, bool]:
    """Open a diary as well as it can be, for its rows are to get out whatever else it holds.

    Also returned is whether more than entries and marks can be read.
    """
    try:
        return open_diary(path, despite_wrong_cells=True), True
    except ForeignSchemaError as error:
        diary = open_rows(path)
        note(str(error))
        return diary, False


def _format_of(path: Path | None) -> ExportFormat:
    """Return the format that a file's name tells; CSV without a name. Raises UnreadableError."""
    if path is None:
        return ExportFormat.csv
    form = _SUFFIXES.get(path.suffix.casefold())
    if form is None:
        raise UnreadableError(
            f"the name {shown(path.name)} does not say which format: add --format csv or jsonl."
        )
    return form


def _period(window: WindowOptions, today: date, when: Sequence[str] | None) -> Period | None:
    """Return the days to write; all where none were chosen, and all until ``--to`` alone."""
    if not any(window) and not when:
        return None
    if window.last and not window.first:
        window = window._replace(first="1900-01-01")
    return window.period(today, "day", when)


def _write(file: BinaryIO, diary: Diary, form: ExportFormat, contents: Contents) -> int:
    """Write the diary in a format; return how many live entries it has."""
    number = 0

    def entries() -> Iterator[Sequence[Any]]:
        nonlocal number
        for number, values in enumerate(stream_entries(diary, contents.period, DATED), 1):  # noqa: B007
            yield values

    with diary.snapshot():
        if form is ExportFormat.csv:
            lines = csv_lines(entries())
        else:
            lines = diary_lines(diary, entries(), contents)
        file.writelines(line.encode() for line in lines)
    return number


def diary_lines(
    diary: Diary, entries: Iterable[Sequence[Any]], contents: Contents
) -> Iterator[str]:
    """Yield the lines of JSON Lines; of entries, the values for DATED are given."""
    removals = stream_removals(diary, contents.period, DATED)
    yield from jsonl_lines(entries, removals, stream_marks(diary, contents.period), DATED)
    if contents.foods:
        yield from definition_lines(diary, profile=contents.profile)


@contextmanager
def _target(path: Path | None, force: bool, diary: str) -> Iterator[BinaryIO]:
    if path:
        with whole_file(path, force=force, keep=diary) as file:
            yield file
        return
    try:  # bytes of our own, so that no locale or platform changes them
        with open(sys.stdout.fileno(), "wb", buffering=1 << 18, closefd=False) as file:
            yield file
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        raise OutputLostError("", error.strerror or str(error)) from None
