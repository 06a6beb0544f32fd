"""A report as one self-contained page, to read on any screen, to print, to hand to a doctor.

Nothing in it is fetched and nothing in it runs. Jinja fills the templates and escapes every text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from k2log import __version__
from k2log.amounts import Amount
from k2log.nutrients import NUTRIENTS
from k2log.render.chart import usual
from k2log.render.html_diary import Appendix, diary_days, overview
from k2log.render.numbers import NO_DATA, Cell, clean, dates, form_words, long_day, show
from k2log.render.page import EVERYDAY, ReportOptions
from k2log.render.profile import medicine_words, person
from k2log.render.references import BARRED, against_one, heading
from k2log.render.report_table import Style, beside, day_words, report_table, shown_amounts
from k2log.render.svg import svg_chart
from k2log.report.model import Report
from k2log.report.notes import evidence_words
from k2log.science.caveats import Finding
from k2log.science.compare import Standing
from k2log.science.pattern import standing_line
from k2log.text import count

TEMPLATES: Final = Path(__file__).with_name("templates")
NO_DIARY: Final = Appendix()
_AT_ONCE: Final = 1000
_FOODS: Final = 15
_NAMED: Final = 31


class _Card(NamedTuple):
    """One nutrient in words: how much, of which form, from what, beside its references."""

    name: str
    much: str
    form: str
    parts: str
    against: Sequence[str]


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
    """A finding whole, with the days and entries it is about and the numbers of its citations."""

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
    numbers = _numbers(report.standings, findings if options.cited else ())
    remarks = [_remark(finding, numbers) for finding in findings]
    whole = overview(appendix, {id_ for remark in remarks for id_ in remark.entries})
    page = _template().stream(
        report=report,
        anonymous=appendix.anonymous,
        when=dates(report.period),
        who=_who(report),
        style=style,
        table=report_table(report, style),
        left_out=_left_out(report),
        cards=_cards(report),
        charts=_charts(report),
        means=_means(report, style),
        heading=heading(report),
        references=[_reference_row(it, report, numbers) for it in standings],
        foods=[(clean(it.food), it.entries, style.cells(it.nutrients))
               for it in report.foods[:_FOODS]],
        remarks=remarks,
        warnings=sum(finding.severity == "warning" for finding in findings),
        caveats=options.caveats,
        literature=list(numbers),
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
    kinds = Counter(day_words(row, report)[0] for row in report.days if row.status != "complete")
    return [f"{count(number, 'day')}: {kind}" for kind, number in kinds.items()]


# Amounts


def _cards(report: Report) -> list[_Card]:
    sums = _sums(report)
    cards = []
    for id_ in usual(report):
        if id_ in sums.whole:
            kind = NUTRIENTS[id_]
            whole, food, pills = (
                show(part[id_], kind.unit, with_unit=True) if id_ in part else "none"
                for part in sums
            )
            parts = f"{food} from food, {pills} from supplements"
            words = against_one(report, id_, plain_words=False).words
            form = form_words(sums.whole, id_)
            cards.append(_Card(kind.name, whole, form, parts, [*filter(None, words.split(" · "))]))
    return cards


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


def _charts(report: Report) -> list[Markup]:
    """Return a picture a nutrient; a single day is one bar, which says no more than its number."""
    if report.period.days == 1 or not report.logged_days:
        return []
    return [Markup(svg_chart(report, [id_])) for id_ in usual(report)]  # escaped when drawn


# What is known of them


def _findings(report: Report, options: ReportOptions) -> list[Finding]:
    severities = {"all": {"info", "caution", "warning"}, "warnings": {"warning"}, "none": set()}
    return [it for it in report.findings if it.severity in severities[options.caveats]]


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


def _remark(finding: Finding, numbers: Mapping[str, int]) -> _Remark:
    days = sorted(set(finding.days))
    entries = [id_ for id_ in finding.entries if id_ is not None]
    return _Remark(
        f"{finding.severity}, {evidence_words(finding.evidence)}",
        finding.severity,
        finding.message,
        [(day.isoformat(), f"{day.day} {day:%b}") for day in days[:_NAMED]],
        entries[:_NAMED],
        max(0, len(days) - _NAMED) + max(0, len(entries) - _NAMED),
        [numbers[line] for line in finding.citations if line in numbers],
    )
