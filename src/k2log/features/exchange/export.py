"""``k2log export``: the diary as a file that other programs, and k2log, can read."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from k2log import clock
from k2log.commands.output import OutputLostError, note, silence_stdout
from k2log.commands.window import WindowOptions, with_window
from k2log.paths import diary_path

if TYPE_CHECKING:
    from k2log.features.exchange.files import Format
    from k2log.report.period import Period
    from k2log.store.diary import Diary

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Formats(StrEnum):
    """What ``--format`` accepts."""

    csv = "csv"
    jsonl = "jsonl"


@app.command()
@with_window
def export(
    ctx: typer.Context,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
    chosen: Annotated[
        Formats | None,
        typer.Option("--format", help="csv: entries. jsonl: also removals and day marks."),
    ] = None,
    window: WindowOptions,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Write the diary, or a window of it, as CSV or JSON Lines.

    k2log import reads both. JSON Lines also carries what was removed, and marks of days.
    """
    from k2log.features.exchange.files import format_of
    from k2log.store.diary import open_diary

    gc.enable()  # a large diary makes garbage
    path = None if output == Path("-") else output
    form = chosen.value if chosen else format_of(path)
    source = diary_path(ctx.obj.db)
    with open_diary(source) as diary:
        period = _period(window, diary.day_of(clock.now()))
        with _target(path, force, source) as file:
            count = _write(file, diary, period, form)
    if path:
        note(f"exported {count} {'entry' if count == 1 else 'entries'} to {path}")


def _period(window: WindowOptions, today: date) -> "Period | None":
    """Return the days to write; all where none were chosen, and all until ``--to`` alone."""
    if not any(window):
        return None
    if window.last and not window.first:
        window = window._replace(first="1900-01-01")
    return window.period(today, "day")


def _write(file: BinaryIO, diary: "Diary", period: "Period | None", form: "Format") -> int:
    from k2log.features.exchange.incoming import Counted
    from k2log.features.exchange.store import stream_entries, stream_marks, stream_removals

    with diary.snapshot():
        entries = Counted(stream_entries(diary, period))
        if form == "csv":
            from k2log.features.exchange.own_csv import csv_lines

            lines = csv_lines(entries)
        else:
            from k2log.diary.jsonl import jsonl_lines

            removals, marks = stream_removals(diary, period), stream_marks(diary, period)
            lines = jsonl_lines(entries, removals, marks)
        file.writelines(line.encode() for line in lines)
    return entries.count


@contextmanager
def _target(path: Path | None, force: bool, diary: Path) -> Iterator[BinaryIO]:
    if path:
        from k2log.files import whole_file

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
