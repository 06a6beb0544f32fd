"""``k2log doctor``: whether the diary is well, and what to do if not."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import emit, note, page
from k2log.diary.jsonl import jsonl_lines
from k2log.features.care.examination import CheckResult, examine, mend
from k2log.features.care.salvage import salvaging
from k2log.files import whole_file
from k2log.paths import diary_path
from k2log.render.layout import wrapped
from k2log.render.page import Page
from k2log.text import count, safe

SCHEMA: Final = "k2log.doctor/1"

app = App()


@app.command()
def doctor(
    ctx: Context,
    fix: Annotated[
        bool, Option("--fix", help="Mend what can be mended without losing anything.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
    export: Annotated[
        Path | None,
        Option(
            metavar="FILE", help="Write all entries that can be read, as JSON Lines, and no more."
        ),
    ] = None,
) -> int:
    """Check the diary and its backups.

    Its file, what is in it, and who may read it. Exit code 1 if there is a
    problem. A damaged diary: --export saves what can be read of it.
    """
    path = Path(diary_path(ctx.obj.db))
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        emit(f"There is no diary yet at {path}: k2log add makes it.\n")
        return 0
    if export:
        with salvaging(path) as salvage, whole_file(export, force=False, keep=path) as file:
            lines = jsonl_lines(salvage.entries(), salvage.removals(), salvage.marks())
            file.writelines(line.encode() for line in lines)
        entries, lost = count(salvage.read, "entry", "entries"), count(salvage.lost, "row")
        note(f"exported {entries} to {export}; {lost} could not be read")
        return 0
    now = clock.now()
    findings = examine(path, now)
    repairs = mend(path, findings, now) if fix else []
    if repairs:
        findings = examine(path, now)
    if as_json:
        emit(doctor_json(path, findings, repairs))
    else:
        emit(doctor_text(path, findings, repairs, page(ctx.obj.plain)))
    return int(any(finding.level == "problem" for finding in findings))


def doctor_text(
    path: Path, findings: Sequence[CheckResult], repairs: Sequence[str], page: Page
) -> str:
    """Return a line for each repair and finding, its way on below it, and the sum of it all."""
    lines = [safe(str(path)), *(f"mended   {safe(repair)}" for repair in repairs)]
    for finding in findings:
        lines.append(f"{finding.level:<7}  {safe(finding.said)}")
        if finding.mend:
            lines.append(f"         to mend: {safe(finding.mend)}")
    problems = sum(finding.level == "problem" for finding in findings)
    lines.append(f"{count(problems, 'problem')}." if problems else "The diary is well.")
    return "".join(f"{line}\n" for line in wrapped(lines, page.columns))


def doctor_json(path: Path, findings: Sequence[CheckResult], repairs: Sequence[str]) -> str:
    """Return the findings as JSON."""
    value = {
        "schema": SCHEMA,
        "diary": str(path),
        "mended": list(repairs),
        "findings": [finding._asdict() for finding in findings],
    }
    return json.dumps(value, indent=2) + "\n"
