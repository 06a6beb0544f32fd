"""Findings in full: what each says, how well it is supported, by whom; and the silent rules."""

from collections.abc import Iterable, Iterator
from datetime import date

from k2log.render.json import caveat_json, json_pieces
from k2log.render.layout import wrapped
from k2log.render.numbers import dates
from k2log.report.model import Report
from k2log.report.notes import evidence_words
from k2log.science.pattern import standing_line
from k2log.text import count


def caveats_text(report: Report, columns: int | None = None) -> str:
    """Return every finding with severity, evidence and citations, and why other rules are silent.

    Lines are wrapped to ``columns``; None wraps nothing.
    """
    blocks = [[f"{dates(report.period)} · {count(len(report.findings), 'remark')}"]]
    for finding in report.findings:
        hidden = ", hidden in reports" if finding.id in report.hidden else ""
        lines = [
            f"{finding.id} ({finding.severity}, {evidence_words(finding.evidence)}{hidden})",
            finding.message,
        ]
        if finding.days:
            lines.append(f"  days: {_spans(finding.days)}")
        if finding.entries:
            lines.append(f"  entries: {', '.join(map(str, finding.entries))}")
        blocks.append([*lines, *(f"  {citation}" for citation in finding.citations)])
    if report.silent:
        silent = (f"  {id_}: {why}" for id_, why in report.silent.items())
        blocks.append(["Rules with nothing to say", *silent])
    blocks.append([standing_line(report.profile)])
    return "\n\n".join("\n".join(wrapped(block, columns)) for block in blocks) + "\n"


def caveats_json(report: Report) -> Iterator[str]:
    """Yield the findings and, by rule, why the others are silent, as JSON."""
    return json_pieces({"caveats": map(caveat_json, report.findings), "silent": report.silent})


def _spans(days: Iterable[date]) -> str:
    """Return days with runs of neighbours as ``2026-11-15 to 2026-11-20``."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
