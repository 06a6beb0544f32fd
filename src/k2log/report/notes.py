"""Findings as the lines people read under a table; machine formats carry every finding whole.

Warnings first, one merged note on data quality, cautions, then at most five lines of information.
"""

from collections.abc import Sequence
from typing import Final

from k2log.report.model import Report
from k2log.science.caveats import Finding
from k2log.science.wording import count

MOST_INFORMATION: Final = 5
EVERYTHING: Final = "k2log caveats"

# The standing line under every table says this already.
_STANDING: Final = frozenset({"k2-no-reference-value"})


def notes(report: Report, *, every: bool = False) -> list[str]:
    """Return the lines to print; ``every`` shortens nothing."""
    spoken = [finding for finding in report.findings if finding.id not in _STANDING]
    if every:
        return _lines(spoken, len(spoken))
    fresh = [finding for finding in spoken if finding.id not in report.as_before]
    lines = _lines(fresh, MOST_INFORMATION)
    more = len(_information(fresh)) - MOST_INFORMATION
    unsaid = []
    if len(fresh) < len(spoken):
        span = "day" if report.period.days == 1 else f"{report.period.days} days"
        unsaid.append(f"{count(len(spoken) - len(fresh), 'note')} as in the {span} before")
    if more > 0:
        unsaid.append(f"{more} more")
    return [*lines, f"{', '.join(unsaid)}: {EVERYTHING}"] if unsaid else lines


def _lines(findings: Sequence[Finding], most: int) -> list[str]:
    quality = [finding.message for finding in findings if finding.about_data]
    return [
        *(finding.message for finding in findings if finding.severity == "warning"),
        *([" ".join(quality)] if quality else []),
        *(finding.message for finding in findings if finding.severity == "caution"),
        *(finding.message for finding in _information(findings)[:most]),
    ]


def _information(findings: Sequence[Finding]) -> list[Finding]:
    return [
        finding for finding in findings if finding.severity == "info" and not finding.about_data
    ]
