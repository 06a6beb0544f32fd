import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from diaries import ago, entry, report
from k2log.amounts import UNKNOWN, Amount
from k2log.diary.entry import Entry
from k2log.nutrients import NUTRIENTS
from k2log.render.chart import chart, rows
from k2log.render.chart_text import FOOD, SUPPLEMENT, BarValue, Scale, bar, chart_text
from k2log.render.layout import encodable, width
from k2log.render.numbers import short_day
from k2log.render.page import Page, ReportOptions
from k2log.render.report_formats import render
from k2log.render.spark import LEVELS, day_by_day
from k2log.report.model import Report
from k2log.science.profile import Medicine, Profile

NATTO = Amount.of(103, 9, 127)
WEEK = [
    entry(6, "milk", calcium=820, vitamin_d3=6.5, vitamin_k2=Amount.of(4, 1, 9)),
    entry(6, "eel", calcium=20, vitamin_d3=UNKNOWN, vitamin_d=UNKNOWN, vitamin_k2=UNKNOWN),
    entry(5, "natto", calcium=324, vitamin_k2=NATTO),
    entry(5, "D3 2000 IU", pill=True, vitamin_d3=50),
    entry(5, "calcium", pill=True, calcium=500),
    entry(3, "tofu", calcium=Amount.of(350, 32, 683)),
    entry(2, "D3 2000 IU", pill=True, vitamin_d3=50),
    entry(1, "milk", calcium=1380, vitamin_d3=10, vitamin_k2=Amount.of(7, 2, 16)),
    entry(0, "natto", calcium=24, vitamin_k2=NATTO),
]
WOMAN = Profile(born="1960", sex="female")
SIGNS = f"{FOOD}{SUPPLEMENT}"


def week(entries: Sequence[Entry] = WEEK, profile: Profile = WOMAN) -> Report:
    """Return a week with every kind of day in it."""
    return report(entries, marks={ago(1): "complete"}, profile=profile)


def drawn(made: Report, *wanted: str, columns: int = 80) -> str:
    """Return the charts of a report on a terminal."""
    return chart_text(made, wanted, Page(columns))


def row(text: str, label: str) -> str:
    """Return the line that begins with a label."""
    return next(line for line in text.splitlines() if line.startswith(label))


def length(line: str) -> int:
    """Return how many cells of a bar are filled."""
    return sum(char in SIGNS for char in line)


@pytest.mark.parametrize("columns", [50, 80, 160])
def test_a_week_on_a_terminal(columns: int, snapshot: SnapshotAssertion) -> None:
    """Food and supplement apart, ranges, references, empty days empty."""
    assert drawn(week(), columns=columns) == snapshot


def test_a_week_where_blocks_are_missing(snapshot: SnapshotAssertion) -> None:
    """Sign for sign, so that columns stay columns."""
    text = encodable(drawn(week()), "ascii")

    assert text.isascii()
    assert list(map(len, text.splitlines())) == list(map(len, drawn(week()).splitlines()))
    assert text == snapshot


def test_a_week_to_listen_to(snapshot: SnapshotAssertion) -> None:
    """Nothing is drawn; what is missing is said first."""
    assert chart_text(week(), (), Page(80, plain_words=True)) == snapshot


def test_a_pipe_gets_the_words_uncut() -> None:
    """The same as for listening."""
    assert chart_text(week(), (), Page()) == chart_text(week(), (), Page(None, plain_words=True))
    assert "Fri 20: 1380 mg." in chart_text(week(), (), Page())
    assert not set(chart_text(week(), (), Page())) & set("▇▒├┤│>")


def test_a_month_that_is_mostly_empty(snapshot: SnapshotAssertion) -> None:
    """30 days have a bar each."""
    assert drawn(report(WEEK, "month", profile=WOMAN), "calcium", columns=50) == snapshot


def test_a_year_has_a_bar_per_month(snapshot: SnapshotAssertion) -> None:
    """The mean per complete day, and of how many days."""
    entries = [*WEEK, entry(40, "kale", calcium=300), entry(100, "kale", calcium=200)]

    assert drawn(report(entries, "year", profile=WOMAN), "calcium") == snapshot


def test_an_empty_day_is_no_zero() -> None:
    """Words and a dash for one, a bare 0 for the other."""
    text = drawn(week(), "vitamin_k2")

    assert re.fullmatch(r"Tue 17 +nothing logged +–", row(text, "Tue 17"))
    assert re.fullmatch(r"Wed 18 +0", row(text, "Wed 18"))


def test_what_is_unknown_has_an_open_end() -> None:
    """Whether a part of it is known or nothing."""
    text = drawn(week([entry(1, "eel", vitamin_k2=UNKNOWN), *WEEK[:2]]), "vitamin_k2")

    assert re.fullmatch(r"Sun 15 +▇+├▇+> +4 \+\?", row(text, "Sun 15"))
    assert re.fullmatch(r"Fri 20 +> +\?", row(text, "Fri 20"))
    assert "> ? nothing eaten has a figure" in text


def test_days_outside_the_mean_have_a_star() -> None:
    """And below it stands why."""
    text = drawn(week(), "calcium")

    assert row(text, "Thu 19").startswith("Thu 19 *")
    assert row(text, "Sat 21").startswith("Sat 21 so far *")
    assert "* not in the mean: Thu 19 supplements only · Sat 21 so far\n" in text


def test_each_reference_is_named_with_its_authority() -> None:
    """Two of one value share a line."""
    text = drawn(week(), "vitamin_d")

    assert "a US RDA 15 µg, EU AI 15 µg" in text
    assert "b US upper level 100 µg, EU upper level 100 µg" in text
    assert "references count all forms of vitamin D together" in " ".join(text.split())


def test_a_target_of_ones_own_comes_first() -> None:
    """Wherever it lies."""
    mine = WOMAN._replace(targets={"calcium": 1100})

    assert "a your target 1100 mg · b EU PRI 950 mg" in drawn(week(profile=mine), "calcium")


def test_a_line_that_is_reached_looks_so_on_any_terminal() -> None:
    """However few cells there are: 1380 mg reach 1200 mg, 840 mg do not."""
    for columns in (50, 80, 160):
        text = drawn(week(), "calcium", columns=columns)
        assert row(text, "Fri 20").count("┼") == 2
        assert row(text, "Sun 15").count("┼") == 0


def test_what_is_far_off_has_no_line() -> None:
    """The bars stay readable, and it is said."""
    made = report([entry(1, "milk", vitamin_d3=2)], profile=WOMAN)

    assert "no line for US upper level 100 µg" in drawn(made, "vitamin_d")


def test_an_upper_level_for_supplements_is_no_line_for_food() -> None:
    """Magnesium."""
    text = " ".join(drawn(week(), "magnesium").split())

    assert "no line for US upper level 350 mg from supplements" in text
    assert "the bars show food too" in text


def test_k2_has_no_reference_and_no_percentage() -> None:
    """Only a figure of one's own."""
    mine = WOMAN._replace(targets={"vitamin_k2": 100})

    for page in (Page(80), Page()):
        text = chart_text(week(), ("vitamin_k2",), page)
        own = chart_text(week(profile=mine), ("vitamin_k2",), page)
        assert "no reference intake and no upper level exist" in text.lower()
        assert "%" not in text + own
        assert "your figure 100 µg" in own
    assert re.search(r"^ +a$", drawn(week(profile=mine), "vitamin_k2"), re.MULTILINE)


def test_beside_an_antagonist_there_is_nothing_to_eat_up_to() -> None:
    """No figure for K2 is drawn; K1 is shown, for it counts as well."""
    profile = WOMAN._replace(
        medicines=(Medicine("warfarin", "vitamin-k-antagonist"),), targets={"vitamin_k2": 100}
    )
    text = drawn(week(profile=profile))

    assert "your figure" not in text
    assert "Vitamin K1 µg" in text


def test_without_a_profile_it_says_why_there_are_no_lines() -> None:
    """And how to get them; K2 needs none."""
    made = report(WEEK)

    assert "k2log profile set --born 1964 --sex female" in drawn(made, "calcium")
    assert "k2log profile set" not in drawn(made, "vitamin_k2")


def test_weeks_begin_on_monday() -> None:
    """Over a month and up to half a year."""
    made = report(WEEK)._replace(period=report(WEEK, "year").period)
    days = report(WEEK, "year").days[-60:]
    window = made._replace(period=made.period._replace(first=days[0].day), days=days)

    labels = [row.label for row in rows(window)]

    assert labels[:2] == ["23–27 Sep", "28 Sep–4 Oct"]
    assert labels[-2:] == ["16–21 Nov · 3 days", "mean of 4 days"]


AMOUNTS = st.one_of(
    st.floats(0, 3000).map(lambda value: Amount.of(round(value, 6))),
    st.tuples(*[st.floats(0, 3000)] * 3).map(
        lambda three: (
            Amount(*(round(three[place], 6) for place in (1, 0, 2)))
            if three[0] <= three[1] <= three[2]
            else Amount.of(round(three[1], 6), 0, 3000)
        )
    ),
    st.floats(0, 300).map(lambda value: Amount.partial(round(value, 6))),
    st.just(UNKNOWN),
)
ENTRIES = st.lists(
    st.builds(
        lambda days, pill, amount, other: entry(
            days, pill=pill, calcium=amount, vitamin_d3=other, vitamin_k2=amount
        ),
        st.integers(0, 6),
        st.booleans(),
        AMOUNTS,
        AMOUNTS,
    ),
    max_size=12,
)


@pytest.mark.slow
@given(ENTRIES, st.integers(20, 170), st.sampled_from(["week", "month", "year", "day"]))
def test_any_report_is_drawn_in_any_terminal(entries: list[Entry], columns: int, kind: str) -> None:
    """No line is wider than the terminal."""
    for profile in (WOMAN, Profile()):
        made = report(entries, kind, profile=profile)
        text = drawn(made, *NUTRIENTS, columns=columns)

        assert max(map(width, text.splitlines())) <= columns
        assert bool(made.logged_days) is not text.startswith("Nothing logged")
        assert bool(made.logged_days) is ("Calcium" in text)


@given(ENTRIES, st.sampled_from([25, 50, 80]))
def test_every_day_is_there(entries: list[Entry], columns: int) -> None:
    """Drawn or in words, logged or not."""
    made = report(entries)
    text = " ".join(drawn(made, columns=columns).split())

    if made.logged_days:
        assert all(short_day(row.day, month=False) in text for row in made.days)


@given(ENTRIES)
def test_the_longest_bar_is_the_largest_day(entries: list[Entry]) -> None:
    """No bar is longer than that of a larger amount, and only zero and the unknown have none."""
    made = chart(report(entries), "calcium")
    scale = Scale(made.top, 40)
    amounts = [row.nutrients["calcium"] for row in made.rows if row.nutrients]
    bars = [
        (amount.best or 0, length(bar(BarValue(amount, amount, Amount.of(0), False), scale)))
        for amount in amounts
        if amount.low == amount.best
    ]
    lengths = [long for _, long in sorted(bars)]

    assert lengths == sorted(lengths)
    assert all((best > 0) == (long > 0) for best, long in bars)


@given(ENTRIES, st.booleans())
def test_only_a_true_zero_is_drawn_as_zero(entries: list[Entry], longer: bool) -> None:
    """In sparklines: a dash where nothing was logged, ? where nothing but zeros is known."""
    made = report(entries, "month" if longer else "week")
    for nutrient, (_, line) in zip(
        ("calcium", "vitamin_d", "vitamin_k2"), day_by_day(made, plain_words=False), strict=False
    ):
        cells = line[: made.period.days]
        for row, cell in zip(made.days, cells, strict=True):
            amount = row.nutrients.get(nutrient)
            assert (cell == "–") == (amount is None)
            assert (cell == LEVELS[0]) == (amount is not None and amount.known and amount.best == 0)
            assert (cell == "?") == (amount is not None and not amount.known and not amount.best)
        best = [row.nutrients[nutrient].best or 0 for row in made.days if row.nutrients]
        assert (LEVELS[-1] in cells) == any(best)


EVERYTHING = ReportOptions(all_nutrients=True)


def test_the_sparkline_of_a_report() -> None:
    """Each from 0 to its highest day; what is partial says so; carets under days left out."""
    lines = dict(day_by_day(week(), plain_words=False))

    assert lines["Calcium"] == "▆▆–▃▁█▂  highest 1380 mg on Fri 20"
    assert lines["Vitamin K2"] == "▂█–▁▁▂█  highest counted part 103 µg on Mon 16"
    assert lines[""] == "    ^ ^  not in the mean"


def test_a_sparkline_is_for_terminals() -> None:
    """In a pipe and in Markdown nothing is drawn; for listening there are words."""
    listened = render(week(), page=Page(plain_words=True))

    assert "█" in render(week(), options=EVERYTHING, page=Page(80))
    assert "█" not in render(week(), page=Page(80)) + render(week()) + listened
    assert "█" not in render(week(), "markdown", EVERYTHING)
    assert (
        "Calcium: lowest 350 mg on Wednesday 18, highest 1380 mg on Friday 20, 4 complete days."
        in listened
    )


@pytest.mark.parametrize("kind", ["day", "year"])
def test_there_is_no_sparkline_of_a_day_or_a_year(kind: str) -> None:
    """From 2 to 31 days."""
    assert "day by day" in render(report(WEEK), options=EVERYTHING, page=Page(80))
    text = render(report(WEEK, kind), options=EVERYTHING, page=Page(80))

    assert "103 (9–127)" in text or "4 complete days" in text
    assert "day by day" not in text


def test_one_logged_day_needs_no_sparkline() -> None:
    """There is nothing to compare it with."""
    text = render(report(WEEK[-1:]), options=EVERYTHING, page=Page(80))

    assert "103 (9–127)" in text
    assert "day by day" not in text


def test_a_sparkline_is_never_broken() -> None:
    """Where a month does not fit on a line it is left out."""
    made = report(WEEK, "month")

    wide, narrow = (render(made, options=EVERYTHING, page=Page(to)) for to in (50, 40))
    assert re.search(r"–{23}▆▆–▃▁█▂$", wide, re.MULTILINE)
    assert "day by day" not in narrow


def test_a_zero_beside_the_unknown_is_no_zero() -> None:
    """Its cell says so, and below it stands what the sign means."""
    made = week([*WEEK, entry(0, "eel", vitamin_d3=UNKNOWN, vitamin_d=UNKNOWN)])
    lines = dict(day_by_day(made, plain_words=False))

    assert lines["Vitamin D"] == "▂█–▁█▃?  highest counted part 50 µg on Mon 16"
    assert lines[""].endswith("not in the mean · ? unknown")
