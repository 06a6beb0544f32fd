"""Findings as the notes people read under a table; machine formats carry every finding whole.

First come one's own medicines and conditions, then other warnings, cautions, gaps, the rest, and
what is known of the data. Few are told at a time, and what the reader was shown before is only
named; warnings and cautions are always told. Each begins with its severity and evidence, as words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Final

from k2log.named_tuple import NamedTuple
from k2log.report.model import Report
from k2log.science.caveats import Finding
from k2log.science.profile import ShownNote
from k2log.science.rules import GAPS, by_urgency

MOST_AT_FIRST: Final = 5
MOST_LATER: Final = 3
MOST_CITED: Final = 2
EVERYTHING: Final = "k2log caveats"
BRIEF_LINES: Final = 2
BRIEF_COLUMNS: Final = 74

_ABOUT_YOU: Final = frozenset({"profile-incomplete", "medicines-not-recorded"})
NOT_IN_REPORTS: Final = frozenset({
    "calcium-paradox-pattern", "calcium-paradox-not-assessable", "k2-no-reference-value",
    "k1-is-not-k2", "k2-estimate-range", "k2-form-coverage", "d2-d3-form",
    "vitamin-d-sun-not-counted",
})  # fmt: skip
"""What the first lines of a report, its ranges or its legend say already, or what is true of
everybody: it stands in ``k2log caveats``."""

_WORDS: Final = {
    "ul": "upper level", "vka": "blood thinner", "k1": "K1", "k2": "K2", "d2": "D2", "d3": "D3",
    "d": "D", "500": "500 mg",
}  # fmt: skip


class Note(NamedTuple):
    """One note: ``about``, its severity and evidence in words, and what it says.

    ``tone`` is warning, caution, gap, info, data or more: what a view may give a colour.
    """

    tone: str
    about: str
    message: str

    @property
    def text(self) -> str:
        """The note on one line."""
        return f"{self.about}: {self.message}" if self.about else self.message

    @property
    def brief(self) -> str:
        """As many whole sentences on one line as take two on a terminal; at least a beginning."""
        return brief(self.text)


def notes(
    report: Report, *, every: bool = False, show: str = "all", cited: bool = True
) -> list[Note]:
    """Return the notes to print; ``every`` leaves out none, ``show`` is all, warnings or none."""
    if show == "none":
        return []
    told = _for_reports(report)
    if show == "warnings":
        return [_note(it, report, cited) for it in told if it.severity == "warning"]
    if every:
        return _merged(told, report, cited)
    choice = _choice(report, told)
    lines = _merged(choice.told, report, cited)
    left_out = [
        f"{words}: {', '.join(map(subject, ids))}"
        for words, ids in (
            ("as before", choice.as_before),
            ("more", choice.more),
            ("hidden", choice.hidden),
        )
        if ids
    ]
    return (
        [*lines, Note("more", "", f"{' · '.join(left_out)} ({EVERYTHING})")] if left_out else lines
    )


def _for_reports(report: Report) -> list[Finding]:
    return by_urgency(it for it in report.findings if it.id not in NOT_IN_REPORTS)


class _Choice(NamedTuple):
    """The findings to tell, and the ids of those that are only named, by why."""

    told: Sequence[Finding]
    as_before: Sequence[str]
    more: Sequence[str]
    hidden: Sequence[str]


def _choice(report: Report, findings: Iterable[Finding]) -> _Choice:
    """Return which findings to tell: warnings and cautions, and few others."""
    told: list[Finding] = []
    as_before, more, hidden = [], [], []
    groups: set[str] = set()
    most = MOST_AT_FIRST if report.first_notes else MOST_LATER
    for it in findings:
        group = _group(it)
        if it.severity != "warning" and it.id in report.hidden:
            hidden.append(it.id)
        elif it.severity == "info" and it.id in report.as_before:
            as_before.append(it.id)
        elif it.severity != "info" or group in groups or len(groups) < most:
            told.append(it)
            groups.add(group)
        else:
            more.append(it.id)
    return _Choice(told, as_before, more, hidden)


def newly_shown(report: Report, *, every: bool = False) -> Mapping[str, ShownNote]:
    """Return the notes that a report tells its reader who was not shown them before."""
    told = _for_reports(report)
    seen = told if every else _choice(report, told).told
    return {
        it.id: ShownNote(report.period.last, it.gist)
        for it in seen
        if it.severity == "info" and it.id not in report.as_before and it.id not in report.told
    }


def _merged(findings: Iterable[Finding], report: Report, cited: bool) -> list[Note]:
    """Return a note for each finding, but one for all on the data, and one on what to tell."""
    groups: dict[str, list[Finding]] = {}
    for it in findings:
        groups.setdefault(_group(it), []).append(it)
    lines = []
    for group, members in groups.items():
        if group in {"about the data", "about you"}:
            lines.append(Note("data", group, " ".join(it.message for it in members)))
        else:
            lines += [_note(it, report, cited) for it in members]
    return lines


def _group(finding: Finding) -> str:
    """Return which findings share a note with this one."""
    if not finding.about_data:
        return finding.id
    return "about you" if finding.id in _ABOUT_YOU else "about the data"


def _note(finding: Finding, report: Report, cited: bool) -> Note:
    """Return a finding as a note; of one that is hidden the first sentence only."""
    if finding.id not in report.hidden:
        return note(finding, cited=cited)
    shortened = f"{_sentences(finding.message)[0]} ({EVERYTHING})"
    return note(finding._replace(message=shortened), cited=False)


def note(finding: Finding, *, cited: bool = True) -> Note:
    """Return a finding as a note: severity, evidence, message and the first of its citations."""
    names = (citation.split(",")[0] for citation in finding.citations)
    works = list(dict.fromkeys(names)) if cited else []
    more = len(works) - MOST_CITED
    shown = [*works[:MOST_CITED], *([f"{more} more"] if more > 0 else [])]
    end = f" ({'; '.join(shown)})" if works else ""
    tone = "gap" if finding.id in GAPS else finding.severity
    return Note(tone, f"{tone}, {evidence_words(finding.evidence)}", f"{finding.message}{end}")


def evidence_words(evidence: str) -> str:
    """Return how well a remark is supported, in words."""
    return "about the data" if evidence == "n/a" else f"evidence {evidence}"


def subject(rule_id: str) -> str:
    """Return what a rule is about, from its id: ``intake below reference``."""
    return " ".join(_WORDS.get(word, word) for word in rule_id.split("-"))


def brief(text: str) -> str:
    """Return as many whole sentences as take two lines of a terminal; at least a beginning."""
    sentences = _sentences(text)
    for number in range(len(sentences), 0, -1):
        shortened = " ".join(sentences[:number]) + (" …" if number < len(sentences) else "")
        if len(wrap(shortened, BRIEF_COLUMNS, break_on_hyphens=False)) <= BRIEF_LINES:
            return shortened
    lines = wrap(sentences[0], BRIEF_COLUMNS, break_on_hyphens=False)[:BRIEF_LINES]
    beginning = " ".join([*lines[:-1], lines[-1][: BRIEF_COLUMNS - 2].rpartition(" ")[0]])
    return f"{beginning.rstrip(',;:')} …"


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.]) (?=[A-Z])", text)
