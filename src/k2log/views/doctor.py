"""What the doctor found, as text and as JSON."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from k2log.grammar.text import safe
from k2log.views.numbers import wrapped
from k2log.views.page import Page

if TYPE_CHECKING:
    from k2log.store.doctor import Finding

SCHEMA: Final = "k2log.doctor/1"


def doctor_text(
    path: Path, findings: "Sequence[Finding]", mended: Sequence[str], page: Page
) -> str:
    """Return a line for each finding, its way on below it, and the sum of it all."""
    lines = [
        safe(str(path)),
        *(f"mended   {safe(said)}" for said in mended),
        *(line for finding in findings for line in _lines(finding)),
        _verdict(findings),
    ]
    return "".join(f"{line}\n" for line in wrapped(lines, page.columns))


def _lines(finding: "Finding") -> Iterator[str]:
    yield f"{finding.level:<7}  {safe(finding.said)}"
    if finding.mend:
        yield f"         to mend: {safe(finding.mend)}"


def _verdict(findings: "Sequence[Finding]") -> str:
    problems = sum(finding.level == "problem" for finding in findings)
    if not problems:
        return "The diary is well."
    return f"{problems} {'problem' if problems == 1 else 'problems'}."


def doctor_json(path: Path, findings: "Sequence[Finding]", mended: Sequence[str]) -> str:
    """Return the findings as JSON."""
    value = {
        "schema": SCHEMA,
        "diary": str(path),
        "mended": list(mended),
        "findings": [finding._asdict() for finding in findings],
    }
    return json.dumps(value, indent=2) + "\n"
