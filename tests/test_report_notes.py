from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from diaries import TODAY
from k2log.report.model import Report
from k2log.report.notes import BRIEF_COLUMNS, NOT_IN_REPORTS, brief, newly_shown, notes, subject
from k2log.science.caveats import Finding
from k2log.science.profile import Medicine, Profile, ShownNote
from k2log.science.rules import RULES, by_urgency
from test_report_build import EEL, NATTO, eaten, report


def finding(
    id_: str, severity: str = "info", evidence: str = "moderate", cited: tuple[str, ...] = ()
) -> Finding:
    """Return a finding whose message is its id in capitals."""
    return Finding(id_, severity, evidence, id_.upper(), cited)


def of(*findings: Finding, **more: object) -> Report:
    """Return a week's report with these findings."""
    return report([])._replace(findings=findings, **more)  # type: ignore[arg-type]


def said(*findings: Finding, show: str = "all", **more: object) -> list[str]:
    """Return the lines printed under it."""
    return [note.text for note in notes(of(*findings, **more), show=show)]


def info(message: str) -> str:
    """Return how a line of information reads."""
    return f"info, evidence moderate: {message}"


def test_severity_and_evidence_are_words_and_notes_on_the_data_are_one() -> None:
    """One's own warnings, other warnings, cautions, gaps, information, then the data as one."""
    lines = said(
        finding("i"),
        finding("q1", evidence="n/a"),
        finding("intake-below-reference"),
        finding("c", "caution", "contested"),
        finding("w", "warning", "strong"),
        finding("kidney-disease", "caution"),
        finding("vka-vitamin-k-consistency", "warning", "strong"),
        finding("osteoporosis-target"),
        finding("q2", evidence="n/a"),
    )

    assert lines == [
        "warning, evidence strong: VKA-VITAMIN-K-CONSISTENCY",
        "warning, evidence strong: W",
        "caution, evidence moderate: KIDNEY-DISEASE",
        "caution, evidence contested: C",
        "info, evidence moderate: OSTEOPOROSIS-TARGET",
        "more: intake below reference, i, q1, q2 (k2log caveats)",
    ]


@pytest.mark.parametrize(("first", "most"), [(True, 5), (False, 3)])
def test_five_notes_at_first_and_three_later(first: bool, most: int) -> None:
    """The rest is named, and where it stands is said."""
    lines = said(*(finding(f"i{number}") for number in range(7)), first_notes=first)

    assert lines[:-1] == [info(f"I{number}") for number in range(most)]
    rest = ", ".join(f"i{number}" for number in range(most, 7))
    assert lines[-1] == f"more: {rest} (k2log caveats)"


def test_no_warning_and_no_caution_is_ever_left_out() -> None:
    """However many there are, and whatever was shown before."""
    many = [finding(f"w{at}", "warning") for at in range(5)]
    many += [finding(f"c{at}", "caution") for at in range(4)]
    lines = said(*many, finding("i"), as_before=frozenset(it.id for it in many), first_notes=False)

    assert len(lines) == 10
    assert lines[-1] == "more: i (k2log caveats)"


def test_what_was_shown_before_is_named() -> None:
    """The others stay whole."""
    lines = said(finding("old-note-k2"), finding("new"), as_before=frozenset({"old-note-k2"}))

    assert lines == [info("NEW"), "as before: old note K2 (k2log caveats)"]


def test_what_is_hidden_is_named_but_a_warning_only_shortened() -> None:
    """Its first sentence stays."""
    long = finding("w", "warning", "strong", ("IOM 2011, doi:1",))._replace(
        message="Keep it steady. The clinic decides."
    )
    lines = said(finding("quiet"), long, hidden=frozenset({"w", "quiet"}))

    assert lines == [
        "warning, evidence strong: Keep it steady. (k2log caveats)",
        "hidden: quiet (k2log caveats)",
    ]


def test_notes_name_what_they_rest_on() -> None:
    """The first two by name, the rest by number."""
    cited = ("IOM 2011, doi:1", "EFSA 2015, doi:2", "VKM 2017", "NHS")

    assert said(finding("i", cited=cited)) == [info("I (IOM 2011; EFSA 2015; 2 more)")]
    (bare,) = notes(of(finding("i", cited=cited)), cited=False)
    assert bare.text == info("I")


def test_only_warnings_or_none_can_be_asked_for() -> None:
    """``--caveats warnings`` and ``--caveats none``."""
    both = (finding("i"), finding("w", "warning"))

    assert said(*both, show="warnings") == ["warning, evidence moderate: W"]
    assert said(*both, show="none") == []


def test_what_the_first_lines_and_the_legend_say_is_no_note() -> None:
    """No warning and no caution is among it; all are rules."""
    left_out = [rule for rule in RULES if rule.id in NOT_IN_REPORTS]

    assert {rule.id for rule in left_out} == NOT_IN_REPORTS
    assert {rule.severity for rule in left_out} == {"info"}
    assert said(*(finding(rule.id) for rule in left_out)) == []


def test_every_note_can_be_asked_for() -> None:
    """Documents shorten nothing."""
    made = of(*(finding(f"i{number}") for number in range(7)), as_before=frozenset({"i1"}))

    assert len(notes(made, every=True)) == 7


def test_a_note_takes_two_lines_of_a_terminal() -> None:
    """Whole sentences where they fit, else a beginning; what was cut is marked."""
    sentence = "Calcium and levothyroxine were an hour apart on Tuesday and Thursday."
    long = f"{'a word and ' * 30}an end."

    assert brief(sentence) == sentence
    assert brief(f"{sentence} Four hours are advised. {long.capitalize()}") == (
        f"{sentence} Four hours are advised. …"
    )
    assert brief(long).endswith(" …")
    assert len(brief(long)) <= 2 * BRIEF_COLUMNS


def test_every_rule_has_a_subject_in_words() -> None:
    """No abbreviation that only programmers read."""
    subjects = [subject(rule.id) for rule in RULES]

    assert "calcium over upper level" in subjects
    assert not any(word in {"ul", "vka", "k1", "k2"} for each in subjects for word in each.split())


WEEK = [eaten(day, "natto", NATTO) for day in range(1, 7)] + [eaten(2, "eel", EEL)]


def shown(until: date, *, gist: str = "") -> Mapping[str, ShownNote]:
    """Return a diary in which the note on data was shown in a window until that day."""
    return {"k2-lower-bound": ShownNote(until, gist)}


@pytest.mark.parametrize(
    ("ago", "folded"), [(0, False), (6, False), (7, True), (62, True), (63, False)]
)
def test_only_what_was_shown_in_an_earlier_window_is_folded(ago: int, folded: bool) -> None:
    """Not in the week in which it was new, nor after eight weeks without it."""
    made = report(WEEK, shown=shown(TODAY - timedelta(days=ago)))

    assert ("k2-lower-bound" in made.as_before) == folded
    assert made.first_notes == (ago < 7)


def test_what_says_something_else_is_told_again() -> None:
    """A new gist is news."""
    made = report(WEEK, shown=shown(TODAY - timedelta(days=10), gist="other"))

    assert made.as_before == frozenset()


def test_what_a_report_shows_is_kept_once() -> None:
    """With the last day of the window in which it was new; cautions are never kept."""
    first = report(WEEK)
    kept = newly_shown(first)
    again = report(WEEK, shown=kept)

    assert kept["k2-lower-bound"] == ShownNote(TODAY, "")
    assert newly_shown(again) == {}
    told = {it.id for it in first.findings if it.severity != "info"}
    assert not told & kept.keys()


def test_the_first_warning_is_what_to_be_careful_about() -> None:
    """One's own before others; a hidden caution is none, a hidden warning stays."""
    own, other = finding("vka-vitamin-k-consistency", "warning"), finding("a", "warning")
    caution = finding("c", "caution")

    assert of(caution, other, own).careful == own
    assert of(caution, hidden=frozenset({"c"})).careful is None
    assert of(other, hidden=frozenset({"a"})).careful == other
    assert of(finding("i")).careful is None


def test_findings_are_read_by_urgency() -> None:
    """Whatever order they come in."""
    found = [finding("i"), finding("w", "warning"), finding("q", evidence="n/a")]

    assert [it.id for it in by_urgency(reversed(found))] == ["w", "i", "q"]


def test_a_medicine_turns_the_notes_to_the_person() -> None:
    """Beside warfarin the first note is on vitamin K."""
    who = Profile(medicines=(Medicine("warfarin", "vitamin-k-antagonist"),))
    first, *_ = notes(report(WEEK, profile=who))

    assert "warfarin" in first.text
    assert first.tone == "warning"
