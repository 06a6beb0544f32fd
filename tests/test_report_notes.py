from k2log.report.notes import notes
from k2log.science.caveats import Finding
from test_report_build import report


def finding(
    id_: str, severity: str = "info", evidence: str = "moderate", cited: tuple[str, ...] = ()
) -> Finding:
    """Return a finding whose message is its id in capitals."""
    return Finding(id_, severity, evidence, id_.upper(), cited)


def said(
    *findings: Finding,
    as_before: frozenset[str] = frozenset(),
    hidden: frozenset[str] = frozenset(),
    show: str = "all",
) -> list[str]:
    """Return the lines printed under a week's report."""
    made = report([])._replace(findings=findings, as_before=as_before, hidden=hidden)
    return notes(made, show=show)


def info(message: str) -> str:
    """Return how a line of information reads."""
    return f"info, evidence moderate: {message}"


def test_severity_and_evidence_are_words_and_notes_on_the_data_are_one() -> None:
    """Warnings, then what is known of the data in one, cautions, information."""
    lines = said(
        finding("i"),
        finding("c", "caution", "contested"),
        finding("q1", evidence="n/a"),
        finding("w", "warning", "strong"),
        finding("q2", evidence="n/a"),
    )

    assert lines == [
        "warning, evidence strong: W",
        "about the data: Q1 Q2",
        "caution, evidence contested: C",
        info("I"),
    ]


def test_at_most_five_lines_of_information() -> None:
    """The rest is counted, and where it stands is said."""
    lines = said(*(finding(f"i{number}") for number in range(7)))

    assert lines == [*(info(f"I{number}") for number in range(5)), "2 more: k2log caveats"]


def test_what_was_said_a_week_before_is_counted() -> None:
    """The same note every week becomes a number; the others stay whole."""
    lines = said(finding("old"), finding("new"), as_before=frozenset({"old"}))

    assert lines == [info("NEW"), "1 note as in the 7 days before: k2log caveats"]


def test_what_is_hidden_is_counted_but_a_warning_only_shortened() -> None:
    """Its first sentence stays."""
    long = finding("w", "warning", "strong", ("IOM 2011, doi:1",))._replace(
        message="Keep it steady. The clinic decides."
    )
    lines = said(finding("quiet"), long, hidden=frozenset({"w", "quiet"}))

    assert lines == [
        "warning, evidence strong: Keep it steady. (k2log caveats)",
        "1 hidden: k2log caveats",
    ]


def test_notes_name_what_they_rest_on() -> None:
    """The first two by name, the rest by number."""
    cited = ("IOM 2011, doi:1", "EFSA 2015, doi:2", "VKM 2017", "NHS")

    assert said(finding("i", cited=cited)) == [info("I (IOM 2011; EFSA 2015; 2 more)")]
    assert notes(report([])._replace(findings=[finding("i", cited=cited)]), cited=False) == [
        info("I")
    ]


def test_only_warnings_or_none_can_be_asked_for() -> None:
    """``--caveats warnings`` and ``--caveats none``."""
    both = (finding("i"), finding("w", "warning"))

    assert said(*both, show="warnings") == ["warning, evidence moderate: W"]
    assert said(*both, show="none") == []


def test_the_standing_line_is_not_said_twice() -> None:
    """That K2 has no reference stands under every table already."""
    assert said(finding("k2-no-reference-value")) == []


def test_why_another_remark_is_missing_stands_in_the_full_list_only() -> None:
    """``calcium-paradox-not-assessable`` is for ``k2log caveats``."""
    assert said(finding("calcium-paradox-not-assessable")) == []


def test_every_note_can_be_asked_for() -> None:
    """Documents shorten nothing."""
    made = report([])._replace(
        findings=[finding(f"i{number}") for number in range(7)], as_before=frozenset({"i1"})
    )

    assert len(notes(made, every=True)) == 7
