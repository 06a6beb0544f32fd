"""``k2log doctor``: whether the diary is well, and what to do if not."""

from pathlib import Path
from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import emit, note
from k2log.commands.page import page
from k2log.paths import diary_path

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended without losing anything.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with JSON.")] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write all entries that can be read, as JSON Lines, and no more."
        ),
    ] = None,
) -> None:
    """Check the diary's file, what is in it, its permissions and its backups.

    Exit code 1 if there is a problem. A damaged diary: --export saves what can be read of it.
    """
    from k2log.store.doctor import examine, mend
    from k2log.views.doctor import doctor_json, doctor_text

    path = diary_path(ctx.obj.db)
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        emit(f"There is no diary yet at {path}: k2log add makes it.\n")
        return
    if export:
        _export(path, export)
        return
    now = clock.now()
    findings = examine(path, now)
    mended = mend(path, findings, now) if fix else []
    if mended:
        findings = examine(path, now)
    if as_json:
        emit(doctor_json(path, findings, mended))
    else:
        emit(doctor_text(path, findings, mended, page(ctx.obj.plain)))
    if any(finding.level == "problem" for finding in findings):
        raise typer.Exit(1)


def _export(path: Path, target: Path) -> None:
    """Write what can be read of a diary, row by row."""
    from k2log.science.wording import count
    from k2log.store.salvage import salvaging
    from k2log.transfer.files import whole_file
    from k2log.transfer.own_jsonl import jsonl_lines

    with (
        salvaging(path) as salvage,
        whole_file(target, force=False, keep=path) as file,
    ):
        lines = jsonl_lines(salvage.entries(), salvage.removals(), salvage.marks())
        file.writelines(line.encode() for line in lines)
    entries, lost = count(salvage.read, "entry", "entries"), count(salvage.lost, "row")
    note(f"exported {entries} to {target}; {lost} could not be read")
