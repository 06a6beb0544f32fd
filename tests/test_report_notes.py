from k2log.report.notes import notes
from k2log.science.caveats import Finding
from test_report_build import report


def finding(id_: str, severity: str = "info", evidence: str = "moderate") -> Finding:
    """Return a finding whose message is its id in capitals."""
    return Finding(id_, severity, evidence, id_.upper(), ())


def said(*findings: Finding, as_before: frozenset[str] = frozenset()) -> list[str]:
    """Return the lines printed under a week's report."""
    return notes(report([])._replace(findings=findings, as_before=as_before))


def test_notes_on_the_data_are_one_note() -> None:
    """Warnings, then what is known of the data in one, cautions, information."""
    lines = said(
        finding("i"),
        finding("c", "caution"),
        finding("q1", evidence="n/a"),
        finding("w", "warning"),
        finding("q2", evidence="n/a"),
    )

    assert lines == ["W", "Q1 Q2", "C", "I"]


def test_at_most_five_lines_of_information() -> None:
    """The rest is counted, and where it stands is said."""
    lines = said(*(finding(f"i{number}") for number in range(7)))

    assert lines == ["I0", "I1", "I2", "I3", "I4", "2 more: k2log caveats"]


def test_what_was_said_a_week_before_is_counted() -> None:
    """The same note every week becomes a number; the others stay whole."""
    lines = said(finding("old"), finding("new"), as_before=frozenset({"old"}))

    assert lines == ["NEW", "1 note as in the 7 days before: k2log caveats"]


def test_the_standing_line_is_not_said_twice() -> None:
    """That K2 has no reference stands under every table already."""
    assert said(finding("k2-no-reference-value")) == []


def test_every_note_can_be_asked_for() -> None:
    """Documents shorten nothing."""
    made = report([])._replace(
        findings=[finding(f"i{number}") for number in range(7)], as_before=frozenset({"i1"})
    )

    assert len(notes(made, every=True)) == 7
