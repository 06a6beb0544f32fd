"""A report as one self-contained page, to read on any screen, to print, to hand to a doctor.

Nothing in it is fetched and nothing in it runs. Jinja fills the templates and escapes every text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from k2log import __version__
from k2log.amounts import Amount
from k2log.named_tuple import NamedTuple
from k2log.nutrients import NUTRIENTS
from k2log.render.answers import (
    BALANCE,
    CAREFUL,
    Answer,
    amounts_and_when,
    answered,
    answers,
    nutrient_answer,
)
from k2log.render.chart import usual
from k2log.render.html_diary import Appendix, diary_days, overview
from k2log.render.numbers import NO_DATA, Cell, clean, dates, long_day
from k2log.render.page import EVERYDAY, ReportOptions
from k2log.render.profile import medicine_words, person
from k2log.render.references import BARRED, against_one, heading
from k2log.render.report_table import Style, beside, day_words, report_table, shown_amounts
from k2log.render.svg import PHONE, WIDE, svg_chart
from k2log.report.model import Report
from k2log.report.notes import NOT_IN_REPORTS, brief, evidence_words, subject
from k2log.science.caveats import Finding
from k2log.science.compare import Standing
from k2log.science.pattern import standing_line
from k2log.science.rules import by_urgency
from k2log.text import count

TEMPLATES: Final = Path(__file__).with_name("templates")
NO_DIARY: Final = Appendix()
_AT_ONCE: Final = 1000
_FOODS: Final = 15
_NAMED: Final = 31
_FEWEST_BARS: Final = 2
_MOST_REMARKS: Final = 5
_VERDICTS: Final = (BALANCE, CAREFUL)


class _Card(NamedTuple):
    """One nutrient in words: how much, its likely range, and what is said of it, with its tone."""

    name: str
    much: str
    likely: str
    words: Sequence[str]
    tone: str


class _Picture(NamedTuple):
    """One nutrient drawn for a wide page, and for a phone."""

    wide: Markup
    phone: Markup


class _MeanRow(NamedTuple):
    """One nutrient in numbers: all, the two parts, and how many entries have no figure."""

    name: str
    unit: str
    cells: Sequence[Cell]
    unknown: int


class _ReferenceRow(NamedTuple):
    """Where a mean stands to one reference: ``bar`` is a part of 100, None where there is none."""

    name: str
    words: str
    bar: float | None
    cited: int | None


class _Remark(NamedTuple):
    """A finding, with the days and entries it is about and the numbers of its citations.

    ``title`` is what it is about, ``kind`` how serious it is and how well supported.
    """

    title: str
    kind: str
    severity: str
    message: str
    days: Sequence[tuple[str, str]]
    entries: Sequence[int]
    more: int
    cited: Sequence[int]


class _Sums(NamedTuple):
    """What a report comes to a day, or on its single day: by nutrient, all and the two parts."""

    whole: Mapping[str, Amount]
    food: Mapping[str, Amount]
    supplement: Mapping[str, Amount]


def report_html(
    report: Report, appendix: Appendix = NO_DIARY, options: ReportOptions = EVERYDAY
) -> Iterator[str]:
    """Yield the page, in ASCII, which any encoding of a pipe carries unchanged."""
    more = beside(report, shown_amounts(report))
    style = Style(options.all_nutrients, every_note=True, beside=more)
    findings = _findings(report, options)
    standings = [it for it in report.standings if it.value is not None]
    cited = findings if options.cited and options.full else ()
    numbers = _numbers(report.standings, cited)
    remarks = [_remark(it, numbers, full=options.full) for it in findings]
    told = remarks if options.full else remarks[: _told(findings)]
    if not report.logged_days:
        told = [remark for remark in told if remark.severity != "info"]
    whole = overview(
        appendix if options.full else NO_DIARY, {id_ for remark in told for id_ in remark.entries}
    )
    lines = answers(report, caveats=options.caveats)
    when = amounts_and_when(report)[1]
    page = _template().stream(
        report=report,
        full=options.full,
        anonymous=appendix.anonymous,
        when=dates(report.period),
        who=_who(report),
        style=style,
        table=report_table(report, style),
        left_out=_left_out(report),
        cards=[_card(nutrient_answer(report, id_, when)) for id_ in answered(report)],
        verdicts=_verdicts(report, lines, anonymous=appendix.anonymous),
        charts=_charts(report),
        means=_means(report, style),
        heading=heading(report),
        references=[_reference_row(it, report, numbers) for it in standings],
        foods=[(clean(it.food), it.entries, style.cells(it.nutrients))
               for it in report.foods[:_FOODS]],
        remarks=told,
        more=[it.title for it in remarks[len(told):]] if report.logged_days else [],
        caveats=options.caveats,
        literature=list(numbers) if options.full else [],
        diary=whole,
        days=diary_days(report, appendix, style),
        written_at=f"{long_day(report.generated_at.date())}, {report.generated_at:%H:%M}",
        version=__version__,
        standing=standing_line(report.profile),
    )  # fmt: skip
    page.enable_buffering(_AT_ONCE)
    return (piece.encode("ascii", "xmlcharrefreplace").decode() for piece in page)


@cache
def _template() -> Template:
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return pages.get_template("page.html.j2")


# Who, and which days


def _who(report: Report) -> list[tuple[str, str]]:
    """Return what the profile says; nothing of what was not said."""
    profile = report.profile
    medicines = "; ".join(medicine_words(it, report.today) for it in profile.medicines or ())
    conditions = "; ".join(clean(it.name) for it in profile.conditions or ())
    answers = {
        "Person": person(profile, report.today),
        "Menopause": {True: "yes", False: "no", None: ""}[profile.menopause],
        "Medicines": medicines or ("" if profile.medicines is None else "none"),
        "Conditions": conditions or ("" if profile.conditions is None else "none"),
    }
    return [(label, words) for label, words in answers.items() if words]


def _left_out(report: Report) -> list[str]:
    """Return which days are not in the means, and how many of a kind."""
    kinds = Counter(
        "not over yet" if row.status == "so far" else day_words(row, report)[0]
        for row in report.days
        if row.status != "complete"
    )
    return [f"{count(number, 'day')}: {kind}" for kind, number in kinds.items()]


# Amounts


def _card(answer: Answer) -> _Card:
    much, bracket, likely = answer.figure.partition(" (")
    words = [*filter(None, answer.words.split(" · "))]
    return _Card(answer.name, much, f"{likely.rstrip(')')}" if bracket else "", words, answer.tone)


def _verdicts(report: Report, lines: Iterable[Answer], *, anonymous: bool) -> list[Answer]:
    """Return whether the pattern is there, and what to be careful about.

    Where the profile was left out, nothing asks for one.
    """
    silent = {CAREFUL} if anonymous and report.careful is None else set()
    return [it for it in lines if it.name in _VERDICTS and it.name not in silent]


def _sums(report: Report) -> _Sums:
    """Return the means a day; of a single day its sums, and of no complete day nothing."""
    if report.period.days == 1:
        day = report.days[0]
        return _Sums(day.nutrients, day.food, day.supplement)
    if not report.complete_days:
        return _Sums({}, {}, {})
    share = 1 / report.complete_days
    parts = report.nutrients.items()
    return _Sums(
        {id_: part.mean for id_, part in parts if part.mean is not None},
        {id_: part.food.times(share) for id_, part in parts},
        {id_: part.supplement.times(share) for id_, part in parts},
    )


def _means(report: Report, style: Style) -> list[_MeanRow]:
    sums = _sums(report)
    return [
        _MeanRow(
            kind.name,
            kind.unit,
            [style.cell(it[kind.id], kind.unit) if kind.id in it else (NO_DATA, "") for it in sums],
            sums.whole[kind.id].unknown,
        )
        for kind in NUTRIENTS.values()
        if kind.id in sums.whole
    ]


def _charts(report: Report) -> list[_Picture]:
    """Return the pictures of each nutrient; of a single day a bar says no more than its number."""
    if sum(bool(row.nutrients) for row in report.days) < _FEWEST_BARS:
        return []
    return [
        _Picture(*(Markup(svg_chart(report, [id_], frame)) for frame in (WIDE, PHONE)))
        for id_ in usual(report)
    ]  # escaped when drawn


# What is known of them


def _findings(report: Report, options: ReportOptions) -> list[Finding]:
    """Return the findings in the order of the terminal, on a full page all of them."""
    severities = {"all": {"info", "caution", "warning"}, "warnings": {"warning"}, "none": set()}
    left_out = frozenset() if options.full else NOT_IN_REPORTS
    wanted = (it for it in report.findings if it.severity in severities[options.caveats])
    return by_urgency(it for it in wanted if it.id not in left_out)


def _told(findings: Sequence[Finding]) -> int:
    """Return how many findings a short page tells: warnings, cautions, and few others."""
    serious = sum(it.severity != "info" for it in findings)
    return max(serious, min(len(findings), _MOST_REMARKS))


def _numbers(standings: Iterable[Standing], findings: Iterable[Finding]) -> Mapping[str, int]:
    """Return a number for each work that is cited, in the order of the page."""
    cited = chain(
        (standing.citation for standing in standings),
        (citation for finding in findings for citation in finding.citations),
    )
    return {line: number for number, line in enumerate(dict.fromkeys(filter(None, cited)), 1)}


def _reference_row(standing: Standing, report: Report, numbers: Mapping[str, int]) -> _ReferenceRow:
    alone = report._replace(standings=[standing])
    line = against_one(alone, standing.nutrient, plain_words=False)
    barred = standing.nutrient in BARRED and not standing.upper and standing.share is not None
    bar = min(100.0, 100 * (standing.share or 0)) if barred else None
    return _ReferenceRow(line.name, line.words, bar, numbers.get(standing.citation))


def _remark(finding: Finding, numbers: Mapping[str, int], *, full: bool) -> _Remark:
    days = sorted(set(finding.days)) if full else []
    entries = [id_ for id_ in finding.entries if id_ is not None and full]
    title = subject(finding.id)
    return _Remark(
        f"{title[:1].upper()}{title[1:]}",
        f"{finding.severity}, {evidence_words(finding.evidence)}",
        finding.severity,
        finding.message if full or finding.severity != "info" else brief(finding.message),
        [(day.isoformat(), f"{day.day} {day:%b}") for day in days[:_NAMED]],
        entries[:_NAMED],
        max(0, len(days) - _NAMED) + max(0, len(entries) - _NAMED),
        [numbers[line] for line in finding.citations if line in numbers],
    )
