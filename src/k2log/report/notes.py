"""Findings as the lines people read under a table; machine formats carry every finding whole.

Warnings first, one merged note on data quality, cautions, at most five lines of information, then
what k2log would need to know of the reader.
Each line begins with its severity and evidence, as words.
"""

import re
from collections.abc import Sequence
from typing import Final

from k2log.report.model import Report
from k2log.science.caveats import Finding
from k2log.text import count

MOST_INFORMATION: Final = 5
MOST_CITED: Final = 2
EVERYTHING: Final = "k2log caveats"

# The standing line under every table says the first already; the second says only why another
# remark is missing.
_ABOUT_YOU: Final = frozenset({"profile-incomplete", "medicines-not-recorded"})
_NOT_IN_REPORTS: Final = frozenset({"k2-no-reference-value", "calcium-paradox-not-assessable"})


def notes(
    report: Report, *, every: bool = False, show: str = "all", cited: bool = True
) -> list[str]:
    """Return the lines to print; ``every`` shortens nothing, ``show`` is all, warnings or none."""
    if show == "none":
        return []
    findings = [finding for finding in report.findings if finding.id not in _NOT_IN_REPORTS]
    if show == "warnings":
        return [_line(finding, report, cited) for finding in findings if _warns(finding)]
    if every:
        return _lines(findings, len(findings), report, cited)
    unhidden = [it for it in findings if _warns(it) or it.id not in report.hidden]
    fresh = [finding for finding in unhidden if finding.id not in report.as_before]
    span = "day" if report.period.days == 1 else f"{report.period.days} days"
    as_before = len(unhidden) - len(fresh)
    more = sum(map(_informs, fresh)) - MOST_INFORMATION
    hidden = len(findings) - len(unhidden)
    left_out = [
        *[f"{count(as_before, 'note')} as in the {span} before"] * (as_before > 0),
        *[f"{more} more"] * (more > 0),
        *[f"{hidden} hidden"] * (hidden > 0),
    ]
    lines = _lines(fresh, MOST_INFORMATION, report, cited)
    return [*lines, f"{', '.join(left_out)}: {EVERYTHING}"] if left_out else lines


def _lines(findings: Sequence[Finding], most: int, report: Report, cited: bool) -> list[str]:
    """Return the lines of findings, of information at ``most`` so many."""
    warnings = filter(_warns, findings)
    others = [
        *(finding for finding in findings if finding.severity == "caution"),
        *[*filter(_informs, findings)][:most],
    ]
    data = [finding for finding in findings if finding.about_data]
    log = " ".join(it.message for it in data if it.id not in _ABOUT_YOU)
    you = " ".join(it.message for it in data if it.id in _ABOUT_YOU)
    return [
        *(_line(finding, report, cited) for finding in warnings),
        *([f"about the data: {log}"] if log else []),
        *(_line(finding, report, cited) for finding in others),
        *([f"about you: {you}"] if you else []),
    ]


def _line(finding: Finding, report: Report, cited: bool) -> str:
    """Return a finding on one line; of one that is hidden the first sentence only."""
    if finding.id not in report.hidden:
        return line(finding, cited=cited)
    first_sentence = re.split(r"(?<=[.]) (?=[A-Z])", finding.message)[0]
    return line(finding._replace(message=f"{first_sentence} ({EVERYTHING})"), cited=False)


def line(finding: Finding, *, cited: bool = True) -> str:
    """Return a finding on one line: severity, evidence, message and the first of its citations."""
    names = (citation.split(",")[0] for citation in finding.citations)
    works = list(dict.fromkeys(names)) if cited else []
    more = len(works) - MOST_CITED
    shown = [*works[:MOST_CITED], *([f"{more} more"] if more > 0 else [])]
    kind = f"{finding.severity}, {evidence_words(finding.evidence)}"
    end = f" ({'; '.join(shown)})" if works else ""
    return f"{kind}: {finding.message}{end}"


def evidence_words(evidence: str) -> str:
    """Return how well a remark is supported, in words."""
    return "about the data" if evidence == "n/a" else f"evidence {evidence}"


def _warns(finding: Finding) -> bool:
    return finding.severity == "warning"


def _informs(finding: Finding) -> bool:
    return finding.severity == "info" and not finding.about_data
