"""Findings as the lines people read under a table; machine formats carry every finding whole.

Warnings first, one merged note on data quality, cautions, at most five lines of information, then
what k2log would need to know of the reader.
Each line begins with its severity and evidence, as words.
"""

import re
from collections.abc import Iterable, Sequence
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
    spoken = [finding for finding in report.findings if finding.id not in _NOT_IN_REPORTS]
    if show == "warnings":
        return [_shown(finding, report, cited) for finding in spoken if _warns(finding)]
    if every:
        return _lines(spoken, len(spoken), report, cited)
    loud = [it for it in spoken if _warns(it) or it.id not in report.hidden]
    fresh = [finding for finding in loud if finding.id not in report.as_before]
    lines = _lines(fresh, MOST_INFORMATION, report, cited)
    unsaid = _unsaid(report, spoken, loud, fresh)
    return [*lines, f"{', '.join(unsaid)}: {EVERYTHING}"] if unsaid else lines


def _unsaid(
    report: Report, spoken: Sequence[Finding], loud: Sequence[Finding], fresh: Sequence[Finding]
) -> list[str]:
    span = "day" if report.period.days == 1 else f"{report.period.days} days"
    said = {
        f"{count(len(loud) - len(fresh), 'note')} as in the {span} before": len(loud) - len(fresh),
        f"{len(_information(fresh)) - MOST_INFORMATION} more": len(_information(fresh))
        - MOST_INFORMATION,
        f"{len(spoken) - len(loud)} hidden": len(spoken) - len(loud),
    }
    return [text for text, number in said.items() if number > 0]


def _lines(findings: Sequence[Finding], most: int, report: Report, cited: bool) -> list[str]:
    data = [finding for finding in findings if finding.about_data]
    told = [
        *filter(_warns, findings),
        *(finding for finding in findings if finding.severity == "caution"),
        *_information(findings)[:most],
    ]
    lines = [_shown(finding, report, cited) for finding in told]
    warnings = sum(map(_warns, findings))
    log = _merged("about the data", [it for it in data if it.id not in _ABOUT_YOU])
    you = _merged("about you", [it for it in data if it.id in _ABOUT_YOU])
    return [*lines[:warnings], *log, *lines[warnings:], *you]


def _merged(about: str, findings: Sequence[Finding]) -> list[str]:
    return [f"{about}: {' '.join(it.message for it in findings)}"] if findings else []


def _shown(finding: Finding, report: Report, cited: bool) -> str:
    if finding.id not in report.hidden:
        return line(finding, cited=cited)
    short = finding._replace(message=f"{_first_sentence(finding.message)} ({EVERYTHING})")
    return line(short, cited=False)


def line(finding: Finding, *, cited: bool = True) -> str:
    """Return a finding on one line: severity, evidence, message and the first of its citations."""
    kind = f"{finding.severity}, {evidence_words(finding.evidence)}"
    return f"{kind}: {finding.message}{_cited(finding.citations) if cited else ''}"


def evidence_words(evidence: str) -> str:
    """Return how well a remark is supported, in words."""
    return "about the data" if evidence == "n/a" else f"evidence {evidence}"


def _first_sentence(message: str) -> str:
    return re.split(r"(?<=[.]) (?=[A-Z])", message)[0]


def _cited(citations: Sequence[str]) -> str:
    names = [citation.split(",")[0] for citation in citations]
    more = len(names) - MOST_CITED
    said = "; ".join([*names[:MOST_CITED], *([f"{more} more"] if more > 0 else [])])
    return f" ({said})" if names else ""


def _warns(finding: Finding) -> bool:
    return finding.severity == "warning"


def _information(findings: Iterable[Finding]) -> list[Finding]:
    return [
        finding for finding in findings if finding.severity == "info" and not finding.about_data
    ]
