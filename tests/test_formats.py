"""The registry of output formats: whatever a row offers works, and is told where people look."""

from datetime import date

import pytest

from k2log.errors import UnreadableError
from k2log.render.page import Page
from k2log.render.report_by import ByGroup
from k2log.render.report_formats import BY_DAY, FORMATS, Look, ReportFormat, render
from k2log.render.report_trend import AgainstBefore
from k2log.report.grouping import grouped
from k2log.report.trend import trend_of
from readme import GUIDE
from test_report_build import eaten, report
from test_views_report import MILK, week

LOOKS = {
    "days": BY_DAY,
    "food": ByGroup(grouped(week(), "food")),
    "source": ByGroup(grouped(week(), "source")),
    "weekday": ByGroup(grouped(week(), "weekday")),
    "trend": AgainstBefore(trend_of(week())),
}
PAGES = (Page(), Page(80), Page(80, colour=True), Page(plain_words=True))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_every_look_or_refuses_it(name: str, look: str) -> None:
    """Wherever it goes."""
    if look != "days" and FORMATS[name].days_only:
        with pytest.raises(UnreadableError, match=FORMATS[name].days_only):
            render(week(), name, look=LOOKS[look])
        return

    for page in PAGES:
        text = "".join(render(week(), name, page=page, look=LOOKS[look]))
        assert "alcium" in text
        assert text.endswith(("\n", "</html>"))


@pytest.mark.parametrize("look", LOOKS)
def test_no_format_is_another(look: str) -> None:
    """Nothing falls back on the table."""
    able = [row.name for row in FORMATS.values() if look == "days" or not row.days_only]
    texts = {"".join(render(week(), name, look=LOOKS[look])) for name in able}

    assert len(texts) == len(able) > 1


@pytest.mark.parametrize("name", FORMATS)
def test_no_look_of_a_format_is_that_of_the_days(name: str) -> None:
    """A table of groups is not the plain table."""
    if FORMATS[name].days_only:
        return
    texts = {"".join(render(week(), name, look=look)) for look in LOOKS.values()}

    assert len(texts) == len(LOOKS)


@pytest.mark.parametrize("look", [BY_DAY, LOOKS["food"], LOOKS["trend"]])
def test_an_unknown_format_is_refused(look: Look) -> None:
    """Never written as a table."""
    with pytest.raises(UnreadableError, match="no format pdf"):
        render(report([eaten(1, "milk", MILK)]), "pdf", look=look)


def test_a_format_that_is_half_added_cannot_be_made() -> None:
    """Each part of a row is needed, but for the reason why it has days only."""
    with pytest.raises(TypeError):
        ReportFormat("pdf", "for printing", ".pdf")  # type: ignore[call-arg]


def test_names_and_endings_are_told_apart() -> None:
    """Each is of one format."""
    assert [row.name for row in FORMATS.values()] == list(FORMATS)
    assert len({row.ending for row in FORMATS.values()}) == len(FORMATS)
    assert all(row.ending.startswith(".") for row in FORMATS.values())


def test_help_offers_what_there_is(k2log) -> None:
    """In the order of the registry, the first as the usual one."""
    words = " ".join(k2log("report --help").out.split())

    assert f"--format <{'|'.join(FORMATS)}>" in words
    assert f"What to write. [default: {next(iter(FORMATS))}]" in words


@pytest.mark.parametrize("name", FORMATS)
def test_the_readme_tells_of_it(name: str) -> None:
    """With the registry's line of help, and how its files end."""
    row = FORMATS[name]

    assert f"| `{name}` | {row.help} | `{row.ending}` |" in GUIDE.read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_it_into_a_file(name: str, k2log, tmp_path) -> None:
    """Of a day with something on it."""
    k2log("add", "egg 1", "--on", date(2026, 11, 20).isoformat())
    path = tmp_path / f"week{FORMATS[name].ending}"

    result = k2log("report", "--format", name, "-o", str(path))

    assert result.code == 0, result.err
    assert "alcium" in path.read_text("utf-8")
