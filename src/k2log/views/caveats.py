"""Findings in full: what each says, how well it is supported, and by whom."""

from k2log.report.model import Report
from k2log.science.caveats import Finding
from k2log.science.paradox import PARADOX_LINE
from k2log.views.numbers import dates


def caveats_text(report: Report) -> str:
    """Return every finding of a report with severity, evidence and citations."""
    found = [_finding(finding) for finding in report.findings]
    title = f"{dates(report.period)} · {len(found)} remarks" if found else dates(report.period)
    return "\n\n".join([title, *found, PARADOX_LINE]) + "\n"


def _finding(finding: Finding) -> str:
    evidence = "" if finding.evidence == "n/a" else f", evidence: {finding.evidence}"
    cited = [f"  {citation}" for citation in finding.citations]
    return "\n".join([f"{finding.id} ({finding.severity}{evidence})", finding.message, *cited])
